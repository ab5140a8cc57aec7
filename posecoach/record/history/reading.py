"""The history as it is read.

Example:
    >>> with History.reading() as history:                         # doctest: +SKIP
    ...     for record in history.sessions(Filter("heel_raises"), traces=True):
    ...         print(record.id, record.started_at, record.sets[0].reps)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, Self

from posecoach.closing import Closing
from posecoach.record.history import rows
from posecoach.record.history.database import HistoryError, history_file, open_to_read, problem
from posecoach.record.history.model import SessionRecord, SetRecord
from posecoach.record.history.schema import STEPS
from posecoach.record.history.trace import Trace, TraceError, Traces, joined

_SORT = "ORDER BY moment, id"
_LARGEST = 2**63 - 1
"""SQLite's largest integer: no session has a greater number."""
_OF_SESSION = (
    "SELECT {table}.* FROM sets JOIN {table} ON in_set = sets.id "
    'WHERE session = ? ORDER BY sets."order", {order}'
)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which sessions are meant; None asks for nothing.

    Attributes:
        exercise: Id of an exercise they must have.
        since: Their first day.
        until: Their last day.
    """

    exercise: str | None = None
    since: date | None = None
    until: date | None = None

    def where(self) -> tuple[str, list[Any]]:
        """An SQL condition over ``sessions``, and its values."""
        conditions, given = ["1"], list[Any]()
        if self.exercise is not None:
            conditions.append("id IN (SELECT session FROM sets WHERE exercise = ?)")
            given.append(self.exercise)
        for day, comparison in ((self.since, ">="), (self.until, "<=")):
            if day is not None:
                conditions.append(f"day {comparison} ?")
                given.append(day.isoformat())
        return " AND ".join(conditions), given


class History(Closing):
    """A history that is open to be read. A context manager; for one thread.

    Args:
        path: The file.
        connection: To it.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        connection.row_factory = sqlite3.Row

    @classmethod
    def reading(cls, path: Path | None = None, *, steps: Sequence[str] = STEPS) -> Self:
        """Open a history to read; where there is none yet, an empty one that is kept nowhere.

        What is read is how things stood at the first look.

        Args:
            path: None takes this user's own.
            steps: See :data:`.schema.STEPS`.

        Raises:
            HistoryError: If it cannot be read.
        """
        path = path or history_file()
        history = cls(path, open_to_read(path, steps=steps))
        # All that is read is of one moment, whoever adds or deletes meanwhile.
        history.connection.execute("BEGIN")
        return history

    def close(self) -> None:
        """Close it. Closing twice is fine."""
        self.connection.close()

    def numbers(self, wanted: Filter | None = None) -> list[int]:
        """The numbers of sessions, the earliest first."""
        where, given = (wanted or Filter()).where()
        return [
            row[0] for row in self.rows(f"SELECT id FROM sessions WHERE {where} {_SORT}", given)
        ]

    def session(self, number: int, *, traces: bool = True) -> SessionRecord:
        """A session with all that is in it.

        Args:
            number: Its number.
            traces: Whether to read its traces, too.

        Raises:
            HistoryError: If there is none of that number, or it cannot be read.
        """
        found = None
        if 0 < number <= _LARGEST:
            found = next(self._sessions("id = ?", [number], traces), None)
        if found is None:
            raise no_session(number)
        return found

    def of_uid(self, uid: str) -> SessionRecord | None:
        """The session of that ``uid``, with its traces; None if there is none.

        Raises:
            HistoryError: If it cannot be read.
        """
        return next(self._sessions("uid = ?", [uid], True), None)

    def sessions(
        self, wanted: Filter | None = None, *, traces: bool = False
    ) -> Iterator[SessionRecord]:
        """Sessions with all that is in them, the earliest first.

        Args:
            wanted: Which of them; None for all.
            traces: Whether to read their traces, too.

        Raises:
            HistoryError: If they cannot be read.
        """
        where, given = (wanted or Filter()).where()
        return self._sessions(where, given, traces)

    def _sessions(self, where: str, given: list[Any], traces: bool) -> Iterator[SessionRecord]:
        for row in self.rows(f"SELECT * FROM sessions WHERE {where} {_SORT}", given):
            with self._told():
                sets = self._sets(row["id"], traces)
                yield rows.record_of(SessionRecord, row, id=row["id"], sets=sets)

    def _sets(self, session: int, traces: bool) -> tuple[SetRecord, ...]:
        parts: dict[int, dict[str, Any]] = {}
        for table, kind in rows.PARTS.items():
            for row in self.rows(_OF_SESSION.format(table=table, order="number"), [session]):
                part = rows.record_of(kind, row)
                parts.setdefault(row["in_set"], {}).setdefault(table, []).append(part)
        own_traces = self._traces(session) if traces else {}
        return tuple(
            rows.record_of(
                SetRecord,
                row,
                **{table: tuple(found) for table, found in parts.get(row["id"], {}).items()},
                traces=own_traces.get(row["id"], Traces()),
            )
            for row in self.rows('SELECT * FROM sets WHERE session = ? ORDER BY "order"', [session])
        )

    def _traces(self, session: int) -> dict[int, Traces]:
        pieces: dict[int, list[Traces]] = {}
        statement = _OF_SESSION.format(table="traces", order="part, number")
        found = self.rows(statement, [session])
        for (in_set, _), piece in groupby(found, key=lambda row: (row["in_set"], row["part"])):
            times, *signals = (Trace(row["name"], row["unit"], row["packed"]) for row in piece)
            if any(len(one.values) != len(times.values) for one in signals):
                raise TraceError("a trace is not as long as its times")
            pieces.setdefault(in_set, []).append(Traces(times.packed, tuple(signals)))
        return {in_set: joined(found) for in_set, found in pieces.items()}

    def rows(self, statement: str, given: Iterable[Any] = ()) -> list[sqlite3.Row]:
        """What an SQL query finds.

        Raises:
            HistoryError: If it cannot be read.
        """
        with self._told():
            return self.connection.execute(statement, tuple(given)).fetchall()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say what is wrong in words."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise problem(self.path, error) from error
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            # A value that no posecoach writes: bytes went wrong, and SQLite did not notice.
            raise problem(self.path, sqlite3.DatabaseError("malformed")) from error


def no_session(number: int) -> HistoryError:
    """There is none of that number."""
    return HistoryError(
        f"There is no session {number} in the history; see their numbers with: posecoach history"
    )
