"""One pose, measured: lengths in leg lengths, directions in degrees.

The unit of length is the person's own leg in the picture (hip to knee to ankle). It is
kept frozen while the person stays where they are (:class:`LegScale`): dividing a
standing height of 1.6 legs by a leg that jitters by 3 % would add 0.05 legs of noise,
as much as a heel raise itself (measured over the labelled clips, see docs/decisions.md).
"""

from __future__ import annotations

import math
from collections import deque
from statistics import median

import numpy as np

from posecoach.motion.geometry import Point, distance, middle
from posecoach.pose import SIDES, Landmark, Pose, Side, of_side

# Length of the foot, heel to ball, as the landmarks show it from the side, in leg
# lengths: 0.24 explains the labelled clips best (0.24, 0.27, 0.30 tried).
FOOT_LEG = 0.24
# The same for a foot that points at the camera or away from it, and how far the heel
# landmark lies above the ball's on a flat foot: fitted over all frames with flat feet
# of 29 rendered clips, residual 0.02 (docs/decisions.md). From behind the toes are
# hidden and the model shortens the foot.
FOOT_TO_CAMERA_LEG = 0.33
FOOT_FROM_CAMERA_LEG = 0.20
FLAT_HEEL_LEG = 0.012
# One ankle this much above the other: that foot is lifted. Over the labelled clips two
# feet on the floor differ by up to 0.13 (oblique views, feet at different depths), a
# lifted one by 0.29 or more.
LIFTED_LEG = 0.2
# Focal length in shares of the picture's longer side. 0.8 is a field of view of 64
# degrees: between a laptop's webcam (60 to 78) and a phone (about 70).
FOCAL_SHARE = 0.8

Y = 1


class LegScale:
    """The leg's length in pixels, frozen while it stays about the same.

    A change of more than :attr:`CHANGE` that lasts makes a new scale and a new epoch;
    whatever was measured in the old one is no longer comparable.
    """

    CHANGE = 0.12
    WINDOW_S = 1.0

    def __init__(self) -> None:
        self.epoch = 0
        self.px: float | None = None
        self._samples: deque[tuple[float, float]] = deque()
        self._frozen = False

    def update(self, pose: Pose) -> float:
        """Take a pose; the scale in pixels."""
        now = leg_px(pose)
        samples = self._samples
        samples.append((pose.time_s, now))
        while samples[0][0] < pose.time_s - self.WINDOW_S:
            samples.popleft()
            self._frozen = True
        # A leg that points straight at the camera has no length; a pixel keeps the
        # arithmetic finite, and the view check refuses it as too small.
        recent = max(1.0, median(px for _, px in samples))
        if self.px is None or not self._frozen:
            self.px = recent
        elif abs(recent / self.px - 1) > self.CHANGE:
            self.px = recent
            self.epoch += 1
        return self.px

    def reset(self) -> None:
        """Forget the person: the next one has other legs."""
        self.px = None
        self._frozen = False
        self._samples.clear()
        self.epoch += 1


def leg_px(pose: Pose) -> float:
    """Length of the longer leg in the picture, hip to knee to ankle, in pixels.

    The longer one, because a bent leg that points at the camera looks short.
    """
    return max(
        distance(p[of_side("hip", s)], p[of_side("knee", s)])
        + distance(p[of_side("knee", s)], p[of_side("ankle", s)])
        for p in (pose.pixels,)
        for s in ("left", "right")
    )


class Body:
    """A pose with its scale.

    Args:
        pose: A pose in which somebody was found.
        leg: Length of the leg in pixels, the unit of every length here.
    """

    def __init__(self, pose: Pose, leg: float) -> None:
        self.pose = pose
        self.leg = leg

    def at(self, name: str, side: Side) -> Point:
        """Pixel position (2,) of a paired landmark, such as ``heel``."""
        point: Point = self.pose.pixels[of_side(name, side)]
        return point

    def mid(self, name: str) -> Point:
        """Pixel position (2,) halfway between a landmark's two sides."""
        return middle(self.at(name, "left"), self.at(name, "right"))

    @property
    def nose(self) -> Point:
        """Pixel position (2,) of the nose."""
        nose: Point = self.pose.pixels[Landmark.NOSE]
        return nose

    @property
    def heading_rad(self) -> float:
        """Where the body faces: 0 to the camera, +-pi away, +pi/2 to the picture's right.

        From the lines through both shoulders and both hips in world landmarks, whose
        depth is good enough for it (measured on people walking round: within 20 degrees).
        """
        world = self.pose.world
        line = (
            world[Landmark.LEFT_SHOULDER]
            - world[Landmark.RIGHT_SHOULDER]
            + world[Landmark.LEFT_HIP]
            - world[Landmark.RIGHT_HIP]
        )
        return math.atan2(line[2], line[0])

    def heel_above_ball(self, side: Side) -> float:
        """Height of the heel over the ball of the foot, in leg lengths, 0 on a flat foot.

        In the picture a flat foot's heel stands above its ball when it points at the
        camera and below it when it points away, because the camera looks down on it.
        With the foot's length F, the angle phi under which the camera looks down on the
        floor there, and the foot's direction psi, that is F * sin(phi) * cos(psi); it is
        taken out here. phi assumes a level camera (the picture's middle is the horizon);
        what a tilted camera adds is the same for every frame in which the foot points
        the same way, and goes into the resting level.
        """
        heel, ball = self.at("heel", side), self.at("foot_index", side)
        width, height = self.pose.size
        down = math.atan(
            ((heel[Y] + ball[Y]) / 2 - height / 2) / (FOCAL_SHARE * max(width, height))
        )
        facing = math.cos(self.heading_rad)
        across = min(1.0, abs(ball[0] - heel[0]) / self.leg / FOOT_LEG)
        # Body and foot may point different ways while turning: the less frontal counts.
        frontal = math.copysign(min(abs(facing), math.sqrt(1 - across**2)), facing)
        foot = FOOT_TO_CAMERA_LEG if frontal > 0 else FOOT_FROM_CAMERA_LEG
        flat = FLAT_HEEL_LEG + foot * math.sin(down) * frontal
        return float((ball[Y] - heel[Y]) / self.leg - flat)

    def chest_up(self) -> float:
        """How far the chest faces up: 1 lying on the back, 0 upright or on the side, -1 prone.

        The world-landmark normal of the trunk, its upward part.
        """
        world = self.pose.world
        across = world[Landmark.LEFT_SHOULDER] - world[Landmark.RIGHT_SHOULDER]
        along = (
            world[Landmark.LEFT_SHOULDER]
            + world[Landmark.RIGHT_SHOULDER]
            - world[Landmark.LEFT_HIP]
            - world[Landmark.RIGHT_HIP]
        )
        normal = np.cross(along, across)
        size = float(np.linalg.norm(normal))
        return float(normal[Y] / size) if size else math.nan

    def standing_sides(self) -> tuple[Side, ...]:
        """The sides of the feet on the floor: both, or the lower one if one is lifted."""
        split = self.at("ankle", "left")[Y] - self.at("ankle", "right")[Y]
        if abs(split) < LIFTED_LEG * self.leg:
            return SIDES
        return ("left",) if split > 0 else ("right",)
