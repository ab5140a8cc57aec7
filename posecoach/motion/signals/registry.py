"""The registry: what a signal is, and how its name is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

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


Unit = Literal["leg", "deg", "share", "foot", "foot/s", "px"]
"""``leg``: lengths of the leg, hip to knee to ankle, about 80 cm on a grown person. ``deg``:
degrees. ``share``: a number without a unit. ``foot``: lengths of the foot, heel to ball, about
18 cm; ``foot/s``: of them in a second. ``px``: pixels of the frame."""

UNIT_NAMES: dict[Unit, str] = {
    "leg": "leg lengths",
    "deg": "degrees",
    "share": "share",
    "foot": "foot lengths",
    "foot/s": "foot lengths a second",
    "px": "pixels",
}
"""Units in words."""

View = Literal["side", "oblique", "front", "behind"]
"""Where the camera sees the body from: ``oblique`` is half-way between side and front."""

ALL_ROUND: tuple[View, ...] = ("side", "oblique", "front", "behind")
BESIDE: tuple[View, ...] = ("side", "oblique")
FRONTAL: tuple[View, ...] = ("oblique", "front", "behind")
NOT_BEHIND: tuple[View, ...] = ("side", "oblique", "front")


@dataclass(frozen=True, slots=True)
class Signal:
    """A named measurement.

    Attributes:
        name: Its name, without a side.
        unit: See :data:`Unit`.
        span: Lowest and highest value to expect: the half and the 99.5th percentile over
            all labelled clips, whatever was done in them, rounded outwards.
        views: From where it says what its meaning says; elsewhere it may be None, or a
            number that means little.
        sided: Whether it is asked for as ``name.left`` and ``name.right``.
        meaning: One line for people.
        smooth_s: Window of the median filter over it, seconds.
        measure: From a body to its value; None for what needs no body.
        of_feet: The same from the close-ups of the feet; None for what is not seen there.
    """

    name: str
    unit: Unit
    span: tuple[float, float]
    views: tuple[View, ...]
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
    function: Callable[..., float | None],
    unit: Unit,
    span: tuple[float, float],
    views: tuple[View, ...],
    sided: bool,
    smooth_s: float,
    **how: Any,
) -> None:
    meaning = (function.__doc__ or "").strip().splitlines()[0]
    name = function.__name__
    if name in REGISTRY:
        raise ValueError(f"two signals are called {name}")
    REGISTRY[name] = Signal(name, unit, span, views, sided, meaning, smooth_s, **how)


def sided(
    unit: Unit,
    span: tuple[float, float],
    views: tuple[View, ...],
    smooth_s: float = SMOOTH_S,
) -> Callable[[_Sided], _Sided]:
    """Register a signal that is asked for one side; see :class:`Signal`."""

    def register(function: _Sided) -> _Sided:
        _add(function, unit, span, views, True, smooth_s, measure=function)
        return function

    return register


def plain(
    unit: Unit,
    span: tuple[float, float],
    views: tuple[View, ...],
    smooth_s: float = SMOOTH_S,
) -> Callable[[_Plain], _Plain]:
    """Register a signal of the whole body; see :class:`Signal`."""

    def register(function: _Plain) -> _Plain:
        def measure(moment: Moment, _side: Side) -> float | None:
            return function(moment)

        _add(function, unit, span, views, False, smooth_s, measure=measure)
        return function

    return register


def close_up(
    unit: Unit,
    span: tuple[float, float],
    views: tuple[View, ...],
    smooth_s: float = SMOOTH_S,
) -> Callable[[_OfFoot], _OfFoot]:
    """Register a signal of a foot's close-up, asked for one side; it needs no body."""

    def register(function: _OfFoot) -> _OfFoot:
        _add(function, unit, span, views, True, smooth_s, of_feet=function)
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
