"""The result of the heel-raise test as a picture: each leg's curve, and what it says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.geometry import Rect
from posecoach.feedback.heel_raise_words import heights, words_of
from posecoach.feedback.height_curve import draw_heights
from posecoach.feedback.panel import Panel
from posecoach.feedback.text import BOLD, REGULAR, draw_fitted, fit
from posecoach.feedback.theme import INK, MUTED, PANEL, RIGHT, Colour, Sizes
from posecoach.feedback.wording import phrase
from posecoach.frames import Image
from posecoach.session.heel_raise_leg import HEIGHT_SHARE, LegResult
from posecoach.session.norms import Subject

_SIZE = (1280, 720)
"""Of the picture by itself."""


class ResultCard:
    """Draws what came of a test over the camera's picture.

    Args:
        results: Of each leg, in the order of the test.
        subject: Who was tested.
        picker: Whether one can go on from there to choose something else, by raised arms too.
    """

    def __init__(
        self, results: Sequence[LegResult], subject: Subject, picker: bool = False
    ) -> None:
        self._results = tuple(results)
        self._subject = subject
        self._picker = picker
        self._drawn: tuple[tuple[int, int], Panel] | None = None

    def draw(self, image: Image, *, keys: bool = True) -> Image:
        """A new RGB picture of the same size with the result over it."""
        height, width = image.shape[:2]
        if self._drawn is None or self._drawn[0] != (width, height):
            panel = self._panel(Sizes.of(width, height), keys)
            self._drawn = ((width, height), panel)
        canvas = image.copy()
        panel = self._drawn[1]
        rows, columns = panel.face.shape[:2]
        panel.lay(canvas, (width - columns) // 2, (height - rows) // 2)
        return canvas

    def alone(self) -> Image:
        """The result by itself, 1280 by 720."""
        width, height = _SIZE
        return self.draw(np.full((height, width, 3), PANEL, np.uint8), keys=False)

    def _panel(self, sizes: Sizes, keys: bool) -> Panel:
        width, height = sizes.width - 2 * sizes.margin, sizes.height - 2 * sizes.margin
        panel = Panel(width, height, sizes.radius)
        face, pad = panel.face, sizes.px(0.035)
        inner = width - 2 * pad
        heading = fit(phrase("heel_raise_test"), inner, sizes.target, sizes.px(0.041, 8), 1, BOLD)
        draw_fitted(face, heading, pad, pad, INK)
        foot = self._draw_foot(face, Rect(pad, 0, inner, height - pad), sizes, keys)
        top = 2 * pad + heading.height
        room = Rect(pad, top, inner, foot - pad - top)
        legs = list(zip(_split(room, len(self._results), pad), self._results, strict=True))
        heads = [self._draw_leg(face, area, result, sizes) for area, result in legs]
        for area, result in legs:
            self._draw_curve(face, area, max(heads), result, sizes)
        return panel

    def _draw_leg(
        self, face: NDArray[np.uint8], area: Rect, result: LegResult, sizes: Sizes
    ) -> int:
        """What a leg did, in figures and words; their height."""
        gap = sizes.px(0.016)
        number = fit(str(result.reps), area.w // 2, sizes.px(0.15), 8, 1, BOLD)
        draw_fitted(face, number, area.x, area.y, RIGHT)
        x = area.x + number.width + gap
        room = area.right - x
        side = fit(phrase(f"side_{result.side}"), room, sizes.title, 8, 1, BOLD)
        draw_fitted(face, side, x, area.y, INK)
        words = [", ".join(heights(result)), phrase(f"end_{result.end}")]
        y = area.y + side.height + gap
        for text in words:
            if text:
                line = fit(text, room, sizes.px(0.033, 8), 8, 2)
                draw_fitted(face, line, x, y, MUTED)
                y += line.height + gap
        return max(y - area.y, number.height + gap) + gap // 2

    def _draw_curve(
        self, face: NDArray[np.uint8], area: Rect, head: int, result: LegResult, sizes: Sizes
    ) -> None:
        curve = Rect(area.x, area.y + head, area.w, max(1, area.h - head))
        start = result.start_cm
        most = max((len(each.raises) for each in self._results), default=0)
        best = max((each.best_cm or 0.0 for each in self._results), default=0.0)
        least = None if start is None else HEIGHT_SHARE * start
        size = sizes.px(0.03, 8)
        # One scale for both legs, or they could not be compared.
        draw_heights(face, curve, result.raises, least, size, max(10, most), max(10.0, best))

    def _draw_foot(self, face: NDArray[np.uint8], area: Rect, sizes: Sizes, keys: bool) -> int:
        """The lines below, from the bottom up; the uppermost one's top."""
        words = words_of(self._results, self._subject)
        small = sizes.px(0.026, 8)
        lines: list[tuple[str, int, Colour, int]] = [
            (words.both, sizes.px(0.035, 8), INK, REGULAR),
            (words.norm, sizes.px(0.035, 8), INK, REGULAR),
            *((note, small, MUTED, REGULAR) for note in words.notes[:-1]),
            (words.notes[-1], sizes.title, INK, BOLD),
        ]
        if keys and self._picker:
            # What raised arms do is read from afar, a key is not.
            lines.append((phrase("closing_again"), sizes.state, MUTED, REGULAR))
        elif keys:
            lines.append((phrase("closing_keys"), small, MUTED, REGULAR))
        y = area.bottom
        for text, size, colour, weight in reversed(lines):
            if text:
                line = fit(text, area.w, size, min(size, 8), 2, weight)
                y -= line.height
                draw_fitted(face, line, area.x, y, colour)
                y -= sizes.px(0.018)
        return y


def _split(area: Rect, count: int, gap: int) -> list[Rect]:
    """The area in so many parts: beside each other, in a portrait picture below each other."""
    count = max(1, count)
    if area.w >= area.h:
        each = (area.w - gap * (count - 1)) // count
        return [Rect(area.x + i * (each + gap), area.y, each, area.h) for i in range(count)]
    each = (area.h - gap * (count - 1)) // count
    return [Rect(area.x, area.y + i * (each + gap), area.w, each) for i in range(count)]
