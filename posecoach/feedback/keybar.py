"""The bar with the keys, below the picture in a window."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.text import CAP_HEIGHT, draw_line, text_width
from posecoach.feedback.theme import MUTED, PANEL, Sizes
from posecoach.feedback.wording import phrase

KEY_IDS = (
    "key_pause",
    "key_reset",
    "key_next",
    "key_switch_side",
    "key_mirror",
    "key_camera",
    "key_full_screen",
    "key_quit",
)


PROGRAM_KEY_IDS = (
    "key_pause",
    "key_skip",
    "key_next_exercise",
    "key_mirror",
    "key_camera",
    "key_full_screen",
    "key_quit",
)


def key_bar_height(sizes: Sizes, keys: tuple[str, ...] = KEY_IDS) -> int:
    """Height in pixels. Even, because video encoders want even sizes."""
    labels = tuple(phrase(key) for key in keys)
    rows = -(-len(labels) // _columns(sizes, labels))
    return 2 * round(sizes.keys * (0.4 + 1.5 * rows) / 2)


def draw_key_bar(bar: NDArray[np.uint8], sizes: Sizes, keys: tuple[str, ...] = KEY_IDS) -> None:
    """Fill the bar's pixels, in place."""
    labels = tuple(phrase(key) for key in keys)
    np.copyto(bar, _bar(bar.shape[1], bar.shape[0], sizes, labels))


def _columns(sizes: Sizes, labels: tuple[str, ...]) -> int:
    """As many as the longest label leaves room for, evened out over the rows."""
    widest = max(text_width(label, sizes.keys) for label in labels)
    most = max(1, (sizes.width - 2 * sizes.margin) // (widest + sizes.px(0.02)))
    rows = -(-len(labels) // most)
    return -(-len(labels) // rows)


@lru_cache(maxsize=2)
def _bar(width: int, height: int, sizes: Sizes, labels: tuple[str, ...]) -> NDArray[np.uint8]:
    bar = np.full((height, width, 3), PANEL, np.uint8)
    columns = _columns(sizes, labels)
    rows = -(-len(labels) // columns)
    column = (width - 2 * sizes.margin) / columns
    for i, label in enumerate(labels):
        row, place = divmod(i, columns)
        baseline = round(height * (row + 0.5) / rows + sizes.keys * CAP_HEIGHT / 2)
        x = sizes.margin + round(place * column)
        draw_line(bar, label, x, baseline, sizes.keys, MUTED)
    return bar
