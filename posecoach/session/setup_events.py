"""What happens before a set, beside the events of the session that follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from posecoach.session.events import Event
from posecoach.session.gestures import Gesture


@dataclass(frozen=True, slots=True)
class SetupStarted(Event):
    """It is looked whether a set can begin; nothing counts before :class:`SetBegun`.

    ``again`` if it has begun before, and somebody was away for long.
    """

    name: ClassVar[str] = "setup_started"
    again: bool = False


@dataclass(frozen=True, slots=True)
class SetupAsked(Event):
    """Something has to be put right; ``why`` is the cue id of the instruction."""

    name: ClassVar[str] = "setup_asked"
    why: str = ""


@dataclass(frozen=True, slots=True)
class CountIn(Event):
    """All is right: the set begins in ``left`` seconds."""

    name: ClassVar[str] = "count_in"
    left: int = 0


@dataclass(frozen=True, slots=True)
class CountInBroken(Event):
    """Something is wrong again: the count-in begins anew once it is right."""

    name: ClassVar[str] = "count_in_broken"


@dataclass(frozen=True, slots=True)
class SetBegun(Event):
    """From now on movements count; ``again`` if the set goes on after somebody was away."""

    name: ClassVar[str] = "set_begun"
    again: bool = False


@dataclass(frozen=True, slots=True)
class GestureMade(Event):
    """Raised arms were held until they were meant."""

    name: ClassVar[str] = "gesture"
    gesture: Gesture = "pause"
