"""What every source of pictures hands out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""A picture: shape (height, width, 3), RGB, upright, never mirrored."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture and the time at which it was taken.

    Attributes:
        time_s: Seconds from the source's first frame; strictly increasing within a source.
        image: (height, width, 3) uint8, **RGB**, rotated upright, not mirrored.
        index: Number of the frame within its source, from 0. A live source that drops
            frames still counts one by one: it is the number of frames handed out.
    """

    time_s: float
    image: Image
    index: int

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.image.shape[1], self.image.shape[0]
