"""Timing a position on readings alone."""

from __future__ import annotations

import pytest

from posecoach import find_definition
from posecoach.checkers.hold_checker import HoldChecker
from posecoach.checkers.results import Hold

FPS = 30


@pytest.mark.parametrize("unseen_s", [None, 4.0])
def test_a_frame_without_the_body_does_not_forget_how_straight_the_knee_was(
    unseen_s: float | None,
) -> None:
    """A leg that stays up while its knee bends is no second hold."""
    rule = find_definition("leg_up_towel").hold
    assert rule is not None
    checker, holds = HoldChecker(rule, "left"), list[Hold]()
    names = dict.fromkeys(checker.signals)
    for i in range(7 * FPS):
        t = i / FPS
        now: dict[str, float | None] = dict.fromkeys(names, 0.0)
        now |= {"leg_raise.left": 85.0, "knee_bend.left": 172.0 if t < 3 else 140.0}
        if unseen_s is not None and unseen_s <= t < unseen_s + 0.05:
            now = dict.fromkeys(names)
        holds += checker.update(now, t, 1.0).holds
    holds += checker.finish().holds
    assert [hold.end_s for hold in holds] == [pytest.approx(3.0, abs=0.2)]
