"""Where a standing person rests: learned when calm, whatever the picture does meanwhile."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from figures import bump, film, heel_raises, pose_of, standing

from posecoach import Session, find_definition
from posecoach.motion import MotionTracker
from posecoach.pose import Pose

LEG_M = 0.81


def reps(poses: list[Pose]) -> int:
    session = Session(find_definition("heel_raises"))
    for pose in poses:
        session.update(pose)
    session.finish()
    return len(session.reps)


def test_who_settles_while_the_level_is_young_is_at_rest() -> None:
    """Landmarks take a second to settle; by then the first raise may be near."""

    def motion(t: float) -> np.ndarray:
        low = 0.009 * LEG_M * (1 - bump(t, 0.3, 0.7, 100, 1))
        raised = 0.07 * bump(t, 2.0, 0.8, 0.4, 0.8)
        return standing(lift=(raised, raised), dip=low)

    assert reps(list(film(motion, 5))) == 1


def test_frames_without_anybody_do_not_begin_the_learning_anew() -> None:
    poses = film(heel_raises(1, first_s=0.9), 5)
    lost = [
        Pose.nobody(pose.time_s, pose.size) if i in (10, 17, 24) else pose
        for i, pose in enumerate(poses)
    ]
    assert reps(lost) == 1


@pytest.mark.parametrize("seed", range(4))
def test_noise_that_is_smoothed_away_is_calm(seed: int) -> None:
    assert reps(list(film(heel_raises(2), 8, noise_px=1.6, seed=seed))) == 2


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("yaw", [0.0, 60.0])
def test_a_shaking_camera_neither_hides_a_raise_nor_makes_one(seed: int, yaw: float) -> None:
    """As in the labelled clip of one: 2 pixels, of which 0.7 are left in the next frame."""
    rng = np.random.default_rng(seed)
    off, poses = np.zeros(2), list[Pose]()
    for pose in film(heel_raises(3), 10, yaw_deg=yaw):
        off = 0.7 * off + math.sqrt(1 - 0.7**2) * rng.normal(0, 2, 2)
        poses.append(replace(pose, pixels=pose.pixels + off))
    assert reps(poses) == 3


def test_stepping_on_the_spot_is_no_rest() -> None:
    def motion(t: float) -> np.ndarray:
        left, right = (0.12 * max(0.0, math.sin(2 * math.pi * t + i * math.pi)) for i in (0, 1))
        return standing(foot_up=(left, right))

    tracker = MotionTracker(["body_rise"])
    for pose in film(motion, 5):
        tracker.update(pose)
        assert tracker.rest.levels is None


def test_a_flat_foot_that_is_known_does_not_climb_with_every_rest_on_tiptoe() -> None:
    """Who comes nearer on tiptoe is measured anew every few steps."""
    tracker = MotionTracker(["heels_up"])
    known = []
    for i in range(8 * 30):
        t = i / 30
        up = 0.06 if t > 1 else 0.0
        nearer = 1.15 ** int(t)
        tracker.update(pose_of(standing(lift=(up, up)), t, px_per_m=100 * nearer))
        if tracker.rest.heel is not None:
            known.append(tracker.rest.heel[0])
    assert max(known) <= known[0] + tracker.rest.HEEL_STEP + 1e-9
    assert sum(a != b for a, b in pairwise(known)) >= 1  # it was learned more than once
