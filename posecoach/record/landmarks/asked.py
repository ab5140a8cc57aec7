"""What a recording of landmarks says of itself, and of what was asked for."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from posecoach.checkers.parts import Id
from posecoach.checkers.walk_checker import Feet
from posecoach.pose import FootPlace, Side
from posecoach.record.landmarks.columns import COLUMNS, BadValuesError
from posecoach.session.program import Pause, Program


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("holds a control character")
    return text


Line = Annotated[str, Field(max_length=400), AfterValidator(_printable)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]
Height = Annotated[float, Field(ge=50, le=300, allow_inf_nan=False)]
Beat = Annotated[float, Field(ge=1, le=600, allow_inf_nan=False)]
KeyName = Literal["pause", "resume", "skip", "skip_exercise", "camera"]


class _Said(BaseModel):
    # Keys that a later posecoach adds are passed over.
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class Column(_Said):
    """A column of the chunks: its name and how many numbers a frame has in it."""

    name: Line
    width: Annotated[int, Field(ge=1, le=1024)]


class Head(_Said):
    """What holds for all of a recording.

    Attributes:
        posecoach: The version that wrote it.
        model: The pose model: a name, or a file name.
        mirrored: Whether the person saw the picture as in a mirror; the landmarks are not
            mirrored.
        fps: The rate that the clip states; None for a camera, or where it states none.
        columns: What each frame has, in this order.
    """

    posecoach: Line
    model: Line
    mirrored: bool = False
    fps: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)] | None = None
    columns: Annotated[tuple[Column, ...], Field(min_length=1, max_length=64)] = tuple(
        Column(name=name, width=width) for name, width in COLUMNS.items()
    )


class Place(_Said):
    """Where a foot is, in shares of the picture; see :class:`~posecoach.pose.FootPlace`."""

    side: Side
    heel: tuple[Share, Share]
    toes: tuple[Share, Share]

    @classmethod
    def of(cls, place: FootPlace) -> Place:
        """The same place."""
        return cls(side=place.side, heel=place.heel, toes=place.toes)

    @property
    def place(self) -> FootPlace:
        """The same place."""
        return FootPlace(self.side, self.heel, self.toes)


class AskedExercise(_Said):
    """One exercise, watched from here on.

    Attributes:
        exercise: Its id.
        side: The side to count.
        height_cm: Body height, or None.
        hold_s: Seconds that a hold aims for, or None.
        feet: Where the feet of a walk should point, or None.
        beat: Beats a minute, or None.
        places: Where feet are in the picture, if no body was looked for.
        pacing: Whether the clock may count what close-ups cannot see.
        close_up: Whether close-ups of the feet were looked at.
        live: Whether it was counted as live does: of one person, whoever else is seen.
        setup: Whether it began once the person was placed right.
        rest_s: Of a heel-raise test, the seconds between its legs; None of anything else.
    """

    exercise: Id
    side: Literal["left", "right", "both", "auto"] = "auto"
    height_cm: Height | None = None
    hold_s: Seconds | None = None
    feet: Feet | None = None
    beat: Beat | None = None
    places: Annotated[tuple[Place, ...], Field(max_length=2)] = ()
    pacing: bool = False
    close_up: bool = False
    live: bool = False
    setup: bool = False
    rest_s: Pause | None = None


class AskedProgram(_Said):
    """A whole program, watched from here on.

    Attributes:
        program: All of it, as its file says.
        height_cm: Body height, or None.
        beat: Beats a minute, or None.
        setup: Whether exercises began once the person was placed right.
        close_up: Whether close-ups of the feet were looked at in some of it.
    """

    program: Program
    height_cm: Height | None = None
    beat: Beat | None = None
    setup: bool = False
    close_up: bool = False


class Pressed(_Said):
    """Somebody changed a program's course, or the camera, between two frames."""

    key: KeyName


class Done(_Said):
    """The end of a recording that was not cut off.

    Attributes:
        warnings: What was to be said of the clip, each without the clip's name at its
            beginning.
    """

    warnings: Annotated[tuple[Line, ...], Field(max_length=10)] = ()


_Kind = TypeVar("_Kind", bound=BaseModel)


def said(payload: bytes, kind: type[_Kind]) -> _Kind:
    """What a block of JSON says.

    Raises:
        BadValuesError: If it says something else.
    """
    try:
        return kind.model_validate_json(payload)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadValuesError(f"{where or kind.__name__}: {first['msg']}") from None
