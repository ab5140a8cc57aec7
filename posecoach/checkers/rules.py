"""The rules by which exercises are counted: tables of a definition, one a kind.

Nothing in them is evaluated; every signal is looked up in the registry, every number checked.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from posecoach.motion import REGISTRY
from posecoach.pose import SIDES


def _printable(text: str) -> str:
    """Text that cannot move a terminal's cursor, or draw boxes over the picture."""
    if not all(c.isprintable() or c == "\n" for c in text):
        raise ValueError("holds a control character; write plain text")
    return text


Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Text = Annotated[str, Field(min_length=1, max_length=400), AfterValidator(_printable)]
Line = Annotated[str, Field(min_length=1), AfterValidator(_printable)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]

TARGET_SLACK_S = 0.2
"""A hold that is short of its target by this much still reached it: nobody lets go on the
hundredth of a second."""

SideRule = Literal["both", "stance", "each", "one_foot", "feet", "together"]
"""``both``: one movement of the whole body. ``stance``: the same, by the leg that stands
(left, right, or both). ``each``: the left and the right signal are counted apart.
``one_foot`` and ``feet``: so are they, but what both do at once is one movement: with
``one_foot`` always of a single foot (the nearer one takes the landmarks of the hidden one
along), with ``feet`` of both where both move alike. ``together``: both feet move at once
and cannot be told apart, so the one that moves more is read and the movement is of both; who
asks for one side gets that foot alone."""


class Part(BaseModel):
    """A table of a definition: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def check_signal(name: str) -> str:
    """Accept a full name, or a sided one without its side, or with ``.other``."""
    base, _, side = name.partition(".")
    signal = REGISTRY.get(base)
    if signal is None:
        raise ValueError(f"no signal is called '{name}'")
    if side and not signal.sided:
        raise ValueError(f"'{base}' is measured for the whole body; write it without a side")
    if side and side not in (*SIDES, "other"):
        raise ValueError(f"'{side}' is no side; write left, right or other")
    return name


SignalName = Annotated[str, Field(max_length=60)]


class WithSignal(Part):
    """A table that names a signal.

    Attributes:
        signal: Its name; a sided one without its side means the side that is counted,
            ``.other`` the other one.
    """

    signal: SignalName

    @field_validator("signal")
    @classmethod
    def _known(cls, name: str) -> str:
        return check_signal(name)


class Condition(WithSignal):
    """Something that must be so.

    Attributes:
        above: It must be more than this.
        below: It must be less than this.
        slack: Once so, it may miss the limit by this much (hysteresis), in the signal's
            unit.
        why: Id of the cue to give when it is not so.
    """

    above: Number | None = None
    below: Number | None = None
    slack: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    why: Id

    @model_validator(mode="after")
    def _a_limit(self) -> Self:
        if self.above is None and self.below is None:
            raise ValueError("a condition needs 'above' or 'below'")
        if self.above is not None and self.below is not None and self.above >= self.below:
            raise ValueError("'above' must be less than 'below'")
        return self


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


class RepFault(Part):
    """What can be wrong with a rep that counts.

    Attributes:
        id: The fault.
        metric: Name of the rep's metric that is judged.
        above: It is a fault above this.
        below: It is a fault below this.
    """

    id: Id
    metric: Id
    above: Number | None = None
    below: Number | None = None

    @model_validator(mode="after")
    def _a_limit(self) -> Self:
        if self.above is None and self.below is None:
            raise ValueError("a fault needs 'above' or 'below'")
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
