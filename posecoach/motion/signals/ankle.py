"""Signals of the ankle: how far the toes are drawn towards the shin."""

from __future__ import annotations

import math

from posecoach.motion.body import Y
from posecoach.motion.geometry import angle_deg, distance, finite
from posecoach.motion.signals.registry import (
    ALL_ROUND,
    BESIDE,
    Moment,
    plain,
    sided,
)
from posecoach.pose import Side

# Degrees of the ankle for each leg length by which the ball of the foot comes nearer to
# the knee: law of cosines for a shin of 0.5 leg lengths, 0.17 from ankle to ball, about an
# ankle at 105 degrees. Over the rendered clips 35 degrees are 0.07 to 0.11 leg lengths
# (0.088 by this number).
DEG_PER_LEG = 400.0
# At rest either measure ranges over 2 to 4 degrees within 0.4 s, 6 in oblique views.
CALM_DEG = 6.0
# The shin points this much elsewhere: the leg was moved, and the resting foot looks other.
SHIN_MOVED_DEG = 20.0


@sided("deg", (-37, 33), BESIDE, smooth_s=0.1)
def ankle_flexion(moment: Moment, side: Side) -> float | None:
    """How much smaller the angle knee-ankle-ball is than at the foot's own rest."""
    body = moment.body
    return _above_rest(
        moment,
        side,
        "angle",
        -angle_deg(body.at("knee", side), body.at("ankle", side), body.at("foot_index", side)),
    )


@sided("deg", (-24, 64), BESIDE, smooth_s=0.1)
def dorsiflexion(moment: Moment, side: Side) -> float | None:
    """How far the toes are drawn towards the shin, against the foot's own rest.

    The greater of two measures of the same thing, each against its own rest: the angle
    knee-ankle-ball, and the distance from knee to ball. Both fall short where they fail: a
    band round the foot hides the ankle from the model and leaves 7 of 35 degrees of the
    angle, but 35 of the distance; an oblique view leaves 28 of the angle and nothing of
    the distance of a small movement.
    """
    body = moment.body
    angle = ankle_flexion(moment, side)
    reach = distance(body.at("knee", side), body.at("foot_index", side)) / body.leg
    nearer = _above_rest(moment, side, "reach", -DEG_PER_LEG * reach)
    return None if angle is None or nearer is None else max(angle, nearer)


def _above_rest(moment: Moment, side: Side, name: str, value: float) -> float | None:
    """A measure of a foot against its own resting level."""
    if not math.isfinite(value):
        return None
    shin = moment.body.at("ankle", side) - moment.body.at("knee", side)
    direction = math.degrees(math.atan2(shin[Y], shin[0]))
    level = moment.calm.of(f"{name}.{side}", CALM_DEG, SHIN_MOVED_DEG)
    return level.update(value, moment.body.pose.time_s, direction)


@plain("share", (-1, 1), ALL_ROUND)
def beside(moment: Moment) -> float | None:
    """Which side is to the camera: 1 the right one, -1 the left one, 0 both alike."""
    return finite(math.sin(moment.body.heading_rad))


@sided("share", (-2.4, 2.5), ALL_ROUND)
def hips_over_foot(moment: Moment, side: Side) -> float | None:
    """Height of the hips over the ankle in trunk lengths: 1.6 standing, 0 on the floor.

    In trunk lengths, because legs that point at the camera have no length.
    """
    body = moment.body
    hip = body.mid("hip")
    trunk = distance(hip, body.mid("shoulder"))
    if trunk == 0.0:
        return None
    return finite(float(body.at("ankle", side)[Y] - hip[Y]) / trunk)
