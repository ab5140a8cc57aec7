"""The general exercises: squats, bridges, knee lifts, and what is none of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from counting import count, sides
from figures import (
    at_wall,
    bump,
    circles,
    film,
    heel_raises,
    lying,
    mirrored,
    sitting_on_chair,
    standing,
)
from general_figures import bridging, knee_up, squatting
from numpy.typing import NDArray

from posecoach import Session, find_definition
from posecoach.checkers import load_definition
from posecoach.checkers.cues import faults_of
from posecoach.feedback.wording import wording_of

Motion = Callable[[float], NDArray[np.float64]]

FOLDER = Path(__file__).parents[2] / "exercises" / "general"
KNOWN = {path.stem: load_definition(path) for path in sorted(FOLDER.glob("*.toml"))}


def whys(session: Session) -> list[str]:
    return [attempt.why for attempt in session.attempts]


def thrice(t: float, top_s: float = 0.3) -> float:
    return sum(bump(t, 2.0 + i * (2.5 + top_s), 0.8, top_s, 0.8) for i in range(3))


def squats(depth: float = 0.38, **how: float) -> Motion:
    return lambda t: squatting(depth * thrice(t), **{k: v * thrice(t) for k, v in how.items()})


def bridges(up: float = 1.0, knee_deg: float = 70.0) -> Motion:
    return lambda t: bridging(up * thrice(t), knee_deg)


def lifts(thigh_deg: float = 95.0, knee_deg: float = 90.0, lean_deg: float = 0.0) -> Motion:
    """Left, right, left."""

    def motion(t: float) -> NDArray[np.float64]:
        level = [bump(t, 2.0 + i * 2.0, 0.6, 0.2, 0.6) for i in range(3)]
        side = int(level[1] > 0)
        return knee_up(thigh_deg * max(level), side, knee_deg, lean_deg * max(level))

    return motion


MOTIONS: dict[str, tuple[Motion, float]] = {
    "squat": (squats(), 0.0),
    "glute_bridge": (bridges(), 90.0),
    "standing_knee_lift": (lifts(), 60.0),
}
TRUE = {
    "squat": ["both"] * 3,
    "glute_bridge": ["both"] * 3,
    "standing_knee_lift": ["left", "right", "left"],
}


@pytest.mark.parametrize("exercise", KNOWN)
@pytest.mark.parametrize("fps", [12.0, 24.0, 60.0])
@pytest.mark.parametrize("noise", [0.0, 0.6])
def test_all_count_at_any_frame_rate(exercise: str, fps: float, noise: float) -> None:
    motion, yaw = MOTIONS[exercise]
    session = count(film(motion, 11, fps, yaw_deg=yaw, noise_px=noise), exercise)
    assert sides(session) == TRUE[exercise]
    assert session.attempts == []
    assert all(rep.faults == () for rep in session.reps)


@pytest.mark.parametrize("exercise", KNOWN)
def test_sides_swap_in_a_mirror(exercise: str) -> None:
    motion, yaw = MOTIONS[exercise]
    session = count(map(mirrored, film(motion, 11, yaw_deg=yaw)), exercise)
    swapped = {"left": "right", "right": "left", "both": "both"}
    assert sides(session) == [swapped[side] for side in TRUE[exercise]]


@pytest.mark.parametrize("exercise", ["squat", "standing_knee_lift"])
@pytest.mark.parametrize("yaw", [0.0, 30.0, 60.0, 90.0, -90.0, 180.0])
def test_standing_ones_count_from_all_round(exercise: str, yaw: float) -> None:
    assert sides(count(film(MOTIONS[exercise][0], 11, yaw_deg=yaw), exercise)) == TRUE[exercise]


@pytest.mark.parametrize("yaw", [-90.0, 60.0, 120.0])
def test_a_bridge_counts_from_either_side(yaw: float) -> None:
    assert len(count(film(bridges(), 11, yaw_deg=yaw), "glute_bridge").reps) == 3


def test_a_bridge_is_refused_from_the_feet() -> None:
    session = count(film(bridges(), 11), "glute_bridge")
    assert session.reps == []
    assert not session.view_ok


@pytest.mark.parametrize(
    ("exercise", "motion", "why"),
    [
        ("squat", squats(0.11), "squat_too_shallow"),
        ("glute_bridge", bridges(0.28), "hips_too_low"),
        ("standing_knee_lift", lifts(58.0), "knee_too_low"),
    ],
)
def test_small_ones_are_attempts(exercise: str, motion: Motion, why: str) -> None:
    session = count(film(motion, 11, yaw_deg=MOTIONS[exercise][1]), exercise)
    assert session.reps == []
    assert whys(session) == [why] * 3


@pytest.mark.parametrize("depth", [0.2, 0.3, 0.45])
def test_a_slow_squat_counts_once_with_its_depth(depth: float) -> None:
    motion: Motion = lambda t: squatting(depth * thrice(t, top_s=2.5))  # noqa: E731
    for yaw in (0.0, 45.0, 90.0):
        session = count(film(motion, 18, yaw_deg=yaw), "squat")
        assert len(session.reps) == 3
        for rep in session.reps:
            assert rep.metrics["depth_share"] == pytest.approx(depth / 0.8, abs=0.03)
            assert ("squat_deeper" in rep.faults) == (depth / 0.8 < 0.35)


def test_knees_that_fall_inwards_are_told_from_the_front() -> None:
    front = count(film(squats(knees_in=0.07), 11), "squat")
    assert [rep.faults for rep in front.reps] == [("knees_in",)] * 3
    side = count(film(squats(knees_in=0.07), 11, yaw_deg=90), "squat")
    assert [rep.faults for rep in side.reps] == [()] * 3


def test_a_jump_is_no_squat_and_said_so() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        down = bump(t, 2.0, 0.8, 0.2, 0.4)
        return squatting(0.38 * down, aloft=0.25 * bump(t, 3.35, 0.2, 0.1, 0.2))

    for yaw in (0.0, 60.0):
        session = count(film(motion, 7, yaw_deg=yaw), "squat")
        assert session.reps == []
        assert whys(session) == ["feet_on_floor"]


def test_a_squat_onto_the_toes_is_none_the_less_a_squat() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        return squatting(0.38 * bump(t, 2.0, 0.8, 0.2, 0.8)) if t < 3.8 else standing((0.05, 0.05))

    assert len(count(film(motion, 6), "squat").reps) == 1


@pytest.mark.parametrize("yaw", [0.0, 45.0, 90.0])
@pytest.mark.parametrize(
    "motion",
    [
        lambda t: squatting(0.4 * thrice(t), stagger=0.8 * min(1.0, 3 * thrice(t))),
        lambda t: squatting(0.42 * thrice(t), back=0.35 * thrice(t)),
        lifts(),
        heel_raises(3),
        lambda t: standing(at=(0.0, 0.3 * t)),
    ],
    ids=["lunge", "sitting down", "knee lifts", "heel raises", "gliding near"],
)
def test_what_is_no_squat(motion: Motion, yaw: float) -> None:
    assert count(film(motion, 11, yaw_deg=yaw), "squat").reps == []


@pytest.mark.parametrize("yaw", [0.0, 45.0, 90.0])
@pytest.mark.parametrize(
    "motion",
    [
        squats(),
        heel_raises(3),
        lambda t: squatting(0.4 * thrice(t), stagger=0.8 * min(1.0, 3 * thrice(t))),
        lambda t: standing(foot_up=(0.12 * thrice(t), 0.0)),
    ],
    ids=["squats", "heel raises", "lunge", "small steps"],
)
def test_what_is_no_knee_lift(motion: Motion, yaw: float) -> None:
    session = count(film(motion, 11, yaw_deg=yaw), "standing_knee_lift")
    assert (session.reps, session.attempts) == ([], [])


@pytest.mark.parametrize(
    "motion",
    [
        lambda t: lying((80.0 * thrice(t), 0.0)),
        bridges(knee_deg=160.0),
        circles(3, side=1),
        lambda t: bridging(0.0),
    ],
    ids=["leg raised", "straight legs", "ankle circles", "at rest"],
)
def test_what_is_no_bridge(motion: Motion) -> None:
    session = count(film(motion, 11, yaw_deg=90), "glute_bridge")
    assert (session.reps, session.attempts) == ([], [])


def test_hips_that_sag_at_the_top_are_told() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        return bridging(bump(t, 2.0, 0.8, 3.0, 0.8) - 0.45 * bump(t, 3.5, 0.5, 0.2, 0.5))

    session = count(film(motion, 9, yaw_deg=90), "glute_bridge")
    assert [rep.faults for rep in session.reps] == [("hips_sag",)]


def test_hips_short_of_the_line_are_told() -> None:
    session = count(film(bridges(0.45), 11, yaw_deg=90), "glute_bridge")
    assert [rep.faults for rep in session.reps] == [("hips_higher",)] * 3


def test_leaning_back_to_lift_the_knee_is_told() -> None:
    session = count(film(lifts(lean_deg=-20.0), 11, yaw_deg=80), "standing_knee_lift")
    assert [rep.faults for rep in session.reps] == [("leans_back",)] * 3


@pytest.mark.parametrize("exercise", KNOWN)
@pytest.mark.parametrize("noise", [0.5, 3.0, 10.0])
def test_noise_gives_nothing(exercise: str, noise: float) -> None:
    still = bridging(0.0) if exercise == "glute_bridge" else standing()
    poses = film(lambda t: still, 15, noise_px=noise, yaw_deg=MOTIONS[exercise][1])
    session = count(poses, exercise)
    assert (session.reps, session.attempts) == ([], [])


@pytest.mark.parametrize("exercise", KNOWN)
def test_all_that_can_be_wrong_has_words(exercise: str) -> None:
    definition = KNOWN[exercise]
    assert definition.reps is not None
    conditions = [*definition.view.position, *definition.reps.tracks[0].only]
    for cue in [*faults_of(definition), *(condition.why for condition in conditions)]:
        wording = wording_of(cue)
        assert wording.say, cue
        assert wording.explain, cue


@pytest.mark.parametrize("exercise", ["toe_walking", "toe_stand"])
@pytest.mark.parametrize("yaw", [0.0, 45.0, 90.0])
def test_who_sits_neither_walks_nor_stands_on_the_toes(exercise: str, yaw: float) -> None:
    session = Session(find_definition(exercise))
    for pose in film(lambda t: sitting_on_chair(None), 3, yaw_deg=yaw):
        session.update(pose)
    assert (session.view_ok, session.view_why) == (False, "stand_up")


@pytest.mark.parametrize("exercise", ["heel_raises", "toe_stand"])
@pytest.mark.parametrize("yaw", [60.0, 90.0])
def test_a_heel_that_lifts_with_one_leg_back_is_no_heel_raise(exercise: str, yaw: float) -> None:
    def motion(t: float) -> NDArray[np.float64]:
        step = 0.75 * min(1.0, max(0.0, t - 1.5))
        return (
            at_wall(step=step, heel_up=0.06 * bump(t, 4.0, 0.5, 1.0, 0.5)) if step else standing()
        )

    session = Session(find_definition(exercise))
    for pose in film(motion, 8, yaw_deg=yaw):
        session.update(pose)
    session.finish()
    assert (session.reps, session.attempts) == ([], [])


@pytest.mark.parametrize(("steps", "holds"), [(1, 0), (4, 1)])
def test_one_step_is_no_walk(steps: int, holds: int) -> None:
    """Up on the toes with the weight shifted once, or stepping from foot to foot."""

    def motion(t: float) -> NDArray[np.float64]:
        up = 0.07 * bump(t, 2.0, 0.3, 2.0, 0.3)
        shift = [0.06 * bump(t, 2.0 + 0.5 * i, 0.2, 0.1, 0.2) for i in range(steps)]
        return standing((up + sum(shift[::2]), up + sum(shift[1::2])))

    session = Session(find_definition("toe_walking"))
    for pose in film(motion, 7, yaw_deg=30):
        session.update(pose)
    session.finish()
    assert len(session.holds) == holds
