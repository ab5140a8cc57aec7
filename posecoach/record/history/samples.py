"""The main signals of a set while it is done, sampled for its traces."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import nan

from posecoach.checkers import Definition
from posecoach.motion import parse
from posecoach.record.history.trace import LEVEL, MAX_HZ, MAX_VALUES, Trace, Traces, pack
from posecoach.session import Session

MAX_SIGNALS = 6
_SLACK_S = 0.002


class Samples:
    """What a session shows over time, at most :data:`.trace.MAX_HZ` times a second.

    Args:
        session: Shows it.
        most: So many are taken; what comes then is left out. Somebody may forget to quit.
    """

    def __init__(self, session: Session, most: int = MAX_VALUES) -> None:
        self._session = session
        self._most = most
        self._signals = main_signals(session.definition, session.signals)
        self._times = array("f")
        self._values = [array("f") for _ in range(len(self._signals) + 1)]
        self._last_s = -1.0

    def __len__(self) -> int:
        return len(self._times)

    def take(self, time_s: float) -> None:
        """Take a frame, after the session has; one that it did not look at is left out."""
        due = time_s - self._last_s >= 1 / MAX_HZ - _SLACK_S
        snapshot = self._session.snapshot
        if not due or snapshot.time_s != time_s or len(self._times) >= self._most:
            return
        self._last_s = time_s
        readings = self._session.readings
        sample = (snapshot.level, *(readings[name] for name in self._signals))
        self._times.append(time_s)
        for values, value in zip(self._values, sample, strict=True):
            values.append(nan if value is None else value)

    def traces(self, first: int = 0) -> Traces:
        """All samples from number ``first`` on; empty where there are none."""
        if len(self._times) <= first:
            return Traces()
        units = ["share", *(parse(name)[0].unit for name in self._signals)]
        named = zip((LEVEL, *self._signals), units, self._values, strict=True)
        return Traces(
            pack(self._times[first:]),
            tuple(Trace(name, unit, pack(values[first:])) for name, unit, values in named),
        )


def main_signals(definition: Definition, measured: Sequence[str]) -> list[str]:
    """Which of the measured signals tell most of an exercise, at most :data:`MAX_SIGNALS`.

    Of reps those in which they are found, of a walk the one that must stay up, of a hold those
    that become its metrics or make its position, of circles the first that are measured.
    """
    wanted: list[str] = []
    if definition.reps is not None:
        wanted = [track.signal for track in definition.reps.tracks]
    elif definition.walk is not None:
        wanted = [definition.walk.signal]
    elif definition.hold is not None:
        hold = definition.hold
        wanted = [*hold.metrics.values(), *(each.signal for each in hold.position)]
    bases = list(dict.fromkeys(name.partition(".")[0] for name in wanted))
    found = [name for base in bases for name in measured if name.partition(".")[0] == base]
    return (found or list(measured))[:MAX_SIGNALS]
