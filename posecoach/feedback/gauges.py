"""Gauges: a ring for what is done of a time, a bar for how far a movement is."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.geometry import Rect
from posecoach.feedback.theme import FAINT, INK, PANEL, RIGHT, Colour, Sizes

_BAR_TOP = 1.4
"""Level at the bar's upper end; the same as the trace's."""


def ring(area: Rect, sizes: Sizes) -> tuple[int, int, int, int]:
    """The largest ring in an area: middle x and y, outer radius, thickness."""
    thickness = sizes.px(0.024, 2)
    radius = min(area.w, area.h) // 2
    return area.x + area.w // 2, area.y + area.h // 2, radius, thickness


def draw_ring(
    image: NDArray[np.uint8], area: Rect, share: float, colour: Colour, sizes: Sizes
) -> None:
    """Draw how much of a hold is done, 0 to 1, clockwise from the top; in place."""
    x, y, radius, thickness = ring(area, sizes)
    axes = (radius - thickness // 2 - 1,) * 2
    cv2.circle(image, (x, y), axes[0], FAINT, max(1, thickness // 2), cv2.LINE_AA)
    if share > 0:
        end = 360.0 * min(1.0, share)
        cv2.ellipse(image, (x, y), axes, -90, 0, end, colour, thickness, cv2.LINE_AA)


def draw_bar(
    image: NDArray[np.uint8], area: Rect, level: float | None, band: tuple[float, float]
) -> None:
    """Draw how far the movement is, from rest at the bottom, and where it should get.

    The band is a bracketed stretch; the column turns from white to the state's colour
    when its top is inside. In place. Without a level the column is empty.
    """

    def row(value: float) -> int:
        share = min(max(value, 0.0), _BAR_TOP) / _BAR_TOP
        return round(area.bottom - 1 - share * (area.h - 1))

    low, high = row(band[0]), row(band[1])
    edge = max(1, area.w // 14)
    side = max(2, area.w // 5)
    left, right = area.x + side, area.right - 1 - side
    # Its frame only: on a filled track a blue column would hardly stand out.
    cv2.rectangle(image, (left, area.y), (right, area.bottom - 1), FAINT, -1)
    cv2.rectangle(
        image, (left + edge, area.y + edge), (right - edge, area.bottom - 1 - edge), PANEL, -1
    )
    if level is not None and level > 0:
        colour = RIGHT if band[0] <= level <= band[1] else INK
        cv2.rectangle(image, (left, row(level)), (right, area.bottom - 1), colour, -1)
    for y in (low, high):
        cv2.rectangle(image, (area.x, y - edge), (area.right - 1, y), INK, -1)
    for x in (area.x, area.right - edge):
        cv2.rectangle(image, (x, high), (x + edge - 1, low), INK, -1)
