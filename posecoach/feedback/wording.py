"""Everything posecoach says, by id, from one catalogue for each language.

A catalogue is ``words/<language>.toml``: a table for each id with ``say`` (short, in
the imperative), and for cues and faults also ``tone`` and ``explain``. A definition may
bring words of its own for its ids, which go before the catalogue's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from posecoach.checkers import Word

Tone = Literal["fix", "info", "praise", "label"]
"""``fix`` something being done wrong, ``info``, ``praise``, or a ``label`` on the screen."""


class Wording(BaseModel):
    """How one id is worded.

    Attributes:
        say: The short form: shown in large letters, spoken in passing.
        tone: What kind of thing it says.
        explain: One or two sentences for reports and descriptions; empty for labels.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    say: str = Field(min_length=1)
    tone: Tone = "label"
    explain: str = ""


@lru_cache(maxsize=4)
def catalogue(language: str = "en") -> Mapping[str, Wording]:
    """All wordings of a language, by id."""
    file = resources.files("posecoach.feedback") / "words" / f"{language}.toml"
    return TypeAdapter(dict[str, Wording]).validate_python(
        tomllib.loads(file.read_text(encoding="utf-8"))
    )


def known_ids() -> frozenset[str]:
    """Every id that has a wording."""
    return frozenset(catalogue())


def wording_of(cue: str, own: Mapping[str, Word] | None = None, *, strict: bool = False) -> Wording:
    """The wording of an id.

    Args:
        cue: Id of a cue, a fault or a label.
        own: The exercise's own words.
        strict: For tests: raise instead of falling back. In a session a missing wording
            must not end the workout, so the id itself is shown, without underscores.

    Raises:
        KeyError: If ``strict`` and the catalogue has no such id.
    """
    mine = (own or {}).get(cue)
    if mine is not None:
        return Wording(say=mine.say, tone=mine.tone, explain=mine.explain)
    known = catalogue().get(cue)
    if known is not None:
        return known
    if strict:
        raise KeyError(f"no wording for {cue!r}: add [{cue}] to feedback/words/en.toml")
    return Wording(say=cue.replace("_", " ").strip().capitalize() or "?", tone="info")


def phrase(
    cue: str,
    own: Mapping[str, Word] | None = None,
    /,
    *,
    strict: bool = False,
    **values: object,
) -> str:
    """The short form of an id, with ``values`` put into its braces.

    See :func:`wording_of` for ``own``, ``strict`` and what is raised.
    """
    return wording_of(cue, own, strict=strict).say.format(**values)


def explanation(cue: str, own: Mapping[str, Word] | None = None, *, strict: bool = False) -> str:
    """The long form of an id, or the short one where there is no long one.

    See :func:`wording_of` for ``own``, ``strict`` and what is raised.
    """
    known = wording_of(cue, own, strict=strict)
    return known.explain or known.say
