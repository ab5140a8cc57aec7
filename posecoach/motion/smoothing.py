"""Filters that run on timestamps, never on a count of frames."""

from __future__ import annotations

from collections import deque
from statistics import median


class _Window:
    """The readings of the last ``window_s`` seconds."""

    def __init__(self, window_s: float) -> None:
        self._window_s = window_s
        self._samples: deque[tuple[float, float]] = deque()

    def _take(self, value: float | None, time_s: float) -> None:
        samples = self._samples
        # A hair of tolerance: 1/24 s steps do not add up to 0.25 s exactly.
        while samples and samples[0][0] < time_s - self._window_s - 1e-6:
            samples.popleft()
        if value is not None:
            samples.append((time_s, value))

    @property
    def _span_s(self) -> float:
        """Time from the oldest reading to the newest."""
        return self._samples[-1][0] - self._samples[0][0] if self._samples else 0.0


class MedianFilter(_Window):
    """Median of the last ``window_s`` seconds; None where there was no recent reading.

    A median forgets a single wild landmark entirely and keeps the edges of a movement.
    Its delay is half the window.

    Args:
        window_s: Length of the window in seconds.
    """

    def update(self, value: float | None, time_s: float) -> float | None:
        """Take a reading and give the filtered one.

        A missing reading is bridged by the window's older ones, so a gap shorter than
        the window does not show.
        """
        self._take(value, time_s)
        return median(v for _, v in self._samples) if self._samples else None


class Spread(_Window):
    """Highest less lowest of the last ``window_s`` seconds.

    Args:
        window_s: Length of the window in seconds.
    """

    def update(self, value: float | None, time_s: float) -> float | None:
        """Take a reading; None without one, and until the window is all but filled."""
        self._take(value, time_s)
        if value is None or self._span_s < 0.6 * self._window_s:
            return None
        values = [v for _, v in self._samples]
        return max(values) - min(values)


class Slope(_Window):
    """Rate of change over the last ``window_s`` seconds, by least squares.

    Args:
        window_s: Length of the window in seconds.
    """

    def update(self, value: float | None, time_s: float) -> float | None:
        """Take a reading; units a second, None without one or until half the window is there."""
        self._take(value, time_s)
        samples = self._samples
        if value is None or len(samples) < 3 or self._span_s < self._window_s / 2:
            return None
        mean_t = sum(t for t, _ in samples) / len(samples)
        mean_v = sum(v for _, v in samples) / len(samples)
        spread = sum((t - mean_t) ** 2 for t, _ in samples)
        return sum((t - mean_t) * (v - mean_v) for t, v in samples) / spread
