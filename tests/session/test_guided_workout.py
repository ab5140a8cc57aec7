"""Whole workouts with setups: what begins when, who is waited for, and what counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from figures import film, heel_raises, pose_of, sitting, standing
from numpy.typing import NDArray

from posecoach import Pose
from posecoach.checkers import load_all
from posecoach.session import Step, Workout, plan
from posecoach.session import setup_events as sev
from posecoach.session import workout_events as wev
from posecoach.session.events import Event, RepCounted
from posecoach.session.guided import AWAY_S
from posecoach.session.program import Pauses

Motion = Callable[[float], NDArray[np.float64]]
KNOWN = load_all()
FPS = 15.0


def workout(*steps: Step) -> Workout:
    return Workout(plan(steps, KNOWN, Pauses(side_s=3.0, exercise_s=4.0)), setup=True)


def do(coach: Workout, motion: Motion | None, seconds: float, **view: float) -> list[Event]:
    """Watch a motion, or nobody, from where the workout is now."""
    start = coach.state.time_s + 1 / FPS if coach.events else 0.0
    found: list[Event] = []
    poses: Sequence[Pose]
    if motion is None:
        times = np.arange(int(seconds * FPS)) / FPS + start
        poses = [Pose.nobody(float(t), (640, 480)) for t in times]
    else:
        poses = list(film(motion, seconds, FPS, start, **view))  # type: ignore[arg-type]
    for pose in poses:
        found += coach.update(pose)
    return found


def names(events: Sequence[Event]) -> list[str]:
    ours = (sev.SetupStarted, sev.SetBegun, wev.BlockStarted, wev.BlockEnded, wev.RestStarted)
    return [e.name for e in events if isinstance(e, (*ours, wev.ProgramFinished))]


def still(t: float) -> NDArray[np.float64]:
    return standing()


def until_begun(coach: Workout) -> list[Event]:
    return do(coach, still, 5.0)


def test_a_setup_before_the_exercise_and_none_before_its_second_set() -> None:
    coach = workout(Step(exercise="heel_raises", side="both", sets=2, reps=1, rest_s=4))
    events = do(coach, heel_raises(1, first_s=0.8), 5.0)
    assert coach.state.stage == "work"
    assert not any(isinstance(e, RepCounted) for e in events)
    assert names(events) == ["setup_started", "set_begun", "block_started"]
    (begun,) = (e for e in events if isinstance(e, sev.SetBegun))
    assert coach.state.snapshot is not None

    events = do(coach, heel_raises(1, first_s=0.5), 8.0)
    assert names(events) == ["block_ended", "rest_started", "block_started"]
    events = do(coach, heel_raises(1, first_s=1.5), 6.0)
    assert names(events) == ["block_ended", "program_finished"]
    assert [len(result.reps) for result in coach.results] == [1, 1]
    assert coach.results[0].start_s == begun.time_s


def test_the_first_rep_after_the_count_in_counts() -> None:
    coach = workout(Step(exercise="heel_raises", side="both", sets=1, reps=1))
    until_begun(coach)
    assert coach.state.stage == "work"
    assert any(isinstance(e, RepCounted) for e in do(coach, heel_raises(1, first_s=0.1), 3.5))
    assert coach.finished


def test_each_exercise_is_set_up_and_its_rest_comes_first() -> None:
    coach = workout(
        Step(exercise="heel_raises", side="both", sets=1, reps=1),
        Step(exercise="toe_stand", sets=1, reps=1, hold_s=1),
    )
    until_begun(coach)
    do(coach, heel_raises(1, first_s=0.5), 3.5)
    assert coach.state.stage == "rest"
    events = do(coach, still, 5.0)
    assert names(events) == ["setup_started"]
    assert coach.state.stage == "setup"
    snapshot = coach.state.snapshot
    assert snapshot is not None
    assert snapshot.phase == "setup"
    assert snapshot.setup is not None
    assert snapshot.setup.posture == "standing"


def test_the_other_side_waits_until_it_is_turned_to_the_camera() -> None:
    coach = workout(Step(exercise="tibialis_anterior", side="each", sets=1, reps=1, hold_s=1))

    def pull(t: float) -> NDArray[np.float64]:
        level = 35.0 if 1.0 < t < 4.0 else 0.0
        return sitting((level, level))

    do(coach, lambda t: sitting(), 6.0, yaw_deg=-90.0)
    assert coach.state.stage == "work"
    coach.skip()
    assert coach.state.stage == "rest"
    events = do(coach, lambda t: sitting(), 8.0, yaw_deg=-90.0)
    assert [e.why for e in events if isinstance(e, sev.SetupAsked)] == ["turn_right_side"]
    assert coach.state.stage == "setup"
    turn = np.linspace(-90, 90, 20)
    for i, yaw in enumerate(turn):
        t = coach.state.time_s + 1 / FPS
        coach.update(pose_of(sitting(), t, yaw_deg=float(yaw)))
        assert coach.state.stage == "setup", i
    events = do(coach, lambda t: sitting(), 8.0, yaw_deg=90.0)
    assert [e.side for e in events if isinstance(e, wev.BlockStarted)] == ["right"]
    events = do(coach, pull, 8.0, yaw_deg=90.0)
    assert [e.side for e in events if isinstance(e, RepCounted)] == ["right"]


def test_who_has_left_in_the_rest_is_waited_for() -> None:
    coach = workout(Step(exercise="heel_raises", side="both", sets=2, reps=1, rest_s=4))
    until_begun(coach)
    do(coach, heel_raises(1, first_s=0.5), 3.0)
    events = do(coach, None, 8.0)
    assert names(events) == ["block_ended", "rest_started", "setup_started"][-len(names(events)) :]
    assert coach.state.stage == "setup"
    events = do(coach, still, 6.0)
    assert names(events) == ["set_begun", "block_started"]


def test_who_was_away_for_long_goes_on_where_they_were() -> None:
    coach = workout(Step(exercise="heel_raises", side="both", sets=1, reps=2))
    until_begun(coach)
    do(coach, heel_raises(1, first_s=0.5), 4.0)
    events = do(coach, None, AWAY_S + 4)
    assert names(events) == ["setup_started"]
    events = do(coach, heel_raises(1, first_s=1.2), 6.0)
    assert names(events) == ["set_begun"]
    assert len([e for e in coach.events if isinstance(e, wev.BlockStarted)]) == 1
    assert not any(isinstance(e, RepCounted) for e in events)
    do(coach, heel_raises(1, first_s=0.8), 4.0)
    assert coach.finished
    assert len(coach.results[0].reps) == 2


@pytest.mark.parametrize("in_pause", [False, True])
def test_skipping_a_setup_goes_on(in_pause: bool) -> None:
    coach = workout(
        Step(exercise="heel_raises", side="both", sets=1, reps=1),
        Step(exercise="toe_stand", sets=1, reps=1),
    )
    do(coach, None, 2.0)
    if in_pause:
        coach.pause()
        do(coach, still, 10.0)
        assert coach.state.stage == "setup"
    coach.skip()
    assert coach.state.stage == "rest"
    assert coach.state.number == 1
    assert coach.results[0].how == "skipped"


def test_a_passer_by_changes_nothing() -> None:
    size = (1280, 720)
    coach = workout(Step(exercise="heel_raises", side="both", sets=1, reps=3))
    motion = heel_raises(3, first_s=6.0)
    for i in range(int(16 * FPS)):
        t = i / FPS
        pose = pose_of(motion(t) - np.array((0.8, 0, 0)), t, px_per_m=300.0, size=size)
        if 8.9 < t < 9.3:
            # The model follows somebody who crosses the picture, heels up, for a moment.
            walker = standing(lift=(0.05, 0.05), at=(1.5 - (t - 8.9), 0.0))
            pose = pose_of(walker, t, yaw_deg=90.0, px_per_m=330.0, size=size)
        coach.update(pose)
    assert coach.finished
    assert len(coach.results[0].reps) == 3


def test_the_same_poses_give_the_same_events() -> None:
    def run() -> list[Event]:
        coach = workout(Step(exercise="heel_raises", side="both", sets=1, reps=2))
        do(coach, heel_raises(4, first_s=1.0), 14.0)
        coach.finish()
        return coach.events

    assert run() == run()
