"""A list of exercises to choose from, drawn over the camera's picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from posecoach.errors import UsageError
from posecoach.feedback.geometry import Rect
from posecoach.feedback.keys import Key
from posecoach.feedback.panel import Panel
from posecoach.feedback.text import BOLD, CAP_HEIGHT, draw_fitted, draw_line, fit
from posecoach.feedback.theme import FAINT, INK, MUTED, PANEL, RIGHT, Sizes
from posecoach.feedback.wording import phrase
from posecoach.frames import Image


@dataclass(frozen=True, slots=True)
class PickerItem:
    """One line of the picker.

    Attributes:
        id: What is returned when it is chosen.
        title: Its name.
        line: A few words about it.
    """

    id: str
    title: str
    line: str = ""


class Picker:
    """Which exercise is selected, and how that looks.

    Arrows move the selection and wrap round, Enter chooses, a digit chooses that line,
    a click chooses the line under it.

    Args:
        items: What there is to choose from.

    Raises:
        UsageError: If there is nothing.
    """

    def __init__(self, items: Sequence[PickerItem]) -> None:
        if not items:
            raise UsageError("no exercises to choose from: no definition was found; reinstall")
        self._items = tuple(items)
        self._selected = 0
        self._first = 0
        self._rows: dict[int, Rect] = {}
        self._drawn: tuple[tuple[int, int, int, int], Panel] | None = None

    @property
    def selected(self) -> PickerItem:
        """What Enter would choose."""
        return self._items[self._selected]

    def handle(self, key: Key) -> str | None:
        """Take a key; the id of what it chose, or None."""
        if key in (Key.UP, Key.DOWN):
            step = 1 if key is Key.DOWN else -1
            self._selected = (self._selected + step) % len(self._items)
        elif key is Key.ENTER:
            return self.selected.id
        elif key.number is not None and key.number <= len(self._items):
            self._selected = key.number - 1
            return self.selected.id
        return None

    def click(self, x: int, y: int) -> str | None:
        """Take a click in pixels of the last drawn picture; the id it chose, or None."""
        for index, row in self._rows.items():
            if row.overlaps(Rect(x, y, 1, 1)):
                self._selected = index
                return self.selected.id
        return None

    def draw(self, image: Image) -> Image:
        """A new RGB picture of the same size with the list over it."""
        height, width = image.shape[:2]
        sizes = Sizes.of(width, height)
        canvas = image.copy()
        margin = sizes.margin
        row, head, foot = sizes.px(0.108), sizes.px(0.115), sizes.px(0.070)
        panel_w = min(width - 2 * margin, sizes.px(1.35))
        room = max(1, (height - 2 * margin - head - foot) // row)
        shown = min(room, len(self._items))
        self._first = min(max(self._first, self._selected - shown + 1), self._selected)
        panel_h = head + shown * row + foot
        x, y = (width - panel_w) // 2, (height - panel_h) // 2
        state = (width, height, self._selected, self._first)
        if self._drawn is None or self._drawn[0] != state:
            self._drawn = (state, self._panel(panel_w, panel_h, shown, row, head, sizes))
        self._drawn[1].lay(canvas, x, y)
        self._rows = {
            self._first + i: Rect(x, y + head + i * row, panel_w, row) for i in range(shown)
        }
        return canvas

    def _panel(
        self, width: int, height: int, shown: int, row: int, head: int, sizes: Sizes
    ) -> Panel:
        panel = Panel(width, height, sizes.radius)
        face, pad = panel.face, sizes.px(0.045)
        heading = fit(phrase("pick_title"), width - 2 * pad, sizes.target, 8, 1, BOLD)
        draw_fitted(face, heading, pad, (head - heading.height) // 2, INK)
        for i in range(shown):
            item = self._items[self._first + i]
            top = head + i * row
            chosen = self._first + i == self._selected
            if chosen:
                face[top : top + row, sizes.px(0.015) : width - sizes.px(0.040)] = RIGHT
            ink = PANEL if chosen else INK
            number = str(self._first + i + 1)
            x = pad + sizes.px(0.075)
            title = fit(item.title, width - x - pad, sizes.title, 8, 1, BOLD)
            line = fit(item.line, width - x - pad, sizes.px(0.036, 8), 8)
            gap = sizes.px(0.020)
            start = top + (row - title.height - gap - line.height) // 2
            draw_fitted(face, title, x, start, ink)
            draw_line(face, number, pad, start + title.height, title.size, ink, BOLD)
            draw_fitted(face, line, x, start + title.height + gap, PANEL if chosen else MUTED)
        if shown < len(self._items):
            self._draw_scroll_bar(face, shown, head, row, sizes)
        keys = fit(phrase("pick_keys"), width - 2 * pad, sizes.px(0.032, 8), 8)
        baseline = height - sizes.px(0.070) // 2 + round(keys.size * CAP_HEIGHT / 2)
        draw_line(face, keys.lines[0], pad, baseline, keys.size, MUTED)
        return panel

    def _draw_scroll_bar(self, face: Image, shown: int, head: int, row: int, sizes: Sizes) -> None:
        """Where in a long list the shown lines are."""
        right = face.shape[1] - sizes.px(0.022)
        left = right - sizes.px(0.008, 2)
        length = shown * row / len(self._items)
        face[head : head + shown * row, left:right] = FAINT
        start = head + round(self._first * length)
        face[start : start + round(shown * length), left:right] = INK
