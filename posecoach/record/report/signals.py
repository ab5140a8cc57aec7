"""The traces of a set, made fit to be drawn: whatever a damaged or foreign record holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite, nan

from posecoach.record.history.model import SetRecord
from posecoach.record.history.trace import TraceError

# Between two samples further apart nothing was watched, and no line is drawn.
_GAP_S = 1.0
# What no signal reaches; beyond it bytes went wrong.
_HUGE = 1e6


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal of a set.

    Attributes:
        base: Its name without a side, or ``level``.
        side: ``left``, ``right``, or empty.
        unit: Its id.
        times_s: Seconds of the session, rising.
        values: As many; NaN where it could not be measured.
    """

    base: str
    side: str
    unit: str
    times_s: Sequence[float]
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Traced:
    """The signals of a set, and whether some were damaged."""

    signals: tuple[Signal, ...] = ()
    damaged: bool = False


def signals_of(one: SetRecord) -> Traced:
    """The signals of a set, ``level`` first; without those that hold nothing."""
    try:
        times = list(one.traces.times_s)
    except TraceError:
        return Traced(damaged=True)
    found: list[Signal] = []
    damaged = any(not isfinite(t) for t in times) or any(b <= a for a, b in pairwise(times))
    for trace in () if damaged else one.traces.signals:
        try:
            values = [v if abs(v) < _HUGE else nan for v in trace.values]
        except TraceError:
            damaged = True
            continue
        if len(values) != len(times):
            damaged = True
        elif any(isfinite(value) for value in values):
            base, _, side = trace.name.partition(".")
            found.append(Signal(base, side, trace.unit, *_with_gaps(times, values)))
    return Traced(tuple(found), damaged)


def _with_gaps(times: Sequence[float], values: Sequence[float]) -> tuple[list[float], list[float]]:
    """The same with an unmeasured sample wherever nothing was watched."""
    xs: list[float] = []
    ys: list[float] = []
    for time_s, value in zip(times, values, strict=True):
        if xs and time_s - xs[-1] > _GAP_S:
            xs.append((xs[-1] + time_s) / 2)
            ys.append(nan)
        xs.append(time_s)
        ys.append(value)
    return xs, ys
