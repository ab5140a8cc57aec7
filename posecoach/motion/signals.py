"""The registry of named signals: each a small function from a body to a number.

A name with a side (``knee_angle.left``) is one function asked for one side. A signal
that cannot be measured now is None. Lengths are in leg lengths (hip to knee to ankle as
first seen, about 80 cm on a grown person), angles in degrees in the picture unless said
otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from posecoach.motion.body import FOOT_LEG, Body, Y
from posecoach.motion.geometry import angle_deg, distance, finite
from posecoach.motion.rest import Levels, Rest, knee_angle
from posecoach.pose import SIDES, Side


@dataclass(frozen=True, slots=True)
class Moment:
    """What a signal may look at: one frame's body and where it rests.

    Attributes:
        body: The body.
        rest: Its resting level, whose ``levels`` is None while it is being learned.
        now: The body's levels.
    """

    body: Body
    rest: Rest
    now: Levels


@dataclass(frozen=True, slots=True)
class Signal:
    """A named measurement.

    Attributes:
        name: Its name, without a side.
        unit: ``leg``, ``deg`` or ``share``.
        sided: Whether it is asked for as ``name.left`` and ``name.right``.
        meaning: One line for people.
        smooth_s: Window of the median filter over it, seconds.
    """

    name: str
    unit: str
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
    function: Callable[..., float | None], measure: _Sided, unit: str, sided: bool, smooth_s: float
) -> None:
    meaning = (function.__doc__ or "").strip().splitlines()[0]
    name = function.__name__
    REGISTRY[name] = Signal(name, unit, sided, meaning, measure, smooth_s)


def sided(unit: str, smooth_s: float = SMOOTH_S) -> Callable[[_Sided], _Sided]:
    """Register a signal that is asked for one side."""

    def register(function: _Sided) -> _Sided:
        _add(function, function, unit, True, smooth_s)
        return function

    return register


def plain(unit: str, smooth_s: float = SMOOTH_S) -> Callable[[_Plain], _Plain]:
    """Register a signal of the whole body."""

    def register(function: _Plain) -> _Plain:
        _add(function, lambda moment, _side: function(moment), unit, False, smooth_s)
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


def _other(side: Side) -> Side:
    return "right" if side == "left" else "left"


def _index(side: Side) -> int:
    return SIDES.index(side)


# --- standing, over the resting level ------------------------------------------------


@plain("leg")
def body_rise(moment: Moment) -> float | None:
    """How far the body stands above its resting level, over the foot that stays."""
    if moment.rest.levels is None:
        return None
    return finite(moment.rest.rise(moment.now, moment.body.leg))


@sided("leg")
def heel_lift(moment: Moment, side: Side) -> float | None:
    """Height of the heel over the ball of its foot, above a flat foot's."""
    flat = moment.rest.heel
    if flat is None:
        return None
    return finite(moment.now.heel[_index(side)] - flat[_index(side)])


@plain("leg", smooth_s=0.25)
def heels_up(moment: Moment) -> float | None:
    """Height of the lower heel over the ball of its foot: both heels are this far up."""
    lifts = [lift for side in SIDES if (lift := heel_lift(moment, side)) is not None]
    return min(lifts, default=None)


# While one heel rises and the body stays level, the knee over it bends: about 24 degrees
# for a heel raised 0.05 leg lengths in the labelled clips.
KNEE_LEG_PER_DEG = 0.0015
# Facing the camera the bending knee cannot be seen, and only the foot speaks.
FRONTAL = 0.9
FRONTAL_TRUST = 0.7


@sided("leg")
def lone_heel_rise(moment: Moment, side: Side) -> float | None:
    """How far one heel and its ankle rise above their rest while the other foot's stay.

    Two independent measures must both say so, the lesser counts: the foot itself (mean
    of heel and ankle) and the bend of its knee; facing the camera, heel and ankle. What
    the other side seems to do at the same time (a shaken camera, a swaying body) is
    taken off.
    """
    rest, now = moment.rest.levels, moment.now
    if rest is None:
        return None
    own, other = _index(side), _index(_other(side))

    def ankle(i: int) -> float:
        return (rest.ankle[i] - now.ankle[i]) / moment.body.leg

    def heel(i: int) -> float:
        return now.heel[i] - rest.heel[i]

    ankles, heels = ankle(own) - ankle(other), heel(own) - heel(other)
    if abs(math.cos(moment.body.heading_rad)) > FRONTAL:
        return finite(FRONTAL_TRUST * min(ankles, heels))
    knee = (rest.knees[own] - now.knees[own]) - (rest.knees[other] - now.knees[other])
    return finite(min((ankles + heels) / 2, KNEE_LEG_PER_DEG * knee))


@sided("leg")
def toe_shift(moment: Moment, side: Side) -> float | None:
    """How far the ball of the foot is from where it rested."""
    rest = moment.rest.levels
    if rest is None:
        return None
    (x0, y0), (x1, y1) = rest.ball[_index(side)], moment.now.ball[_index(side)]
    return finite(math.hypot(x1 - x0, y1 - y0) / moment.body.leg)


@plain("leg")
def feet_moved(moment: Moment) -> float | None:
    """How far the foot that moved most is from where it rested: a step, a lifted leg."""
    shifts = [shift for side in SIDES if (shift := toe_shift(moment, side)) is not None]
    return max(shifts, default=None)


@plain("leg")
def travel(moment: Moment) -> float | None:
    """How far the hips have gone sideways from where they rested."""
    rest = moment.rest.levels
    if rest is None:
        return None
    return finite(abs(moment.now.hip_x - rest.hip_x) / moment.body.leg)


@plain("leg")
def ankle_split(moment: Moment) -> float | None:
    """How much lower the left ankle is than the right: one leg is lifted if far from 0."""
    return finite((moment.now.ankle[0] - moment.now.ankle[1]) / moment.body.leg)


@plain("leg")
def step_phase(moment: Moment) -> float | None:
    """How much higher the left foot is than the right: swings to and fro with steps."""
    left, right = moment.now.ball[0][1], moment.now.ball[1][1]
    lift = (right - left) / moment.body.leg
    return finite((lift + moment.now.heel[0] - moment.now.heel[1]) / 2)


@plain("leg")
def stride(moment: Moment) -> float | None:
    """How far the left ankle is before the right along the picture's width."""
    body = moment.body
    return finite((body.at("ankle", "left")[0] - body.at("ankle", "right")[0]) / body.leg)


# --- angles ---------------------------------------------------------------------------


@sided("deg")
def knee_bend(moment: Moment, side: Side) -> float | None:
    """Angle hip-knee-ankle, 180 straight."""
    return finite(knee_angle(moment.body, side))


@plain("deg")
def stance_knee(moment: Moment) -> float | None:
    """Angle of the straighter knee: the leg that carries, 180 straight."""
    return finite(moment.now.knee)


@sided("deg")
def hip_bend(moment: Moment, side: Side) -> float | None:
    """Angle shoulder-hip-knee, 180 straight."""
    body = moment.body
    return finite(angle_deg(body.at("shoulder", side), body.at("hip", side), body.at("knee", side)))


@plain("deg")
def trunk_lean(moment: Moment) -> float | None:
    """Angle of the trunk from the picture's vertical: 0 upright, 90 lying."""
    hip, shoulder = moment.body.mid("hip"), moment.body.mid("shoulder")
    return finite(math.degrees(math.atan2(abs(shoulder[0] - hip[0]), float(hip[Y] - shoulder[Y]))))


@plain("share")
def chest_up(moment: Moment) -> float | None:
    """How far the chest faces up: 1 on the back, 0 upright or on the side, -1 prone."""
    return finite(moment.body.chest_up())


@sided("deg")
def leg_raise(moment: Moment, side: Side) -> float | None:
    """Hip-to-ankle line above the floor, 0 lying flat, 90 straight up, more to the head."""
    body = moment.body
    hip, ankle = body.at("hip", side), body.at("ankle", side)
    head = body.mid("shoulder")[0] - body.mid("hip")[0]
    away = (hip[0] - ankle[0]) * math.copysign(1.0, head)
    return finite(math.degrees(math.atan2(float(hip[Y] - ankle[Y]), float(away))))


@plain("deg")
def facing(moment: Moment) -> float | None:
    """Where the body faces: 0 to the camera, 180 away from it."""
    return finite(abs(math.degrees(moment.body.heading_rad)))


@sided("share")
def foot_out(moment: Moment, side: Side) -> float | None:
    """How far the foot points outwards, as the sine of the angle; negative: inwards.

    From the ball's place beside the heel in the picture, along the body's own left and
    right; a side view cannot show it.
    """
    body = moment.body
    heading = body.heading_rad
    across = math.cos(heading)
    if abs(across) < 0.5:  # more than 60 degrees from a frontal view
        return None
    heel, ball = body.at("heel", side), body.at("foot_index", side)
    foot = (ball[0] - heel[0]) / body.leg / FOOT_LEG
    straight = math.sin(heading)
    outward = 1.0 if side == "left" else -1.0
    return finite(outward * (foot - straight) / across)


@plain("share")
def shoulder_width(moment: Moment) -> float | None:
    """Width of the shoulders in the picture over the trunk's length: small from the side."""
    body = moment.body
    trunk = distance(body.mid("shoulder"), body.mid("hip"))
    if trunk == 0.0:
        return None
    return finite(distance(body.at("shoulder", "left"), body.at("shoulder", "right")) / trunk)
