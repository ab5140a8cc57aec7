"""The history as it is written: each change in a transaction of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Self

from posecoach.record.history import rows
from posecoach.record.history.database import WAIT_S, history_file, open_database, problem
from posecoach.record.history.model import SessionRecord, SetRecord
from posecoach.record.history.reading import History, no_session
from posecoach.record.history.schema import STEPS
from posecoach.record.history.trace import Trace

_UPDATE = ", ".join(f'"{name}" = ?' for name in ("moment", "day", *rows.columns(SessionRecord)))


@dataclass(frozen=True, slots=True)
class Change:
    """What is new in a session: what one transaction writes.

    Attributes:
        session: The session as it is now; its sets are not looked at.
        one: The set that changed, with all its parts; of its traces only what is new.
        since: How many of its reps, holds, attempts and moments are as they were.
        trace_part: How many pieces of its traces were written before; 0 replaces them all.
    """

    session: SessionRecord
    one: SetRecord | None = None
    since: tuple[int, int, int, int] = (0, 0, 0, 0)
    trace_part: int = 0


class Store(History):
    """A history that is open to be written, and read. A context manager; for one thread."""

    @classmethod
    def writing(
        cls, path: Path | None = None, *, wait_s: float = WAIT_S, steps: Sequence[str] = STEPS
    ) -> Self:
        """Open a history to write; see :func:`.database.open_database`.

        Args:
            path: None takes this user's own.
            wait_s: How long to wait for other programs.
            steps: See :data:`.schema.STEPS`.

        Raises:
            HistoryError: If that cannot be.
        """
        path = path or history_file()
        return cls(path, open_database(path, wait_s=wait_s, steps=steps))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing of it.

        Raises:
            HistoryError: If it cannot be written.
        """
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                # A full disk has rolled it back already.
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
        except (sqlite3.Error, OSError) as error:
            raise problem(self.path, error) from error

    def put(self, change: Change) -> None:
        """Write what is new in a session, in a transaction of its own.

        Raises:
            HistoryError: If it cannot be written; nothing of it is then.
        """
        with self.transaction():
            self._put(change)

    def add(self, record: SessionRecord) -> int:
        """Write a whole session, within a :meth:`transaction`; its number.

        One with the same ``uid`` is replaced and keeps its number.
        """
        number = self._session(record)
        self.connection.execute("DELETE FROM sets WHERE session = ?", (number,))
        for one in record.sets:
            self._set(number, Change(record, one))
        return number

    def delete(self, number: int) -> None:
        """Delete a session with all that is in it. Its number is not given again.

        Raises:
            HistoryError: If there is none of that number, or it cannot be written.
        """
        with self.transaction():
            found = self.connection.execute("DELETE FROM sessions WHERE id = ?", (number,))
            if not found.rowcount:
                raise no_session(number)

    def _put(self, change: Change) -> None:
        number = self._session(change.session)
        if change.one is not None:
            self._set(number, change)

    def _session(self, record: SessionRecord) -> int:
        moment = round(record.started_at.astimezone(UTC).timestamp() * 1e6)
        values = (moment, record.day.isoformat(), *rows.values(record))
        known = self.connection.execute(
            "SELECT id FROM sessions WHERE uid = ?", (record.uid,)
        ).fetchone()
        if known is None:
            insertion = rows.insertion("sessions", SessionRecord, "moment", "day")
            return int(self.connection.execute(insertion, values).lastrowid or 0)
        # No "upsert": it would use up a number each time.
        self.connection.execute(f"UPDATE sessions SET {_UPDATE} WHERE id = ?", (*values, known[0]))
        return int(known[0])

    def _set(self, session: int, change: Change) -> None:
        one = change.one
        assert one is not None
        statement = rows.insertion("sets", SetRecord, "session")
        news = ", ".join(f'"{name}" = excluded."{name}"' for name in rows.columns(SetRecord))
        in_set = self.connection.execute(
            f'{statement} ON CONFLICT (session, "order") DO UPDATE SET {news} RETURNING id',
            (session, *rows.values(one)),
        ).fetchone()[0]
        for (table, kind), same in zip(rows.PARTS.items(), change.since, strict=True):
            self.connection.execute(
                f"DELETE FROM {table} WHERE in_set = ? AND number > ?", (in_set, same)
            )
            self.connection.executemany(
                rows.insertion(table, kind, "in_set", "number"),
                (
                    (in_set, number, *rows.values(part))
                    for number, part in enumerate(getattr(one, table)[same:], same + 1)
                ),
            )
        self.connection.execute(
            "DELETE FROM traces WHERE in_set = ? AND part >= ?", (in_set, change.trace_part)
        )
        if one.traces.packed_times:
            times = Trace("", "s", one.traces.packed_times)
            self.connection.executemany(
                "INSERT INTO traces VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (in_set, change.trace_part, number, trace.name, trace.unit, trace.packed)
                    for number, trace in enumerate((times, *one.traces.signals))
                ),
            )
