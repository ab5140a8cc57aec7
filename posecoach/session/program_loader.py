"""Reading programs: TOML in, a checked :class:`Program` or a plain error out."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from posecoach.checkers import Definition, DefinitionError
from posecoach.errors import UsageError
from posecoach.resources import resource
from posecoach.session.plan import problems
from posecoach.session.program import Pauses, Portion, Program, Step

MAX_BYTES = 64 * 1024
"""The shipped programs have 1 to 2 KiB."""
_TABLES: dict[str, type[BaseModel]] = {"steps": Step, "parts": Portion, "pauses": Pauses}


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
    try:
        program = Program.model_validate(_read(path))
    except ValidationError as error:
        wrong = [_explain(e["loc"], e["type"], e["msg"]) for e in error.errors()]
    else:
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


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ProgramError(f"{path}: too large to be a program; the limit is 64 KiB")
        if not path.is_file():
            raise ProgramError(f"{path}: is no file; name the TOML file of a program")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ProgramError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    except UnicodeDecodeError:
        raise ProgramError(f"{path}: is not UTF-8 text; save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ProgramError(f"{path}: is not valid TOML: {error}") from None


def _explain(place: tuple[int | str, ...], kind: str, message: str) -> str:
    """One mistake as ``key: what is wrong, and the remedy``."""
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in place) or "file"
    if kind == "extra_forbidden":
        table = next((p for p in reversed(place[:-1]) if isinstance(p, str)), "")
        known = list(_TABLES.get(table, Program).model_fields)
        near = difflib.get_close_matches(str(place[-1]), known, 1, 0.5)
        remedy = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(known)}"
        return f"{key}: unknown key; {remedy}"
    if kind == "missing":
        return f"{key}: is missing; add it"
    message = message.removeprefix("Value error, ")
    return f"{key}: {message[:1].lower()}{message[1:]}"
