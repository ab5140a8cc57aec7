"""The registry: what a signal is, and how its name is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from posecoach.motion.body import Body
from posecoach.motion.calm import CalmLevels
from posecoach.motion.feet import FootReading
from posecoach.motion.rest import Levels, Rest
from posecoach.motion.trunk import TrunkMotion
from posecoach.pose import SIDES, Side


@dataclass(frozen=True, slots=True)
class Moment:
    """What a signal may look at: one frame's body and where it rests.

    Attributes:
        body: The body.
        rest: Its resting level, whose ``levels`` is None while it is being learned.
        now: The body's levels.
        calm: Resting levels of single measures.
        trunk: How still shoulders and hips are.
    """

    body: Body
    rest: Rest
    now: Levels
    calm: CalmLevels
    trunk: TrunkMotion


@dataclass(frozen=True, slots=True)
class Signal:
    """A named measurement.

    Attributes:
        name: Its name, without a side.
        unit: ``leg`` (lengths of the leg), ``foot`` (of the foot), ``deg``, ``share``.
        sided: Whether it is asked for as ``name.left`` and ``name.right``.
        meaning: One line for people.
        smooth_s: Window of the median filter over it, seconds.
        measure: From a body to its value; None for what needs no body.
        of_feet: The same from the close-ups of the feet; None for what is not seen there.
    """

    name: str
    unit: str
    sided: bool
    meaning: str
    smooth_s: float
    measure: Callable[[Moment, Side], float | None] | None = None
    of_feet: Callable[[FootReading], float | None] | None = None

    @property
    def close_up(self) -> bool:
        """Whether it is measured from the close-ups of the feet."""
        return self.of_feet is not None


REGISTRY: dict[str, Signal] = {}

_Sided = Callable[[Moment, Side], float | None]
_Plain = Callable[[Moment], float | None]
_OfFoot = Callable[[FootReading], float | None]

# Long enough to drop a landmark that jumps for two frames at 24 fps, short against the
# fastest heel raises (0.6 s).
SMOOTH_S = 0.2


def _add(
    function: Callable[..., float | None], unit: str, sided: bool, smooth_s: float, **how: Any
) -> None:
    meaning = (function.__doc__ or "").strip().splitlines()[0]
    name = function.__name__
    REGISTRY[name] = Signal(name, unit, sided, meaning, smooth_s, **how)


def sided(unit: str, smooth_s: float = SMOOTH_S) -> Callable[[_Sided], _Sided]:
    """Register a signal that is asked for one side."""

    def register(function: _Sided) -> _Sided:
        _add(function, unit, True, smooth_s, measure=function)
        return function

    return register


def plain(unit: str, smooth_s: float = SMOOTH_S) -> Callable[[_Plain], _Plain]:
    """Register a signal of the whole body."""

    def register(function: _Plain) -> _Plain:
        _add(function, unit, False, smooth_s, measure=lambda moment, _: function(moment))
        return function

    return register


def close_up(unit: str, smooth_s: float = SMOOTH_S) -> Callable[[_OfFoot], _OfFoot]:
    """Register a signal of a foot's close-up, asked for one side; it needs no body."""

    def register(function: _OfFoot) -> _OfFoot:
        _add(function, unit, True, smooth_s, of_feet=function)
        return function

    return register


def parse(name: str) -> tuple[Signal, Side]:
    """The signal and side that a full name such as ``knee_angle.left`` asks for.

    Raises:
        KeyError: If there is no such signal, or the side is missing or not wanted.
    """
    base, _, side = name.partition(".")
    signal = REGISTRY[base]
    if signal.sided != (side in SIDES) or (side and not signal.sided):
        raise KeyError(name)
    return signal, "right" if side == "right" else "left"


def names() -> list[str]:
    """All full names, sides spelled out."""
    return sorted(
        f"{s.name}.{side}" if s.sided else s.name
        for s in REGISTRY.values()
        for side in (SIDES if s.sided else ("",))
    )


def other(side: Side) -> Side:
    """The other side."""
    return "right" if side == "left" else "left"
