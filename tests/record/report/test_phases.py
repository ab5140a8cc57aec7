"""Reps laid over each other."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from posecoach.record.history.model import HoldRecord, RepRecord, SetRecord
from posecoach.record.history.trace import Trace, Traces, pack
from posecoach.record.report.phases import apart, bundles_of

HZ = 15


def a_set(
    height: float,
    up_s: float,
    down_s: float,
    count: int = 4,
    name: str = "level",
    side: str = "both",
) -> SetRecord:
    """Reps whose way up is a straight line, and down another one."""
    rep_s = up_s + down_s
    times = [n / HZ for n in range(int((count * (rep_s + 1) + 1) * HZ))]
    starts = [1 + n * (rep_s + 1) for n in range(count)]

    def level(t: float) -> float:
        for start in starts:
            if 0 <= t - start < up_s:
                return height * (t - start) / up_s
            if 0 <= t - start - up_s < down_s:
                return height * (1 - (t - start - up_s) / down_s)
        return 0.0

    reps = tuple(RepRecord(side, s, s + up_s, s + rep_s) for s in starts)  # type: ignore[arg-type]
    traces = Traces(pack(times), (Trace(name, "share", pack(level(t) for t in times)),))
    return SetRecord(
        1, "x", "X", "reps", "auto", 0.0, times[-1], reps=reps, traces=traces
    )  # fmt: skip


def test_quick_and_slow_reps_have_one_course() -> None:
    quick = bundles_of([a_set(1.0, 1.0, 2.0)])["level", "share"]
    slow = bundles_of([a_set(1.0, 3.0, 1.5)])["level", "share"]
    assert quick.percent[0] == 0
    assert quick.percent[-1] == 100
    assert all(b > a for a, b in pairwise(quick.percent))
    for bundle in (quick, slow):
        # Between two samples of the trace the tip is cut off by so much.
        for percent, value in ((0, 0), (25, 0.5), (50, 1.0), (75, 0.5), (100, 0)):
            assert bundle.middle[percent] == pytest.approx(value, abs=0.06)
        assert bundle.count == 4
    assert apart(quick, slow, "share") == []


def test_a_higher_course_is_told_with_its_stretch() -> None:
    low = bundles_of([a_set(0.7, 1.0, 1.0)])["level", "share"]
    high = bundles_of([a_set(1.2, 1.0, 1.0)])["level", "share"]
    (stretch,) = apart(low, high, "share")
    assert stretch.above == pytest.approx(0.5, abs=0.05)
    assert stretch.start < 15
    assert stretch.end > 85
    (back,) = apart(high, low, "share")
    assert back.above == pytest.approx(-0.5, abs=0.05)


def test_in_a_unit_without_a_figure_a_tenth_of_the_value_is_too_little() -> None:
    low = bundles_of([a_set(100.0, 1.0, 1.0)])["level", "share"]
    high = bundles_of([a_set(109.0, 1.0, 1.0)])["level", "share"]
    assert apart(low, high, "foot/s") == []
    higher = bundles_of([a_set(115.0, 1.0, 1.0)])["level", "share"]
    assert len(apart(low, higher, "foot/s")) == 1


def test_two_movements_are_too_few_to_tell() -> None:
    low = bundles_of([a_set(0.7, 1.0, 1.0, count=2)])["level", "share"]
    high = bundles_of([a_set(1.2, 1.0, 1.0)])["level", "share"]
    assert apart(low, high, "share") == []


def test_of_a_sided_signal_the_side_that_moved_counts() -> None:
    assert bundles_of([a_set(1.0, 1.0, 1.0, name="leg_raise.right", side="left")]) == {}
    assert bundles_of([a_set(1.0, 1.0, 1.0, name="leg_raise.left", side="left")])


def test_a_hold_goes_evenly_from_begin_to_end() -> None:
    times = [n / HZ for n in range(20 * HZ)]
    traces = Traces(pack(times), (Trace("leg_raise.left", "deg", pack(4 * t for t in times)),))
    hold = HoldRecord("left", 5.0, 15.0, 10.0)
    one = SetRecord(1, "x", "X", "hold", "left", 0.0, 20.0, holds=(hold,), traces=traces)
    bundle = bundles_of([one])["leg_raise", "deg"]
    assert bundle.middle[0] == pytest.approx(20, abs=0.1)
    assert bundle.middle[50] == pytest.approx(40, abs=0.1)
    assert bundle.middle[100] == pytest.approx(60, abs=0.1)


def test_what_was_not_measured_is_not_drawn() -> None:
    one = a_set(1.0, 1.0, 1.0)
    blind = Traces(one.traces.packed_times, (Trace("level", "share", pack([math.nan] * 181)),))
    assert len(one.traces.times_s) != 181
    for traces in (blind, Traces(b"no zlib", ()), Traces()):
        gone = SetRecord(1, "x", "X", "reps", "auto", 0.0, 9.0, reps=one.reps, traces=traces)
        assert bundles_of([gone]) == {}
