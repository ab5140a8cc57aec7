"""A frame without somebody: what the pose model must not look at is painted over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from posecoach.frames.frame import Frame


def without(frame: Frame, box: tuple[float, float, float, float] | None) -> Frame:
    """The frame with a box painted over in the picture's mean colour.

    Args:
        frame: It is left as it is.
        box: Left, top, right and bottom in pixels, which may lie outside; None hides nothing.
    """
    if box is None:
        return frame
    height, width = frame.image.shape[:2]
    left, right = (round(min(max(x, 0.0), width)) for x in (box[0], box[2]))
    top, bottom = (round(min(max(y, 0.0), height)) for y in (box[1], box[3]))
    if right <= left or bottom <= top:
        return frame
    image = frame.image.copy()
    image[top:bottom, left:right] = frame.image[::8, ::8].mean(axis=(0, 1)).astype(np.uint8)
    return replace(frame, image=image)
