"""What a program is: the schema of one file in ``exercises/programs/``.

A program is data, as a definition is: nothing in it is evaluated. What only shows beside the
exercises themselves (whether one is known, whether it has sides) is :mod:`.plan`'s to check;
reading files is :mod:`.program_loader`'s.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from posecoach.checkers.parts import Id, Part, Positive, Text
from posecoach.checkers.results import Direction
from posecoach.checkers.walk_checker import Feet

Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]
Pause = Annotated[float, Field(ge=0, le=600, allow_inf_nan=False)]

SidePlan = Literal["each", "in_turn", "both", "left", "right", "auto"]
"""``each``: all sets with the left leg, then all with the right one. ``in_turn``: a set with
the left leg, one with the right one, and so on. ``both``: both legs in one set, together or
one after the other. ``left``, ``right``: that leg alone. ``auto``: whichever is seen."""


class Portion(Part):
    """What one stretch of a set asks for: so many reps, or so many seconds.

    Attributes:
        reps: Movements that count; in an exercise that is held or walked, none.
        seconds: Seconds that count: of the hold, of the walk, or of movements that count.
        hold_s: How long each rep is held; None takes the dose's.
        feet: Where the feet of a walk should point; None judges nothing.
        way: Which way round circles must go to count here; None takes either.
        label: What is different here, in a few words ("curl inwards"): shown, not judged.
        paced: The seconds are counted by the clock while the person is in view, because no
            camera can see the thing; shown and kept as paced.
    """

    reps: Annotated[int, Field(ge=1, le=1000)] | None = None
    seconds: Seconds | None = None
    hold_s: Seconds | None = None
    feet: Feet | None = None
    way: Direction | None = None
    label: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    paced: bool = False

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if self.reps is not None and self.seconds is not None:
            raise ValueError("'reps' and 'seconds' exclude each other; keep one")
        if self.paced and self.seconds is None:
            raise ValueError("'paced' needs 'seconds': the clock must know how long")
        return self


class Step(Portion):
    """One exercise of a program, with all its sets.

    Attributes:
        exercise: Id of the definition.
        side: See :data:`SidePlan`; None takes what the exercise's dose says.
        sets: How often (on each side); None takes the dose's.
        rest_s: Rest between two sets; None takes the dose's.
        parts: A set's stretches, one after the other without a rest; without them a set has
            one stretch, which this table itself describes.
        tempo_s: Seconds that a rep takes, for the estimate of the total time alone.
    """

    exercise: Id
    side: SidePlan | None = None
    sets: Annotated[int, Field(ge=1, le=100)] | None = None
    rest_s: Pause | None = None
    parts: tuple[Portion, ...] = ()
    tempo_s: Positive | None = None

    @model_validator(mode="after")
    def _parts_or_itself(self) -> Self:
        if self.parts:
            for key in ("reps", "seconds", "label", "paced", "feet", "way"):
                if getattr(self, key):
                    raise ValueError(f"'{key}' belongs in [[steps.parts]], since there are some")
            if any(part.reps is None and part.seconds is None for part in self.parts):
                raise ValueError("each of 'parts' needs 'reps' or 'seconds'")
        return self


class Pauses(Part):
    """How long changes take.

    Attributes:
        side_s: To change sides: the other foot into the towel, the other leg crossed over.
        exercise_s: To get ready for the next exercise: to sit or lie down, fetch the band.
    """

    side_s: Pause = 8.0
    exercise_s: Pause = 20.0


class Program(Part):
    """Exercises one after the other.

    Attributes:
        format: Version of this schema.
        id: Name used on the command line.
        name: Name in plain words.
        summary: What it is for, in a sentence or two.
        pauses: How long changes take.
        steps: The exercises, in order.
    """

    format: Literal[1]
    id: Id
    name: Annotated[str, Field(min_length=1, max_length=60)]
    summary: Text
    pauses: Pauses = Pauses()
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=100)]
