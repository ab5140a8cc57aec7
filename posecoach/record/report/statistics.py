"""What can be said of some measurements, and when it is clear enough to say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import erfc, sqrt
from statistics import median

LEAST_FOR_TREND = 6
"""With five values even a perfect order (p = 0.03 at best) would rest on single reps."""
LEAST_FOR_DIFFERENCE = 3
SIGNIFICANT = 0.05

UNCERTAINTY = {"cm": 0.6, "deg": 5.0, "s": 0.2, "share": 0.05, "leg": 0.01, "foot": 0.02}
"""How far a measurement may be from the truth, by unit; smaller differences are not told.

cm: the median error of heel lifts (docs/accuracy.md). deg: angles in the picture seen from the
side, 1 to 5 degrees off rendered people. s: 95 % of times between measured peaks are off by
less than 0.21 s (docs/decisions.md, "On the beat"). share: a twentieth. leg, foot: what
signals rest within.
"""
_OTHERWISE = 0.1  # of the value, where a unit has no figure: a tenth

# A normal distribution's standard deviation over its median absolute deviation, and the
# standard error of its median over that of its mean.
_MAD = 1.4826
_MEDIAN_ERROR = 1.2533
_TWO_SIGMA = 2.0
_MOST_PAIRS = 400


@dataclass(frozen=True, slots=True)
class Middle:
    """Median and quartiles of some values."""

    count: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Change:
    """A value at the beginning and at the end of a clear trend."""

    first: float
    last: float


def middle_of(values: Sequence[float]) -> Middle | None:
    """Median and quartiles (linear between values); None for no values."""
    if not values:
        return None
    ordered = sorted(values)
    low, middle, high = (quantile(ordered, share) for share in (0.25, 0.5, 0.75))
    return Middle(len(ordered), low, middle, high)


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values lie; ``ordered`` has at least one."""
    at = share * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def uncertainty(unit: str, around: float) -> float:
    """How far a value of that unit, near ``around``, may be from the truth."""
    return UNCERTAINTY.get(unit, _OTHERWISE * abs(around))


def trend(
    values: Sequence[float], unit: str, places: Sequence[float] | None = None
) -> Change | None:
    """A change from first to last, if it is clear.

    Clear is one that the test of Mann and Kendall (H. B. Mann, "Nonparametric tests against
    trend", Econometrica 13, 1945) finds at p < 0.05, and that is larger over the whole than
    the measurement's :func:`uncertainty`. How large it is tells the slope of Theil and Sen (P.
    K. Sen, J. Am. Stat. Assoc. 63, 1968), which single outliers do not turn.

    Args:
        values: In order.
        unit: Theirs.
        places: Where each one is, rising; None for evenly spaced ones.
    """
    if len(values) < LEAST_FOR_TREND:
        return None
    values, places = _thinned(values), _thinned(places or range(len(values)))
    if _by_chance(values) >= SIGNIFICANT:
        return None
    slope = median(
        (values[j] - values[i]) / (places[j] - places[i])
        for i, j in combinations(range(len(values)), 2)
        if places[j] > places[i]
    )
    begin = median(v - slope * (x - places[0]) for v, x in zip(values, places, strict=True))
    change = Change(begin, begin + slope * (places[-1] - places[0]))
    if abs(change.last - change.first) <= uncertainty(unit, median(values)):
        return None
    return change


def _thinned(values: Sequence[float]) -> Sequence[float]:
    """At most so many of them that all pairs can be looked at."""
    step = -(-len(values) // _MOST_PAIRS)
    return values[::step]


def _by_chance(values: Sequence[float]) -> float:
    """How likely so much order is without any trend (Mann and Kendall, two-sided, ties heeded)."""
    n = len(values)
    score = sum((b > a) - (b < a) for a, b in combinations(values, 2))
    ties = [values.count(value) for value in set(values)]
    spread = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    if not score or spread <= 0:
        return 1.0
    return erfc((abs(score) - 1) / sqrt(spread) / sqrt(2))


def differ(a: Sequence[float], b: Sequence[float], unit: str) -> float | None:
    """By how much the median of ``b`` is above that of ``a``, if that is clear.

    Clear is a difference that is larger than the measurement's :func:`uncertainty` and than
    twice its standard error, which is reckoned from the median absolute deviations; with fewer
    than three values on either side nothing is.
    """
    if min(len(a), len(b)) < LEAST_FOR_DIFFERENCE:
        return None
    difference = median(b) - median(a)
    error = sqrt(_error(a) ** 2 + _error(b) ** 2)
    least = max(_TWO_SIGMA * error, uncertainty(unit, (median(a) + median(b)) / 2))
    return difference if abs(difference) > least else None


def _error(values: Sequence[float]) -> float:
    """The standard error of their median."""
    middle = median(values)
    deviation = _MAD * median(abs(value - middle) for value in values)
    return _MEDIAN_ERROR * deviation / sqrt(len(values))
