"""What real sessions and workouts leave in the history, change by change."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from figures import bump, circles, film, heel_raises, lying, sitting_on_chair, standing

from posecoach import Session
from posecoach.checkers import load_all
from posecoach.record.history.exchange import heading, line_of, read
from posecoach.record.history.model import SessionRecord
from posecoach.record.history.recorder import Recorder, new_record
from posecoach.record.history.samples import Samples, main_signals
from posecoach.record.history.store import Change, Store
from posecoach.record.history.trace import MAX_VALUES, Traces
from posecoach.record.report.progress import met
from posecoach.session import Step, Workout, plan
from posecoach.session.program import Pauses

KNOWN = load_all()
FPS = 15.0
NOW = datetime(2026, 11, 21, 18, 3, 12, tzinfo=timezone(timedelta(hours=1)))
Motion = Callable[[float], np.ndarray]


class Kept:
    """A history that takes each change at once, and the changes."""

    def __init__(self, path: Path) -> None:
        self.store = Store.writing(path)
        self.changes: list[Change] = []
        self.recorder = Recorder(new_record(model="full"), self.put, lambda: NOW)
        self.time_s = 0.0

    def put(self, change: Change) -> None:
        self.changes.append(change)
        self.store.put(change)

    @property
    def record(self) -> SessionRecord:
        return self.store.session(1)

    def watch(self, session: Session, motion: Motion, seconds: float, **view: float) -> None:
        for pose in film(motion, seconds, FPS, self.time_s, **view):  # type: ignore[arg-type]
            self.recorder.watch(session, session.update(pose), pose.time_s)
            self.time_s = pose.time_s + 1 / FPS

    def follow(self, coach: Workout, motion: Motion, seconds: float, **view: float) -> None:
        for pose in film(motion, seconds, FPS, self.time_s, **view):  # type: ignore[arg-type]
            self.recorder.follow(coach, coach.update(pose), pose.time_s)
            self.time_s = pose.time_s + 1 / FPS


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "history.sqlite3")


def stand(t: float) -> np.ndarray:
    return standing()


def leg_up(t: float) -> np.ndarray:
    return lying((85.0 * bump(t, 1.0, 1.0, 5.0, 1.0), 0.0))


def test_each_rep_is_stored_with_the_frame_that_counts_it(kept: Kept) -> None:
    session = Session(KNOWN["heel_raises"], height_cm=180)
    kept.watch(session, heel_raises(3), 12.0)
    assert len(session.reps) == 3
    ends = [rep.end_s for rep in kept.record.sets[0].reps]
    assert ends == [round(rep.end_s, 4) for rep in session.reps]
    for rep, change in zip(session.reps, kept.changes, strict=False):
        assert change.session.ended_s - rep.end_s < 0.6
    one = kept.record.sets[0]
    assert (one.exercise, one.kind, one.target_reps, one.how) == ("heel_raises", "reps", 10, None)
    first = one.reps[0]
    assert first.metrics == {n: round(v, 4) for n, v in session.reps[0].metrics.items()}
    assert first.measure is not None
    assert first.measure.metric == "heel_lift_cm"
    assert first.tempo.up_s is not None
    assert not kept.record.finished


def test_nothing_is_stored_before_something_is_done(kept: Kept) -> None:
    session = Session(KNOWN["heel_raises"])
    kept.watch(session, stand, 12.0)
    kept.recorder.end()
    assert kept.changes == []


def test_a_set_under_way_is_stored_every_five_seconds(kept: Kept) -> None:
    session = Session(KNOWN["heel_raises"])
    kept.watch(session, heel_raises(1), 30.0)
    times = [change.session.ended_s for change in kept.changes]
    assert len(session.reps) == 1
    assert max(b - a for a, b in pairwise(times)) < 5.2
    assert 30.0 - times[-1] < 5.2
    assert kept.record.sets[0].traces.times_s[-1] == pytest.approx(times[-1], abs=0.1)


@pytest.mark.parametrize(("reps", "reached"), [(1, False), (2, True)])
def test_a_dose_is_met_by_one_side_s_reps_as_the_session_says(
    kept: Kept, reps: int, reached: bool
) -> None:
    def one_heel_after_the_other(t: float) -> np.ndarray:
        left, right = (heel_raises(reps, sides=sides) for sides in ((1.0, 0.0), (0.0, 1.0)))
        return left(t) if t < 10.0 else right(t - 10.0)

    session = Session(KNOWN["heel_raises"], target_reps=2)
    kept.watch(session, one_heel_after_the_other, 22.0)
    kept.recorder.end()
    (one,) = kept.record.sets
    assert [rep.side for rep in one.reps] == ["left"] * reps + ["right"] * reps
    assert met(one) is reached


def test_a_session_that_nobody_ends_has_traces_that_can_be_read() -> None:
    session = Session(KNOWN["heel_raises"])
    samples = Samples(session, most=20)
    for pose in film(heel_raises(2), 10.0, FPS):
        session.update(pose)
        samples.take(pose.time_s)
    assert len(samples) == 20
    traces = samples.traces()
    assert len(traces.times_s) == len(traces.signals[0].values) == 20
    assert samples.traces(20) == Traces()
    # What is taken of one set is never more than what is read of it.
    assert Samples(session)._most == MAX_VALUES


def test_names_that_are_no_plain_line_are_kept_as_one(kept: Kept) -> None:
    odd = "caf\udce9\n\x1b[2J"
    named = KNOWN["heel_raises"].model_copy(update={"name": odd})
    kept.recorder = Recorder(new_record(clip=odd, program_name=odd), kept.put, lambda: NOW)
    kept.watch(Session(named), heel_raises(1), 5.0)
    assert (kept.record.clip, kept.record.sets[0].name) == ("caf___[2J", "caf___[2J")
    path = kept.store.path.with_name("out.jsonl")
    path.write_text(heading(1) + line_of(kept.record), "utf-8")
    assert read(path).records[0].program_name == "caf___[2J"


def test_traces_are_those_of_the_session(kept: Kept) -> None:
    session = Session(KNOWN["heel_raises"])
    seen: list[tuple[float, float | None, float | None]] = []
    for pose in film(heel_raises(2), 10.0, 30.0):
        kept.recorder.watch(session, session.update(pose), pose.time_s)
        seen.append((pose.time_s, session.snapshot.level, session.readings["body_rise"]))
    before = kept.record.sets[0].traces
    kept.recorder.end()
    traces = kept.record.sets[0].traces
    assert traces.times_s[: len(before.times_s)] == before.times_s
    names = [trace.name for trace in traces.signals]
    assert names == ["level", *main_signals(session.definition, session.signals)]
    assert [trace.unit for trace in traces.signals[:2]] == ["share", "leg"]
    assert all(b - a > 1 / 15.1 for a, b in pairwise(traces.times_s))
    by_time = {round(time, 3): values for time, *values in seen}
    for time, level, rise in zip(
        traces.times_s, traces.signals[0].values, traces.signals[1].values, strict=True
    ):
        for value, was in zip((level, rise), by_time[round(time, 3)], strict=True):
            assert math.isnan(value) if was is None else value == pytest.approx(was, abs=1e-6)
    # One piece at the end instead of many.
    parts = kept.store.rows("SELECT DISTINCT part FROM traces")
    assert [row[0] for row in parts] == [0]


def test_another_exercise_is_another_set_and_the_end_is_told(kept: Kept) -> None:
    first = Session(KNOWN["heel_raises"])
    kept.watch(first, heel_raises(2), 8.0)
    first.finish()
    kept.watch(Session(KNOWN["heel_raises"]), stand, 3.0)
    third = Session(KNOWN["leg_up_towel"], "left", target_hold_s=20)
    kept.watch(third, leg_up, 12.0, yaw_deg=90.0)
    third.finish()
    kept.recorder.end()
    kept.recorder.end()
    record = kept.record
    assert record.finished
    assert [(one.order, one.exercise) for one in record.sets] == [
        (1, "heel_raises"),
        (2, "leg_up_towel"),
    ]
    stretch = record.sets[1]
    assert (stretch.side, stretch.target_s, stretch.hold_s) == ("left", 20, 20)
    (hold,) = stretch.holds
    assert hold.seconds == pytest.approx(5.0, abs=1.0)
    assert {"hold_started", "hold_stopped"} <= {moment.name for moment in stretch.moments}
    assert record.at(record.started_s) == record.started_at
    # The first rep was told some seconds after the set began.
    assert timedelta(seconds=3) < NOW - record.started_at < timedelta(seconds=6)


def test_a_hold_under_way_at_the_end_counts_as_far_as_it_got(kept: Kept) -> None:
    session = Session(KNOWN["toe_stretch"], "left")
    kept.watch(session, lambda t: sitting_on_chair(0, bump(t, 1.0, 1.0, 90.0, 1.0)), 8.0)
    assert kept.changes == []
    session.finish()
    kept.recorder.watch(session, (), kept.time_s)
    kept.recorder.end()
    assert [hold.seconds for hold in kept.record.sets[0].holds] == [
        round(hold.seconds, 4) for hold in session.holds
    ]


def test_a_rep_that_was_revised_is_stored_as_it_is_now(kept: Kept) -> None:
    session = Session(KNOWN["ankle_circles"], "right")
    kept.watch(session, circles(3, "cw"), 10.0, yaw_deg=90.0)
    (record,) = kept.record.sets
    assert [rep.direction for rep in record.reps] == [rep.direction for rep in session.reps]
    assert len(record.reps) >= 2
    # As the checker does it when later circles show which way they all went.
    session.reps[0] = replace(session.reps[0], direction="ccw")
    kept.recorder.watch(session, (), kept.time_s)
    assert [rep.direction for rep in kept.record.sets[0].reps] == [
        "ccw",
        *(rep.direction for rep in session.reps[1:]),
    ]


def test_a_workout_with_sides_rests_skipping_and_its_end(kept: Kept) -> None:
    steps = [
        Step(exercise="toe_stretch", side="left", sets=1, seconds=30),
        Step(exercise="heel_raises", side="both", sets=2, reps=2, rest_s=6),
        Step(exercise="leg_up_towel", side="each", sets=1, seconds=30),
    ]
    coach = Workout(plan(steps, KNOWN, Pauses(side_s=3, exercise_s=4)), 180)
    kept.follow(coach, stand, 2.0)
    coach.skip()
    kept.follow(coach, stand, 4.0)
    assert kept.changes == []
    raised = heel_raises(2, first_s=1.5)
    kept.follow(coach, raised, 8.0)
    kept.follow(coach, stand, 5.0)
    kept.follow(coach, raised, 5.5)
    coach.skip_exercise()
    kept.follow(coach, stand, 5.0)
    coach.finish()
    kept.recorder.follow(coach, (), kept.time_s)
    kept.recorder.end()
    record = kept.record
    told = [(one.order, one.exercise, one.side, one.set_number, one.how) for one in record.sets]
    assert told == [
        (1, "toe_stretch", "left", 1, "skipped"),
        (2, "heel_raises", "both", 1, "done"),
        (3, "heel_raises", "both", 2, coach.results[2].how),
        (4, "leg_up_towel", "left", 1, "stopped"),
    ]
    for one, result in zip(record.sets, coach.results, strict=True):
        assert len(one.reps) == len(result.reps)
        assert one.ended_s == pytest.approx(result.end_s, abs=1e-3)
        assert one.started_s == pytest.approx(result.start_s, abs=1e-3)
    assert (record.complete, record.finished) == (False, True)
    assert record.sets[1].target_reps == 2
    assert "target_reached" in {moment.name for moment in record.sets[1].moments}
    assert record.started_s == 0.0


def test_a_block_by_the_clock_is_paced_and_not_stored_with_every_frame(kept: Kept) -> None:
    step = Step(exercise="toe_stretch", side="left", sets=1, seconds=12, paced=True)
    coach = Workout(plan([step], KNOWN))
    kept.follow(coach, lambda t: sitting_on_chair(0, 0.0), 14.0)
    kept.recorder.end()
    (one,) = kept.record.sets
    assert one.paced
    assert one.how == "done"
    (hold,) = one.holds
    assert hold.paced
    assert hold.seconds == pytest.approx(12.0, abs=0.2)
    assert kept.record.complete
    assert len(kept.changes) < 8


@pytest.mark.parametrize("name", KNOWN)
def test_every_exercise_has_main_signals(name: str) -> None:
    session = Session(KNOWN[name])
    found = main_signals(session.definition, session.signals)
    assert 1 <= len(found) <= 6
    assert set(found) <= set(session.signals)
