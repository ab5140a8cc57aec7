"""Made-up histories: records as live sessions leave them."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

from posecoach.record.history.model import (
    AttemptRecord,
    HoldRecord,
    Moment,
    RepRecord,
    SessionRecord,
    SetRecord,
)
from posecoach.record.history.trace import Trace, Traces, pack

HZ = 15.0


def raises(
    order: int, rng: random.Random, start_s: float, *, side: str = "both", reps: int = 10,
    best_cm: float = 8.0, tiring: float = 0.0, tries: int = 1, target: int | None = 10,
) -> SetRecord:  # fmt: skip
    """A set of heel raises: each takes 3 s, and gets lower by ``tiring`` cm."""
    found, tried, levels = [], [], []
    t = start_s + 1.5
    for n in range(reps + tries):
        if n == 3 and tries:
            tried.append(
                AttemptRecord(side, t, t + 0.6, t + 1.4, "too_shallow", {"heel_lift_cm": 1.6})
            )
            levels.append((t, t + 0.6, t + 1.4, 0.22))
            t += 3
            continue
        lift = best_cm - tiring * n + rng.gauss(0, 0.15)
        faults = ("too_fast",) if n % 5 == 4 else ()
        metrics = {
            "heel_lift_cm": lift, "up_s": 0.8 + rng.gauss(0, 0.05), "top_s": 0.4,
            "down_s": 0.9 + rng.gauss(0, 0.05), "rep_s": 2.1, "knee_drop_deg": abs(rng.gauss(3, 1)),
        }  # fmt: skip
        found.append(RepRecord(side, t, t + 1.0, t + 2.1, metrics, faults, 0.95))
        levels.append((t, t + 1.0, t + 2.1, lift / 6.5))
        t += 3
    end_s = t + 1
    times = [start_s + i / HZ for i in range(int((end_s - start_s) * HZ))]
    level = [_level(levels, time_s) + rng.gauss(0, 0.01) for time_s in times]
    traces = Traces(
        pack(times),
        (
            Trace("level", "share", pack(level)),
            Trace("body_rise", "leg", pack([0.068 * v for v in level])),
        ),
    )
    how = "done" if target is None or reps >= target else "skipped"
    return SetRecord(
        order, "heel_raises", "Heel raises", "reps", side, start_s, end_s, how,
        target_reps=target, reps=tuple(found), attempts=tuple(tried), traces=traces,
        moments=(Moment(start_s + 0.1, "person_found"),),
    )  # fmt: skip


def stretch(order: int, rng: random.Random, start_s: float, side: str, held_s: float) -> SetRecord:
    """A leg-up stretch of one side."""
    end_s = start_s + held_s + 4
    times = [start_s + i / HZ for i in range(int((end_s - start_s) * HZ))]
    angle = [84.0 + rng.gauss(0, 1) for _ in times]
    metrics = {"hip_angle_deg": 92.0, "knee_angle_deg": 170.0, "leg_raise_deg": 84.0}
    hold = HoldRecord(side, start_s + 2, start_s + 2 + held_s, held_s, metrics)
    traces = Traces(
        pack(times),
        (
            Trace("level", "share", pack([0.9] * len(times))),
            Trace(f"leg_raise.{side}", "deg", pack(angle)),
        ),
    )
    how = "done" if held_s >= 30.0 else "skipped"
    return SetRecord(
        order, "leg_up_towel", "Leg-up towel stretch", "hold", side, start_s, end_s, how,
        target_s=30.0, hold_s=30.0, holds=(hold,), traces=traces,
    )  # fmt: skip


def session(number: int, day: datetime, rng: random.Random, best_cm: float = 8.0) -> SessionRecord:
    """Heel raises on both legs, left, right, and a stretch of each side."""
    sets = [
        raises(1, rng, 2.0, best_cm=best_cm, tiring=0.12),
        raises(2, rng, 60.0, side="left", best_cm=best_cm - 0.4, tries=0),
        raises(3, rng, 120.0, side="right", best_cm=best_cm + 0.9, tries=0, reps=8),
        stretch(4, rng, 180.0, "left", 30.0),
        stretch(5, rng, 240.0, "right", 24.0),
    ]
    return SessionRecord(
        UUID(int=number).hex, day, "program", 2.0, 280.0, True, "my_own", "My own", True,
        height_cm=175.0, height_assumed=False, model="full", version="0.1.0", sets=tuple(sets),
    )  # fmt: skip


def year(days: int = 365) -> list[SessionRecord]:
    """A session a day, with heel raises that get higher."""
    rng = random.Random(5)
    first = datetime(2025, 11, 22, 18, 3, tzinfo=UTC)
    return [
        session(n + 1, first + timedelta(days=n), rng, 6.0 + 2.5 * n / days) for n in range(days)
    ]


def _level(levels: list[tuple[float, float, float, float]], time_s: float) -> float:
    for start, peak, end, height in levels:
        if start <= time_s <= end:
            way = (
                (time_s - start) / (peak - start)
                if time_s < peak
                else (end - time_s) / (end - peak)
            )
            return height * math.sin(math.pi / 2 * min(1.0, 1.6 * way))
    return 0.0
