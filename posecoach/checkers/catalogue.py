"""All exercises there are: those that come with posecoach, and the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from posecoach.checkers.definition import Definition
from posecoach.checkers.loader import (
    GENERAL,
    DefinitionError,
    examine,
    files_in,
    in_one_line,
    load_definition,
    shipped,
    unknown,
)
from posecoach.errors import UsageError
from posecoach.resources import user_exercises_folder

Origin = Literal["shipped", "general", "own"]
"""``general``: comes with posecoach as an example, and is none of its foot and leg exercises."""

MOST_FILES = 200
"""Definitions in one folder; more is some other folder, such as a home with its projects."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An exercise and where it is from.

    Attributes:
        definition: The exercise.
        origin: See :data:`Origin`.
        path: Its file.
    """

    definition: Definition
    origin: Origin
    path: Path


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that cannot be used, and why in one line."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The exercises to choose from.

    Attributes:
        listed: By id: those that come with posecoach, the general examples, then the
            user's own. One that replaces another stands in its place.
        replaced: What to say of those that replace another, by id.
        broken: The user's own that cannot be used, by their files' names.
    """

    listed: Mapping[str, Listed]
    replaced: Mapping[str, str]
    broken: Mapping[str, Broken]

    @property
    def definitions(self) -> dict[str, Definition]:
        """The exercises by id."""
        return {name: each.definition for name, each in self.listed.items()}

    def find(self, exercise: str) -> Definition:
        """An exercise by id.

        Raises:
            DefinitionError: If it is one of the user's own that cannot be used.
            UsageError: If there is none; the message names the nearest one.
        """
        if exercise in self.broken:
            return load_definition(self.broken[exercise].path)
        if exercise not in self.listed:
            raise unknown(exercise, list(self.listed))
        return self.listed[exercise].definition

    def notes(self, exercise: str | None = None) -> list[str]:
        """What somebody should know before, a line each.

        Args:
            exercise: The one that is asked for; None where all of them are.
        """
        replaced = [
            what for name, what in self.replaced.items() if exercise is None or name == exercise
        ]
        return [f"left out {each.why}" for each in self.broken.values()] + replaced


def read_catalogue(folder: Path | None = None) -> Catalogue:
    """All exercises there are.

    Of those with the same id the user's own goes before one that comes with posecoach, and
    one in ``folder`` before both. One that cannot be used takes nothing else with it.

    Args:
        folder: With more definitions of the user's own, beside those in
            :func:`~posecoach.resources.user_exercises_folder`.

    Raises:
        DefinitionError: If one that comes with posecoach is invalid.
        UsageError: If the folder cannot be read.
    """
    listed: dict[str, Listed] = {}
    for path in shipped():
        origin: Origin = "general" if path.parent.name == GENERAL else "shipped"
        listed[path.stem] = Listed(load_definition(path), origin, path)
    replaced: dict[str, str] = {}
    broken: dict[str, Broken] = {}
    for path in _own_files(folder):
        name = path.stem
        try:
            examined = examine(path)
        except DefinitionError as error:
            broken[name] = Broken(path, str(error))
            continue
        if examined.definition is None:
            why = f"{path}: {in_one_line(examined.problems, path, 1)}"
            broken[name] = Broken(path, why)
            continue
        before = listed.get(name)
        if before is not None:
            what = "the one that comes with posecoach" if before.origin != "own" else before.path
            replaced[name] = f"{name} is your own, {path}, instead of {what}"
        broken.pop(name, None)
        listed[name] = Listed(examined.definition, "own", path)
    return Catalogue(listed, replaced, broken)


def _own_files(folder: Path | None) -> Iterable[Path]:
    own = user_exercises_folder()
    try:
        yield from _few(own, files_in(own))
    except FileNotFoundError:
        pass
    except OSError as error:
        raise UsageError(
            f"your own exercises in {own} cannot be read ({error.strerror}); "
            "mend or move that folder"
        ) from None
    if folder is None:
        return
    try:
        yield from _few(folder, files_in(folder))
    except OSError as error:
        raise UsageError(
            f"--exercises {folder}: cannot be read ({error.strerror}); name a folder of definitions"
        ) from None


def _few(folder: Path, files: list[Path]) -> list[Path]:
    if len(files) > MOST_FILES:
        raise UsageError(
            f"{folder}: holds {len(files)} .toml files; name a folder of exercises alone"
        )
    return files
