"""Signals of the ankle: how far the toes are drawn towards the shin."""

from __future__ import annotations

import math

from posecoach.motion.body import Body, Y
from posecoach.motion.geometry import angle_deg, distance, finite
from posecoach.motion.signals.registry import Moment, plain, sided
from posecoach.pose import Side

# Degrees of the ankle for each leg length by which the ball of the foot comes nearer to
# the knee: law of cosines for a shin of 0.5 leg lengths, 0.17 from ankle to ball, about an
# ankle at 105 degrees. Over the rendered clips 35 degrees are 0.07 to 0.11 leg lengths
# (0.088 by this number).
DEG_PER_LEG = 400.0
# At rest the measure ranges over 2 to 4 degrees within 0.4 s, 6 in oblique views.
CALM_DEG = 6.0
# The shin points this much elsewhere: the leg was moved, and the resting foot looks other.
SHIN_MOVED_DEG = 20.0


@sided("deg")
def ankle_bend(moment: Moment, side: Side) -> float | None:
    """Angle knee-ankle-ball of the foot in the picture, about 90 with the foot square."""
    return finite(_angle(moment.body, side))


@sided("deg", smooth_s=0.25)
def dorsiflexion(moment: Moment, side: Side) -> float | None:
    """How far the toes are drawn towards the shin, against the foot's own rest.

    The mean of two measures of the same thing: the angle knee-ankle-ball, and the
    distance from knee to ball. A band round the foot hides the ankle from the model and
    takes most of the angle away (7 of 35 degrees are left), but hardly of the distance.
    """
    body = moment.body
    drawn = -(_angle(body, side) + DEG_PER_LEG * _reach(body, side)) / 2
    shin = body.at("ankle", side) - body.at("knee", side)
    if not math.isfinite(drawn):
        return None
    level = moment.calm.of(f"dorsiflexion.{side}", CALM_DEG, SHIN_MOVED_DEG)
    direction = math.degrees(math.atan2(shin[Y], shin[0]))
    return level.update(drawn, body.pose.time_s, direction)


@plain("share")
def beside(moment: Moment) -> float | None:
    """Which side is to the camera: 1 the right one, -1 the left one, 0 both alike."""
    return finite(math.sin(moment.body.heading_rad))


@plain("share")
def hips_over_feet(moment: Moment) -> float | None:
    """Height of the hips over the lower ankle in trunk lengths: 1.6 standing, 0 on the floor.

    In trunk lengths, because legs that point at the camera have no length.
    """
    body = moment.body
    hip = body.mid("hip")
    trunk = distance(hip, body.mid("shoulder"))
    if trunk == 0.0:
        return None
    return finite(float(max(body.at("ankle", s)[Y] for s in ("left", "right")) - hip[Y]) / trunk)


def _angle(body: Body, side: Side) -> float:
    return angle_deg(body.at("knee", side), body.at("ankle", side), body.at("foot_index", side))


def _reach(body: Body, side: Side) -> float:
    return distance(body.at("knee", side), body.at("foot_index", side)) / body.leg
