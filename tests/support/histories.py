"""Records of sessions for tests: one with everything in it, and a year of them."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from posecoach.record.history.model import (
    AttemptRecord,
    HoldRecord,
    Moment,
    RepRecord,
    SessionRecord,
    SetRecord,
)
from posecoach.record.history.trace import Trace, Traces, pack

ZONE = timezone(timedelta(hours=2))
BEGIN = datetime(2026, 4, 1, 7, 30, 15, 250_001, ZONE)
NAMES = {"heel_raises": "Heel raises", "toe_stand": "Stand on your toes"}


def traces(seconds: float = 4.0, hz: float = 15.0, start_s: float = 0.0) -> Traces:
    times = [start_s + number / hz for number in range(round(seconds * hz))]
    level = [
        math.nan if t < 0.3 else math.sin(t) ** 2 + random.Random(t).random() / 50 for t in times
    ]
    body = [value * 0.068 for value in level]
    signals = (Trace("level", "share", pack(level)), Trace("body_rise", "leg", pack(body)))
    return Traces(pack(times), signals)


def rep(number: int, side: str = "both", **more: object) -> RepRecord:
    start = 2.5 * number
    metrics = {"up_s": 0.9, "top_s": 0.4, "down_s": 1.1, "heel_lift_cm": 6.9 + 0.1 * number}
    known = {"metrics": metrics, "confidence": 0.94, **more}
    return RepRecord(side, start, start + 1.0, start + 2.0, **known)  # type: ignore[arg-type]


def a_set(
    order: int = 1, reps: int = 3, exercise: str = "heel_raises", **more: object
) -> SetRecord:
    known: dict[str, object] = {
        "reps": tuple(rep(n, "left" if n % 2 else "right") for n in range(reps)),
        "traces": traces(),
        "target_reps": 10,
        **more,
    }
    return SetRecord(
        order, exercise, NAMES.get(exercise, exercise), "reps", "auto", 0.0, 9.5, **known
    )  # type: ignore[arg-type]


def a_session(number: int = 1, **more: object) -> SessionRecord:
    """One in which every field says something."""
    held = HoldRecord("left", 3.6, 11.6, 8.0, {"hip_angle_deg": 88.0}, ("knee_bent",), True)
    full = SetRecord(
        order=2,
        exercise="leg_up_towel",
        name="Leg-up towel stretch",
        kind="hold",
        side="left",
        started_s=20.0,
        ended_s=55.25,
        how="done",
        set_number=1,
        sets=2,
        label="foot to the ceiling",
        target_s=30.0,
        hold_s=30.0,
        feet="out",
        way="cw",
        paced=True,
        close_up="alone",
        view_why="step_nearer",
        steps=12,
        reps=(rep(9, faults=("too_fast", "off_beat"), paced=True, direction="ccw"),),
        holds=(held,),
        attempts=(AttemptRecord("right", 1.0, 2.0, 3.0, "too_shallow", {"heel_lift_cm": 1.3}),),
        moments=(Moment(21.0, "fault", "left", "knee_bent"), Moment(22.0, "person_lost")),
        traces=traces(2.0),
    )
    known: dict[str, object] = {
        "uid": f"{number:032x}",
        "started_at": BEGIN + timedelta(days=number),
        "source": "program",
        "started_s": 1.25,
        "ended_s": 61.5,
        "finished": True,
        "program": "short_five",
        "program_name": "Short five",
        "complete": False,
        "clip": None,
        "height_cm": 181.7,
        "height_assumed": False,
        "beat": 60.0,
        "age": 45,
        "sex": "f",
        "model": "full",
        "version": "0.1.0",
        "sets": (a_set(), full),
        **more,
    }
    return SessionRecord(**known)  # type: ignore[arg-type]


def a_year(days: int = 365, sets: int = 8, reps: int = 10) -> Iterator[SessionRecord]:
    """A session a day, of sets with this many reps each."""
    for day in range(days):
        done = (
            a_set(order, reps, ("heel_raises", "toe_stand")[order % 2], traces=traces(30.0))
            for order in range(1, sets + 1)
        )
        yield a_session(day, sets=tuple(done))
