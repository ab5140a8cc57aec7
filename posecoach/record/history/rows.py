"""Between records and the rows of the history's tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from posecoach.record.history.model import (
    AttemptRecord,
    HoldRecord,
    Moment,
    RepRecord,
    SessionRecord,
    SetRecord,
)

_Record = TypeVar("_Record")
_APART = {"id", "reps", "holds", "attempts", "moments", "traces"}

PARTS: dict[str, type[RepRecord | HoldRecord | AttemptRecord | Moment]] = {
    "reps": RepRecord,
    "holds": HoldRecord,
    "attempts": AttemptRecord,
    "moments": Moment,
}
"""The tables of a set's parts; so are the fields of a set called."""


def columns(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a record that are columns of its table, in order."""
    apart = _APART | ({"sets"} if kind is SessionRecord else set())
    return tuple(field.name for field in fields(kind) if field.name not in apart)


def insertion(table: str, kind: type[Any], *keys: str) -> str:
    """The statement that adds a record to a table, with ``keys`` before its fields."""
    names = (*keys, *columns(kind))
    listed = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(names))})"


def values(record: Any) -> tuple[Any, ...]:
    """The values of :func:`columns`, as SQLite takes them."""
    return tuple(_plain(getattr(record, name)) for name in columns(type(record)))


def record_of(kind: type[_Record], row: sqlite3.Row, **more: Any) -> _Record:
    """The record in a row.

    Args:
        kind: Its class.
        row: With (at least) the record's :func:`columns`.
        more: What is kept in other tables.

    Raises:
        ValueError: If a value in it is none that the field can have.
    """
    known = {name: _READERS[kind, name](row[name]) for name in columns(kind)}
    return kind(**known, **more)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float | int | str | None):
        return value
    listed = value if isinstance(value, tuple) else dict(value)
    return json.dumps(listed, separators=(",", ":"))


def _flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _words(value: str) -> tuple[str, ...]:
    return tuple(json.loads(value))


def _same(value: Any) -> Any:
    return value


def _reader(name: str, annotation: str) -> Callable[[Any], Any]:
    if name == "metrics":
        return json.loads
    if name == "faults":
        return _words
    if name == "started_at":
        return datetime.fromisoformat
    return _flag if annotation.startswith("bool") else _same


_READERS: dict[tuple[type[Any], str], Callable[[Any], Any]] = {
    (kind, field.name): _reader(field.name, str(field.type))
    for kind in (SessionRecord, SetRecord, *PARTS.values())
    for field in fields(kind)
}
