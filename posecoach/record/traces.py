"""Signals over the time of a clip: kept, summed up, written as a table."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan
from pathlib import Path
from statistics import median

from posecoach.record.files import write_text

_TIME_DECIMALS = 4
_DECIMALS = 5


@dataclass(frozen=True, slots=True)
class Spread:
    """What a signal did over a clip.

    Attributes:
        low: Least value; None where it was never measured.
        middle: Median.
        high: Greatest value.
        missing: Share of the frames in which it could not be measured, 0 to 1.
    """

    low: float | None
    middle: float | None
    high: float | None
    missing: float


class Traces:
    """The values of signals, frame by frame.

    Args:
        names: Full names of the signals.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.times = array("d")
        self._values = {name: array("d") for name in self.names}

    def add(self, time_s: float, readings: Mapping[str, float | None]) -> None:
        """Keep a frame's values."""
        self.times.append(time_s)
        for name, values in self._values.items():
            value = readings[name]
            values.append(nan if value is None else value)

    def of(self, name: str) -> array[float]:
        """A signal's values at :attr:`times`, NaN where it could not be measured."""
        return self._values[name]

    def only(self, names: Sequence[str]) -> Traces:
        """These signals alone; they share the values."""
        some = Traces(names)
        some.times = self.times
        some._values = {name: self._values[name] for name in names}
        return some

    def spread(self, name: str) -> Spread:
        """What a signal did."""
        seen = [value for value in self._values[name] if not isnan(value)]
        missing = 1 - len(seen) / len(self.times) if self.times else 1.0
        if not seen:
            return Spread(None, None, None, missing)
        return Spread(min(seen), median(seen), max(seen), missing)

    def write(self, target: Path) -> None:
        """Write a CSV file with a row a frame: ``time_s``, then a column for each signal.

        Raises:
            OutputError: If it cannot be written.
        """
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(["time_s", *self.names])
        rows.writerows(self._rows())
        write_text(target, text.getvalue())

    def _rows(self) -> Iterator[list[str]]:
        for i, time_s in enumerate(self.times):
            values = [self._values[name][i] for name in self.names]
            yield [
                str(round(time_s, _TIME_DECIMALS)),
                *("" if isnan(value) else str(round(value, _DECIMALS) + 0.0) for value in values),
            ]
