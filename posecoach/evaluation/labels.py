"""Labels: what clips truly show, counted by a person or known from how they were made.

``docs/formats.md`` describes the file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from posecoach.checkers.results import BodySide, Direction
from posecoach.evaluation.documents import Name, read_document

_Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class _Part(BaseModel):
    # More keys than these are welcome: labels say more of a clip than is judged.
    model_config = ConfigDict(extra="ignore", frozen=True)


class TrueMovement(_Part):
    """A rep or a try that the clip shows.

    Attributes:
        side: Whose movement it is.
        peak_s: When it is furthest.
        start_s: When it leaves the resting position, where known.
        end_s: When it is back, where known.
        heel_lift_cm: How high the heel rises, where known.
        direction: Which way a circle goes round, where known.
    """

    side: BodySide
    peak_s: _Seconds
    start_s: _Seconds | None = None
    end_s: _Seconds | None = None
    heel_lift_cm: Annotated[float, Field(allow_inf_nan=False)] | None = None
    direction: Direction | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        times = [t for t in (self.start_s, self.peak_s, self.end_s) if t is not None]
        if times != sorted(times):
            raise ValueError("must be in order: start_s, peak_s, end_s")
        return self


class TrueHold(_Part):
    """A stretch of time that the clip shows somebody in position."""

    side: BodySide
    start_s: _Seconds
    end_s: _Seconds

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.start_s >= self.end_s:
            raise ValueError("start_s must be before end_s")
        return self

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end_s - self.start_s


class Truth(_Part):
    """What a clip truly shows; only what is given is judged.

    Attributes:
        reps: Every rep; an empty list says that nothing may count.
        attempts: Every try that must not count.
        holds: Every hold.
        refuse: Why the view cannot serve, in words.
        paced_ok: The movement may be beyond the camera, so a result that is paced
            throughout is not judged.
    """

    reps: tuple[TrueMovement, ...] | None = None
    attempts: tuple[TrueMovement, ...] | None = None
    holds: tuple[TrueHold, ...] | None = None
    refuse: Name | None = None
    paced_ok: bool = False

    @model_validator(mode="after")
    def _something(self) -> Self:
        if (self.reps, self.attempts, self.holds, self.refuse) == (None, None, None, None):
            raise ValueError("says nothing; give reps, attempts, holds or refuse")
        return self


class Entry(_Part):
    """One clip and what is true of it.

    Attributes:
        clip: Path of the clip, relative to the label file.
        exercise: Id of the exercise to watch it as.
        truth: What it shows.
        side: The side asked for in the run.
        height_cm: Body height for the run; None assumes one.
        hold_s: Seconds a held rep or hold must last; None takes the exercise's own.
        tolerance_s: How far a counted peak may lie from the true one.
    """

    clip: Name
    exercise: Name
    truth: Truth
    side: Literal["left", "right", "both", "auto"] = "auto"
    height_cm: _Positive | None = None
    hold_s: _Positive | None = None
    tolerance_s: _Positive = 0.5


class Labels(_Part):
    """A label file.

    Attributes:
        clips: Its entries, in its order; a clip may have several.
    """

    format: Literal[1]
    clips: tuple[Entry, ...]


def read_labels(path: Path) -> Labels:
    """Read and check a label file.

    Args:
        path: A JSON file as ``docs/formats.md`` describes it.

    Raises:
        LabelError: If it cannot be read or something in it is wrong; the message names the
            file and, for the first mistakes, the entry, the key and what is wrong.
    """
    return read_document(path, "JSON", Labels)
