"""Reading definitions: TOML in, a checked :class:`Definition` or a plain error out."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ValidationError

from posecoach.checkers.definition import Definition
from posecoach.errors import PosecoachError, UsageError
from posecoach.motion import names
from posecoach.resources import resource

MAX_BYTES = 256 * 1024


class DefinitionError(PosecoachError):
    """A definition that cannot be used; the message names file, key and remedy."""


def load_definition(path: Path) -> Definition:
    """Read one definition.

    Args:
        path: A TOML file.

    Raises:
        DefinitionError: If it cannot be read or is not a valid definition; the message
            names the file and, for each mistake, the key and what would be right.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DefinitionError(f"{path}: too large to be an exercise; the limit is 256 KiB")
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DefinitionError(
            f"{path}: cannot be read ({error.strerror}); check the path"
        ) from None
    except UnicodeDecodeError:
        raise DefinitionError(f"{path}: is not UTF-8 text; save it as UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DefinitionError(f"{path}: is not valid TOML: {error}") from None
    try:
        definition = Definition.model_validate(raw)
    except ValidationError as error:
        problems = "; ".join(_explain(e["loc"], e["type"], e["msg"]) for e in error.errors())
        raise DefinitionError(f"{path}: {problems}") from None
    if definition.id != path.stem:
        raise DefinitionError(
            f"{path}: id: is '{definition.id}', but the file is called '{path.stem}'; "
            f"rename one of them"
        )
    return definition


def load_all(folder: Path | None = None) -> dict[str, Definition]:
    """All definitions of a folder (the shipped ones by default), by id, in order of name.

    Raises:
        DefinitionError: If one of them is invalid.
    """
    files = sorted((folder or resource("exercises")).glob("*.toml"))
    return {path.stem: load_definition(path) for path in files}


def find_definition(exercise: str) -> Definition:
    """A shipped definition by id.

    Raises:
        UsageError: If there is none; the message names the nearest one.
    """
    path = resource("exercises") / f"{exercise}.toml"
    known = [p.stem for p in sorted(resource("exercises").glob("*.toml"))]
    if exercise not in known:
        near = difflib.get_close_matches(exercise.lower().replace("-", "_"), known, 1, 0.4)
        hint = f"did you mean '{near[0]}'?" if near else "see them with: posecoach list"
        raise UsageError(f"no exercise is called '{exercise}'; {hint}")
    return load_definition(path)


def _explain(location: tuple[int | str, ...], kind: str, message: str) -> str:
    """One mistake as ``key: what is wrong, and the remedy``."""
    key = ".".join(
        f"{part}" if isinstance(part, str) else str(part + 1) for part in location
    ).replace("..", ".")
    if kind == "extra_forbidden":
        known = list(_fields_at(location[:-1]))
        near = difflib.get_close_matches(str(location[-1]), known, 1, 0.5)
        known_list = ", ".join(known)
        remedy = f"did you mean '{near[0]}'?" if near else f"known here: {known_list}"
        return f"{key}: unknown key; {remedy}"
    if kind == "missing":
        return f"{key}: is missing; add it"
    message = message.removeprefix("Value error, ")
    if "no signal is called" in message:
        asked = message.split("'")[1]
        near = difflib.get_close_matches(asked, names(), 1, 0.4)
        message += f"; did you mean '{near[0]}'?" if near else ""
    return f"{key or 'file'}: {message[:1].lower()}{message[1:]}"


def _fields_at(location: tuple[int | str, ...]) -> Iterator[str]:
    """Names of the keys that the schema knows at a place."""
    model: type[BaseModel] | None = Definition
    for part in location:
        if isinstance(part, int) or model is None:
            continue
        field = model.model_fields.get(part)
        model = _model_in(field.annotation) if field is not None else None
    if model is not None:
        yield from model.model_fields


def _model_in(annotation: object) -> type[BaseModel] | None:
    """The model inside an annotation such as ``tuple[Track, ...]`` or ``Reps | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _model_in(inner)
        if found is not None:
            return found
    return None
