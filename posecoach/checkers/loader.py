"""Reading definitions: a TOML file in, a checked :class:`Definition` or a plain error out."""

from __future__ import annotations

import difflib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from posecoach.checkers.definition import Definition
from posecoach.checkers.places import lines_of
from posecoach.checkers.problems import Problem, parse, validate
from posecoach.errors import PosecoachError, UsageError
from posecoach.resources import resource

MAX_BYTES = 64 * 1024
"""The shipped definitions have 1 to 4 KiB."""
GENERAL = "general"
"""Folder, inside that of the exercises, of the examples outside the fourteen."""
# So many mistakes are told on one line.
_TOLD = 5


class DefinitionError(PosecoachError):
    """A definition that cannot be used; the message names file, key and remedy."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of reading a file.

    Attributes:
        definition: None if there is anything wrong.
        problems: All that is wrong, in order of the lines.
        text: The file's.
    """

    definition: Definition | None
    problems: tuple[Problem, ...]
    text: str


def examine(path: Path) -> Examined:
    """Read one definition and find all that is wrong with it.

    Args:
        path: A TOML file.

    Raises:
        DefinitionError: If it cannot be read at all.
    """
    text = _read(path)
    raw = parse(text)
    if isinstance(raw, Problem):
        return Examined(None, (raw,), text)
    called = raw.get("id")
    definition, problems = validate(raw, text)
    if isinstance(called, str) and called != path.stem and not _about(problems, "id"):
        line = lines_of(text)[("id",)]
        message = f"is '{called}', but the file is called '{path.stem}'; rename one of them"
        problems = sorted([*problems, Problem(line, "id", message)], key=lambda p: p.line)
        definition = None
    return Examined(definition, tuple(problems), text)


def load_definition(path: Path) -> Definition:
    """Read one definition.

    Args:
        path: A TOML file.

    Raises:
        DefinitionError: If it cannot be read or is not a valid definition; the message
            names the file and, for each mistake, the key, what would be right, and the
            line.
    """
    examined = examine(path)
    if examined.definition is None:
        raise DefinitionError(f"{path}: {in_one_line(examined.problems, path)}")
    return examined.definition


def in_one_line(problems: tuple[Problem, ...], path: Path, most: int = _TOLD) -> str:
    """Problems one after another, and where to find the rest if there are many."""
    told = "; ".join(map(str, problems[:most]))
    more = len(problems) - most
    return told if more <= 0 else f"{told}; and {more} more, see: posecoach check {path}"


def files_in(folder: Path) -> list[Path]:
    """What may be definitions in a folder, in order of name.

    Raises:
        OSError: If the folder cannot be read.
    """
    with os.scandir(folder) as found:
        names = [e.name for e in found if e.name.endswith(".toml") and not e.name.startswith(".")]
    return [folder / name for name in sorted(names)]


def load_all(folder: Path | None = None) -> dict[str, Definition]:
    """All definitions of a folder, by id, in order of name.

    Args:
        folder: None takes those that come with posecoach, the general examples last.

    Raises:
        DefinitionError: If one of them is invalid.
    """
    files = shipped() if folder is None else files_in(folder)
    return {path.stem: load_definition(path) for path in files}


def shipped() -> list[Path]:
    """The files that come with posecoach, the general examples last."""
    folder = resource("exercises")
    general = folder / GENERAL
    return files_in(folder) + (files_in(general) if general.is_dir() else [])


def find_definition(exercise: str) -> Definition:
    """A shipped definition by id.

    Raises:
        UsageError: If there is none; the message names the nearest one.
    """
    for path in shipped():
        if path.stem == exercise:
            return load_definition(path)
    raise unknown(exercise, [path.stem for path in shipped()])


def unknown(exercise: str, known: list[str]) -> UsageError:
    """There is no such exercise: what is nearest."""
    near = difflib.get_close_matches(exercise.lower().replace("-", "_"), known, 1, 0.4)
    hint = f"did you mean '{near[0]}'?" if near else "see them with: posecoach list"
    return UsageError(f"no exercise is called '{exercise}'; {hint}")


def _read(path: Path) -> str:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise DefinitionError(f"{path}: cannot be read (it is a folder); name a .toml file")
        # A pipe or a device may never come to an end, or never begin.
        if not stat.S_ISREG(mode):
            raise DefinitionError(f"{path}: cannot be read (it is no ordinary file); name another")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise DefinitionError(
            f"{path}: cannot be read ({error.strerror}); check the path"
        ) from None
    if len(data) > MAX_BYTES:
        raise DefinitionError(
            f"{path}: too large to be an exercise; the limit is {MAX_BYTES // 1024} KiB"
        )
    try:
        # Some editors of Windows put a mark before UTF-8.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DefinitionError(f"{path}: is not UTF-8 text; save it as UTF-8") from None


def _about(problems: list[Problem], key: str) -> bool:
    return any(problem.key == key for problem in problems)
