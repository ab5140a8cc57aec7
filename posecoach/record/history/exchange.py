"""Sessions as lines of JSON: what ``history export`` writes and ``history import`` takes.

The first line is a heading, every other one a session; ``docs/formats.md`` has the keys. What
could not be stored while it happened is written in the same form, a line each time that
something is new: the session with the set that changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from posecoach.record.files import STDOUT, write_text, write_texts
from posecoach.record.history.database import HistoryError
from posecoach.record.history.model import SessionRecord
from posecoach.record.history.store import Store

KEY = "posecoach_history"
FORMAT = 2
"""2 has ages and sexes; 1, which has not, is taken too."""
MAX_LINE = 1 << 27
"""Bytes of a line, 128 MB: four hours of traces have 30."""
_MAX_ITEMS = 200_000
_MAX_TEXT = 1000
_MAX_INT = 2**31
_MAX_FLOAT = 1e12
_ADAPTER = TypeAdapter(SessionRecord)


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a file.

    Attributes:
        records: Its sessions, each once, in order of time.
        journal: Whether it is what could not be stored while it happened.
        torn: Whether that ends in a line that was cut short.
    """

    records: list[SessionRecord]
    journal: bool
    torn: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an import.

    Attributes:
        added: Sessions that were not there.
        completed: Sessions that were there, and of which the file has more.
        known: Sessions that were there.
        torn: Whether the last line of what could not be stored was cut short and left out.
    """

    added: int
    completed: int
    known: int
    torn: bool


def heading(sessions: int | None) -> str:
    """The first line: how many sessions follow, or None where it is not known yet."""
    return json.dumps({KEY: FORMAT, "sessions": sessions}) + "\n"


def line_of(record: SessionRecord) -> str:
    """A session as a line; its number, which only this machine knows, is left out."""
    return _ADAPTER.dump_json(record, exclude={"id"}).decode() + "\n"


def values_of(record: SessionRecord) -> dict[str, Any]:
    """A session as plain values, with its number and without traces."""
    apart = {"sets": {"__all__": {"traces"}}}
    found: dict[str, Any] = _ADAPTER.dump_python(record, mode="json", exclude=apart)
    return found


def export(target: Path | str, records: Iterable[SessionRecord], count: int) -> None:
    """Write sessions to a file, whole or not at all, or with ``-`` to standard output.

    Args:
        target: Where to.
        records: The sessions.
        count: How many they are.

    Raises:
        OutputError: If it cannot be written.
        HistoryError: If they cannot be read.
    """
    lines = chain([heading(count)], map(line_of, records))
    if target == STDOUT:
        write_text(STDOUT, "".join(lines))
    else:
        write_texts(Path(target), lines)


def take_in(source: Path, store: Store) -> Taken:
    """Add the sessions of a file to a history: all of them, or none if one is not right.

    Those that are there already stay as they are. What could not be stored while it happened
    completes the session that it belongs to.

    Args:
        source: Of :func:`export`, or what was put beside the history.
        store: Open.

    Raises:
        HistoryError: If the file is none, is damaged or cut short, or the history cannot be
            written; nothing has changed then.
    """
    return put_in(read(source), store)


def put_in(found: Found, store: Store) -> Taken:
    """The same with what was read.

    Raises:
        HistoryError: If the history cannot be written; nothing has changed then.
    """
    added = completed = known = 0
    with store.transaction():
        for record in found.records:
            there = store.of_uid(record.uid)
            whole = record if there is None else merged(there, record)
            if there is None:
                added += 1
            elif found.journal and whole != there:
                completed += 1
            else:
                known += 1
                continue
            store.add(whole)
    return Taken(added, completed, known, found.torn)


def read(source: Path) -> Found:
    """What a file holds.

    Raises:
        HistoryError: If it is no such file, is damaged or cut short.
    """
    found: dict[str, SessionRecord] = {}
    torn = False
    try:
        with source.open("rb") as file:
            expected = _heading(source, file.readline(MAX_LINE))
            for number, line in enumerate(iter(lambda: file.readline(MAX_LINE), b""), 2):
                if expected is None and not line.endswith(b"\n"):
                    torn = True
                    break
                record = _record(source, number, line)
                if expected is not None and record.uid in found:
                    raise _damaged(source, f"line {number} has a session for the second time")
                before = found.get(record.uid)
                found[record.uid] = record if before is None else merged(before, record)
    except OSError as error:
        raise HistoryError(
            f"Cannot read {source}: {error.strerror or error}; check its name and rights."
        ) from error
    if expected is not None and len(found) != expected:
        raise _damaged(source, f"it should have {expected} sessions and has {len(found)}")
    records = sorted(found.values(), key=lambda r: (r.started_at, r.uid))
    return Found(records, expected is None, torn)


def merged(before: SessionRecord, after: SessionRecord) -> SessionRecord:
    """A session with the sets of both, and where both have one, the later state of it.

    Traces of a state that has none are those of the other one.
    """
    sets = {one.order: one for one in before.sets}
    for one in after.sets:
        known = sets.get(one.order)
        if known is not None and not one.traces.packed_times:
            one = replace(one, traces=known.traces)
        sets[one.order] = one
    return replace(after, sets=tuple(sets[order] for order in sorted(sets)))


def _heading(source: Path, line: bytes) -> int | None:
    """How many sessions a file should have; None if it does not say."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or KEY not in found:
        raise HistoryError(
            f"Cannot import {source}: it is not a file that posecoach history export has written."
        )
    if found[KEY] not in range(1, FORMAT + 1):
        raise HistoryError(
            f"Cannot import {source}: its format is none of 1 to {FORMAT}, which this posecoach "
            "knows; a newer posecoach may read it."
        )
    count = found.get("sessions")
    if count is not None and (not isinstance(count, int) or isinstance(count, bool) or count < 0):
        raise _damaged(source, "its first line does not say how many sessions it has")
    return count


def _record(source: Path, number: int, line: bytes) -> SessionRecord:
    try:
        record = _ADAPTER.validate_json(line, strict=True)
        _check_values(record)
        _check(record)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"][:6])
        what = " ".join(f"{where}: {first['msg']}".removeprefix(": ").split())[:200]
        raise _damaged(source, f"line {number}, {what}") from error
    except ValueError as error:
        raise _damaged(source, f"line {number}: {error}") from error
    return replace(record, id=0)


def _check(record: SessionRecord) -> None:
    """What types do not say.

    Raises:
        ValueError: If something cannot be so.
    """
    if not re.fullmatch(r"[0-9a-f]{32}", record.uid):
        raise ValueError("uid is not 32 hexadecimal digits")
    if record.started_at.tzinfo is None or not 1970 < record.started_at.year < 9000:
        raise ValueError("started_at is no time of day with its zone")
    orders = [one.order for one in record.sets]
    if orders != sorted(set(orders)) or min(orders, default=1) < 1:
        raise ValueError("its sets are not in order")
    for one in record.sets:
        times = one.traces.times_s
        if any(not a <= b for a, b in pairwise(times)):
            raise ValueError("the times of a trace do not rise")
        if any(len(trace.values) != len(times) for trace in one.traces.signals):
            raise ValueError("a trace is not as long as its times")


def _check_values(value: Any) -> None:
    """Nothing that would not fit into a table, or would move a terminal's cursor."""
    if isinstance(value, str):
        if len(value) > _MAX_TEXT or not value.isprintable():
            raise ValueError("a text is too long, or has control characters")
    elif isinstance(value, int | float):
        if not abs(value) < (_MAX_INT if isinstance(value, int) else _MAX_FLOAT):
            raise ValueError("a number is too large")
    elif isinstance(value, tuple | dict):
        if len(value) > _MAX_ITEMS:
            raise ValueError("it has too many parts")
        for item in (*value, *value.values()) if isinstance(value, dict) else value:
            _check_values(item)
    elif is_dataclass(value):
        for field in fields(value):
            _check_values(getattr(value, field.name))
    elif not isinstance(value, bytes | datetime | None):
        raise ValueError("a value is of no known kind")


def _damaged(source: Path, what: str) -> HistoryError:
    return HistoryError(
        f"Cannot import {source}: it is damaged or cut short ({what}); nothing was imported."
    )
