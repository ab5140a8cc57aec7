"""Arms for the drawn figures, raised along the trunk as gestures need them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from posecoach.pose import Landmark

L = Landmark


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
