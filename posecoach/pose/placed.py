"""Feet whose place a person gave: for a camera that sees legs and feet, and no body.

The pose model finds no body there, or invents one. A close-up needs no more of it than
where the foot is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from posecoach.pose.landmarks import Side, of_side
from posecoach.pose.pose import Pose

if TYPE_CHECKING:
    from posecoach.frames.frame import Frame

# Where ankle and knee are over a foot that stands on the floor, in lengths of the foot
# (heel to ball, about 0.11 of the body's height; ankle 0.04, knee 0.285 of it: Winter,
# Biomechanics and Motor Control of Human Movement, table 4.1).
_ANKLE_UP = 0.35
_KNEE_UP = 2.4


@dataclass(frozen=True, slots=True)
class FootPlace:
    """Where a foot is in the picture, in shares of its width and height.

    Attributes:
        side: Whose foot.
        heel: (x, y) of the heel.
        toes: (x, y) of the tip of the toes.
    """

    side: Side
    heel: tuple[float, float]
    toes: tuple[float, float]


def placed_feet(places: Sequence[FootPlace]) -> Callable[[Frame], Pose]:
    """A function from frames to poses that hold nothing but these feet.

    Nobody is found in such a pose: all landmarks but those of the feet are NaN.
    """

    def estimate(frame: Frame) -> Pose:
        pose = Pose.nobody(frame.time_s, frame.size)
        for place in places:
            heel = np.array(place.heel) * frame.size
            toes = np.array(place.toes) * frame.size
            # The model's ball of the foot is at four fifths of the way to the tip.
            ball = heel + 0.8 * (toes - heel)
            up = np.array([0.0, -float(np.hypot(*(ball - heel)))])
            found = {
                "heel": heel,
                "foot_index": ball,
                "ankle": heel + _ANKLE_UP * up,
                "knee": heel + _KNEE_UP * up,
            }
            for name, place_px in found.items():
                pose.pixels[of_side(name, place.side)] = place_px
                pose.visibility[of_side(name, place.side)] = 1.0
        return pose

    return estimate
