"""Timestamps that can be trusted, made from the ones that a file carries."""

from __future__ import annotations

import math

SMALLEST_STEP_S = 0.001
"""Pose models take whole milliseconds and refuse a time that does not grow."""

LARGEST_SQUEEZE_S = 1.0
"""A timestamp further back than this is a new start (joined recordings, a camera whose
clock was set), not one frame out of order."""

LARGEST_GAP_S = 3600.0
"""No pause in a workout is longer; a timestamp beyond it is damage."""


class Timeline:
    """Places frames on an axis that starts at 0 and strictly increases.

    Good timestamps are kept exactly. A frame without one, or with one that does not
    advance, is put between its neighbours, so that the frames after it keep their true
    times; after a jump far back or ahead the rest is shifted instead.

    Args:
        step_s: Usual distance between two frames in seconds, used where the file says
            nothing.
    """

    def __init__(self, step_s: float) -> None:
        self._step = max(step_s, SMALLEST_STEP_S)
        self._shift: float | None = None
        self._last: float | None = None
        self._last_raw: float | None = None
        self._stuck = False

    def place(self, raw_s: float | None) -> float:
        """Give a frame its time.

        Args:
            raw_s: What the file says, in seconds from any origin; None if it says nothing.

        Returns:
            Seconds from the first frame, at least a millisecond after the frame before.
        """
        if raw_s is not None and not math.isfinite(raw_s):
            raw_s = None
        if self._last is None:
            time_s = 0.0
        elif raw_s is None:
            time_s = self._last + self._step
        else:
            time_s = self._place_after(self._last, raw_s)
        if raw_s is not None:
            if self._shift is None:
                self._shift = time_s - raw_s
            self._last_raw = raw_s
        self._last = time_s
        return time_s

    def _place_after(self, last: float, raw_s: float) -> float:
        if self._shift is None:
            return last + self._step
        candidate = raw_s + self._shift
        if last + SMALLEST_STEP_S <= candidate <= last + LARGEST_GAP_S:
            self._stuck = False
            return candidate
        if not last - LARGEST_SQUEEZE_S <= candidate <= last + LARGEST_GAP_S:
            self._shift = last + self._step - raw_s
            self._stuck = False
            return last + self._step
        # Half a step lets one stray frame fit in before the next good one. A clock that
        # stands still for longer is paced at the usual rate until it runs again.
        running = self._last_raw is not None and raw_s > self._last_raw
        step = self._step if self._stuck and not running else self._step / 2
        self._stuck = True
        return last + max(step, SMALLEST_STEP_S)
