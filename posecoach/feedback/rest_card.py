"""The card of a rest: what it is for, and a ring that counts down."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.course import Rest
from posecoach.feedback.gauges import draw_ring, ring
from posecoach.feedback.geometry import Rect
from posecoach.feedback.panel import Panel
from posecoach.feedback.text import BOLD, draw_fitted, fit
from posecoach.feedback.theme import INK, MUTED, RIGHT, Sizes
from posecoach.feedback.wording import phrase


def draw_rest(picture: NDArray[np.uint8], card: Rect, rest: Rest, sizes: Sizes) -> None:
    """Draw the card of a rest, in place."""
    unit = phrase("seconds")
    _panel(rest.title, rest.left_s, unit, card.w, card.h, sizes).lay(picture, card.x, card.y)
    area = _areas(rest.title, card.w, card.h, sizes)[1]
    moved = Rect(card.x + area.x, card.y + area.y, area.w, area.h)
    draw_ring(picture, moved, 1 - rest.share, RIGHT, sizes)


@lru_cache(maxsize=8)
def _areas(title: str, width: int, height: int, sizes: Sizes) -> tuple[Rect, Rect]:
    """Where title and ring are, relative to the card."""
    pad = round(1.3 * sizes.padding)
    if width > 1.6 * height:
        side = height - 2 * pad
        return Rect(2 * pad + side, pad, width - side - 3 * pad, side), Rect(pad, pad, side, side)
    inner = width - 2 * pad
    top = pad + fit(title, inner, sizes.target, sizes.px(0.041, 8), 2, BOLD).height + pad
    return Rect(pad, pad, inner, top - 2 * pad), Rect(pad, top, inner, height - pad - top)


@lru_cache(maxsize=4)
def _panel(title: str, left_s: int, words: str, width: int, height: int, sizes: Sizes) -> Panel:
    panel = Panel(width, height, sizes.radius)
    head, area = _areas(title, width, height, sizes)
    heading = fit(title, head.w, sizes.target, sizes.px(0.041, 8), 2, BOLD)
    middle = width > 1.6 * height
    draw_fitted(
        panel.face,
        heading,
        head.x,
        head.y + ((head.h - heading.height) // 2 if middle else 0),
        INK,
    )
    x, y, radius, thickness = ring(area, sizes)
    inside = round(1.5 * (radius - thickness))
    number = fit(str(left_s), inside, round(1.05 * radius), sizes.px(0.05, 8), 1, BOLD)
    unit = fit(words, inside, max(8, round(0.26 * radius)), 6)
    gap = round(0.16 * radius)
    top = y - (number.height + gap + unit.height) // 2
    draw_fitted(panel.face, number, x - number.width // 2, top, INK)
    draw_fitted(panel.face, unit, x - unit.width // 2, top + number.height + gap, MUTED)
    return panel
