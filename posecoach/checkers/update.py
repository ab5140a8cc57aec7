"""What a checker says after one frame, whatever it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from posecoach.checkers.results import Attempt, BodySide, FootCircle, Hold, Rep
from posecoach.motion import Readings


@dataclass(frozen=True, slots=True)
class Update:
    """What happened in a frame and how things stand after it.

    Attributes:
        started: Sides whose movement began.
        reps: Movements that ended and count.
        attempts: Movements that ended and do not.
        revised: Reps counted before, each with what it turns out to have been.
        hold_started: Sides whose clock began to run.
        hold_stopped: Sides whose clock stopped, with the fault or cue that stopped it.
        holds: Holds that ended.
        side: The side under way or last seen, None while unknown.
        level: How far the movement is, in shares of its full range; None if not seen.
        moving: Whether a movement is under way.
        hold_s: Seconds of the hold under way, by side of ``side``.
        fault: What is being done wrong now, or None.
        steps: Steps so far, for walks.
        cadence: Steps a minute, for walks.
        circle: The last circle of the foot that circles, for circles.
    """

    started: tuple[BodySide, ...] = ()
    reps: tuple[Rep, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    revised: tuple[tuple[Rep, Rep], ...] = ()
    hold_started: tuple[BodySide, ...] = ()
    hold_stopped: tuple[tuple[BodySide, str], ...] = ()
    holds: tuple[Hold, ...] = ()
    side: BodySide | None = None
    level: float | None = None
    moving: bool = False
    hold_s: float = 0.0
    fault: str | None = None
    steps: int | None = None
    cadence: float | None = None
    circle: FootCircle | None = None


class Checker(Protocol):
    """Counts one kind of exercise."""

    @property
    def signals(self) -> list[str]:
        """Full names of the signals it reads."""
        ...

    def update(self, readings: Readings, time_s: float, visible: float) -> Update:
        """Take a frame's readings.

        Args:
            readings: Values of (at least) :attr:`signals`; all None when nobody is in
                view or the view is refused.
            time_s: The frame's time.
            visible: How well the landmarks are seen, 0 to 1.
        """
        ...

    def finish(self) -> Update:
        """End what is under way at the last frame."""
        ...
