"""What was asked for, whichever exercise it is."""

from __future__ import annotations

import pytest
from figures import film
from general_figures import squatting

from posecoach import Session, find_definition
from posecoach.cli.coaching import Wishes


@pytest.mark.parametrize("side", ["left", "right", "both", "auto"])
def test_a_side_that_was_asked_for_leaves_out_nothing_that_both_legs_do(side: str) -> None:
    # Asked for before, of another exercise.
    definition = find_definition("squat")
    wishes = Wishes(side=side)  # type: ignore[arg-type]
    session: Session = wishes.session(definition)
    for pose in film(lambda t: squatting(0.38 * (2.0 < t < 3.5)), 6.0):
        session.update(pose)
    assert len(session.reps) == 1
    assert wishes.asked(definition).side == ("both" if side == "both" else "auto")
    assert wishes.asked(find_definition("heel_raises")).side == side
