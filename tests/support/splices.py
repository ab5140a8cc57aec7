"""Scenes made of committed clips: spliced, mirrored, stood still, two people in one picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.frames import Clip

CLIPS = Path(__file__).parent.parent / "clips"
FPS = 15
SIZE = (640, 480)

Picture = NDArray[np.uint8]
Scene = list[Picture]
"""Pictures at :data:`FPS`."""


@cache
def _frames(clip: str) -> tuple[Picture, ...]:
    """A clip at :data:`FPS` and of :data:`SIZE`."""
    found: list[Picture] = []
    with Clip(CLIPS / f"{clip}.mp4") as source:
        for frame in source:
            if frame.time_s >= len(found) / FPS - 1e-3:
                found.append(np.asarray(cv2.resize(frame.image, SIZE), np.uint8))
    return tuple(found)


def part(clip: str, start_s: float, end_s: float) -> Scene:
    """A stretch of a clip."""
    return list(_frames(clip)[round(start_s * FPS) : round(end_s * FPS)])


def still(clip: str, seconds: float, at_s: float = 0.2) -> Scene:
    """Somebody who keeps still: half a second of a clip, to and fro."""
    there = part(clip, at_s, at_s + 0.5)
    both_ways = there + there[::-1]
    count = round(seconds * FPS)
    return (both_ways * (count // len(both_ways) + 1))[:count]


def empty(seconds: float) -> Scene:
    """A room with nobody in it: that of a clip in which somebody walks from side to side."""
    at_left, at_right = _frames("dx_walk_across")[0], _frames("dx_walk_across")[5 * FPS]
    half = SIZE[0] // 2
    room = np.ascontiguousarray(np.hstack([at_right[:, :half], at_left[:, half:]]))
    found = []
    for i in range(round(seconds * FPS)):
        # A picture that stays the same to the last pixel is that of a frozen camera.
        found.append(room.copy())
        found[-1][:8, :8] = 255 * (i % 2)
    return found


def mirrored(scene: Scene) -> Scene:
    """What a mirror shows: left legs become right ones."""
    return [np.asarray(cv2.flip(picture, 1), np.uint8) for picture in scene]


def beside(scene: Scene, other: Sequence[Picture] = ()) -> Scene:
    """Scenes in one picture, the second one to the right, a little narrower.

    Args:
        scene: To the left.
        other: To the right; an empty room where there is no picture of it left.
    """
    wall = empty(1 / FPS)[0]
    found = []
    for i, picture in enumerate(scene):
        second = other[i] if i < len(other) else wall
        found.append(np.ascontiguousarray(np.hstack([picture, second[:, 140:500]])))
    return found
