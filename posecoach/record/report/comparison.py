"""Two clips or sessions of one exercise, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from posecoach.record.history.metrics import unit_of
from posecoach.record.history.model import SetRecord
from posecoach.record.history.trace import LEVEL
from posecoach.record.report.chart import Chart, Line
from posecoach.record.report.measures import (
    Counted,
    counted_in,
    spread_of,
    title_of,
    told_metrics,
    values_of,
)
from posecoach.record.report.phases import Bundle, apart, bundles_of
from posecoach.record.report.statistics import differ, middle_of
from posecoach.record.report.table import Table
from posecoach.record.report.words import Words, held_for, measured, number, with_unit

_LEAST = 3
_ROWS = 5


@dataclass(frozen=True, slots=True)
class Subject:
    """One of the two.

    Attributes:
        letter: ``A`` or ``B``.
        name: What it is: a clip's name, or a session's number and day.
        sets: Of the exercise.
    """

    letter: str
    name: str
    sets: tuple[SetRecord, ...]

    @property
    def parts(self) -> list[Counted]:
        """Its reps and holds."""
        return counted_in(self.sets)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two of them, ready to be shown.

    Attributes:
        title: The exercise.
        subjects: A and B, each as one line.
        differences: In words; one that says so where there is none.
        rule: When a difference is told.
        charts: Curves over each other.
        table: Both in numbers.
    """

    title: str
    subjects: tuple[str, str]
    differences: tuple[str, ...]
    rule: str
    charts: tuple[Chart, ...]
    table: Table


def compare(words: Words, a: Subject, b: Subject) -> Comparison:
    """Lay two of them side by side.

    Args:
        words: Of the report.
        a: Has at least one set.
        b: Has at least one set of the same exercise.
    """
    one = a.sets[-1]
    curves_a, curves_b = bundles_of(a.sets), bundles_of(b.sets)
    common = [key for key in curves_a if key in curves_b]
    told = [*_metric_words(words, a, b), *_curve_words(words, curves_a, curves_b, common)]
    return Comparison(
        words.exercise(one.exercise, one.name),
        (_line(words, a), _line(words, b)),
        tuple(told or [words.say("no_difference")]),
        words.say("difference_rule"),
        tuple(_chart(words, key, curves_a[key], curves_b[key], bool(one.reps)) for key in common),
        _table(words, a, b),
    )


def _line(words: Words, subject: Subject) -> str:
    reps = sum(len(one.reps) for one in subject.sets)
    tries = sum(len(one.attempts) for one in subject.sets)
    held = sum(one.held_s for one in subject.sets)
    parts = [words.count("n_reps", reps)] if reps or not held else []
    parts += [held_for(words, held)] if held else []
    parts += [words.count("tries_not_counted", tries)] if tries else []
    return f"{subject.letter}: {subject.name}: {', '.join(parts)}"


def _pairs(a: Subject, b: Subject) -> list[tuple[str, list[Counted], list[Counted]]]:
    """What to compare: each side with itself where both have enough of it, else all with all."""
    found = []
    for side in ("left", "right", "both"):
        mine = [part for part in a.parts if part.side == side]
        other = [part for part in b.parts if part.side == side]
        if min(len(mine), len(other)) >= _LEAST:
            found.append((side, mine, other))
    return found or [("", a.parts, b.parts)]


def _metric_words(words: Words, a: Subject, b: Subject) -> list[str]:
    told = []
    for side, mine, other in _pairs(a, b):
        for metric in told_metrics([*mine, *other]):
            unit = unit_of(metric)
            values, others = values_of(mine, metric), values_of(other, metric)
            above = differ(values, others, unit)
            first, second = middle_of(values), middle_of(others)
            if above is None or first is None or second is None:
                continue
            told.append(
                words.say(
                    "b_is_more" if above > 0 else "b_is_less",
                    metric=words.metric(metric) + (f" ({words.side_within(side)})" if side else ""),
                    by=with_unit(words, abs(above), unit),
                    a=measured(words, metric, first.middle),
                    b=measured(words, metric, second.middle),
                )
            )
    return told


def _curve_words(
    words: Words,
    a: dict[tuple[str, str], Bundle],
    b: dict[tuple[str, str], Bundle],
    common: Sequence[tuple[str, str]],
) -> list[str]:
    told = []
    for base, unit in common:
        for stretch in apart(a[base, unit], b[base, unit], unit):
            by = abs(stretch.above)
            level = base == LEVEL
            told.append(
                words.say(
                    "curve_above" if stretch.above > 0 else "curve_below",
                    what=words.signal(base),
                    start=f"{stretch.start:.0f}",
                    end=f"{stretch.end:.0f}",
                    by=f"{100 * by:.0f} %" if level else with_unit(words, by, unit),
                )
            )
    return told


def _chart(words: Words, key: tuple[str, str], a: Bundle, b: Bundle, reps: bool) -> Chart:
    base, unit = key
    level = base == LEVEL
    factor, unit_words = (100.0, "%") if level else (1.0, words.unit(unit))
    lines = [
        Line(
            words.say("letter_and_count", letter=letter, n=bundle.count),
            colour,
            bundle.percent,
            [factor * value for value in bundle.middle],
            unit=unit_words,
            low=[factor * value for value in bundle.low],
            high=[factor * value for value in bundle.high],
            decimals=0 if level else 1 if unit == "deg" else 3,
        )
        for letter, colour, bundle in (("A", 1, a), ("B", 2, b))
    ]
    title = words.signal(base)
    axis = words.say("axis_movement" if reps else "axis_hold")
    every = range(0, len(a.percent), _ROWS)
    decimals = lines[0].decimals
    rows = [
        [f"{a.percent[i]:.0f}", *(_row_value(line, i, decimals) for line in lines)] for i in every
    ]
    head = [axis, *(f"{letter} ({unit_words})" if unit_words else letter for letter in "AB")]
    return Chart(
        title,
        words.say("unit_level") if level else unit_words,
        "percent",
        axis,
        words.say("about_curves", what=title, a=a.count, b=b.count),
        lines,
        legend=[("area", words.say("legend_quartiles"))],
        table=Table(title, head, rows),
        table_title=words.say("values_of", what=title),
        zero=level,
    )


def _row_value(line: Line, at: int, decimals: int) -> str:
    value = line.y[at]
    return "-" if isnan(value) else f"{value:.{decimals}f}"


def _table(words: Words, a: Subject, b: Subject) -> Table:
    rows = [[words.say("reps"), *(str(sum(len(s.reps) for s in x.sets)) for x in (a, b))]]
    if any(one.holds for x in (a, b) for one in x.sets):
        held = (number(sum(one.held_s for one in x.sets), "s") for x in (a, b))
        rows.append([words.say("seconds"), *held])
    rows.append([words.say("tries"), *(str(sum(len(s.attempts) for s in x.sets)) for x in (a, b))])
    for side, mine, other in _pairs(a, b):
        for metric in told_metrics([*mine, *other]):
            title = title_of(words, metric) + (f", {words.side_within(side)}" if side else "")
            both = (spread_of(words, parts, metric) for parts in (mine, other))
            rows.append([title, *both])
    rows.append([words.say("faults"), *(_faults(words, x) for x in (a, b))])
    return Table(words.say("table_compared"), ["", "A", "B"], rows)


def _faults(words: Words, subject: Subject) -> str:
    found = Counter[str]()
    for one in subject.sets:
        found.update(one.faults())
    exercise = subject.sets[-1].exercise
    return "; ".join(f"{words.fault(exercise, f)} ({n})" for f, n in found.most_common()) or "-"
