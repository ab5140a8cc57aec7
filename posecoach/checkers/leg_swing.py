"""Whether a leg swings to and fro as a whole, which is not circling the foot."""

from __future__ import annotations

from collections import deque

# After so long without a frame nobody knows where the leg went.
GAP_S = 0.7
# A leg that circles turns back twice a circle along the picture's width or height; raising it
# and taking hold of it is one or two turns. Slower circles than two in so long are not told.
TURNS = 3
WITHIN_S = 6.0
# A hidden leg's landmarks jump to and fro faster than any leg swings.
QUICK_S = 0.35


class LegSwing:
    """Watches where the ankle is to its hip.

    Args:
        still: A move must be longer than this to be one, in leg lengths.
    """

    def __init__(self, still: float) -> None:
        self._still = still
        self._axes = (_Axis(), _Axis())
        self._seen_s: float | None = None

    @property
    def swinging(self) -> bool:
        """Whether it swings now."""
        return any(len(axis.turned) >= TURNS for axis in self._axes)

    def update(self, leg: tuple[float, float] | None, time_s: float) -> None:
        """Take a frame.

        Args:
            leg: The ankle's place from its hip, in leg lengths, or None if it is not seen.
            time_s: The frame's time.
        """
        if self._seen_s is not None and time_s - self._seen_s > GAP_S:
            self._axes = (_Axis(), _Axis())
        if leg is None:
            return
        self._seen_s = time_s
        for axis, value in zip(self._axes, leg, strict=True):
            axis.update(value, time_s, self._still)


class _Axis:
    """Finds where a number that went one way by some length goes back by as much.

    Attributes:
        turned: When it did lately.
    """

    def __init__(self) -> None:
        self.turned: deque[float] = deque()
        self._way = 0
        self._low: float | None = None
        self._high = 0.0

    def update(self, value: float, time_s: float, by: float) -> None:
        while self.turned and self.turned[0] < time_s - WITHIN_S:
            self.turned.popleft()
        if self._low is None:
            self._low = self._high = value
        self._low, self._high = min(self._low, value), max(self._high, value)
        fell = self._way >= 0 and self._high - value > by
        rose = self._way <= 0 and value - self._low > by
        if not (fell or rose):
            return
        before, self._way = self._way, -1 if fell else 1
        self._low = self._high = value
        if self.turned and time_s - self.turned[-1] < QUICK_S:
            self.turned.clear()
        elif before != 0:
            self.turned.append(time_s)
