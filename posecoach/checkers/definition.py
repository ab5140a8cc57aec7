"""What an exercise is: the schema of one file in ``exercises/``.

A definition is data. Nothing in it is evaluated; every name in it is looked up in the
registry of signals, every number checked. Reading files is :mod:`.loader`'s job.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from posecoach.checkers.rules import Circles, Condition, Hold, Id, Part, Positive, Reps, Text, Walk
from posecoach.motion import REGISTRY
from posecoach.pose.landmarks import PAIRED


class Phase(Part):
    """A phase of a walk: what the feet should do, and for how long."""

    feet: Literal["straight", "out", "in"]
    seconds: Positive


class Dose(Part):
    """What a set asks for by default."""

    reps: Annotated[int, Field(ge=1, le=1000)] | None = None
    hold_s: Positive | None = None
    sets: Annotated[int, Field(ge=1, le=100)] = 1
    rest_s: Annotated[float, Field(ge=0)] = 0.0
    each_side: bool = False
    phases: tuple[Phase, ...] = ()
    text: Text


class View(Part):
    """What must be in the picture, and how the body must be placed.

    Attributes:
        needs: Paired landmarks that must lie inside the frame, on one side at least.
        position: How the body must be, each with the cue to give when it is not.
        leg_share: Least length of the leg, in shares of the frame's shorter side.
        close_up_alone: Whether it can be counted from the close-ups of the feet alone,
            where a camera sees no body.
        advice: How to place the camera, in words.
    """

    needs: Annotated[tuple[str, ...], Field(min_length=1)]
    position: tuple[Condition, ...] = ()
    leg_share: Annotated[float, Field(gt=0, lt=1)] = 0.12
    close_up_alone: bool = False
    advice: Text

    @field_validator("needs")
    @classmethod
    def _pairs(cls, needs: tuple[str, ...]) -> tuple[str, ...]:
        for name in needs:
            if name not in PAIRED:
                raise ValueError(f"no landmark is called '{name}'; known: {', '.join(PAIRED)}")
        return needs


class Definition(Part):
    """One exercise.

    Attributes:
        format: Version of this schema.
        id: Name used on the command line and in records.
        name: Name in plain words.
        summary: What to do, in a sentence or two.
        kind: Whether reps or circles are counted, a position is held, or steps are timed.
        view: What must be in view.
        dose: What a set asks for.
        cues: What makes it good, in short sentences.
        joints: Paired landmarks that the overlay emphasises.
        reps: For ``kind = "reps"``.
        hold: For ``kind = "hold"``.
        walk: For ``kind = "walk"``.
        circles: For ``kind = "circles"``.
    """

    format: Literal[1]
    id: Id
    name: Annotated[str, Field(min_length=1, max_length=60)]
    summary: Text
    kind: Literal["reps", "hold", "walk", "circles"]
    view: View
    dose: Dose
    cues: tuple[Text, ...] = ()
    joints: tuple[str, ...] = ("hip", "knee", "ankle", "heel", "foot_index")
    reps: Reps | None = None
    hold: Hold | None = None
    walk: Walk | None = None
    circles: Circles | None = None

    @property
    def counts_reps(self) -> bool:
        """Whether a set is so many movements, rather than so many seconds."""
        return self.kind in ("reps", "circles") and not self.adds_up

    @property
    def adds_up(self) -> bool:
        """Whether stretches of seconds add up to the set's, rather than count each by itself."""
        return self.kind == "walk" or (self.reps is not None and self.reps.clock is not None)

    def _by_close_up(self) -> bool:
        return self.reps is not None and all(is_close_up(t.signal) for t in self.reps.tracks)

    @model_validator(mode="after")
    def _the_right_table(self) -> Self:
        there = [t for t in ("reps", "hold", "walk", "circles") if getattr(self, t) is not None]
        if self.kind not in there:
            raise ValueError(f"kind '{self.kind}' needs the table [{self.kind}]")
        if len(there) > 1:
            extra = next(t for t in there if t != self.kind)
            raise ValueError(f"kind '{self.kind}' cannot have the table [{extra}]")
        if self.view.close_up_alone and not self._by_close_up():
            raise ValueError("'close_up_alone' is for reps whose signals are of the close-up")
        if self.reps and any(t.hold for t in self.reps.tracks) and self.dose.hold_s is None:
            raise ValueError("a track with 'hold' needs 'hold_s' in [dose]")
        return self


def without_body(definition: Definition) -> Definition:
    """The same exercise for a camera that sees no body: without what is asked of the body.

    Raises:
        ValueError: If it cannot be counted from close-ups alone.
    """
    if definition.reps is None or not definition.view.close_up_alone:
        raise ValueError(f"{definition.id} cannot be counted from close-ups of the feet alone")
    tracks = tuple(
        track.model_copy(update={"only": tuple(c for c in track.only if is_close_up(c.signal))})
        for track in definition.reps.tracks
    )
    reps = definition.reps.model_copy(update={"tracks": tracks})
    return definition.model_copy(update={"reps": reps})


def is_close_up(signal: str) -> bool:
    """Whether a signal, named with or without its side, is measured from a close-up."""
    return REGISTRY[signal.partition(".")[0]].close_up
