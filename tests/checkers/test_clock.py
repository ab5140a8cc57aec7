"""Reps joined into seconds of movement."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posecoach.checkers.clock import MovementClock
from posecoach.checkers.rep_rules import Clock
from posecoach.checkers.results import BodySide, Hold, Rep


def rep(start_s: float, end_s: float, side: BodySide = "left", paced: bool = False) -> Rep:
    return Rep(side, start_s, (start_s + end_s) / 2, end_s, {}, paced=paced)


def clock() -> MovementClock:
    return MovementClock(Clock(gap_s=1.0))


def of(reps: list[Rep], last_s: float) -> list[Hold]:
    """The stretches that come of reps, each told when it ends."""
    joined, found = clock(), []
    for each in reps:
        found += joined.take([each], each.end_s, moving=False)
    found += joined.take([], last_s, moving=False)
    return found + joined.finish()


def test_reps_that_follow_each_other_are_one_stretch() -> None:
    (hold,) = of([rep(2, 3), rep(3.2, 4), rep(4.9, 6)], 9)
    assert (hold.side, hold.start_s, hold.end_s, hold.seconds) == ("left", 2, 6, 4)
    assert hold.metrics["rolls"] == 3
    assert hold.metrics["roll_s"] == pytest.approx((1 + 0.8 + 1.1) / 3)
    assert not hold.paced


def test_a_rest_ends_a_stretch() -> None:
    assert [(h.start_s, h.end_s) for h in of([rep(2, 3), rep(4.5, 6)], 9)] == [(2, 3), (4.5, 6)]


def test_the_other_foot_begins_its_own() -> None:
    found = of([rep(2, 3), rep(3.1, 4, "right"), rep(4.1, 5, "right")], 9)
    assert [(h.side, h.seconds) for h in found] == [("left", 1), ("right", pytest.approx(1.9))]


def test_a_movement_under_way_keeps_it_open() -> None:
    joined = clock()
    assert joined.take([rep(2, 3)], 3, moving=False) == []
    assert joined.take([], 5, moving=True) == []
    assert joined.side == "left"
    assert joined.seconds(5, moving=True) == 3
    assert joined.seconds(5, moving=False) == 1
    # It came to nothing: the stretch was over with its last rep.
    (hold,) = joined.take([], 5.1, moving=False)
    assert hold.seconds == 1
    assert joined.side is None
    assert joined.seconds(6, moving=True) == 0.0


def test_at_the_end_the_stretch_under_way_is_kept() -> None:
    joined = clock()
    joined.take([rep(2, 3)], 3.0, moving=True)
    (hold,) = joined.finish()
    assert hold.seconds == 1
    assert joined.finish() == []


def test_paced_only_if_all_of_it_is() -> None:
    assert of([rep(2, 3, paced=True), rep(3, 4, paced=True)], 9)[0].paced
    assert not of([rep(2, 3, paced=True), rep(3, 4)], 9)[0].paced


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0.3, 3), st.booleans()), max_size=20))
def test_no_second_is_lost_or_counted_twice(
    steps: list[tuple[float, float, bool]],
) -> None:
    reps, at = [], 0.0
    for pause, lasts, left in steps:
        start_s = at + pause
        at = start_s + lasts
        reps.append(rep(start_s, at, "left" if left else "right"))
    found = of(reps, at + 5)
    assert sum(hold.metrics["rolls"] for hold in found) == len(reps)
    assert all(a.end_s <= b.start_s for a, b in pairwise(found))
    assert sum(h.seconds for h in found) >= sum(r.end_s - r.start_s for r in reps) - 1e-9
    for hold in found:
        inside = [r for r in reps if hold.start_s <= r.start_s and r.end_s <= hold.end_s]
        assert {r.side for r in inside} == {hold.side}
        pauses = [b.start_s - a.end_s for a, b in pairwise(inside)]
        assert all(pause <= 1.0 for pause in pauses)
