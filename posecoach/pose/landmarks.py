"""The 33 landmarks of a BlazePose body, by name, and the lines between them."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import Literal

Side = Literal["left", "right"]
"""Anatomical: the person's own left and right, whatever a mirror shows."""

SIDES: tuple[Side, Side] = ("left", "right")


class Landmark(IntEnum):
    """Index of each landmark in the arrays of a :class:`~posecoach.pose.Pose`."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


PAIRED = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
"""Names that :func:`of_side` knows: a landmark on each side."""


@cache  # asked for dozens of times a frame
def of_side(name: str, side: Side) -> Landmark:
    """The landmark ``name`` (one of :data:`PAIRED`) on that side.

    Raises:
        KeyError: If there is no such pair.
    """
    return Landmark[f"{side}_{name}".upper()]


BONES: tuple[tuple[Landmark, Landmark], ...] = (
    (Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER),
    (Landmark.LEFT_HIP, Landmark.RIGHT_HIP),
    *(
        (of_side(a, side), of_side(b, side))
        for side in SIDES
        for a, b in (
            ("shoulder", "elbow"),
            ("elbow", "wrist"),
            ("shoulder", "hip"),
            ("hip", "knee"),
            ("knee", "ankle"),
            ("ankle", "heel"),
            ("heel", "foot_index"),
            ("ankle", "foot_index"),
        )
    ),
)
"""Pairs of landmarks that a drawn skeleton joins."""
