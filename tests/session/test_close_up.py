"""Whole sessions of what only close-ups of the feet show."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from counting import count, sides
from figures import (
    Look,
    bump,
    feet_alone,
    feet_swapped,
    film,
    foot_view,
    heel_raises,
    lying,
    sitting_on_chair,
    standing,
    with_feet,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from posecoach import Pose, Session, find_definition
from posecoach.checkers import load_all
from posecoach.pose import FootView
from posecoach.session import Step, Workout, plan

FPS = 24
Motion = Callable[[float], NDArray[np.float64]]
CLOSE_UPS = ("toe_curls", "toe_press", "pencil_grip", "foot_massage")

many = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def unseen(t: float) -> None:
    return None


def resting(t: float) -> FootView:
    return foot_view()


def curling(
    count: int = 3,
    far: float = 0.03,
    top_s: float = 0.3,
    first_s: float = 2.0,
    px: float = 100.0,
    noise: float = 0.0,
    seed: int = 0,
) -> Look:
    """Toes that are curled so many times, 2.5 s apart or as long as they are held."""
    rng = np.random.default_rng(seed)
    period_s = top_s + 2.2

    def look(t: float) -> FootView:
        level = sum(bump(t, first_s + i * period_s, 0.7, top_s, 0.7) for i in range(count))
        toes = np.array((-far * level, 0.0)) + rng.normal(0, noise, 2)
        return foot_view(tuple(toes), tuple(rng.normal(0, noise, 2)), px=px)

    return look


def rolling(count: int, far: float = 0.25, first_s: float = 2.0, period_s: float = 1.5) -> Look:
    """A whole foot that rolls forwards and back without a pause."""

    def look(t: float) -> FootView:
        phase = (t - first_s) / period_s
        at = far * np.sin(np.pi * phase) ** 2 if 0 < phase < count else 0.0
        return foot_view((at, 0.0), (at, 0.0))

    return look


def lifting(hold_s: float, far: float = 0.08, first_s: float = 2.0) -> Look:
    """A foot that is lifted once."""

    def look(t: float) -> FootView:
        up = -far * bump(t, first_s, 1.0, hold_s, 1.0)
        return foot_view((0.0, up), (0.0, up))

    return look


def chair(t: float) -> NDArray[np.float64]:
    return sitting_on_chair(None)


def upright(t: float) -> NDArray[np.float64]:
    return standing()


def seen(
    seconds: float,
    left: Look = resting,
    right: Look = resting,
    motion: Motion = chair,
    fps: float = FPS,
    start_s: float = 0.0,
    yaw_deg: float = 40.0,
) -> list[Pose]:
    film_of = film(motion, seconds, fps=fps, start_s=start_s, yaw_deg=yaw_deg, noise_px=0.2)
    return list(with_feet(film_of, left, right))


# --- toe curls --------------------------------------------------------------------------


@many
@given(
    reps=st.integers(0, 4),
    far=st.floats(0.02, 0.1),
    top_s=st.floats(0.1, 1.5),
    yaw=st.sampled_from([0.0, 45.0, -90.0]),
    seed=st.integers(0, 100),
)
def test_curls_are_counted(reps: int, far: float, top_s: float, yaw: float, seed: int) -> None:
    look = curling(reps, far, top_s, noise=0.0008, seed=seed)
    poses = seen(5 + reps * (top_s + 2.2), look, look, yaw_deg=yaw)
    session = count(poses, "toe_curls")
    assert sides(session) == ["both"] * reps
    assert session.attempts == []
    assert not any(rep.paced for rep in session.reps)
    for i, rep in enumerate(session.reps):
        peak_s = 2.7 + top_s / 2 + i * (top_s + 2.2)
        assert rep.peak_s == pytest.approx(peak_s, abs=0.3)


def test_feet_that_cannot_be_told_apart_are_one_movement() -> None:
    """Whichever foot is seen: the one that moves more is read."""
    for left, right in ((curling(), unseen), (unseen, curling()), (resting, curling())):
        assert sides(count(seen(11, left, right), "toe_curls")) == ["both"] * 3


def test_who_asks_for_one_foot_gets_that_one() -> None:
    poses = seen(11, curling(3), curling(1))
    assert sides(count(poses, "toe_curls", side="left")) == ["left"] * 3
    assert sides(count(poses, "toe_curls", side="right")) == ["right"]
    assert sides(count(poses, "toe_curls", side="both")) == ["both"] * 3


def test_too_small_a_curl_is_a_try_and_says_so() -> None:
    look = curling(2, far=0.0092)
    session = count(seen(9, look, look), "toe_curls")
    assert session.reps == []
    assert [attempt.why for attempt in session.attempts] == ["curl_more"] * 2


@pytest.mark.parametrize("fps", [6, 12, 24, 60])
@pytest.mark.parametrize("start_s", [0.0, 1e6])
def test_neither_frame_rate_nor_the_clock_change_the_count(fps: float, start_s: float) -> None:
    poses = seen(11, curling(), curling(), fps=fps, start_s=start_s)
    session = count(poses, "toe_curls")
    assert sides(session) == ["both"] * 3
    assert session.reps[0].peak_s - start_s == pytest.approx(2.85, abs=0.25)


@pytest.mark.parametrize("lost_s", [0.1, 0.3, 0.6])
@pytest.mark.parametrize("at_s", [2.2, 2.8, 3.2, 4.0])
def test_frames_that_are_lost_for_a_moment_cost_no_curl(lost_s: float, at_s: float) -> None:
    poses = [p for p in seen(11, curling(), curling()) if not at_s < p.time_s < at_s + lost_s]
    assert sides(count(poses, "toe_curls")) == ["both"] * 3


def test_a_foot_unseen_in_frames_that_came_ends_the_movement() -> None:
    """It was put elsewhere: whatever it showed before is over."""

    def look(t: float) -> FootView | None:
        return None if 2.6 < t < 3.1 else curling()(t)

    assert sides(count(seen(11, look, look), "toe_curls")) == ["both"] * 2


@many
@given(noise=st.floats(0.0, 0.0012), seed=st.integers(0, 1000))
def test_feet_at_rest_count_nothing(noise: float, seed: int) -> None:
    left = curling(0, noise=noise, seed=seed)
    right = curling(0, noise=noise, seed=seed + 1)
    for exercise in ("toe_curls", "pencil_grip", "foot_massage"):
        session = count(seen(8, left, right), exercise)
        assert (session.reps, session.holds, session.attempts) == ([], [], [])


@pytest.mark.parametrize("exercise", CLOSE_UPS)
@pytest.mark.parametrize(
    ("name", "motion"),
    [
        ("heel raises", heel_raises(3)),
        ("squats", lambda t: standing(dip=0.3 * bump(t % 3, 0.5, 0.8, 0.2, 0.8))),
        ("steps", lambda t: standing(at=(0.0, 0.3 * (t // 1)))),
        (
            "marches",
            lambda t: standing(
                foot_up=(0.3 * bump(t % 2, 0.1, 0.4, 0, 0.4), 0.3 * bump(t % 2, 1.1, 0.4, 0, 0.4))
            ),
        ),
    ],
)
def test_movements_of_the_body_count_nothing(exercise: str, name: str, motion: Motion) -> None:
    """What moves the body moves the feet in their close-ups, too."""

    def look(side: int) -> Look:
        heel, toe = 29 + side, 31 + side
        rest = motion(0.0)

        def shown(t: float) -> FootView:
            gone = (motion(t) - rest) / 0.19
            return foot_view(
                (float(gone[toe, 2]), -float(gone[toe, 1])),
                (float(gone[heel, 2]), -float(gone[heel, 1])),
            )

        return shown

    session = count(seen(10, look(0), look(1), motion, yaw_deg=60), exercise)
    assert (session.reps, session.holds) == ([], []), name


def test_standing_up_from_the_chair_is_no_curl() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        level = bump(t, 3, 1.0, 2.0, 1.0)
        return (1 - level) * sitting_on_chair(None) + level * standing(at=(0.0, 0.4))

    def look(t: float) -> FootView:
        level = bump(t, 3, 1.0, 2.0, 1.0)
        return foot_view((-0.04 * level, 0.0), (0.01 * level, 0.0))

    for exercise in ("toe_curls", "toe_press"):
        assert count(seen(10, look, look, motion), exercise).reps == []


@pytest.mark.parametrize("lifted", [0.03, 0.1])
def test_heels_that_lift_with_the_toes_are_no_curl(lifted: float) -> None:
    def look(t: float) -> FootView:
        level = sum(bump(t, 2 + 2.5 * i, 0.7, 0.3, 0.7) for i in range(3))
        return foot_view((-1.6 * lifted * level, 0.0), (0.0, -lifted * level))

    assert count(seen(11, look, look), "toe_curls").reps == []


@pytest.mark.parametrize(
    ("exercise", "points", "why"),
    [
        ("toe_curls", standing(), "sit_down"),
        ("toe_curls", lying(), "sit_upright"),
        ("toe_press", lying(), "stand_up"),
        ("toe_press", sitting_on_chair(None), "stand_up"),
        ("pencil_grip", lying(), "sit_or_stand"),
        ("foot_massage", lying(), "sit_or_stand"),
    ],
)
def test_the_wrong_position_is_refused_and_named(
    exercise: str, points: NDArray[np.float64], why: str
) -> None:
    session = count(seen(6, curling(), curling(), lambda t: points, yaw_deg=90), exercise)
    assert not session.view_ok
    assert session.view_why == why
    assert session.reps == []


# --- by side ------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["left", "right"])
def test_rolling_is_timed_by_side(side: str) -> None:
    looks = (rolling(6), resting) if side == "left" else (resting, rolling(6))
    session = count(seen(14, *looks), "foot_massage", target_hold_s=8.0)
    assert sides(session) == [side] * 6
    (hold,) = session.holds
    assert hold.side == side
    assert hold.seconds == pytest.approx(9.0, abs=0.4)
    assert hold.metrics["rolls"] == 6
    assert not hold.paced
    reached = [event for event in session.events if event.name == "target_reached"]
    assert [event.side for event in reached] == [side]
    # The clock runs while it rolls, so the target is reached on the way.
    assert reached[0].time_s == pytest.approx(2 + 8, abs=0.6)
    names = [event.name for event in session.events]
    assert names.count("hold_started") == names.count("hold_ended") == 1
    assert session.snapshot.kind == "hold"
    assert session.snapshot.total_hold_s == pytest.approx(hold.seconds)


def test_a_pause_makes_two_stretches_that_add_up() -> None:
    def look(t: float) -> FootView:
        return (rolling(4) if t < 9 else rolling(4, first_s=11.0))(t)

    session = count(seen(19, look), "foot_massage", target_hold_s=10.0)
    assert [hold.seconds for hold in session.holds] == [pytest.approx(6, abs=0.4)] * 2
    assert session.progress("left") == pytest.approx(12, abs=0.8)
    assert [e.side for e in session.events if e.name == "target_reached"] == ["left"]


def test_one_foot_and_then_the_other() -> None:
    session = count(seen(20, rolling(4), rolling(4, first_s=10.0)), "foot_massage")
    assert sides(session) == ["left"] * 4 + ["right"] * 4
    assert [hold.side for hold in session.holds] == ["left", "right"]


@pytest.mark.parametrize("exercise", ["foot_massage", "toe_press", "pencil_grip"])
def test_a_mirror_swaps_the_feet(exercise: str) -> None:
    looks: dict[str, Look] = {
        "foot_massage": rolling(4),
        "toe_press": curling(2, top_s=3.5),
        "pencil_grip": lifting(4.0),
    }
    motion = upright if exercise == "toe_press" else chair
    poses = seen(15, looks[exercise], resting, motion)
    hold_s = None if exercise == "foot_massage" else 3.0
    straight = count(poses, exercise, target_hold_s=hold_s)
    turned = count(map(feet_swapped, poses), exercise, target_hold_s=hold_s)
    assert sides(straight)
    assert set(sides(straight)) == {"left"}
    assert sides(turned) == ["right"] * len(straight.reps)


# --- held -----------------------------------------------------------------------------------


def test_toe_presses_are_held_and_by_foot() -> None:
    session = count(seen(15, curling(2, top_s=3.5), resting, upright), "toe_press")
    assert sides(session) == ["left"] * 2
    assert session.reps[0].metrics["held_s"] == pytest.approx(3.5, abs=0.45)
    both = count(seen(15, curling(2, top_s=3.5), curling(2, top_s=3.5), upright), "toe_press")
    assert sides(both) == ["both"] * 2
    short = count(seen(12, curling(2, top_s=1.0), resting, upright), "toe_press")
    assert short.reps == []
    assert [attempt.why for attempt in short.attempts] == ["too_short"] * 2


@pytest.mark.parametrize(("px", "paced"), [(100.0, False), (61.0, False), (50.0, True)])
def test_small_feet_mark_toe_presses_as_paced(px: float, paced: bool) -> None:
    poses = seen(15, curling(2, top_s=3.5, px=px), resting, upright)
    assert [rep.paced for rep in count(poses, "toe_press").reps] == [paced] * 2


def test_a_pencil_in_the_toes_is_always_paced() -> None:
    session = Session(find_definition("pencil_grip"), target_hold_s=4.0)
    shown = []
    for pose in seen(9, resting, lifting(4.2)):
        session.update(pose)
        shown.append(session.snapshot)
    session.finish()
    (rep,) = session.reps
    assert (rep.side, rep.paced) == ("right", True)
    assert rep.metrics["held_s"] == pytest.approx(4.2, abs=0.5)
    assert all(snapshot.paced for snapshot in shown)
    assert max(snapshot.hold_s for snapshot in shown) > 3.5


def test_a_pencil_dropped_too_early_is_a_try() -> None:
    session = count(seen(9, resting, lifting(1.5)), "pencil_grip", target_hold_s=4.0)
    assert session.reps == []
    assert [(a.why, a.side) for a in session.attempts] == [("too_short", "right")]


# --- without a body -------------------------------------------------------------------------


def test_curls_of_feet_alone() -> None:
    poses = [feet_alone(pose) for pose in seen(11, curling(), curling())]
    session = count(poses, "toe_curls", close_up_alone=True)
    assert sides(session) == ["both"] * 3
    assert session.view_ok
    assert session.snapshot.close_up == "alone"
    assert "person_found" in [event.name for event in session.events]
    # As a body is looked for, nothing is.
    plain = count(poses, "toe_curls")
    assert (plain.reps, plain.view_ok, plain.view_why) == ([], False, "nobody")


def test_rolls_and_grips_of_one_foot_alone() -> None:
    poses = [feet_alone(pose) for pose in seen(12, unseen, rolling(4))]
    session = count(poses, "foot_massage", close_up_alone=True)
    assert sides(session) == ["right"] * 4
    poses = [feet_alone(pose) for pose in seen(9, unseen, lifting(4.2))]
    session = count(poses, "pencil_grip", close_up_alone=True, target_hold_s=4.0)
    assert [(rep.side, rep.paced) for rep in session.reps] == [("right", True)]


def test_heels_that_lift_are_no_curl_of_feet_alone() -> None:
    def look(t: float) -> FootView:
        level = sum(bump(t, 2 + 2.5 * i, 0.7, 0.3, 0.7) for i in range(3))
        return foot_view((-0.15 * level, 0.0), (0.0, -0.1 * level))

    poses = [feet_alone(pose) for pose in seen(11, look, look)]
    assert count(poses, "toe_curls", close_up_alone=True).reps == []


def test_feet_alone_that_cannot_be_seen_are_told() -> None:
    poses = [feet_alone(pose) for pose in seen(5, unseen, unseen)]
    session = count(poses, "toe_curls", close_up_alone=True, pacing=True)
    assert not session.view_ok
    assert session.view_why == "show_feet"
    assert session.reps == []


@pytest.mark.parametrize("exercise", ["heel_raises", "toe_press", "leg_up_towel", "ankle_circles"])
def test_what_needs_a_body_is_not_counted_from_feet_alone(exercise: str) -> None:
    with pytest.raises(ValueError, match="cannot be counted from close-ups"):
        Session(find_definition(exercise), close_up_alone=True)


@pytest.mark.parametrize("exercise", CLOSE_UPS)
def test_only_these_need_close_ups(exercise: str) -> None:
    session = Session(find_definition(exercise))
    assert session.needs_close_up
    assert session.snapshot.close_up == "yes"
    plain = Session(find_definition("heel_raises"))
    assert not plain.needs_close_up
    assert plain.snapshot.close_up == "no"


# --- paced by the clock ---------------------------------------------------------------------


def test_what_is_not_seen_for_six_seconds_is_paced_and_told() -> None:
    session = Session(find_definition("toe_curls"), pacing=True)
    cues: list[tuple[float, str | None]] = []
    for pose in seen(16, unseen, unseen):
        session.update(pose)
        cues.append((pose.time_s, session.snapshot.cue))
    session.finish()
    first = {cue: next(t for t, c in cues if c == cue) for cue in ("show_feet", "follow_the_clock")}
    assert first["show_feet"] == pytest.approx(2.3, abs=0.3)
    assert first["follow_the_clock"] == pytest.approx(6.3, abs=0.3)
    assert session.paced
    assert session.snapshot.paced
    # (16 - 6.3) s of 1.5 s rest and 1.5 s movement.
    assert [(rep.side, rep.paced) for rep in session.reps] == [("both", True)] * 3
    assert session.reps[0].start_s == pytest.approx(6.3 + 1.5, abs=0.3)


def test_pacing_reaches_the_target_in_reps_and_in_seconds() -> None:
    poses = seen(14, unseen, unseen)
    session = count(poses, "toe_curls", pacing=True, target_reps=2)
    assert [e.side for e in session.events if e.name == "target_reached"] == ["both"]
    session = count(poses, "foot_massage", pacing=True, side="left", target_hold_s=5.0)
    assert [e.side for e in session.events if e.name == "target_reached"] == ["left"]
    (hold,) = session.holds
    assert hold.paced
    assert hold.seconds == pytest.approx(14 - 6.3, abs=0.4)
    assert session.snapshot.total_hold_s == pytest.approx(hold.seconds)


def test_the_clock_waits_for_who_has_left() -> None:
    poses = [
        pose if not 8 < pose.time_s < 20 else Pose.nobody(pose.time_s, pose.size)
        for pose in seen(24, unseen, unseen)
    ]
    session = Session(find_definition("foot_massage"), pacing=True)
    phases = {}
    for pose in poses:
        session.update(pose)
        phases[round(pose.time_s, 2)] = session.snapshot.phase
    session.finish()
    assert phases[15.0] == "nobody"
    assert phases[23.0] == "moving"
    assert session.holds[0].seconds == pytest.approx(1.7 + 4.0, abs=0.6)
    assert "person_lost" in [event.name for event in session.events]


def test_without_pacing_what_is_not_seen_counts_nothing_and_is_told() -> None:
    session = count(seen(16, unseen, unseen), "toe_curls")
    assert session.reps == []
    assert not session.paced
    assert session.snapshot.cue == "show_feet"
    assert not session.snapshot.paced


def test_feet_that_are_seen_are_not_paced() -> None:
    session = count(seen(16, curling(), curling()), "toe_curls", pacing=True)
    assert not session.paced
    assert [rep.paced for rep in session.reps] == [False] * 3


def test_feet_seen_again_in_time_are_measured() -> None:
    def look(t: float) -> FootView | None:
        return None if t < 5 else curling(first_s=7.0)(t)

    session = count(seen(17, look, look), "toe_curls", pacing=True)
    assert [rep.paced for rep in session.reps] == [False] * 3


def test_other_exercises_are_never_paced_by_a_session() -> None:
    session = count(film(heel_raises(2), 12), "heel_raises", pacing=True)
    assert not session.paced
    assert [rep.paced for rep in session.reps] == [False] * 2


def test_a_session_that_follows_another_looks_for_the_feet_itself() -> None:
    """The time before it is not time in which it saw nothing."""
    poses = seen(60, curling(12), curling(12))
    first = Session(find_definition("toe_curls"), pacing=True)
    for pose in poses[: 40 * FPS]:
        first.update(pose)
    first.finish()
    second = Session(find_definition("toe_curls"), pacing=True, following=first)
    for pose in seen(1, unseen, unseen, start_s=40.0):
        second.update(pose)
    assert not second.paced
    assert second.snapshot.cue != "follow_the_clock"


def test_a_gap_between_frames_is_no_time_without_feet() -> None:
    early, late = seen(2, unseen, unseen), seen(2, unseen, unseen, start_s=60.0)
    assert not count([*early, *late], "toe_curls", pacing=True).paced


def test_a_workout_paces_what_it_cannot_see() -> None:
    steps = [Step(exercise="toe_curls", side="both", sets=1, reps=2)]
    workout = Workout(plan(steps, load_all()))
    shown = []
    for pose in seen(16, unseen, unseen):
        if not workout.finished:
            workout.update(pose)
            shown.append(workout.state.snapshot)
    (result,) = workout.results
    assert result.how == "done"
    assert [rep.paced for rep in result.reps] == [True] * 2
    assert any(snapshot is not None and snapshot.paced for snapshot in shown)
