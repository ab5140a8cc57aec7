"""The close-ups of the feet, shown large beside the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import cv2
import numpy as np

from posecoach.feedback.geometry import Rect
from posecoach.feedback.panel import Panel
from posecoach.feedback.text import draw_line, text_width
from posecoach.feedback.theme import INK, OUTLINE, RIGHT, Sizes
from posecoach.feedback.wording import phrase
from posecoach.frames import Image
from posecoach.pose import FootView, Pose

_SIDE, _GAP, _LABEL = 0.24, 0.012, 0.05
"""Side of a close-up, gaps and height of the words, in shares of the theme's unit."""
_SCALES = (1.0, 0.85, 0.7)
"""Where nothing is free for it at its full size, it is smaller."""
_LARGER = 15.0
"""Arrows are so much longer than the movement: toes that curl move by a fiftieth of a foot,
and at 6 times that the arrow was a dot."""
_SHOWN = 0.006
"""Movements below this, in lengths of the foot, are the flow's noise and get no arrow."""


class Inset:
    """Draws the close-ups in one frame after another, and stays where it is while it can."""

    def __init__(self) -> None:
        self._place: tuple[float, float] = (1.0, 1.0)
        self._scale = _SCALES[0]

    def draw(
        self,
        picture: Image,
        image: Image,
        pose: Pose,
        taken: Sequence[Rect],
        sizes: Sizes,
        mirrored: bool,
        alone: bool,
    ) -> Rect | None:
        """Draw into ``picture``; where, or None where there is no close-up.

        Args:
            picture: What is shown, changed in place.
            image: The frame itself, not mirrored.
            pose: With its close-ups.
            taken: Where it must not be, the most important first.
            sizes: Of the picture.
            mirrored: Whether ``picture`` is mirrored; the close-ups are then too, and the
                left one is on the side on which it is seen.
            alone: Whether there is no body to go by, which is said.
        """
        views = [view for view in pose.feet if view is not None]
        # Each where its foot is seen.
        views.sort(key=lambda view: view.box[0] * (-1 if mirrored else 1))
        if not views:
            return None
        gap, label = sizes.px(_GAP), sizes.px(_LABEL)
        words = phrase("close_up_alone" if alone else "close_up")
        size = sizes.px(0.036)
        least = text_width(words, size) + 4 * gap
        sides = {}
        for scale in _SCALES:
            width = max(len(views) * (sizes.px(scale * _SIDE) + gap) + gap, least)
            # One foot alone gets the room of the words over it.
            sides[scale] = min((width - gap) // len(views) - gap, sizes.height // 3)
        boxes = {
            scale: (max(len(views) * (side + gap) + gap, least), side + label + 2 * gap)
            for scale, side in sides.items()
        }
        box = self._free(boxes, taken, sizes)
        side = sides[self._scale]
        first = (box.w - len(views) * (side + gap) + gap) // 2
        panel = Panel(box.w, box.h, sizes.px(0.016))
        draw_line(panel.face, words, 2 * gap, gap + round(0.75 * label), size, INK)
        panel.lay(picture, box.x, box.y)
        for number, view in enumerate(views):
            x, y = box.x + first + number * (side + gap), box.y + gap + label
            picture[y : y + side, x : x + side] = _close_up(image, view, side, mirrored)
        return box

    def _free(
        self, boxes: Mapping[float, tuple[int, int]], taken: Sequence[Rect], sizes: Sizes
    ) -> Rect:
        """Where it clashes least, as large as it can be there; ``boxes`` by their scale."""

        def at(scale: float, place: tuple[float, float]) -> Rect:
            gap, (width, height) = sizes.margin, boxes[scale]
            x = gap + place[0] * (sizes.width - 2 * gap - width)
            y = gap + place[1] * (sizes.height - 2 * gap - height)
            return Rect(int(x), int(y), width, height)

        def clashes(scale: float, place: tuple[float, float]) -> int:
            # The first of them weighs more than all after it.
            box = at(scale, place)
            return sum(2 ** (len(taken) - i) for i, rect in enumerate(taken) if box.overlaps(rect))

        now = clashes(self._scale, self._place)
        if now:
            places = [(s, (x, y)) for s in _SCALES for y in (1.0, 0.0, 0.5) for x in (1.0, 0.0)]
            best = min(places, key=lambda each: clashes(*each))
            if clashes(*best) < now:
                self._scale, self._place = best
        return at(self._scale, self._place)


def _close_up(image: Image, view: FootView, side: int, mirrored: bool) -> Image:
    """A foot and an arrow for where its toes are against their rest, (side, side, 3)."""
    left, top, right, bottom = view.box
    height, width = image.shape[:2]
    edges = (max(0, -top), max(0, bottom - height), max(0, -left), max(0, right - width))
    inner = image[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    if any(edges):
        bordered = cv2.copyMakeBorder(inner, *edges, borderType=cv2.BORDER_REPLICATE)
        inner = np.asarray(bordered, np.uint8)
    shown = np.asarray(cv2.resize(inner, (side, side), interpolation=cv2.INTER_LINEAR), np.uint8)
    if mirrored:
        shown = np.ascontiguousarray(shown[:, ::-1])
    way = view.toes.copy()
    if float(np.hypot(*way)) < _SHOWN:
        return shown
    if mirrored:
        way[0] = -way[0]
    reach = way * view.foot_px * side / (right - left) * _LARGER
    reach *= min(1.0, 0.45 * side / max(1.0, float(np.hypot(*reach))))
    middle = (side // 2, side // 2)
    tip = (round(side / 2 + float(reach[0])), round(side / 2 + float(reach[1])))
    thick = max(2, side // 40)
    cv2.arrowedLine(shown, middle, tip, OUTLINE, 2 * thick, cv2.LINE_AA, tipLength=0.35)
    cv2.arrowedLine(shown, middle, tip, RIGHT, thick, cv2.LINE_AA, tipLength=0.35)
    return shown
