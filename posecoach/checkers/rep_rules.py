"""The rules by which movements are counted: the tables of ``[reps]``."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from posecoach.checkers.parts import (
    Condition,
    Id,
    Part,
    Positive,
    RepFault,
    SignalName,
    WithSignal,
    check_signal,
)

SideRule = Literal["both", "stance", "each", "one_foot", "feet", "together"]
"""``both``: one movement of the whole body. ``stance``: the same, by the leg that stands
(left, right, or both). ``each``: the left and the right signal are counted apart.
``one_foot`` and ``feet``: so are they, but what both do at once is one movement: with
``one_foot`` always of a single foot (the nearer one takes the landmarks of the hidden one
along), with ``feet`` of both where both move alike. ``together``: both feet move at once
and cannot be told apart, so the one that moves more is read and the movement is of both; who
asks for one side gets that foot alone."""


class Track(WithSignal):
    """How reps are found in one signal: it leaves its rest, gets far enough, comes back.

    Attributes:
        side: See :data:`SideRule`.
        invert: Count movements of the signal downwards.
        leave: Level at which the movement has left its rest.
        attempt: A movement that gets this far is at least a try.
        count: A movement that gets this far counts.
        limit: A movement beyond this is some other movement and is dropped.
        back: Share of its own peak below which a movement is over.
        min_s: A shorter movement is noise.
        max_s: A longer movement is given up.
        verdict: Where set, a movement that gets far enough is no rep but a try that
            failed for this reason.
        only: Conditions for the movement to be this exercise; otherwise it is dropped.
        lift_height: Peak times this times the body's height is ``heel_lift_cm``.
        standard: Level of the full range by the standard, for the coach's bar.
        hold: Whether the movement counts only when it stays near its top for the
            session's target (the dose's ``hold_s``); one that does not is ``too_short``.
        shallow: Why a movement that does not get as far as ``count`` is no rep.
        unrested: Fault of a rep that began before the last one was all the way back.
        swing: Whether the movement goes to and fro from wherever it is, such as rolling,
            rather than away from a rest and back to it.
        degrees: Name of the metric that holds the peak of a signal in degrees.
        sag: Name of the metric that holds how far a movement fell between two moments near
            its peak, in shares of the peak.
        settle_s: How long ``only`` must go on to be so after a movement for it to count;
            otherwise it is a try that failed for that reason. A jump shows only when the
            legs are straight.
        lows: Names of metrics and the signals whose lowest value in a movement they are.
        highs: Names of metrics and the signals whose highest value in it they are.
    """

    side: SideRule = "both"
    invert: bool = False
    leave: Positive
    attempt: Positive
    count: Positive
    limit: Positive
    back: Annotated[float, Field(gt=0, lt=1)] = 0.35
    min_s: Positive = 0.3
    max_s: Positive = 20.0
    verdict: Id | None = None
    only: tuple[Condition, ...] = ()
    lift_height: Positive | None = None
    standard: Positive | None = None
    hold: bool = False
    shallow: Id = "too_shallow"
    unrested: Id = "heels_not_down"
    swing: bool = False
    degrees: Id | None = None
    sag: Id | None = None
    settle_s: Annotated[float, Field(ge=0, le=2)] = 0.0
    lows: dict[Id, SignalName] = Field(default_factory=dict)
    highs: dict[Id, SignalName] = Field(default_factory=dict)

    @field_validator("lows", "highs")
    @classmethod
    def _known_signals(cls, metrics: dict[str, str]) -> dict[str, str]:
        for name in metrics.values():
            check_signal(name)
        return metrics

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.leave < self.attempt <= self.count < self.limit:
            raise ValueError("must be ordered: leave < attempt <= count < limit")
        if self.min_s >= self.max_s:
            raise ValueError("'min_s' must be less than 'max_s'")
        if self.swing and self.hold:
            raise ValueError("a 'swing' goes to and fro and has no 'hold'")
        return self


class Clock(Part):
    """Seconds of movement, beside the reps: from rep to rep, without the rests between.

    Attributes:
        gap_s: Reps that follow each other within this are one stretch of movement.
    """

    gap_s: Positive


class Reps(Part):
    """An exercise whose movements are counted.

    Attributes:
        tracks: Where reps are found, the most trusted first: while a track is in a
            movement, those after it are not believed.
        faults: What is judged of each rep.
        clock: Where set, the seconds of movement count too, as holds.
        measured: What must be so for a rep to be measured; otherwise it is marked as
            paced, because what matters in it cannot be seen.
        paced: Whether every rep is, because no camera sees what matters in it.
    """

    tracks: Annotated[tuple[Track, ...], Field(min_length=1)]
    faults: tuple[RepFault, ...] = ()
    clock: Clock | None = None
    measured: tuple[Condition, ...] = ()
    paced: bool = False
