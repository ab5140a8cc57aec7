"""A set while it is done: what of it is new since it was stored last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

from posecoach.checkers import Attempt, Hold, Rep
from posecoach.record.history.making import (
    attempt_record,
    held,
    hold_record,
    moment_of,
    number,
    rep_record,
    set_of_block,
    set_of_session,
)
from posecoach.record.history.model import Moment, SessionRecord, SetRecord
from posecoach.record.history.samples import Samples
from posecoach.record.history.store import Change
from posecoach.session import BlockResult, Session
from posecoach.session.block_run import BlockRun
from posecoach.session.events import Event

HEARTBEAT_S = 5.0
"""Traces are stored at least so often while nothing is counted."""
# Reps, holds and tries are parts of their own; rests and instructions are none of a set.
_MOMENTS = {
    *("person_found", "person_lost", "view_refused", "view_accepted"),
    *("hold_started", "hold_stopped", "fault", "target_reached"),
    *("workout_paused", "workout_resumed", "setup_started", "set_begun", "gesture"),
}


class Counts(Protocol):
    """What has been done, as far as it counts."""

    @property
    def reps(self) -> Sequence[Rep]:
        """Reps so far."""
        ...

    @property
    def holds(self) -> Sequence[Hold]:
        """Holds so far."""
        ...

    @property
    def attempts(self) -> Sequence[Attempt]:
        """Tries so far that did not count."""
        ...


class SetUnderWay:
    """One set, followed frame by frame.

    Args:
        session: Counts it.
        time_s: When it begins.
        run: The block it is, in a workout.
        order: Its place in the session; None gives it one with the first change.
        counts: What says which reps count, if not the session or the block.

    Attributes:
        order: As above.
    """

    def __init__(
        self,
        session: Session,
        time_s: float,
        run: BlockRun | None = None,
        order: int | None = None,
        counts: Counts | None = None,
    ) -> None:
        self._session = session
        self._run = run
        self._counts: Counts = counts or run or session
        self.order = order
        self._started_s = self._last_s = time_s
        self._result: BlockResult | None = None
        self._moments: list[Moment] = []
        self._samples = Samples(session)
        # What was stored: reps, holds, attempts as they came, and how much of the rest.
        self._stored: tuple[list[Any], ...] = ([], [], [])
        self._records: tuple[list[Any], ...] = ([], [], [])
        self._stored_moments = self._stored_samples = self._pieces = 0
        self._stored_s: float | None = None

    @classmethod
    def of_block(cls, run: BlockRun, order: int, time_s: float) -> SetUnderWay:
        """A block of a workout."""
        return cls(run.session, time_s, run, order)

    @property
    def asked(self) -> bool:
        """Whether it is a block of a workout."""
        return self._run is not None

    @property
    def empty(self) -> bool:
        """Whether nothing was counted or tried in it yet."""
        return not any(self._parts())

    def take(self, events: Sequence[Event], time_s: float) -> None:
        """Take a frame, after the session has."""
        self._last_s = time_s
        self._moments += [moment_of(event) for event in events if event.name in _MOMENTS]
        if self._result is None:
            self._samples.take(time_s)

    def finish(self, result: BlockResult) -> None:
        """The block is over."""
        self._result = result

    def change(self, head: SessionRecord, *, last: bool = False) -> Change | None:
        """What is new; None if that can wait.

        Args:
            head: Of the session.
            last: Whether this is the last change: it is never None, and has the traces anew
                in one piece.
        """
        parts = self._parts()
        quiet_s = HEARTBEAT_S if self._stored_s is None else self._last_s - self._stored_s
        # The clock's hold of a paced block grows with every frame.
        growing = self._run is not None and self._run.block.paced
        news = not growing and any(a != b for a, b in zip(parts, self._stored, strict=True))
        if not (last or news or quiet_s >= HEARTBEAT_S):
            return None
        since = [self._renew(kind, part) for kind, part in enumerate(parts)]
        first = 0 if last else self._stored_samples
        one = replace(
            self._record(),
            reps=tuple(self._records[0]),
            holds=tuple(self._records[1]),
            attempts=tuple(self._records[2]),
            moments=tuple(self._moments),
            traces=self._samples.traces(first),
        )
        change = Change(
            head,
            one,
            (since[0], since[1], since[2], self._stored_moments),
            0 if last else self._pieces,
        )
        self._stored_s, self._stored_moments = self._last_s, len(self._moments)
        self._pieces += len(self._samples) > first
        self._stored_samples = len(self._samples)
        return change

    def _parts(self) -> tuple[list[Any], list[Any], list[Any]]:
        """Reps, holds and tries so far."""
        source = self._result or self._counts
        return list(source.reps), list(source.holds), list(source.attempts)

    def _renew(self, kind: int, parts: Sequence[Any]) -> int:
        """Make records of what is new or was revised; how many are as they were."""
        stored, records = self._stored[kind], self._records[kind]
        pairs = zip(stored, parts, strict=False)
        same = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(stored), len(parts)))
        make: Callable[[Any], Any] = (rep_record, hold_record, attempt_record)[kind]
        stored[same:] = parts[same:]
        records[same:] = [make(part) for part in parts[same:]]
        return same

    def _record(self) -> SetRecord:
        session, snapshot, run = self._session, self._session.snapshot, self._run
        if run is None:
            found = set_of_session(session, self.order or 0)
        else:
            found = set_of_block(run.block, self.order or 0)
        result = self._result
        reps, holds, _ = self._parts()
        counted = [*reps, *holds]
        return replace(
            found,
            started_s=number(self._started_s if run is None else run.start_s),
            ended_s=number(self._last_s if result is None else result.end_s),
            how=None if result is None else result.how,
            hold_s=session.target_hold_s if held(session.definition) else None,
            paced=found.paced or bool(counted and all(part.paced for part in counted)),
            close_up=snapshot.close_up,
            view_why=session.view_why,
            steps=snapshot.steps,
        )
