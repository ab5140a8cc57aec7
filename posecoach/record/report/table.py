"""Tables of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than text.

    Attributes:
        text: What it says.
        at: Seconds of the video to jump to, where there is one.
    """

    text: str
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        caption: What it is of.
        head: A title for each column.
        rows: As many cells each; the first one names the row.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str | Cell]]
