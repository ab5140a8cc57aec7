"""Signals of stretches: where feet stand to each other, and what the hands reach."""

from __future__ import annotations

import math

import numpy as np

from posecoach.motion.body import Body, Y
from posecoach.motion.geometry import Point, distance, finite
from posecoach.motion.rest import knee_angle
from posecoach.motion.signals.registry import (
    ALL_ROUND,
    BESIDE,
    NOT_BEHIND,
    Moment,
    other,
    plain,
    sided,
)
from posecoach.pose import SIDES, Side, of_side

# World landmarks are metres; a leg is about 0.8 of them on a grown person.
LEG_M = 0.8
# Nearer than this to facing the camera, a hand's and a foot's depth before the body is a
# guess (sine of 30 degrees): a hand 25 cm off the toes read the same as one on them.
DEPTH_SEEN = 0.5
# How many degrees of knee angle a leg in plain sight is worth against one wholly hidden.
# Behind the other leg a bent knee is drawn on top of the straight one, within 5 degrees of
# it, at a visibility of 0.1 to 0.6 against 0.9.
SEEN_DEG = 50.0


def _forward(body: Body) -> float:
    """1 where the body faces the picture's right, -1 where it faces the left."""
    return math.copysign(1.0, math.sin(body.heading_rad))


@sided("leg", (-0.9, 0.9), BESIDE)
def step_back(moment: Moment, side: Side) -> float | None:
    """How far the foot stands behind the other one; negative: before it."""
    body = moment.body
    gap = body.at("ankle", other(side))[0] - body.at("ankle", side)[0]
    return finite(gap * _forward(body) / body.leg)


@sided("deg", (-146, 171), BESIDE)
def lean_over(moment: Moment, side: Side) -> float | None:
    """How far the shoulders are ahead of this foot: angle of the ankle-shoulder line."""
    body = moment.body
    shoulder, ankle = body.mid("shoulder"), body.at("ankle", side)
    ahead = (shoulder[0] - ankle[0]) * _forward(body)
    return finite(math.degrees(math.atan2(float(ahead), float(ankle[Y] - shoulder[Y]))))


@sided("deg", (-95, 63), BESIDE)
def toes_up(moment: Moment, side: Side) -> float | None:
    """Slope of the foot from heel to ball, 0 or less on a flat foot.

    The lesser of the slope in the picture and that over the other foot's: a camera behind
    the body shows flat feet sloping up, and feet turned out slope differently.
    """

    def slope(foot: Side) -> float:
        heel, ball = moment.body.at("heel", foot), moment.body.at("foot_index", foot)
        return math.atan2(float(heel[Y] - ball[Y]), abs(float(ball[0] - heel[0])))

    own = slope(side)
    return finite(math.degrees(min(own, own - slope(other(side)))))


@sided("leg", (-0.46, 0.2), NOT_BEHIND, smooth_s=0.3)
def heel_height(moment: Moment, side: Side) -> float | None:
    """Height of the heel over the ball of its foot, about 0 on a flat foot."""
    return finite(moment.now.heel[SIDES.index(side)])


@sided("leg", (0.32, 1.2), ALL_ROUND)
def leg_span(moment: Moment, side: Side) -> float | None:
    """Distance from hip to ankle: constant over a planted foot while the knee stays straight.

    Steadier than the knee's angle (0.003 against 2 degrees), and it sees a knee that bends
    towards the camera.
    """
    body = moment.body
    return finite(distance(body.at("hip", side), body.at("ankle", side)) / body.leg)


@plain("leg", (-0.15, 1.2), ALL_ROUND)
def hip_height(moment: Moment) -> float | None:
    """Height of the hips over the lower ankle: 1 standing, about 0 sitting on the floor."""
    body = moment.body
    lower = max(float(body.at("ankle", s)[Y]) for s in SIDES)
    return finite((lower - float(body.mid("hip")[Y])) / body.leg)


@plain("leg", (-0.4, 0.59), ALL_ROUND)
def thigh_drop(moment: Moment) -> float | None:
    """How much the lower knee is below its hip: 0.5 standing, 0.2 or less sitting."""
    body = moment.body
    return finite(max((body.at("knee", s) - body.at("hip", s))[Y] for s in SIDES) / body.leg)


@plain("deg", (-107, 174), BESIDE)
def trunk_forward(moment: Moment) -> float | None:
    """Lean of the trunk towards the feet: 0 upright, 90 folded over, -90 on the back."""
    body = moment.body
    hip, shoulder = body.mid("hip"), body.mid("shoulder")
    feet = math.copysign(1.0, float(body.mid("ankle")[0] - hip[0]))
    lean = float(shoulder[0] - hip[0]) * feet
    return finite(math.degrees(math.atan2(lean, float(hip[Y] - shoulder[Y]))))


@sided("deg", (-163, 163), BESIDE)
def straighter(moment: Moment, side: Side) -> float | None:
    """How much straighter this knee is than the other; alike, the better seen one leads."""
    body = moment.body

    def seen(leg: Side) -> float:
        return float(min(body.pose.visibility[of_side(name, leg)] for name in ("knee", "ankle")))

    bend = knee_angle(body, side) - knee_angle(body, other(side))
    return finite(bend + SEEN_DEG * (seen(side) - seen(other(side))))


@sided("share", (-2, 1.7), BESIDE)
def reach(moment: Moment, side: Side) -> float | None:
    """How far along the leg a hand reaches: 0 at the hip, 1 at the ankle, more at the toes."""
    body = moment.body
    hip = body.at("hip", side)
    leg = body.at("ankle", side) - hip
    size = float(leg @ leg)
    if size == 0.0:
        return None
    return finite(max(float((body.at("index", s) - hip) @ leg) for s in SIDES) / size)


@sided("leg", (0.04, 2), ALL_ROUND)
def hand_to_toes(moment: Moment, side: Side) -> float | None:
    """Distance of the nearer hand from the toes.

    In the picture; where the body is turned enough for depth to be seen, also in world
    landmarks (to the middle of the foot), and the lesser counts: a hand that covers the
    foot puts the picture's toe landmark somewhere else.
    """
    body = moment.body
    toes = body.at("foot_index", side)
    near = min(distance(body.at("index", s), toes) for s in SIDES) / body.leg
    if abs(math.sin(body.heading_rad)) > DEPTH_SEEN:
        world = body.pose.world
        foot: Point = np.mean(
            [world[of_side(name, side)] for name in ("foot_index", "ankle", "heel")], axis=0
        )
        near = min(near, *(distance(world[of_side("index", s)], foot) / LEG_M for s in SIDES))
    return finite(near)


@sided("leg", (0.06, 1.3), ALL_ROUND)
def ankle_to_thigh(moment: Moment, side: Side) -> float | None:
    """Distance of the ankle from the other thigh, hip to knee, in the picture."""
    body = moment.body
    hip, knee = body.at("hip", other(side)), body.at("knee", other(side))
    thigh, ankle = knee - hip, body.at("ankle", side)
    size = float(thigh @ thigh)
    along = min(1.0, max(0.0, float((ankle - hip) @ thigh) / size)) if size else 0.0
    return finite(distance(ankle, hip + along * thigh) / body.leg)


@sided("leg", (-1.2, 1.1), ALL_ROUND)
def ankle_over_knee(moment: Moment, side: Side) -> float | None:
    """How much higher the ankle is than the other knee."""
    body = moment.body
    return finite((body.at("knee", other(side)) - body.at("ankle", side))[Y] / body.leg)
