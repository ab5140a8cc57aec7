"""From what a session or workout shows, frame by frame, to changes of its record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import posecoach
from posecoach.record.history.making import skipped
from posecoach.record.history.model import SessionRecord
from posecoach.record.history.store import Change
from posecoach.record.history.under_way import Counts, SetUnderWay
from posecoach.record.texts import one_line
from posecoach.session import Session, Workout
from posecoach.session.events import Event
from posecoach.session.workout_events import BlockEnded, ProgramFinished


class Recorder:
    """Keeps the record of one run in front of a camera, or of one clip.

    Nothing is kept before something is counted or tried; then all of it is, each rep, hold and
    try with the frame in which it is told. Of a set under way the traces follow every five
    seconds at the latest.

    Args:
        head: What is known of the session before it begins; see :func:`new_record`.
        keep: Takes each change.
        clock: The time of day, with its zone's offset.
    """

    def __init__(
        self,
        head: SessionRecord,
        keep: Callable[[Change], None],
        clock: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self._head = head
        self._keep = keep
        self._clock = clock
        self._begun = False
        self._ended = False
        self._session: Session | None = None
        self._set: SetUnderWay | None = None
        self._sets = 0
        self._time_s = 0.0
        # Blocks of a workout that were over before anything was done in it.
        self._waiting: list[Change] = []
        self._results = 0

    def watch(
        self,
        session: Session,
        events: Sequence[Event],
        time_s: float,
        counts: Counts | None = None,
    ) -> None:
        """Take a frame of an exercise that is done for as long as somebody likes.

        Args:
            session: The exercise, after the frame; another one than before begins a set.
            events: What happened in the frame.
            time_s: The frame's time.
            counts: What says which of its reps count, if not the session itself.
        """
        self._time_s = time_s
        if session is not self._session:
            self._close_set()
            self._session, self._set = session, None
        if self._set is None and session.snapshot.time_s == time_s > 0:
            self._set = SetUnderWay(session, time_s, counts=counts)
        if self._set is not None:
            self._set.take(events, time_s)
            self._store(self._set)

    def follow(self, workout: Workout, events: Sequence[Event], time_s: float) -> None:
        """Take a frame of a workout.

        Args:
            workout: After the frame.
            events: What happened in it.
            time_s: The frame's time.
        """
        self._time_s = time_s
        ends = [at for at, event in enumerate(events) if isinstance(event, BlockEnded)]
        after = ends[-1] + 1 if ends else 0
        for result in workout.results[self._results :]:
            self._results += 1
            if self._set is not None:
                self._set.take(events[:after], time_s)
                self._set.finish(result)
                self._close_set()
            else:
                self._put(Change(self._head, skipped(result, self._results)))
        if workout.run is not None:
            if self._set is None:
                self._set = SetUnderWay.of_block(workout.run, self._results + 1, time_s)
            self._set.take(events[after:], time_s)
            self._store(self._set)
        if workout.finished and self._head.complete is None:
            complete = any(isinstance(e, ProgramFinished) and e.complete for e in workout.events)
            self._head = replace(self._head, complete=complete)

    def end(self) -> None:
        """It is over. Ending twice is fine."""
        self._close_set()
        if self._begun and not self._ended:
            self._ended = True
            self._head = replace(self._head, finished=True)
            self._put(Change(self._head))

    def _close_set(self) -> None:
        if self._set is not None:
            self._store(self._set, last=True)
            self._set = None

    def _store(self, one: SetUnderWay, *, last: bool = False) -> None:
        # In a workout, what was asked for and not done tells something, too.
        if one.empty and not (last and one.asked):
            return
        if one.order is None:
            one.order = self._sets + 1
        change = one.change(self._head, last=last)
        if change is not None and change.one is not None:
            self._sets = max(self._sets, one.order)
            if not one.empty:
                self._begin(change.one.started_s)
            self._put(change)

    def _begin(self, started_s: float) -> None:
        if self._begun:
            return
        self._begun = True
        started_s = min([started_s, *(c.one.started_s for c in self._waiting if c.one)])
        gone = timedelta(seconds=self._time_s - started_s)
        self._head = replace(self._head, started_s=started_s, started_at=self._clock() - gone)
        waiting, self._waiting = self._waiting, []
        for change in waiting:
            self._put(change)

    def _put(self, change: Change) -> None:
        if not self._begun:
            self._waiting.append(change)
            return
        self._head = replace(self._head, ended_s=max(self._head.ended_s, self._time_s))
        self._keep(replace(change, session=self._head))


def new_record(**known: object) -> SessionRecord:
    """The record of a session that is about to begin; for what is known of it see there."""
    blank = SessionRecord(
        uid=uuid4().hex,
        started_at=datetime.now().astimezone(),
        source="live",
        version=posecoach.__version__,
    )
    plain = {
        name: one_line(value) if isinstance(value, str) else value for name, value in known.items()
    }
    return replace(blank, **plain)  # type: ignore[arg-type]
