"""Where one number rests: a level that learns itself from calm moments.

What :mod:`.rest` is for a standing body, this is for a single measure such as the angle
of an ankle, whatever the body does: nobody has to stand, and each measure has its own.
"""

from __future__ import annotations

from collections import deque
from statistics import median

from posecoach.motion.smoothing import MedianFilter


class CalmLevel:
    """The resting level of one number.

    The lowest calm level is the resting one: a muscle that rests lets go, so calm below
    the level is a better rest, and calm above it is a hold.

    Args:
        calm: How far the number may range within :attr:`LEARN_S` to be called calm, and
            how far a calm moment must lie off the level to make a new one; its own unit.
        moved: How far ``place`` may be from where it was learned, in its own unit.
        of_lengths: Whether the number is made of lengths, which another scale changes.
    """

    LEARN_S = 0.4
    SMOOTH_S = 0.2
    # Landmarks that jump to another place for less than a second and back (measured: a
    # foot seen obliquely, for 0.3 to 0.7 s) must not make a new level.
    LOWER_S = 1.2
    # Longer than any hold of the exercises (15 s) with its ramps.
    HIGHER_S = 45.0
    FOLLOW_S = 4.0
    MOVED_S = 0.5
    GAP_S = 1.6

    def __init__(self, calm: float, moved: float, of_lengths: bool = True) -> None:
        self.of_lengths = of_lengths
        self.level: float | None = None
        self._calm = calm
        self._moved = moved
        self._filter = MedianFilter(self.SMOOTH_S)
        self._recent: deque[tuple[float, float]] = deque()
        self._place: float | None = None
        self._moved_since: float | None = None
        self._off_since: float | None = None
        self._off_up = False
        self._last_s: float | None = None
        self._above: float | None = None

    def update(self, value: float, time_s: float, place: float) -> float | None:
        """Take a reading; how far it is above the resting level, None before there is one.

        Several signals may ask in one frame; the first reading of a frame is taken.
        The reading is smoothed first (:attr:`SMOOTH_S`), or noise would never look calm.

        Args:
            value: The number.
            time_s: The frame's time.
            place: Another number (an angle in degrees) that tells that the limb was put
                elsewhere, where the level is another.
        """
        if time_s == self._last_s:
            return self._above
        if self._last_s is not None and time_s - self._last_s > self.GAP_S:
            self.forget()
        step = 0.0 if self._last_s is None else time_s - self._last_s
        self._last_s = time_s
        smooth = self._filter.update(value, time_s)
        value = value if smooth is None else smooth
        self._recent.append((time_s, value))
        while self._recent[0][0] < time_s - self.LEARN_S - 1e-6:
            self._recent.popleft()
        if self._put_elsewhere(place, time_s):
            self.forget()
        if self.level is None:
            self.level = self._calm_value()
            self._place = place
        else:
            self._keep(value, time_s, step)
        self._above = None if self.level is None else value - self.level
        return self._above

    def forget(self) -> None:
        """Give up the level; the next calm moment makes a new one."""
        self.level = None
        self._recent.clear()
        self._place = self._moved_since = self._off_since = None

    def _put_elsewhere(self, place: float, time_s: float) -> bool:
        if self._place is None or abs((place - self._place + 180) % 360 - 180) < self._moved:
            self._moved_since = None
            return False
        if self._moved_since is None:
            self._moved_since = time_s
        return time_s - self._moved_since > self.MOVED_S

    def _calm_value(self) -> float | None:
        values = [v for _, v in self._recent]
        if len(values) < 3 or self._recent[-1][0] - self._recent[0][0] < 0.8 * self.LEARN_S:
            return None
        return median(values) if max(values) - min(values) <= self._calm else None

    def _keep(self, value: float, time_s: float, step: float) -> None:
        assert self.level is not None
        off = value - self.level
        if abs(off) <= self._calm:
            self._off_since = None
            self.level += off * min(1.0, step / self.FOLLOW_S)
            return
        up = off > 0
        if self._off_since is None or up != self._off_up:
            self._off_since, self._off_up = time_s, up
        elif time_s - self._off_since > (self.HIGHER_S if up else self.LOWER_S):
            fresh = self._calm_value()
            if fresh is not None:
                self.level, self._off_since = fresh, None


class CalmLevels:
    """The resting levels of several numbers of one person, by name."""

    def __init__(self) -> None:
        self._levels: dict[str, CalmLevel] = {}

    def of(self, name: str, calm: float, moved: float, *, of_lengths: bool = True) -> CalmLevel:
        """The level of that name, a new one at the first call."""
        return self._levels.setdefault(name, CalmLevel(calm, moved, of_lengths))

    def forget(self) -> None:
        """Give up all levels: it is another person."""
        for level in self._levels.values():
            level.forget()

    def rescale(self) -> None:
        """Give up the levels that are made of lengths: the scale is another."""
        for level in self._levels.values():
            if level.of_lengths:
                level.forget()
