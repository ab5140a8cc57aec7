"""What the tables of a definition are made of: texts, numbers, signals, conditions.

Nothing in them is evaluated; every signal is looked up in the registry, every number checked.
"""

from __future__ import annotations

from typing import Annotated, Self

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
