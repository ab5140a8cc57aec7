"""The heel-raise test: which raises count, when it is over, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest
from figures import bump, film, mirrored, standing
from numpy.typing import NDArray

from posecoach.checkers import find_definition
from posecoach.checkers.results import Attempt, Rep
from posecoach.pose import Pose
from posecoach.session import workout_events as wev
from posecoach.session.heel_raise_events import HeelRaiseTestFinished, LegEnded, LegStarted
from posecoach.session.heel_raise_leg import LegResult, LegTest, Raise, symmetry
from posecoach.session.heel_raise_run import HeelRaiseTest
from posecoach.session.norms import norm_of

HEEL_RAISES = find_definition("heel_raises")


def leg(
    heights: Sequence[float], peaks: Sequence[float] = (), bent: dict[int, float] | None = None
) -> LegTest:
    """A left leg's raises of these heights in centimetres, every two seconds.

    ``bent`` has by how many degrees the knee bent in some of them.
    """
    test = LegTest("left", 0.0)
    for i, height in enumerate(heights):
        at = peaks[i] if peaks else 3.0 + 2 * i
        metrics = {"heel_lift_cm": height, "knee_drop_deg": (bent or {}).get(i, 2.0)}
        if test.end is None:
            test.judge(Rep("left", at - 0.8, at, at + 0.8, metrics))
    return test


def test_thirty_a_minute_and_high_enough_all_count() -> None:
    test = leg([9.0 - 0.1 * i for i in range(25)])
    assert (test.reps, test.end) == (25, None)
    result = test.result(60.0)
    assert (result.reps, result.end, result.best_cm) == (25, "ended", 9.0)
    # From 8.9, the median of the first three, to 6.7.
    assert result.drop == pytest.approx(1 - 6.7 / 8.9)
    assert result.total_cm == pytest.approx(sum(9.0 - 0.1 * i for i in range(25)))


def test_two_in_a_row_below_half_of_the_start_end_it() -> None:
    test = leg([8.0, 12.0, 9.0, 6.0, 4.4, 7.0, 4.4, 4.3, 9.0])
    assert [one.lost for one in test.raises] == ["", "", "", "", "height_lost", ""] + [
        "height_lost"
    ] * 2
    # The starting height is 9: neither the lowest nor the highest of the first three.
    assert (test.least_cm, test.reps, test.end) == (4.5, 5, "height")


def test_two_in_a_row_off_the_pace_end_it() -> None:
    test = leg([8.0] * 8, [3.0, 5.0, 7.0, 9.9, 11.9, 14.8, 17.7, 19.7])
    assert [one.lost for one in test.raises][3:] == ["off_beat", "", "off_beat", "off_beat"]
    assert (test.reps, test.end) == (4, "pace")


def test_pace_and_height_lost_one_after_the_other_end_it_too() -> None:
    test = leg([8.0, 8.0, 8.0, 8.0, 3.0], [3.0, 5.0, 7.0, 9.9, 11.9])
    assert (test.reps, test.end) == (3, "lost")


def test_a_bent_knee_is_lost() -> None:
    test = leg([8.0] * 6, bent={2: 18.0, 4: 33.0})
    assert [one.lost for one in test.raises] == ["", "", "", "", "knee_bent", ""]
    assert (test.reps, test.end) == (5, None)
    test = leg([8.0] * 6, bent={3: 33.0, 4: 33.0})
    assert (test.reps, test.end) == (3, "form")


def test_tries_are_lost_once_there_was_a_raise_and_keep_the_pace() -> None:
    test = LegTest("left", 0.0)
    tried = Attempt("left", 0.5, 2.2, 2.5, "too_shallow", {"heel_lift_cm": 1.0})
    for _ in range(3):
        test.take_try(tried)
    assert test.end is None
    for at in (3.0, 5.0):
        test.judge(Rep("left", at - 0.8, at, at + 0.8, {"heel_lift_cm": 8.0}))
    test.take_try(Attempt("left", 6.5, 7.0, 7.5, "too_shallow", {"heel_lift_cm": 1.0}))
    assert test.judge(Rep("left", 8.2, 9.0, 9.8, {"heel_lift_cm": 8.0})).lost == ""
    assert (test.reps, test.end) == (3, None)
    for at in (11.0, 13.0):
        test.take_try(Attempt("left", at - 0.5, at, at + 0.5, "too_shallow"))
    assert (test.reps, test.end) == (3, "height")


@pytest.mark.parametrize(("in_view", "end"), [(True, "stopped"), (False, "away")])
def test_it_is_over_when_two_raises_did_not_come(in_view: bool, end: str) -> None:
    test = leg([8.0] * 4)
    test.look(9.0 + 5.4, in_view=in_view)
    assert test.end is None
    test.look(9.0 + 5.6, in_view=in_view)
    assert test.end == end


def test_nobody_has_to_begin_at_once() -> None:
    test = LegTest("right", 10.0)
    test.look(29.0, in_view=True)
    assert test.end is None
    test.look(30.1, in_view=True)
    assert test.end == "not_begun"
    assert test.result(30.1).best_cm is None
    assert test.result(30.1).drop is None


def result_of(side: str, heights: Sequence[float]) -> LegResult:
    raises = tuple(Raise(2.0 * i, height) for i, height in enumerate(heights))
    return LegResult("left" if side == "left" else "right", 0.0, 60.0, "height", raises)


def test_the_lesser_leg_is_given_in_percent_of_the_greater_one() -> None:
    both = symmetry(result_of("left", [8.0] * 20), result_of("right", [10.0] * 25))
    assert both is not None
    assert (both.reps, both.best, both.total) == (80, 80, 64)
    assert symmetry(result_of("left", []), result_of("right", [10.0])) is None


@pytest.mark.parametrize(
    ("age", "sex", "reps"),
    [(20, "m", 37), (29, "f", 30), (45, "m", 28), (59, "f", 21), (79, "m", 14), (70, "f", 16)],
)
def test_norms_by_decade(age: int, sex: str, reps: int) -> None:
    norm = norm_of(age, "f" if sex == "f" else "m")
    assert norm is not None
    assert norm.reps == reps
    assert norm.from_age <= age <= norm.to_age


@pytest.mark.parametrize("age", [0, 19, 80, 101])
def test_no_norm_outside_of_what_was_studied(age: int) -> None:
    assert norm_of(age, "m") is None


# -- from poses ---------------------------------------------------------------------------------


def raises(heights_m: Sequence[float], first_s: float = 2.0) -> Callable[[float], NDArray]:
    """Somebody on the left leg, with a raise of each height every two seconds."""

    def motion(t: float) -> NDArray[np.float64]:
        lift = sum(h * bump(t, first_s + 2 * i, 0.8, 0.2, 0.8) for i, h in enumerate(heights_m))
        return standing(lift=(lift, 0.0), foot_up=(0.0, 0.2))

    return motion


def watched(
    poses: Iterator[Pose], sides: Sequence[str] = ("left",), **wishes: object
) -> HeelRaiseTest:
    asked = ["left" if side == "left" else "right" for side in sides]
    test = HeelRaiseTest(HEEL_RAISES, asked, 170.0, **wishes)  # type: ignore[arg-type]
    for pose in poses:
        test.update(pose)
    test.finish()
    return test


@pytest.mark.parametrize("yaw_deg", [0.0, 90.0, 45.0])
@pytest.mark.parametrize("side", ["left", "right"])
def test_raises_that_fade_are_counted_until_they_are_too_low(side: str, yaw_deg: float) -> None:
    heights = [0.10] * 10 + [0.08] * 5 + [0.045] * 3
    poses = film(raises(heights), 44.0, yaw_deg=yaw_deg, noise_px=0.3)
    test = watched((p if side == "left" else mirrored(p) for p in poses), [side])
    (result,) = test.results
    assert (result.side, result.reps, result.end) == (side, 15, "height")
    assert result.drop == pytest.approx(0.2, abs=0.06)
    assert test.complete


def test_it_ends_when_no_more_come_and_what_comes_later_is_not_counted() -> None:
    pause = [0.09] * 6 + [0.0] * 4 + [0.09] * 3
    test = watched(film(raises(pause), 30.0))
    (result,) = test.results
    assert (result.reps, result.end) == (6, "stopped")
    assert isinstance(test.events[-1], HeelRaiseTestFinished)
    assert test.events[-1].complete


def test_on_both_feet_nothing_counts() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        lift = sum(0.09 * bump(t, 2.0 + 2 * i, 0.8, 0.2, 0.8) for i in range(8))
        return standing(lift=(lift, lift))

    test = watched(film(motion, 25.0))
    assert [(r.reps, r.end) for r in test.results] == [(0, "not_begun")]
    assert test.why == "stand_on_left"
    assert not test.complete


def test_the_other_leg_is_not_taken_for_the_one_that_was_asked_for() -> None:
    test = watched(film(raises([0.09] * 6), 25.0), ["right"])
    assert [(r.side, r.reps) for r in test.results] == [("right", 0)]


def both_legs(rest_s: float) -> Iterator[Pose]:
    """A left leg, the rest, a right leg, as a camera sees them one after the other."""
    first_s = 30.0
    yield from film(raises([0.09] * 5), first_s)
    for pose in film(raises([0.09] * 4, 4.0), 30.0 + rest_s, start_s=first_s):
        yield mirrored(pose)


def test_both_legs_with_a_rest_and_nothing_counts_in_it() -> None:
    test = watched(both_legs(10.0), ["left", "right"], rest_s=20.0)
    first = test.results[0]
    assert (first.side, first.reps, first.end) == ("left", 5, "stopped")
    assert (test.results[1].side, test.results[1].end) == ("right", "stopped")
    started = [e for e in test.events if isinstance(e, LegStarted)]
    ended = [e for e in test.events if isinstance(e, LegEnded)]
    assert [e.side for e in started] == [e.side for e in ended] == ["left", "right"]
    assert started[1].time_s == pytest.approx(ended[0].time_s + 20.0, abs=0.05)
    between = [e for e in test.events if ended[0].time_s < e.time_s < started[1].time_s]
    assert {e.name for e in between} == {"rest_tick"}
    assert test.complete


def test_with_a_setup_it_explains_waits_and_counts_in() -> None:
    def motion(t: float) -> NDArray[np.float64]:
        # On both feet at first: the other foot has to be lifted before it begins.
        return standing() if t < 20.0 else raises([0.09] * 5, 28.0)(t)

    test = watched(film(motion, 60.0), setup=True)
    (result,) = test.results
    assert (result.reps, result.end) == (5, "stopped")
    names = [e.name for e in test.events]
    assert names.index("rest_ended") < names.index("setup_started") < names.index("count_in")
    assert [e.why for e in test.events if e.name == "setup_asked"][-1] == "stand_on_left"  # type: ignore[attr-defined]
    assert 20.0 < result.start_s < 28.0


def test_the_same_frames_give_the_same_result() -> None:
    first, second = (watched(both_legs(10.0), ["left", "right"], rest_s=5.0) for _ in range(2))
    assert first.results == second.results
    assert first.events == second.events


def test_a_key_before_the_first_picture_leaves_nothing_out() -> None:
    test = HeelRaiseTest(HEEL_RAISES, ["left"], 170.0, setup=True)
    events = [*test.pause(), *test.resume()]
    for pose in film(lambda t: standing(), 1.0):
        events += test.update(pose)
    assert [e.name for e in events][2:4] == ["rest_started", "side_asked"]
    assert test.state.stage == "briefing"
    test = HeelRaiseTest(HEEL_RAISES, ["left"], 170.0, setup=True)
    assert [e.name for e in test.skip()] == ["rest_started", "side_asked", "rest_ended"]


def test_who_goes_on_or_ends_it_in_a_pause_is_in_none_any_more() -> None:
    for how in ("skip", "finish"):
        test = HeelRaiseTest(HEEL_RAISES, ["left"], 170.0, setup=True)
        for pose in film(lambda t: standing(), 1.0):
            test.update(pose)
        test.pause()
        names = [e.name for e in getattr(test, how)()]
        assert names[0] == ("workout_resumed" if how == "skip" else "test_finished")
        assert not test.state.paused


def test_a_turn_can_be_ended_and_a_rest_skipped() -> None:
    test = HeelRaiseTest(HEEL_RAISES, ["left", "right"], 170.0)
    for pose in film(raises([0.09] * 9), 9.0):
        test.update(pose)
    test.pause()  # a leg at work cannot pause
    assert test.state.stage == "rest"
    assert [(r.reps, r.end) for r in test.results] == [(3, "ended")]
    test.pause()
    before = test.state.left_s
    test.update(Pose.nobody(60.0, (640, 480)))
    assert test.state.left_s == before
    test.resume()
    assert [e.name for e in test.skip()] == ["rest_ended", "leg_started"]
    assert test.state.side == "right"
    names = [e.name for e in test.finish()]
    assert names == ["leg_ended", "test_finished"]
    assert not test.complete
    assert test.skip() == test.finish() == test.pause() == []
    assert isinstance(test.events[1], LegStarted | wev.SideAsked)
