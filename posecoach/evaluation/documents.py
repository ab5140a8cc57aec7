"""Reading files that people write, and telling them in one line what is wrong with one."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from posecoach.errors import PosecoachError

_Model = TypeVar("_Model", bound=BaseModel)
_PARSERS: dict[str, Callable[[str], Any]] = {"JSON": json.loads, "TOML": tomllib.loads}
_TOLD = 3


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("holds a control character")
    return text


Name = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_printable)]
"""Text that may be printed: it moves no terminal's cursor."""


class LabelError(PosecoachError):
    """Labels or notes that cannot be used; the message names file, entry and key."""


def read_document(path: Path, form: Literal["JSON", "TOML"], model: type[_Model]) -> _Model:
    """Read and check a file.

    Args:
        path: The file.
        form: What it is written in.
        model: What it must hold; what is in a list ``clips`` is called an entry.

    Raises:
        LabelError: If it cannot be read or something in it is wrong; the message names the
            file and, for the first mistakes, the entry, the key and what is wrong.
    """
    try:
        raw = _PARSERS[form](path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise LabelError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    except UnicodeDecodeError:
        raise LabelError(f"{path}: is not UTF-8 text; save it as UTF-8") from None
    except (ValueError, RecursionError) as error:
        # Both kinds of syntax error are ValueErrors, and so is a number of 5000 digits.
        raise LabelError(f"{path}: is not valid {form}: {error}") from None
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        found = error.errors()
        problems = [_explain(raw, each["loc"], each["msg"]) for each in found[:_TOLD]]
        if len(found) > _TOLD:
            problems.append(f"and {len(found) - _TOLD} more")
        raise LabelError(f"{path}: {'; '.join(problems)}") from None


def _explain(raw: Any, location: tuple[int | str, ...], message: str) -> str:
    """One mistake as ``entry 3 (clip.mp4), truth.reps[2].side: what is wrong``."""
    message = message.removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    entry = ""
    if location[:1] == ("clips",) and len(location) > 1 and isinstance(location[1], int):
        given = raw["clips"][location[1]]
        name = given.get("clip") if isinstance(given, dict) else None
        plain = isinstance(name, str) and name and name.isprintable()
        entry = f"entry {location[1] + 1}" + (f" ({name})" if plain else "")
        location = location[2:]
    key = ""
    for part in location:
        # People count from one, and so do the entries.
        key += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if key else part
    where = ", ".join(part for part in (entry, key) if part)
    return f"{where}: {message}" if where else message
