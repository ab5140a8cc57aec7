"""The words of reports: ``words/report/<language>.toml``, and behind them the catalogues.

They are apart from what is shown and said in a session, which need not wait for them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from posecoach.checkers import Definition
from posecoach.feedback.wording import (
    LANGUAGES,
    counted,
    language_in_use,
    name_of,
    phrase,
    within,
    wording_of,
)

_ENGLISH = "en"
_PLAIN_UNITS = {"cm": "cm", "s": "s", "deg": "°", "px": "px", "share": ""}


@lru_cache(maxsize=len(LANGUAGES))
def report_phrases(language: str) -> Mapping[str, str]:
    """All phrases of reports in a language, by key."""
    file = resources.files("posecoach.feedback") / "words" / "report" / f"{language}.toml"
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    return {key: str(text) for key, text in found.items()}


class ReportWords:
    """The words of a report in the language in use: the ``Words`` that a report asks for.

    Args:
        known: Definitions by id, for the words that they bring themselves.
    """

    def __init__(self, known: Mapping[str, Definition]) -> None:
        self._known = known
        self.language = language_in_use()

    def _own(self, key: str) -> str | None:
        phrases = report_phrases(self.language)
        return phrases.get(key) or report_phrases(_ENGLISH).get(key)

    def say(self, key: str, **values: object) -> str:
        """A phrase, with ``values`` in its braces."""
        own = self._own(key)
        return wording_of(key).say.format(**values) if own is None else own.format(**values)

    def count(self, what: str, n: int) -> str:
        """A number of things."""
        if self._own(what) is None:
            return counted(what, n)
        single = n in (0, 1) if self.language == "fr" else n == 1
        return self.say(f"{what}_one" if single else what, n=n)

    def exercise(self, exercise: str, name: str) -> str:
        """What an exercise is called."""
        return name_of("exercise", exercise, name)

    def program(self, program: str, name: str) -> str:
        """What a program is called."""
        return name_of("program", program, name)

    def side(self, side: str) -> str:
        """``Left leg`` ..."""
        return phrase(f"side_{side}")

    def side_within(self, side: str) -> str:
        """``left leg`` ..."""
        return within(f"side_{side}")

    def fault(self, exercise: str, fault: str) -> str:
        """What is wrong, as a short instruction."""
        definition = self._known.get(exercise)
        return wording_of(fault, None if definition is None else definition.words).say

    def metric(self, metric: str) -> str:
        """What a metric is called, without its unit."""
        return self._own(f"metric_{metric}") or _plain(_without_unit(metric))

    def signal(self, base: str) -> str:
        """What a signal is called."""
        return self._own(f"signal_{base}") or _plain(base)

    def unit(self, unit: str) -> str:
        """A unit as it stands behind a number, or empty."""
        if unit in _PLAIN_UNITS:
            return _PLAIN_UNITS[unit]
        return self._own(f"unit_{unit}") or self._own(f"unit_per_{unit.replace('/', '_')}") or unit


def _without_unit(metric: str) -> str:
    name, _, unit = metric.rpartition("_")
    return name if unit in {*_PLAIN_UNITS, "leg", "foot", "min"} else metric


def _plain(name: str) -> str:
    return name.replace("_", " ").strip().capitalize() or "?"
