"""A set while it is done: what of it is new since it was stored last."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import isfinite, nan
from typing import Any, Protocol

from posecoach.checkers import Attempt, Definition, Hold, Rep
from posecoach.motion import parse
from posecoach.record.history.model import (
    AttemptRecord,
    HoldRecord,
    Moment,
    RepRecord,
    SessionRecord,
    SetRecord,
)
from posecoach.record.history.store import Change
from posecoach.record.history.trace import MAX_HZ, Trace, Traces, pack
from posecoach.session import Block, BlockResult, Session
from posecoach.session.block_run import BlockRun
from posecoach.session.events import Event

HEARTBEAT_S = 5.0
"""Traces are stored at least so often while nothing is counted."""
MAX_SIGNALS = 6
_DECIMALS = 4
_SLACK_S = 0.002
LEVEL = "level"
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
        self._signals = main_signals(session.definition, session.signals)
        self._times = array("f")
        self._values = [array("f") for _ in range(len(self._signals) + 1)]
        self._sampled_s = -1.0
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
        self._moments += [_moment(event) for event in events if event.name in _MOMENTS]
        snapshot = self._session.snapshot
        due = time_s - self._sampled_s >= 1 / MAX_HZ - _SLACK_S
        if snapshot.time_s != time_s or not due or self._result is not None:
            return
        self._sampled_s = time_s
        readings = self._session.readings
        sample = (snapshot.level, *(readings[name] for name in self._signals))
        self._times.append(time_s)
        for values, value in zip(self._values, sample, strict=True):
            values.append(nan if value is None else value)

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
            traces=self._traces(first),
        )
        change = Change(
            head,
            one,
            (since[0], since[1], since[2], self._stored_moments),
            0 if last else self._pieces,
        )
        self._stored_s, self._stored_moments = self._last_s, len(self._moments)
        self._pieces += len(self._times) > first
        self._stored_samples = len(self._times)
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
        make: Callable[[Any], Any] = (_rep, _hold, _attempt)[kind]
        stored[same:] = parts[same:]
        records[same:] = [make(part) for part in parts[same:]]
        return same

    def _record(self) -> SetRecord:
        session, snapshot = self._session, self._session.snapshot
        if self._run is not None:
            found = _of_block(self._run.block, self.order or 0)
            found = replace(found, started_s=_number(self._run.start_s), how=None)
        else:
            definition = session.definition
            by_reps = definition.counts_reps
            found = SetRecord(
                order=self.order or 0,
                exercise=definition.id,
                name=definition.name,
                kind=definition.kind,
                side=session.asked_side,
                started_s=_number(self._started_s),
                ended_s=0.0,
                target_reps=session.target_reps if by_reps else None,
                target_s=None if by_reps else session.target_hold_s,
                hold_s=session.target_hold_s,
            )
        result = self._result
        reps, holds, _ = self._parts()
        counted = [*reps, *holds]
        return replace(
            found,
            ended_s=_number(self._last_s if result is None else result.end_s),
            how=None if result is None else result.how,
            hold_s=session.target_hold_s if _held(session.definition) else None,
            paced=found.paced or bool(counted and all(part.paced for part in counted)),
            close_up=snapshot.close_up,
            view_why=session.view_why,
            steps=snapshot.steps,
        )

    def _traces(self, first: int) -> Traces:
        units = ["share", *(parse(name)[0].unit for name in self._signals)]
        named = zip((LEVEL, *self._signals), units, self._values, strict=True)
        return Traces(
            pack(self._times[first:]),
            tuple(Trace(name, unit, pack(values[first:])) for name, unit, values in named)
            if len(self._times) > first
            else (),
        )


def skipped(result: BlockResult, order: int) -> SetRecord:
    """The record of a block that was never begun."""
    return replace(
        _of_block(result.block, order),
        started_s=_number(result.start_s),
        ended_s=_number(result.end_s),
        how=result.how,
        view_why=result.view_why,
    )


def main_signals(definition: Definition, measured: Sequence[str]) -> list[str]:
    """Which of the measured signals tell most of an exercise, at most :data:`MAX_SIGNALS`.

    Of reps those in which they are found, of a walk the one that must stay up, of a hold those
    that become its metrics or make its position, of circles the first that are measured.
    """
    wanted: list[str] = []
    if definition.reps is not None:
        wanted = [track.signal for track in definition.reps.tracks]
    elif definition.walk is not None:
        wanted = [definition.walk.signal]
    elif definition.hold is not None:
        hold = definition.hold
        wanted = [*hold.metrics.values(), *(each.signal for each in hold.position)]
    bases = list(dict.fromkeys(name.partition(".")[0] for name in wanted))
    found = [name for base in bases for name in measured if name.partition(".")[0] == base]
    return (found or list(measured))[:MAX_SIGNALS]


def _held(definition: Definition) -> bool:
    reps = definition.reps
    return definition.kind == "hold" or (
        reps is not None and any(track.hold for track in reps.tracks)
    )


def _of_block(block: Block, order: int) -> SetRecord:
    return SetRecord(
        order=order,
        exercise=block.definition.id,
        name=block.definition.name,
        kind=block.definition.kind,
        side=block.side,
        started_s=0.0,
        ended_s=0.0,
        set_number=block.set_number,
        sets=block.sets,
        label=block.label,
        target_reps=block.reps,
        target_s=block.seconds,
        hold_s=block.hold_s,
        feet=block.feet,
        way=block.way,
        paced=block.paced,
    )


def _number(value: float) -> float:
    return round(float(value), _DECIMALS) + 0.0


def _metrics(metrics: Mapping[str, float]) -> dict[str, float]:
    return {name: _number(value) for name, value in metrics.items() if isfinite(value)}


def _rep(rep: Rep) -> RepRecord:
    return RepRecord(
        rep.side,
        _number(rep.start_s),
        _number(rep.peak_s),
        _number(rep.end_s),
        _metrics(rep.metrics),
        tuple(rep.faults),
        _number(rep.confidence),
        rep.paced,
        rep.direction,
    )


def _hold(hold: Hold) -> HoldRecord:
    return HoldRecord(
        hold.side,
        _number(hold.start_s),
        _number(hold.end_s),
        _number(hold.seconds),
        _metrics(hold.metrics),
        tuple(hold.faults),
        hold.paced,
    )


def _attempt(attempt: Attempt) -> AttemptRecord:
    return AttemptRecord(
        attempt.side,
        _number(attempt.start_s),
        _number(attempt.peak_s),
        _number(attempt.end_s),
        attempt.why,
        _metrics(attempt.metrics),
    )


def _moment(event: Event) -> Moment:
    why = getattr(event, "why", "") or getattr(event, "fault", "")
    return Moment(_number(event.time_s), event.name, event.side, why)
