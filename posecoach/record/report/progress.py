"""An exercise over days: how far it went, how much was done, and what was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from posecoach.record.history.metrics import main_metric, unit_of
from posecoach.record.history.model import SessionRecord, SetRecord, Side
from posecoach.record.report.chart import Chart, Line, Norm
from posecoach.record.report.measures import best_of, counted_in, values_of
from posecoach.record.report.norms import norms_of
from posecoach.record.report.statistics import middle_of, trend
from posecoach.record.report.table import Table
from posecoach.record.report.words import Words, held_for, measured, number

_COLOURS: dict[Side, int] = {"both": 0, "left": 1, "right": 2}


@dataclass(frozen=True, slots=True)
class Day:
    """What was done of an exercise on a day."""

    day: date
    sets: tuple[SetRecord, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """An exercise over days, ready to be shown."""

    key: str
    title: str
    facts: tuple[str, ...]
    notes: tuple[str, ...]
    charts: tuple[Chart, ...]


def progress_of(words: Words, sessions: Sequence[SessionRecord]) -> list[Progress]:
    """Each exercise in these sessions; the one that was done on most days first.

    Sets in which nothing was counted or tried are not looked at.
    """
    days: dict[str, dict[date, list[SetRecord]]] = {}
    for session in sessions:
        for one in session.sets:
            if not one.empty:
                days.setdefault(one.exercise, {}).setdefault(session.day, []).append(one)
    listed = sorted(days.items(), key=lambda item: -len(item[1]))
    return [
        _Exercise(
            words,
            exercise,
            [Day(day, tuple(sets)) for day, sets in sorted(by_day.items())],
        ).progress(f"exercise{number}")
        for number, (exercise, by_day) in enumerate(listed, 1)
    ]


def met(one: SetRecord) -> bool | None:
    """Whether a set reached what it asked for; None where it asked for nothing.

    That is for who counted to say, and was kept: the reps of one side are not those of the
    other, a position must be held in one piece, a walk adds up.
    """
    if one.target_reps is None and one.target_s is None:
        return None
    if one.how is not None:
        return one.how == "done"
    return any(moment.name == "target_reached" for moment in one.moments)


class _Exercise:
    def __init__(self, words: Words, exercise: str, days: Sequence[Day]) -> None:
        self._words = words
        self._id = exercise
        self._days = days
        self._sets = [one for day in days for one in day.sets]
        self._metric = main_metric(counted_in(self._sets))
        self._unit = unit_of(self._metric or "")
        self._held = self._sets[-1].kind in ("hold", "walk")
        self._name = words.exercise(exercise, self._sets[-1].name)

    def progress(self, key: str) -> Progress:
        charts = [chart for chart in (self._range_chart(), self._amount_chart()) if chart]
        facts = self._facts()
        return Progress(key, self._name, tuple(facts), tuple(self._notes()), tuple(charts))

    def _facts(self) -> list[str]:
        words = self._words
        first, last = self._days[0].day, self._days[-1].day
        facts = [words.count("n_days", len(self._days)), words.count("n_sets", len(self._sets))]
        if last > first:
            facts[0] = f"{facts[0]} ({words.say('from_day_to_day', first=first, last=last)})"
        amount = sum(self._amount(day.sets) for day in self._days)
        if self._held:
            facts.append(held_for(words, amount))
        else:
            facts.append(words.count("n_reps", round(amount)))
        asked = [reached for one in self._sets if (reached := met(one)) is not None]
        if asked:
            facts.append(words.say("doses_met", n=sum(asked), of=len(asked)))
        values = values_of(counted_in(self._sets), self._metric) if self._metric else []
        middle = middle_of(values)
        if self._metric and middle:
            best = measured(words, self._metric, best_of(values, self._metric))
            median = measured(words, self._metric, middle.middle)
            name = words.metric(self._metric)
            facts.append(words.say("best_and_median", metric=name, best=best, median=median))
        return facts

    def _notes(self) -> list[str]:
        words, metric = self._words, self._metric
        norms = [norm.text for norm in self._norms()]
        if metric is None:
            return norms
        notes: list[str] = []
        for side in _COLOURS:
            places, values = self._medians(side)
            change = trend(values, self._unit, places)
            if change is not None:
                told = words.say(
                    "rose_over_days" if change.last > change.first else "fell_over_days",
                    metric=words.metric(metric),
                    side=words.side_within(side),
                    first=measured(words, metric, change.first),
                    last=measured(words, metric, change.last),
                    begin=date.fromordinal(round(places[0])),
                    end=date.fromordinal(round(places[-1])),
                )
                notes.append(told)
        return [*notes, *norms]

    def _norms(self) -> list[Norm]:
        lone = all(part.side != "both" for part in counted_in(self._sets))
        return norms_of(self._words, self._id, self._metric, lone=lone)

    def _medians(self, side: Side) -> tuple[list[float], list[float]]:
        """The days on which that side was measured, and the median of each."""
        places, values = [], []
        for day in self._days:
            parts = [part for part in counted_in(day.sets) if part.side == side]
            middle = middle_of(values_of(parts, self._metric or ""))
            if middle is not None:
                places.append(float(day.day.toordinal()))
                values.append(middle.middle)
        return places, values

    def _range_chart(self) -> Chart | None:
        words, metric = self._words, self._metric
        if metric is None:
            return None
        unit = words.unit(self._unit)
        decimals = 0 if self._unit == "deg" else 1 if self._unit == "cm" else 2
        lines = []
        for side, colour in _COLOURS.items():
            places, values = self._medians(side)
            if places:
                name = words.say("median_by_side", side=words.side_within(side))
                lines.append(Line(name, colour, places, values, "dots", unit, decimals=decimals))
        best: list[tuple[float, float]] = []
        for day in self._days:
            values = values_of(counted_in(day.sets), metric)
            if values:
                best.append((float(day.day.toordinal()), best_of(values, metric)))
        xs, ys = [x for x, _ in best], [y for _, y in best]
        lines.append(Line(words.say("best"), 0, xs, ys, "best", unit, decimals=decimals))
        norms = self._norms()
        title = words.metric(metric)
        return Chart(
            title,
            unit,
            "date",
            words.say("axis_day"),
            words.say("about_progress", what=title, facts="; ".join(self._facts())),
            lines,
            norms=norms,
            legend=[("norm", words.say("legend_norm"))] if norms else (),
            table=self._table(),
            table_title=words.say("all_days"),
            zero=self._unit in ("cm", "share"),
        )

    def _amount(self, sets: Iterable[SetRecord]) -> float:
        return sum(one.held_s if self._held else len(one.reps) for one in sets)

    def _amount_chart(self) -> Chart:
        words = self._words
        title = words.say("seconds_a_day" if self._held else "reps_a_day")
        unit = words.unit("s") if self._held else ""
        line = Line(
            title,
            1,
            [float(day.day.toordinal()) for day in self._days],
            [self._amount(day.sets) for day in self._days],
            "bars",
            unit,
            decimals=1 if self._held else 0,
        )
        return Chart(
            title,
            unit,
            "date",
            words.say("axis_day"),
            words.say("about_progress", what=title, facts="; ".join(self._facts())),
            [line],
            table=None if self._metric else self._table(),
            table_title=words.say("all_days"),
        )

    def _table(self) -> Table:
        words, metric = self._words, self._metric
        head = [words.say("axis_day"), words.say("sets")]
        head += [words.say("seconds" if self._held else "reps"), words.say("tries")]
        head += [words.say("median"), words.say("best")] if metric else []
        head += [words.say("dose_met")]
        rows = []
        for day in self._days:
            amount = number(self._amount(day.sets), "s" if self._held else "")
            row = [day.day.isoformat(), str(len(day.sets)), amount]
            row.append(str(sum(len(one.attempts) for one in day.sets)))
            if metric:
                values = values_of(counted_in(day.sets), metric)
                middle = middle_of(values)
                row += (
                    ["-", "-"]
                    if middle is None
                    else [
                        number(middle.middle, self._unit),
                        number(best_of(values, metric), self._unit),
                    ]
                )
            asked = [reached for one in day.sets if (reached := met(one)) is not None]
            row.append(words.say("n_of", n=sum(asked), of=len(asked)) if asked else "-")
            rows.append(row)
        return Table(self._name, head, rows)
