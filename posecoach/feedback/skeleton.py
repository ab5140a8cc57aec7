"""The skeleton: what matters in this exercise clearly, the rest faintly."""

from __future__ import annotations

from collections.abc import Collection

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.theme import BONE, OUTLINE, Colour, Sizes
from posecoach.pose import BONES

_SHIFT = 3
_FAR = 4.0
"""Landmarks further outside than this many pictures are not drawn."""


def draw_skeleton(
    image: NDArray[np.uint8],
    pixels: NDArray[np.float64],
    joints: Collection[int],
    colour: Colour,
    sizes: Sizes,
) -> None:
    """Draw a body on ``image``, in place.

    Args:
        image: The picture.
        pixels: (33, 2) landmarks in pixels of this picture.
        joints: Landmarks that matter; bones between two of them matter too.
        colour: Of what matters.
        sizes: Of the picture.
    """
    reach = _FAR * max(sizes.width, sizes.height)
    if not np.all(np.abs(pixels) < reach):
        return
    at = np.round(pixels * (1 << _SHIFT)).astype(int)
    points = [(int(x), int(y)) for x, y in at]
    matters = set(joints)
    thin = max(2, sizes.bone // 3)
    main = [(a, b) for a, b in BONES if a in matters and b in matters]
    rest = [bone for bone in BONES if bone not in main]
    for bones, width, shade in ((rest, thin, BONE), (main, sizes.bone, colour)):
        edge = 2 if bones is rest else sizes.edge
        for thickness, bone_colour in ((width + edge, OUTLINE), (width, shade)):
            for a, b in bones:
                cv2.line(image, points[a], points[b], bone_colour, thickness, cv2.LINE_AA, _SHIFT)
    for joint in sorted(matters):
        for radius, joint_colour in ((1.15, OUTLINE), (0.85, colour)):
            cv2.circle(
                image,
                points[joint],
                round(radius * sizes.bone * (1 << _SHIFT)),
                joint_colour,
                -1,
                cv2.LINE_AA,
                _SHIFT,
            )
