from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posecoach.frames.timeline import SMALLEST_STEP_S, Timeline

STEP = 0.04


def placed(*raw: float | None, step: float = STEP) -> list[float]:
    timeline = Timeline(step)
    return [timeline.place(value) for value in raw]


def test_good_times_are_kept_from_the_first_one() -> None:
    raw = [7.0, 7.033, 7.1, 7.108, 9.0]
    assert placed(*raw) == pytest.approx([value - 7.0 for value in raw])


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param((None, None, None), (0, 0.04, 0.08), id="none at all"),
        pytest.param((5.0, 5.0, 5.0, 5.0), (0, 0.02, 0.06, 0.10), id="standing still"),
        pytest.param((0, 0.04, 0.04, 0.08, 0.12), (0, 0.04, 0.06, 0.08, 0.12), id="double"),
        pytest.param((0, 0.08, 0.04, 0.12), (0, 0.08, 0.10, 0.12), id="out of order"),
        pytest.param((0, None, 0.08), (0, 0.04, 0.08), id="one missing"),
        pytest.param((None, 3.0, 3.04), (0, 0.04, 0.08), id="first missing"),
        pytest.param((9.0, 9.04, 0.0, 0.04), (0, 0.04, 0.08, 0.12), id="starts anew"),
        pytest.param((0, 0.04, 1e12, 0.12), (0, 0.04, 0.08, 0.12), id="one absurd"),
        pytest.param((0, math.nan, 0.08, math.inf), (0, 0.04, 0.08, 0.12), id="no number"),
        pytest.param((0, 0.04, 60.0, 60.04), (0, 0.04, 60.0, 60.04), id="true gap"),
    ],
)
def test_bad_times(raw: tuple[float | None, ...], expected: tuple[float, ...]) -> None:
    assert placed(*raw) == pytest.approx(expected)


def test_a_clock_that_runs_again_is_followed_again() -> None:
    raw = [0.0] * 10 + [i * STEP for i in range(1, 60)]
    assert placed(*raw)[-1] == pytest.approx(raw[-1])


@given(
    st.lists(st.none() | st.floats(allow_nan=True, allow_infinity=True), min_size=2),
    st.floats(min_value=1e-4, max_value=1.0),
)
def test_times_always_grow(raw: list[float | None], step: float) -> None:
    times = placed(*raw, step=step)
    assert times[0] == 0
    least = SMALLEST_STEP_S - 1e-9
    assert all(b - a >= least for a, b in pairwise(times))
