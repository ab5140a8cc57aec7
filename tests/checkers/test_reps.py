"""The state machine of one signal."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from figures import bump
from hypothesis import given
from hypothesis import strategies as st

from posecoach.checkers.rep_rules import Track
from posecoach.checkers.reps import Movement, RepCounter

TRACK = Track(signal="body_rise", leave=0.01, attempt=0.015, count=0.03, limit=0.2)


def run(
    signal: Callable[[float], float | None],
    seconds: float = 10.0,
    fps: float = 30.0,
    vetoed: Callable[[float], bool] = lambda t: False,
    track: Track = TRACK,
) -> list[Movement]:
    counter = RepCounter(track)
    found = []
    for i in range(int(seconds * fps)):
        movement = counter.update(signal(i / fps), i / fps, vetoed(i / fps))
        if movement is not None:
            found.append(movement)
    return found


def one(peak: float, at: float = 2.0) -> Callable[[float], float]:
    return lambda t: peak * bump(t, at, 0.8, 0.4, 0.8)


@pytest.mark.parametrize(
    ("peak", "counts"),
    [(0.009, None), (0.014, None), (0.02, False), (0.029, False), (0.031, True), (0.19, True),
     (0.21, None)],
)  # fmt: skip
def test_levels(peak: float, counts: bool | None) -> None:
    assert [m.counts for m in run(one(peak))] == ([] if counts is None else [counts])


def test_times_are_those_of_the_movement() -> None:
    (movement,) = run(one(0.08), fps=60)
    assert movement.start_s == pytest.approx(2.2, abs=0.1)
    assert movement.peak_s == pytest.approx(3.0, abs=0.05)
    assert movement.end_s == pytest.approx(3.75, abs=0.15)
    assert movement.up_s + movement.top_s + movement.down_s == pytest.approx(
        movement.end_s - movement.start_s
    )


def test_nothing_counts_before_a_rest_was_seen() -> None:
    assert run(lambda t: 0.08 if t < 1 else 0.0) == []


def test_inverted() -> None:
    track = TRACK.model_copy(update={"invert": True})
    assert len(run(lambda t: -one(0.08)(t), track=track)) == 1
    assert run(one(0.08), track=track) == []


def test_none_keeps_a_movement_for_a_while_and_then_gives_it_up() -> None:
    assert len(run(lambda t: None if 2.9 < t < 3.3 else one(0.08)(t))) == 1
    assert run(lambda t: None if 2.9 < t < 6.0 else one(0.08)(t)) == []


def test_a_veto_that_lasts_drops_the_movement_and_a_flicker_does_not() -> None:
    assert run(one(0.08), vetoed=lambda t: 2.5 < t < 3.0) == []
    assert len(run(one(0.08), vetoed=lambda t: 2.50 < t < 2.55)) == 1


def test_too_short_is_noise_and_too_long_is_given_up() -> None:
    assert run(lambda t: 0.08 if 2.0 < t < 2.2 else 0.0) == []
    assert run(lambda t: 0.08 if 2.0 < t < 25.0 else 0.0, seconds=30) == []


def test_hysteresis_a_hovering_level_is_one_movement() -> None:
    hover = lambda t: 0.0 if not 2 < t < 8 else 0.03 + 0.012 * math.sin(12 * t)  # noqa: E731
    assert len(run(hover)) == 1


@given(st.lists(st.floats(-0.0099, 0.0099), min_size=30, max_size=400))
def test_noise_below_leave_is_never_a_movement(values: list[float]) -> None:
    assert run(lambda t: values[int(t * 30)], seconds=len(values) / 30) == []


@given(st.floats(10, 120), st.integers(1, 5), st.floats(0.04, 0.15))
def test_the_frame_rate_does_not_change_the_count(fps: float, reps: int, peak: float) -> None:
    signal = lambda t: sum(one(peak, 1.0 + 2.5 * i)(t) for i in range(reps))  # noqa: E731
    assert len(run(signal, 2 + 2.5 * reps, fps)) == reps


@given(
    st.lists(
        st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False, width=32)),
        max_size=200,
    )
)
def test_any_input_is_survived(values: list[float | None]) -> None:
    run(lambda t: values[round(t * 30)], seconds=len(values) / 30)
