"""What is drawn over everything for a moment: the count-in, and a gesture being held."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.gauges import draw_ring
from posecoach.feedback.geometry import Rect
from posecoach.feedback.layout import Layout
from posecoach.feedback.panel import Panel
from posecoach.feedback.text import BOLD, draw_fitted, fit
from posecoach.feedback.theme import INK, RIGHT, Sizes
from posecoach.feedback.wording import phrase
from posecoach.session.gestures import GestureProgress


def draw_count_in(picture: NDArray[np.uint8], left: int, layout: Layout, sizes: Sizes) -> Rect:
    """Draw the number of seconds left in the middle of the picture, in place.

    Where the card is in the way, beside it. Its digits are 0.28 of the unit high: 54 minutes
    of arc on a 13-inch screen at three metres (see :class:`~posecoach.feedback.theme.Sizes`).
    """
    panel = _number(left, sizes)
    height, width = panel.face.shape[:2]
    x, y, gap = (sizes.width - width) // 2, (sizes.height - height) // 2, sizes.margin
    if Rect(x, y, width, height).overlaps(layout.card):
        places = (layout.card.right + gap, layout.card.x - gap - width)
        beside = [place for place in places if gap <= place <= sizes.width - gap - width]
        x = min(beside, key=lambda place: abs(place - x), default=x)
    return panel.lay(picture, x, y)


@lru_cache(maxsize=8)
def _number(left: int, sizes: Sizes) -> Panel:
    side = sizes.px(0.46)
    panel = Panel(side, side, side // 2)
    number = fit(str(left), side, sizes.px(0.38), 8, 1, BOLD)
    x, y = (side - number.width) // 2, (side - number.height) // 2
    draw_fitted(panel.face, number, x, y, RIGHT)
    return panel


def draw_gesture(
    picture: NDArray[np.uint8],
    gesture: GestureProgress,
    layout: Layout | None,
    sizes: Sizes,
    does: str | None = None,
) -> Rect:
    """Draw a ring that fills while a gesture is held, and what it will do, in place.

    Args:
        picture: The shown picture.
        gesture: What is held.
        layout: Where the panels are; None where there are none.
        sizes: Of the picture.
        does: Wording id of what it will do; None takes what it does in a set.
    """
    panel = _gesture(does or f"gesture_{gesture.gesture}", sizes)
    height, width = panel.face.shape[:2]
    middle, gap = (sizes.width - width) // 2, sizes.margin
    lowest, rightmost = sizes.height - height - gap, sizes.width - width - gap
    # As low as card and cue leave room, and then as near to the middle: raised hands and the
    # head are above, and nothing judges the feet meanwhile.
    panels = (layout.card, layout.cue) if layout is not None else ()
    xs = [middle, *(x for rect in panels for x in (rect.right + gap, rect.x - gap - width))]
    ys = [lowest, *(rect.y - gap - height for rect in panels)]
    free = [
        (y, -abs(x - middle), x)
        for y in ys
        for x in xs
        if y >= gap
        and gap <= x <= rightmost
        and not any(Rect(x, y, width, height).overlaps(rect) for rect in panels)
    ]
    y, _, x = max(free, default=(lowest, 0, middle))
    at = panel.lay(picture, x, y)
    pad = sizes.padding
    ring = Rect(at.x + pad, at.y + pad, height - 2 * pad, height - 2 * pad)
    draw_ring(picture, ring, gesture.share, RIGHT, sizes)
    return at


@lru_cache(maxsize=4)
def _gesture(does: str, sizes: Sizes) -> Panel:
    pad, ring = sizes.padding, sizes.px(0.16)
    words = fit(phrase(does), sizes.px(0.62), sizes.target, 8, 2, BOLD)
    panel = Panel(ring + words.width + 4 * pad, ring + 2 * pad, sizes.radius)
    y = (panel.face.shape[0] - words.height) // 2
    draw_fitted(panel.face, words, ring + 2 * pad, y, INK)
    return panel
