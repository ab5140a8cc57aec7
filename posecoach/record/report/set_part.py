"""A set as a part of a report: its curves, its reps, its sides, and how it changed."""

from __future__ import annotations

from dataclasses import dataclass

from posecoach.record.history.model import SetRecord, unit_of
from posecoach.record.report.chart import Chart
from posecoach.record.report.curves import charts_of
from posecoach.record.report.measures import main_metric, sides_of, told_metrics, values_of
from posecoach.record.report.signals import signals_of
from posecoach.record.report.statistics import differ, middle_of, trend
from posecoach.record.report.table import Table
from posecoach.record.report.tables import tables_of
from posecoach.record.report.words import Words, clock, measured, number, with_unit


@dataclass(frozen=True, slots=True)
class SetPart:
    """A set, ready to be shown.

    Attributes:
        key: Unique on the page.
        title: The exercise, and which set of it.
        facts: What was done, in short sentences.
        notes: What stands out: fatigue, left against right, damage.
        charts: Curves over time.
        tables: Reps, holds, tries, sides.
    """

    key: str
    title: str
    facts: tuple[str, ...]
    notes: tuple[str, ...]
    charts: tuple[Chart, ...]
    tables: tuple[Table, ...]


def set_part(words: Words, one: SetRecord, key: str, *, video: bool = False) -> SetPart:
    """A set, ready to be shown.

    Args:
        words: Of the report.
        one: The set.
        key: Unique on the page.
        video: Whether times of the set are times of a video that can be jumped to.
    """
    traced = signals_of(one)
    notes = [*_fatigue(words, one), *_left_against_right(words, one)]
    if traced.damaged:
        notes.append(words.say("curve_damaged"))
    facts = _facts(words, one)
    return SetPart(
        key,
        _title(words, one),
        tuple(facts),
        tuple(notes),
        charts_of(words, one, traced, "; ".join(facts)),
        tables_of(words, one, video=video),
    )


def _title(words: Words, one: SetRecord) -> str:
    name = words.exercise(one.exercise, one.name)
    if one.set_number is not None and one.sets:
        which = words.say("set_of", number=one.set_number, sets=one.sets)
        name = f"{name}, {which}"
    if one.side != "auto":
        name = f"{name}, {words.side(one.side)}"
    return f"{name} ({one.label})" if one.label else name


def _facts(words: Words, one: SetRecord) -> list[str]:
    facts = []
    if one.reps and one.kind != "hold":
        what = "n_circles" if one.kind == "circles" else "n_reps"
        target = "" if one.target_reps is None else " " + words.say("of_asked", n=one.target_reps)
        facts.append(words.count(what, len(one.reps)) + target)
    if one.holds:
        target = ""
        if one.target_s is not None:
            target = " " + words.say("of_asked", n=with_unit(words, one.target_s, "s"))
        facts.append(words.say("held", seconds=number(one.held_s, "s")) + target)
    if one.empty:
        facts.append(words.say("nothing_counted"))
    if one.attempts:
        facts.append(words.count("tries_not_counted", len(one.attempts)))
    if one.steps is not None:
        facts.append(words.count("n_steps", one.steps))
    parts = (*one.reps, *one.holds)
    metric = main_metric(parts)
    middle = middle_of(values_of(parts, metric)) if metric else None
    if metric and middle:
        facts.append(
            words.say(
                "median_of",
                metric=words.metric(metric),
                value=measured(words, metric, middle.middle),
                low=measured(words, metric, middle.low),
                high=measured(words, metric, middle.high),
            )
        )
    if one.paced:
        facts.append(words.say("paced"))
    if one.empty and one.view_why:
        facts.append(words.fault(one.exercise, one.view_why))
    facts.append(words.say("took", time=clock(max(0.0, one.ended_s - one.started_s))))
    return facts


def _fatigue(words: Words, one: SetRecord) -> list[str]:
    """How range and tempo changed from the first rep to the last, where that is clear."""
    notes = []
    for side in sides_of([one]):
        metric = main_metric(side.reps)
        for name in (metric, "up_s", "held_s", "down_s", "circle_s"):
            if name is None:
                continue
            change = trend(values_of(side.reps, name), unit_of(name))
            if change is not None:
                notes.append(
                    words.say(
                        "grew" if change.last > change.first else "fell",
                        metric=words.metric(name),
                        side=words.side(side.side),
                        first=measured(words, name, change.first),
                        last=measured(words, name, change.last),
                        reps=words.count("n_reps", len(side.reps)),
                    )
                )
    return notes


def _left_against_right(words: Words, one: SetRecord) -> list[str]:
    sides = {side.side: side for side in sides_of([one])}
    if "left" not in sides or "right" not in sides:
        return []
    notes = []
    left, right = ((*sides[s].reps, *sides[s].holds) for s in ("left", "right"))
    for name in told_metrics((*left, *right)):
        unit = unit_of(name)
        above = differ(values_of(left, name), values_of(right, name), unit)
        if above is not None:
            notes.append(
                words.say(
                    "side_more" if above > 0 else "side_less",
                    metric=words.metric(name),
                    value=with_unit(words, abs(above), unit),
                )
            )
    return notes
