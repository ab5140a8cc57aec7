"""What healthy people do in the heel-raise test, by age and sex. General facts, no diagnosis.

Sources:
    K. Hébert-Losier, C. Wessman, M. Alricsson, U. Svantesson, "Updated reliability and
    normative values for the standing heel-rise test in healthy adults", Physiotherapy 103
    (2017) 446-452: 566 people of 20 to 81 years, on one leg, 60 beats a minute, standing on a
    slope of 10 degrees.

    T. S. O. Sleeswijk Visser, S. O'Neill, K. Hébert-Losier, D. Eygendaal, R.-J. de Vos,
    "Normative values for calf muscle strength-endurance in the general population assessed
    with the Calf Raise Application", Brazilian Journal of Physical Therapy (2025): 500
    people, the same test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Sex = Literal["f", "m"]

NORM_SOURCE = "Hébert-Losier et al. 2017, Physiotherapy 103:446-452"
HEIGHT_SOURCE = "Sleeswijk Visser et al. 2025, Braz J Phys Ther"

_DECADE = 10
# Median reps of a leg by the decade's first year: men, women (Hébert-Losier 2017).
_REPS: dict[int, tuple[int, int]] = {
    20: (37, 30),
    30: (32, 27),
    40: (28, 24),
    50: (23, 21),
    60: (19, 19),
    70: (14, 16),
}
MEDIAN_REPS = (25, 24)
"""Median reps of 500 adults of all ages: dominant leg, other leg (Sleeswijk Visser 2025)."""
MEDIAN_HEIGHT_CM = (9.3, 9.6)
"""Their median peak heights, at a mark below the ankle bone; a heel itself rises higher."""
NORM_BEAT = 60.0
"""Beats a minute in both studies."""
RETEST_REPS = 6
"""By so many reps the same leg differs from one week to the next without any reason: 95 % of
differences are within -6.2 and 6.5 (Hébert-Losier 2017, 32 people)."""


@dataclass(frozen=True, slots=True)
class Norm:
    """The median of healthy people of one sex and decade.

    Attributes:
        sex: Of them.
        from_age: Youngest, in years.
        to_age: Oldest, in years.
        reps: Half of them did more than this, half fewer.
    """

    sex: Sex
    from_age: int
    to_age: int
    reps: int

    def percent(self, reps: int) -> int:
        """Some reps in percent of the median."""
        return round(100 * reps / self.reps)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who was tested, and how: all that a norm depends on.

    Attributes:
        age: In years, or None where it was not given.
        sex: Or None where it was not given.
        beat: Beats a minute.
    """

    age: int | None = None
    sex: Sex | None = None
    beat: float = NORM_BEAT

    @property
    def norm(self) -> Norm | None:
        """What to compare with, or None; see :attr:`no_norm`."""
        if self.no_norm or self.age is None or self.sex is None:
            return None
        return norm_of(self.age, self.sex)

    @property
    def no_norm(self) -> str:
        """Wording id of why there is no norm; empty if there is one."""
        if self.beat != NORM_BEAT:
            return "norm_other_beat"
        if self.age is None or self.sex is None:
            return "norm_not_asked"
        return "" if norm_of(self.age, self.sex) is not None else "norm_no_age"


def norm_of(age: int, sex: Sex) -> Norm | None:
    """The norm for an age in years, or None where the source has none: under 20, over 79."""
    decade = age // _DECADE * _DECADE
    reps = _REPS.get(decade)
    if reps is None:
        return None
    return Norm(sex, decade, decade + _DECADE - 1, reps[0 if sex == "m" else 1])
