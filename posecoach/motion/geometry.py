"""Angles and lengths in the picture's own pixels.

Everything here takes pixel (or world) coordinates. Normalised coordinates are never
used: on a 16:9 picture a true 45 degrees reads 61 in them.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Point = NDArray[np.float64]


def angle_deg(a: Point, vertex: Point, b: Point) -> float:
    """The angle at ``vertex`` between the lines to ``a`` and ``b``.

    Args:
        a: (2,) or (3,) point.
        vertex: Point of the same kind.
        b: Point of the same kind.

    Returns:
        Degrees from 0 to 180; NaN where two points coincide or one is NaN.
    """
    u, v = a - vertex, b - vertex
    norm = float(np.linalg.norm(u) * np.linalg.norm(v))
    if norm == 0.0:
        return math.nan
    return math.degrees(math.acos(min(1.0, max(-1.0, float(u @ v) / norm))))


def distance(a: Point, b: Point) -> float:
    """Length of the line from ``a`` to ``b`` in their own unit."""
    return float(np.linalg.norm(a - b))


def middle(a: Point, b: Point) -> Point:
    """The point halfway between ``a`` and ``b``."""
    return (a + b) / 2.0


def finite(value: float) -> float | None:
    """``value``, or None where it is NaN or infinite: what cannot be measured."""
    return value if math.isfinite(value) else None
