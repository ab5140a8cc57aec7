"""What happens in a workout, beside the events of the sessions in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from posecoach.session.events import Event
from posecoach.session.plan import Block, Change

How = Literal["done", "skipped", "stopped"]
"""How a block ended: its target was reached; somebody went on; somebody ended the workout."""


@dataclass(frozen=True, slots=True)
class BlockStarted(Event):
    """A block begins: from now on movements count. ``number`` is its place, from 0."""

    name: ClassVar[str] = "block_started"
    block: Block | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class BlockEnded(Event):
    """A block is over: from now on nothing counts."""

    name: ClassVar[str] = "block_ended"
    block: Block | None = None
    how: How = "done"


@dataclass(frozen=True, slots=True)
class SetFinished(Event):
    """The last block of a set is over, and its target was reached."""

    name: ClassVar[str] = "set_finished"
    set_number: int = 1
    sets: int = 1


@dataclass(frozen=True, slots=True)
class SideAsked(Event):
    """It is time to change to ``side``."""

    name: ClassVar[str] = "side_asked"


@dataclass(frozen=True, slots=True)
class RestStarted(Event):
    """A rest begins.

    Attributes:
        seconds: How long it lasts.
        change: What comes after it: the next set, the other side, another exercise.
        following: The block after it.
    """

    name: ClassVar[str] = "rest_started"
    seconds: float = 0.0
    change: Change = "set"
    following: Block | None = None


@dataclass(frozen=True, slots=True)
class RestTick(Event):
    """Another whole second of a rest is over; ``left_s`` are left."""

    name: ClassVar[str] = "rest_tick"
    left_s: int = 0


@dataclass(frozen=True, slots=True)
class RestEnded(Event):
    """A rest is over, by itself or because somebody went on."""

    name: ClassVar[str] = "rest_ended"


@dataclass(frozen=True, slots=True)
class WorkoutPaused(Event):
    """Somebody paused: nothing counts, no clock runs."""

    name: ClassVar[str] = "workout_paused"


@dataclass(frozen=True, slots=True)
class WorkoutResumed(Event):
    """Somebody went on after a pause."""

    name: ClassVar[str] = "workout_resumed"


@dataclass(frozen=True, slots=True)
class ProgramFinished(Event):
    """The workout is over; ``complete`` unless it was ended before its last block was."""

    name: ClassVar[str] = "program_finished"
    complete: bool = True
