"""Reps judged against a metronome."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posecoach.checkers import find_definition
from posecoach.checkers.results import Rep
from posecoach.checkers.update import Update
from posecoach.session.beat import OFF_BEAT, Beat, next_beat
from posecoach.session.ledger import Ledger


def off(peaks: list[float], beats_a_minute: float = 60.0) -> list[int]:
    """Which of the reps with these peaks are off the beat, from 0."""
    beat = Beat(beats_a_minute)
    judged = [beat.judged(Rep("both", at - 0.8, at, at + 0.8)) for at in peaks]
    return [i for i, rep in enumerate(judged) if OFF_BEAT in rep.faults]


def test_up_on_one_beat_and_down_on_the_next_is_on_the_beat() -> None:
    assert off([3.1 + 2 * n for n in range(25)]) == []


@given(
    late=st.floats(0.0, 10.0),
    jitter=st.lists(st.floats(-0.24, 0.24), min_size=2, max_size=30),
)
def test_a_constant_delay_and_a_little_jitter_do_no_harm(late: float, jitter: list[float]) -> None:
    assert off([late + 2 * n + j for n, j in enumerate(jitter)]) == []


def test_a_rep_that_comes_much_too_late_is_off_and_the_next_may_be_right() -> None:
    assert off([1.0, 3.0, 5.8, 7.8, 9.8, 11.8]) == [2]


def test_somebody_a_little_too_quick_drifts_off() -> None:
    # 0.2 s too soon each time: 0.6 s after three, half a beat is 0.5 s.
    assert off([1.0 + 1.8 * n for n in range(8)]) == [3, 6]


def test_twice_as_fast_is_off_every_time() -> None:
    assert off([1.0 + n for n in range(5)]) == [1, 2, 3, 4]


def test_the_beat_says_how_far_off() -> None:
    beat = Beat(40.0)
    first, second = (beat.judged(Rep("both", 0.0, at, at + 1)) for at in (1.0, 4.4))
    assert "beat_late_s" not in first.metrics
    assert second.metrics["beat_late_s"] == pytest.approx(0.4)
    assert second.faults == ()


def test_what_else_was_wrong_with_a_rep_stays() -> None:
    beat = Beat(60.0)
    beat.judged(Rep("left", 0.0, 1.0, 2.0))
    rep = beat.judged(Rep("left", 0.0, 9.0, 10.0, {"heel_lift_cm": 7.0}, ("knee_bent",)))
    assert rep.faults == ("knee_bent", OFF_BEAT)
    assert rep.metrics["heel_lift_cm"] == 7.0


@given(time_s=st.floats(0.0, 3600.0), period_s=st.sampled_from([0.5, 0.75, 1.0, 1.5]))
def test_the_next_beat_is_the_first_that_is_not_over(time_s: float, period_s: float) -> None:
    number, due_s = next_beat(time_s, period_s)
    assert due_s == number * period_s
    assert time_s - 1e-6 <= due_s < time_s + period_s


def test_reps_that_the_clock_counts_are_judged_by_no_beat() -> None:
    ledger = Ledger(find_definition("toe_curls"), None, beat=60.0)
    reps = [Rep("both", at - 0.8, at, at + 0.8) for at in (1.0, 4.0, 7.0)]
    for rep in (reps[0], replace(reps[1], paced=True), reps[2]):
        ledger.take(Update(reps=(rep,)), rep.end_s)
    assert [OFF_BEAT in rep.faults for rep in ledger.reps] == [False, False, True]
    assert ["beat_late_s" in rep.metrics for rep in ledger.reps] == [False, False, True]
