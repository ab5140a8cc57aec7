"""Records of what checkers, sessions and workouts say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite

from posecoach.checkers import Attempt, Definition, Hold, Rep
from posecoach.record.history.model import (
    AttemptRecord,
    HoldRecord,
    Moment,
    RepRecord,
    SetRecord,
)
from posecoach.record.texts import one_line
from posecoach.session import Block, BlockResult, Session
from posecoach.session.events import Event

_DECIMALS = 4


def set_of_session(session: Session, order: int) -> SetRecord:
    """A set of an exercise that is done for as long as somebody likes; nothing of it yet."""
    definition = session.definition
    by_reps = definition.counts_reps
    return SetRecord(
        order=order,
        exercise=definition.id,
        name=one_line(definition.name),
        kind=definition.kind,
        side=session.asked_side,
        started_s=0.0,
        ended_s=0.0,
        target_reps=session.target_reps if by_reps else None,
        target_s=None if by_reps else session.target_hold_s,
    )


def set_of_block(block: Block, order: int) -> SetRecord:
    """A set of a workout; nothing of it yet."""
    return SetRecord(
        order=order,
        exercise=block.definition.id,
        name=one_line(block.definition.name),
        kind=block.definition.kind,
        side=block.side,
        started_s=0.0,
        ended_s=0.0,
        set_number=block.set_number,
        sets=block.sets,
        label=None if block.label is None else one_line(block.label),
        target_reps=block.reps,
        target_s=block.seconds,
        hold_s=block.hold_s,
        feet=block.feet,
        way=block.way,
        paced=block.paced,
    )


def skipped(result: BlockResult, order: int) -> SetRecord:
    """The record of a block that was never begun."""
    return replace(
        set_of_block(result.block, order),
        started_s=number(result.start_s),
        ended_s=number(result.end_s),
        how=result.how,
        view_why=result.view_why,
    )


def held(definition: Definition) -> bool:
    """Whether its reps, or all of it, are held."""
    reps = definition.reps
    return definition.kind == "hold" or (
        reps is not None and any(track.hold for track in reps.tracks)
    )


def rep_record(rep: Rep) -> RepRecord:
    """The record of a rep."""
    return RepRecord(
        rep.side,
        number(rep.start_s),
        number(rep.peak_s),
        number(rep.end_s),
        _metrics(rep.metrics),
        tuple(rep.faults),
        number(rep.confidence),
        rep.paced,
        rep.direction,
    )


def hold_record(hold: Hold) -> HoldRecord:
    """The record of a hold."""
    return HoldRecord(
        hold.side,
        number(hold.start_s),
        number(hold.end_s),
        number(hold.seconds),
        _metrics(hold.metrics),
        tuple(hold.faults),
        hold.paced,
    )


def attempt_record(attempt: Attempt) -> AttemptRecord:
    """The record of a try."""
    return AttemptRecord(
        attempt.side,
        number(attempt.start_s),
        number(attempt.peak_s),
        number(attempt.end_s),
        attempt.why,
        _metrics(attempt.metrics),
    )


def moment_of(event: Event) -> Moment:
    """The record of something else that happened."""
    why = getattr(event, "why", "") or getattr(event, "fault", "")
    return Moment(number(event.time_s), event.name, event.side, why)


def number(value: float) -> float:
    """A number as it is kept."""
    return round(float(value), _DECIMALS) + 0.0


def _metrics(metrics: Mapping[str, float]) -> dict[str, float]:
    return {name: number(value) for name, value in metrics.items() if isfinite(value)}
