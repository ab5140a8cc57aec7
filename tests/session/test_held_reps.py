"""Reps that contain a hold: toe stands, and toes drawn to the shin."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from counting import count
from figures import bump, film, lying, mirrored, sitting, standing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from posecoach import Session, find_definition

Motion = Callable[[float], NDArray[np.float64]]

many = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def held(t: float, hold_s: float, start_s: float = 2.0) -> float:
    return bump(t, start_s, 0.8, hold_s, 0.8)


def toes(hold_s: float, deg: float = 32.0, left: float = 1.0, right: float = 0.0) -> Motion:
    def motion(t: float) -> NDArray[np.float64]:
        level = deg * (held(t, hold_s) + held(t, hold_s, 4.6 + hold_s))
        return sitting((level * left, level * right))

    return motion


@many
@given(
    hold=st.floats(2.9, 5.0),
    yaw=st.sampled_from([0.0, 45.0, 90.0, -90.0, 180.0]),
    noise=st.floats(0.0, 0.6),
)
def test_a_toe_stand_that_is_held_counts(hold: float, yaw: float, noise: float) -> None:
    motion: Motion = lambda t: standing((0.07 * held(t, hold),) * 2)  # noqa: E731
    session = count(film(motion, hold + 6, yaw_deg=yaw, noise_px=noise), "toe_stand")
    assert [rep.side for rep in session.reps] == ["both"]
    assert session.reps[0].metrics["held_s"] == pytest.approx(hold, abs=0.45)
    assert session.reps[0].peak_s == pytest.approx(2.8 + hold / 2, abs=0.3)


@pytest.mark.parametrize(
    ("hold", "lift", "why"), [(1.5, 0.07, "too_short"), (3.2, 0.02, "too_shallow")]
)
def test_a_toe_stand_too_short_or_too_low_is_an_attempt(hold: float, lift: float, why: str) -> None:
    motion: Motion = lambda t: standing((lift * held(t, hold),) * 2)  # noqa: E731
    session = count(film(motion, hold + 6), "toe_stand")
    assert session.reps == []
    assert [a.why for a in session.attempts] == [why]


@pytest.mark.parametrize(("target", "reps"), [(2.0, 1), (3.0, 1), (4.0, 0)])
def test_the_target_decides_and_a_hair_short_of_it_is_enough(target: float, reps: int) -> None:
    motion: Motion = lambda t: standing((0.07 * held(t, 2.95),) * 2)  # noqa: E731
    session = count(film(motion, 9), "toe_stand", target_hold_s=target)
    assert len(session.reps) == reps
    assert len(session.attempts) == 1 - reps


def test_a_snapshot_shows_the_seconds_held_so_far() -> None:
    session = Session(find_definition("toe_stand"))
    shown = []
    for pose in film(lambda t: standing((0.07 * held(t, 3.0),) * 2), 8):
        session.update(pose)
        snap = session.snapshot
        shown.append((pose.time_s, snap.phase, snap.hold_s))
    assert all(seconds == 0 for t, _, seconds in shown if t < 2.5)
    holding = [(t, s) for t, phase, s in shown if phase == "holding"]
    assert holding[-1][1] == pytest.approx(3.0, abs=0.4)
    assert all(b[1] >= a[1] for a, b in pairwise(holding))
    assert shown[-1][1:] == ("ready", 0.0)
    assert session.snapshot.target_hold_s == 3.0


def test_stepping_on_the_toes_is_no_toe_stand() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        up = 0.06 * held(t, 6.0)
        step = 0.12 if 2.5 < t < 9 else 0.0
        return standing(
            (up, up),
            foot_up=(step * bump(t % 1, 0, 0.2, 0, 0.2), step * bump(t % 1, 0.5, 0.2, 0, 0.2)),
        )

    assert count(film(motion, 12, yaw_deg=45), "toe_stand").reps == []


@many
@given(
    hold=st.floats(1.95, 4.0),
    yaw=st.sampled_from([90.0, -90.0, 60.0, -60.0]),
    noise=st.floats(0.0, 0.5),
    seed=st.integers(0, 100),
)
def test_toes_drawn_to_the_shin_count(hold: float, yaw: float, noise: float, seed: int) -> None:
    left = yaw < 0  # the nearer foot
    motion = toes(hold, left=float(left), right=float(not left))
    poses = film(motion, 2 * hold + 8, yaw_deg=yaw, noise_px=noise, seed=seed)
    session = count(poses, "tibialis_anterior")
    assert [rep.side for rep in session.reps] == ["left" if left else "right"] * 2
    assert session.reps[0].metrics["held_s"] == pytest.approx(hold, abs=0.45)
    assert session.reps[0].metrics["dorsiflexion_deg"] == pytest.approx(32, abs=8)


@pytest.mark.parametrize("exercise", ["tibialis_anterior", "band_stretch"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_near_or_far_foot_and_the_mirror_swaps_them(exercise: str, side: str) -> None:
    motion = toes(2.5, left=float(side == "left"), right=float(side == "right"))
    seen = list(film(motion, 13, yaw_deg=90))
    other = "right" if side == "left" else "left"
    assert [r.side for r in count(seen, exercise, target_hold_s=2).reps] == [side] * 2
    turned = count(map(mirrored, seen), exercise, target_hold_s=2)
    assert [r.side for r in turned.reps] == [other] * 2


def test_both_feet_at_once() -> None:
    seen = list(film(toes(2.5, left=1.0, right=1.0), 13, yaw_deg=-90))
    assert [r.side for r in count(seen, "tibialis_anterior").reps] == ["both"] * 2
    # A band goes round one foot: the hidden one is believed to be taken along.
    one = count(seen, "band_stretch", target_hold_s=2)
    assert [r.side for r in one.reps] == ["left"] * 2
    asked = count(seen, "band_stretch", target_hold_s=2, side="right")
    assert [r.side for r in asked.reps] == ["right"] * 2


@pytest.mark.parametrize(
    ("hold", "deg", "why"), [(0.8, 32.0, "too_short"), (2.5, 11.0, "toes_further")]
)
def test_let_go_too_early_or_too_small_is_an_attempt(hold: float, deg: float, why: str) -> None:
    session = count(film(toes(hold, deg), 2 * hold + 8, yaw_deg=-90), "tibialis_anterior")
    assert session.reps == []
    assert [a.why for a in session.attempts] == [why] * 2


@pytest.mark.parametrize("fps", [10, 24, 60])
@pytest.mark.parametrize("size", [((426, 240), 110.0), ((1280, 720), 400.0)])
def test_frame_rate_and_resolution_change_nothing(
    fps: float, size: tuple[tuple[int, int], float]
) -> None:
    poses = film(toes(2.2), 13, yaw_deg=-90, fps=fps, size=size[0], px_per_m=size[1])
    assert [r.side for r in count(poses, "tibialis_anterior").reps] == ["left"] * 2


def test_leaning_back_with_the_pull_is_a_fault() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        level = held(t, 2.5)
        return sitting((32 * level, 0.0), lean_deg=10 + 22 * level)

    session = count(film(motion, 8, yaw_deg=-90), "tibialis_anterior")
    assert [r.faults for r in session.reps] == [("leaning_back",)]


def test_bent_legs_are_told_and_do_not_count() -> None:
    session = Session(find_definition("tibialis_anterior"))
    cues = set()
    for pose in film(lambda t: sitting((32 * held(t, 2.5), 0), knee_deg=90), 8, yaw_deg=-90):
        session.update(pose)
        cues.add(session.snapshot.cue)
    assert session.reps == []
    assert session.attempts == []
    assert "leg_straight" in cues


@pytest.mark.parametrize("exercise", ["tibialis_anterior", "band_stretch"])
@pytest.mark.parametrize(("points", "why"), [(standing(), "sit_down"), (lying(), "sit_upright")])
def test_the_wrong_position_is_refused_and_named(
    exercise: str, points: NDArray[np.float64], why: str
) -> None:
    session = count(film(lambda t: points, 3, yaw_deg=90), exercise)
    assert not session.view_ok
    assert session.view_why == why


@many
@given(noise=st.floats(0.0, 1.2), seed=st.integers(0, 1000), yaw=st.floats(-180, 180))
def test_sitting_still_counts_nothing(noise: float, seed: int, yaw: float) -> None:
    poses = list(film(lambda t: sitting(), 8, noise_px=noise, seed=seed, yaw_deg=yaw))
    for exercise in ("tibialis_anterior", "band_stretch", "toe_stand"):
        assert count(poses, exercise, target_hold_s=1).reps == []
