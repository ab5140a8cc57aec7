"""The circle that a foot drew last, at the foot, with its range in degrees."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.checkers.results import FootCircle
from posecoach.feedback.geometry import Rect, Zones
from posecoach.feedback.layout import Layout
from posecoach.feedback.panel import Panel
from posecoach.feedback.text import BOLD, CAP_HEIGHT, draw_line, text_width
from posecoach.feedback.theme import INK, OUTLINE, Colour, Sizes
from posecoach.pose import SIDES, Pose, of_side

_SHIFT = 3
# Directions from the foot in which the label is tried, degrees clockwise from the right, the
# first free one after the way that the toes point.
_AROUND = (0, 45, -45, 90, -90, 135, -135, 180)


def draw_circle(
    image: NDArray[np.uint8],
    pose: Pose,
    circle: FootCircle,
    colour: Colour,
    layout: Layout,
    sizes: Sizes,
) -> None:
    """Draw a circle on ``image``, in place, about its ankle.

    Args:
        image: The picture.
        pose: The body in this picture's pixels.
        circle: Its ellipse in the same pixels.
        colour: Of the line.
        layout: Where the panels lie, which the label keeps clear of.
        sizes: Of the picture.
    """
    ankle = pose.pixels[of_side("ankle", circle.side)]
    middle = ankle + np.array(circle.ellipse.centre)
    if not np.all(np.abs(middle) < 4.0 * max(sizes.width, sizes.height)):
        return
    scale = 1 << _SHIFT
    # No thinner than its line, or an ellipse seen on edge would not show.
    thick = max(2, round(0.4 * sizes.bone))
    long, short = (max(float(thick), axis) for axis in circle.ellipse.half_axes)
    for width, shade in ((thick + max(2, thick), OUTLINE), (thick, colour)):
        cv2.ellipse(
            image,
            (round(middle[0] * scale), round(middle[1] * scale)),
            (round(long * scale), round(short * scale)),
            circle.ellipse.slope_deg,
            0,
            360,
            shade,
            width,
            cv2.LINE_AA,
            _SHIFT,
        )
    panel = _label(f"{circle.range_deg:.0f}°", sizes)
    place = _beside(middle, np.array(circle.ellipse.centre), long, panel, layout, sizes)
    if place is not None:
        panel.lay(image, place.x, place.y)


def circle_zones(zones: Zones, pose: Pose, circle: FootCircle) -> Zones:
    """The same with the circle kept as free as the foot that draws it."""
    ankle = pose.pixels[of_side("ankle", circle.side)]
    reach = max(circle.ellipse.half_axes)
    x, y = ankle + np.array(circle.ellipse.centre) - reach
    number = SIDES.index(circle.side)
    foot = zones.feet[number]
    left, top = min(foot.x, round(float(x))), min(foot.y, round(float(y)))
    right = max(foot.right, round(float(x + 2 * reach)))
    bottom = max(foot.bottom, round(float(y + 2 * reach)))
    feet = list(zones.feet)
    feet[number] = Rect(left, top, right - left, bottom - top)
    return replace(zones, feet=(feet[0], feet[1]))


@lru_cache(maxsize=64)
def _label(text: str, sizes: Sizes) -> Panel:
    size, pad = sizes.small, sizes.padding // 2
    high = round(size * CAP_HEIGHT)
    panel = Panel(text_width(text, size, BOLD) + 2 * pad, high + 2 * pad, sizes.radius // 2)
    draw_line(panel.face, text, pad, pad + high, size, INK, BOLD)
    return panel


def _beside(
    middle: NDArray[np.float64],
    outward: NDArray[np.float64],
    reach: float,
    panel: Panel,
    layout: Layout,
    sizes: Sizes,
) -> Rect | None:
    """Where the label lies: within the picture, clear of the panels, best beyond the toes."""
    height, width = panel.face.shape[:2]
    toes = float(np.degrees(np.arctan2(outward[1], outward[0])))
    for turn in _AROUND:
        way = np.radians(toes + turn)
        unit = np.array((np.cos(way), np.sin(way)))
        far = reach + sizes.margin + np.abs(unit) @ (width / 2, height / 2)
        x, y = middle + far * unit
        place = Rect(round(x - width / 2), round(y - height / 2), width, height)
        inside = place.x >= 0 and place.y >= 0
        inside = inside and place.right <= sizes.width and place.bottom <= sizes.height
        if inside and not (place.overlaps(layout.card) or place.overlaps(layout.cue)):
            return place
    return None
