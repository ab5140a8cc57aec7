"""Signals of bending legs and rising hips: squats, knee lifts, bridges.

How far a thigh is from upright is read from heights alone (hip to knee over knee to ankle):
a thigh that points at the camera has no length in the picture, but its height is seen from
all round.
"""

from __future__ import annotations

import math

import numpy as np

from posecoach.motion.body import LIFTED_LEG, Y
from posecoach.motion.geometry import Point, finite
from posecoach.motion.signals.posture import trunk_lean
from posecoach.motion.signals.reach import LEG_M
from posecoach.motion.signals.registry import ALL_ROUND, BESIDE, Moment, other, plain, sided
from posecoach.pose import SIDES, Side, of_side

# At rest the height of a thigh ranges over 0.01 to 0.04 shins within 0.4 s, that of the hips
# over 0.02 of itself, the slope of a lying trunk over 1 degree (labelled clips).
CALM_SHARE = 0.06
CALM_DEG = 4.0
# These rest anywhere: a leg put elsewhere or a body that turns looks alike in them.
ANYWHERE = 360.0
# No shin is shorter in the picture of somebody who stands or sits on a chair; lying ones are.
SHIN_LEG = 0.15
# Nobody who stands has hips lower than this; lying ones are.
LOWEST_M = 0.1
# Knees and ankles lie side by side in the picture within so much of a frontal view.
FRONTAL_DEG = 30.0
# Feet closer than this say nothing of the knees over them (hip joints are 0.2 apart).
STANCE_LEG = 0.12


@sided("share", (-0.28, 1.9), ALL_ROUND)
def thigh_raise(moment: Moment, side: Side) -> float | None:
    """How far the thigh is from upright, against its own rest: 0 standing, 1 level."""
    body = moment.body
    shin = max(float((body.at("ankle", s) - body.at("knee", s))[Y]) for s in SIDES)
    if not shin > SHIN_LEG * body.leg:
        return None
    value = 1.0 - float((body.at("knee", side) - body.at("hip", side))[Y]) / shin
    level = moment.calm.of(f"thigh.{side}", CALM_SHARE, ANYWHERE, of_lengths=False)
    return level.update(value, body.pose.time_s, 0.0)


@plain("share", (-0.16, 0.49), ALL_ROUND)
def squat_depth(moment: Moment) -> float | None:
    """How much lower the hips are over the lower ankle than at rest: 0 standing, 0.45 level.

    By world landmarks, which neither a turn nor a step to the camera changes: standing 0.73 to
    0.79 m in all views, within 0.02 in one clip; on the toes 0.03 more, which in the picture of
    somebody who walks to the camera looks like a quarter of a squat.
    """
    world = moment.body.pose.world
    hips = np.mean([world[of_side("hip", s)][Y] for s in SIDES])
    height = max(float(world[of_side("ankle", s)][Y]) for s in SIDES) - float(hips)
    if not height > LOWEST_M:
        return None
    level = moment.calm.of("squat", CALM_SHARE, ANYWHERE, of_lengths=False)
    above = level.update(-math.log(height), moment.body.pose.time_s, 0.0)
    return None if above is None else 1.0 - math.exp(-above)


@sided("share", (-2.3, 1.2), ALL_ROUND)
def knee_lift(moment: Moment, side: Side) -> float | None:
    """How far the knee is lifted over the other one: 0 standing, 1 at the hips' height.

    The lesser of how far its thigh is raised over what the other one does, and how far its
    ankle is above the other one in thigh lengths: in a lunge the thigh is level too, but the
    foot stands.
    """
    own, still = thigh_raise(moment, side), thigh_raise(moment, other(side))
    if own is None or still is None:
        return None
    world = moment.body.pose.world
    ankle = float((world[of_side("ankle", other(side))] - world[of_side("ankle", side)])[Y])
    return min(own - max(0.0, still), ankle / (LEG_M / 2))


@plain("share", (0.3, 4.9), ("front", "behind"))
def knee_gap(moment: Moment) -> float | None:
    """Distance of the knees over that of the ankles, facing the camera or away from it."""
    body = moment.body
    off = abs(math.degrees(body.heading_rad))
    ankles = abs(float((body.at("ankle", "left") - body.at("ankle", "right"))[0]))
    if min(off, 180 - off) > FRONTAL_DEG or ankles < STANCE_LEG * body.leg:
        return None
    return finite(abs(float((body.at("knee", "left") - body.at("knee", "right"))[0])) / ankles)


def _ahead(moment: Moment, line: Point) -> float:
    """How far a line (3,) in world landmarks goes to where the body faces, in leg lengths."""
    heading = moment.body.heading_rad
    return float(line[0] * math.sin(heading) - line[2] * math.cos(heading)) / LEG_M


@plain("leg", (-1.3, 0.82), ALL_ROUND)
def stagger(moment: Moment) -> float | None:
    """How far the left foot stands before the right one: a step; 0 while a foot is lifted."""
    world = moment.body.pose.world
    left, right = (world[of_side("ankle", side)] for side in SIDES)
    if abs(left[Y] - right[Y]) > LIFTED_LEG * LEG_M:
        return 0.0
    return finite(_ahead(moment, left - right))


@plain("leg", (-1.4, 0.9), ALL_ROUND)
def over_feet(moment: Moment) -> float | None:
    """How far the trunk is before the middle of the feet; one far behind them is seated."""
    world = moment.body.pose.world

    def middle(*names: str) -> Point:
        parts = [world[of_side(name, s)] for name in names for s in SIDES]
        point: Point = np.mean(parts, axis=0)
        return point

    return finite(_ahead(moment, middle("shoulder", "hip") - middle("ankle", "foot_index")))


@plain("leg", (0.0, 0.1), ALL_ROUND, smooth_s=0.1)
def feet_aloft(moment: Moment) -> float | None:
    """How far both ankles have risen within the last 0.7 s: a jump."""
    recent = moment.rest.recent
    if not recent:
        return 0.0  # a trunk that lies over, as at the bottom of a squat, does not jump
    rises = [max(levels.ankle[i] for levels in recent) - moment.now.ankle[i] for i in (0, 1)]
    return finite(min(rises) / moment.body.leg)


@plain("deg", (-5.0, 65.0), BESIDE)
def bridge(moment: Moment) -> float | None:
    """How far a lying trunk slopes up to the hips, against its rest."""
    value = trunk_lean(moment)
    if value is None:
        return None
    level = moment.calm.of("bridge", CALM_DEG, ANYWHERE, of_lengths=False)
    return level.update(value, moment.body.pose.time_s, 0.0)
