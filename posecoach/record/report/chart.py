"""What a chart of a report holds; :mod:`.drawing` draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from posecoach.record.report.table import Table

Kind = Literal["time", "date", "percent", "number"]
Look = Literal["curve", "dots", "bars", "best"]
Mark = Literal["rep", "try", "hold"]

HEIGHT = 200


@dataclass(frozen=True, slots=True)
class Line:
    """Values over something; NaN where there is none.

    Attributes:
        name: For the legend.
        colour: 0 is the ink; 1 and 2 are two colours (and strokes) that nobody confuses.
        x: Rising.
        y: As many.
        look: How they are drawn.
        unit: Behind a value, in words.
        low: Lower edge of a band about them, or empty.
        high: Upper edge.
        decimals: Of a value that is told.
    """

    name: str
    colour: int
    x: Sequence[float]
    y: Sequence[float]
    look: Look = "curve"
    unit: str = ""
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted: a rep, a try, a hold.

    Attributes:
        mark: What.
        start: From where on.
        end: To where.
        label: Short, over it.
        text: In full.
    """

    mark: Mark
    start: float
    end: float
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Flag:
    """Something at a moment."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Norm:
    """A range, or a level, to compare values with."""

    low: float
    high: float
    text: str

    @property
    def level(self) -> bool:
        """Whether it is a level, and no range."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart.

    Attributes:
        title: Over it.
        unit: Of the values, in words; empty for none.
        kind: What is across: seconds, days (ordinals of dates), percent, or plain numbers.
        across: The name of that.
        about: What it shows, for those who do not see it.
        lines: What is drawn.
        spans: Behind it.
        flags: Above it.
        norms: Horizontal.
        legend: More of the legend: a class of the style sheet, and words.
        table: The same in numbers.
        table_title: What that is called.
        zero: Whether 0 must be in view.
        begin: Where it begins; None where the values do.
        end: Where it ends.
    """

    title: str
    unit: str
    kind: Kind
    across: str
    about: str
    lines: Sequence[Line] = ()
    spans: Sequence[Span] = ()
    flags: Sequence[Flag] = ()
    norms: Sequence[Norm] = ()
    legend: Sequence[tuple[str, str]] = ()
    table: Table | None = None
    table_title: str = ""
    zero: bool = True
    begin: float | None = None
    end: float | None = None
    height: int = HEIGHT

    @property
    def keys(self) -> list[tuple[str, str]]:
        """The legend: classes of the style sheet, and words."""
        several = [line for line in self.lines if line.name != self.title]
        own = [(f"{line.look} c{line.colour}", line.name) for line in several]
        return [*own, *self.legend]
