"""Scales of charts: from where to where, and in which steps people count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import floor, log10

from posecoach.record.report.chart import Kind

HALF_DAY = 0.7
"""Room at the edges for bars and dots of the first and last day, in days."""
TICKS_UP = 4
"""About so many steps up a chart."""
_ROOM = 0.04
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_SECONDS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)


def scale_of(values: Sequence[float], zero: bool) -> tuple[float, float, float]:
    """Lowest and highest value of a scale, with a little room, and its step."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < 1e-9 * max(1.0, abs(high)):
        low, high = low - (not zero), high + 1
    room = _ROOM * (high - low)
    low, high = (low - room if low else 0.0), high + room
    return low, high, nice((high - low) / TICKS_UP)


def nice(wanted: float, kind: Kind = "number") -> float:
    """The next step from ``wanted`` on that people count in."""
    if kind == "time" and 1 <= wanted <= _SECONDS[-1]:
        return float(next(s for s in _SECONDS if s >= wanted))
    size = 10.0 ** floor(log10(wanted))
    return size * next(s for s in _STEPS if s * size >= wanted * 0.999)


def decimals_of(step: float) -> int:
    """How many decimals multiples of a step need."""
    return next((n for n in range(9) if abs(step * 10**n - round(step * 10**n)) < 1e-6), 9)


def dates_in(begin: float, end: float) -> list[tuple[float, str]]:
    """The first day, one in the middle and the last one: more would not fit on a phone."""
    first, last = round(begin + HALF_DAY), round(end - HALF_DAY)
    days = sorted({first, (first + last) // 2, last}) if last - first > 1 else [first]
    return [(day, date.fromordinal(day).isoformat()) for day in days]
