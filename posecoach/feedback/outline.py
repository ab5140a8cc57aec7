"""The outline of where somebody should be: the plain figure of a posture."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.checkers.definition import Posture
from posecoach.feedback.figures import ARM, FIGURES, HEAD, Point
from posecoach.feedback.theme import INK, OUTLINE, RIGHT, Sizes
from posecoach.session.snapshot import SetupState

_QUARTERS = 4
"""Points are given to OpenCV in quarters of pixels (its ``shift`` of 2)."""
_FINE = 2200
"""Height in pixels at which the figure's edge is found: smooth enough, and no larger for a
large picture."""
# Shares of the picture: a body of this height fills it as it should, with room for a rise
# and for raised arms; what is wider than the picture is made smaller.
_TALL, _WIDE = 0.78, 0.84


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
    edge = max(2, sizes.bone // 2)
    for thickness, line_colour in ((sizes.bone + edge, OUTLINE), (sizes.bone, colour)):
        cv2.polylines(picture, edges, True, line_colour, thickness, cv2.LINE_AA, 2)
        cv2.polylines(picture, things, False, line_colour, thickness, cv2.LINE_AA, 2)


@lru_cache(maxsize=8)
def _edges(
    posture: Posture, seen_from: Literal["side", "front"], turned: bool, sizes: Sizes
) -> tuple[list[NDArray[np.int32]], list[NDArray[np.int32]]]:
    """The figure's edge and the lines of things, in quarters of pixels."""
    figure = FIGURES[posture, seen_from]
    points = figure.points
    low, high = points.min(axis=0), points.max(axis=0)
    scale = min(_TALL * sizes.height / max(0.75, high[1]), _WIDE * sizes.width / (high[0] - low[0]))
    middle = (low[0] + high[0]) / 2
    flip = -1.0 if turned else 1.0

    def at(line: tuple[Point, ...], factor: float) -> NDArray[np.int32]:
        xy = (np.array(line) - (middle, 0.0)) * (flip * scale, -scale)
        xy += (sizes.width / 2, figure.floor * sizes.height)
        return np.asarray(np.round(xy * factor), np.int32)

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
