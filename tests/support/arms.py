"""Arms for what watches them: of drawn figures, raised or not, and of the labelled clips."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
from figures import film, lying, sitting_on_chair, standing
from numpy.typing import NDArray

from posecoach.pose import Landmark, Pose

L = Landmark
Motion = Callable[[float], NDArray[np.float64]]
_Sign = TypeVar("_Sign", covariant=True)
POSTURES = {"standing": standing(), "sitting": sitting_on_chair(None), "lying": lying()}
DOWN, LEFT, RIGHT, BOTH = (-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)
"""How far up the left arm and the right one are."""
_CLIPS = np.load(Path(__file__).parents[1] / "session" / "data" / "arms.npz")
CLIPS = sorted({name.rpartition(".")[0] for name in _CLIPS.files})
# Of the landmarks, what arms are judged by.
_MARKS = [0, 11, 12, 13, 14, 15, 16, 23, 24]


class Watch(Protocol[_Sign]):
    """What watches arms."""

    def update(self, pose: Pose) -> _Sign | None:
        """Take a pose; what was meant by it."""
        ...


def signs(
    watch: Watch[_Sign], motion: Motion, seconds: float, **view: float
) -> list[tuple[_Sign, float]]:
    """What it sees in a figure's motion, and when."""
    poses = film(motion, seconds, **view)  # type: ignore[arg-type]
    found = [(watch.update(pose), pose.time_s) for pose in poses]
    return [(sign, time_s) for sign, time_s in found if sign is not None]


def arms_in(clip: str) -> Iterator[Pose]:
    """The arms in a labelled clip, as the model saw them."""
    size = (int(_CLIPS[f"{clip}.size"][0]), int(_CLIPS[f"{clip}.size"][1]))
    seen = 0
    for t, p, w in zip(*(_CLIPS[f"{clip}.{key}"] for key in "tpw"), strict=True):
        pose = Pose.nobody(float(t), size)
        if p.min() > -32768:
            pose.pixels[_MARKS], pose.world[_MARKS] = p / 4.0, w
            seen += 1
        yield pose
    assert seen > 100


def with_arms(
    points: NDArray[np.float64], up: tuple[float, float] = (1.0, 1.0)
) -> NDArray[np.float64]:
    """A figure with its left and right arm straight: 1 overhead, -1 along the body.

    Args:
        points: (33, 3) metres, as ``figures`` gives them.
        up: Where each arm is; between -1 and 1 it passes in front.
    """
    p = points.copy()
    hips = (p[L.LEFT_HIP] + p[L.RIGHT_HIP]) / 2
    trunk = (p[L.LEFT_SHOULDER] + p[L.RIGHT_SHOULDER]) / 2 - hips
    along = trunk / np.linalg.norm(trunk)
    across = p[L.LEFT_SHOULDER] - p[L.RIGHT_SHOULDER]
    front = np.cross(across / np.linalg.norm(across), along)
    for i, level in enumerate(up):
        shoulder = p[L.LEFT_SHOULDER + i]
        arm = level * along + np.sqrt(max(0.0, 1 - level**2)) * front
        p[L.LEFT_ELBOW + i] = shoulder + 0.29 * arm
        for hand in (L.LEFT_WRIST, L.LEFT_PINKY, L.LEFT_INDEX, L.LEFT_THUMB):
            p[hand + i] = shoulder + 0.55 * arm
    return p
