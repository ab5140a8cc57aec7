"""Signals of posture: angles of joints and limbs, and where the body faces."""

from __future__ import annotations

import math

from posecoach.motion.body import FOOT_LEG, Y
from posecoach.motion.geometry import angle_deg, distance, finite
from posecoach.motion.rest import knee_angle
from posecoach.motion.signals.registry import (
    ALL_ROUND,
    BESIDE,
    FRONTAL,
    Moment,
    plain,
    sided,
)
from posecoach.pose import Side


@sided("deg", (4, 180), BESIDE)
def knee_bend(moment: Moment, side: Side) -> float | None:
    """Angle hip-knee-ankle, 180 straight."""
    return finite(knee_angle(moment.body, side))


@plain("deg", (59, 180), BESIDE)
def stance_knee(moment: Moment) -> float | None:
    """Angle of the straighter knee: the leg that carries, 180 straight."""
    return finite(moment.now.knee)


@sided("deg", (3, 180), BESIDE)
def hip_bend(moment: Moment, side: Side) -> float | None:
    """Angle shoulder-hip-knee, 180 straight."""
    body = moment.body
    return finite(angle_deg(body.at("shoulder", side), body.at("hip", side), body.at("knee", side)))


@plain("deg", (0, 175), ALL_ROUND)
def trunk_lean(moment: Moment) -> float | None:
    """Angle of the trunk from the picture's vertical: 0 upright, 90 lying."""
    hip, shoulder = moment.body.mid("hip"), moment.body.mid("shoulder")
    return finite(math.degrees(math.atan2(abs(shoulder[0] - hip[0]), float(hip[Y] - shoulder[Y]))))


@plain("share", (-1, 1), ALL_ROUND)
def chest_up(moment: Moment) -> float | None:
    """How far the chest faces up: 1 on the back, 0 upright or on the side, -1 prone."""
    return finite(moment.body.chest_up())


@sided("deg", (-180, 180), BESIDE)
def leg_raise(moment: Moment, side: Side) -> float | None:
    """Hip-to-ankle line above the floor, 0 lying flat, 90 straight up, more to the head."""
    body = moment.body
    hip, ankle = body.at("hip", side), body.at("ankle", side)
    head = body.mid("shoulder")[0] - body.mid("hip")[0]
    away = (hip[0] - ankle[0]) * math.copysign(1.0, head)
    return finite(math.degrees(math.atan2(float(hip[Y] - ankle[Y]), float(away))))


@plain("deg", (0, 155), ALL_ROUND)
def facing(moment: Moment) -> float | None:
    """Where the body faces: 0 to the camera, 180 away from it."""
    return finite(abs(math.degrees(moment.body.heading_rad)))


@sided("share", (-2.1, 2.2), FRONTAL)
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


@plain("share", (0.01, 1.5), ALL_ROUND)
def shoulder_width(moment: Moment) -> float | None:
    """Width of the shoulders in the picture over the trunk's length: small from the side."""
    body = moment.body
    trunk = distance(body.mid("shoulder"), body.mid("hip"))
    if trunk == 0.0:
        return None
    return finite(distance(body.at("shoulder", "left"), body.at("shoulder", "right")) / trunk)


@plain("leg", (0, 1.2), ALL_ROUND)
def trunk_moved(moment: Moment) -> float | None:
    """How far shoulders and hips moved within the last second: 0.02 and less is still."""
    return moment.trunk.moved
