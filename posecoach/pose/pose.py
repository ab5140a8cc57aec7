"""A body at a moment, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posecoach.pose.footview import FootView
from posecoach.pose.landmarks import Landmark
from posecoach.pose.light import Light

LANDMARK_COUNT = len(Landmark)


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """Where the 33 landmarks of one person are, or that nobody was found.

    Attributes:
        time_s: The frame's time, seconds from the source's first frame.
        size: (width, height) of the frame in pixels.
        pixels: (33, 2) float64, image x to the right and y down, in pixels of the
            upright, unmirrored frame. NaN throughout when nobody was found. Landmarks
            outside the frame carry the model's guess beyond its edges.
        world: (33, 3) float64, metres from the middle of the hips, x to the image's
            right, y down, z away from the camera. NaN when nobody was found.
        visibility: (33,) float64, 0 to 1: how sure the model is that the landmark is in
            the frame and not hidden. A slow average of about ten frames. 0 when nobody
            was found.
        feet: Close-ups of the left and the right foot, None each where it cannot be seen
            well enough or nobody asked for it.
        light: How the person is lit, or the whole picture when nobody was found; None when it
            was not measured.
    """

    time_s: float
    size: tuple[int, int]
    pixels: NDArray[np.float64]
    world: NDArray[np.float64]
    visibility: NDArray[np.float64]
    feet: tuple[FootView | None, FootView | None] = (None, None)
    light: Light | None = None

    @classmethod
    def nobody(cls, time_s: float, size: tuple[int, int]) -> Pose:
        """A frame in which nobody was found."""
        return cls(
            time_s,
            size,
            np.full((LANDMARK_COUNT, 2), np.nan),
            np.full((LANDMARK_COUNT, 3), np.nan),
            np.zeros(LANDMARK_COUNT),
        )

    @property
    def found(self) -> bool:
        """Whether there is a person in this frame at all."""
        return bool(np.isfinite(self.pixels[0, 0]))

    def in_frame(self, landmark: int, margin: float = 0.0) -> bool:
        """Whether the landmark lies inside the picture.

        Args:
            landmark: Index of the landmark.
            margin: Share of the frame's size that it may lie outside (negative: inside).
        """
        x, y = self.pixels[landmark]
        width, height = self.size
        return bool(
            -margin * width <= x <= (1 + margin) * width
            and -margin * height <= y <= (1 + margin) * height
        )
