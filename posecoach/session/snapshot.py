"""The state of a session at one frame: all that a screen needs to draw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from posecoach.checkers.definition import Posture, Word
from posecoach.checkers.results import BodySide, FootCircle
from posecoach.pose import Side

Phase = Literal["setup", "nobody", "refused", "settling", "ready", "moving", "holding", "stopped"]
"""``setup`` before a set; ``nobody`` in view; view ``refused``; ``settling`` while the
baseline is learned; ``ready`` at rest; ``moving`` in a rep; ``holding`` while a clock runs;
``stopped`` when a clock that ran stands still."""


@dataclass(frozen=True, slots=True)
class SetupState:
    """How far the setup before a set is.

    Attributes:
        posture: How the body should be placed.
        seen_from: Where the camera should be.
        near: Which side should be towards the camera, or is; None for neither.
        right: Whether all is right.
        left: Seconds left of the count-in, or None before it.
    """

    posture: Posture
    seen_from: Literal["side", "front"]
    near: Side | None
    right: bool
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is true of a session after one frame.

    Attributes:
        time_s: The frame's time.
        exercise: The definition's id.
        title: The exercise's name in plain words.
        kind: Whether reps or seconds are the big number.
        phase: See :data:`Phase`.
        side: The side that is being exercised now, or None while unknown.
        reps: Reps counted so far (all sides).
        reps_by_side: Left, right, both.
        attempts: Attempts so far.
        target_reps: Reps that a set asks for, or None.
        hold_s: Seconds that count towards the target: of the hold under way or the last
            one; of a walk all together.
        total_hold_s: Seconds counted so far (all sides, the one under way included).
        target_hold_s: Seconds asked for, or None.
        level: How far the movement is now in shares of its full range: 0 at rest, 1 at
            the standard's full range; may leave 0..1. None when not measurable.
        band: (low, high) of ``level`` in which the movement is as it should be.
        fault: Id of what is being done wrong now, or None.
        cue: Id of the one thing to say now, or None. Wording is feedback's.
        joints: Indices of the landmarks that matter in this exercise.
        steps: Steps taken (walking exercises), else None.
        cadence: Steps a minute now, or None.
        circle: The last circle of the foot that circles, in pixels about its ankle, or None.
        paced: Whether the clock counts, and not what the camera sees.
        words: The exercise's own words for its ids.
        setup: How far the setup is; None in the set.
    """

    time_s: float
    exercise: str
    title: str
    kind: Literal["reps", "hold"]
    phase: Phase
    side: BodySide | None = None
    reps: int = 0
    reps_by_side: tuple[int, int, int] = (0, 0, 0)
    attempts: int = 0
    target_reps: int | None = None
    hold_s: float = 0.0
    total_hold_s: float = 0.0
    target_hold_s: float | None = None
    level: float | None = None
    band: tuple[float, float] = (0.8, 1.2)
    fault: str | None = None
    cue: str | None = None
    joints: tuple[int, ...] = ()
    steps: int | None = None
    cadence: float | None = None
    circle: FootCircle | None = None
    close_up: Literal["no", "yes", "alone"] = "no"
    paced: bool = False
    words: Mapping[str, Word] = field(default_factory=dict)
    setup: SetupState | None = None
