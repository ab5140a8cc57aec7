"""Signals measure what their names say, over a figure with known motion."""

from __future__ import annotations

import numpy as np
import pytest
from figures import bump, film, lying, mirrored, pose_of, standing

from posecoach.motion import MotionTracker, names, parse
from posecoach.pose import Pose


def last(poses: list[Pose], name: str) -> float | None:
    tracker = MotionTracker([name])
    value = None
    for pose in poses:
        value = tracker.update(pose)[name]
    return value


def still(points: np.ndarray, yaw: float = 0.0) -> list[Pose]:
    return list(film(lambda t: points, 1.0, yaw_deg=yaw))


def test_every_name_parses_and_has_a_meaning() -> None:
    for name in names():
        signal, _ = parse(name)
        assert signal.meaning.endswith(".")
        assert signal.unit in {"leg", "deg", "share", "foot", "foot/s", "px"}


@pytest.mark.parametrize("name", ["", "nothing", "body_rise.left", "knee_bend", "knee_bend.up"])
def test_an_unknown_name_is_refused(name: str) -> None:
    with pytest.raises(KeyError):
        MotionTracker([name])


@pytest.mark.parametrize("name", names())
def test_nobody_in_view_is_none(name: str) -> None:
    assert last([Pose.nobody(0.0, (640, 480))], name) is None


@pytest.mark.parametrize("raised", [10.0, 45.0, 80.0, 100.0])
@pytest.mark.parametrize("yaw", [90.0, -90.0])
def test_leg_raise(raised: float, yaw: float) -> None:
    assert last(still(lying((raised, 0.0)), yaw), "leg_raise.left") == pytest.approx(raised, abs=1)
    assert last(still(lying((raised, 0.0)), yaw), "leg_raise.right") == pytest.approx(0, abs=1)


@pytest.mark.parametrize("knee", [180.0, 150.0, 120.0])
def test_knee_bend(knee: float) -> None:
    value = last(still(lying((80.0, 0.0), knee), 90.0), "knee_bend.left")
    assert value == pytest.approx(knee, abs=1)


def test_trunk_and_chest() -> None:
    assert last(still(standing()), "trunk_lean") == pytest.approx(0, abs=2)
    assert last(still(lying(), 90.0), "trunk_lean") == pytest.approx(90, abs=2)
    assert last(still(lying(), 90.0), "chest_up") == pytest.approx(1, abs=0.05)
    assert last(still(standing()), "chest_up") == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize(("yaw", "facing"), [(0, 0), (60, 60), (-60, 60), (180, 180)])
def test_facing(yaw: float, facing: float) -> None:
    assert last(still(standing(), yaw), "facing") == pytest.approx(facing, abs=3)


@pytest.mark.parametrize("yaw", [0.0, 45.0, 90.0, 180.0])
def test_body_rise_follows_the_body(yaw: float) -> None:
    tracker = MotionTracker(["body_rise"])
    values = [
        tracker.update(pose)["body_rise"]
        for pose in film(lambda t: standing((0.07 * bump(t, 2, 1, 1, 1),) * 2), 5, yaw_deg=yaw)
    ]
    peak = max(v for v in values if v is not None)
    assert peak == pytest.approx(0.7 * 0.07 / 0.8, rel=0.2)


def test_lone_heel_rise_belongs_to_one_side_and_the_mirror_swaps_it() -> None:
    poses = list(film(lambda t: standing((0.08 * bump(t, 2, 1, 9, 1), 0.0)), 4, yaw_deg=45))
    left, right = last(poses, "lone_heel_rise.left"), last(poses, "lone_heel_rise.right")
    assert left is not None
    assert right is not None
    assert left > 0.02 > 0 > right
    swapped = last([mirrored(p) for p in poses], "lone_heel_rise.right")
    assert swapped == pytest.approx(left, abs=1e-6)


def test_a_flat_foot_is_flat_wherever_it_points() -> None:
    """Learned facing sideways, the heels stay down while the person turns round."""
    tracker = MotionTracker(["heels_up"])
    for i in range(240):
        time_s = i / 30
        yaw = 90.0 if time_s < 2 else 90.0 + 45 * (time_s - 2)
        value = tracker.update(pose_of(standing(), time_s, yaw))["heels_up"]
    assert value is not None
    assert abs(value) < 0.12  # orthographic figure: the perspective term is all error here


def test_no_resting_level_before_a_calm_moment() -> None:
    moving = film(lambda t: standing(at=(0.6 * np.sin(3 * t), 0.0)), 3)
    assert last(list(moving), "body_rise") is None
