"""What is wrong with a definition, each with its line, its key and what would be right."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from posecoach.checkers.definition import Definition, table_problem
from posecoach.checkers.places import Place, line_of, lines_of
from posecoach.motion import names

# Python's parser takes quadratic time for long dotted keys: one of 32000 parts, which fits
# into the largest file that is read, keeps it busy for ten seconds.
_MOST_DOTS = 20
_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
_LONG_KEY = re.compile(rf"(?<![A-Za-z0-9_-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{_MOST_DOTS}}}")
_SYNTAX = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_LONGEST_KEY = 80
_MISSING = "is missing; add it"
# Pydantic speaks to programmers.
_PLAIN = {
    "model_type": "must be a table",
    "dict_type": "must be a table",
    "tuple_type": "must be a list, in square brackets",
    "string_type": "must be text, in quotes",
    "too_short": "must not be empty",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        line: From 1.
        key: Where, as ``reps.tracks.1.count``; elements of arrays count from 1. Empty
            where it is none of a key's.
        message: What is wrong and what would be right, on one line.
        column: From 1, for text that is not TOML at all.
        kind: A ``warning`` leaves the definition usable, but likely not as it was meant.
    """

    line: int
    key: str
    message: str
    column: int | None = None
    kind: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        place = f"line {self.line}"
        if self.column is not None:
            place += f", column {self.column}"
        return f"{self.key}: {self.message} ({place})" if self.key else f"{self.message} ({place})"


def parse(text: str) -> dict[str, Any] | Problem:
    """The values in a TOML document, or why it is none."""
    tangle = _LONG_KEY.search(text)
    if tangle is not None:
        line = text.count("\n", 0, tangle.start()) + 1
        return Problem(line, "", f"a key of more than {_MOST_DOTS} parts; no exercise needs that")
    try:
        return tomllib.loads(text)
    except RecursionError:
        return Problem(1, "", "is not valid TOML: nested too deeply")
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _SYNTAX.search(said)
        what = _plain(_SYNTAX.sub("", said))
        if place is None or place[1] is None:
            line, column = text.count("\n") + 1, None
            what += " before the end of the file"
        else:
            line, column = int(place[1]), int(place[2])
        return Problem(line, "", f"is not valid TOML: {what}", column)


def validate(raw: dict[str, Any], text: str) -> tuple[Definition | None, list[Problem]]:
    """The definition that the values make, and all that is wrong with them.

    Keys that are not known hide what else is wrong around them, so they are told, left
    out, and the rest is looked at again.

    Args:
        raw: What :func:`parse` gave for ``text``; unknown keys are taken out of it.
        text: For the lines.
    """
    found: dict[Place, tuple[str, str]] = {}
    definition = None
    while True:
        try:
            definition = Definition.model_validate(raw)
            break
        except ValidationError as error:
            mistakes = error.errors(include_url=False, include_input=False, include_context=False)
        for mistake in mistakes:
            # A list whose elements are wrong is called empty as well.
            if mistake["type"] == "too_short" and _holds_mistakes(mistake["loc"], mistakes):
                continue
            found.setdefault(mistake["loc"], (mistake["type"], mistake["msg"]))
        unknown = [m["loc"] for m in mistakes if m["type"] == "extra_forbidden"]
        for place in unknown:
            _drop(raw, place)
        if not unknown:
            break
    if () not in found and definition is None:
        problem = table_problem(raw.get("kind"), raw)
        if problem is not None:
            found[()] = ("value_error", problem)
    lines = lines_of(text) if found else {}
    problems = [
        Problem(line_of(place, lines), *explain(place, kind, message))
        for place, (kind, message) in found.items()
    ]
    # What is missing has no line of its own, and says less than what is there.
    problems.sort(key=lambda problem: (problem.line, problem.message == _MISSING))
    return (None if problems else definition), problems


def key_of(place: Place) -> str:
    """A place as people write it: dots between keys, elements counted from 1."""
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
    return _plain(key)[:_LONGEST_KEY]


def explain(place: Place, kind: str, message: str) -> tuple[str, str]:
    """A mistake that pydantic found, as its key and what would be right.

    Args:
        place: Where.
        kind: Pydantic's name for it.
        message: Pydantic's words for it.
    """
    key = key_of(place) or "file"
    if kind == "extra_forbidden":
        known = list(_fields_at(place[:-1]))
        near = difflib.get_close_matches(str(place[-1]), known, 1, 0.5)
        known_list = ", ".join(known)
        remedy = f"did you mean '{near[0]}'?" if near else f"known here: {known_list}"
        return key, f"unknown key; {remedy}"
    if kind == "missing":
        return key, _MISSING
    message = _PLAIN.get(kind, message.removeprefix("Value error, "))
    if kind == "string_pattern_mismatch":
        message += ": small letters, digits and underscores"
    if "no signal is called" in message:
        asked = message.split("'")[1]
        near = difflib.get_close_matches(asked, names(), 1, 0.4)
        message += f"; did you mean '{near[0]}'?" if near else ""
    return key, _plain(f"{message[:1].lower()}{message[1:]}")


def _plain(text: str) -> str:
    """Text of a stranger's file, without what would move the terminal's cursor."""
    return "".join(c if c.isprintable() else "?" for c in text)


def _holds_mistakes(place: Place, mistakes: list[ErrorDetails]) -> bool:
    """Whether anything inside a place is wrong."""
    return any(len(m["loc"]) > len(place) and m["loc"][: len(place)] == place for m in mistakes)


def _drop(raw: dict[str, Any], place: Place) -> None:
    """Take a key out of nested values."""
    at: Any = raw
    for part in place[:-1]:
        at = at[part]
    del at[place[-1]]


def _fields_at(location: Place) -> Iterator[str]:
    """Names of the keys that the schema knows at a place."""
    model: type[BaseModel] | None = Definition
    for part in location:
        if isinstance(part, int) or model is None:
            continue
        field = model.model_fields.get(part)
        # In a dictionary the key's own name is part of the place, and no field.
        model = model_in(field.annotation) if field is not None else model
    if model is not None:
        yield from model.model_fields


def model_in(annotation: object) -> type[BaseModel] | None:
    """The model inside an annotation such as ``tuple[Track, ...]`` or ``Reps | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = model_in(inner)
        if found is not None:
            return found
    return None
