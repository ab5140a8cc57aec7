"""Staying with the one who started: a jump to somebody else is nobody, until they are back."""

from __future__ import annotations

import numpy as np
import pytest
from figures import film, pose_of, sitting_on_chair, standing
from numpy.typing import NDArray

from posecoach import Pose
from posecoach.session.same_person import FORGET_S, SamePerson

SIZE = (1280, 720)
ME, OTHER = (-1.0, 0.0), (0.9, 0.0)


def at(place: tuple[float, float], time_s: float, px_per_m: float = 300.0) -> Pose:
    return pose_of(standing(at=place), time_s, px_per_m=px_per_m, size=SIZE)


def seen(poses: list[Pose]) -> list[bool]:
    same = SamePerson()
    return [same.update(pose).found for pose in poses]


def times(start: float, end: float) -> NDArray[np.float64]:
    return np.arange(start, end, 1 / 30)


def test_a_jump_to_somebody_else_is_nobody_until_the_first_one_is_back() -> None:
    poses = [at(ME, t) for t in times(0, 2)]
    poses += [at(OTHER, t) for t in times(2, 4)]
    poses += [at(ME, t) for t in times(4, 6)]
    assert seen(poses) == [True] * 60 + [False] * 60 + [True] * 60


def test_somebody_far_larger_in_the_same_place_is_somebody_else() -> None:
    poses = [at(ME, t, 250.0) for t in times(0, 2)]
    poses += [at((-0.5, 0.0), t, 450.0) for t in times(2, 3)]
    poses += [at(ME, t, 250.0) for t in times(3, 4)]
    assert seen(poses) == [True] * 60 + [False] * 30 + [True] * 30


def test_the_other_one_who_walks_up_to_the_place_is_not_taken() -> None:
    def walking(t: float) -> tuple[float, float]:
        return (max(ME[0], OTHER[0] - 1.2 * (t - 2)), 0.0)

    poses = [at(ME, t) for t in times(0, 2)] + [at(walking(t), t) for t in times(2, 6)]
    assert not any(seen(poses)[61:])


@pytest.mark.parametrize("speed", [0.5, 1.4, 2.0])
def test_walking_about_is_no_jump(speed: float) -> None:
    poses = [at((np.sin(speed * t), 0.0), t) for t in times(0, 8)]
    assert all(seen(poses))


def test_leaving_and_coming_back_is_the_same_one() -> None:
    out = [at((-1.0 - 1.2 * t, 0.0), t) for t in times(0, 1.5)]
    gone = [Pose.nobody(t, SIZE) for t in times(1.5, 6)]
    back = [at((-2.4 + 1.2 * (t - 6), 0.0), t) for t in times(6, 8)]
    assert seen(out + gone + back)[-len(back) :] == [True] * len(back)


def test_what_the_model_takes_for_a_body_at_first_is_nobody_to_stay_with() -> None:
    poses = [at(OTHER, t) for t in times(0, 0.5)] + [at(ME, t) for t in times(0.5, 3)]
    assert all(seen(poses))


def test_whoever_is_there_after_long_is_taken() -> None:
    poses = [at(ME, t) for t in times(0, 2)] + [at(OTHER, t) for t in times(2, 3 + FORGET_S)]
    found = seen(poses)
    assert not any(found[60 : 60 + int(30 * (FORGET_S - 0.2))])
    assert found[-1]


def test_sitting_down_is_no_jump() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        share = min(1.0, max(0.0, t - 2.0))
        return (1 - share) * standing() + share * sitting_on_chair(None)

    assert all(seen(list(film(motion, 5.0, yaw_deg=45.0))))
