"""The last picture of a workout: what was done, exercise by exercise."""

from __future__ import annotations

import re
from collections.abc import Sequence

import cv2

from posecoach.feedback.panel import Panel
from posecoach.feedback.tally import Outcome
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
from posecoach.feedback.theme import INK, MUTED, RIGHT, WRONG, Colour, Sizes
from posecoach.feedback.wording import phrase
from posecoach.frames import Image

_ASIDE = re.compile(r" \([^()]*\)")
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
        heading = fit(self._heading, inner, sizes.heading, sizes.px(0.041, 8), 2, BOLD)
        head = pad + heading.height + pad
        foot = sizes.px(0.095 if self._picker else 0.070)
        room = sizes.height - 2 * sizes.margin - head - foot
        row = min(sizes.px(0.135), room // max(1, len(self._outcomes)))
        panel = Panel(width, head + row * len(self._outcomes) + foot, sizes.radius)
        draw_fitted(panel.face, heading, pad, pad, INK)
        self._draw_rows(panel.face[head:], row, sizes)
        # What raised arms do is read from afar, a key is not.
        keys = fit(phrase("closing_keys"), inner, sizes.px(0.032, 8), 8)
        if self._picker:
            keys = fit(phrase("closing_again"), inner, sizes.small, 8)
        baseline = panel.face.shape[0] - foot // 2 + round(keys.size * CAP_HEIGHT / 2)
        draw_line(panel.face, keys.lines[0], pad, baseline, keys.size, MUTED)
        return panel

    def _draw_rows(self, face: Image, row: int, sizes: Sizes) -> None:
        """Names over words where there is room for two lines, else beside them.

        All names have one size and all words another, the largest that all of them fit in.
        """
        pad, r = sizes.px(0.045), sizes.px(0.016, 2)
        x = pad + 3 * r
        room = face.shape[1] - x - pad
        two = row >= sizes.px(0.105)
        gap = sizes.px(0.020)

        def columns(name_w: int, words_w: int) -> tuple[list[Fitted], list[Fitted]]:
            names = _alike([each.name for each in self._outcomes], name_w, sizes.title, BOLD, row)
            said = [_short(each.words, words_w, sizes) for each in self._outcomes]
            return names, _alike(said, words_w, min(sizes.small, names[0].size), REGULAR, row)

        name_w = room
        names, said = columns(room, room)
        if not two:
            widths = [round(share / 100 * room) for share in range(35, 61, 5)]
            name_w = max(widths, key=lambda w: columns(w, room - w - gap)[1][0].size)
            names, said = columns(name_w, room - name_w - gap)
        for i, (outcome, name, words) in enumerate(zip(self._outcomes, names, said, strict=True)):
            high = name.height + (gap + words.height if two else 0)
            top = i * row + (row - high) // 2
            middle = (pad + r, top + name.height // 2)
            filled = outcome.how == "done"
            colour = _MARKS[outcome.how]
            cv2.circle(face, middle, r, colour, -1 if filled else max(1, r // 3), cv2.LINE_AA)
            draw_fitted(face, name, x, top, INK)
            if two:
                draw_fitted(face, words, x, top + name.height + gap, MUTED)
            else:
                draw_fitted(face, words, x + name_w + gap, top + name.height - words.height, MUTED)


def _alike(texts: Sequence[str], width: int, size: int, weight: int, row: int) -> list[Fitted]:
    """One line each, in the largest size in which all of them fit."""
    most = min(size, round(0.62 * row))
    size = min((fit(text, width, most, 8, 1, weight).size for text in texts), default=most)
    return [fit(text, width, size, size, 1, weight) for text in texts]


def _short(words: str, width: int, sizes: Sizes) -> str:
    """Without what is told in brackets, where that would need small letters."""
    return words if text_width(words, sizes.px(0.032, 8)) <= width else _ASIDE.sub("", words)
