"""Whether what was counted is what is true. Pure: values in, a verdict out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from posecoach.checkers.results import Attempt, BodySide, Hold, Rep
from posecoach.evaluation.labels import TrueHold, TrueMovement, Truth

HOLD_SLACK_S = 0.5
"""How far a hold's seconds may be off, and below which a hold may be missed or extra."""
HOLD_SLACK_SHARE = 0.05
LIFT_SLACK_CM = 1.5
"""How far heel lifts may be off at the median."""

# Times are read from JSON and added up; a difference at the limit is within it.
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Counted:
    """What a run over a clip gave."""

    reps: Sequence[Rep] = ()
    attempts: Sequence[Attempt] = ()
    holds: Sequence[Hold] = ()
    view_ok: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """How one kind of part was matched.

    Attributes:
        true: How many there are.
        counted: How many were counted.
        missed: How many of the true ones nothing counted stands for.
        false: How many of the counted ones stand for nothing true.
        errors: For each matched pair the counted time less the true one, in seconds: of
            the peak, or for holds of their length.
    """

    true: int
    counted: int
    missed: int
    false: int
    errors: tuple[float, ...]


Outcome = Literal["right", "wrong", "paced"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of a clip.

    Attributes:
        outcome: ``paced`` where the result is paced throughout and may be: not judged.
        problems: What is wrong, in plain words; empty unless ``wrong``.
        refused: Whether the view was refused, rightly or not.
        reps: None where reps were not judged; so are the next two.
        attempts: Tries that must not count.
        holds: Holds.
        lift_errors_cm: For matched reps of known lift the counted less the true one.
    """

    outcome: Outcome
    problems: tuple[str, ...] = ()
    refused: bool = False
    reps: Tally | None = None
    attempts: Tally | None = None
    holds: Tally | None = None
    lift_errors_cm: tuple[float, ...] = ()


class _Peak(Protocol):
    @property
    def side(self) -> BodySide: ...
    @property
    def peak_s(self) -> float: ...


def judge(truth: Truth, counted: Counted, tolerance_s: float) -> Verdict:
    """Compare what was counted with what is true.

    Args:
        truth: Only what it gives is judged.
        counted: The run's parts.
        tolerance_s: How far a peak may lie from the true one.
    """
    parts: list[Rep | Hold] = [*counted.reps, *counted.holds]
    refused = not counted.view_ok
    if truth.refuse is not None:
        if refused and not parts:
            return Verdict("right", refused=True)
        # Counting right is as right as refusing, where there is something to count.
        if not truth.reps and not truth.holds:
            return Verdict("wrong", (f"should refuse the view: {truth.refuse}",), refused)
    if truth.paced_ok and parts and all(part.paced for part in parts):
        return Verdict("paced", refused=refused)

    problems: list[str] = []
    reps = attempts = holds = None
    lifts: tuple[float, ...] = ()
    if truth.reps is not None:
        pairs = match_peaks(truth.reps, counted.reps, tolerance_s)
        reps = _tally_peaks("rep", truth.reps, counted.reps, pairs, problems)
        matched = [(truth.reps[i], counted.reps[j]) for i, j in pairs]
        lifts = _lift_errors(matched, problems)
        problems += [
            f"circle at {a.peak_s:.2f} s ({a.side}): {b.direction or 'no direction'} "
            f"instead of {a.direction}"
            for a, b in matched
            if a.direction not in (None, b.direction)
        ]
    if truth.attempts is not None:
        pairs = match_peaks(truth.attempts, counted.attempts, tolerance_s)
        attempts = _tally_peaks("try", truth.attempts, counted.attempts, pairs, problems)
    if truth.holds is not None:
        holds = _tally_holds(truth.holds, counted.holds, problems)
    if refused and problems:
        problems.insert(0, "the view was refused")
    return Verdict(
        "wrong" if problems else "right", tuple(problems), refused, reps, attempts, holds, lifts
    )


def match_peaks(
    true: Sequence[_Peak], counted: Sequence[_Peak], tolerance_s: float
) -> list[tuple[int, int]]:
    """Pairs of indices, one to one, of the same side and with peaks near enough.

    Of all ways to pair them it is one with the most pairs: with one tolerance for all, the
    earliest two that are near enough may always be paired.
    """
    pairs = []
    for side in ("left", "right", "both"):
        left = sorted((p.peak_s, i) for i, p in enumerate(true) if p.side == side)
        right = sorted((p.peak_s, j) for j, p in enumerate(counted) if p.side == side)
        while left and right:
            (a, i), (b, j) = left[0], right[0]
            if abs(a - b) <= tolerance_s + _TINY:
                pairs.append((i, j))
            if a - b <= tolerance_s + _TINY:
                left.pop(0)
            if b - a <= tolerance_s + _TINY:
                right.pop(0)
    return sorted(pairs)


def match_holds(true: Sequence[TrueHold], counted: Sequence[Hold]) -> list[tuple[int, int]]:
    """Pairs of indices, one to one, of the same side; those that overlap most come first."""
    overlaps = sorted(
        (
            (min(a.end_s, b.end_s) - max(a.start_s, b.start_s), i, j)
            for i, a in enumerate(true)
            for j, b in enumerate(counted)
            if a.side == b.side
        ),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    pairs: list[tuple[int, int]] = []
    for seconds, i, j in overlaps:
        if seconds > 0 and all(i != k and j != m for k, m in pairs):
            pairs.append((i, j))
    return sorted(pairs)


def hold_slack_s(seconds: float) -> float:
    """How far the seconds of a hold of this length may be off."""
    return max(HOLD_SLACK_S, HOLD_SLACK_SHARE * seconds)


def _tally_peaks(
    what: str,
    true: Sequence[_Peak],
    counted: Sequence[_Peak],
    pairs: Sequence[tuple[int, int]],
    problems: list[str],
) -> Tally:
    found_true, found = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [p for i, p in enumerate(true) if i not in found_true]
    false = [p for j, p in enumerate(counted) if j not in found]
    problems += [f"missed {what} at {p.peak_s:.2f} s ({p.side})" for p in missed]
    problems += [f"false {what} at {p.peak_s:.2f} s ({p.side})" for p in false]
    errors = tuple(counted[j].peak_s - true[i].peak_s for i, j in pairs)
    return Tally(len(true), len(counted), len(missed), len(false), errors)


def _tally_holds(true: Sequence[TrueHold], counted: Sequence[Hold], problems: list[str]) -> Tally:
    pairs = match_holds(true, counted)
    found_true, found = {i for i, _ in pairs}, {j for _, j in pairs}
    missed = [
        hold
        for i, hold in enumerate(true)
        if i not in found_true and hold.seconds >= HOLD_SLACK_S - _TINY
    ]
    false = [
        hold
        for j, hold in enumerate(counted)
        if j not in found and hold.seconds > HOLD_SLACK_S + _TINY
    ]
    for i, j in pairs:
        error = counted[j].seconds - true[i].seconds
        if abs(error) > hold_slack_s(true[i].seconds) + _TINY:
            problems.append(
                f"hold at {true[i].start_s:.2f} s ({true[i].side}): "
                f"{counted[j].seconds:.2f} s instead of {true[i].seconds:.2f} s"
            )
    problems += [
        f"missed hold at {hold.start_s:.2f} s ({hold.side}, {hold.seconds:.2f} s)"
        for hold in missed
    ]
    problems += [
        f"false hold at {hold.start_s:.2f} s ({hold.side}, {hold.seconds:.2f} s)" for hold in false
    ]
    errors = tuple(counted[j].seconds - true[i].seconds for i, j in pairs)
    return Tally(len(true), len(counted), len(missed), len(false), errors)


def _lift_errors(
    pairs: Sequence[tuple[TrueMovement, Rep]], problems: list[str]
) -> tuple[float, ...]:
    known = [(a.heel_lift_cm, b) for a, b in pairs if a.heel_lift_cm is not None]
    errors = tuple(
        b.metrics["heel_lift_cm"] - lift for lift, b in known if "heel_lift_cm" in b.metrics
    )
    if len(errors) < len(known):
        problems.append(f"no heel lift on {len(known) - len(errors)} of {len(known)} reps")
    middle = median_size(errors)
    if middle is not None and middle > LIFT_SLACK_CM + _TINY:
        problems.append(f"heel lift off by {middle:.1f} cm at the median")
    return errors


def median_size(errors: Sequence[float]) -> float | None:
    """The median of the errors' sizes, None of none."""
    sizes = sorted(abs(error) for error in errors)
    if not sizes:
        return None
    half = len(sizes) // 2
    return sizes[half] if len(sizes) % 2 else (sizes[half - 1] + sizes[half]) / 2
