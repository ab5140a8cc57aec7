"""``posecoach history``: what was done, day by day; and its records, shown, deleted, moved.

Only the standard library and SQLite are loaded for the table: it shall be there at once.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from posecoach.cli.history_words import (
    UNTIL_NOW_EMPTY,
    heading_of,
    lines_of,
    report_of,
    totals_words,
)
from posecoach.cli.reading import read_history
from posecoach.errors import UsageError
from posecoach.record.files import STDOUT, same_file, write_json, write_text
from posecoach.record.history.database import HistoryError
from posecoach.record.history.leftovers import claimed, leftovers_of, remove
from posecoach.record.history.overview import Outline, Totals, outlines, totals
from posecoach.record.history.reading import Filter
from posecoach.record.history.store import Store

_SIDES = ("left", "right", "both")
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  posecoach history
  posecoach history --exercise heel_raises --since 2026-11-01
  posecoach history show 12
  posecoach history export backup.jsonl""",
)
@click.option("--exercise", metavar="ID", help="Only this exercise.")
@click.option("--since", type=_DAY, metavar="YYYY-MM-DD", help="Only from this day on.")
@click.option("--until", type=_DAY, metavar="YYYY-MM-DD", help="Only up to this day.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, for spreadsheets.")
@click.pass_context
def history(
    ctx: click.Context,
    exercise: str | None,
    since: datetime | None,
    until: datetime | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Show what you have done, day by day, the latest last.

    Every live session and program is kept, on this computer alone, without pictures. The
    number before each is what show and delete take.
    """
    if ctx.invoked_subcommand is not None:
        given = (exercise, since, until, as_json or None, as_csv or None)
        if any(value is not None for value in given):
            raise UsageError(
                f"Options of the table go without a command; write them after "
                f"'{ctx.invoked_subcommand}' if it has them."
            )
        return
    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other; give one of them.")
    wanted = Filter(exercise, _date(since), _date(until))
    with read_history() as kept:
        found = outlines(kept, wanted)
    together = totals(found, date.today())
    if as_json:
        write_json(STDOUT, _values(found, together))
    elif as_csv:
        write_text(STDOUT, _table(found))
    elif not found:
        click.echo(UNTIL_NOW_EMPTY if wanted == Filter() else "Nothing of that is in the history.")
    else:
        for day, group in groupby(found, key=lambda one: one.started_at.date()):
            click.echo(f"{day:%a} {day.day} {day:%b %Y}")
            for one in group:
                click.echo("\n".join(lines_of(one)))
        click.echo(f"\n{totals_words(together)}")


@history.command(epilog="\b\nExample:\n  posecoach history show 12")
@click.argument("number", type=int, metavar="N")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with everything but traces.")
def show(number: int, as_json: bool) -> None:
    """Show session N: its sets, and every rep, hold and try."""
    with read_history() as kept:
        record = kept.session(number, traces=False)
    if as_json:
        from posecoach.record.history.exchange import values_of

        write_json(STDOUT, values_of(record))
    else:
        click.echo("\n".join(report_of(record)))


@history.command(epilog="\b\nExample:\n  posecoach history delete 12")
@click.argument("numbers", nargs=-1, required=True, type=int, metavar="N...")
@click.option("--yes", is_flag=True, help="Do not ask first.")
def delete(numbers: Sequence[int], yes: bool) -> None:
    """Delete session N, for good. Its number is not given again."""
    numbers = list(dict.fromkeys(numbers))
    with read_history() as kept:
        told = [heading_of(kept.session(number, traces=False)) for number in numbers]
    if not yes:
        click.echo("\n".join(told))
        try:
            sure = click.confirm(f"Delete {'this' if len(told) == 1 else 'these'} for good?")
        except click.Abort:
            raise HistoryError("Nothing was deleted; answer y, or give --yes.") from None
        if not sure:
            click.echo("Nothing was deleted.")
            return
    with Store.writing() as store:
        for number in numbers:
            store.delete(number)
    click.echo(f"Deleted {_sessions(len(numbers))}.")


@history.command(
    "export",
    epilog="""\b
Examples:
  posecoach history export backup.jsonl
  posecoach history export - | gzip > backup.jsonl.gz""",
)
@click.argument("target", metavar="FILE|-")
@click.option("--exercise", metavar="ID", help="Only sessions with this exercise.")
@click.option("--since", type=_DAY, metavar="YYYY-MM-DD", help="Only from this day on.")
@click.option("--until", type=_DAY, metavar="YYYY-MM-DD", help="Only up to this day.")
def export_(
    target: str, exercise: str | None, since: datetime | None, until: datetime | None
) -> None:
    """Write the history to FILE, with all that is in it, for history import."""
    from posecoach.record.history.exchange import export

    wanted = Filter(exercise, _date(since), _date(until))
    with read_history() as kept:
        count = len(kept.numbers(wanted))
        export(target, kept.sessions(wanted, traces=True), count)
    if target != STDOUT:
        click.echo(f"Wrote {_sessions(count)} to {target}.")


@history.command("import", epilog="\b\nExample:\n  posecoach history import backup.jsonl")
@click.argument("source", type=click.Path(path_type=Path), metavar="FILE")
def import_(source: Path) -> None:
    """Add the sessions in FILE, which history export has written, to the history.

    Sessions that are there already are left as they are. If anything in FILE is not right,
    nothing is added. What could not be kept while it happened is taken in by itself.
    """
    from posecoach.record.history.exchange import take_in

    with Store.writing() as store:
        left = any(same_file(source, each) for each in leftovers_of(store.path))
        with claimed(source) if left else nullcontext(False) as free:
            taken = take_in(source, store)
            removed = free and remove(source)
    told = [f"Added {_sessions(taken.added)}"]
    if taken.completed:
        told.append(f"completed {taken.completed}")
    if taken.known:
        told.append(f"{taken.known} {'was' if taken.known == 1 else 'were'} there already")
    click.echo(", ".join(told) + ".")
    if removed:
        click.echo(f"Removed {source}: all of it is in the history.")
    if taken.torn:
        click.echo("The last line was cut short, and was left out.", err=True)


def _date(value: datetime | None) -> date | None:
    return None if value is None else value.date()


def _sessions(count: int) -> str:
    return f"{count} session{'' if count == 1 else 's'}"


def _values(found: Sequence[Outline], together: Totals) -> dict[str, Any]:
    return {
        "format": 1,
        "sessions": [
            {
                **asdict(one),
                "started_at": one.started_at.isoformat(),
                "seconds": _round(one.seconds),
            }
            for one in found
        ],
        "totals": {name: _round(value) for name, value in asdict(together).items()},
    }


def _round(value: float) -> float:
    return round(value, 3)


def _table(found: Sequence[Outline]) -> str:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    head = ["session", "day", "time", "source", "program", "clip", "exercise", "name", "sets"]
    head += ["reps", *(f"reps_{side}" for side in _SIDES), "paced_reps"]
    head += ["held_s", *(f"held_{side}_s" for side in _SIDES), "paced_s", "attempts"]
    rows.writerow(head)
    for one in found:
        at = one.started_at
        for done in one.done:
            row: list[Any] = [one.id, at.date().isoformat(), f"{at:%H:%M:%S}", one.source]
            row += [
                _cell(one.program_name),
                _cell(one.clip),
                _cell(done.exercise),
                _cell(done.name),
            ]
            row += [done.sets, *_by_side(done.reps), done.paced_reps]
            row += [*_by_side(done.held_s), _round(done.paced_s), done.attempts]
            rows.writerow(row)
    return text.getvalue()


def _by_side(values: Mapping[Any, float]) -> list[float]:
    return [_round(sum(values.values())), *(_round(values.get(side, 0)) for side in _SIDES)]


def _cell(text: str | None) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text and text[0] in "=+-@" else text or ""
