"""The picker's parts: the question, the tiles, and what raised arms do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.figures import ARM, Limb, Point
from posecoach.feedback.gauges import draw_ring
from posecoach.feedback.geometry import Rect
from posecoach.feedback.panel import Panel
from posecoach.feedback.sketch import Sketch, draw_sketch
from posecoach.feedback.text import (
    BOLD,
    CAP_HEIGHT,
    REGULAR,
    Fitted,
    draw_fitted,
    draw_line,
    fit,
    text_width,
)
from posecoach.feedback.theme import BONE, FAINT, INK, MUTED, RIGHT, Sizes
from posecoach.session.arm_menu import Move, MoveProgress

MOVES: tuple[Move, ...] = ("previous", "choose", "next")
_TITLE_SIZES = (0.105, 0.095, 0.086, 0.078, 0.070, 0.062, 0.056, 0.050, 0.044, 0.038, 0.032)
"""Letters of a name, in units, the largest that fit. Names that ship keep at least 0.056 in
wide and 4:3 pictures, capitals of 7.7 minutes of arc at three metres (see
:class:`~posecoach.feedback.theme.Sizes`), and 0.043, 5.9 minutes, in portrait ones."""
_LINE_FITS = ((2, 0.036), (2, 0.030), (3, 0.026), (3, 0.020))
_SMALL_FITS = ((1, 0.042), (2, 0.036), (3, 0.026))
"""How many lines a text may take, and with which letters at least, in units."""


@dataclass(frozen=True, slots=True)
class Face:
    """What is on a tile; equal ones share one drawn panel.

    Attributes:
        title: The item's name.
        line: A few words about it.
        time: How long it takes.
        number: Its number of how many.
        sketches: Its drawings.
    """

    title: str
    line: str
    time: str
    number: str
    sketches: tuple[Sketch, ...]


@lru_cache(maxsize=4)
def title_panel(title: str, keys: str, width: int, height: int, sizes: Sizes) -> Panel:
    """The question, with the keys in small letters under it."""
    panel = Panel(width, height, sizes.radius)
    pad = round(1.5 * sizes.padding)
    inner = width - 2 * pad
    says = fit(title, inner, sizes.title, sizes.px(0.030, 8), 1, BOLD)
    small = fit(keys, inner, sizes.keys, 8)
    gap = sizes.px(0.018)
    top = (height - says.height - gap - small.height) // 2
    draw_fitted(panel.face, says, pad, top, INK)
    draw_fitted(panel.face, small, pad, top + says.height + gap, MUTED)
    return panel


@lru_cache(maxsize=8)
def tile(face: Face, width: int, height: int, sizes: Sizes) -> Panel:
    """The highlighted item: its drawing large, its name, what is done, and its number."""
    panel = Panel(width, height, sizes.radius)
    pad, edge = round(1.2 * sizes.padding), sizes.px(0.010, 2)
    cv2.rectangle(panel.face, (0, 0), (width - 1, height - 1), RIGHT, 2 * edge)
    words = words_of(face, width, height, sizes)
    side, gap = words.left - 2 * pad - edge, words.gap
    draw_all(panel.face, Rect(pad + edge, (height - side) // 2, side, side), face.sketches, sizes)
    x, y = words.left, words.top
    draw_fitted(panel.face, words.title, x, y, INK)
    y += words.title.height + gap
    draw_fitted(panel.face, words.line, x, y, MUTED)
    if face.time:
        y += words.line.height + gap // 2
        draw_fitted(panel.face, words.time, x, y, MUTED)
    inset = edge + sizes.px(0.018)
    _draw_number(panel.face, face.number, inset, sizes)
    return panel


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the highlighted item, fitted to its tile.

    Attributes:
        title: The name.
        line: What is done.
        time: How long it takes.
        left: Where they begin; left of them is the drawing.
        top: Where the name begins.
        gap: Between name and line.
        room: How high the name may be.
    """

    title: Fitted
    line: Fitted
    time: Fitted
    left: int
    top: int
    gap: int
    room: int


def words_of(face: Face, width: int, height: int, sizes: Sizes) -> Words:
    """Fit the words of the highlighted item beside its drawing and below its number."""
    pad, edge = round(1.2 * sizes.padding), sizes.px(0.010, 2)
    left = 2 * pad + edge + min(height - 2 * pad - 2 * edge, round(0.42 * width))
    inner = width - left - pad - edge
    line = _whole(face.line, inner, sizes.small, _LINE_FITS, sizes)
    time = fit(face.time, inner, sizes.small, sizes.px(0.030, 8))
    gap, inset = sizes.px(0.036), edge + sizes.px(0.018)
    below = line.height + (gap // 2 + time.height if face.time else 0)
    low = 2 * inset + round(sizes.keys * CAP_HEIGHT)
    room = height - low - inset - gap - below
    title = _name(face.title, inner, room, sizes)
    # In the middle, but below the number.
    top = max(low, (height - title.height - gap - below) // 2)
    return Words(title, line, time, left, top, gap, room)


def _name(name: str, width: int, height: int, sizes: Sizes) -> Fitted:
    """A name as large as it fits, on up to three lines; cut short only if none fits."""
    for share in _TITLE_SIZES:
        size = sizes.px(share, 8)
        fitted = fit(name, width, size, size, 3, BOLD)
        if " ".join(fitted.lines) == name and fitted.height <= height:
            break
    return fitted


@lru_cache(maxsize=16)
def small_tile(face: Face, width: int, height: int, sizes: Sizes) -> Panel:
    """An item beside the highlighted one: its drawing and its name."""
    panel = Panel(width, height, sizes.radius)
    pad = sizes.padding // 2
    side = height - 2 * pad
    draw_all(panel.face, Rect(2 * pad, pad, side, side), face.sketches[:1], sizes)
    x = 4 * pad + side
    title = _whole(face.title, width - x - 2 * pad, sizes.title, _SMALL_FITS, sizes, BOLD)
    draw_fitted(panel.face, title, x, (height - title.height) // 2, INK)
    return panel


def _whole(
    text: str,
    width: int,
    size: int,
    fits: tuple[tuple[int, float], ...],
    sizes: Sizes,
    weight: int = REGULAR,
) -> Fitted:
    """Text on few lines if it stays legible, else on more; smaller before any is lost."""
    for lines, least in fits:
        fitted = fit(text, width, size, sizes.px(least, 8), lines, weight)
        if " ".join(fitted.lines) == " ".join(text.split()):
            break
    return fitted


def draw_all(
    face: NDArray[np.uint8], area: Rect, sketches: tuple[Sketch, ...], sizes: Sizes
) -> None:
    """Draw one sketch, or up to four in a square, in place."""
    if len(sketches) < 2:
        for sketch in sketches:
            draw_sketch(face, area, sketch)
        return
    gap = sizes.px(0.022)
    side = (area.w - gap) // 2
    for i, sketch in enumerate(sketches[:4]):
        x, y = area.x + (i % 2) * (side + gap), area.y + (i // 2) * (side + gap)
        draw_sketch(face, Rect(x, y, side, side), sketch)


def _draw_number(face: NDArray[np.uint8], number: str, inset: int, sizes: Sizes) -> None:
    size = sizes.keys
    x = face.shape[1] - inset - text_width(number, size)
    draw_line(face, number, x, inset + round(size * CAP_HEIGHT), size, MUTED)


@lru_cache(maxsize=4)
def unseen_panel(says: str, width: int, height: int, sizes: Sizes) -> Panel:
    """What to do so that raised arms are seen."""
    panel = Panel(width, height, sizes.radius)
    pad = round(1.5 * sizes.padding)
    words = fit(says, width - 2 * pad, sizes.target, sizes.px(0.030, 8), 3, BOLD)
    draw_fitted(panel.face, words, pad, (height - words.height) // 2, INK)
    return panel


@lru_cache(maxsize=4)
def legend_panel(
    words: tuple[str, ...], width: int, height: int, sizes: Sizes, mirrored: bool
) -> Panel:
    """What raised arms do, drawn and in words, in the order of :data:`MOVES`."""
    panel = Panel(width, height, sizes.radius)
    for move, word, disc in zip(MOVES, words, _discs(width, height, sizes), strict=True):
        middle = (disc.x + disc.w // 2, disc.y + disc.h // 2)
        cv2.circle(panel.face, middle, disc.w // 2, FAINT, max(1, sizes.px(0.004)), cv2.LINE_AA)
        inside = round(0.74 * disc.w)
        at = Rect(middle[0] - inside // 2, middle[1] - inside // 2, inside, inside)
        draw_sketch(panel.face, at, _arms(move, mirrored), BONE, RIGHT)
        says = fit(word, width // 3 - sizes.padding, sizes.small, sizes.px(0.026, 8))
        x = middle[0] - says.width // 2
        draw_fitted(panel.face, says, x, disc.bottom + sizes.px(0.020), INK)
    return panel


def draw_progress(
    canvas: NDArray[np.uint8], progress: MoveProgress, legend: Rect, sizes: Sizes
) -> None:
    """Fill the ring round the move that is under way, in place."""
    disc = _discs(legend.w, legend.h, sizes)[MOVES.index(progress.move)]
    at = Rect(legend.x + disc.x, legend.y + disc.y, disc.w, disc.h)
    draw_ring(canvas, at, progress.share, RIGHT, sizes)


def _discs(width: int, height: int, sizes: Sizes) -> tuple[Rect, ...]:
    """The moves' places in the legend."""
    words = sizes.px(0.075)
    top = sizes.px(0.018)
    side = min(height - words - top, width // 3 - sizes.padding)
    return tuple(
        Rect(width * (2 * i + 1) // 6 - side // 2, top, side, side) for i in range(len(MOVES))
    )


def _arms(move: Move, mirrored: bool) -> Sketch:
    """The upper body with arms as a move has them, as one sees oneself."""
    # In a mirror one's own right is on the right; a camera shows it on the left.
    right = 1.0 if mirrored else -1.0
    up = {"next": (right,), "previous": (-right,), "choose": (1.0, -1.0)}[move]
    return Sketch(
        limbs=(
            (ARM, ((0.0, 0.80), (0.0, 0.93))),
            (0.17, ((-0.03, 0.75), (-0.02, 0.60))),
            (0.17, ((0.03, 0.75), (0.02, 0.60))),
            *(_arm(s, False) for s in (1.0, -1.0) if s not in up),
        ),
        moved=tuple(_arm(s, True) for s in up),
        head=(0.0, 0.95),
        frame=((-0.36, 0.5), (0.36, 1.22)),
    )


def _arm(side: float, up: bool) -> Limb:
    points: tuple[Point, ...] = ((0.11, 0.79), (0.16, 0.66), (0.15, 0.52))
    if up:
        points = ((0.11, 0.79), (0.16, 0.98), (0.14, 1.18))
    return (0.065, tuple((side * x, y) for x, y in points))
