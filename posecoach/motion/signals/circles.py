"""Signals of a foot that circles: where its parts are, and which of them faces the camera.

Places are in the picture's axes (x to its right, y down), because that is how landmarks
err; the checker turns them into the foot's own frame.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from posecoach.motion.body import FOCAL_SHARE, Y
from posecoach.motion.geometry import Point, finite
from posecoach.motion.signals.registry import (
    ALL_ROUND,
    Moment,
    sided,
)
from posecoach.pose import Side, of_side

# From the shin's direction to the ankle-to-ball line of a foot that circles (mean ankle
# angle 117 degrees in the rendered clips), and to the ankle-to-heel line.
TOE_FROM_SHIN_DEG = 63.0
HEEL_FROM_SHIN_DEG = -37.0
# The ankle landmark lies on the ankle's skin that faces the camera, ball and heel in the
# middle of the foot: seen from the outer side they point away from the camera by this
# share. It gives the seven views of side clips (three clips, mirrored, backwards) their
# mean width of 0.13.
BEHIND_ANKLE = 0.15


class _Place(NamedTuple):
    x: float
    y: float


def _place(moment: Moment, side: Side, part: str, over: str) -> _Place:
    body = moment.body
    line = (body.at(part, side) - body.at(over, side)) / body.leg
    return _Place(float(line[0]), float(line[1]))


@sided("leg", (-0.32, 0.28), ALL_ROUND)
def toe_x(moment: Moment, side: Side) -> float | None:
    """How far the ball of the foot is to the picture's right of its ankle."""
    return finite(_place(moment, side, "foot_index", "ankle").x)


@sided("leg", (-0.29, 0.28), ALL_ROUND)
def toe_y(moment: Moment, side: Side) -> float | None:
    """How far the ball of the foot is below its ankle in the picture."""
    return finite(_place(moment, side, "foot_index", "ankle").y)


@sided("leg", (-0.12, 0.11), ALL_ROUND)
def heel_x(moment: Moment, side: Side) -> float | None:
    """How far the heel is to the picture's right of its ankle."""
    return finite(_place(moment, side, "heel", "ankle").x)


@sided("leg", (-0.09, 0.17), ALL_ROUND)
def heel_y(moment: Moment, side: Side) -> float | None:
    """How far the heel is below its ankle in the picture."""
    return finite(_place(moment, side, "heel", "ankle").y)


@sided("leg", (-0.67, 0.6), ALL_ROUND)
def shin_x(moment: Moment, side: Side) -> float | None:
    """How far the ankle is to the picture's right of its knee."""
    return finite(_place(moment, side, "ankle", "knee").x)


@sided("leg", (-0.53, 0.79), ALL_ROUND)
def shin_y(moment: Moment, side: Side) -> float | None:
    """How far the ankle is below its knee in the picture."""
    return finite(_place(moment, side, "ankle", "knee").y)


@sided("leg", (-1.1, 1.1), ALL_ROUND)
def leg_x(moment: Moment, side: Side) -> float | None:
    """How far the ankle is to the picture's right of its hip."""
    return finite(_place(moment, side, "ankle", "hip").x)


@sided("leg", (-1.1, 1.2), ALL_ROUND)
def leg_y(moment: Moment, side: Side) -> float | None:
    """How far the ankle is below its hip in the picture."""
    return finite(_place(moment, side, "ankle", "hip").y)


@sided("share", (-0.79, 0.86), ALL_ROUND, smooth_s=0.5)
def toe_to_camera(moment: Moment, side: Side) -> float | None:
    """How round, and which way, a clockwise circle of the ball would look: 1 tip-on.

    A circle of the toe about the ankle that the exercising person calls clockwise looks
    clockwise to whoever sees the foot tip-on, and counter-clockwise from behind; that is
    so for the left and for the right foot. The value is the toe's direction along the
    line of sight.
    """
    return finite(_to_camera(moment, side, TOE_FROM_SHIN_DEG))


@sided("share", (-0.41, 0.6), ALL_ROUND, smooth_s=0.5)
def heel_to_camera(moment: Moment, side: Side) -> float | None:
    """The same for the heel, which circles the other way as seen from its own end."""
    return finite(_to_camera(moment, side, HEEL_FROM_SHIN_DEG))


def _to_camera(moment: Moment, side: Side, from_shin_deg: float) -> float:
    """How far a line from the ankle points at the camera, by the leg's own plane.

    The plane is upright, across the line through shoulders and hips laid level: both hold
    for somebody who sits or lies on the back, and the model's own depths of a foot do not
    (it draws both feet pointing at the camera).
    """
    body = moment.body
    world = body.pose.world
    heading = body.heading_rad
    right, forward = (
        (-math.cos(heading), -math.sin(heading)),
        (math.sin(heading), -math.cos(heading)),
    )
    shin = world[of_side("ankle", side)] - world[of_side("knee", side)]
    rise = math.atan2(-float(shin[Y]), float(shin[0]) * forward[0] + float(shin[2]) * forward[1])
    rise += math.radians(from_shin_deg)
    x, y, z = _towards_camera(body.pose.size, body.at("ankle", side))
    ahead = x * forward[0] + z * forward[1]
    outward = (x * right[0] + z * right[1]) * (1.0 if side == "right" else -1.0)
    facing = math.cos(rise) * ahead - math.sin(rise) * y - BEHIND_ANKLE * outward
    # What is left of it where the foot turns about another line than the axis seen.
    return facing * math.sin(math.radians(from_shin_deg))


def _towards_camera(size: tuple[int, int], at: Point) -> tuple[float, float, float]:
    """Direction from a place in the picture to a level camera, in world landmarks' axes."""
    focal = FOCAL_SHARE * max(size)
    x, y = (size[0] / 2 - float(at[0])) / focal, (size[1] / 2 - float(at[1])) / focal
    norm = math.sqrt(x * x + y * y + 1.0)
    return x / norm, y / norm, -1.0 / norm
