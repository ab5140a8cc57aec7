"""Notes on an evaluation: explanations of foreign counts, and clips counted by eye.

``docs/formats.md`` describes the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from posecoach.evaluation.documents import Name, read_document
from posecoach.evaluation.foreign import Foreign
from posecoach.evaluation.labels import Entry


class Explanation(BaseModel):
    """Why an exercise counts something in clips of others.

    Attributes:
        exercise: Its id.
        clips: The clips, as paths or patterns (``rendered/hr_*``).
        covers: What is explained; another kind of count in these clips is not.
        why: What the clips show, found by looking at them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    exercise: Name
    clips: Annotated[tuple[Name, ...], Field(min_length=1)]
    covers: Annotated[tuple[Literal["reps", "attempts", "holds"], ...], Field(min_length=1)]
    why: Name

    def explains(self, found: Foreign, kind: str) -> bool:
        """Whether it speaks of that kind of count."""
        return (
            found.exercise == self.exercise
            and kind in self.covers
            and any(fnmatchcase(found.clip, pattern) for pattern in self.clips)
        )


class Seen(Entry):
    """A label of its own: a clip of the label file, counted by eye for another exercise.

    Attributes:
        what: What the clip is, in words.
    """

    what: Name


class Notes(BaseModel):
    """A file of notes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    seen: tuple[Seen, ...] = ()
    explanations: tuple[Explanation, ...] = ()

    def of(self, found: Foreign) -> tuple[list[str], list[str]]:
        """Explanations of a count, and the kinds of it that have none."""
        whys: list[str] = []
        bare: list[str] = []
        for kind in found.kinds:
            told = [each.why for each in self.explanations if each.explains(found, kind)]
            whys += [why for why in told if why not in whys]
            if not told:
                bare.append(kind)
        return whys, bare

    def unused(self, found: Sequence[Foreign]) -> list[Explanation]:
        """Explanations of counts that there are none of any more."""
        return [
            each
            for each in self.explanations
            if not any(each.explains(f, kind) for f in found for kind in f.kinds)
        ]


def read_notes(path: Path) -> Notes:
    """Read and check a file of notes.

    Args:
        path: A TOML file.

    Raises:
        LabelError: If it cannot be read or something in it is wrong.
    """
    return read_document(path, "TOML", Notes)
