"""The outline of where somebody should be: the plain figure of a posture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.checkers.definition import Posture
from posecoach.feedback.figures import ARM, FIGURES, FOOT, HEAD, Figure, Point
from posecoach.feedback.geometry import Rect, Zones
from posecoach.feedback.theme import INK, OUTLINE, RIGHT, Sizes
from posecoach.session.snapshot import SetupState

_QUARTERS = 4
"""Points are given to OpenCV in quarters of pixels (its ``shift`` of 2)."""
_FINE = 2200
"""Height in pixels at which the figure's edge is found: smooth enough, and no larger for a
large picture."""
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
    figure, reach = placed.figure, HEAD * placed.scale

    def around(line: tuple[Point, ...], pad: float) -> Rect:
        low, high = placed.at(line).min(axis=0) - pad, placed.at(line).max(axis=0) + pad
        return Rect(*(round(float(value)) for value in (*low, *(high - low))))

    feet = [around(line, reach / 2) for thickness, line in figure.limbs if thickness == FOOT]
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

    figure: Figure
    scale: float
    flip: float
    origin: tuple[float, float]

    @classmethod
    def of(
        cls, posture: Posture, seen_from: Literal["side", "front"], turned: bool, sizes: Sizes
    ) -> _Placed:
        figure = FIGURES[posture, seen_from]
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

    def at(self, line: tuple[Point, ...]) -> NDArray[np.float64]:
        """(N, 2) points of the figure in pixels."""
        return np.array(line) * (self.flip * self.scale, -self.scale) + self.origin


@lru_cache(maxsize=8)
def _edges(
    posture: Posture, seen_from: Literal["side", "front"], turned: bool, sizes: Sizes
) -> tuple[list[NDArray[np.int32]], list[NDArray[np.int32]]]:
    """The figure's edge and the lines of things, in quarters of pixels."""
    placed = _Placed.of(posture, seen_from, turned, sizes)
    figure, scale = placed.figure, placed.scale

    def at(line: tuple[Point, ...], factor: float) -> NDArray[np.int32]:
        return np.asarray(np.round(placed.at(line) * factor), np.int32)

    fine = min(float(_QUARTERS), _FINE / sizes.height)
    mask = np.zeros((round(sizes.height * fine), round(sizes.width * fine)), np.uint8)
    head = at((figure.head,), fine)[0]
    cv2.circle(mask, (int(head[0]), int(head[1])), round(HEAD * scale * fine), 255, -1)
    for thickness, line in ((ARM, (figure.head, figure.neck)), *figure.limbs):
        width = max(1, round(thickness * scale * fine))
        cv2.polylines(mask, [at(line, fine)], False, 255, width)
    found, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_TC89_L1)
    edges = [np.asarray(np.round(each * (_QUARTERS / fine)), np.int32) for each in found]
    return edges, [at(each, _QUARTERS) for each in figure.things]
