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
    """

    start_s: float
    end_s: float
    level: float

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
    best = Plateau(samples[0][0], samples[0][0], level)
    run: Plateau | None = None
    for time_s, value in samples:
        if value < NEAR_SHARE * level:
            continue
        joins = run is not None and time_s - run.end_s <= DIP_S
        run = Plateau(run.start_s if run is not None and joins else time_s, time_s, level)
        if run.seconds >= best.seconds:
            best = run
    if best.seconds <= 2 * EASE_S:
        middle = (best.start_s + best.end_s) / 2
        return Plateau(middle, middle, level)
    return Plateau(best.start_s + EASE_S, best.end_s - EASE_S, level)
