"""The signals of stretches, over figures whose position is known."""

from __future__ import annotations

import pytest
from figures import (
    at_wall,
    film,
    foot_on_wall,
    lying,
    sitting_on_chair,
    sitting_on_floor,
    standing,
)
from numpy.typing import NDArray

from posecoach.motion import MotionTracker


def value(points: NDArray, name: str, yaw: float = 90.0) -> float:
    tracker = MotionTracker([name])
    for pose in film(lambda t: points, 0.7, yaw_deg=yaw):
        found = tracker.update(pose)[name]
    assert found is not None
    return found


@pytest.mark.parametrize("yaw", [90.0, -90.0, 60.0, -130.0])
@pytest.mark.parametrize(("rear", "side", "other"), [(0, "left", "right"), (1, "right", "left")])
def test_which_foot_is_behind(rear: int, side: str, other: str, yaw: float) -> None:
    points = at_wall(0.6, rear=rear)
    assert value(points, f"step_back.{side}", yaw) > 0.4
    assert value(points, f"step_back.{other}", yaw) < -0.4


def test_a_lean_is_towards_the_front() -> None:
    assert value(at_wall(0.7), "lean_over.left") > 20
    assert value(standing(), "lean_over.left") == pytest.approx(0, abs=3)


def test_toes_up_needs_one_foot_up() -> None:
    assert value(foot_on_wall(front=1), "toes_up.right") > 25
    assert value(foot_on_wall(front=1), "toes_up.left") < 0
    assert value(foot_on_wall(toes_up=0.0), "toes_up.left") == pytest.approx(0, abs=2)


def test_heights_tell_standing_sitting_and_lying() -> None:
    assert value(standing(), "hip_height") == pytest.approx(1.0, abs=0.05)
    assert value(sitting_on_floor(), "hip_height") < 0.1
    assert value(standing(), "thigh_drop") > 0.45
    assert value(sitting_on_chair(), "thigh_drop") < 0.1
    assert value(lying(), "trunk_forward") == pytest.approx(-90, abs=2)
    assert value(sitting_on_floor(reach=1.05), "trunk_forward") > 30


@pytest.mark.parametrize("reach", [0.2, 0.6, 1.0])
def test_reach_is_a_share_of_the_leg(reach: float) -> None:
    assert value(sitting_on_floor(reach=reach), "reach.left") == pytest.approx(reach, abs=0.05)


def test_the_straighter_leg_is_the_straighter_one() -> None:
    points = sitting_on_floor(straight=1)
    assert value(points, "straighter.right", 40) > 30
    assert value(points, "straighter.left", 40) < -30


@pytest.mark.parametrize("yaw", [0.0, 40.0])
def test_hand_and_ankle_of_a_crossed_leg(yaw: float) -> None:
    assert value(sitting_on_chair(crossed=0), "hand_to_toes.left", yaw) < 0.1
    assert value(sitting_on_chair(crossed=0, hand=0.0), "hand_to_toes.left", yaw) > 0.25
    assert value(sitting_on_chair(crossed=0), "ankle_to_thigh.left", yaw) < 0.3
    assert value(sitting_on_chair(crossed=None), "ankle_to_thigh.left", yaw) > 0.4
    assert value(sitting_on_chair(crossed=0), "ankle_over_knee.left", yaw) > 0.1
    assert value(sitting_on_chair(crossed=None), "ankle_over_knee.left", yaw) < -0.3
