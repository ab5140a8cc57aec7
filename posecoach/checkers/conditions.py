"""Whether what must be so is so, with hysteresis, and what to say when it is not."""

from __future__ import annotations

from collections.abc import Iterable

from posecoach.checkers.parts import Condition
from posecoach.motion import Readings
from posecoach.motion import parse as parse_signal
from posecoach.pose import SIDES, Side


def resolve(name: str, side: Side) -> str:
    """The full signal name meant by ``name`` when ``side`` is counted.

    A sided signal without a side means the side counted; ``.other`` means the other one.
    """
    base, _, suffix = name.partition(".")
    if suffix == "other":
        return f"{base}.{'right' if side == 'left' else 'left'}"
    if suffix in SIDES:
        return name
    try:
        parse_signal(base)
    except KeyError:
        return f"{base}.{side}"
    return base


class Checks:
    """A list of conditions with their hysteresis, for one side.

    Args:
        conditions: All must hold.
        side: The side that unsided names mean.
    """

    def __init__(self, conditions: Iterable[Condition], side: Side = "left") -> None:
        self._conditions = [(c, resolve(c.signal, side)) for c in conditions]
        self._held = [False] * len(self._conditions)

    @property
    def signals(self) -> list[str]:
        """Full names of the signals that must be measured."""
        return [name for _, name in self._conditions]

    @property
    def met(self) -> float:
        """Share of the conditions that were so at the last look."""
        return sum(self._held) / max(1, len(self._held))

    def failing(self, readings: Readings) -> str | None:
        """Cue id of the first condition that is not so, or None when all are.

        A signal that cannot be measured fails its condition.
        """
        first = None
        for i, (condition, name) in enumerate(self._conditions):
            value = readings[name]
            slack = condition.slack if self._held[i] else 0.0
            good = value is not None
            if value is not None and condition.above is not None:
                good = value > condition.above - slack
            if value is not None and condition.below is not None:
                good = good and value < condition.below + slack
            self._held[i] = good
            if not good and first is None:
                first = condition.why
        return first
