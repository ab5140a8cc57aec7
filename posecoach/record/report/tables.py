"""A set's reps, holds and tries as tables."""

from __future__ import annotations

from posecoach.record.history.metrics import main_metric, unit_of
from posecoach.record.history.model import SetRecord
from posecoach.record.report.measures import Part, faults_in, other_metrics, tempo_metrics, title_of
from posecoach.record.report.table import Cell, Table
from posecoach.record.report.words import Words, number


def tables_of(words: Words, one: SetRecord, *, video: bool) -> tuple[Table, ...]:
    """What a set holds, in tables.

    Args:
        words: Of the report.
        one: The set.
        video: Whether times of the set are times of a video that can be jumped to.
    """
    found = (
        _reps(words, one, video),
        _holds(words, one, video),
        _tries(words, one, video),
    )
    return tuple(table for table in found if table is not None)


def _reps(words: Words, one: SetRecord, video: bool) -> Table | None:
    if not one.reps:
        return None
    main = main_metric(one.reps)
    more = [*tempo_metrics(one.reps), *other_metrics(one.reps, main)]
    columns = [*([main] if main else []), *more]
    ways = any(rep.direction for rep in one.reps)
    head = [words.say("rep"), words.say("time"), words.say("side")]
    head += [words.say("direction")] if ways else []
    head += [title_of(words, name) for name in columns] + [words.say("faults")]
    rows = []
    for index, rep in enumerate(one.reps, 1):
        at = rep.start_s - one.started_s
        row: list[str | Cell] = [Cell(str(index), at if video else None), f"{at:.1f}"]
        row.append(words.side(rep.side))
        row += [words.say(f"way_{rep.direction}") if rep.direction else "-"] if ways else []
        row += [_plain(rep, name) for name in columns]
        faults = faults_in(words, one.exercise, rep.faults)
        row.append("; ".join(t for t in (faults, words.say("paced") if rep.paced else "") if t))
        rows.append(row)
    return Table(words.say("table_reps"), head, rows)


def _plain(part: Part, metric: str) -> str:
    value = part.metrics.get(metric)
    return "-" if value is None else number(value, unit_of(metric))


def _holds(words: Words, one: SetRecord, video: bool) -> Table | None:
    if not one.holds:
        return None
    names = list(dict.fromkeys(name for hold in one.holds for name in hold.metrics))
    head = [words.say("hold"), words.say("time"), words.say("side"), words.say("seconds")]
    head += [title_of(words, name) for name in names] + [words.say("faults")]
    rows: list[list[str | Cell]] = []
    for index, hold in enumerate(one.holds, 1):
        at = hold.start_s - one.started_s
        faults = faults_in(words, one.exercise, hold.faults)
        rows.append(
            [
                Cell(str(index), at if video else None),
                f"{at:.1f}",
                words.side(hold.side),
                number(hold.seconds, "s"),
                *(_plain(hold, name) for name in names),
                "; ".join(t for t in (faults, words.say("paced") if hold.paced else "") if t),
            ]
        )
    return Table(words.say("table_holds"), head, rows)


def _tries(words: Words, one: SetRecord, video: bool) -> Table | None:
    if not one.attempts:
        return None
    main = main_metric(one.attempts)
    head = [words.say("try"), words.say("time"), words.say("side")]
    head += [title_of(words, main)] if main else []
    head += [words.say("why")]
    rows = []
    for index, tried in enumerate(one.attempts, 1):
        at = tried.start_s - one.started_s
        row: list[str | Cell] = [Cell(str(index), at if video else None), f"{at:.1f}"]
        row.append(words.side(tried.side))
        row += [_plain(tried, main)] if main else []
        rows.append([*row, words.fault(one.exercise, tried.why)])
    return Table(words.say("table_tries"), head, rows)
