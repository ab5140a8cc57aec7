"""Where the picker's parts are, in pictures of any shape."""

from __future__ import annotations

from dataclasses import dataclass

from posecoach.feedback.geometry import Rect
from posecoach.feedback.theme import Sizes

_WIDE = 1.5
"""From this width on, in units, the tiles leave the picture's right side free."""


@dataclass(frozen=True, slots=True)
class Places:
    """The parts' places in a picture.

    Attributes:
        title: The question.
        before: The item before the highlighted one.
        chosen: The highlighted one.
        after: The one after it.
        legend: What raised arms do.
        shift: How far the picture is moved to the right, so that whoever stands in its middle
            is beside the tiles.
    """

    title: Rect
    before: Rect
    chosen: Rect
    after: Rect
    legend: Rect
    shift: int = 0


def places_of(sizes: Sizes) -> Places:
    """The places in a picture of that size."""
    return _wide(sizes) if sizes.width >= _WIDE * sizes.unit else _narrow(sizes)


def _wide(sizes: Sizes) -> Places:
    """Tiles on the left, one over the other; the person on the right, the legend below them."""
    px, margin = sizes.px, sizes.margin
    gap, title, small = px(0.018), px(0.115), px(0.150)
    column = min(px(1.25), round(0.58 * sizes.width))
    top = margin
    rows = [title, small, sizes.height - 2 * margin - title - 2 * small - 3 * gap, small]
    found = []
    for row in rows:
        found.append(Rect(margin, top, column, row))
        top += row + gap
    rest = sizes.width - 3 * margin - column
    width, height = min(rest, px(0.80)), px(0.275)
    free = 2 * margin + column
    left = free + (rest - width) // 2
    legend = Rect(left, sizes.height - margin - height, width, height)
    shift = (free + sizes.width - margin) // 2 - sizes.width // 2
    return Places(found[0], found[1], found[2], found[3], legend, shift)


def _narrow(sizes: Sizes) -> Places:
    """All below, over the whole width; what is free above shows the person."""
    px, margin = sizes.px, sizes.margin
    gap, title, small, legend = px(0.018), px(0.115), px(0.130), px(0.255)
    width = sizes.width - 2 * margin
    room = sizes.height - 2 * margin - title - small - legend - 3 * gap
    chosen = min(px(0.44), room)
    bottom = sizes.height - margin - legend
    below = Rect(margin, bottom, width, legend)
    half = (width - gap) // 2
    row = bottom - gap - small
    return Places(
        Rect(margin, margin, width, title),
        Rect(margin, row, half, small),
        Rect(margin, row - gap - chosen, width, chosen),
        Rect(margin + width - half, row, half, small),
        below,
    )
