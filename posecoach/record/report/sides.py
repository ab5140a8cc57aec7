"""Left against right, over all sets of an exercise in a session: programs have a set a side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from posecoach.record.history.metrics import unit_of
from posecoach.record.history.model import SetRecord
from posecoach.record.report.measures import (
    Side,
    faults_in,
    sides_of,
    spread_of,
    title_of,
    told_metrics,
    values_of,
)
from posecoach.record.report.statistics import differ
from posecoach.record.report.table import Table
from posecoach.record.report.words import Words, number, with_unit


@dataclass(frozen=True, slots=True)
class Sides:
    """Left and right of an exercise.

    Attributes:
        title: The exercise.
        notes: What differs clearly.
        table: Both in numbers.
    """

    title: str
    notes: tuple[str, ...]
    table: Table


def sides_in(words: Words, sets: Sequence[SetRecord]) -> list[Sides]:
    """Left and right of each exercise that both did something of."""
    found = []
    for exercise in dict.fromkeys(one.exercise for one in sets):
        mine = [one for one in sets if one.exercise == exercise]
        sides = [side for side in sides_of(mine) if side.side != "both"]
        if len(sides) == 2 and all(side.parts for side in sides):
            title = words.exercise(exercise, mine[0].name)
            found.append(Sides(title, _notes(words, *sides), _table(words, exercise, sides)))
    return found


def _notes(words: Words, left: Side, right: Side) -> tuple[str, ...]:
    notes = []
    for name in told_metrics([*left.parts, *right.parts]):
        unit = unit_of(name)
        above = differ(values_of(left.parts, name), values_of(right.parts, name), unit)
        if above is not None:
            key = "side_more" if above > 0 else "side_less"
            value = with_unit(words, abs(above), unit)
            notes.append(words.say(key, metric=words.metric(name), value=value))
    return tuple(notes)


def _table(words: Words, exercise: str, sides: Sequence[Side]) -> Table:
    rows: list[list[str]] = []
    if any(side.reps for side in sides):
        rows.append([words.say("reps"), *(str(len(side.reps)) for side in sides)])
    if any(side.holds for side in sides):
        held = (number(sum(hold.seconds for hold in side.holds), "s") for side in sides)
        rows.append([words.say("seconds"), *held])
    rows.append([words.say("tries"), *(str(len(side.attempts)) for side in sides)])
    for name in told_metrics([part for side in sides for part in side.parts]):
        rows.append(
            [title_of(words, name), *(spread_of(words, side.parts, name) for side in sides)]
        )
    faults = (faults_in(words, exercise, _faults(side)) or "-" for side in sides)
    rows.append([words.say("faults"), *faults])
    return Table(words.say("table_sides"), ["", *(words.side(side.side) for side in sides)], rows)


def _faults(side: Side) -> list[str]:
    found = [fault for part in side.parts for fault in part.faults]
    return [*found, *(tried.why for tried in side.attempts)]
