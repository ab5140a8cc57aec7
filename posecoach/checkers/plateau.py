"""The time that a movement stays near its top: the hold inside a rep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

# So many of the samples may be wild.
WILD_SHARE = 0.05
# A sample above this share of the highest belongs to the top rather than to a ramp.
UPPER_SHARE = 0.5
# Near the top is above this share of the usual level there.
NEAR_SHARE = 0.8
# From passing that level to being at rest at the top, and back: without it the 24 held reps
# of the rendered clips read 0.4 to 0.6 s too long; a tenth of it stays, to be forgiving.
EASE_S = 0.2
# A dip shorter than this is a wobble and breaks nothing.
DIP_S = 0.35


@dataclass(frozen=True, slots=True)
class Plateau:
    """The longest time near the top.

    Attributes:
        start_s: When the movement came near its top.
        end_s: When it last was there.
        level: The usual level there, which one wild landmark does not change.
        middle_s: Half-way between the first and the last moment near the top, dips between
            them or not.
    """

    start_s: float
    end_s: float
    level: float
    middle_s: float

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end_s - self.start_s


def plateau(samples: Sequence[tuple[float, float]]) -> Plateau:
    """The plateau of a movement.

    Args:
        samples: Times and levels, at least one, in order of time.
    """
    ordered = sorted(v for _, v in samples)
    highest = ordered[-1 - int(WILD_SHARE * len(ordered))]
    level = median(v for _, v in samples if v >= UPPER_SHARE * highest)
    times = [time_s for time_s, value in samples if value >= NEAR_SHARE * level]
    middle_s = (times[0] + times[-1]) / 2
    start_s = since_s = until_s = times[0]
    end_s = start_s
    for time_s in times:
        if time_s - until_s > DIP_S:
            since_s = time_s
        until_s = time_s
        if until_s - since_s >= end_s - start_s:
            start_s, end_s = since_s, until_s
    if end_s - start_s <= 2 * EASE_S:
        centre = (start_s + end_s) / 2
        return Plateau(centre, centre, level, middle_s)
    return Plateau(start_s + EASE_S, end_s - EASE_S, level, middle_s)
