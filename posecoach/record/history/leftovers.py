"""Files with what the history could not take: found again, and taken in once it can.

Whoever writes such a file holds a lock on it, which ends with the process however that ends. So
one that can be locked is nobody's any more, and is removed once all of it is in the history.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from posecoach.record.history.database import HistoryError

if TYPE_CHECKING:
    from posecoach.record.history.store import Store

_WAIT_S = 1.0
"""Whoever wants to read does not wait longer for a file that can be taken in next time, too."""


def places_of(history: Path, spare: Path | None = None) -> tuple[Path, ...]:
    """Where such files may be, each as what their names begin with.

    Args:
        history: Whose they are: they are beside it, or in the spare folder, whose files' names
            tell which history is meant.
        spare: None takes the folder for temporary files.
    """
    beside = history.with_name(f"{history.stem}-unsaved-")
    try:
        spare = Path(tempfile.gettempdir()) if spare is None else spare
    except OSError:  # there is no folder at all that can be written
        return (beside,)
    whose = hashlib.sha256(os.fsencode(history.absolute())).hexdigest()[:12]
    return beside, spare / f"posecoach-{whose}-unsaved-"


def leftovers_of(history: Path, spare: Path | None = None) -> list[Path]:
    """The files there are now, the earliest first; see :func:`places_of`."""
    found = []
    for place in places_of(history, spare):
        with suppress(OSError):
            files = sorted(place.parent.glob(f"{_plain(place.name)}*.jsonl"))
            found += [file for file in files if _ours(file)]
    return found


def take_up(store: Store, tell: Callable[[str], None], spare: Path | None = None) -> None:
    """Take all of them in, and remove them; those that are still written are left alone.

    Args:
        store: Open.
        tell: Takes a line for each that was taken in, or cannot be.
        spare: See :func:`places_of`.

    Raises:
        HistoryError: If the history cannot be written; what was not taken in is still there.
    """
    for file in leftovers_of(store.path, spare):
        # For the few times that there is one: it takes time to load.
        from posecoach.record.history.exchange import put_in, read

        with claimed(file) as ours:
            if not ours:
                continue
            try:
                found = read(file)
            except HistoryError as error:
                tell(f"{error} It stays there; delete it once you can do without.")
                continue
            taken = put_in(found, store)
            sessions = taken.added + taken.completed
            if remove(file) and sessions:
                what = "a session" if sessions == 1 else f"{sessions} sessions"
                tell(f"Took in {what} that could not be kept before, from {file}.")


def catch_up(history: Path, tell: Callable[[str], None], spare: Path | None = None) -> None:
    """Take up what there is before a history is read; where it cannot be written, say so.

    Args:
        history: Its file.
        tell: As for :func:`take_up`.
        spare: See :func:`places_of`.
    """
    waiting = leftovers_of(history, spare)
    if not waiting:
        return
    from posecoach.record.history.store import Store

    try:
        with Store.writing(history, wait_s=_WAIT_S) as store:
            take_up(store, tell, spare)
    except HistoryError:
        for file in waiting:
            tell(f"What {file} has is not in the history yet, which cannot be written now.")


def lock(file: IO[str]) -> None:
    """Say that a file is being written, until it is closed or the process ends."""
    if sys.platform != "win32":
        import fcntl

        # Not every file system has locks; a file that was not locked is never taken up there.
        with suppress(OSError):
            fcntl.flock(file.fileno(), fcntl.LOCK_EX)


@contextmanager
def claimed(path: Path) -> Iterator[bool]:
    """Whether a file is written by nobody, and taken up by nobody else, while inside."""
    try:
        file = path.open("rb")
    except OSError:
        yield False
        return
    with file:
        if sys.platform == "win32":
            file.close()
            yield _closed_everywhere(path)
            return
        import fcntl

        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        # Who had it before may have removed it; and one without its first line is just begun.
        yield path.exists() and bool(file.read(1))


def remove(file: Path) -> bool:
    """Remove one that was taken in; whether that could be."""
    try:
        file.unlink()
    except OSError:
        return False
    return True


def _closed_everywhere(path: Path) -> bool:
    """On Windows a file that somebody has open cannot be renamed, not even to its own name."""
    try:
        path.rename(path)
    except OSError:
        return False
    return path.stat().st_size > 0


def _ours(file: Path) -> bool:
    """Whether it is a plain file of this user: the spare folder may be everybody's."""
    try:
        facts = file.lstat()
    except OSError:
        return False
    return stat.S_ISREG(facts.st_mode) and (sys.platform == "win32" or facts.st_uid == os.getuid())


def _plain(name: str) -> str:
    """A name in which nothing stands for something else, as in patterns."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)
