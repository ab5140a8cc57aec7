"""Exercises and programs to choose from, drawn over the camera's picture.

One at a time is large, with its neighbours beside it: names are read at three metres (see
:class:`~posecoach.feedback.theme.Sizes`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from posecoach.errors import UsageError
from posecoach.feedback.geometry import Rect
from posecoach.feedback.keys import Key
from posecoach.feedback.picker_layout import Places, places_of
from posecoach.feedback.picker_panels import (
    MOVES,
    Face,
    draw_progress,
    legend_panel,
    small_tile,
    tile,
    title_panel,
    unseen_panel,
)
from posecoach.feedback.skeleton import draw_skeleton
from posecoach.feedback.sketch import Sketch
from posecoach.feedback.theme import INK, Sizes
from posecoach.feedback.wording import phrase
from posecoach.frames import Image
from posecoach.pose import SIDES, Pose, of_side
from posecoach.session.arm_menu import MoveProgress

Kind = Literal["exercise", "program", "test"]
_ARMS = tuple(of_side(joint, side) for joint in ("shoulder", "elbow", "wrist") for side in SIDES)


@dataclass(frozen=True, slots=True)
class PickerItem:
    """Something to choose.

    Attributes:
        kind: What it is.
        id: Its id among its kind.
        title: Its name.
        line: What is done in it, in a few words.
        time: How long it takes.
        sketches: Drawings: of an exercise its own, of a program those of its first exercises.
    """

    kind: Kind
    id: str
    title: str
    line: str = ""
    time: str = ""
    sketches: tuple[Sketch, ...] = ()


class Picker:
    """Which item is highlighted, and how that looks.

    Arrows move and wrap round, Enter chooses the highlighted one, a digit chooses the item of
    that number, a click the one under it.

    Args:
        items: What there is to choose from, in order.

    Raises:
        UsageError: If there is nothing.
    """

    def __init__(self, items: Sequence[PickerItem]) -> None:
        if not items:
            raise UsageError("nothing to choose from: no definition was found; reinstall")
        self._items = tuple(items)
        self._at = 0
        self._tiles: list[tuple[int, Rect]] = []

    @property
    def selected(self) -> PickerItem:
        """The highlighted one."""
        return self._items[self._at]

    def step(self, by: int) -> None:
        """Highlight another one: so many further on, and round."""
        self._at = (self._at + by) % len(self._items)

    def handle(self, key: Key) -> PickerItem | None:
        """Take a key; what it chose."""
        if key in (Key.UP, Key.LEFT, Key.DOWN, Key.RIGHT):
            self.step(1 if key in (Key.DOWN, Key.RIGHT) else -1)
        elif key is Key.ENTER:
            return self.selected
        elif key.number is not None and key.number <= len(self._items):
            self._at = key.number - 1
            return self.selected
        return None

    def click(self, x: int, y: int) -> PickerItem | None:
        """Take a click in pixels of the last drawn picture; what it chose."""
        for index, place in self._tiles:
            if place.overlaps(Rect(x, y, 1, 1)):
                self._at = index
                return self.selected
        return None

    def draw(
        self,
        image: Image,
        pose: Pose | None = None,
        *,
        mirrored: bool = True,
        progress: MoveProgress | None = None,
        seen: bool = True,
        notice: str = "",
    ) -> Image:
        """A new RGB picture of the same size with the list over it.

        Args:
            image: (height, width, 3), not mirrored. It is left as it is.
            pose: The body in it, to show that it is seen; None shows none.
            mirrored: Show the picture as in a mirror, and drawn arms where one's own are then.
            progress: A move of raised arms that is under way.
            seen: Whether arms can be told.
            notice: What to say instead of the question: the camera's trouble.
        """
        height, width = image.shape[:2]
        sizes = Sizes.of(width, height)
        places = places_of(sizes)
        seen_as = image.copy()
        if pose is not None and pose.found:
            draw_skeleton(seen_as, pose.pixels, _ARMS, INK, sizes)
        if mirrored:
            cv2.flip(seen_as, 1, dst=seen_as)
        kept = seen_as[:, : width - places.shift]
        # The room goes on under the tiles, where hardly anything of it shows.
        bordered = cv2.copyMakeBorder(kept, 0, 0, places.shift, 0, cv2.BORDER_REFLECT_101)
        canvas = np.asarray(bordered, np.uint8)
        head = notice or phrase("pick_title")
        title, legend = places.title, places.legend
        panel = title_panel(head, phrase("pick_keys"), title.w, title.h, sizes)
        panel.lay(canvas, title.x, title.y)
        self._tiles = [(self._at, places.chosen)]
        panel = tile(self._face(self._at), places.chosen.w, places.chosen.h, sizes)
        panel.lay(canvas, places.chosen.x, places.chosen.y)
        self._draw_neighbours(canvas, places, sizes)
        if seen:
            words = tuple(phrase(f"pick_{move}") for move in MOVES)
            panel = legend_panel(words, legend.w, legend.h, sizes, mirrored)
        else:
            panel = unseen_panel(phrase("pick_unseen"), legend.w, legend.h, sizes)
        panel.lay(canvas, legend.x, legend.y)
        if progress is not None and seen:
            draw_progress(canvas, progress, legend, sizes)
        return canvas

    def _draw_neighbours(self, canvas: Image, places: Places, sizes: Sizes) -> None:
        count = len(self._items)
        # Of two items the other one is shown once, and of one none.
        for by, place in ((-1, places.before), (1, places.after))[: count - 1]:
            index = (self._at + by) % count
            panel = small_tile(self._face(index), place.w, place.h, sizes)
            panel.lay(canvas, place.x, place.y)
            self._tiles.append((index, place))

    def _face(self, index: int) -> Face:
        item = self._items[index]
        number = f"{index + 1} / {len(self._items)}"
        return Face(item.title, item.line, item.time, number, item.sketches)
