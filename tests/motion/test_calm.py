"""A resting level that learns itself."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from posecoach.motion.calm import CalmLevel


def follow(
    value: Callable[[float], float],
    seconds: float,
    place: Callable[[float], float] = lambda t: 0.0,
    fps: float = 30.0,
) -> tuple[CalmLevel, list[float | None]]:
    level = CalmLevel(calm=6.0, moved=20.0)
    above = [
        level.update(value(i / fps), i / fps, place(i / fps)) for i in range(int(seconds * fps))
    ]
    return level, above


@pytest.mark.parametrize("fps", [8.0, 30.0, 120.0])
def test_learned_in_the_first_calm_moment_and_not_before(fps: float) -> None:
    rng = np.random.default_rng(0)
    level, above = follow(
        lambda t: 40 * np.sin(5 * t) if t < 1 else 50 + rng.normal(0, 1), 3, fps=fps
    )
    assert level.level == pytest.approx(50, abs=2)
    assert all(value is None for value in above[: int(fps)])


def test_a_hold_is_no_new_rest_and_letting_go_further_is() -> None:
    level, above = follow(lambda t: 30.0 if 2 < t < 20 else 0.0, 19)
    assert above[-1] == pytest.approx(30, abs=1)
    assert level.level == pytest.approx(0, abs=1)
    lower, _ = follow(lambda t: 0.0 if t < 2 else -25.0, 5)
    assert lower.level == pytest.approx(-25, abs=1)


def test_a_landmark_that_jumps_away_for_a_moment_changes_nothing() -> None:
    level, _ = follow(lambda t: -20.0 if 2 < t < 2.8 else 0.0, 3)
    assert level.level == pytest.approx(0, abs=1)


def test_somebody_who_never_lets_go_rests_there_in_the_end() -> None:
    level, _ = follow(lambda t: 30.0 if t > 2 else 0.0, 50)
    assert level.level == pytest.approx(30, abs=1)


def test_a_limb_put_elsewhere_is_learned_anew() -> None:
    level, above = follow(lambda t: 0.0 if t < 2 else 15.0, 4, place=lambda t: 0 if t < 2 else 60)
    assert level.level == pytest.approx(15, abs=1)
    assert above[-1] == pytest.approx(0, abs=1)


def test_a_long_gap_forgets() -> None:
    level, _ = follow(lambda t: 0.0, 2)
    assert level.update(30.0, 10.0, 0.0) is None


def test_asked_twice_in_a_frame_counts_it_once() -> None:
    level = CalmLevel(6.0, 20.0)
    for i in range(60):
        first = level.update(0.0, i / 30, 0.0)
        assert level.update(99.0, i / 30, 0.0) == first
    assert level.level == pytest.approx(0.0)
