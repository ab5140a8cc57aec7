"""The last picture of a workout: what was done, exercise by exercise."""

from __future__ import annotations

from collections.abc import Sequence

import cv2

from posecoach.feedback.panel import Panel
from posecoach.feedback.tally import Outcome
from posecoach.feedback.text import BOLD, CAP_HEIGHT, draw_fitted, draw_line, fit
from posecoach.feedback.theme import INK, MUTED, RIGHT, WRONG, Colour, Sizes
from posecoach.feedback.wording import phrase
from posecoach.frames import Image

_MARKS: dict[str, Colour] = {"done": RIGHT, "partly": WRONG, "not": MUTED}


class Closing:
    """Draws what came of a workout over the camera's picture.

    Args:
        heading: The program and how far it got.
        outcomes: What came of each exercise.
        picker: Whether one can go on from there to choose something else, by raised arms too.
    """

    def __init__(self, heading: str, outcomes: Sequence[Outcome], picker: bool = False) -> None:
        self._heading = heading
        self._picker = picker
        self._outcomes = tuple(outcomes)
        self._drawn: tuple[tuple[int, int], Panel] | None = None

    def draw(self, image: Image) -> Image:
        """A new RGB picture of the same size with the list over it."""
        height, width = image.shape[:2]
        if self._drawn is None or self._drawn[0] != (width, height):
            self._drawn = ((width, height), self._panel(Sizes.of(width, height)))
        canvas = image.copy()
        panel = self._drawn[1]
        rows, columns = panel.face.shape[:2]
        panel.lay(canvas, (width - columns) // 2, (height - rows) // 2)
        return canvas

    def _panel(self, sizes: Sizes) -> Panel:
        width = sizes.width - 2 * sizes.margin
        pad = sizes.px(0.045)
        inner = width - 2 * pad
        heading = fit(self._heading, inner, sizes.cue, sizes.px(0.041, 8), 2, BOLD)
        head = pad + heading.height + pad
        foot = sizes.px(0.095 if self._picker else 0.070)
        room = sizes.height - 2 * sizes.margin - head - foot
        row = min(sizes.px(0.135), room // max(1, len(self._outcomes)))
        panel = Panel(width, head + row * len(self._outcomes) + foot, sizes.radius)
        draw_fitted(panel.face, heading, pad, pad, INK)
        for i, outcome in enumerate(self._outcomes):
            self._draw_row(panel.face, outcome, head + i * row, row, sizes)
        # What raised arms do is read from afar, a key is not.
        keys = fit(phrase("closing_keys"), inner, sizes.px(0.032, 8), 8)
        if self._picker:
            keys = fit(phrase("closing_again"), inner, sizes.state, 8)
        baseline = panel.face.shape[0] - foot // 2 + round(keys.size * CAP_HEIGHT / 2)
        draw_line(panel.face, keys.lines[0], pad, baseline, keys.size, MUTED)
        return panel

    def _draw_row(self, face: Image, outcome: Outcome, top: int, row: int, sizes: Sizes) -> None:
        """Name over words where there is room for two lines, else beside them."""
        pad, r = sizes.px(0.045), sizes.px(0.016, 2)
        x = pad + 3 * r
        room = face.shape[1] - x - pad
        two = row >= sizes.px(0.105)
        name_w = room if two else round(0.40 * room)
        size = min(sizes.title, round(0.62 * row))
        name = fit(outcome.name, name_w, size, 8, 1, BOLD)
        words_w = room if two else room - name_w
        least = sizes.px(0.026, 8)
        words = fit(outcome.words, words_w, min(sizes.state, size), least)
        gap = sizes.px(0.020)
        start = top + (row - name.height - (gap + words.height if two else 0)) // 2
        middle = (pad + r, start + name.height // 2)
        colour = _MARKS[outcome.how]
        cv2.circle(face, middle, r, colour, -1 if outcome.how == "done" else r // 3, cv2.LINE_AA)
        draw_fitted(face, name, x, start, INK)
        if two:
            draw_fitted(face, words, x, start + name.height + gap, MUTED)
        else:
            draw_fitted(face, words, x + name_w, start + name.height - words.height, MUTED)
