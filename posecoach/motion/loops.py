"""The loop that a point draws: how long, how wide, which way round.

A foot that circles draws an ellipse in the picture; seen from the side it is so thin that
its width is a pixel or two. The signed area measures that width over all points of the
loop at once, and a path that goes back the way it came has none, however bent it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Path = NDArray[np.float64]

# MediaPipe smooths each coordinate of each landmark on its own, the slower the more it
# trails. For what moves at all that is a constant distance behind, so a foot that goes
# back and forth along a slanted line draws a loop. 0.006 leg lengths makes clips and the
# same clips played backwards measure alike (docs/decisions.md).
TRAIL_LEG = 0.006
# A coordinate slower than this (leg lengths a second) stands still.
STILL_LEG_S = 0.016
# Speed is read over so long.
SPEED_S = 0.15


@dataclass(frozen=True, slots=True)
class Loop:
    """A closed path.

    Attributes:
        length: Half its longer axis, in the path's unit.
        width: Half its shorter axis over half the longer one, by the area it encloses:
            1 is a circle, 0 back and forth. Positive is clockwise in the picture.
        noise: Roughness of the path over half its longer axis.
    """

    length: float
    width: float
    noise: float


@dataclass(frozen=True, slots=True)
class Ellipse:
    """An ellipse in the picture's axes, x to the right and y down.

    Attributes:
        centre: Its middle (x, y).
        half_axes: Half the longer and half the shorter axis, in the same unit.
        slope_deg: From the picture's right to the longer axis, clockwise, 0 to 180.
    """

    centre: tuple[float, float]
    half_axes: tuple[float, float]
    slope_deg: float

    def scaled(self, by: float) -> Ellipse:
        """The same in another unit."""
        (x, y), (a, b) = self.centre, self.half_axes
        return Ellipse((x * by, y * by), (a * by, b * by), self.slope_deg)

    def mirrored(self) -> Ellipse:
        """The same with x to the left."""
        x, y = self.centre
        return Ellipse((-x, y), self.half_axes, (180.0 - self.slope_deg) % 180.0)


def without_trail(path: Path, times: Sequence[float]) -> Path:
    """The path with the trailing of the landmarks' smoothing taken out.

    Args:
        path: (N, 2) in leg lengths along the picture's own axes.
        times: N, seconds.
    """
    t = np.asarray(times)
    first = np.searchsorted(t, t - SPEED_S / 2 - 1e-6)
    last = np.minimum(np.searchsorted(t, t + SPEED_S / 2 - 1e-6), len(t) - 1)
    took = np.maximum(t[last] - t[first], 1e-3)[:, None]
    speed = (path[last] - path[first]) / took
    ahead: Path = path + TRAIL_LEG * speed / (np.abs(speed) + STILL_LEG_S)
    return ahead


def in_frame_of(path: Path, axis: Path) -> Path:
    """The path (N, 2) along and across a moving axis (N, 2), turned clockwise from it."""
    size = np.maximum(np.linalg.norm(axis, axis=1, keepdims=True), 1e-9)
    along = axis / size
    across = np.stack([-along[:, 1], along[:, 0]], axis=1)
    return np.stack([(path * along).sum(axis=1), (path * across).sum(axis=1)], axis=1)


def loop_of(path: Path) -> Loop | None:
    """Measure a path (N, 2) as a closed loop; None where there is nothing to measure."""
    if len(path) < 6:
        return None
    x, y = path[:, 0], path[:, 1]
    area = 0.5 * float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))
    # The variance of a sine is half its squared amplitude.
    length = math.sqrt(max(0.0, 2.0 * float(np.linalg.eigvalsh(np.cov(path.T))[-1])))
    if length == 0.0:
        return None
    rough = path[1:-1] - (path[:-2] + path[2:]) / 2
    noise = math.sqrt(float(np.mean(rough**2)))
    return Loop(length, area / (math.pi * length**2), noise / length)


def ellipse_of(path: Path) -> Ellipse | None:
    """The ellipse that a closed path (N, 2) draws; None where there is nothing to measure.

    As wide as the area that the path encloses: what jitters across a line has no width.
    """
    loop = loop_of(path)
    if loop is None:
        return None
    middle = path.mean(axis=0)
    along = np.linalg.eigh(np.cov(path.T))[1][:, -1]
    slope = math.degrees(math.atan2(float(along[1]), float(along[0]))) % 180.0
    width = min(1.0, abs(loop.width))
    return Ellipse((float(middle[0]), float(middle[1])), (loop.length, width * loop.length), slope)
