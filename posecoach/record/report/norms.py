"""What is usual, for exercises of which somebody has measured it. No diagnosis."""

from __future__ import annotations

from posecoach.record.report.chart import Norm
from posecoach.record.report.words import Words
from posecoach.session.norms import HEIGHT_SOURCE, MEDIAN_HEIGHT_CM

_LEG_RAISE_DEG = (80.0, 90.0)
"""What a straight leg is usually raised to, lying on the back; the practical normal of clinics."""


def norms_of(words: Words, exercise: str, metric: str | None, *, lone: bool) -> list[Norm]:
    """The norms for an exercise's main metric.

    Args:
        words: Of the report.
        exercise: Its id.
        metric: Its main metric.
        lone: Whether all of it was done on one leg at a time: heel raises were measured so.
    """
    if (exercise, metric) == ("leg_up_towel", "leg_raise_deg"):
        low, high = _LEG_RAISE_DEG
        text = words.say("norm_leg_raise", low=f"{low:.0f}", high=f"{high:.0f}")
        return [Norm(low, high, text)]
    if metric == "heel_lift_cm" and exercise.startswith("heel_raise") and lone:
        low, high = MEDIAN_HEIGHT_CM
        told = words.say("norm_heel_lift", low=low, high=high, source=HEIGHT_SOURCE)
        return [Norm(low, high, told)]
    return []
