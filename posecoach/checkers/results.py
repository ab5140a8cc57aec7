"""What a counter says of a movement that is over: a rep, an attempt or a hold.

Times are seconds of the source's own clock. Sides are anatomical; ``both`` where both
legs move together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from posecoach.motion import Ellipse
from posecoach.pose import Side

BodySide = Literal["left", "right", "both"]
Direction = Literal["cw", "ccw"]
"""As the exercising person sees it over the own body."""

# A factory hands it out: Python 3.11 takes a mapping proxy for a mutable default.
_NOTHING: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rep:
    """A movement that counts.

    Attributes:
        side: Whose movement it was.
        start_s: When it left the resting position.
        peak_s: When it was furthest.
        end_s: When it was back at rest.
        metrics: Measures by name; the unit is the name's last part (``heel_lift_cm``,
            ``up_s``, ``knee_angle_deg``).
        faults: Ids of what was wrong with it, although it counts.
        confidence: 0 to 1; how well the landmarks were seen during the movement.
        paced: Whether it was counted by the clock, not measured.
        direction: Of a circle, which way round it went; None for what is no circle.
    """

    side: BodySide
    start_s: float
    peak_s: float
    end_s: float
    metrics: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    faults: tuple[str, ...] = ()
    confidence: float = 1.0
    paced: bool = False
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A movement that was tried and does not count; ``why`` is a fault's id."""

    side: BodySide
    start_s: float
    peak_s: float
    end_s: float
    why: str
    metrics: Mapping[str, float] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Hold:
    """A stretch of time that counts: in position from ``start_s`` to ``end_s``.

    ``seconds`` is what counted of it; a short wobble inside takes nothing away. ``paced``
    says that it was counted by the clock, not measured.
    """

    side: BodySide
    start_s: float
    end_s: float
    seconds: float
    metrics: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    faults: tuple[str, ...] = ()
    paced: bool = False


@dataclass(frozen=True, slots=True)
class FootCircle:
    """The circle that a foot drew last.

    Attributes:
        side: Which foot.
        ellipse: The way of the ball of the foot about its ankle, as the picture shows it:
            in leg lengths from a checker, in pixels in a snapshot.
        range_deg: How far the foot swung to and fro, as the picture shows it.
    """

    side: Side
    ellipse: Ellipse
    range_deg: float
