"""Rectangles, and where a person's head, feet and body are in the picture."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from posecoach.pose import BONES, SIDES, Landmark, Pose, of_side

_FACE = slice(Landmark.NOSE, Landmark.MOUTH_RIGHT + 1)
_POINTS_PER_BONE = 6
_MATTERS = 4.0
"""How much more a bone weighs that the exercise is about: panels rather lie on a trunk."""


class Rect(NamedTuple):
    """A rectangle in pixels: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int

    @property
    def right(self) -> int:
        """First column beyond it."""
        return self.x + self.w

    @property
    def bottom(self) -> int:
        """First row beyond it."""
        return self.y + self.h

    def inset(self, by: int) -> Rect:
        """The rectangle with ``by`` pixels less on each side."""
        return Rect(self.x + by, self.y + by, self.w - 2 * by, self.h - 2 * by)

    def overlaps(self, other: Rect) -> bool:
        """Whether the two share at least a pixel."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """What of a person must not be covered, and what rather not.

    Attributes:
        head: Box round the head.
        feet: Boxes round the feet, left and right.
        body: (N, 2) points along the bones.
        weights: (N,) what each of them matters; they sum to 1.
    """

    head: Rect
    feet: tuple[Rect, Rect]
    body: NDArray[np.float64]
    weights: NDArray[np.float64]

    @property
    def kept_free(self) -> tuple[Rect, Rect, Rect]:
        """Head and feet."""
        return self.head, *self.feet


def zones_of(pose: Pose, joints: Collection[int] = ()) -> Zones | None:
    """Where head, feet and body are, in the pose's own pixels; None for nobody.

    Where there is no body but close-ups of feet, these are all there is to keep free.

    The head's landmarks are all in the face, so its circle is moved towards the crown
    and is no smaller than 0.34 of the trunk's length: a head is 0.13 of the height and
    a trunk from hips to shoulders 0.29 (Winter, Biomechanics and Motor Control of Human
    Movement, table 4.1).

    Args:
        pose: The body.
        joints: Landmarks that matter in the exercise: bones between them weigh more.
    """
    if not pose.found:
        return _zones_of_feet(pose)
    p = pose.pixels
    shoulders = (p[Landmark.LEFT_SHOULDER] + p[Landmark.RIGHT_SHOULDER]) / 2
    hips = (p[Landmark.LEFT_HIP] + p[Landmark.RIGHT_HIP]) / 2
    trunk = float(np.hypot(*(shoulders - hips)))
    face = p[_FACE]
    middle = face.mean(axis=0)
    radius = max(0.34 * trunk, 1.5 * float(np.hypot(*(face - middle).T).max()))
    neck = middle - shoulders
    middle = middle + neck / max(1e-6, float(np.hypot(*neck))) * 0.15 * radius
    head = _box(np.array([middle - radius, middle + radius]), 0.0)
    left, right = (
        _box(
            np.array([p[of_side(name, side)] for name in ("ankle", "heel", "foot_index")]),
            0.10 * trunk,
        )
        for side in SIDES
    )
    starts = p[[a for a, _ in BONES]]
    ends = p[[b for _, b in BONES]]
    shares = np.linspace(0.0, 1.0, _POINTS_PER_BONE)[:, None, None]
    body = (starts * (1 - shares) + ends * shares).reshape(-1, 2)
    bones = np.array([_MATTERS if {a, b} <= set(joints) else 1.0 for a, b in BONES])
    weights = np.tile(bones, _POINTS_PER_BONE)
    return Zones(head, (left, right), body, weights / weights.sum())


def _zones_of_feet(pose: Pose) -> Zones | None:
    boxes = [view.box for view in pose.feet if view is not None]
    if not boxes:
        return None
    # The foot fills about the middle two thirds of its close-up.
    feet = [
        Rect(left, top, right - left, bottom - top).inset((right - left) // 6)
        for left, top, right, bottom in boxes
    ]
    middles = np.array([(rect.x + rect.w / 2, rect.y + rect.h / 2) for rect in feet])
    nowhere = Rect(-1, -1, 0, 0)
    return Zones(nowhere, (feet[0], feet[-1]), middles, np.full(len(feet), 1 / len(feet)))


def _box(points: NDArray[np.float64], pad: float) -> Rect:
    x, y = np.floor(points.min(axis=0) - pad).astype(int)
    right, bottom = np.ceil(points.max(axis=0) + pad).astype(int)
    return Rect(int(x), int(y), int(right - x), int(bottom - y))
