"""What was measured of a rep, hold or try: which metric is the main one, and its unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

TIMES = ("up_s", "top_s", "held_s", "down_s", "rep_s", "circle_s", "roll_s", "beat_late_s")
"""Metrics that tell how long something took, in the order of a movement."""

# Of several angles and distances, the one that tells how far it went.
_FIRST = ("heel_lift_cm", "leg_raise_deg", "reach_share")
_COUNTS = ("steps", "rolls")
# What tells how something was done, not how far it went.
_BESIDES = (*TIMES, *_COUNTS, "knee_drop_deg", "lean_deg", "left_share")


class Measured(Protocol):
    """Something with metrics: a rep, a hold, an attempt."""

    @property
    def metrics(self) -> Mapping[str, float]:
        """Values by name."""
        ...


@dataclass(frozen=True, slots=True)
class Measure:
    """A measured value.

    Attributes:
        metric: Its name, such as ``heel_lift_cm``.
        value: In :attr:`unit`.
        unit: ``cm``, ``deg``, ``s``, ``share`` ...
    """

    metric: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Tempo:
    """How long the parts of a rep took, in seconds; None for what was not measured."""

    up_s: float | None = None
    hold_s: float | None = None
    down_s: float | None = None


def unit_of(metric: str) -> str:
    """The unit in a metric's name: ``cm`` of ``heel_lift_cm``; empty for a plain number."""
    last = metric.rpartition("_")[2]
    return last if last in ("cm", "deg", "s", "share", "leg", "foot", "min") else ""


def main_metric(parts: Iterable[Measured]) -> str | None:
    """The name of the metric that tells how far movements went; None where there is none."""
    names = list(dict.fromkeys(name for part in parts for name in part.metrics))
    for name in (*_FIRST, *(n for n in names if n not in _BESIDES)):
        if name in names:
            return name
    return None


def main_measure(measured: Measured) -> Measure | None:
    """How far a movement went: heel lift, range or angle; None where there is no such metric."""
    name = main_metric([measured])
    return None if name is None else Measure(name, measured.metrics[name], unit_of(name))
