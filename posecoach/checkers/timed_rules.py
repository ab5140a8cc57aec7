"""The rules of what is held, walked or circled: ``[hold]``, ``[walk]`` and ``[circles]``."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from posecoach.checkers.parts import (
    Condition,
    Id,
    Number,
    Part,
    Positive,
    RepFault,
    SignalName,
    WithSignal,
    check_signal,
)

TARGET_SLACK_S = 0.2
"""A hold that is short of its target by this much still reached it: nobody lets go on the
hundredth of a second."""


class Drift(WithSignal):
    """A signal that may not go far from where it was within a hold.

    Attributes:
        drop: How far it may fall below its highest.
        rise: How far it may rise over where it was mostly held.
        why: Fault that stops the clock then.
    """

    drop: Positive | None = None
    rise: Positive | None = None
    why: Id

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.drop is None) == (self.rise is None):
            raise ValueError("a drift needs 'drop' or 'rise', and not both")
        return self


class Steady(WithSignal):
    """A signal that must stand still for the clock to run.

    Attributes:
        range: How far it may move within 0.3 s.
        near: A hold begins when the signal comes this near to where it then stands
            still, and ends when it leaves that by as much.
    """

    range: Positive
    near: Positive


class Form(Part):
    """One way to hold a position, by the side that is stretched.

    Attributes:
        position: All of these must be so for the clock to run.
        steady: What must stand still.
        drifts: What may not fall off during the hold.
        try_from: Signal and level from which being out of position is worth a cue.
        metrics: Names of metrics and the signals whose median over the hold they are.
    """

    position: Annotated[tuple[Condition, ...], Field(min_length=1)]
    steady: Steady | None = None
    drifts: tuple[Drift, ...] = ()
    try_from: Condition | None = None
    metrics: dict[Id, SignalName] = Field(default_factory=dict)

    @field_validator("metrics")
    @classmethod
    def _known(cls, metrics: dict[str, str]) -> dict[str, str]:
        for name in metrics.values():
            check_signal(name)
        return metrics


class Hold(Form):
    """An exercise in which a position is held, left and right apart.

    Attributes:
        forms: Other ways to hold it, each complete in itself.
        grace_s: A wobble shorter than this neither stops nor breaks the hold.
        min_s: A shorter hold is none.
        settle_s: How long settling into the position and letting go of it take; that much
            at each end is not counted.
        faults: What is judged of each hold, without stopping the clock.
    """

    forms: tuple[Form, ...] = ()
    grace_s: Annotated[float, Field(ge=0, le=5)] = 0.5
    min_s: Positive = 0.4
    settle_s: Annotated[float, Field(ge=0, le=2)] = 0.0
    faults: tuple[RepFault, ...] = ()


class Walk(WithSignal):
    """An exercise of steps with the heels up: the clock runs while both are so.

    Attributes:
        signal: The level that must stay up (``heels_up``).
        on: Level above which the clock starts.
        off: Level below which it stops at the latest.
        keep: It stops below this share of the height at which the heels were just held.
        confirm_s: How long the heels must be up to be believed: longer than the moment in
            which both heels are up in a plain step.
        drop_s: How long they must be down to be believed.
        edge: The clock starts and stops, in hindsight, where the heels passed this share
            of the height at which they were mostly held.
        step: How far the feet must swing to and fro, over each other, for a step.
        still_s: Without a step for so long the clock stops.
        min_s: A shorter walk is none.
        only: Conditions for the clock to run.
        turning_deg_s: While the body turns faster than this, feet cannot be read: a
            clock that runs goes on, one that stands does not start.
    """

    on: Positive
    off: Number
    keep: Annotated[float, Field(ge=0, lt=1)] = 0.4
    confirm_s: Positive
    drop_s: Positive
    edge: Annotated[float, Field(ge=0, lt=1)] = 0.7
    step: Positive
    still_s: Positive
    min_s: Positive = 0.3
    turning_deg_s: Positive = 60.0
    only: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def _hysteresis(self) -> Self:
        if self.off >= self.on:
            raise ValueError("'off' must be less than 'on', or the clock would flicker")
        return self


class Circles(Part):
    """An exercise of circles of the foot about the ankle, left and right apart.

    Attributes:
        swing: How far the foot must point and draw up, ball over heel along the shin, in
            leg lengths.
        still: How far the ankle may move from the hip within half a circle.
        round: How round the turns since the last pause must be on the whole to be
            circles: 1 is a circle, 0 back and forth.
        turns: So many turns without a pause make circles; fewer are some other movement.
        min_s: A shorter circle is noise.
        max_s: A longer one is given up.
        standard: Swing of a big circle, for the coach's bar.
        faults: What is judged of each circle.
    """

    swing: Positive
    still: Positive
    round: Annotated[float, Field(gt=0, lt=1)]
    turns: Annotated[int, Field(ge=1, le=5)] = 2
    min_s: Positive
    max_s: Positive
    standard: Positive
    faults: tuple[RepFault, ...] = ()

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min_s >= self.max_s:
            raise ValueError("'min_s' must be less than 'max_s'")
        return self
