"""Feet painted into pictures, each part moved by an exactly known way.

Skin and floor are textures that are sampled between their pixels, so that a part can be
moved by any fraction of one. Lengths are pixels of the picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.frames import Frame
from posecoach.pose import LANDMARK_COUNT, Pose, Side, of_side

Way = tuple[float, float]
Points = NDArray[np.float64]
Plane = NDArray[np.float32]
STILL: Way = (0.0, 0.0)


@dataclass(frozen=True)
class Sole:
    """A foot in the picture, seen from its side.

    Attributes:
        side: Whose.
        heel: (x, y) of the heel.
        px: From the heel to the ball; the toes point to the picture's right.
    """

    side: Side
    heel: Way
    px: float

    @property
    def marks(self) -> Points:
        """(4, 2) of ankle, heel, ball and knee."""
        heel = np.array(self.heel)
        return heel + self.px * np.array([[0.1, -0.35], [0, 0], [1, 0], [0.1, -1.6]])


@dataclass
class Room:
    """A floor with feet on it.

    Attributes:
        size: (width, height).
        soles: The feet.
        noise: Standard deviation of the camera's noise, grey levels.
    """

    size: tuple[int, int] = (480, 300)
    soles: tuple[Sole, ...] = (
        Sole("right", (120.0, 220.0), 60.0),
        Sole("left", (320.0, 220.0), 60.0),
    )
    noise: float = 0.0
    seed: int = 0
    _floor: Plane = field(init=False, repr=False)
    _skin: Plane = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._rng = np.random.default_rng(self.seed)
        grain = 0.05 * max((sole.px for sole in self.soles), default=40.0)
        self._floor = self._spots(2.0 * grain, 90.0, 12.0)
        self._skin = self._spots(grain, 180.0, 25.0)

    def image(
        self,
        toes: Way = STILL,
        hind: Way = STILL,
        camera: Way = STILL,
        side: Side | None = None,
        soften: float = 0.0,
    ) -> NDArray[np.uint8]:
        """The picture with toes and hind feet moved.

        Args:
            toes: How far the toes are moved.
            hind: How far the rest of the foot is.
            camera: How far everything is, beyond that.
            side: Only this foot moves; None moves all.
            soften: Standard deviation of a blur over all.
        """
        picture = _moved(self._floor, np.array(camera))
        for sole in self.soles:
            moves = side in (None, sole.side)
            ankle, heel, ball, knee = sole.marks
            foot = ball - heel
            parts = (
                (ankle, knee, 0.14, STILL),
                (heel, ankle, 0.17, hind),
                (heel, heel + 0.6 * foot, 0.15, hind),
                (heel + 0.75 * foot, heel + 1.2 * foot, 0.13, toes),
            )
            for start, end, width, way in parts:
                by = np.array(camera) + (way if moves else STILL)
                self._paint(picture, start + by, end + by, width * sole.px, by)
        if soften:
            picture = cv2.GaussianBlur(picture, (0, 0), soften)
        if self.noise:
            picture = picture + self._rng.normal(0, self.noise, picture.shape)
        grey = np.clip(np.rint(picture), 0, 255).astype(np.uint8)
        return np.repeat(grey[..., None], 3, axis=2)

    def _spots(self, grain: float, mean: float, spread: float) -> Plane:
        width, height = self.size
        # Drawn coarsely and enlarged: a blur of large pictures takes seconds.
        scale = max(1.0, grain / 2.5)
        coarse = (int(np.ceil(width / scale)), int(np.ceil(height / scale)))
        spots = self._rng.normal(size=coarse[::-1]).astype(np.float32)
        spots = cv2.GaussianBlur(spots, (0, 0), grain / scale)
        spots = mean + spread * spots / max(1e-6, float(spots.std()))
        return np.asarray(cv2.resize(spots, self.size, interpolation=cv2.INTER_CUBIC))

    def _paint(self, picture: Plane, start: Points, end: Points, radius: float, by: Points) -> None:
        """A stroke of skin, whose texture is ``by`` off its place; in place."""
        low, high = np.minimum(start, end) - radius - 2, np.maximum(start, end) + radius + 3
        x0, y0 = np.clip(np.floor(low).astype(int), 0, self.size)
        x1, y1 = np.clip(np.ceil(high).astype(int), 0, self.size)
        if x1 <= x0 or y1 <= y0:
            return
        across, down = np.meshgrid(
            np.arange(x0, x1, dtype=np.float32), np.arange(y0, y1, dtype=np.float32)
        )
        line = end - start
        x, y = across - start[0], down - start[1]
        along = np.clip((x * line[0] + y * line[1]) / float(line @ line), 0, 1)
        off = np.hypot(x - along * line[0], y - along * line[1])
        there = np.clip(radius + 0.5 - off, 0, 1)
        skin = cv2.remap(
            self._skin,
            (across - by[0]).astype(np.float32),
            (down - by[1]).astype(np.float32),
            cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REFLECT,
        )
        inner = picture[y0:y1, x0:x1]
        inner += there * (skin - inner)

    def frame(self, time_s: float, index: int = 0, **how: object) -> Frame:
        """The same as a frame; see :meth:`image`."""
        return Frame(time_s, self.image(**how), index)  # type: ignore[arg-type]

    def pose(self, time_s: float, at: Way = STILL) -> Pose:
        """The body that a model sees, its feet ``at`` so many pixels from where they are."""
        pixels = np.full((LANDMARK_COUNT, 2), 0.5) * self.size
        for sole in self.soles:
            for name, mark in zip(
                ("ankle", "heel", "foot_index", "knee"), sole.marks + at, strict=True
            ):
                pixels[of_side(name, sole.side)] = mark
        world = np.zeros((LANDMARK_COUNT, 3))
        return Pose(time_s, self.size, pixels, world, np.ones(LANDMARK_COUNT))


def _moved(plane: Plane, by: Points) -> Plane:
    height, width = plane.shape
    shift = np.array([[1, 0, by[0]], [0, 1, by[1]]], np.float32)
    return np.asarray(
        cv2.warpAffine(
            plane, shift, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
        )
    )
