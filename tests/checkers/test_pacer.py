"""Counting by the clock."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posecoach.checkers import find_definition
from posecoach.checkers.pacer import BETWEEN_S, MOVE_S, REST_S, Pacer
from posecoach.checkers.results import BodySide, Hold, Rep
from posecoach.checkers.update import Update

FPS = 24


def run(
    pacer: Pacer,
    seconds: float,
    in_view: Callable[[float], bool] = lambda t: True,
    fps: float = FPS,
    start_s: float = 100.0,
) -> tuple[list[Rep], list[Hold], list[Update]]:
    updates = [pacer.update(in_view(i / fps), start_s + i / fps) for i in range(int(seconds * fps))]
    end = pacer.finish()
    reps = [rep for update in [*updates, end] for rep in update.reps]
    return reps, [hold for update in [*updates, end] for hold in update.holds], updates


def pacer(exercise: str, side: BodySide | None = None, hold_s: float | None = None) -> Pacer:
    return Pacer(find_definition(exercise), side, hold_s)


def test_movements_of_toes_are_paced_slowly_in_and_slowly_out() -> None:
    reps, holds, _ = run(pacer("toe_curls"), 3 * (MOVE_S + REST_S) + 0.5)
    assert len(reps) == 3
    assert holds == []
    assert all(rep.paced and rep.confidence == 0.0 and rep.side == "both" for rep in reps)
    for i, rep in enumerate(reps):
        assert rep.start_s == pytest.approx(100 + i * (MOVE_S + REST_S) + REST_S, abs=0.2)
        assert rep.end_s - rep.start_s == pytest.approx(MOVE_S, abs=0.1)
        assert rep.start_s < rep.peak_s < rep.end_s


@pytest.mark.parametrize(("asked", "hold_s"), [(None, 3.0), (5.0, 5.0)])
def test_a_held_rep_lasts_as_long_as_asked(asked: float | None, hold_s: float) -> None:
    reps, _, _ = run(pacer("toe_press", "left", asked), 2 * (hold_s + BETWEEN_S) + 0.5)
    assert [rep.side for rep in reps] == ["left"] * 2
    assert all(rep.metrics["held_s"] == pytest.approx(hold_s, abs=0.1) for rep in reps)


def test_rolling_is_paced_in_seconds() -> None:
    reps, holds, updates = run(pacer("foot_massage", "right"), 10)
    assert reps == []
    (hold,) = holds
    assert hold.paced
    assert (hold.side, hold.seconds) == ("right", pytest.approx(10, abs=0.1))
    assert [update.hold_started for update in updates if update.hold_started] == [("right",)]
    assert updates[-1].hold_s == pytest.approx(10, abs=0.1)


def test_the_movement_begins_after_a_rest_and_is_told() -> None:
    _, _, updates = run(pacer("toe_curls"), 4)
    first = next(i for i, update in enumerate(updates) if update.started)
    assert first / FPS == pytest.approx(REST_S, abs=0.1)
    assert not any(update.moving for update in updates[:first])
    assert updates[first].moving
    # What to do is seen in the bar: up in the movement, down in the rest.
    assert {update.level for update in updates[: first - 1]} == {0.0}
    assert updates[first + 5].level == 1.0


def test_it_waits_while_nobody_is_in_view() -> None:
    reps, holds, _ = run(pacer("toe_curls"), 20, lambda t: t < 1 or t > 15)
    assert len(reps) == 1
    assert reps[0].start_s > 115
    _, holds, updates = run(pacer("foot_massage"), 10, lambda t: t < 3 or t > 8)
    assert holds[0].seconds == pytest.approx(5, abs=0.2)
    assert not any(update.moving for update in updates[4 * FPS : 7 * FPS])
    # The seconds so far stay to be seen.
    assert updates[5 * FPS].hold_s == pytest.approx(3, abs=0.1)


def test_nobody_at_all_counts_nothing() -> None:
    assert run(pacer("toe_curls"), 20, lambda t: False)[:2] == ([], [])
    assert run(pacer("foot_massage"), 20, lambda t: False)[:2] == ([], [])
    assert pacer("foot_massage").finish() == Update()


def test_a_long_gap_between_frames_is_not_counted() -> None:
    one = pacer("foot_massage")
    for time_s in (0.0, 0.5, 1.0, 61.0, 61.5):
        update = one.update(True, time_s)
    assert update.hold_s == pytest.approx(1.5)


def test_a_movement_under_way_at_the_end_is_none() -> None:
    reps, _, updates = run(pacer("toe_curls"), REST_S + 0.5 * MOVE_S)
    assert updates[-1].moving
    assert reps == []


@given(fps=st.floats(5, 60), seconds=st.floats(0, 40))
def test_the_frame_rate_does_not_change_the_count(fps: float, seconds: float) -> None:
    reps, _, _ = run(pacer("toe_curls"), seconds, fps=fps)
    period = MOVE_S + REST_S
    # Each phase ends with the first frame after its time.
    assert (seconds - 1 / fps) / (period + 2 / fps) - 1 <= len(reps) <= seconds / period
