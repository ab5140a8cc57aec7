"""What happens in a heel-raise test, beside the events of sessions, setups and rests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from posecoach.pose import Side
from posecoach.session import events as ev
from posecoach.session.heel_raise_leg import LegResult, Raise
from posecoach.session.snapshot import Snapshot

Stage = Literal["briefing", "setup", "work", "rest", "finished"]


@dataclass(frozen=True, slots=True)
class LegStarted(ev.Event):
    """From now on the raises of that leg count."""

    name: ClassVar[str] = "leg_started"


@dataclass(frozen=True, slots=True)
class LegEnded(ev.Event):
    """A leg's turn is over."""

    name: ClassVar[str] = "leg_ended"
    result: LegResult | None = None


@dataclass(frozen=True, slots=True)
class HeelRaiseTestFinished(ev.Event):
    """All is over; ``complete`` unless somebody, or the end of the clip, ended it."""

    name: ClassVar[str] = "test_finished"
    complete: bool = True


@dataclass(frozen=True, slots=True)
class HeelRaiseState:
    """What is true of a test after one frame.

    Attributes:
        time_s: The frame's time.
        stage: What goes on.
        paused: Whether somebody paused.
        sides: The legs, in order.
        number: Which of them it is, or comes next; at the end their number.
        snapshot: Of the leg at work, or set up; a quiet one otherwise.
        raises: What that leg did so far, what does not count among it.
        least_cm: The height that a raise must have now, or None.
        lost_in_a_row: How many of its last raises do not count.
        rest_s: Length of the rest or the briefing; 0 while there is none.
        left_s: Seconds left of it.
        results: Of the legs that are done.
        beat: Beats a minute.
    """

    time_s: float
    stage: Stage
    paused: bool
    sides: tuple[Side, ...]
    number: int
    snapshot: Snapshot
    raises: tuple[Raise, ...]
    least_cm: float | None
    lost_in_a_row: int
    rest_s: float
    left_s: float
    results: tuple[LegResult, ...]
    beat: float

    @property
    def side(self) -> Side | None:
        """The leg at work, or the next one; None at the end."""
        return self.sides[self.number] if self.number < len(self.sides) else None
