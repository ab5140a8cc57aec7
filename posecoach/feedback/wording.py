"""Everything posecoach says, by id, from one catalogue for each language.

A catalogue is ``words/<language>.toml``: a table for each id with ``say`` (short, in
the imperative), and for cues and faults also ``tone`` and ``explain``. English is complete
and alone has ``tone``; whatever another language lacks is said in English. A definition may
bring words of its own for its ids, which go before every catalogue's.
"""

from __future__ import annotations

import locale
import os
import re
import sys
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from posecoach.checkers import Word

Tone = Literal["fix", "info", "praise", "label"]
"""``fix`` something being done wrong, ``info``, ``praise``, or a ``label`` on the screen."""

LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "pt": "Português",
}
"""The languages there are words in, each by its own name."""

_ENGLISH = "en"


class Wording(BaseModel):
    """How one id is worded.

    Attributes:
        say: The short form: shown in large letters, spoken in passing.
        tone: What kind of thing it says.
        explain: One or two sentences for reports and descriptions; empty for labels.
        one: Of a number of things, the form for a single one; empty where there is none.
        within: The short form within a sentence; empty for :attr:`say` with a small letter.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    say: str = Field(min_length=1)
    tone: Tone = "label"
    explain: str = ""
    one: str = ""
    within: str = ""


class _Use:
    """The language in use. One for the process, as the person in front of it is one."""

    language = _ENGLISH


def use_language(language: str | None) -> str:
    """Say everything in this language from now on; None takes the system's.

    Returns:
        The language in use: English where there are no words in the one that was asked for.
    """
    wanted = language or system_language()
    _Use.language = wanted if wanted in LANGUAGES else _ENGLISH
    return _Use.language


def language_in_use() -> str:
    """Two letters."""
    return _Use.language


def system_language() -> str:
    """The system's language as two letters; English where it cannot be known."""
    # The order in which gettext asks; of several languages in LANGUAGE the first counts.
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return _two_letters(value)
    if sys.platform == "win32":
        import ctypes

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return _two_letters(locale.windows_locale.get(number, ""))
    return _two_letters(locale.getlocale()[0] or "")


def _two_letters(name: str) -> str:
    """Of a locale's name, as in ``de_CH.UTF-8``, ``fr:en`` or ``C``."""
    letters = re.split(r"[^A-Za-z]", name)[0].lower()
    return letters if len(letters) == 2 else _ENGLISH


@lru_cache(maxsize=len(LANGUAGES))
def own_words(language: str) -> Mapping[str, Mapping[str, str]]:
    """What a language's own file has, without what it takes from English."""
    file = resources.files("posecoach.feedback") / "words" / f"{language}.toml"
    return TypeAdapter(dict[str, dict[str, str]]).validate_python(
        tomllib.loads(file.read_text(encoding="utf-8"))
    )


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str | None = None) -> Mapping[str, Wording]:
    """All wordings of a language, by id, with English ones where it has none.

    Args:
        language: None takes the one in use.
    """
    if language is None:
        return catalogue(_Use.language)
    english, own = own_words(_ENGLISH), own_words(language)
    known: dict[str, Wording] = {}
    for cue in english.keys() | own.keys():
        first = english.get(cue, {})
        # Half in one language and half in another would be worse than all in English.
        second = own.get(cue) if "say" in own.get(cue, {}) else None
        words = dict(second or first)
        if second is not None and first.get("explain") and "explain" not in second:
            words["explain"] = first["explain"]
        words["tone"] = first.get("tone", words.get("tone", "label"))
        known[cue] = Wording.model_validate(words)
    return known


def missing(language: str) -> list[str]:
    """What a language says in English for want of words of its own, as ``id.key``."""
    own = own_words(language)
    return [
        f"{cue}.{key}"
        for cue, words in own_words(_ENGLISH).items()
        for key in words
        if key not in ("tone", "within") and key not in own.get(cue, {})
    ]


def known_ids() -> frozenset[str]:
    """Every id that has a wording."""
    return frozenset(own_words(_ENGLISH))


def wording_of(
    cue: str,
    own: Mapping[str, Word] | None = None,
    *,
    language: str | None = None,
    strict: bool = False,
) -> Wording:
    """The wording of an id.

    Args:
        cue: Id of a cue, a fault or a label.
        own: The exercise's own words, in whatever language it has them.
        language: None takes the one in use.
        strict: For tests: raise instead of falling back. In a session a missing wording
            must not end the workout, so the id itself is shown, without underscores.

    Raises:
        KeyError: If ``strict`` and the catalogue has no such id.
    """
    mine = (own or {}).get(cue)
    if mine is not None:
        return Wording(say=mine.say, tone=mine.tone, explain=mine.explain)
    known = catalogue(language or _Use.language).get(cue)
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


def within(cue: str, own: Mapping[str, Word] | None = None, /, **values: object) -> str:
    """The short form of an id as it stands within a sentence; see :func:`wording_of`."""
    known = wording_of(cue, own)
    if known.within:
        return known.within.format(**values)
    said = known.say.format(**values)
    # German nouns keep their capital, and many of its phrases begin with one.
    return said if _Use.language == "de" else said[:1].lower() + said[1:]


def counted(cue: str, count: int, **values: object) -> str:
    """A number of things, in the singular where the language has it."""
    known = wording_of(cue)
    # French counts nothing in the singular, too.
    single = count in (0, 1) if _Use.language == "fr" else count == 1
    return (known.one if single and known.one else known.say).format(n=count, **values)


def number(value: int) -> str:
    """A number as it is counted aloud: in words where the catalogue has them."""
    words = phrase("numbers").split(", ")
    return words[value - 1] if 1 <= value <= len(words) else str(value)


def explanation(
    cue: str,
    own: Mapping[str, Word] | None = None,
    *,
    language: str | None = None,
    strict: bool = False,
) -> str:
    """The long form of an id, or the short one where there is no long one.

    See :func:`wording_of` for ``own``, ``language``, ``strict`` and what is raised.
    """
    known = wording_of(cue, own, language=language, strict=strict)
    return known.explain or known.say


def name_of(kind: Literal["exercise", "program"], name_id: str, name: str) -> str:
    """The name of an exercise or program in the language in use, or else its own.

    The catalogue translates names of what ships; an exercise of one's own keeps its name, also
    under an id that ships.

    Args:
        kind: Which of the two.
        name_id: Its id.
        name: What its definition calls it.
    """
    cue = f"{kind}_{name_id}"
    shipped = own_words(_ENGLISH).get(cue)
    return wording_of(cue).say if shipped is not None and shipped["say"] == name else name
