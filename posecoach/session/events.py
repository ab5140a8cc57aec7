"""What happens in a session, as typed values.

A session emits them in order of time; feedback, records and tests read them. An event
never says how it looks or sounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from posecoach.checkers.results import Attempt, BodySide, Hold, Rep


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a frame's time.

    Attributes:
        time_s: The frame's time.
        side: Whose movement it concerns, None where it concerns nobody's.
    """

    name: ClassVar[str] = "event"
    time_s: float
    side: BodySide | None = None


@dataclass(frozen=True, slots=True)
class PersonFound(Event):
    """Somebody is in view whom the exercise can be watched on."""

    name: ClassVar[str] = "person_found"


@dataclass(frozen=True, slots=True)
class PersonLost(Event):
    """Nobody is in view any more; clocks pause."""

    name: ClassVar[str] = "person_lost"


@dataclass(frozen=True, slots=True)
class ViewRefused(Event):
    """What the exercise needs is not in view; ``why`` is a cue id."""

    name: ClassVar[str] = "view_refused"
    why: str = ""


@dataclass(frozen=True, slots=True)
class ViewAccepted(Event):
    """What the exercise needs is in view (again)."""

    name: ClassVar[str] = "view_accepted"


@dataclass(frozen=True, slots=True)
class RepStarted(Event):
    """A movement left the resting position."""

    name: ClassVar[str] = "rep_started"


@dataclass(frozen=True, slots=True)
class RepCounted(Event):
    """A movement came to its end and counts."""

    name: ClassVar[str] = "rep_counted"
    rep: Rep | None = None


@dataclass(frozen=True, slots=True)
class TryAbandoned(Event):
    """A movement came to its end and does not count."""

    name: ClassVar[str] = "try_abandoned"
    attempt: Attempt | None = None


@dataclass(frozen=True, slots=True)
class HoldStarted(Event):
    """The clock of a hold began to run."""

    name: ClassVar[str] = "hold_started"


@dataclass(frozen=True, slots=True)
class HoldStopped(Event):
    """The clock of a hold stopped; ``why`` is a fault's or a cue's id, or empty."""

    name: ClassVar[str] = "hold_stopped"
    why: str = ""


@dataclass(frozen=True, slots=True)
class HoldEnded(Event):
    """A hold is over and its seconds count."""

    name: ClassVar[str] = "hold_ended"
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class FaultSeen(Event):
    """Something is being done wrong; ``fault`` is its id."""

    name: ClassVar[str] = "fault"
    fault: str = ""


@dataclass(frozen=True, slots=True)
class TargetReached(Event):
    """The set's reps or seconds are done on ``side``."""

    name: ClassVar[str] = "target_reached"
