"""Drawn figures of the general exercises; see :mod:`figures` for how they are measured."""

from __future__ import annotations

import math

import numpy as np
from figures import L, _knee, _trunk, standing
from numpy.typing import NDArray

from posecoach.pose import LANDMARK_COUNT


def squatting(
    depth: float, knees_in: float = 0.0, stagger: float = 0.0, aloft: float = 0.0, back: float = 0.0
) -> NDArray[np.float64]:
    """Landmarks (33, 3) of somebody who squats.

    Args:
        depth: Metres that the hips sink; 0.41 brings the thighs about level.
        knees_in: Metres that each knee falls inwards.
        stagger: Metres that the left foot is before the right one, the hips between them.
        aloft: Height of the whole body over the floor.
        back: Metres that the trunk goes back of its own: sitting down on something.
    """
    p = standing()
    lean = math.radians(90.0) * min(0.5, depth) * (0.0 if back else 1.0)
    shift = -0.35 * depth - back
    for i, sign in ((0, 1.0), (1, -1.0)):
        z = (0.5 - i) * stagger
        hip, ankle = np.array((0.1 * sign, 0.88 - depth, shift)), np.array((0.13 * sign, 0.08, z))
        p[L.LEFT_HIP + i], p[L.LEFT_ANKLE + i] = hip, ankle
        p[L.LEFT_KNEE + i] = _knee(hip, ankle, 0.41, 0.40) - np.array((knees_in * sign, 0, 0))
        p[L.LEFT_HEEL + i], p[L.LEFT_FOOT_INDEX + i] = (
            (0.13 * sign, 0.02, z - 0.05),
            (0.13 * sign, 0.02, z + 0.14),
        )
    hands = (0.5 * math.sin(lean) + 0.3 * depth, 1.2 - depth)
    _trunk(p, 0.88 - depth, lean, hands=hands)
    upper = [i for i in range(LANDMARK_COUNT) if i < L.LEFT_HIP]
    p[upper] += np.array((0.0, 0.0, shift))
    return p + np.array((0.0, aloft, 0.0))


def knee_up(
    thigh_deg: float, side: int = 0, knee_deg: float = 90.0, lean_deg: float = 0.0
) -> NDArray[np.float64]:
    """Landmarks (33, 3) of somebody who stands on one leg and lifts the other knee.

    Args:
        thigh_deg: How far the thigh is raised to the front, 90 level.
        side: 0 lifts the left knee, 1 the right one.
        knee_deg: Angle of the lifted knee once the thigh is up; 180 lifts a straight leg.
        lean_deg: How far the trunk leans forward; negative: back.
    """
    p = standing()
    thigh = math.radians(thigh_deg)
    bend = math.radians(180.0 - knee_deg) * min(1.0, thigh_deg / 45.0)
    shin = thigh - bend
    hip = p[L.LEFT_HIP + side]
    knee = hip + 0.41 * np.array((0, -math.cos(thigh), math.sin(thigh)))
    ankle = knee + 0.40 * np.array((0, -math.cos(shin), math.sin(shin)))
    down, ahead = (
        np.array((0, -math.cos(shin), math.sin(shin))),
        np.array((0, math.sin(shin), math.cos(shin))),
    )
    p[L.LEFT_KNEE + side], p[L.LEFT_ANKLE + side] = knee, ankle
    p[L.LEFT_HEEL + side] = ankle + 0.06 * down - 0.05 * ahead
    p[L.LEFT_FOOT_INDEX + side] = ankle + 0.06 * down + 0.14 * ahead
    lean = math.radians(lean_deg)
    _trunk(p, 0.88, lean, hands=(0.2, 0.9))
    return p


def bridging(up: float, knee_deg: float = 70.0) -> NDArray[np.float64]:
    """Landmarks (33, 3) of somebody on the back, head towards -z, feet on the floor.

    Args:
        up: How far the hips are lifted: 0 on the floor, 1 in a line with shoulders and knees.
        knee_deg: Angle of the knees with the hips on the floor; 180 lies straight.
    """
    p = np.zeros((LANDMARK_COUNT, 3))
    p[: L.LEFT_SHOULDER] = (0, 0.12, -0.72)
    reach = math.sqrt(0.41**2 + 0.40**2 - 2 * 0.41 * 0.40 * math.cos(math.radians(knee_deg)))
    feet = math.sqrt(max(0.0, reach**2 - 0.02**2))
    for i, sign in ((0, 1.0), (1, -1.0)):
        shoulder, ankle = np.array((0.18 * sign, 0.1, -0.5)), np.array((0.1 * sign, 0.08, feet))
        tilt = math.radians(28.0) * up
        hip = np.array((0.1 * sign, 0.1 + 0.5 * math.sin(tilt), -0.5 + 0.5 * math.cos(tilt)))
        p[L.LEFT_SHOULDER + i], p[L.LEFT_HIP + i], p[L.LEFT_ANKLE + i] = shoulder, hip, ankle
        for arm in range(L.LEFT_ELBOW, L.LEFT_HIP, 2):
            p[arm + i] = (0.3 * sign, 0.05, -0.2)
        p[L.LEFT_KNEE + i] = _bent_up(hip, ankle)
        p[L.LEFT_HEEL + i] = ankle - np.array((0, 0.06, 0.05))
        p[L.LEFT_FOOT_INDEX + i] = ankle + np.array((0, -0.06, 0.14))
    return p


def _bent_up(hip: NDArray, ankle: NDArray) -> NDArray:
    """Where the knee of somebody on the back is: above the line from hip to ankle."""
    line = ankle - hip
    length = min(float(np.linalg.norm(line)), 0.81 - 1e-6)
    along = (0.41**2 - 0.40**2 + length**2) / (2 * length)
    unit = line / np.linalg.norm(line)
    up = np.array((0.0, unit[2], -unit[1]))
    return hip + along * unit + math.sqrt(max(0.0, 0.41**2 - along**2)) * up
