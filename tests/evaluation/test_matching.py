from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posecoach.checkers.results import Attempt, BodySide, Direction, Hold, Rep
from posecoach.evaluation.labels import TrueHold, TrueMovement, Truth
from posecoach.evaluation.matching import Counted, Verdict, judge, match_holds, match_peaks


def rep(peak_s: float, side: BodySide = "both", **more: object) -> Rep:
    return Rep(side, peak_s - 1, peak_s, peak_s + 1, **more)  # type: ignore[arg-type]


def true(peak_s: float, side: BodySide = "both", lift: float | None = None) -> TrueMovement:
    return TrueMovement(side=side, peak_s=peak_s, heel_lift_cm=lift)


def hold(start_s: float, end_s: float, side: BodySide = "left") -> Hold:
    return Hold(side, start_s, end_s, end_s - start_s)


def true_hold(start_s: float, end_s: float, side: BodySide = "left") -> TrueHold:
    return TrueHold(side=side, start_s=start_s, end_s=end_s)


def reps(truth: Sequence[TrueMovement], counted: Sequence[Rep]) -> Verdict:
    return judge(Truth(reps=tuple(truth)), Counted(reps=counted), 0.5)


def holds(truth: Sequence[TrueHold], counted: Sequence[Hold]) -> Verdict:
    return judge(Truth(holds=tuple(truth)), Counted(holds=counted), 0.5)


def test_the_same_reps_are_right() -> None:
    verdict = reps([true(2), true(5, "left")], [rep(2.5), rep(4.6, "left")])
    assert verdict.outcome == "right"
    assert verdict.reps is not None
    assert verdict.reps.errors == pytest.approx((0.5, -0.4))


@pytest.mark.parametrize(
    ("truth", "counted", "problem"),
    [
        ([2.0, 5.0], [2.0], "missed rep at 5.00 s (both)"),
        ([2.0], [2.0, 5.0], "false rep at 5.00 s (both)"),
        ([2.0], [2.0, 2.1], "false rep at 2.10 s (both)"),
        ([], [5.0], "false rep at 5.00 s (both)"),
        ([2.0], [2.51], "missed rep at 2.00 s (both)"),
    ],
)
def test_a_missed_or_false_rep_is_wrong(
    truth: list[float], counted: list[float], problem: str
) -> None:
    verdict = reps([true(t) for t in truth], [rep(t) for t in counted])
    assert verdict.outcome == "wrong"
    assert problem in verdict.problems


def test_the_right_number_at_the_wrong_times_is_wrong() -> None:
    verdict = reps([true(2), true(5)], [rep(2), rep(9)])
    assert verdict.outcome == "wrong"
    assert verdict.reps is not None
    assert (verdict.reps.missed, verdict.reps.false) == (1, 1)


def test_another_side_is_another_rep() -> None:
    assert reps([true(2, "left")], [rep(2, "right")]).outcome == "wrong"
    assert reps([true(2, "left")], [rep(2, "both")]).outcome == "wrong"


def test_nothing_counted_where_nothing_is_is_right() -> None:
    assert reps([], []).outcome == "right"
    assert holds([], []).outcome == "right"


def test_only_what_the_label_gives_is_judged() -> None:
    counted = Counted(reps=[rep(2)], attempts=[Attempt("both", 4, 5, 6, "too_shallow")])
    assert judge(Truth(reps=(true(2),)), counted, 0.5).outcome == "right"
    with_tries = judge(Truth(reps=(true(2),), attempts=()), counted, 0.5)
    assert with_tries.problems == ("false try at 5.00 s (both)",)
    assert judge(Truth(attempts=(true(5.2),)), counted, 0.5).outcome == "right"


peaks = st.lists(st.floats(0, 10), max_size=5)


@given(peaks, peaks, st.floats(0.1, 2))
def test_no_other_way_to_pair_gives_more_pairs(
    a: list[float], b: list[float], tolerance: float
) -> None:
    short, long = sorted((a, b), key=len)
    best = max(
        sum(abs(x - y) <= tolerance for x, y in zip(short, order, strict=False))
        for order in permutations(long)
    )
    pairs = match_peaks([true(t) for t in a], [rep(t) for t in b], tolerance)
    assert len(pairs) >= best
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(abs(a[i] - b[j]) <= tolerance + 1e-6 for i, j in pairs)


@pytest.mark.parametrize(
    ("counted", "problem"),
    [("cw", None), ("ccw", "ccw instead of cw"), (None, "no direction instead of cw")],
)
def test_a_circle_the_other_way_round_is_wrong(counted: Direction, problem: str | None) -> None:
    truth = TrueMovement(side="left", peak_s=2.0, direction="cw")
    verdict = reps([truth], [rep(2.1, "left", direction=counted)])
    assert verdict.problems == (() if problem is None else (f"circle at 2.00 s (left): {problem}",))


@pytest.mark.parametrize(
    ("length", "counted", "right"),
    [
        (8.0, 8.5, True),
        (8.0, 8.51, False),
        (8.0, 7.49, False),
        (30.0, 31.5, True),
        (30.0, 31.51, False),
        (30.0, 28.5, True),
    ],
)
def test_holds_within_half_a_second_or_five_percent(
    length: float, counted: float, right: bool
) -> None:
    verdict = holds([true_hold(3, 3 + length)], [hold(3, 3 + counted)])
    assert (verdict.outcome == "right") is right


def test_a_hold_of_the_other_leg_is_wrong() -> None:
    verdict = holds([true_hold(3, 8)], [hold(3, 8, "right")])
    assert verdict.holds is not None
    assert (verdict.holds.missed, verdict.holds.false) == (1, 1)


def test_very_short_holds_may_be_missed_or_extra() -> None:
    assert holds([true_hold(3, 3.4)], []).outcome == "right"
    assert holds([true_hold(3, 3.5)], []).outcome == "wrong"
    assert holds([], [hold(3, 3.5)]).outcome == "right"
    assert holds([], [hold(3, 3.6)]).outcome == "wrong"


def test_a_broken_hold_is_wrong() -> None:
    verdict = holds([true_hold(3, 11)], [hold(3, 7), hold(7.6, 11)])
    assert verdict.outcome == "wrong"
    assert verdict.holds is not None
    assert verdict.holds.false == 1


def test_holds_run_together_are_wrong() -> None:
    assert holds([true_hold(3, 7), true_hold(8, 11)], [hold(3, 11)]).outcome == "wrong"


def test_holds_pair_with_those_they_overlap_most() -> None:
    pairs = match_holds([true_hold(0, 5), true_hold(6, 9)], [hold(4.5, 9), hold(0, 4)])
    assert pairs == [(0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("lifts", "right"),
    [([6.9, 7.9, 9.0], True), ([8.6, 8.7, 7.0], False), ([9.9, 7.0, 7.0], True)],
)
def test_heel_lift_is_judged_at_the_median(lifts: list[float], right: bool) -> None:
    truth = [true(2 + 3 * i, lift=7.0) for i in range(3)]
    counted = [rep(2 + 3 * i, metrics={"heel_lift_cm": lift}) for i, lift in enumerate(lifts)]
    verdict = reps(truth, counted)
    assert (verdict.outcome == "right") is right
    assert verdict.lift_errors_cm == pytest.approx([lift - 7.0 for lift in lifts])


def test_a_lift_that_is_known_must_be_measured() -> None:
    assert reps([true(2, lift=7.0)], [rep(2)]).problems == ("no heel lift on 1 of 1 reps",)


REFUSE = Truth(refuse="only feet in view", reps=())
REFUSE_OR_COUNT = Truth(refuse="camera at the feet", reps=(true(2),))


@pytest.mark.parametrize(
    ("truth", "counted", "outcome"),
    [
        (REFUSE, Counted(view_ok=False), "right"),
        (REFUSE, Counted(), "wrong"),
        (REFUSE, Counted(reps=[rep(2)]), "wrong"),
        (REFUSE, Counted(reps=[rep(2)], view_ok=False), "wrong"),
        (REFUSE_OR_COUNT, Counted(view_ok=False), "right"),
        (REFUSE_OR_COUNT, Counted(reps=[rep(2)]), "right"),
        (REFUSE_OR_COUNT, Counted(), "wrong"),
        (REFUSE_OR_COUNT, Counted(reps=[rep(2), rep(5)]), "wrong"),
    ],
)
def test_a_view_that_cannot_serve(truth: Truth, counted: Counted, outcome: str) -> None:
    assert judge(truth, counted, 0.5).outcome == outcome


def test_refusing_a_good_view_is_wrong_and_says_so() -> None:
    verdict = judge(Truth(reps=(true(2),)), Counted(view_ok=False), 0.5)
    assert verdict.problems == ("the view was refused", "missed rep at 2.00 s (both)")


def test_paced_results_are_not_judged_where_they_may_be_paced() -> None:
    truth = Truth(reps=(true(2), true(5)), paced_ok=True)
    assert judge(truth, Counted(reps=[rep(9, paced=True)]), 0.5).outcome == "paced"
    mixed = Counted(reps=[rep(2, paced=True), rep(9)])
    assert judge(truth, mixed, 0.5).outcome == "wrong"
    assert judge(truth, Counted(), 0.5).outcome == "wrong"
    strict = Truth(reps=(true(2),))
    assert judge(strict, Counted(reps=[rep(9, paced=True)]), 0.5).outcome == "wrong"
