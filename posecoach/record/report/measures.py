"""The measures of reps and holds as a report tells them: which is the main one, which is best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from posecoach.record.history.metrics import TIMES, main_metric, unit_of
from posecoach.record.history.model import AttemptRecord, HoldRecord, RepRecord, SetRecord
from posecoach.record.report.statistics import middle_of
from posecoach.record.report.words import Words, measured, number

Counted = RepRecord | HoldRecord
Part = Counted | AttemptRecord

# A smaller value is the better one.
_LESS_IS_MORE = ("hand_to_toes_leg",)


@dataclass(frozen=True, slots=True)
class Side:
    """What one side did: parts of a set, or of several."""

    side: str
    reps: tuple[RepRecord, ...]
    holds: tuple[HoldRecord, ...]
    attempts: tuple[AttemptRecord, ...]

    @property
    def parts(self) -> list[Counted]:
        """Its reps and holds."""
        return [*self.reps, *self.holds]


def counted_in(sets: Iterable[SetRecord]) -> list[Counted]:
    """The reps and holds of some sets."""
    found: list[Counted] = []
    for one in sets:
        found += one.reps
        found += one.holds
    return found


def values_of(parts: Iterable[Part], metric: str) -> list[float]:
    """A metric of all that have it, in order; what the clock counted is not measured."""
    return [
        part.metrics[metric]
        for part in parts
        if metric in part.metrics and not getattr(part, "paced", False)
    ]


def best_of(values: Sequence[float], metric: str) -> float:
    """The best of some values."""
    return min(values) if metric in _LESS_IS_MORE else max(values)


def tempo_metrics(parts: Sequence[Part]) -> list[str]:
    """The times that these have, in the order of a movement; a hold at the top is told once."""
    there = {name for part in parts for name in part.metrics}
    return [n for n in TIMES if n in there and not (n == "top_s" and "held_s" in there)]


def other_metrics(parts: Sequence[Part], main: str | None) -> list[str]:
    """What else was measured."""
    names = dict.fromkeys(name for part in parts for name in part.metrics)
    return [name for name in names if name not in TIMES and name != main]


def told_metrics(parts: Sequence[Part]) -> list[str]:
    """The main metric and the tempo: what sides, sets and clips are compared by."""
    main = main_metric(parts)
    return [*([main] if main else []), *tempo_metrics(parts)]


def sides_of(sets: Sequence[SetRecord]) -> list[Side]:
    """What each side did, where there is anything."""
    found = []
    for side in ("left", "right", "both"):
        reps = tuple(rep for one in sets for rep in one.reps if rep.side == side)
        holds = tuple(hold for one in sets for hold in one.holds if hold.side == side)
        attempts = tuple(tried for one in sets for tried in one.attempts if tried.side == side)
        if reps or holds or attempts:
            found.append(Side(side, reps, holds, attempts))
    return found


def faults_in(words: Words, exercise: str, faults: Iterable[str]) -> str:
    """Faults in words, each once, with how often it was seen."""
    told = []
    for fault, group in groupby(sorted(faults)):
        times = len(list(group))
        told.append(words.fault(exercise, fault) + (f" ({times})" if times > 1 else ""))
    return "; ".join(told)


def told(words: Words, part: Part, metric: str) -> str:
    """A metric's value with its unit; a dash where it could not be measured."""
    value = part.metrics.get(metric)
    return "-" if value is None else measured(words, metric, value)


def title_of(words: Words, metric: str) -> str:
    """A metric's name and unit, for the head of a column."""
    unit = words.unit(unit_of(metric))
    return f"{words.metric(metric)} ({unit})" if unit else words.metric(metric)


def spread_of(words: Words, parts: Iterable[Part], metric: str) -> str:
    """Median and middle half of a metric; a dash where it could not be measured."""
    middle = middle_of(values_of(parts, metric))
    if middle is None:
        return "-"
    unit = unit_of(metric)
    low, high = number(middle.low, unit), number(middle.high, unit)
    return words.say("middle_and_range", middle=number(middle.middle, unit), low=low, high=high)
