"""Somebody who raises her arms: a rendered clip in which the arms are turned upwards."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from splices import FPS, Scene, part, still

CLIP = "hr_front"
SHOULDER_Y = 146
"""About this row an arm is turned over: a little above the shoulder, which rises with it."""
# Round each hanging arm of the first half second of that clip, in pixels.
_RIGHT = [(288, 146), (279, 158), (276, 190), (266, 230), (262, 270), (286, 272), (288, 236)]
_LEFT = [(352, 146), (361, 158), (364, 190), (374, 230), (378, 270), (354, 272), (352, 236)]
ARMS = {
    "right": [*_RIGHT, (291, 200), (291, 160)],
    "left": [*_LEFT, (349, 200), (349, 160)],
}
BESIDE = {"right": -60, "left": 60}
"""So far away there is plain wall beside that arm."""


def with_arms_up(picture: np.ndarray, sides: Sequence[str]) -> np.ndarray:
    """A picture of the clip's beginning with those arms straight up."""
    found = picture.copy()
    rows = np.arange(2 * SHOULDER_Y)
    for side in sides:
        arm = np.zeros(picture.shape[:2], np.uint8)
        cv2.fillPoly(arm, [np.array(ARMS[side])], 255)
        wall = np.roll(picture, -BESIDE[side], axis=1)
        found = np.where(arm[..., None] > 0, wall, found)
        turned, inside = np.zeros_like(picture), np.zeros_like(arm)
        turned[rows], inside[rows] = picture[2 * SHOULDER_Y - rows], arm[2 * SHOULDER_Y - rows]
        other = np.abs(turned.astype(int) - np.roll(turned, -BESIDE[side], axis=1)).max(axis=2)
        found = np.where(((other > 18) & (inside > 0))[..., None], turned, found)
    return np.ascontiguousarray(found)


def waiting(seconds: float) -> Scene:
    """She stands with her arms down."""
    return still(CLIP, seconds)


def raising(seconds: float, *sides: str) -> Scene:
    """She stands with those arms straight up."""
    up = [with_arms_up(picture, sides) for picture in part(CLIP, 0.2, 0.6)]
    both_ways = up + up[::-1]
    count = round(seconds * FPS)
    return (both_ways * (count // len(both_ways) + 1))[:count]
