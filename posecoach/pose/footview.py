"""What a close-up of a foot shows, as plain numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class FootView:
    """What a close-up shows of one foot.

    Attributes:
        toes: (2,) how far the toes are from where they were when the close-up began,
            in lengths of the foot (heel to ball), image x to the right and y down; a
            movement of the camera is taken out.
        hind: (2,) the same of the hind foot: heel and ankle.
        ahead: (2,) direction in the picture in which the toes point, of length 1.
        began_s: When it began; displacements of close-ups that began at different times
            cannot be compared.
        foot_px: Length of the foot in pixels of the frame.
        box: (left, top, right, bottom) of the close-up in pixels of the frame.
    """

    toes: Vector
    hind: Vector
    ahead: Vector
    began_s: float
    foot_px: float
    box: tuple[int, int, int, int]
