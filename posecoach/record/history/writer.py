"""Writing the history while something else happens: a thread, and a file if all else fails."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from posecoach.closing import Closing
from posecoach.record.history.database import WAIT_S, HistoryError
from posecoach.record.history.leftovers import places_of, take_up
from posecoach.record.history.model import SessionRecord, SetRecord
from posecoach.record.history.store import Change, Store
from posecoach.record.history.trace import Traces, joined
from posecoach.record.history.unsaved import Unsaved

_END_S = 30.0
"""Longest wait at the end: five seconds for a locked history, and what a slow disk takes."""


class Writer(Closing):
    """Stores changes in the order in which they come, each in a transaction of its own.

    :meth:`put` never waits. The thread takes a change up at once; it is on the disk some
    milliseconds later (``tests/bench/test_history_speed.py``), or, while another program writes,
    when that is done.

    Where the history cannot be used, one line says so, and everything goes to a file beside it,
    or in the folder for temporary files; the next one that can write takes it in.

    A context manager: leaving it waits until all is stored.

    Args:
        path: The history.
        tell: Takes what somebody should know, in one line; called from the thread.
        spare: The folder for what finds no place beside the history.
        wait_s: How long to wait for other programs.
    """

    def __init__(
        self,
        path: Path,
        tell: Callable[[str], None],
        spare: Path | None = None,
        wait_s: float = WAIT_S,
    ) -> None:
        self._path = path
        self._tell = tell
        self._wait_s = wait_s
        self._spare = spare
        self._queue: queue.SimpleQueue[Change | threading.Event | None] = queue.SimpleQueue()
        self._unsaved: Unsaved | None = None
        # All of the session so far, should it have to go to a file.
        self._uid = ""
        self._sets: dict[int, tuple[SetRecord, list[Traces]]] = {}
        self._thread = threading.Thread(target=self._run, name="history", daemon=True)
        self._thread.start()

    def put(self, change: Change) -> None:
        """Have a change stored."""
        self._queue.put(change)

    def flush(self) -> None:
        """Wait until all that was put so far is stored."""
        done = threading.Event()
        self._queue.put(done)
        done.wait(_END_S)

    def close(self) -> None:
        """Wait until all is stored, and end. Closing twice is fine."""
        self._queue.put(None)
        self._thread.join(_END_S)
        if self._thread.is_alive():
            self._tell(f"The history {self._path} does not answer: the last of this is not kept.")

    def _run(self) -> None:
        store: Store | None = None
        try:
            store = Store.writing(self._path, wait_s=self._wait_s)
        except HistoryError as error:
            self._give_up(error)
        else:
            # What cannot be taken in now waits for another time.
            with suppress(HistoryError):
                take_up(store, self._tell, self._spare)
        while (item := self._queue.get()) is not None:
            if isinstance(item, threading.Event):
                item.set()
                continue
            self._remember(item)
            if store is not None:
                try:
                    store.put(item)
                    continue
                except HistoryError as error:
                    store.close()
                    store = None
                    self._give_up(error)
                    self._all_to_file(item)
                    continue
            self._to_file(item)
        if store is not None:
            store.close()
        if self._unsaved is not None:
            self._unsaved.close()

    def _remember(self, change: Change) -> None:
        if change.session.uid != self._uid:
            self._uid = change.session.uid
            self._sets.clear()
        one = change.one
        if one is not None:
            pieces = self._sets[one.order][1][: change.trace_part] if change.trace_part else []
            self._sets[one.order] = (replace(one, traces=Traces()), [*pieces, one.traces])

    def _give_up(self, error: HistoryError) -> None:
        """Go over to a file for what is left of this run."""
        self._unsaved = Unsaved(places_of(self._path, self._spare))
        if self._unsaved.path is None:
            self._tell(f"{error} Nothing can be written elsewhere either: this is not kept.")
        else:
            self._tell(
                f"{error} What you do now is kept in {self._unsaved.path}; it is taken in by "
                "itself once the history is right again."
            )

    def _all_to_file(self, change: Change) -> None:
        for one, pieces in self._sets.values():
            self._write(replace(change.session, sets=(replace(one, traces=joined(pieces)),)))

    def _to_file(self, change: Change) -> None:
        one = change.one
        if one is not None and change.trace_part:
            # A piece alone would replace the pieces before it; the last change has them all.
            one = replace(one, traces=Traces())
        self._write(replace(change.session, sets=() if one is None else (one,)))

    def _write(self, record: SessionRecord) -> None:
        assert self._unsaved is not None
        if self._unsaved.path is None:
            return
        before = self._unsaved.path
        self._unsaved.write(record)
        if self._unsaved.path is None:
            self._tell(f"{before} cannot be written any more: what follows is not kept.")
