"""The bar above the picture of a workout: which exercise and set, what comes then."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.course import Course
from posecoach.feedback.text import BOLD, REGULAR, draw_fitted, fit
from posecoach.feedback.theme import FAINT, INK, MUTED, PANEL, RIGHT, Sizes

_ASIDE = 1.3
"""From this width on, in units, both halves stand side by side."""


def header_height(sizes: Sizes) -> int:
    """Height in pixels. Even, because video encoders want even sizes."""
    return 2 * round(sizes.px(0.020 + 0.068 * _rows(sizes)) / 2)


def draw_header(bar: NDArray[np.uint8], course: Course, sizes: Sizes) -> None:
    """Fill the bar's pixels, in place."""
    np.copyto(bar, _bar(bar.shape[1], bar.shape[0], course.now, course.then, course.shares, sizes))


def _rows(sizes: Sizes) -> int:
    return 1 if sizes.width >= _ASIDE * sizes.unit else 2


@lru_cache(maxsize=4)
def _bar(
    width: int, height: int, now: str, then: str, shares: tuple[float, ...], sizes: Sizes
) -> NDArray[np.uint8]:
    bar = np.full((height, width, 3), PANEL, np.uint8)
    margin, size = sizes.margin, sizes.title
    track = sizes.px(0.012, 2)
    rows = _rows(sizes)
    room = width - 2 * margin
    line = (height - track) // rows
    least = sizes.px(0.034, 8)
    left = fit(now, room if rows == 2 else round(0.5 * room), size, least, 1, BOLD)
    rest = room if rows == 2 else room - left.width - 2 * margin
    right = fit(then, rest, size, least, 1, REGULAR)
    draw_fitted(bar, left, margin, (line - left.height) // 2, INK)
    x = margin if rows == 2 else width - margin - right.width
    draw_fitted(bar, right, x, (rows - 1) * line + (line - right.height) // 2, MUTED)
    _draw_track(bar[height - track :], shares, sizes)
    return bar


def _draw_track(track: NDArray[np.uint8], shares: tuple[float, ...], sizes: Sizes) -> None:
    """A piece for each exercise, filled as far as it is over."""
    height, width = track.shape[:2]
    gap = sizes.px(0.008, 2)
    piece = (width - gap * (len(shares) - 1)) / len(shares)
    for i, share in enumerate(shares):
        left = round(i * (piece + gap))
        right = round(i * (piece + gap) + piece)
        # What is to come is a thinner line, not only another colour.
        cv2.rectangle(track, (left, height // 2), (right - 1, height - 1), FAINT, -1)
        if share > 0:
            end = left + round(share * (right - left))
            cv2.rectangle(track, (left, 0), (end - 1, height - 1), RIGHT, -1)
