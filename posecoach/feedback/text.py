"""Text in OpenCV's built-in TrueType font: measured, fitted, wrapped, drawn.

The font draws Latin, Greek and Cyrillic; its digits all have one width, so a running
number does not wobble. A font face is not safe to share between threads, so draw from
one thread.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.theme import Colour

REGULAR, BOLD = 420, 640
"""Font weights, 100 to 1000. Light strokes drown in a picture seen from three metres."""

CAP_HEIGHT = 0.75
"""Height of a capital as a share of the font size; measured on "H"."""

_MEASURED = 48
"""Largest font size in pixels that is measured itself."""
_ROUNDING = 1.015
"""Advances are rounded to whole pixels, at most half of one in 34 at that size."""

LINE_HEIGHT = 1.18
"""From baseline to baseline, as a share of the font size."""


_GAP = re.compile(r"(?<!\d) +(?![:;!?»])")
"""Where a line may end: not between a number and what it counts, nor before a mark that
French sets apart from its word."""


@lru_cache(maxsize=1)
def _face() -> cv2.FontFace:
    return cv2.FontFace("sans")


def text_width(text: str, size: int, weight: int = REGULAR) -> int:
    """Width in pixels of one line of text, rounded up."""
    # Small letters are set to whole pixels; large ones grow in proportion, and measuring
    # them costs as much as drawing them, so one measurement serves all large sizes.
    if size <= _MEASURED:
        return _measure(text, size, weight)
    return math.ceil(_measure(text, _MEASURED, weight) * size / _MEASURED * _ROUNDING)


@lru_cache(maxsize=2048)
def _measure(text: str, size: int, weight: int) -> int:
    _, _, width, _ = cv2.getTextSize((0, 0), text, (0, 0), _face(), size, weight)
    return int(width)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Text cut into lines at a size that fits.

    Attributes:
        lines: The lines, top to bottom.
        size: Font size in pixels.
        weight: Font weight.
        width: Of the widest line, in pixels.
        height: From the top of the first line's capitals to the last line's baseline.
    """

    lines: tuple[str, ...]
    size: int
    weight: int
    width: int
    height: int


@lru_cache(maxsize=256)
def fit(
    text: str, width: int, size: int, least: int, lines: int = 1, weight: int = REGULAR
) -> Fitted:
    """Break text into at most ``lines`` lines of ``width`` pixels, as large as it fits.

    Args:
        text: Words divided by spaces.
        width: Room in pixels.
        size: Font size to begin with.
        least: Smallest font size. Text that does not fit even then loses its end to an
            ellipsis.
        lines: Most lines that may be used.
        weight: Font weight.
    """
    broken: list[str] = []
    for now in range(size, least - 1, -1):
        broken = _break(text, width, now, weight)
        if len(broken) <= lines and max(text_width(b, now, weight) for b in broken) <= width:
            return _fitted(broken, now, weight)
    kept = broken[:lines] if broken else [text]
    cut = len(broken) > lines
    kept = [_cut(line, width, least, weight, cut and line is kept[-1]) for line in kept]
    return _fitted(kept, least, weight)


def _fitted(lines: list[str], size: int, weight: int) -> Fitted:
    width = max(text_width(line, size, weight) for line in lines)
    height = round(size * (CAP_HEIGHT + LINE_HEIGHT * (len(lines) - 1)))
    return Fitted(tuple(lines), size, weight, width, height)


def _break(text: str, width: int, size: int, weight: int) -> list[str]:
    lines = [""]
    for word in _GAP.split(text.strip()):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size, weight) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _cut(line: str, width: int, size: int, weight: int, more: bool) -> str:
    if not more and text_width(line, size, weight) <= width:
        return line
    while line and text_width(line + "…", size, weight) > width:
        line = line[:-1]
    return line.rstrip() + "…"


def draw_line(
    image: NDArray[np.uint8],
    text: str,
    x: int,
    baseline: int,
    size: int,
    colour: Colour,
    weight: int = REGULAR,
) -> None:
    """Draw one line in place, its left end at ``x`` and standing on ``baseline``."""
    cv2.putText(image, text, (x, baseline), colour, _face(), size, weight)


def draw_fitted(image: NDArray[np.uint8], fitted: Fitted, x: int, top: int, colour: Colour) -> None:
    """Draw lines in place; ``top`` is where the first line's capitals begin."""
    baseline = top + fitted.size * CAP_HEIGHT
    for line in fitted.lines:
        draw_line(image, line, x, round(baseline), fitted.size, colour, fitted.weight)
        baseline += fitted.size * LINE_HEIGHT
