"""The outline of where somebody should be: a plain figure for each posture.

Figures are in body heights, x to the picture's right, y up from the floor; upright ones face
to the right, lying ones have the head to the left: so is a body whose right side is nearer.
Proportions after Winter, Biomechanics and Motor Control of Human Movement, figure 4.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.checkers.definition import Posture
from posecoach.feedback.geometry import Rect, Zones
from posecoach.feedback.theme import INK, OUTLINE, RIGHT, Sizes
from posecoach.session.snapshot import SetupState

_Point = tuple[float, float]
_QUARTERS = 4
"""Points are given to OpenCV in quarters of pixels (its ``shift`` of 2)."""
_FINE = 2200
"""Height in pixels at which the figure's edge is found: smooth enough, and no larger for a
large picture."""
_ARM, _LEG, _FOOT, _HEAD = 0.055, 0.075, 0.05, 0.068


@dataclass(frozen=True, slots=True)
class _Figure:
    """Limbs as lines with a thickness, and the middle of the head.

    Attributes:
        head: Its middle.
        neck: Where it meets the trunk.
        limbs: Points joined one after the other, and how thick.
        things: What else is there, a wall or a seat.
        floor: Where the floor is, in shares of the picture's height from above.
    """

    head: _Point
    neck: _Point
    limbs: tuple[tuple[float, tuple[_Point, ...]], ...]
    things: tuple[tuple[_Point, ...], ...] = ()
    floor: float = 0.93

    @property
    def points(self) -> NDArray[np.float64]:
        x, y = self.head
        r = _HEAD
        found = [(x - r, y - r), (x + r, y + r)]
        for _, line in self.limbs:
            found += line
        for thing in self.things:
            found += thing
        return np.array(found)


def _both(thickness: float, *line: _Point) -> tuple[tuple[float, tuple[_Point, ...]], ...]:
    """A limb and its mirror image."""
    return ((thickness, line), (thickness, tuple((-x, y) for x, y in line)))


_STANDING_SIDE = _Figure(
    (0.015, 0.93),
    (0.0, 0.77),
    (
        (0.14, ((0.0, 0.77), (0.0, 0.55))),
        (_LEG, ((0.0, 0.53), (0.01, 0.29), (-0.01, 0.05))),
        (_FOOT, ((-0.03, 0.03), (0.11, 0.03))),
        (_ARM, ((0.0, 0.79), (-0.015, 0.63), (0.03, 0.47))),
    ),
)
_STANDING_FRONT = _Figure(
    (0.0, 0.93),
    (0.0, 0.76),
    (
        (0.16, ((-0.045, 0.76), (-0.02, 0.54))),
        (0.16, ((0.045, 0.76), (0.02, 0.54))),
        *_both(_LEG, (0.055, 0.53), (0.06, 0.29), (0.06, 0.05)),
        *_both(_FOOT, (0.06, 0.05), (0.075, 0.025)),
        *_both(_ARM, (0.11, 0.79), (0.15, 0.63), (0.165, 0.47)),
    ),
)
_WALL = _Figure(
    (0.16, 0.91),
    (0.10, 0.75),
    (
        (0.14, ((0.10, 0.75), (0.035, 0.54))),
        (_LEG, ((0.04, 0.51), (0.17, 0.28), (0.13, 0.05))),
        (_FOOT, ((0.12, 0.03), (0.25, 0.03))),
        (_LEG, ((0.02, 0.51), (-0.14, 0.28), (-0.29, 0.06))),
        (_FOOT, ((-0.31, 0.03), (-0.18, 0.03))),
        (_ARM, ((0.11, 0.77), (0.24, 0.70), (0.37, 0.80))),
    ),
    (((0.405, 0.0), (0.405, 0.98)),),
)
_CHAIR_SIDE = _Figure(
    (0.0, 0.70),
    (-0.02, 0.54),
    (
        (0.14, ((-0.02, 0.54), (0.0, 0.34))),
        (_LEG, ((0.01, 0.31), (0.24, 0.30), (0.24, 0.05))),
        (_FOOT, ((0.22, 0.03), (0.36, 0.03))),
        (_ARM, ((-0.015, 0.56), (0.03, 0.41), (0.17, 0.36))),
    ),
    (((-0.10, 0.52), (-0.09, 0.235), (0.15, 0.235), (0.15, 0.0)), ((-0.09, 0.235), (-0.10, 0.0))),
    floor=0.90,
)
_CHAIR_FRONT = _Figure(
    (0.0, 0.71),
    (0.0, 0.54),
    (
        (0.16, ((-0.045, 0.54), (-0.03, 0.34))),
        (0.16, ((0.045, 0.54), (0.03, 0.34))),
        *_both(0.09, (0.06, 0.31), (0.09, 0.26)),
        *_both(_LEG, (0.09, 0.26), (0.085, 0.05)),
        *_both(_FOOT, (0.085, 0.05), (0.10, 0.025)),
        *_both(_ARM, (0.11, 0.56), (0.15, 0.42), (0.09, 0.32)),
    ),
    (((-0.17, 0.24), (-0.17, 0.0)), ((0.17, 0.24), (0.17, 0.0))),
    floor=0.90,
)
_FLOOR = _Figure(
    (-0.04, 0.49),
    (-0.05, 0.32),
    (
        (0.14, ((-0.05, 0.32), (-0.01, 0.11))),
        (_LEG, ((0.0, 0.075), (0.24, 0.085), (0.47, 0.055))),
        (_FOOT, ((0.49, 0.04), (0.51, 0.15))),
        (_ARM, ((-0.055, 0.34), (-0.13, 0.19), (-0.17, 0.035))),
    ),
    floor=0.80,
)
_LYING = _Figure(
    (-0.42, 0.08),
    (-0.26, 0.075),
    (
        (0.13, ((-0.26, 0.075), (-0.05, 0.07))),
        (_LEG, ((0.0, 0.06), (0.24, 0.06), (0.47, 0.05))),
        (_FOOT, ((0.49, 0.035), (0.50, 0.14))),
        (_ARM, ((-0.28, 0.05), (-0.14, 0.03), (0.02, 0.03))),
    ),
    floor=0.72,
)
_LEG_UP = _Figure(
    _LYING.head,
    _LYING.neck,
    (
        *_LYING.limbs,
        (_LEG, ((0.0, 0.09), (0.02, 0.30), (0.02, 0.54))),
        (_FOOT, ((0.03, 0.56), (-0.09, 0.57))),
    ),
    floor=0.82,
)
_FIGURES: dict[tuple[Posture, Literal["side", "front"]], _Figure] = {
    ("standing", "side"): _STANDING_SIDE,
    ("standing", "front"): _STANDING_FRONT,
    ("wall", "side"): _WALL,
    ("wall", "front"): _STANDING_FRONT,
    ("chair", "side"): _CHAIR_SIDE,
    ("chair", "front"): _CHAIR_FRONT,
    ("floor", "side"): _FLOOR,
    ("floor", "front"): _FLOOR,
    ("lying", "side"): _LYING,
    ("lying", "front"): _LYING,
    ("leg_up", "side"): _LEG_UP,
    ("leg_up", "front"): _LEG_UP,
}
# Shares of the picture: a body of this height fills it as it should, with room for a rise
# and for raised arms; what is wider than the picture is made smaller. A picture on edge has
# room for the panels only above and below.
_TALL, _WIDE = 0.78, 0.84
_TALL_ON_EDGE, _FLOOR_ON_EDGE = 0.57, 0.79
_ON_EDGE = 1.2
"""Height over width from which on a picture is that."""
_POINTS = 6
"""Of each part of a limb, for the panels to keep clear of."""


def draw_outline(
    picture: NDArray[np.uint8], setup: SetupState, sizes: Sizes, mirrored: bool = False
) -> None:
    """Draw where somebody should be, in place.

    Args:
        picture: The shown picture, turned already where it is mirrored.
        setup: What is asked for.
        sizes: Of the picture.
        mirrored: Whether the picture is.
    """
    turned = (setup.near == "left") != mirrored
    edges, things = _edges(setup.posture, setup.seen_from, turned, sizes)
    colour = RIGHT if setup.right else INK
    for thickness, line_colour in ((sizes.bone + sizes.edge, OUTLINE), (sizes.bone, colour)):
        cv2.polylines(picture, edges, True, line_colour, thickness, cv2.LINE_AA, 2)
        cv2.polylines(picture, things, False, line_colour, thickness, cv2.LINE_AA, 2)


@lru_cache(maxsize=8)
def outline_zones(setup: SetupState, sizes: Sizes, mirrored: bool = False) -> Zones:
    """Where the outline is, which panels keep clear of; see :func:`draw_outline`."""
    placed = _Placed.of(setup.posture, setup.seen_from, (setup.near == "left") != mirrored, sizes)
    figure, reach = placed.figure, _HEAD * placed.scale

    def around(line: tuple[_Point, ...], pad: float) -> Rect:
        low, high = placed.at(line).min(axis=0) - pad, placed.at(line).max(axis=0) + pad
        return Rect(*(round(float(value)) for value in (*low, *(high - low))))

    feet = [around(line, reach / 2) for thickness, line in figure.limbs if thickness == _FOOT]
    shares = np.linspace(0.0, 1.0, _POINTS)[:, None]
    body = np.vstack(
        [
            start * (1 - shares) + end * shares
            for line in (*(line for _, line in figure.limbs), *figure.things)
            for start, end in pairwise(placed.at(line))
        ]
    )
    weights = np.full(len(body), 1 / len(body))
    return Zones(around((figure.head,), reach), (feet[0], feet[-1]), body, weights)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A figure in a picture: scale and where its origin is, in pixels."""

    figure: _Figure
    scale: float
    flip: float
    origin: tuple[float, float]

    @classmethod
    def of(
        cls, posture: Posture, seen_from: Literal["side", "front"], turned: bool, sizes: Sizes
    ) -> _Placed:
        figure = _FIGURES[posture, seen_from]
        low, high = figure.points.min(axis=0), figure.points.max(axis=0)
        on_edge = sizes.height > _ON_EDGE * sizes.width
        tall, floor = _TALL, figure.floor
        if on_edge:
            tall, floor = _TALL_ON_EDGE, min(floor, _FLOOR_ON_EDGE)
        scale = min(
            tall * sizes.height / max(0.75, high[1]), _WIDE * sizes.width / (high[0] - low[0])
        )
        flip = -1.0 if turned else 1.0
        middle = sizes.width / 2 - flip * scale * (low[0] + high[0]) / 2
        return cls(figure, float(scale), flip, (float(middle), floor * sizes.height))

    def at(self, line: tuple[_Point, ...]) -> NDArray[np.float64]:
        """(N, 2) points of the figure in pixels."""
        return np.array(line) * (self.flip * self.scale, -self.scale) + self.origin


@lru_cache(maxsize=8)
def _edges(
    posture: Posture, seen_from: Literal["side", "front"], turned: bool, sizes: Sizes
) -> tuple[list[NDArray[np.int32]], list[NDArray[np.int32]]]:
    """The figure's edge and the lines of things, in quarters of pixels."""
    placed = _Placed.of(posture, seen_from, turned, sizes)
    figure, scale = placed.figure, placed.scale

    def at(line: tuple[_Point, ...], factor: float) -> NDArray[np.int32]:
        return np.asarray(np.round(placed.at(line) * factor), np.int32)

    fine = min(float(_QUARTERS), _FINE / sizes.height)
    mask = np.zeros((round(sizes.height * fine), round(sizes.width * fine)), np.uint8)
    head = at((figure.head,), fine)[0]
    cv2.circle(mask, (int(head[0]), int(head[1])), round(_HEAD * scale * fine), 255, -1)
    for thickness, line in ((_ARM, (figure.head, figure.neck)), *figure.limbs):
        width = max(1, round(thickness * scale * fine))
        cv2.polylines(mask, [at(line, fine)], False, 255, width)
    found, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_TC89_L1)
    edges = [np.asarray(np.round(each * (_QUARTERS / fine)), np.int32) for each in found]
    return edges, [at(each, _QUARTERS) for each in figure.things]
