"""The registry: what a signal is, and how its name is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from posecoach.motion.body import Body
from posecoach.motion.calm import CalmLevels
from posecoach.motion.rest import Levels, Rest
from posecoach.pose import SIDES, Side


@dataclass(frozen=True, slots=True)
class Moment:
    """What a signal may look at: one frame's body and where it rests.

    Attributes:
        body: The body.
        rest: Its resting level, whose ``levels`` is None while it is being learned.
        now: The body's levels.
        calm: Resting levels of single measures.
    """

    body: Body
    rest: Rest
    now: Levels
    calm: CalmLevels


Unit = Literal["leg", "deg", "share"]
"""``leg``: lengths of the leg, hip to knee to ankle, about 80 cm on a grown person. ``deg``:
degrees. ``share``: a number without a unit."""

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
    """

    name: str
    unit: Unit
    span: tuple[float, float]
    views: tuple[View, ...]
    sided: bool
    meaning: str
    measure: Callable[[Moment, Side], float | None]
    smooth_s: float


REGISTRY: dict[str, Signal] = {}

_Sided = Callable[[Moment, Side], float | None]
_Plain = Callable[[Moment], float | None]

# Long enough to drop a landmark that jumps for two frames at 24 fps, short against the
# fastest heel raises (0.6 s).
SMOOTH_S = 0.2


def _add(
    function: Callable[..., float | None],
    measure: _Sided,
    unit: Unit,
    span: tuple[float, float],
    views: tuple[View, ...],
    sided: bool,
    smooth_s: float,
) -> None:
    meaning = (function.__doc__ or "").strip().splitlines()[0]
    name = function.__name__
    if name in REGISTRY:
        raise ValueError(f"two signals are called {name}")
    REGISTRY[name] = Signal(name, unit, span, views, sided, meaning, measure, smooth_s)


def sided(
    unit: Unit,
    span: tuple[float, float],
    views: tuple[View, ...],
    smooth_s: float = SMOOTH_S,
) -> Callable[[_Sided], _Sided]:
    """Register a signal that is asked for one side; see :class:`Signal`."""

    def register(function: _Sided) -> _Sided:
        _add(function, function, unit, span, views, True, smooth_s)
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

        _add(function, measure, unit, span, views, False, smooth_s)
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
