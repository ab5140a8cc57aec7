"""The state machine of movements to and fro, without a rest between."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise

import pytest
from figures import bump
from hypothesis import given
from hypothesis import strategies as st

from posecoach.checkers.rep_rules import Track
from posecoach.checkers.reps import Movement
from posecoach.checkers.swings import SwingCounter

TRACK = Track(
    signal="foot_flow",
    side="one_foot",
    swing=True,
    leave=0.04,
    attempt=0.1,
    count=0.15,
    limit=0.7,
    back=0.25,
    min_s=0.5,
    max_s=8,
)
Signal = Callable[[float], float | None]


def run(
    signal: Signal,
    seconds: float = 10.0,
    fps: float = 30.0,
    vetoed: Callable[[float], bool] = lambda t: False,
    track: Track = TRACK,
    start_s: float = 0.0,
) -> list[Movement]:
    counter = SwingCounter(track)
    found = []
    for i in range(int(seconds * fps)):
        movement = counter.update(signal(i / fps), start_s + i / fps, vetoed(i / fps))
        if movement is not None:
            found.append(movement)
    return found


def one(height: float, at: float = 2.0, valley: float = 0.0) -> Callable[[float], float]:
    return lambda t: valley + height * bump(t, at, 0.6, 0.2, 0.6)


def rolls(
    count: int, height: float = 0.2, period_s: float = 1.4, valley: float = 0.0
) -> Callable[[float], float]:
    """So many rolls without a pause, from the second second on."""

    def signal(t: float) -> float:
        phase = (t - 2.0) / period_s
        if not 0 < phase < count:
            return valley
        return valley + height * math.sin(math.pi * phase) ** 2

    return signal


@pytest.mark.parametrize(
    ("height", "counts"),
    [(0.03, None), (0.09, None), (0.12, False), (0.16, True), (0.69, True), (0.71, None)],
)
@pytest.mark.parametrize("valley", [0.0, -0.3, 5.0])
def test_heights_are_over_the_valley_wherever_that_is(
    height: float, counts: bool | None, valley: float
) -> None:
    found = run(one(height, valley=valley))
    assert [m.counts for m in found] == ([] if counts is None else [counts])
    assert all(m.peak == pytest.approx(height, abs=0.002) for m in found)


def test_times_are_those_of_the_swing() -> None:
    (swing,) = run(one(0.2), fps=60)
    assert swing.start_s == pytest.approx(2.1, abs=0.1)
    assert swing.peak_s == pytest.approx(2.7, abs=0.05)
    assert swing.end_s == pytest.approx(3.35, abs=0.1)
    assert swing.up_s + swing.top_s + swing.down_s == pytest.approx(swing.end_s - swing.start_s)
    assert swing.from_rest


def test_nothing_need_rest_before_it() -> None:
    assert len(run(lambda t: 0.1 * math.sin(2 * math.pi * t / 1.5), 9.0)) in (5, 6)


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("valley", [0.0, 0.4])
def test_rolls_without_a_pause_are_each_counted(count: int, valley: float) -> None:
    found = run(rolls(count, valley=valley), 4 + 1.4 * count)
    assert len(found) == count
    for i, swing in enumerate(found):
        assert swing.peak_s == pytest.approx(2.7 + 1.4 * i, abs=0.1)
    for a, b in pairwise(found):
        assert b.start_s >= a.end_s - 0.05


def test_a_foot_that_is_put_somewhere_else_is_no_swing() -> None:
    assert run(lambda t: 0.0 if t < 2 else 0.2 * min(1.0, t - 2)) == []
    assert run(lambda t: 0.2 if t < 2 else 0.0) == []
    # Away, and then far beyond where it came from.
    assert run(lambda t: 0.2 * bump(t, 2, 0.5, 0.1, 0.5) - 0.25 * min(1.0, max(0.0, t - 2.6))) == []


@pytest.mark.parametrize("at_s", [0.5, 1.4])
def test_it_swings_on_from_where_it_was_put(at_s: float) -> None:
    """The first roll is a part of putting it there; those after it start from there."""
    signal: Signal = lambda t: 0.3 * min(1.0, max(0.0, t - at_s) / 0.4) + rolls(4)(t)  # noqa: E731
    assert [round(m.peak, 1) for m in run(signal, 10)] == [0.2] * 3


def test_inverted() -> None:
    track = TRACK.model_copy(update={"invert": True})
    assert len(run(lambda t: -one(0.2)(t), track=track)) == 1


def test_a_wobble_on_the_way_is_one_swing() -> None:
    wobble = lambda t: one(0.3)(t) + 0.02 * math.sin(25 * t)  # noqa: E731
    assert len(run(wobble)) == 1


def test_too_short_is_noise_and_too_long_is_given_up() -> None:
    assert run(lambda t: 0.2 if 2.0 < t < 2.2 else 0.0) == []
    assert run(lambda t: 0.2 if 2.0 < t < 12.0 else 0.0, seconds=15) == []


def test_none_for_a_moment_is_bridged_and_for_longer_given_up() -> None:
    assert len(run(lambda t: None if 2.5 < t < 2.9 else one(0.2)(t))) == 1
    assert run(lambda t: None if 2.5 < t < 4.9 else one(0.2)(t)) == []


def test_a_veto_that_lasts_drops_the_swing_and_a_flicker_does_not() -> None:
    assert run(one(0.2), vetoed=lambda t: 2.4 < t < 2.8) == []
    assert len(run(one(0.2), vetoed=lambda t: 2.40 < t < 2.45)) == 1


def test_a_swing_that_ends_with_the_frames_is_taken_if_it_was_all_but_back() -> None:
    for until, ended in ((3.3, 1), (2.7, 0)):
        counter = SwingCounter(TRACK)
        found = [counter.update(one(0.2)(i / 30), i / 30) for i in range(int(until * 30))]
        movement = counter.finish()
        assert sum(m is not None for m in [*found, movement]) == ended


def test_what_is_under_way_can_be_asked_for() -> None:
    counter = SwingCounter(TRACK)
    for i in range(int(2.8 * 30)):
        counter.update(one(0.2)(i / 30), i / 30)
    assert counter.under_way
    assert counter.peak == pytest.approx(0.2, abs=0.01)
    so_far = counter.so_far()
    assert so_far is not None
    assert so_far.counts
    counter.finish()
    assert not counter.under_way
    assert counter.peak == 0.0
    assert counter.so_far() is None


@given(st.lists(st.floats(-0.0199, 0.0199), min_size=30, max_size=400), st.floats(-1, 1))
def test_noise_below_leave_is_never_a_swing(values: list[float], valley: float) -> None:
    assert run(lambda t: valley + values[round(t * 30)], seconds=len(values) / 30) == []


@given(
    fps=st.floats(12, 60),
    count=st.integers(1, 5),
    height=st.floats(0.2, 0.5),
    period_s=st.floats(1.0, 3.0),
)
def test_the_frame_rate_does_not_change_the_count(
    fps: float, count: int, height: float, period_s: float
) -> None:
    assert len(run(rolls(count, height, period_s), 4 + period_s * count, fps)) == count


@pytest.mark.parametrize("start_s", [0.0, 17.3, 1e6])
def test_the_clock_may_begin_anywhere(start_s: float) -> None:
    found = run(rolls(3), 8, start_s=start_s)
    assert [round(m.peak_s - start_s, 1) for m in found] == [2.7, 4.1, 5.5]


@given(
    st.lists(
        st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False, width=32)),
        max_size=200,
    )
)
def test_any_input_is_survived(values: list[float | None]) -> None:
    run(lambda t: values[round(t * 30)], seconds=len(values) / 30)
