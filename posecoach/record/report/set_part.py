"""A set as a part of a report: its curves, its reps, its sides, and how it changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from posecoach.record.history.metrics import main_metric, unit_of
from posecoach.record.history.model import SetRecord
from posecoach.record.report.chart import Chart, Line
from posecoach.record.report.curves import charts_of
from posecoach.record.report.measures import counted_in, sides_of, values_of
from posecoach.record.report.signals import signals_of
from posecoach.record.report.statistics import middle_of, trend
from posecoach.record.report.table import Table
from posecoach.record.report.tables import tables_of
from posecoach.record.report.words import Words, clock, held_for, measured, with_unit

_COLOURS = {"both": 0, "left": 1, "right": 2}
_LEAST_REPS = 4
_LOW = 140


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
    notes = _fatigue(words, one)
    if traced.damaged:
        notes.append(words.say("curve_damaged"))
    facts = _facts(words, one)
    return SetPart(
        key,
        _title(words, one),
        tuple(facts),
        tuple(notes),
        (*charts_of(words, one, traced, "; ".join(facts)), *_rep_by_rep(words, one, facts)),
        tables_of(words, one, video=video),
    )


def _title(words: Words, one: SetRecord) -> str:
    name = words.exercise(one.exercise, one.name)
    if one.set_number is not None and one.sets:
        which = words.say("set_of", number=one.set_number, sets=one.sets)
        name = f"{name}, {which}"
    if one.side != "auto":
        name = f"{name}, {words.side_within(one.side)}"
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
        facts.append(held_for(words, one.held_s) + target)
    if one.empty:
        facts.append(words.say("nothing_counted"))
    if one.attempts:
        facts.append(words.count("tries_not_counted", len(one.attempts)))
    if one.steps is not None:
        facts.append(words.count("n_steps", one.steps))
    parts = counted_in([one])
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
                        side=words.side_within(side.side),
                        first=measured(words, name, change.first),
                        last=measured(words, name, change.last),
                        reps=words.count("n_reps", len(side.reps)),
                    )
                )
    return notes


def _rep_by_rep(words: Words, one: SetRecord, facts: Sequence[str]) -> Iterator[Chart]:
    """How far each rep went, one after the other: what tires shows here."""
    metric = main_metric(one.reps)
    if metric is None or len(one.reps) < _LEAST_REPS:
        return
    unit, what = words.unit(unit_of(metric)), words.metric(metric)
    lines = []
    for side, colour in _COLOURS.items():
        found = [
            (float(number), rep.metrics[metric])
            for number, rep in enumerate(one.reps, 1)
            if rep.side == side and metric in rep.metrics and not rep.paced
        ]
        if found:
            xs, ys = [x for x, _ in found], [y for _, y in found]
            lines.append(Line(words.side(side), colour, xs, ys, "dots", unit, decimals=2))
    if lines:
        yield Chart(
            words.say("rep_by_rep", what=what),
            unit,
            "number",
            words.say("axis_rep"),
            words.say("about_reps", what=what, facts="; ".join(facts)),
            lines,
            begin=0.5,
            end=len(one.reps) + 0.5,
            height=_LOW,
        )
