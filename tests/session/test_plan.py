"""The blocks of a program: their order, what is between them, and how long it all takes."""

from __future__ import annotations

import pytest

from posecoach.checkers import load_all
from posecoach.session import Step, plan, total_s
from posecoach.session.plan import CIRCLE_S, READY_S, REP_S, Block, problems
from posecoach.session.program import Pauses, Portion, Program

KNOWN = load_all()


def blocks(*steps: Step) -> tuple[Block, ...]:
    return plan(steps, KNOWN, Pauses(side_s=5, exercise_s=15))


def test_each_side_has_all_its_sets_before_the_other_one() -> None:
    found = blocks(Step(exercise="toe_stretch", side="each", sets=2, seconds=10, rest_s=3))
    assert [(b.side, b.set_number, b.change, b.pause_s) for b in found] == [
        ("left", 1, "start", 0.0),
        ("left", 2, "set", 3.0),
        ("right", 1, "side", 5.0),
        ("right", 2, "set", 3.0),
    ]


def test_sides_in_turn_rest_while_the_other_one_works() -> None:
    found = blocks(Step(exercise="heel_raises", side="in_turn", sets=2, reps=5, rest_s=9))
    assert [(b.side, b.set_number, b.change, b.pause_s) for b in found] == [
        ("left", 1, "start", 0.0),
        ("right", 1, "side", 5.0),
        ("left", 2, "side", 9.0),
        ("right", 2, "side", 5.0),
    ]


def test_parts_of_a_set_follow_without_a_rest_and_the_last_one_ends_it() -> None:
    parts = (Portion(reps=5, way="cw"), Portion(reps=4, way="ccw", label="other way"))
    found = blocks(Step(exercise="ankle_circles", side="right", sets=2, rest_s=8, parts=parts))
    assert [(b.reps, b.way, b.label) for b in found[:2]] == [
        (5, "cw", None),
        (4, "ccw", "other way"),
    ]
    assert [(b.change, b.pause_s, b.ends_set) for b in found] == [
        ("start", 0.0, False),
        ("part", 0.0, True),
        ("set", 8.0, False),
        ("part", 0.0, True),
    ]


def test_another_exercise_comes_after_a_longer_pause() -> None:
    found = blocks(
        Step(exercise="toe_stand", sets=1, reps=3), Step(exercise="toe_walking", sets=1, seconds=9)
    )
    assert [(b.step, b.change, b.pause_s) for b in found] == [(0, "start", 0), (1, "exercise", 15)]


def test_what_a_step_leaves_out_is_the_dose() -> None:
    dose = KNOWN["heel_raises"].dose
    found = blocks(Step(exercise="heel_raises"))
    assert [b.side for b in found] == ["left"] * dose.sets + ["right"] * dose.sets
    assert {(b.reps, b.sets) for b in found} == {(dose.reps, dose.sets)}
    assert found[1].pause_s == dose.rest_s
    walk = blocks(Step(exercise="toe_walking", sets=1))
    assert [(b.side, b.seconds, b.feet) for b in walk] == [
        ("both", 20, feet) for feet in ("straight", "out", "in")
    ]
    (hold,) = blocks(Step(exercise="leg_up_towel", side="left"))
    assert (hold.seconds, hold.reps) == (30, None)


def test_the_total_is_work_and_rests_and_changes() -> None:
    raises = blocks(Step(exercise="heel_raises", side="each", sets=2, reps=10, rest_s=30))
    assert total_s(raises) == 40 * REP_S + 2 * 30 + 5 + 4 * READY_S
    held = blocks(Step(exercise="tibialis_anterior", side="left", sets=1, reps=10, hold_s=2))
    assert total_s(held) == 10 * (REP_S + 2) + READY_S
    dose = blocks(Step(exercise="band_stretch", side="left", sets=1, reps=2))
    assert total_s(dose) == 2 * (REP_S + 15) + READY_S
    parts = (Portion(reps=4), Portion(seconds=7))
    circles = blocks(Step(exercise="ankle_circles", side="left", sets=1, parts=parts))
    assert total_s(circles) == 4 * CIRCLE_S + 7 + READY_S
    slow = blocks(Step(exercise="heel_raises", side="left", sets=1, reps=10, tempo_s=6))
    assert total_s(slow) == 60 + READY_S
    # Both legs, one after the other, in one block.
    both = blocks(Step(exercise="leg_up_towel", side="both", sets=1, seconds=30))
    assert total_s(both) == 60 + READY_S


@pytest.mark.parametrize("side", ["left", "right", "each", "in_turn"])
def test_what_moves_both_legs_together_has_no_sides(side: str) -> None:
    for exercise in ("toe_walking", "toe_stand"):
        step = {"exercise": exercise, "side": side, "seconds": 5}
        program = Program.model_validate(
            {"format": 1, "id": "x", "name": "X", "summary": "X", "steps": [step]}
        )
        assert any(p.startswith("steps.1.side: ") for p in problems(program, KNOWN))
