"""Gestures: held long enough they fire once, in every posture, and never by chance."""

from __future__ import annotations

import numpy as np
import pytest
from arms import CLIPS, POSTURES, Motion, arms_in, signs, with_arms
from figures import film, mirrored, standing
from numpy.typing import NDArray

from posecoach import Pose
from posecoach.motion.gestures import raised_arms
from posecoach.session.gestures import COOL_DOWN_S, HOLD_S, GestureWatch


def held(
    posture: NDArray[np.float64], up: tuple[float, float], seconds: float, from_s: float = 1.0
) -> Motion:
    def motion(t: float) -> NDArray[np.float64]:
        return with_arms(posture, up if from_s <= t < from_s + seconds else (-1.0, -1.0))

    return motion


def fired(motion: Motion, seconds: float, **view: float) -> list[tuple[str, float]]:
    return signs(GestureWatch(), motion, seconds, **view)


@pytest.mark.parametrize("posture", POSTURES)
@pytest.mark.parametrize("yaw", [0.0, 45.0, 90.0, -90.0])
def test_both_arms_overhead_pause_and_one_goes_on(posture: str, yaw: float) -> None:
    if posture == "lying" and yaw == 0.0:
        yaw = 60.0  # from the feet nothing is seen of an arm along the floor
    body = POSTURES[posture]
    for up, gesture in (((1.0, 1.0), "pause"), ((1.0, -1.0), "next"), ((-1.0, 1.0), "next")):
        ((name, time_s),) = fired(held(body, up, 4.0), 6.0, yaw_deg=yaw, px_per_m=150.0)
        assert name == gesture
        assert time_s == pytest.approx(1.0 + HOLD_S, abs=0.1)


@pytest.mark.parametrize("up", [(1.0, 1.0), (1.0, -1.0)])
def test_too_short_is_nothing(up: tuple[float, float]) -> None:
    assert fired(held(standing(), up, HOLD_S - 0.2), 6.0) == []


@pytest.mark.parametrize("up", [(0.0, 0.0), (0.4, 0.4), (0.4, -1.0), (1.0, 0.3), (-1.0, -1.0)])
def test_arms_in_front_or_one_beside_the_head_are_nothing(up: tuple[float, float]) -> None:
    assert fired(held(standing(), up, 5.0), 7.0, yaw_deg=45.0) == []


def test_a_second_one_needs_the_arms_down_and_a_while() -> None:
    def twice(gap_s: float) -> list[tuple[str, float]]:
        def motion(t: float) -> NDArray[np.float64]:
            up = 1.0 <= t < 3.0 or 3.0 + gap_s <= t < 6.0 + gap_s
            return with_arms(standing(), (1.0, 1.0) if up else (-1.0, -1.0))

        return fired(motion, 8.0 + gap_s)

    assert [name for name, _ in twice(COOL_DOWN_S)] == ["pause", "pause"]
    assert [name for name, _ in twice(0.5)] == ["pause"]


def test_hands_that_flicker_for_a_moment_do_not_begin_anew() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        up = 1.0 <= t < 4.0 and not 1.8 < t < 1.95
        return with_arms(standing(), (1.0, 1.0) if up else (0.0, 0.0))

    ((_, time_s),) = fired(motion, 6.0)
    assert time_s == pytest.approx(1.0 + HOLD_S, abs=0.1)


def test_progress_runs_from_none_to_all_and_is_gone_afterwards() -> None:
    watch = GestureWatch()
    shares = []
    for pose in film(held(standing(), (1.0, 1.0), 4.0), 6.0):
        watch.update(pose)
        progress = watch.progress
        shares.append(None if progress is None else progress.share)
    shown = [share for share in shares if share is not None]
    assert shares[0] is None
    assert shares[-1] is None
    assert shown == sorted(shown)
    assert max(shown) > 0.95
    assert len(shown) == pytest.approx(30 * (HOLD_S - 0.3), abs=3)


def test_a_mirror_changes_nothing() -> None:
    poses = list(film(held(standing(), (1.0, -1.0), 4.0), 6.0, yaw_deg=45.0))
    for seen in (poses, list(map(mirrored, poses))):
        watch = GestureWatch()
        assert [g for pose in seen if (g := watch.update(pose))] == ["next"]


def test_where_the_trunk_is_out_of_the_picture_nothing_is_believed() -> None:
    motion = held(standing(), (1.0, 1.0), 4.0)
    assert fired(motion, 6.0, px_per_m=700.0) == []
    assert raised_arms(Pose.nobody(0.0, (640, 480))) is None


@pytest.mark.parametrize("clip", CLIPS)
def test_no_clip_fires_one(clip: str) -> None:
    watch = GestureWatch()
    assert [pose.time_s for pose in arms_in(clip) if watch.update(pose)] == []
