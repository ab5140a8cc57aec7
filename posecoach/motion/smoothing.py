"""Filters that run on timestamps, never on a count of frames."""

from __future__ import annotations

from collections import deque
from statistics import median


class MedianFilter:
    """Median of the last ``window_s`` seconds; None where there was no recent reading.

    A median forgets a single wild landmark entirely and keeps the edges of a movement.
    Its delay is half the window.

    Args:
        window_s: Length of the window in seconds.
    """

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self._samples: deque[tuple[float, float]] = deque()

    def update(self, value: float | None, time_s: float) -> float | None:
        """Take a reading and give the filtered one.

        A missing reading is bridged by the window's older ones, so a gap shorter than
        the window does not show.
        """
        samples = self._samples
        # A hair of tolerance: 1/24 s steps do not add up to 0.25 s exactly.
        while samples and samples[0][0] < time_s - self._window_s - 1e-6:
            samples.popleft()
        if value is not None:
            samples.append((time_s, value))
        return median(sample for _, sample in samples) if samples else None

    @property
    def delay_s(self) -> float:
        """By how much the output runs behind the input, in seconds."""
        return self._window_s / 2


class Spread:
    """Highest less lowest of the last ``window_s`` seconds.

    Args:
        window_s: Length of the window in seconds.
    """

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self._samples: deque[tuple[float, float]] = deque()

    def update(self, value: float | None, time_s: float) -> float | None:
        """Take a reading; None until the window is all but filled."""
        samples = self._samples
        while samples and samples[0][0] < time_s - self._window_s - 1e-6:
            samples.popleft()
        if value is None:
            return None
        samples.append((time_s, value))
        if samples[-1][0] - samples[0][0] < 0.6 * self._window_s:
            return None
        values = [v for _, v in samples]
        return max(values) - min(values)


class Slope:
    """Rate of change over the last ``window_s`` seconds, by least squares.

    Args:
        window_s: Length of the window in seconds.
    """

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self._samples: deque[tuple[float, float]] = deque()

    def update(self, value: float | None, time_s: float) -> float | None:
        """Take a reading; units a second, None until half the window is filled."""
        samples = self._samples
        while samples and samples[0][0] < time_s - self._window_s - 1e-6:
            samples.popleft()
        if value is None:
            return None
        samples.append((time_s, value))
        if len(samples) < 3 or samples[-1][0] - samples[0][0] < self._window_s / 2:
            return None
        mean_t = sum(t for t, _ in samples) / len(samples)
        mean_v = sum(v for _, v in samples) / len(samples)
        spread = sum((t - mean_t) ** 2 for t, _ in samples)
        return sum((t - mean_t) * (v - mean_v) for t, v in samples) / spread
