"""The clock of a walk on the toes."""

from __future__ import annotations

import math

import pytest

from posecoach import find_definition
from posecoach.checkers.results import Hold
from posecoach.checkers.walk_checker import WalkChecker

FPS = 30


def readings(
    time_s: float, *, up: float = 0.05, facing: float = 0.0, knee: float = 175.0
) -> dict[str, float | None]:
    """Readings of somebody who steps twice a second."""
    return {
        "heels_up": up,
        "step_phase": 0.05 * math.sin(2 * math.pi * time_s),
        "facing": facing,
        "foot_out.left": 0.0,
        "foot_out.right": 0.0,
        "stance_knee": knee,
    }


def checker() -> WalkChecker:
    walk = find_definition("toe_walking").walk
    assert walk is not None
    return WalkChecker(walk)


@pytest.mark.parametrize("bent_s", [i / FPS for i in range(160, 185)])
def test_a_turn_that_ends_with_bent_knees_ends_the_walk(bent_s: float) -> None:
    """However long it took: while the body turns there are no readings of the heels."""
    walk, holds = checker(), list[Hold]()
    for i in range(8 * FPS):
        t = i / FPS
        now = readings(t, facing=90 * max(0.0, t - 4.0), knee=100 if t >= bent_s else 175)
        holds += walk.update(now, t, 1.0).holds
    (hold,) = holds
    assert 3.8 < hold.seconds < bent_s
