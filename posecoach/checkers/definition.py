"""What an exercise is: the schema of one file in ``exercises/``.

A definition is data. Nothing in it is evaluated; every name in it is looked up in the
registry of signals, every number checked. Reading files is :mod:`.loader`'s job.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from posecoach.checkers.parts import Condition, Id, Line, Part, Positive, Text
from posecoach.checkers.rep_rules import Reps
from posecoach.checkers.timed_rules import Circles, Hold, Walk
from posecoach.motion import REGISTRY
from posecoach.pose.landmarks import PAIRED

Posture = Literal["standing", "wall", "chair", "floor", "lying", "leg_up"]


class Phase(Part):
    """A phase of a walk.

    Attributes:
        feet: Where the feet should point.
        seconds: For how long.
    """

    feet: Literal["straight", "out", "in"]
    seconds: Positive


class Dose(Part):
    """What a set asks for by default.

    Attributes:
        reps: How many movements, of each side that moves.
        hold_s: How long a position, or the top of a rep with a hold, is held.
        sets: How many sets.
        rest_s: Pause between two sets.
        each_side: Whether it is done on the left and on the right, one after the other.
        phases: Of a walk, one after another.
        text: The dose in plain words.
    """

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
        posture: How the body is placed at first, for the outline on the picture; ``wall`` is
            standing before one, ``floor`` sitting there, ``leg_up`` lying with a leg up.
        seen_from: Where the camera should be, for the outline.
        near_side: Whether the side that works must be the one towards the camera.
        advice: How to place the camera, in words.
    """

    needs: Annotated[tuple[str, ...], Field(min_length=1)]
    position: tuple[Condition, ...] = ()
    leg_share: Annotated[float, Field(gt=0, lt=1)] = 0.12
    close_up_alone: bool = False
    posture: Posture = "standing"
    seen_from: Literal["side", "front"] = "side"
    near_side: bool = False
    advice: Text

    @field_validator("needs")
    @classmethod
    def _pairs(cls, needs: tuple[str, ...]) -> tuple[str, ...]:
        return _known_pairs(needs)


class Word(Part):
    """What is said and shown for an id that this exercise uses.

    Attributes:
        say: The short form: shown in large letters, spoken in passing.
        explain: One or two sentences for reports and descriptions.
        tone: ``fix`` for something done wrong, ``info``, or ``praise``.
    """

    say: Annotated[Line, Field(max_length=48)]
    explain: Annotated[str, Field(max_length=400)] = ""
    tone: Literal["fix", "info", "praise"] = "fix"

    @field_validator("say")
    @classmethod
    def _one_line(cls, say: str) -> str:
        if "\n" in say or "{" in say or "}" in say:
            raise ValueError("must be one line without braces")
        return say


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
        words: What is said for ids of this exercise's own, and instead of the usual for
            others.
    """

    format: Literal[1]
    id: Id
    name: Annotated[Line, Field(max_length=60)]
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
    words: dict[Id, Word] = Field(default_factory=dict)

    @field_validator("joints")
    @classmethod
    def _pairs(cls, joints: tuple[str, ...]) -> tuple[str, ...]:
        return _known_pairs(joints)

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
        problem = table_problem(self.kind, [t for t in _TABLES if getattr(self, t) is not None])
        if problem is not None:
            raise ValueError(problem)
        if self.view.close_up_alone and not self._by_close_up():
            raise ValueError("'close_up_alone' is for reps whose signals are of the close-up")
        if self.reps and any(t.hold for t in self.reps.tracks) and self.dose.hold_s is None:
            raise ValueError("a track with 'hold' needs 'hold_s' in [dose]")
        return self


_TABLES = ("reps", "hold", "walk", "circles")


def table_problem(kind: object, there: Collection[str]) -> str | None:
    """Why the tables that are there do not fit the kind of exercise, or None.

    Args:
        kind: What the definition says; a kind that there is none of is another mistake.
        there: Names of the tables.
    """
    if kind not in _TABLES:
        return None
    if kind not in there:
        return f"kind '{kind}' needs the table [{kind}]"
    extra = next((t for t in _TABLES if t in there and t != kind), None)
    return None if extra is None else f"kind '{kind}' cannot have the table [{extra}]"


def _known_pairs(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in PAIRED:
            raise ValueError(f"no landmark is called '{name}'; known: {', '.join(PAIRED)}")
    return names


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
