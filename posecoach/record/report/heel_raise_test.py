"""The heel-raise test in a report: each leg's reps beside the norm. No diagnosis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from posecoach.record.history.model import HEEL_RAISE_TEST, SessionRecord
from posecoach.record.report.chart import Chart, Line, Norm
from posecoach.record.report.measures import title_of
from posecoach.record.report.table import Table
from posecoach.record.report.words import Words, number
from posecoach.session.norms import NORM_BEAT, NORM_SOURCE, RETEST_REPS, Subject
from posecoach.session.norms import Norm as MedianReps

_LEGS: tuple[Literal["left", "right"], ...] = ("left", "right")
_COLOURS = {"left": 1, "right": 2}
_METRIC = "heel_lift_cm"


@dataclass(frozen=True, slots=True)
class Leg:
    """What a leg did in a test.

    Attributes:
        side: Which one stood.
        reps: Raises that counted.
        best_cm: The highest of them; None where none was measured.
    """

    side: Literal["left", "right"]
    reps: int
    best_cm: float | None


_Test = tuple[SessionRecord, list[Leg]]


@dataclass(frozen=True, slots=True)
class HeelRaisePart:
    """Heel-raise tests, ready to be shown.

    Attributes:
        key: Unique on the page.
        title: What it is called.
        notes: The legs, the norm and how much it says, in sentences.
        charts: Reps over days; none for a single test.
        tables: All in numbers.
    """

    key: str
    title: str
    notes: tuple[str, ...]
    charts: tuple[Chart, ...]
    tables: tuple[Table, ...]


def legs_of(record: SessionRecord) -> list[Leg]:
    """What each leg did that was tested; nothing if the session was no such test."""
    if record.program != HEEL_RAISE_TEST:
        return []
    found = []
    for side in _LEGS:
        sets = [one for one in record.sets if one.side == side]
        reps = [rep for one in sets for rep in one.reps if rep.side == side]
        heights = [rep.metrics[_METRIC] for rep in reps if _METRIC in rep.metrics]
        if sets:
            found.append(Leg(side, len(reps), max(heights, default=None)))
    return found


def heel_raise_part(words: Words, record: SessionRecord) -> HeelRaisePart | None:
    """The test that a session was; None if it was none."""
    legs = legs_of(record)
    if not legs:
        return None
    told = [_told(words, leg) for leg in legs]
    table = _table(words, [(record, legs)], days=False)
    notes = (*told, *_norm_notes(words, record, legs))
    return HeelRaisePart("test", words.say("heel_raise_test"), notes, (), (table,))


def heel_raise_progress(words: Words, records: Sequence[SessionRecord]) -> HeelRaisePart | None:
    """All tests in some sessions; None if there are none.

    Args:
        words: Of the report.
        records: The earliest first.
    """
    tests = [(record, legs) for record in records if (legs := legs_of(record))]
    if not tests:
        return None
    latest, legs = tests[-1]
    title, table = words.say("heel_raise_test"), _table(words, tests, days=True)
    chart = _chart(words, tests, table)
    return HeelRaisePart("tests", title, _norm_notes(words, latest, legs), (chart,), ())


def subject_of(record: SessionRecord) -> Subject:
    """Who was tested, and how, as far as was kept."""
    return Subject(record.age, record.sex, NORM_BEAT if record.beat is None else record.beat)


def _told(words: Words, leg: Leg) -> str:
    parts = [words.count("n_reps", leg.reps)]
    if leg.best_cm is not None:
        highest = words.say("leg_highest", cm=number(leg.best_cm, "cm"))
        parts.append(highest[:1].lower() + highest[1:])
    return f"{words.side(leg.side)}: {', '.join(parts)}"


def _norm_notes(words: Words, record: SessionRecord, legs: Sequence[Leg]) -> tuple[str, ...]:
    """The norm and each leg's share of it, or why there is none; and how much it says."""
    subject = subject_of(record)
    norm = subject.norm
    notes = [words.say("norm_spread", reps=RETEST_REPS), words.say("not_a_diagnosis")]
    if norm is None:
        notes.insert(0, words.say(subject.no_norm))
    else:
        shares = [f"{words.side_within(leg.side)} {norm.percent(leg.reps)} %" for leg in legs]
        told = f"{_norm_words(words, norm)}; {words.say('norm_shares', shares=', '.join(shares))}"
        notes[:0] = [told, words.say("norm_source", source=NORM_SOURCE)]
    return tuple(notes)


def _norm_words(words: Words, norm: MedianReps) -> str:
    key = "norm_men" if norm.sex == "m" else "norm_women"
    return words.say(key, from_age=norm.from_age, to_age=norm.to_age, reps=norm.reps)


def _table(words: Words, tests: Sequence[_Test], *, days: bool) -> Table:
    head = [words.say("axis_day")] if days else []
    head += [words.say("side"), words.say("reps"), words.say("norm_reps")]
    head += [words.say("norm_percent"), f"{title_of(words, _METRIC)}, {words.say('best')}"]
    rows = []
    for record, legs in tests:
        norm = subject_of(record).norm
        for leg in legs:
            row = [record.day.isoformat()] if days else []
            row += [words.side(leg.side), str(leg.reps)]
            row += ["-", "-"] if norm is None else [str(norm.reps), str(norm.percent(leg.reps))]
            row.append("-" if leg.best_cm is None else number(leg.best_cm, "cm"))
            rows.append(row)
    return Table(words.say("heel_raise_test"), head, rows)


def _chart(words: Words, tests: Sequence[_Test], table: Table) -> Chart:
    lines = []
    for side in _LEGS:
        # Of several tests on a day the best.
        best: dict[float, float] = {}
        for record, legs in tests:
            day = float(record.day.toordinal())
            for leg in legs:
                if leg.side == side:
                    best[day] = max(best.get(day, 0.0), float(leg.reps))
        if best:
            days = sorted(best)
            values = [best[day] for day in days]
            lines.append(Line(words.side(side), _COLOURS[side], days, values, "dots", decimals=0))
    norm = subject_of(tests[-1][0]).norm
    norms = [] if norm is None else [Norm(norm.reps, norm.reps, _norm_words(words, norm))]
    title = words.say("reps_a_test")
    facts = "; ".join(_told(words, leg) for leg in tests[-1][1])
    return Chart(
        title,
        "",
        "date",
        words.say("axis_day"),
        words.say("about_progress", what=title, facts=facts),
        lines,
        norms=norms,
        legend=[("level", norms[0].text)] if norms else (),
        table=table,
        table_title=words.say("all_tests"),
    )
