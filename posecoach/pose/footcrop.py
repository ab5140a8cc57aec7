"""A square cut out of the frame around one foot, and how far the foot in it has moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.pose.footview import Vector

if TYPE_CHECKING:
    from posecoach.frames.frame import Image

Grey = NDArray[np.uint8]
Box = tuple[int, int, int, int]
Plane = NDArray[np.float32]

CROP_PX = 128
"""Side of the square in which the flow is computed: 53 pixels a foot. Toe curls are as
high at 64, 96 and 160 (0.016 foot lengths), but rest is quieter: 0.0011 against 0.0038,
0.0023 and 0.0017 (docs/decisions.md)."""
HALF = 1.2
"""Half the square's side, in lengths of the foot: room for a foot that circles or rolls."""
FOOT_PER_SHIN = 0.5
"""Least length of the foot, heel to ball, against the shin's in the picture: a foot that
points at the camera looks short, but its toes are as large as ever."""

# Width of the softening in pixels of the square. A camera's grain is not smoothed by video
# compression as the labelled clips' is: with grain of 4 grey levels flow without it found 7
# curls that were none and lost 5; with it all counts stay up to 8 (docs/decisions.md).
_SOFTEN = 1.6
# Contours weaker than this (grey levels a pixel) are the video's compression.
_CONTOUR = 1.5
# Fewer contour pixels than this show nothing that flow could follow.
_LEAST_PIXELS = 30
# Toes are a part of the fore foot, and only some of it moves: the mean of the most moved
# share of its contours. The mean of all shows 0.5 to 0.8 of a curl or grip.
_MOST_MOVED = 0.3
# Feet nearer to each other than this, in lengths of the foot, are one behind the other.
_APART = 0.3
# Width of the strokes that paint the parts of a foot, in lengths of the foot.
_WIDTH = 0.4


class FootCrop:
    """Where a foot is, and how it looked there.

    Args:
        image: A frame, (height, width, 3) RGB.
        marks: (4, 2) pixel positions of ankle, heel, ball and knee in it.
        other: The same of the other foot, which may be in the square too.
    """

    def __init__(self, image: Image, marks: Vector, other: Vector) -> None:
        self.foot_px = foot_px(marks)
        self.middle: Vector = foot_middle(marks)
        self.box = foot_box(marks)
        self.take(image, marks, other)

    def take(self, image: Image, marks: Vector, other: Vector) -> None:
        """Remember how the foot looks now; displacements are from here on."""
        crop = self.cut(image)
        self._strength = float(_contours(crop).mean())
        self.look = softened(crop)
        self._paint(marks, other)

    def cut(self, image: Image) -> Grey:
        """The square out of a frame, (CROP_PX, CROP_PX) grey; its edge goes on outside it."""
        left, top, right, bottom = self.box
        height, width = image.shape[:2]
        inner = image[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
        if inner.size == 0:
            return np.zeros((CROP_PX, CROP_PX), np.uint8)
        grey = cv2.cvtColor(inner, cv2.COLOR_RGB2GRAY)
        edges = (max(0, -top), max(0, bottom - height), max(0, -left), max(0, right - width))
        if any(edges):
            grey = cv2.copyMakeBorder(grey, *edges, borderType=cv2.BORDER_REPLICATE)
        shrinks = grey.shape[0] > CROP_PX
        how = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
        return np.asarray(cv2.resize(grey, (CROP_PX, CROP_PX), interpolation=how), np.uint8)

    def sharpness(self, crop: Grey) -> float:
        """How strong the contours of a square are, 1 for those that :attr:`look` was made of."""
        return float(np.sqrt(_contours(crop).mean() / max(self._strength, 1e-6)))

    @property
    def shows_toes(self) -> bool:
        """Whether there are contours at the toes and the hind foot to be followed."""
        return min(int(self._toes.sum()), int(self._hind.sum())) >= _LEAST_PIXELS

    def moved(self, flow: Plane) -> Vector:
        """How far (3, 2) toes, hind foot and ground moved, in lengths of the foot.

        Args:
            flow: (CROP_PX, CROP_PX, 2) from :attr:`look` to now, in pixels of the square.
        """
        ground = (
            np.median(flow[self._ground], axis=0)
            if self._ground.sum() >= _LEAST_PIXELS
            else np.zeros(2)
        )
        toes = flow[self._toes] - ground
        size = np.hypot(toes[:, 0], toes[:, 1])
        most = size >= np.quantile(size, 1 - _MOST_MOVED)
        hind = flow[self._hind]
        parts = (
            np.average(toes[most], axis=0, weights=self._weight[self._toes][most]),
            np.average(hind, axis=0, weights=self._weight[self._hind]) - ground,
            ground,
        )
        moved: Vector = np.array(parts, np.float64) * (2 * HALF / CROP_PX)
        return moved

    def _paint(self, marks: Vector, other: Vector) -> None:
        """Tell toes, hind foot and ground apart among the contours of :attr:`look`."""
        contours = _contours(self.look)
        self._weight = np.sqrt(cv2.GaussianBlur(contours, (0, 0), 2.0))
        there = self._weight > _CONTOUR
        ankle, heel, ball, knee = marks
        foot = ball - heel
        length = max(float(np.hypot(*foot)), 1.0)
        # The model's ball of the foot is short of the toes by a quarter of a foot.
        tip = ball + 0.25 * self.foot_px / length * foot
        toes = self._stroke(heel + 0.6 * foot, tip)
        hind = self._stroke(heel, ankle) & ~toes
        body = toes | hind | self._stroke(heel, ball) | self._stroke(ankle, knee)
        wide = cv2.dilate(body.astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
        # Where the feet lie beside each other, each contour is the nearer foot's; one that
        # hides the other (seen from the side) cannot be told from it.
        apart = float(np.hypot(*(marks[:3] - other[:3]).T).mean()) > _APART * self.foot_px
        own = self._nearer(marks, other) if apart else np.ones_like(there)
        self._toes, self._hind, self._ground = there & toes & own, there & hind & own, there & ~wide

    def _nearer(self, marks: Vector, other: Vector) -> NDArray[np.bool_]:
        """Where in the square this foot is nearer than the other one."""
        scale = (self.box[2] - self.box[0]) / CROP_PX
        down, across = np.mgrid[:CROP_PX, :CROP_PX]
        places = np.stack([across, down], axis=-1) * scale + np.array(self.box[:2])
        own, others = (
            np.minimum(_distance(places, heel, ball), _distance(places, heel, ankle))
            for ankle, heel, ball, _ in (marks, other)
        )
        return np.asarray(own <= others)

    def _stroke(self, start: Vector, end: Vector) -> NDArray[np.bool_]:
        scale = CROP_PX / (self.box[2] - self.box[0])
        corner = np.array(self.box[:2])
        a, b = (
            tuple(int(v) for v in np.clip((p - corner) * scale, -999, 999)) for p in (start, end)
        )
        width = max(1, round(_WIDTH * self.foot_px * scale))
        plane = np.zeros((CROP_PX, CROP_PX), np.uint8)
        return np.asarray(cv2.line(plane, a, b, (255,), width) > 0)


def softened(crop: Grey) -> Grey:
    """A square without its grain, for the flow."""
    return np.asarray(cv2.GaussianBlur(crop, (0, 0), _SOFTEN), np.uint8)


def _distance(places: Vector, start: Vector, end: Vector) -> Vector:
    """Distance of places (..., 2) from a line between two points, in their unit."""
    line = end - start
    size = max(float(line @ line), 1e-9)
    along = np.clip((places - start) @ line / size, 0.0, 1.0)
    distance: Vector = np.linalg.norm(places - start - along[..., None] * line, axis=-1)
    return distance


def foot_px(marks: Vector) -> float:
    """Length of the foot in pixels, of its (4, 2) marks ankle, heel, ball and knee."""
    ankle, heel, ball, knee = marks
    shin = float(np.hypot(*(ankle - knee)))
    return max(1.0, float(np.hypot(*(ball - heel))), FOOT_PER_SHIN * shin)


def foot_middle(marks: Vector) -> Vector:
    """The middle of the foot in pixels, nearer to the toes than to the heel."""
    ankle, heel, ball, _ = marks
    middle: Vector = (ankle + heel + 2 * ball) / 4
    return middle


def foot_box(marks: Vector) -> Box:
    """The square around a foot: left, top, right, bottom in pixels, of its (4, 2) marks."""
    half = HALF * foot_px(marks)
    left, top = (int(v) for v in np.floor(foot_middle(marks) - half))
    side = max(2, round(2 * half))
    return left, top, left + side, top + side


def share_inside(box: Box, size: tuple[int, int]) -> float:
    """Share of a square's area that lies inside a frame of (width, height)."""
    left, top, right, bottom = box
    width = max(0, min(right, size[0]) - max(left, 0))
    height = max(0, min(bottom, size[1]) - max(top, 0))
    return width * height / ((right - left) * (bottom - top))


def _contours(grey: Grey) -> Plane:
    """Squared steepness of the grey levels, (grey levels a pixel) squared."""
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1, scale=1 / 8)
    return np.asarray(across * across + down * down, np.float32)
