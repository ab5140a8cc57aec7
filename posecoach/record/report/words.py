"""The words of a report, which this room does not have itself."""

from __future__ import annotations

from typing import Protocol

from posecoach.record.history.metrics import unit_of


class Words(Protocol):
    """Says things in one language; :mod:`posecoach.feedback.report_words` does."""

    @property
    def language(self) -> str:
        """Two letters."""
        ...

    def say(self, key: str, **values: object) -> str:
        """A phrase, with ``values`` in its braces."""
        ...

    def count(self, what: str, n: int) -> str:
        """A number of things: ``n_reps``, ``n_sets`` ..."""
        ...

    def exercise(self, exercise: str, name: str) -> str:
        """What an exercise is called."""
        ...

    def program(self, program: str, name: str) -> str:
        """What a program is called."""
        ...

    def side(self, side: str) -> str:
        """``Left leg`` ..."""
        ...

    def side_within(self, side: str) -> str:
        """The same within a sentence: ``left leg`` ..."""
        ...

    def fault(self, exercise: str, fault: str) -> str:
        """What is wrong, as a short instruction."""
        ...

    def metric(self, metric: str) -> str:
        """What a metric is called, without its unit."""
        ...

    def signal(self, base: str) -> str:
        """What a signal is called; ``base`` is its name without a side."""
        ...

    def unit(self, unit: str) -> str:
        """A unit as it stands behind a number, or empty."""
        ...


# So many decimals are what a camera tells: millimetres of a lift, degrees, a tenth of a second.
_DECIMALS = {"cm": 1, "deg": 0, "s": 1, "share": 2, "leg": 3, "foot": 3, "min": 0}
_HUGE = 1e5
_MANY_S = 600


def number(value: float, unit: str = "") -> str:
    """A number with as many decimals as its unit has a use for."""
    if abs(value) >= _HUGE:
        return f"{value:.3g}"
    decimals = 0 if not unit and value == int(value) else _DECIMALS.get(unit, 2)
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


def with_unit(words: Words, value: float, unit: str) -> str:
    """A number and its unit: ``6.9 cm``, ``88°``."""
    name = words.unit(unit)
    if not name:
        return number(value, unit)
    return f"{number(value, unit)}{'' if name.startswith('°') else ' '}{name}"


def measured(words: Words, metric: str, value: float) -> str:
    """A metric's value and its unit."""
    return with_unit(words, value, unit_of(metric))


def held_for(words: Words, seconds: float) -> str:
    """So much time held: in seconds, or in minutes where it is many."""
    if seconds < _MANY_S:
        return words.say("held", seconds=number(seconds, "s"))
    return words.say("held_min", minutes=round(seconds / 60))


def clock(seconds: float) -> str:
    """Minutes and seconds: ``1:05``."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
