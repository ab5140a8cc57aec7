"""Plain figures of the postures: limbs as lines with a thickness, and a head.

In body heights, x to the picture's right, y up from the floor; upright ones face to the
right, lying ones have the head to the left: so is a body whose right side is nearer.
Proportions after Winter, Biomechanics and Motor Control of Human Movement, figure 4.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posecoach.checkers.definition import Posture

Point = tuple[float, float]
Limb = tuple[float, tuple[Point, ...]]
"""How thick a limb is, and points joined one after the other."""
ARM, LEG, FOOT, HEAD = 0.055, 0.075, 0.05, 0.068
"""Thicknesses, and the radius of the head."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Limbs as lines with a thickness, and the middle of the head.

    Attributes:
        head: Its middle.
        neck: Where it meets the trunk.
        limbs: Points joined one after the other, and how thick.
        things: What else is there, a wall or a seat.
        floor: Where the floor is, in shares of the picture's height from above.
    """

    head: Point
    neck: Point
    limbs: tuple[Limb, ...]
    things: tuple[tuple[Point, ...], ...] = ()
    floor: float = 0.93

    @property
    def points(self) -> NDArray[np.float64]:
        """All points, and the corners of the head: (n, 2)."""
        x, y = self.head
        r = HEAD
        found = [(x - r, y - r), (x + r, y + r)]
        for _, line in self.limbs:
            found += line
        for thing in self.things:
            found += thing
        return np.array(found)


def both(thickness: float, *line: Point) -> tuple[Limb, ...]:
    """A limb and its mirror image."""
    return ((thickness, line), (thickness, tuple((-x, y) for x, y in line)))


STANDING_SIDE = Figure(
    (0.015, 0.93),
    (0.0, 0.77),
    (
        (0.14, ((0.0, 0.77), (0.0, 0.55))),
        (LEG, ((0.0, 0.53), (0.01, 0.29), (-0.01, 0.05))),
        (FOOT, ((-0.03, 0.03), (0.11, 0.03))),
        (ARM, ((0.0, 0.79), (-0.015, 0.63), (0.03, 0.47))),
    ),
)
STANDING_FRONT = Figure(
    (0.0, 0.93),
    (0.0, 0.76),
    (
        (0.16, ((-0.045, 0.76), (-0.02, 0.54))),
        (0.16, ((0.045, 0.76), (0.02, 0.54))),
        *both(LEG, (0.055, 0.53), (0.06, 0.29), (0.06, 0.05)),
        *both(FOOT, (0.06, 0.05), (0.075, 0.025)),
        *both(ARM, (0.11, 0.79), (0.15, 0.63), (0.165, 0.47)),
    ),
)
WALL = Figure(
    (0.16, 0.91),
    (0.10, 0.75),
    (
        (0.14, ((0.10, 0.75), (0.035, 0.54))),
        (LEG, ((0.04, 0.51), (0.17, 0.28), (0.13, 0.05))),
        (FOOT, ((0.12, 0.03), (0.25, 0.03))),
        (LEG, ((0.02, 0.51), (-0.14, 0.28), (-0.29, 0.06))),
        (FOOT, ((-0.31, 0.03), (-0.18, 0.03))),
        (ARM, ((0.11, 0.77), (0.24, 0.70), (0.37, 0.80))),
    ),
    (((0.405, 0.0), (0.405, 0.98)),),
)
CHAIR_SIDE = Figure(
    (0.0, 0.70),
    (-0.02, 0.54),
    (
        (0.14, ((-0.02, 0.54), (0.0, 0.34))),
        (LEG, ((0.01, 0.31), (0.24, 0.30), (0.24, 0.05))),
        (FOOT, ((0.22, 0.03), (0.36, 0.03))),
        (ARM, ((-0.015, 0.56), (0.03, 0.41), (0.17, 0.36))),
    ),
    (((-0.10, 0.52), (-0.09, 0.235), (0.15, 0.235), (0.15, 0.0)), ((-0.09, 0.235), (-0.10, 0.0))),
    floor=0.90,
)
CHAIR_FRONT = Figure(
    (0.0, 0.71),
    (0.0, 0.54),
    (
        (0.16, ((-0.045, 0.54), (-0.03, 0.34))),
        (0.16, ((0.045, 0.54), (0.03, 0.34))),
        *both(0.09, (0.06, 0.31), (0.09, 0.26)),
        *both(LEG, (0.09, 0.26), (0.085, 0.05)),
        *both(FOOT, (0.085, 0.05), (0.10, 0.025)),
        *both(ARM, (0.11, 0.56), (0.15, 0.42), (0.09, 0.32)),
    ),
    (((-0.17, 0.24), (-0.17, 0.0)), ((0.17, 0.24), (0.17, 0.0))),
    floor=0.90,
)
FLOOR = Figure(
    (-0.04, 0.49),
    (-0.05, 0.32),
    (
        (0.14, ((-0.05, 0.32), (-0.01, 0.11))),
        (LEG, ((0.0, 0.075), (0.24, 0.085), (0.47, 0.055))),
        (FOOT, ((0.49, 0.04), (0.51, 0.15))),
        (ARM, ((-0.055, 0.34), (-0.13, 0.19), (-0.17, 0.035))),
    ),
    floor=0.80,
)
LYING = Figure(
    (-0.42, 0.08),
    (-0.26, 0.075),
    (
        (0.13, ((-0.26, 0.075), (-0.05, 0.07))),
        (LEG, ((0.0, 0.06), (0.24, 0.06), (0.47, 0.05))),
        (FOOT, ((0.49, 0.035), (0.50, 0.14))),
        (ARM, ((-0.28, 0.05), (-0.14, 0.03), (0.02, 0.03))),
    ),
    floor=0.72,
)
LEG_UP = Figure(
    LYING.head,
    LYING.neck,
    (
        *LYING.limbs,
        (LEG, ((0.0, 0.09), (0.02, 0.30), (0.02, 0.54))),
        (FOOT, ((0.03, 0.56), (-0.09, 0.57))),
    ),
    floor=0.82,
)
FIGURES: dict[tuple[Posture, Literal["side", "front"]], Figure] = {
    ("standing", "side"): STANDING_SIDE,
    ("standing", "front"): STANDING_FRONT,
    ("wall", "side"): WALL,
    ("wall", "front"): STANDING_FRONT,
    ("chair", "side"): CHAIR_SIDE,
    ("chair", "front"): CHAIR_FRONT,
    ("floor", "side"): FLOOR,
    ("floor", "front"): FLOOR,
    ("lying", "side"): LYING,
    ("lying", "front"): LYING,
    ("leg_up", "side"): LEG_UP,
    ("leg_up", "front"): LEG_UP,
}
