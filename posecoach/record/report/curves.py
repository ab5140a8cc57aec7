"""A set's signals over time, with its reps, tries, holds and faults marked."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from posecoach.record.history.metrics import main_metric
from posecoach.record.history.model import AttemptRecord, RepRecord, SetRecord
from posecoach.record.history.trace import LEVEL
from posecoach.record.report.chart import Chart, Flag, Line, Span
from posecoach.record.report.measures import faults_in, told
from posecoach.record.report.signals import Signal, Traced
from posecoach.record.report.table import Table
from posecoach.record.report.words import Words, number, with_unit

_MOST_ROWS = 40
_COLOURS = {"": 0, "left": 1, "right": 2}
_LEVEL_DECIMALS, _DEGREE_DECIMALS, _DECIMALS = 0, 1, 3


def charts_of(words: Words, one: SetRecord, traced: Traced, facts: str) -> tuple[Chart, ...]:
    """A chart for each signal, left and right in one; ``facts`` tell what was done."""
    spans, flags = _spans(words, one), _flags(words, one)
    groups: dict[tuple[str, str], list[Signal]] = {}
    for signal in traced.signals:
        groups.setdefault((signal.base, signal.unit), []).append(signal)
    if not groups and not spans:
        return ()
    return tuple(
        _chart(words, one, (base, unit), signals, spans, flags, facts)
        for (base, unit), signals in groups.items() or [((LEVEL, ""), [])]
    )


def _chart(
    words: Words,
    one: SetRecord,
    kind: tuple[str, str],
    signals: Sequence[Signal],
    spans: Sequence[Span],
    flags: Sequence[Flag],
    facts: str,
) -> Chart:
    base, unit = kind
    level = base == LEVEL
    factor, unit_words = (100.0, "%") if level else (1.0, words.unit(unit))
    lines = [
        Line(
            words.side(signal.side) if signal.side else words.signal(base),
            _COLOURS.get(signal.side, 0),
            [t - one.started_s for t in signal.times_s],
            [factor * value for value in signal.values],
            unit=unit_words,
            decimals=_LEVEL_DECIMALS if level else _DEGREE_DECIMALS if unit == "deg" else _DECIMALS,
        )
        for signal in signals
    ]
    title = words.signal(base)
    legend = [
        (f"span {mark}", words.say(f"legend_{mark}"))
        for mark in ("rep", "try", "hold")
        if any(span.mark == mark for span in spans)
    ]
    if flags:
        legend.append(("flag", words.say("legend_fault")))
    about = words.say("about_curve", what=title, facts=facts)
    return Chart(
        title,
        words.say("unit_level") if level else unit_words,
        "time",
        words.say("axis_time"),
        about,
        lines,
        spans,
        flags if level or not signals else (),
        legend=legend,
        table=_curve_table(words, lines, title) if lines else None,
        table_title=words.say("values_of", what=title),
        zero=level,
        begin=0.0,
        end=max(1.0, one.ended_s - one.started_s),
    )


def _curve_table(words: Words, lines: Sequence[Line], title: str) -> Table:
    xs = lines[0].x
    step = -(-len(xs) // _MOST_ROWS)
    rows = [
        [
            f"{x:.1f}",
            *("-" if isnan(line.y[i]) else f"{line.y[i]:.{line.decimals}f}" for line in lines),
        ]
        for i, x in list(enumerate(xs))[::step]
    ]
    names = [f"{line.name} ({line.unit})" if line.unit else line.name for line in lines]
    return Table(title, [words.say("axis_time"), *names], rows)


def _spans(words: Words, one: SetRecord) -> list[Span]:
    start = one.started_s
    spans = []
    for hold in one.holds:
        text = f"{words.say('legend_hold')}: {with_unit(words, hold.seconds, 's')}"
        label = number(hold.seconds, "s")
        spans.append(Span("hold", hold.start_s - start, hold.end_s - start, label, text))
    for index, rep in enumerate(one.reps, 1):
        text = _rep_text(words, one, index, rep)
        spans.append(Span("rep", rep.start_s - start, rep.end_s - start, str(index), text))
    for tried in one.attempts:
        why = words.fault(one.exercise, tried.why)
        text = f"{words.say('legend_try')}: {why}{_main_told(words, tried)}"
        spans.append(Span("try", tried.start_s - start, tried.end_s - start, "x", text))
    return spans


def _rep_text(words: Words, one: SetRecord, index: int, rep: RepRecord) -> str:
    text = (
        f"{words.say('rep_number', n=index)}, {words.side_within(rep.side)}{_main_told(words, rep)}"
    )
    faults = faults_in(words, one.exercise, rep.faults)
    return f"{text}; {faults}" if faults else text


def _main_told(words: Words, part: RepRecord | AttemptRecord) -> str:
    metric = main_metric([part])
    return f", {words.metric(metric)} {told(words, part, metric)}" if metric else ""


def _flags(words: Words, one: SetRecord) -> list[Flag]:
    flags = [
        Flag(rep.peak_s - one.started_s, faults_in(words, one.exercise, rep.faults))
        for rep in one.reps
        if rep.faults
    ]
    flags += [
        Flag(moment.time_s - one.started_s, words.fault(one.exercise, moment.why))
        for moment in one.moments
        if moment.name == "fault" and moment.why
    ]
    return sorted(flags, key=lambda flag: flag.at)
