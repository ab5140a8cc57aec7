"""The heel-raise test in words: what came of a leg, of both, and beside the norm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from posecoach.feedback.wording import counted, phrase, within
from posecoach.session.heel_raise_leg import LegResult, symmetry
from posecoach.session.norms import NORM_SOURCE, RETEST_REPS, Subject

_SAME = 0.05
"""A drop of less than a twentieth is none: lifts are measured to 0.6 cm (docs/accuracy.md)."""


@dataclass(frozen=True, slots=True)
class ResultWords:
    """A whole result in words.

    Attributes:
        legs: A line for each leg.
        both: Both legs beside each other; empty unless both did a raise.
        norm: The norm, and each leg in percent of it; or how to get one.
        notes: What to keep in mind: where the norm is from, how much it says, and that this
            is no diagnosis, which comes last.
    """

    legs: tuple[str, ...]
    both: str
    norm: str
    notes: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """All, for a terminal."""
        return tuple(line for line in (*self.legs, self.both, self.norm, *self.notes) if line)


def words_of(results: Sequence[LegResult], subject: Subject) -> ResultWords:
    """A result in words.

    Example:
        ``Left leg: 24 reps, highest 9.1 cm, 18 % lower at the end. Height lost twice in a row``
    """
    notes = [phrase("norm_spread", reps=RETEST_REPS)]
    if subject.norm is not None:
        notes.insert(0, phrase("norm_source", source=NORM_SOURCE))
    notes.append(phrase("not_a_diagnosis"))
    return ResultWords(
        tuple(
            f"{phrase(f'side_{result.side}')}: {done(result)}. {phrase(f'end_{result.end}')}"
            for result in results
        ),
        both_words(results),
        norm_words(results, subject),
        tuple(notes),
    )


def done(result: LegResult) -> str:
    """A leg's reps and heights."""
    parts = [counted("n_reps", result.reps), *heights(result)]
    return ", ".join([parts[0], *(part[:1].lower() + part[1:] for part in parts[1:])])


def heights(result: LegResult) -> list[str]:
    """A leg's highest raise, and how the last ones were beside the first; empty without any."""
    if result.best_cm is None:
        return []
    found = [phrase("leg_highest", cm=f"{result.best_cm:.1f}")]
    if result.drop is not None:
        lower = result.drop >= _SAME
        percent = round(100 * result.drop)
        found.append(phrase("leg_lower", percent=percent) if lower else phrase("leg_as_high"))
    return found


def both_words(results: Sequence[LegResult]) -> str:
    """The weaker leg beside the other one; empty unless both did a raise."""
    by_side = {result.side: result for result in results}
    if len(by_side) < 2:
        return ""
    both = symmetry(by_side["left"], by_side["right"])
    return "" if both is None else phrase("symmetry_weaker", reps=both.reps, total=both.total)


def norm_words(results: Sequence[LegResult], subject: Subject) -> str:
    """The norm and each leg's share of it; without a norm, why there is none.

    A leg that has done nothing, or never began, is not put beside it.
    """
    norm = subject.norm
    if norm is None:
        return phrase(subject.no_norm)
    cue = "norm_men" if norm.sex == "m" else "norm_women"
    known = phrase(cue, from_age=norm.from_age, to_age=norm.to_age, reps=norm.reps)
    shares = [f"{within(f'side_{r.side}')} {norm.percent(r.reps)} %" for r in results if r.reps]
    return f"{known}; {phrase('norm_shares', shares=', '.join(shares))}" if shares else known
