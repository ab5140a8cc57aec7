"""The history's file: opened, refused, or brought up to the version of this posecoach."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from posecoach.errors import PosecoachError
from posecoach.record.history.schema import APPLICATION, STEPS
from posecoach.resources import user_data_folder

ENVIRONMENT = "POSECOACH_HISTORY"
"""The environment variable that names another file for the history."""

IN_MEMORY = Path(":memory:")
"""Opens a history that is kept nowhere."""

WAIT_S = 5.0
"""Longest wait for another program that is writing. A transaction of ours takes milliseconds."""

SHARE_AGAIN_S = 0.01
"""Time between two tries to share a file that somebody else is just making."""


class HistoryError(PosecoachError):
    """The history cannot be read or written."""


def history_file() -> Path:
    """Where this user's history is kept. It need not exist yet."""
    named = os.environ.get(ENVIRONMENT)
    return Path(named) if named else user_data_folder() / "history.sqlite3"


def open_database(
    path: Path, *, wait_s: float = WAIT_S, steps: Sequence[str] = STEPS
) -> sqlite3.Connection:
    """Open a history for writing; make it if there is none, bring it up to date if it is older.

    Before an older one is changed it is copied to ``NAME.version-N.bak`` beside it.

    Args:
        path: The file; its folder is made if need be.
        wait_s: How long to wait for other programs.
        steps: See :data:`.schema.STEPS`.

    Raises:
        HistoryError: If that cannot be; the file is as it was then.
    """
    try:
        if path != IN_MEMORY:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                # What somebody exercises is nobody else's business.
                path.touch(mode=0o600)
            if not os.access(path, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        connection = sqlite3.connect(path, timeout=wait_s, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise problem(path, error) from error
    try:
        _check(connection, path, steps)
        _share(connection, wait_s)
        # Each commit reaches the disk: it is one every few seconds, in a thread of its own.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        if _version(connection) < len(steps):
            _bring_up(connection, path, steps)
    except (OSError, sqlite3.Error) as error:
        connection.close()
        raise problem(path, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def open_to_read(path: Path, *, steps: Sequence[str] = STEPS) -> sqlite3.Connection:
    """Open a history to read it, also one that cannot be written.

    Where there is none yet it is an empty one that is kept nowhere. An older one is brought up
    to date first; where it cannot be written, a copy of it that is kept nowhere.

    Args:
        path: The file.
        steps: See :data:`.schema.STEPS`.

    Raises:
        HistoryError: If it cannot be read.
    """
    try:
        if not path.exists():
            return open_database(IN_MEMORY, steps=steps)
    except OSError as error:
        raise problem(path, error) from error
    waiting = path.with_name(f"{path.name}-wal")
    # Where the folder cannot be written SQLite cannot share; then nobody else writes either.
    for flags in ("mode=ro", "mode=ro&immutable=1"):
        connection: sqlite3.Connection | None = None
        try:
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?{flags}",
                uri=True,
                timeout=WAIT_S,
                isolation_level=None,
            )
            version = _check(connection, path, steps)
        except BaseException as error:
            if connection is not None:
                connection.close()
            if not isinstance(error, sqlite3.Error):
                raise
            again = flags == "mode=ro" and _kind(error) == "read_only"
            if not again or waiting.exists():
                raise problem(path, error) from error
        else:
            if version == len(steps):
                return connection
            with closing(connection):
                # 0: somebody is just about to make it.
                if not version:
                    return open_database(IN_MEMORY, steps=steps)
                try:
                    return open_database(path, steps=steps)
                except HistoryError:
                    return _copied(connection, path, steps)
    raise AssertionError("the second one returns or raises")


def _copied(connection: sqlite3.Connection, path: Path, steps: Sequence[str]) -> sqlite3.Connection:
    copy = sqlite3.connect(IN_MEMORY, isolation_level=None)
    try:
        connection.backup(copy)
        _bring_up(copy, IN_MEMORY, steps)
    except BaseException as error:
        copy.close()
        if isinstance(error, sqlite3.Error):
            raise problem(path, error) from error
        raise
    return copy


def problem(path: Path, error: BaseException) -> HistoryError:
    """One line on what is wrong with a history, and what to do about it."""
    if isinstance(error, HistoryError):
        return error
    told = {
        "full": "the disk is full, or gives errors; free some space.",
        "locked": f"another program has kept it locked for {WAIT_S:g} seconds; end that program.",
        "read_only": f"it cannot be written; check who may write in {path.parent}.",
        "damaged": "the file is damaged; move it away, and a new one is begun. Older states may "
        "be in backups of yours.",
    }
    what = error.strerror if isinstance(error, OSError) else error
    return HistoryError(
        f"The history {path} cannot be used: "
        + told.get(_kind(error), f"{what}; choose another file with {ENVIRONMENT}.")
    )


def _kind(error: BaseException) -> str:
    words = str(error).lower()
    if "full" in words or "disk i/o" in words or "file too large" in words:
        return "full"
    if "locked" in words or "busy" in words:
        return "locked"
    if isinstance(error, PermissionError) or "readonly" in words or "unable to open" in words:
        return "read_only"
    if isinstance(error, sqlite3.DatabaseError) and (
        "not a database" in words or "malformed" in words or "no such" in words
    ):
        return "damaged"
    return "other"


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check(connection: sqlite3.Connection, path: Path, steps: Sequence[str]) -> int:
    """Refuse what is no history of ours, or one of a newer posecoach; its version."""
    # One transaction: between two, another process may make the tables.
    connection.execute("BEGIN")
    try:
        version = _version(connection)
        ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    if not ours and (tables or version):
        raise HistoryError(
            f"The history {path} cannot be used: it is a database of another program; choose "
            f"another file with {ENVIRONMENT}."
        )
    if version > len(steps):
        raise HistoryError(
            f"The history {path} cannot be used: a newer posecoach has written it (version "
            f"{version}, this one knows {len(steps)}); update posecoach."
        )
    return version


def _share(connection: sqlite3.Connection, wait_s: float) -> None:
    """Let others read while one writes: the write-ahead log, which the file then keeps.

    SQLite does not wait for its lock when it changes the mode, whatever the connection's timeout
    (three programs that began a new history at once: 27 of 120 were refused), so we do.

    Raises:
        sqlite3.Error: If it is locked for longer than that, or for another reason.
    """
    until = time.monotonic() + wait_s
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _kind(error) != "locked" or time.monotonic() >= until:
                raise
            time.sleep(SHARE_AGAIN_S)
        else:
            return


def _bring_up(connection: sqlite3.Connection, path: Path, steps: Sequence[str]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been first.
        version = _version(connection)
        if 0 < version < len(steps) and path != IN_MEMORY:
            _back_up(path, path.with_name(f"{path.name}.version-{version}.bak"))
        for step in steps[version:]:
            for statement in step.split(";"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(steps)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _back_up(path: Path, target: Path) -> None:
    """Copy a history, through a connection of its own: one that writes cannot be copied from."""
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
        part.chmod(0o600)
        part.replace(target)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
