"""Seconds of movement: reps that follow each other are one stretch of it."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import fmean

from posecoach.checkers.rep_rules import Clock
from posecoach.checkers.results import BodySide, Hold, Rep


class MovementClock:
    """Joins reps into holds: stretches of movement without a rest.

    Args:
        clock: How long a rest ends a stretch.
    """

    def __init__(self, clock: Clock) -> None:
        self._gap_s = clock.gap_s
        self._reps: list[Rep] = []

    @property
    def side(self) -> BodySide | None:
        """Whose stretch is under way; None in a rest."""
        return self._reps[-1].side if self._reps else None

    def seconds(self, time_s: float, *, moving: bool) -> float:
        """Length of the stretch under way: to its last rep's end, or to now while moving."""
        if not self._reps:
            return 0.0
        return (time_s if moving else self._reps[-1].end_s) - self._reps[0].start_s

    def take(self, reps: Iterable[Rep], time_s: float, *, moving: bool) -> list[Hold]:
        """Take a frame's reps; the stretches that ended.

        Args:
            reps: Reps that ended with this frame.
            time_s: Now.
            moving: Whether a movement is under way that may go on with the stretch.
        """
        ended: list[Hold] = []
        for rep in reps:
            last = self._reps[-1] if self._reps else None
            if last is not None and (
                rep.side != last.side or rep.start_s - last.end_s > self._gap_s
            ):
                ended.append(self._end())
            self._reps.append(rep)
        if self._reps and not moving and time_s - self._reps[-1].end_s > self._gap_s:
            ended.append(self._end())
        return ended

    def finish(self) -> list[Hold]:
        """The stretch under way at the last frame, as far as it got."""
        return [self._end()] if self._reps else []

    def _end(self) -> Hold:
        reps, self._reps = self._reps, []
        start_s, end_s = reps[0].start_s, reps[-1].end_s
        return Hold(
            reps[0].side,
            start_s,
            end_s,
            end_s - start_s,
            {"rolls": float(len(reps)), "roll_s": fmean(rep.end_s - rep.start_s for rep in reps)},
            paced=all(rep.paced for rep in reps),
        )
