"""Signals over the time of a set, kept small."""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

MAX_HZ = 15.0
"""Samples a second at most: the quickest rep of the labelled clips (0.67 s) has ten."""
MAX_VALUES = 15 * 3600 * 4
"""Values of a signal at most, four hours of them: what claims to hold more is no trace."""
LEVEL = "level"
"""The trace of how far a movement was, in shares of its full range, 0 at rest."""
_ITEM = 4
_DEFLATE = 6


class TraceError(ValueError):
    """The bytes are no trace."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One signal of a set.

    Attributes:
        name: Full name of the signal (``body_rise``, ``heel_lift.left``; ``posecoach
            signals`` lists them), or :data:`LEVEL`.
        unit: ``leg`` (leg lengths), ``deg``, ``share``, ``foot`` (foot lengths), ``foot/s``,
            ``px``.
        packed: The values; see :func:`pack`.
    """

    __pydantic_config__: ClassVar = {
        "extra": "forbid",
        "ser_json_bytes": "base64",
        "val_json_bytes": "base64",
    }
    name: str
    unit: str
    packed: bytes

    @property
    def values(self) -> array[float]:
        """A value for each of the set's times; NaN where it could not be measured.

        Raises:
            TraceError: If the bytes are none.
        """
        return unpack(self.packed)


@dataclass(frozen=True, slots=True)
class Traces:
    """The main signals of a set, sampled at the same times.

    Attributes:
        packed_times: See :func:`pack`.
        signals: One for each signal, ``level`` first.
    """

    __pydantic_config__: ClassVar = Trace.__pydantic_config__
    packed_times: bytes = b""
    signals: tuple[Trace, ...] = ()

    @property
    def times_s(self) -> array[float]:
        """Seconds of the session, rising, at most :data:`MAX_HZ` a second.

        Raises:
            TraceError: If the bytes are none.
        """
        return unpack(self.packed_times)


def pack(values: Iterable[float]) -> bytes:
    """Values as little-endian 32-bit floats, deflated (zlib); nothing for no values."""
    numbers = array("f", values)
    if not numbers:
        return b""
    if sys.byteorder == "big":
        numbers.byteswap()
    return zlib.compress(numbers.tobytes(), _DEFLATE)


def unpack(packed: bytes) -> array[float]:
    """The values that :func:`pack` made these bytes of.

    Raises:
        TraceError: If it did not, or if they would be more than :data:`MAX_VALUES`.
    """
    numbers = array("f")
    if not packed:
        return numbers
    inflating = zlib.decompressobj()
    try:
        data = inflating.decompress(packed, MAX_VALUES * _ITEM + 1)
    except zlib.error as error:
        raise TraceError("a trace is damaged") from error
    if not inflating.eof or inflating.unused_data or len(data) % _ITEM:
        raise TraceError("a trace is damaged, or too long")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def joined(parts: Iterable[Traces]) -> Traces:
    """Traces of one set that follow each other, as one.

    Raises:
        TraceError: If one of them is damaged.
    """
    some = [part for part in parts if part.packed_times]
    if len(some) < 2:
        return some[0] if some else Traces()
    times = array("f")
    values: dict[tuple[str, str], array[float]] = {}
    for part in some:
        before = len(times)
        times.extend(part.times_s)
        for trace in part.signals:
            known = values.setdefault((trace.name, trace.unit), _unmeasured(before))
            known.extend(_unmeasured(before - len(known)))
            known.extend(trace.values)
    for known in values.values():
        known.extend(_unmeasured(len(times) - len(known)))
    return Traces(pack(times), tuple(Trace(*key, pack(known)) for key, known in values.items()))


def _unmeasured(count: int) -> array[float]:
    return array("f", [float("nan")]) * max(0, count)
