"""What is counted does not depend on how it was filmed; what is no rep never counts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from counting import count, sides
from figures import bump, film, heel_raises, lying, mirrored, standing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from posecoach import Pose

Motion = Callable[[float], NDArray[np.float64]]

many = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(
    reps=st.integers(0, 4),
    lift=st.floats(0.05, 0.11),
    period=st.floats(1.6, 4.0),
    yaw=st.sampled_from([0.0, 40.0, 90.0, -90.0, 140.0, 180.0]),
    noise=st.floats(0.0, 0.8),
    seed=st.integers(0, 1000),
)
def test_counts_what_was_done(
    reps: int, lift: float, period: float, yaw: float, noise: float, seed: int
) -> None:
    motion = heel_raises(reps, lift, period_s=period)
    session = count(film(motion, 3 + reps * period, yaw_deg=yaw, noise_px=noise, seed=seed))
    assert sides(session) == ["both"] * reps


@many
@given(
    noise=st.floats(0.0, 2.5),
    seed=st.integers(0, 10_000),
    yaw=st.floats(-180, 180),
    exercise=st.sampled_from(["heel_raises", "toe_walking", "leg_up_towel"]),
)
def test_noise_alone_counts_nothing(noise: float, seed: int, yaw: float, exercise: str) -> None:
    still = standing() if exercise != "leg_up_towel" else lying()
    session = count(
        film(lambda t: still, 8, noise_px=noise, seed=seed, yaw_deg=yaw), exercise=exercise
    )
    assert session.reps == []
    assert session.holds == []


@pytest.mark.parametrize("fps", [10, 15, 24, 25, 29.97, 50, 60, 120])
@pytest.mark.parametrize("yaw", [0.0, 90.0])
def test_frame_rate_changes_nothing(fps: float, yaw: float) -> None:
    session = count(film(heel_raises(4), 13, fps=fps, yaw_deg=yaw))
    assert sides(session) == ["both"] * 4
    for i, rep in enumerate(session.reps):
        assert rep.peak_s == pytest.approx(2.0 + 2.5 * i + 1.0, abs=0.25)
        assert rep.metrics["heel_lift_cm"] == pytest.approx(7.0, abs=1.5)


@pytest.mark.parametrize(
    ("size", "px_per_m"),
    [((426, 240), 120.0), ((640, 480), 220.0), ((720, 1280), 500.0), ((3840, 2160), 900.0)],
)
def test_resolution_changes_nothing(size: tuple[int, int], px_per_m: float) -> None:
    session = count(film(heel_raises(3), 10, size=size, px_per_m=px_per_m))
    assert sides(session) == ["both"] * 3


@pytest.mark.parametrize("offset", [0.0, 17.3, 1e6])
def test_time_offset_changes_nothing(offset: float) -> None:
    session = count(film(heel_raises(3), 10, start_s=offset))
    assert sides(session) == ["both"] * 3
    assert session.reps[0].peak_s - offset == pytest.approx(3.0, abs=0.25)


@pytest.mark.parametrize("gap_from", np.arange(0.6, 9.0, 0.8))
def test_a_second_without_frames_costs_no_rep_that_can_be_seen(gap_from: float) -> None:
    """Three slow reps: wherever a second is lost, each one's top or way back is seen."""
    motion = heel_raises(3, period_s=3.0)
    poses = [p for p in film(motion, 12) if not gap_from < p.time_s < gap_from + 1.0]
    assert sides(count(poses)) == ["both"] * 3


@pytest.mark.parametrize("yaw", [0.0, 60.0, 90.0])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_mirror_swaps_the_sides(yaw: float, side: str) -> None:
    up = 0 if side == "left" else 1

    def motion(t: float) -> NDArray[np.float64]:
        level = sum(bump(t, 2 + 3 * i, 1.0, 0.3, 1.0) for i in range(3))
        lift = [0.0, 0.0]
        lift[up] = 0.07 * level
        foot = [0.0, 0.0]
        foot[1 - up] = 0.35
        return standing(lift=(lift[0], lift[1]), foot_up=(foot[0], foot[1]))

    seen = list(film(motion, 12, yaw_deg=yaw))
    assert sides(count(seen)) == [side] * 3
    other = "right" if side == "left" else "left"
    assert sides(count(map(mirrored, seen))) == [other] * 3


@pytest.mark.parametrize("yaw", [0.0, 45.0])
def test_left_and_right_in_turn(yaw: float) -> None:
    def motion(t: float) -> NDArray[np.float64]:
        return standing(
            lift=(
                0.08 * (bump(t, 2, 0.8, 0.3, 0.8) + bump(t, 7, 0.8, 0.3, 0.8)),
                0.08 * (bump(t, 4.5, 0.8, 0.3, 0.8) + bump(t, 9.5, 0.8, 0.3, 0.8)),
            )
        )

    assert sides(count(film(motion, 13, yaw_deg=yaw))) == ["left", "right", "left", "right"]


def test_too_shallow_is_an_attempt_and_says_so() -> None:
    session = count(film(heel_raises(2, lift_m=0.02), 8))
    assert session.reps == []
    assert [a.why for a in session.attempts] == ["too_shallow"] * 2
    assert [e.name for e in session.events if e.name == "try_abandoned"] == ["try_abandoned"] * 2


def test_dipping_the_knees_is_an_attempt_and_says_so() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        return standing(dip=0.06 * (bump(t, 2, 0.6, 0.3, 0.6) + bump(t, 5, 0.6, 0.3, 0.6)))

    session = count(film(motion, 8, yaw_deg=90))
    assert session.reps == []
    assert [a.why for a in session.attempts] == ["knees_instead"] * 2


@pytest.mark.parametrize(
    ("name", "motion"),
    [
        ("squats", lambda t: standing(dip=0.35 * sum(bump(t, 2 + 3 * i, 1, 0, 1) for i in (0, 1)))),
        ("steps into place", lambda t: standing(at=(min(0.0, -1.5 + t), 0.0))),
        ("walks off", lambda t: standing(at=(max(0.0, t - 4), 0.0))),
        (
            "marches",
            lambda t: standing(
                foot_up=(0.3 * bump(t % 2, 0.1, 0.4, 0, 0.4), 0.3 * bump(t % 2, 1.1, 0.4, 0, 0.4))
            ),
        ),
    ],
)
def test_other_movements_count_nothing(name: str, motion: Motion) -> None:
    session = count(film(motion, 9, yaw_deg=60))
    assert session.reps == [], name


def test_a_raised_arm_or_a_nod_is_no_rep() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        p = standing()
        level = bump(t, 2, 0.8, 0.4, 0.8) + bump(t, 5, 0.8, 0.4, 0.8)
        p[11:23, 1] += 0.12 * level  # shoulders and arms
        return p

    session = count(film(motion, 8))
    assert session.reps == []
    assert session.attempts == []


def test_a_shaking_camera_is_no_rep() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        p = standing()
        p[:, 1] += 0.04 * np.sin(2 * np.pi * 1.3 * t)
        return p

    assert count(film(motion, 10)).reps == []


def test_somebody_who_leaves_and_returns_is_no_rep_and_is_told() -> None:
    poses = [
        pose if not 3.0 < pose.time_s < 6.0 else Pose.nobody(pose.time_s, pose.size)
        for pose in film(heel_raises(2, first_s=7.5), 13)
    ]
    session = count(poses)
    names = [e.name for e in session.events]
    assert names.count("person_found") == 2
    assert names.count("person_lost") == 1
    assert sides(session) == ["both"] * 2


def test_heels_that_never_come_down_are_counted_once_each_and_told() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        level = bump(t, 2, 0.8, 0.2, 0.8) + bump(t, 3.4, 0.8, 0.2, 0.8)
        return standing(lift=(0.08 * min(1, level), 0.08 * min(1, level)))

    session = count(film(motion, 8))
    assert len(session.reps) == 2
    assert "heels_not_down" in session.reps[1].faults


def test_a_level_that_hovers_about_the_threshold_counts_once() -> None:
    """One threshold for up and down would count every wobble."""

    def motion(t: float) -> NDArray[np.float64]:
        level = bump(t, 2, 1.0, 4.0, 1.0) * (0.045 + 0.008 * np.sin(9 * t))
        return standing(lift=(level, level))

    assert len(count(film(motion, 10)).reps) == 1


def test_height_turns_into_centimetres_and_counts_the_same() -> None:
    short = count(film(heel_raises(3), 10), height_cm=150.0)
    tall = count(film(heel_raises(3), 10), height_cm=200.0)
    assert sides(short) == sides(tall)
    ratio = tall.reps[0].metrics["heel_lift_cm"] / short.reps[0].metrics["heel_lift_cm"]
    assert ratio == pytest.approx(200 / 150)
    assert count([]).height_assumed


def test_asked_for_one_side_counts_only_that() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        return standing(lift=(0.08 * bump(t, 2, 0.8, 0.3, 0.8), 0.08 * bump(t, 5, 0.8, 0.3, 0.8)))

    assert sides(count(film(motion, 9, yaw_deg=45), side="right")) == ["right"]


def test_the_same_poses_give_the_same_events() -> None:
    poses = list(film(heel_raises(3), 10, noise_px=0.5))
    assert count(poses).events == count(poses).events


# --- the leg-up stretch -----------------------------------------------------------------


def leg_up(t: float, hold_s: float, knee_deg: float = 180.0, side: int = 0) -> NDArray[np.float64]:
    raised = 85 * bump(t, 2, 1.2, hold_s, 1.2)
    return lying((raised, 0.0) if side == 0 else (0.0, raised), knee_deg)


@many
@given(
    hold=st.floats(2.0, 12.0),
    yaw=st.sampled_from([90.0, -90.0, 70.0]),
    side=st.sampled_from([0, 1]),
    noise=st.floats(0, 0.6),
)
def test_a_held_leg_is_timed(hold: float, yaw: float, side: int, noise: float) -> None:
    session = count(
        film(lambda t: leg_up(t, hold, side=side), hold + 6, yaw_deg=yaw, noise_px=noise),
        exercise="leg_up_towel",
    )
    assert [h.side for h in session.holds] == [("left", "right")[side]]
    assert session.holds[0].seconds == pytest.approx(hold, abs=0.5)


def test_a_mirror_swaps_the_held_leg() -> None:
    seen = film(lambda t: leg_up(t, 4.0), 9, yaw_deg=90)
    session = count(map(mirrored, seen), exercise="leg_up_towel")
    assert [h.side for h in session.holds] == ["right"]


@pytest.mark.parametrize(("wobble_s", "holds"), [(0.3, 1), (1.5, 2)])
def test_a_short_wobble_does_not_break_a_hold(wobble_s: float, holds: int) -> None:
    def motion(t: float) -> NDArray[np.float64]:
        bent = 6 < t < 6 + wobble_s
        return leg_up(t, 8.0, knee_deg=130.0 if bent else 178.0)

    session = count(film(motion, 14, yaw_deg=90), exercise="leg_up_towel")
    assert len(session.holds) == holds
    if holds == 2:
        assert "knee_bent" in session.holds[0].faults


def test_a_leg_too_low_counts_no_second() -> None:
    motion: Motion = lambda t: lying((40 * bump(t, 2, 1, 6, 1), 0.0))  # noqa: E731
    assert count(film(motion, 11, yaw_deg=90), exercise="leg_up_towel").holds == []


def test_standing_is_refused_for_a_lying_exercise_and_says_why() -> None:
    session = count(film(lambda t: standing(), 4), exercise="leg_up_towel")
    assert not session.view_ok
    assert session.view_why == "lie_down"
