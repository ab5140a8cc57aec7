"""Counting by the clock what no camera sees here: shown and kept as paced, never as measured.

The coach gives the pace and the person follows: so long the movement, so long the rest.
"""

from __future__ import annotations

from posecoach.checkers.definition import Definition
from posecoach.checkers.results import BodySide, Hold, Rep
from posecoach.checkers.update import Update

# Where the dose names no time to hold: a slow curl and as slow a release (the labelled
# ones take 0.9 and 0.8 s).
MOVE_S = 1.5
REST_S = 1.5
# A held movement is let go and taken up again in this.
BETWEEN_S = 2.5
# The clock stands still over a longer gap between two frames.
GAP_S = 1.6


class Pacer:
    """Paces one exercise.

    Args:
        definition: The exercise.
        side: Whose movements they are said to be; None for both.
        target_hold_s: Seconds that a rep is held; None takes the dose's.
    """

    def __init__(
        self, definition: Definition, side: BodySide | None, target_hold_s: float | None
    ) -> None:
        hold_s = definition.dose.hold_s if target_hold_s is None else target_hold_s
        held = definition.reps is not None and any(t.hold for t in definition.reps.tracks)
        self._seconds = definition.adds_up
        self._side: BodySide = side or "both"
        self._move_s = hold_s if held and hold_s else MOVE_S
        self._rest_s = BETWEEN_S if held else REST_S
        self._ran_s = 0.0
        self._began: float | None = None
        self._last_s: float | None = None

    def update(self, in_view: bool, time_s: float) -> Update:
        """Take a frame; the clock runs while the person is in view."""
        last, self._last_s = self._last_s, time_s
        step = 0.0 if last is None else time_s - last
        if not in_view or step > GAP_S:
            return Update(side=self._side, hold_s=self._ran_s if self._seconds else 0.0)
        self._ran_s += step
        return self._timed(time_s) if self._seconds else self._counted(time_s)

    def finish(self) -> Update:
        """End: the seconds so far are one stretch; a rep under way is none."""
        if not self._seconds or self._began is None or self._last_s is None:
            return Update()
        hold = Hold(self._side, self._began, self._last_s, self._ran_s, paced=True)
        return Update(holds=(hold,), side=self._side)

    def _timed(self, time_s: float) -> Update:
        started = self._began is None
        self._began = time_s if self._began is None else self._began
        return Update(
            hold_started=(self._side,) if started else (),
            side=self._side,
            moving=True,
            hold_s=self._ran_s,
        )

    def _counted(self, time_s: float) -> Update:
        """A rest first, then the movement: nobody can follow what has begun already."""
        if self._began is None and self._ran_s >= self._rest_s:
            self._began, self._ran_s = time_s, 0.0
            return Update(started=(self._side,), side=self._side, moving=True, level=1.0)
        if self._began is None:
            return Update(side=self._side, level=0.0)
        if self._ran_s < self._move_s:
            return Update(side=self._side, moving=True, level=1.0, hold_s=self._ran_s)
        rep = Rep(
            self._side,
            self._began,
            (self._began + time_s) / 2,
            time_s,
            {"held_s": self._ran_s},
            confidence=0.0,
            paced=True,
        )
        self._began, self._ran_s = None, 0.0
        return Update(reps=(rep,), side=self._side, level=0.0)
