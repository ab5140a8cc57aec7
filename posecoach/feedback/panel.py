"""Panels that are drawn once and laid over many frames."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.geometry import Rect
from posecoach.feedback.theme import PANEL, PANEL_OPACITY, Colour


class Panel:
    """A rounded, nearly opaque panel with opaque things on it.

    Draw on :attr:`face`, then :meth:`lay` it on as many pictures as you like; what was
    drawn is fixed by the first laying.

    Args:
        width: In pixels.
        height: In pixels.
        radius: Of the corners.
        colour: Of the panel itself.
        opacity: Of the panel itself; what is drawn on it is opaque.

    Attributes:
        face: (height, width, 3) RGB, filled with the panel's colour.
    """

    def __init__(
        self,
        width: int,
        height: int,
        radius: int,
        colour: Colour = PANEL,
        opacity: float = PANEL_OPACITY,
    ) -> None:
        self.face: NDArray[np.uint8] = np.full((height, width, 3), colour, np.uint8)
        self._radius = min(radius, width // 2, height // 2)
        self._colour = colour
        self._opacity = opacity
        self._keep: NDArray[np.uint8] | None = None
        self._ink: NDArray[np.uint8] | None = None

    def lay(self, image: NDArray[np.uint8], x: int, y: int) -> Rect:
        """Lay the panel over ``image``, in place, and say where it lies."""
        height, width = self.face.shape[:2]
        if self._keep is None or self._ink is None:
            self._keep, self._ink = self._blend()
        under = image[y : y + height, x : x + width]
        cv2.multiply(under, self._keep, dst=under, scale=1 / 255)
        cv2.add(under, self._ink, dst=under)
        return Rect(x, y, width, height)

    def _blend(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """How much of the picture stays, and what is added to it, both times 255."""
        height, width = self.face.shape[:2]
        red, green, blue = cv2.split(cv2.absdiff(self.face, np.full_like(self.face, self._colour)))
        strokes = cv2.max(cv2.max(red, green), blue)
        # A stroke is opaque from three eighths of full contrast on, so that its soft
        # edges fade into the panel and not into the picture.
        opacity = cv2.convertScaleAbs(strokes, alpha=255 / 96)
        opacity = cv2.max(opacity, np.full_like(opacity, round(255 * self._opacity)))
        opacity = cv2.multiply(opacity, _rounded(width, height, self._radius), scale=1 / 255)
        threefold = cv2.merge([opacity] * 3)
        keep = np.asarray(cv2.bitwise_not(threefold), np.uint8)
        ink = np.asarray(cv2.multiply(self.face, threefold, scale=1 / 255), np.uint8)
        return keep, ink


@lru_cache(maxsize=16)
def _rounded(width: int, height: int, radius: int) -> NDArray[np.uint8]:
    """(height, width) coverage of a rectangle with rounded corners, times 255."""
    x = np.abs(np.arange(width) - (width - 1) / 2) - (width / 2 - radius)
    y = np.abs(np.arange(height) - (height - 1) / 2) - (height / 2 - radius)
    away = np.hypot(np.maximum(x, 0)[None, :], np.maximum(y, 0)[:, None])
    return np.asarray(np.round(255 * np.clip(radius - away + 0.5, 0.0, 1.0)), np.uint8)
