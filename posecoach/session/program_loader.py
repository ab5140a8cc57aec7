"""Reading programs: TOML in, a checked :class:`Program` or a plain error out."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

from posecoach.checkers import Definition
from posecoach.checkers.loader import DefinitionError, read_model
from posecoach.errors import UsageError
from posecoach.resources import resource
from posecoach.session.plan import problems
from posecoach.session.program import Program


class ProgramError(DefinitionError):
    """A program that cannot be used; the message names file, key and remedy."""


def load_program(path: Path, definitions: Mapping[str, Definition]) -> Program:
    """Read one program.

    Args:
        path: A TOML file.
        definitions: The exercises that it may use, by id.

    Raises:
        ProgramError: If it cannot be read or is not a valid program; the message names the
            file and, for each mistake, the key and what would be right.
    """
    program = read_model(path, Program, "a program", ProgramError)
    wrong = problems(program, definitions)
    if wrong:
        raise ProgramError(f"{path}: {'; '.join(wrong)}")
    return program


def program_files() -> dict[str, Path]:
    """The programs that come with posecoach: their files by id, in order of name."""
    return {path.stem: path for path in sorted((resource("exercises") / "programs").glob("*.toml"))}


def find_program(name: str, definitions: Mapping[str, Definition]) -> Program:
    """A program by id, or from a file of one's own.

    Args:
        name: An id, or a path that ends in ``.toml``.
        definitions: The exercises, by id.

    Raises:
        UsageError: If there is none of that id; the message names the nearest one.
        ProgramError: If the file is no valid program.
    """
    if name.lower().endswith(".toml"):
        return load_program(Path(name), definitions)
    files = program_files()
    if name in files:
        return load_program(files[name], definitions)
    if name in definitions:
        raise UsageError(f"'{name}' is an exercise, not a program; try: posecoach live {name}")
    near = difflib.get_close_matches(name.lower().replace("-", "_"), files, 1, 0.4)
    hint = f"did you mean '{near[0]}'?" if near else "see them with: posecoach list"
    raise UsageError(f"no program is called '{name}'; {hint}")
