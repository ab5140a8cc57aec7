"""A small drawing of a movement: a figure, where its limbs go, and arrows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.figures import ARM, HEAD, Figure, Limb, Point
from posecoach.feedback.geometry import Rect
from posecoach.feedback.theme import BONE, MUTED, RIGHT, Colour

_SHIFT = 4
"""Points are given to OpenCV in sixteenths of pixels."""
_LINE = 0.022
"""Thickness of things and arrows, in shares of the drawing's larger side."""
_HEAD_OF_ARROW = 0.075


@dataclass(frozen=True, slots=True)
class Sketch:
    """A movement as lines, in any unit, x to the right and y up.

    Attributes:
        limbs: What of the body stays as it is.
        moved: Where what moves goes to: in another colour.
        arrows: Lines with a point at their end.
        things: Floor, wall, chair, towel.
        head: Its middle, with the radius of :data:`~.figures.HEAD`; None draws none.
        frame: Lower left and upper right of what is shown, for drawings that should be of one
            size; None takes all there is.
    """

    limbs: tuple[Limb, ...] = ()
    moved: tuple[Limb, ...] = ()
    arrows: tuple[tuple[Point, ...], ...] = ()
    things: tuple[tuple[Point, ...], ...] = ()
    head: Point | None = None
    frame: tuple[Point, Point] | None = None

    @classmethod
    def of(cls, figure: Figure) -> Self:
        """A posture without any movement."""
        neck: Limb = (ARM, (figure.head, figure.neck))
        return cls((neck, *figure.limbs), things=figure.things, head=figure.head)

    def bounds(self) -> NDArray[np.float64]:
        """The corners of what is shown: lower left and upper right, (2, 2)."""
        if self.frame is not None:
            return np.array(self.frame)
        low: list[NDArray[np.float64]] = []
        high: list[NDArray[np.float64]] = []
        lines: list[Limb] = [*self.limbs, *self.moved]
        lines += [(0.03, line) for line in (*self.arrows, *self.things)]
        if self.head is not None:
            lines.append((2 * HEAD, (self.head,)))
        for thick, line in lines:
            points = np.array(line)
            low.append(points.min(axis=0) - thick / 2)
            high.append(points.max(axis=0) + thick / 2)
        return np.array((np.min(low, axis=0), np.max(high, axis=0)))


def draw_sketch(
    face: NDArray[np.uint8], area: Rect, sketch: Sketch, body: Colour = BONE, moving: Colour = RIGHT
) -> None:
    """Draw it as large as it fits into an area, in its middle; in place.

    Args:
        face: (height, width, 3) RGB.
        area: Where, in pixels.
        sketch: What.
        body: Colour of what stays.
        moving: Colour of what moves, and of arrows.
    """
    low, high = sketch.bounds()
    span = high - low
    scale = float(min(area.w / span[0], area.h / span[1]))
    corner = np.array((area.x + (area.w - scale * span[0]) / 2, 0.0))
    bottom = area.bottom - (area.h - scale * span[1]) / 2

    def at(line: tuple[Point, ...]) -> NDArray[np.int32]:
        xy = (np.array(line) - low) * scale
        xy[:, 0] += corner[0]
        xy[:, 1] = bottom - xy[:, 1]
        return np.asarray(np.round(xy * (1 << _SHIFT)), np.int32)

    def stroke(line: tuple[Point, ...], width: float, colour: Colour) -> None:
        thick = max(1, round(width))
        cv2.polylines(face, [at(line)], False, colour, thick, cv2.LINE_AA, _SHIFT)

    fine = _LINE * float(max(span)) * scale
    for thing in sketch.things:
        stroke(thing, fine, MUTED)
    for thickness, line in sketch.limbs:
        stroke(line, thickness * scale, body)
    if sketch.head is not None:
        x, y = at((sketch.head,))[0]
        radius = round(HEAD * scale * (1 << _SHIFT))
        cv2.circle(face, (int(x), int(y)), radius, body, -1, cv2.LINE_AA, _SHIFT)
    for thickness, line in sketch.moved:
        stroke(line, thickness * scale, moving)
    for arrow in sketch.arrows:
        stroke(arrow, 1.3 * fine, moving)
        cv2.fillPoly(face, [at(_point(arrow, float(max(span))))], moving, cv2.LINE_AA, _SHIFT)


def _point(arrow: tuple[Point, ...], size: float) -> tuple[Point, ...]:
    """The triangle at an arrow's end."""
    tip, before = np.array(arrow[-1]), np.array(arrow[-2])
    along = (tip - before) / np.linalg.norm(tip - before) * _HEAD_OF_ARROW * size
    across = np.array((-along[1], along[0])) * 0.6
    corners = (tip + along * 0.8, tip - along * 0.2 + across, tip - along * 0.2 - across)
    return tuple((float(x), float(y)) for x, y in corners)
