"""The heights of raises, one after the other, as a curve."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.geometry import Rect
from posecoach.feedback.text import draw_line, text_width
from posecoach.feedback.theme import FAINT, INK, MUTED, RIGHT, WRONG
from posecoach.session.heel_raise_leg import Raise

_SLOTS = 30
"""Raises that fit before all move together: a minute of them."""
_LEAST_TOP_CM = 10.0
"""The curve's upper edge, or more where a raise goes higher."""
_STEP_CM = 5


def draw_heights(
    image: NDArray[np.uint8],
    area: Rect,
    raises: Sequence[Raise],
    least_cm: float | None,
    size: int,
    slots: int = _SLOTS,
    top_cm: float = _LEAST_TOP_CM,
) -> None:
    """Draw them on ``image``, in place: a dot for one that counts, a cross for one that does not.

    Args:
        image: With a panel under ``area``.
        area: Where.
        raises: In order.
        least_cm: The height that they need, as a dashed line; None for none.
        size: Font size of the scale in centimetres.
        slots: How many raises there is room for at least.
        top_cm: How high the scale reaches at least.
    """
    labels = text_width("00", size) + size // 2
    plot = Rect(area.x + labels, area.y + size // 2, area.w - labels, area.h - size)
    highest = max((one.height_cm or 0.0 for one in raises), default=0.0)
    top = max(top_cm, _STEP_CM * math.ceil(highest / _STEP_CM))
    thick = max(1, plot.h // 45)

    def row(cm: float) -> int:
        return round(plot.bottom - 1 - cm / top * (plot.h - 1))

    for cm in range(0, int(top) + 1, _STEP_CM):
        cv2.line(image, (plot.x, row(cm)), (plot.right - 1, row(cm)), FAINT)
        text = str(cm)
        x = plot.x - size // 2 - text_width(text, size)
        draw_line(image, text, x, row(cm) + round(0.37 * size), size, MUTED)
    draw_line(image, "cm", plot.x + size // 3, row(0) - size // 3, size, MUTED)
    if least_cm is not None:
        dash = max(4, plot.w // 60)
        for x in range(plot.x, plot.right - dash, 2 * dash):
            cv2.line(image, (x, row(least_cm)), (x + dash, row(least_cm)), WRONG, thick)
    count = max(slots, len(raises))
    places = [
        (round(plot.x + (i + 0.5) / count * plot.w), row(one.height_cm or 0.0))
        for i, one in enumerate(raises)
    ]
    radius = max(2, min(plot.h // 14, plot.w // count // 3))
    counted = [place for place, one in zip(places, raises, strict=True) if not one.lost]
    if len(counted) > 1:
        cv2.polylines(image, [np.array(counted)], False, INK, thick, cv2.LINE_AA)
    for place, one in zip(places, raises, strict=True):
        if one.lost:
            kind = cv2.MARKER_TILTED_CROSS
            cv2.drawMarker(image, place, WRONG, kind, 3 * radius, thick + 1, cv2.LINE_AA)
        else:
            cv2.circle(image, place, radius, RIGHT, -1, cv2.LINE_AA)
