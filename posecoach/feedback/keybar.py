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
    "key_full_screen",
    "key_quit",
)


PROGRAM_KEY_IDS = (
    "key_pause",
    "key_skip",
    "key_next_exercise",
    "key_mirror",
    "key_full_screen",
    "key_quit",
)

CAMERA_KEY_ID = "key_camera"
"""Comes with more than one camera: on a narrow picture it costs the bar another row."""
PICKER_KEY_ID = "key_picker"
"""Comes where one can choose something else."""


def key_bar_height(sizes: Sizes, keys: tuple[str, ...] = KEY_IDS) -> int:
    """Height in pixels. Even, because video encoders want even sizes."""
    places = _places(tuple(phrase(key) for key in keys), sizes)
    return 2 * round(sizes.keys * (0.4 + 1.5 * (places[-1][0] + 1)) / 2)


def draw_key_bar(bar: NDArray[np.uint8], sizes: Sizes, keys: tuple[str, ...] = KEY_IDS) -> None:
    """Fill the bar's pixels, in place."""
    labels = tuple(phrase(key) for key in keys)
    np.copyto(bar, _bar(bar.shape[1], bar.shape[0], sizes, labels))


def _places(labels: tuple[str, ...], sizes: Sizes) -> list[tuple[int, int]]:
    """Row and left end of each label: in one row if they fit, else in columns.

    There are as many columns as the longest label leaves room for, evened out over the rows.
    """
    widths = [text_width(label, sizes.keys) for label in labels]
    room = sizes.width - 2 * sizes.margin
    gap = (room - sum(widths)) / max(1, len(labels) - 1)
    if gap >= sizes.keys:
        lefts = [sum(widths[:i]) + i * gap for i in range(len(labels))]
        return [(0, sizes.margin + round(left)) for left in lefts]
    most = max(1, room // (max(widths) + sizes.px(0.02)))
    rows = -(-len(labels) // most)
    columns = -(-len(labels) // rows)
    return [
        (i // columns, sizes.margin + round(i % columns * room / columns))
        for i in range(len(labels))
    ]


@lru_cache(maxsize=2)
def _bar(width: int, height: int, sizes: Sizes, labels: tuple[str, ...]) -> NDArray[np.uint8]:
    bar = np.full((height, width, 3), PANEL, np.uint8)
    places = _places(labels, sizes)
    rows = places[-1][0] + 1
    for label, (row, x) in zip(labels, places, strict=True):
        baseline = round(height * (row + 0.5) / rows + sizes.keys * CAP_HEIGHT / 2)
        draw_line(bar, label, x, baseline, sizes.keys, MUTED)
    return bar
