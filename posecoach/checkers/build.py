"""The checker that a definition asks for."""

from __future__ import annotations

from posecoach.checkers.circle_checker import CircleChecker
from posecoach.checkers.definition import Definition
from posecoach.checkers.hold_checker import HoldChecker
from posecoach.checkers.rep_checker import RepChecker
from posecoach.checkers.results import BodySide
from posecoach.checkers.update import Checker
from posecoach.checkers.walk_checker import Feet, WalkChecker


def build_checker(
    definition: Definition,
    side: BodySide | None,
    height_cm: float,
    feet: Feet | None = None,
    target_hold_s: float | None = None,
) -> Checker:
    """Make the checker for an exercise.

    Args:
        definition: The exercise.
        side: Count only this side's movements; None counts what is seen.
        height_cm: Body height, which turns lifts into centimetres.
        feet: Where a walk's feet should point; None judges nothing.
        target_hold_s: Seconds that a rep with a hold must last at its top; None takes
            the dose's.
    """
    if definition.reps is not None:
        hold_s = definition.dose.hold_s if target_hold_s is None else target_hold_s
        return RepChecker(definition.reps, side, height_cm, hold_s)
    if definition.hold is not None:
        return HoldChecker(definition.hold, side)
    if definition.circles is not None:
        return CircleChecker(definition.circles, side)
    assert definition.walk is not None  # the definition's own check
    return WalkChecker(definition.walk, feet)
