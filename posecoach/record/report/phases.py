"""Movements laid over each other: from rest to the peak, and from the peak back to rest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, nan

from posecoach.record.history.model import HoldRecord, RepRecord, SetRecord
from posecoach.record.history.trace import LEVEL
from posecoach.record.report.signals import Signal, signals_of
from posecoach.record.report.statistics import quantile, uncertainty

STEPS = 50
"""A curve has so many steps on the way to the peak and as many on the way back."""
# A gap in what was measured, longer than this, is not bridged.
_BRIDGE_S = 0.35
_LEAST = 3
# Shares of a movement; a shorter stretch where two curves lie apart is not told.
_LEAST_STRETCH = 10


@dataclass(frozen=True, slots=True)
class Bundle:
    """The curves of one signal over all movements of a clip or session.

    Attributes:
        count: How many movements.
        percent: 0 to 100 through the movement.
        low: Lower quartile at each; NaN where fewer than half were measured.
        middle: Median.
        high: Upper quartile.
    """

    count: int
    percent: tuple[float, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the movement in which one curve lies above the other."""

    start: float
    end: float
    above: float


def bundles_of(sets: Sequence[SetRecord]) -> dict[tuple[str, str], Bundle]:
    """The curves of each signal over all reps (or holds, where there are none), by base and unit.

    Each is stretched so that it begins at 0, has its peak at 50 and ends at 100 percent; a
    hold goes evenly from 0 to 100. Of a signal with two sides, the side that moved is taken.
    """
    curves: dict[tuple[str, str], list[list[float]]] = {}
    for one in sets:
        moves: tuple[RepRecord | HoldRecord, ...] = one.reps or one.holds
        signals = signals_of(one).signals
        # What both legs do together shows best in what is measured of the whole body.
        whole = any(not signal.side for signal in signals if signal.base != LEVEL)
        for signal in signals:
            sides = {signal.side} if whole else {signal.side, "both"}
            mine = [move for move in moves if not signal.side or move.side in sides]
            found = curves.setdefault((signal.base, signal.unit), [])
            found += [curve for move in mine if (curve := _curve(signal, move)) is not None]
    return {key: _bundle(found) for key, found in curves.items() if found}


def apart(a: Bundle, b: Bundle, unit: str) -> list[Stretch]:
    """Where ``b`` clearly differs from ``a``: the longest stretch above, and that below.

    Clear is where the quartiles of the two do not overlap and their medians differ by more
    than the measurement's uncertainty, for a tenth of the movement at least.
    """
    found: list[Stretch] = []
    for sign in (1.0, -1.0):
        best: Stretch | None = None
        run: list[int] = []
        for at in range(len(a.percent) + 1):
            if at < len(a.percent) and _clear(a, b, at, unit, sign):
                run.append(at)
                continue
            if run and a.percent[run[-1]] - a.percent[run[0]] >= _LEAST_STRETCH:
                widest = max(run, key=lambda i: sign * (b.middle[i] - a.middle[i]))
                start, end = a.percent[run[0]], a.percent[run[-1]]
                if best is None or end - start > best.end - best.start:
                    best = Stretch(start, end, b.middle[widest] - a.middle[widest])
            run = []
        if best is not None:
            found.append(best)
    return found


def _clear(a: Bundle, b: Bundle, at: int, unit: str, sign: float) -> bool:
    if min(a.count, b.count) < _LEAST:
        return False
    above, below = (b, a) if sign > 0 else (a, b)
    gap = above.middle[at] - below.middle[at]
    least = uncertainty(unit, (above.middle[at] + below.middle[at]) / 2)
    # NaN compares as false: what was not measured is not clear.
    return above.low[at] > below.high[at] and gap > least


def _curve(signal: Signal, move: RepRecord | HoldRecord) -> list[float] | None:
    times = _times(move)
    values = [_at(signal, time_s) for time_s in times]
    seen = sum(isfinite(value) for value in values)
    return values if 2 * seen >= len(values) else None


def _times(move: RepRecord | HoldRecord) -> list[float]:
    start, end = move.start_s, move.end_s
    peak = move.peak_s if isinstance(move, RepRecord) else (start + end) / 2
    up = [start + (peak - start) * i / STEPS for i in range(STEPS)]
    return up + [peak + (end - peak) * i / STEPS for i in range(STEPS + 1)]


def _at(signal: Signal, time_s: float) -> float:
    """The signal's value at a time, between its samples."""
    times, values = signal.times_s, signal.values
    at = bisect_left(times, time_s)
    if at < len(times) and times[at] == time_s:
        return values[at]
    if not 0 < at < len(times) or times[at] - times[at - 1] > _BRIDGE_S:
        return nan
    share = (time_s - times[at - 1]) / (times[at] - times[at - 1])
    return values[at - 1] + share * (values[at] - values[at - 1])


def _bundle(curves: Sequence[Sequence[float]]) -> Bundle:
    columns = []
    for values in zip(*curves, strict=True):
        seen = sorted(value for value in values if isfinite(value))
        few = 2 * len(seen) < len(values) or not seen
        columns.append([nan if few else quantile(seen, share) for share in (0.25, 0.5, 0.75)])
    percent = tuple(100 * i / (2 * STEPS) for i in range(2 * STEPS + 1))
    low, middle, high = zip(*columns, strict=True)
    return Bundle(len(curves), percent, low, middle, high)
