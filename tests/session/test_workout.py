"""Whole workouts from poses alone: blocks, rests, sides, skipping, pausing, stopping."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np
import pytest
from figures import (
    at_wall,
    bump,
    circles,
    film,
    heel_raises,
    sitting,
    sitting_on_chair,
    sitting_on_floor,
    standing,
)
from numpy.typing import NDArray

from posecoach import Pose
from posecoach.checkers import load_all
from posecoach.session import Session, Step, Workout, plan
from posecoach.session import workout_events as wev
from posecoach.session.events import (
    Event,
    HoldEnded,
    PersonLost,
    RepCounted,
    TargetReached,
    TryAbandoned,
)
from posecoach.session.program import Pauses, Portion

Motion = Callable[[float], NDArray[np.float64]]
KNOWN = load_all()
FPS = 15.0


def workout(*steps: Step, side_s: float = 3.0, exercise_s: float = 4.0) -> Workout:
    return Workout(plan(steps, KNOWN, Pauses(side_s=side_s, exercise_s=exercise_s)))


def do(coach: Workout, motion: Motion, seconds: float, **view: float) -> list[Event]:
    """Watch a motion from where the workout is now, its own time beginning at 0."""
    start = coach.state.time_s + 1 / FPS if coach.events else 0.0
    found: list[Event] = []
    for pose in film(motion, seconds, FPS, start, **view):  # type: ignore[arg-type]
        found += coach.update(pose)
    return found


def names(events: Iterable[Event]) -> list[str]:
    """Of a workout's own events, ticks and asked sides left out."""
    ours = (wev.BlockStarted, wev.BlockEnded, wev.SetFinished, wev.RestStarted, wev.RestEnded)
    ours += (wev.WorkoutPaused, wev.WorkoutResumed, wev.ProgramFinished)
    return [e.name for e in events if isinstance(e, ours)]


def raised(count: int) -> Motion:
    return heel_raises(count, first_s=1.5)


def one_legged(side: int, count: int) -> Motion:
    """Heel raises on one leg, the other foot lifted."""

    def motion(t: float) -> NDArray[np.float64]:
        level = 0.07 * sum(bump(t, 1.5 + i * 2.5, 0.9, 0.2, 0.9) for i in range(count))
        lift = (level, 0.0) if side == 0 else (0.0, level)
        return standing(lift=lift, foot_up=(0.0, 0.3) if side == 0 else (0.3, 0.0))

    return motion


def test_sets_with_a_rest_between_them_in_which_nothing_counts() -> None:
    coach = workout(Step(exercise="heel_raises", side="both", sets=2, reps=2, rest_s=10))
    first = do(coach, raised(2), 7.0)
    assert names(first) == ["block_started", "block_ended", "set_finished", "rest_started"]
    assert coach.state.stage == "rest"
    assert coach.state.block is not None
    assert coach.state.block.set_number == 2

    rest = do(coach, raised(2), 7.0)
    assert {e.name for e in rest} == {"rest_tick"}
    ticks = [e.left_s for e in rest if isinstance(e, wev.RestTick)]
    assert ticks == list(range(ticks[0], ticks[0] - len(ticks), -1))
    assert len(coach.results[0].reps) == 2

    second = do(coach, lambda t: raised(2)(t - 4), 14.0)
    assert names(second) == ["rest_ended", "block_started", *names(first)[1:3], "program_finished"]
    assert [len(result.reps) for result in coach.results] == [2, 2]
    assert [result.how for result in coach.results] == ["done", "done"]
    assert coach.finished
    assert second[-1] == wev.ProgramFinished(second[-1].time_s)
    assert do(coach, raised(2), 2.0) == []


@pytest.mark.parametrize(("early_s", "counted"), [(-1.0, 2), (-0.2, 2), (0.4, 1), (1.2, 1)])
def test_whoever_rises_on_the_word_loses_no_rep_and_who_rises_before_it_gains_none(
    early_s: float, counted: int
) -> None:
    coach = workout(Step(exercise="heel_raises", side="both", sets=2, reps=2, rest_s=6))
    do(coach, raised(2), 7.0)
    while coach.state.stage == "rest" and coach.state.left_s > 1.5 + early_s:
        do(coach, standing_still, 1 / FPS)
    # The first rise comes 1.5 s after this, and the word when the rest is over.
    do(coach, raised(2), 6.5)
    run = coach.run
    assert (len(coach.results[1].reps) if run is None else len(run.reps)) == counted


def test_what_was_learned_for_an_exercise_left_out_is_learned_anew_for_the_next() -> None:
    raises = Step(exercise="heel_raises", side="both", sets=2, reps=1, rest_s=4)
    coach = workout(raises, Step(exercise="toe_stand", sets=1, reps=1), exercise_s=4.0)
    do(coach, raised(1), 5.0)
    while coach.state.left_s > 2.0:
        do(coach, standing_still, 1 / FPS)
    coach.skip_exercise()
    while coach.state.stage == "rest":
        do(coach, standing_still, 1 / FPS)
    assert coach.run is not None
    assert coach.run.session.definition.id == "toe_stand"
    # At its first picture; by itself a session looks for 0.3 s.
    assert coach.run.session.view_ok


@pytest.mark.parametrize(
    ("second", "taken"), [("band_stretch", True), ("tibialis_anterior", False)]
)
def test_what_another_exercise_has_learned_is_not_taken_over(second: str, taken: bool) -> None:
    learned, fresh = Session(KNOWN["band_stretch"]), Session(KNOWN[second])
    # They measure the same, and look at it from elsewhere.
    assert learned.signals == fresh.signals
    for pose in film(lambda t: sitting_on_chair(), 2.0, FPS, 0.0):
        learned.update(pose)
    fresh.take_over(learned)
    assert (learned.view_ok, fresh.view_ok) == (True, taken)


def test_a_rest_lasts_as_long_as_the_frames_say() -> None:
    coach = workout(Step(exercise="heel_raises", side="both", sets=2, reps=1, rest_s=6))
    do(coach, raised(1), 5.0)
    do(coach, raised(0), 8.0)
    (began,) = (e.time_s for e in coach.events if isinstance(e, wev.RestStarted))
    (ended,) = (e.time_s for e in coach.events if isinstance(e, wev.RestEnded))
    assert ended - began == pytest.approx(6.0, abs=1 / FPS)


def test_each_leg_has_its_turn_and_the_other_one_does_not_count() -> None:
    coach = workout(Step(exercise="heel_raises", side="each", sets=1, reps=2))
    events = do(coach, one_legged(1, 2), 7.0)
    assert not any(isinstance(e, RepCounted) for e in events)
    assert events[0] == wev.SideAsked(0.0, "left")
    events = do(coach, one_legged(0, 2), 7.0)
    assert [e.side for e in events if isinstance(e, RepCounted)] == ["left", "left"]
    assert [e.side for e in events if isinstance(e, TargetReached)] == ["left"]
    assert [e.side for e in events if isinstance(e, wev.SideAsked)] == ["right"]
    (rest,) = (e for e in events if isinstance(e, wev.RestStarted))
    assert (rest.seconds, rest.change) == (3.0, "side")
    do(coach, standing_still, 3.0)
    do(coach, one_legged(1, 2), 7.0)
    assert coach.finished
    assert [[r.side for r in one.reps] for one in coach.results] == [["left"] * 2, ["right"] * 2]


def standing_still(t: float) -> NDArray[np.float64]:
    return standing()


def test_both_legs_apart_in_one_block_each_must_do_it_and_is_asked_to() -> None:
    coach = workout(Step(exercise="heel_stretch", side="both", sets=1, seconds=3))

    def stretched(leg: int) -> Motion:
        return lambda t: sitting_on_floor(leg, 0.2 + 0.85 * bump(t, 1.0, 1.0, 4.5, 1.0))

    events = do(coach, stretched(0), 8.0, yaw_deg=90.0)
    assert [e.side for e in events if isinstance(e, TargetReached)] == ["left"]
    assert [e.side for e in events if isinstance(e, wev.SideAsked)] == ["right"]
    assert coach.state.stage == "work"
    events = do(coach, stretched(1), 8.0, yaw_deg=90.0)
    assert coach.finished
    (result,) = coach.results
    assert [hold.side for hold in result.holds] == ["left", "right"]


def test_what_both_legs_do_together_counts_for_each() -> None:
    coach = workout(Step(exercise="heel_raises", side="auto", sets=1, reps=2))
    do(coach, one_legged(0, 2), 7.0)
    assert not coach.finished
    do(coach, raised(2), 8.0)
    assert coach.finished
    assert [r.side for r in coach.results[0].reps] == ["left", "left", "both", "both"]


def test_a_hold_goes_on_to_the_full_second_and_ends_there() -> None:
    coach = workout(Step(exercise="toe_stretch", side="left", sets=1, seconds=3))
    do(coach, lambda t: sitting_on_chair(0, bump(t, 1.0, 1.0, 9.0, 1.0)), 9.0)
    assert coach.finished
    (hold,) = coach.results[0].holds
    assert hold.seconds == pytest.approx(3.0, abs=0.1)
    assert [e.hold for e in coach.events if isinstance(e, HoldEnded)] == [hold]


def test_a_hold_a_little_short_of_the_target_will_do() -> None:
    def lean(t: float) -> NDArray[np.float64]:
        return at_wall(0.75 * bump(t, 1.0, 1.0, 4.0, 1.0), rear=0)

    whole = workout(Step(exercise="heel_tendon_stretch", side="left", sets=1, seconds=60))
    do(whole, lean, 8.0, yaw_deg=90.0)
    whole.finish()
    (hold,) = whole.results[0].holds

    for missing, done in ((0.15, True), (0.5, False)):
        asked = hold.seconds + missing
        coach = workout(Step(exercise="heel_tendon_stretch", side="left", sets=1, seconds=asked))
        do(coach, lean, 8.0, yaw_deg=90.0)
        assert coach.finished == done


def toes_up(t: float) -> NDArray[np.float64]:
    """Stepping on the spot with the heels up from the first second on."""
    up = 0.07 * bump(t, 1.0, 0.6, 1e6, 1.0)
    swing = max(0.0, math.sin(2 * math.pi * t)) * 0.08 * bump(t, 1.6, 0.4, 1e6, 1.0)
    other = max(0.0, -math.sin(2 * math.pi * t)) * 0.08 * bump(t, 1.6, 0.4, 1e6, 1.0)
    return standing(lift=(up, up), foot_up=(swing, other))


def test_phases_of_a_walk_follow_without_a_stop() -> None:
    straight, out = Portion(seconds=5, feet="straight"), Portion(seconds=5, feet="out")
    coach = workout(Step(exercise="toe_walking", sets=1, parts=(straight, out)))
    events = do(coach, toes_up, 16.0, yaw_deg=90.0)
    assert names(events) == [
        *("block_started", "block_ended", "block_started", "block_ended"),
        *("set_finished", "program_finished"),
    ]
    first, second = coach.results
    assert second.start_s == first.end_s
    assert first.end_s == pytest.approx(6.8, abs=0.6)
    # A moment is lost until the first step of the new phase is seen.
    assert second.end_s - second.start_s == pytest.approx(5.5, abs=0.6)
    for result in coach.results:
        assert sum(hold.seconds for hold in result.holds) == pytest.approx(5.0, abs=0.5)


def test_circles_the_wrong_way_round_are_tries() -> None:
    parts = (Portion(reps=3, way="cw"), Portion(reps=3, way="ccw"))
    coach = workout(Step(exercise="ankle_circles", side="right", sets=1, parts=parts))
    events = do(coach, circles(4, "ccw"), 12.0, yaw_deg=60.0)
    assert not any(isinstance(e, RepCounted) for e in events)
    whys = [e.attempt.why for e in events if isinstance(e, TryAbandoned) and e.attempt]
    assert set(whys) == {"wrong_way"}
    assert coach.state.snapshot is not None
    assert coach.state.snapshot.reps == 0

    do(coach, circles(4, "cw"), 12.0, yaw_deg=60.0)
    assert [r.how for r in coach.results] == ["done"]
    assert [rep.direction for rep in coach.results[0].reps] == ["cw"] * 3
    assert {attempt.why for attempt in coach.results[0].attempts} == {"wrong_way"}
    do(coach, circles(4, "ccw"), 12.0, yaw_deg=60.0)
    assert coach.finished


def test_seconds_of_an_exercise_that_is_counted_are_those_of_its_reps() -> None:
    coach = workout(Step(exercise="ankle_circles", side="right", sets=1, seconds=7))
    do(coach, circles(3, "cw"), 11.0, yaw_deg=90.0)
    assert not coach.finished
    state = coach.state.snapshot
    assert state is not None
    assert (state.kind, state.target_hold_s) == ("hold", 7)
    assert state.hold_s == pytest.approx(6.0, abs=0.7)
    do(coach, circles(3, "cw"), 11.0, yaw_deg=90.0)
    assert coach.results[0].how == "done"


def test_reps_that_are_held_have_their_own_length() -> None:
    coach = workout(Step(exercise="tibialis_anterior", side="both", sets=1, reps=1, hold_s=4))

    def pulled(seconds: float) -> Motion:
        return lambda t: sitting((32.0 * bump(t, 2.0, 0.8, seconds, 0.8),) * 2)

    do(coach, pulled(2.5), 8.0, yaw_deg=90.0)
    assert not coach.finished
    do(coach, pulled(4.5), 10.0, yaw_deg=90.0)
    (result,) = coach.results
    assert [a.why for a in result.attempts] == ["too_short"]
    assert len(result.reps) == 1


def test_what_no_camera_sees_is_paced_by_the_clock_while_somebody_is_in_view() -> None:
    coach = workout(Step(exercise="heel_raises", side="left", sets=1, seconds=4, paced=True))
    do(coach, raised(1), 3.0)
    state = coach.state.snapshot
    assert state is not None
    assert state.paced
    assert state.phase == "holding"
    for i in range(60):  # nobody: the clock waits
        coach.update(Pose.nobody(3.0 + i / FPS, (640, 480)))
    assert not coach.finished
    do(coach, raised(1), 3.0)
    (result,) = coach.results
    assert result.how == "done"
    assert (result.reps, result.attempts) == ((), ())
    (hold,) = result.holds
    assert hold.paced
    assert hold.side == "left"
    assert hold.seconds == pytest.approx(4.0, abs=2 / FPS)
    assert not any(isinstance(e, RepCounted) for e in coach.events)


def test_skipping_keeps_what_was_done() -> None:
    steps = (
        Step(exercise="heel_raises", side="both", sets=2, reps=10, rest_s=5),
        Step(exercise="toe_stand", sets=1, reps=3),
    )
    coach = workout(*steps)
    do(coach, raised(2), 7.0)
    assert names(coach.skip()) == ["block_ended", "rest_started"]
    assert [(r.how, len(r.reps)) for r in coach.results] == [("skipped", 2)]
    # In a rest, going on means not resting any longer.
    assert names(coach.skip()) == ["rest_ended", "block_started"]
    do(coach, raised(1), 5.0)
    coach.skip()
    assert [(r.how, len(r.reps)) for r in coach.results[1:]] == [("skipped", 1)]
    coach.skip()
    assert names(coach.skip()) == ["block_ended", "program_finished"]
    assert [r.block.definition.id for r in coach.results] == [*["heel_raises"] * 2, "toe_stand"]
    assert coach.skip() == []


def test_an_exercise_can_be_left_out_with_all_its_sets() -> None:
    steps = (
        Step(exercise="heel_raises", side="both", sets=3, reps=10, rest_s=5),
        Step(exercise="toe_stand", sets=1, reps=3),
    )
    coach = workout(*steps)
    do(coach, raised(1), 5.0)
    coach.skip_exercise()
    assert [(r.how, len(r.reps)) for r in coach.results] == [("skipped", n) for n in (1, 0, 0)]
    assert coach.state.stage == "rest"
    assert coach.state.block is not None
    assert coach.state.block.definition.id == "toe_stand"
    assert names(coach.skip_exercise()) == ["rest_ended", "program_finished"]


@pytest.mark.parametrize("key", ["pause", "skip"])
def test_a_key_before_the_first_picture_leaves_nothing_out(key: str) -> None:
    coach = workout(Step(exercise="heel_raises", side="left", sets=1, reps=1))
    early = [*getattr(coach, key)(), *coach.resume()]
    events = [*early, *do(coach, one_legged(0, 1), 5.0)]
    found = [e.name for e in events if isinstance(e, wev.SideAsked | wev.BlockStarted)]
    assert found == ["side_asked", "block_started"]
    assert coach.finished


def test_in_a_pause_nothing_counts_and_no_rest_goes_by() -> None:
    coach = workout(Step(exercise="heel_raises", side="both", sets=2, reps=1, rest_s=6))
    do(coach, standing_still, 1.0)
    assert names(coach.pause()) == ["workout_paused"]
    assert coach.pause() == []
    paused = do(coach, raised(2), 8.0)
    assert not any(isinstance(e, RepCounted | PersonLost) for e in paused)
    assert names(coach.resume()) == ["workout_resumed"]
    do(coach, raised(1), 5.0)
    assert coach.state.stage == "rest"
    left = coach.state.left_s
    coach.pause()
    do(coach, raised(1), 20.0)
    assert coach.state.left_s == left
    assert coach.state.paused
    coach.resume()
    do(coach, standing_still, left + 1)
    assert coach.state.stage == "work"


def test_a_pause_ends_a_hold_where_it_began() -> None:
    coach = workout(Step(exercise="toe_stretch", side="left", sets=1, seconds=10))

    def held(t: float) -> NDArray[np.float64]:
        return sitting_on_chair(0, bump(t, 1.0, 1.0, 60.0, 1.0))

    do(coach, held, 6.0)
    coach.pause()
    do(coach, held, 30.0)
    coach.resume()
    do(coach, held, 1.0)
    assert not coach.finished
    coach.finish()
    assert all(hold.seconds < 6.0 for hold in coach.results[0].holds)
    assert coach.results[0].how == "stopped"


def test_stopping_keeps_all_and_says_how_far_it_got() -> None:
    steps = (
        Step(exercise="heel_raises", side="both", sets=1, reps=2),
        Step(exercise="toe_stretch", side="left", sets=1, seconds=20),
        Step(exercise="toe_stand", sets=1, reps=3),
    )
    coach = workout(*steps, exercise_s=1.0)
    do(coach, raised(2), 7.0)
    do(coach, lambda t: sitting_on_chair(0, bump(t, 1.0, 1.0, 60.0, 1.0)), 10.0)
    last = coach.finish()
    assert last[-1] == wev.ProgramFinished(last[-1].time_s, complete=False)
    assert [r.how for r in coach.results] == ["done", "stopped"]
    (hold,) = coach.results[1].holds
    assert hold.seconds == pytest.approx(7.0, abs=1.2)
    assert coach.finish() == []


def test_the_same_poses_give_the_same_events() -> None:
    def run() -> list[Event]:
        coach = workout(Step(exercise="heel_raises", side="each", sets=1, reps=1))
        do(coach, one_legged(0, 1), 8.0)
        do(coach, one_legged(1, 1), 8.0)
        coach.finish()
        return coach.events

    assert run() == run()


def test_what_comes_next_is_known_at_any_time() -> None:
    steps = (
        Step(exercise="heel_raises", side="both", sets=1, reps=1),
        Step(exercise="toe_stand", sets=1, reps=1),
    )
    coach = workout(*steps)
    state = coach.state
    assert state.block is not None
    assert state.following is not None
    assert (state.stage, state.block.definition.id) == ("rest", "heel_raises")
    assert state.following.definition.id == "toe_stand"
    do(coach, raised(1), 5.0)
    state = coach.state
    assert (state.stage, state.number, state.following) == ("rest", 1, None)
    assert 0 < state.left_s < state.rest_s == 4.0


@pytest.mark.parametrize("fps", [8.0, 15.0, 30.0])
def test_the_rate_of_frames_changes_no_result(fps: float) -> None:
    coach = workout(Step(exercise="heel_raises", side="both", sets=2, reps=2, rest_s=5))

    def motion(t: float) -> NDArray[np.float64]:
        return standing(lift=(0.07 * sum(bump(t, s, 0.9, 0.2, 0.9) for s in (2, 5, 16, 19)),) * 2)

    for pose in film(motion, 24.0, fps):
        coach.update(pose)
    assert [len(result.reps) for result in coach.results] == [2, 2]
    assert coach.finished


def test_no_blocks_are_a_workout_that_is_over() -> None:
    coach = Workout(())
    assert coach.finished
    assert coach.finish() == coach.skip() == coach.pause() == []
    assert coach.state.block is None
