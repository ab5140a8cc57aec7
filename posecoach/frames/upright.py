"""From a decoded picture to one that the rest of the program can measure in."""

from __future__ import annotations

import struct
from fractions import Fraction
from typing import cast

import av
import cv2
import numpy as np
from av.sidedata.sidedata import SideDataContainer
from av.video.reformatter import VideoReformatter

from posecoach.errors import PosecoachError
from posecoach.frames.frame import Image

MAX_SIDE = 8192
"""Widest and tallest picture that is decoded, in pixels: twice 4K. One RGB picture of
8192x8192 takes 200 MB, and a decoder keeps several."""

SAFE_SIZE = {"max_pixels": str(MAX_SIDE * MAX_SIDE)}
"""Makes the decoder itself refuse a picture that claims absurd dimensions. It must be told
on opening, when it looks ahead, and again before it decodes: measured on a PNG of 64x64
that says 16000x16000, 34 MB instead of 2.2 GB."""

MAX_STRETCH = 4
"""Pixels further from square than this are a mistake in the file: the most that real
recordings use is 2 (anamorphic)."""


class PictureTooLargeError(PosecoachError):
    """The picture has dimensions that no camera of a coach has."""


def check_size(width: int, height: int) -> None:
    """Refuse a picture before memory is given to it.

    Raises:
        PictureTooLargeError: A side is longer than ``MAX_SIDE``.
    """
    if max(width, height) > MAX_SIDE:
        raise PictureTooLargeError(
            f"its picture is {width}x{height}, larger than {MAX_SIDE}x{MAX_SIDE}: "
            "convert it to 1920x1080 or less first"
        )


class Upright:
    """Turns decoded frames into upright RGB pictures with square pixels, all of one size.

    The size is that of the first frame, after rotation. A later frame of another size (a
    recorded call changes it at will) is fitted into it without distortion.

    Args:
        first: First frame; it carries the display matrix of the phone.
        pixel_aspect: Width of a pixel over its height as the container tells it.

    Raises:
        PictureTooLargeError: A side is longer than ``MAX_SIDE``.
    """

    def __init__(self, first: av.VideoFrame, pixel_aspect: Fraction | None) -> None:
        # One scaler for all frames: a fresh one per frame costs as much as the conversion.
        self._scaler = VideoReformatter()
        self._aspect = _plausible(pixel_aspect)
        self._transpose, self._flip = _orientation(first)
        width, height = self._square_size(first)
        self.size: tuple[int, int] = (height, width) if self._transpose else (width, height)

    def __call__(self, frame: av.VideoFrame) -> Image:
        """Convert one frame.

        Returns:
            (height, width, 3) uint8 RGB, contiguous, of ``size``.

        Raises:
            PictureTooLargeError: The picture grew beyond ``MAX_SIDE`` in mid-stream.
        """
        width, height = self._square_size(frame)
        rgb = self._scaler.reformat(frame, width=width, height=height, format="rgb24")
        plane = rgb.planes[0]
        # A view of the decoder's own buffer: rows are padded only at odd widths.
        # (The cast is for PyAV's stubs, which leave out that a plane is a buffer.)
        rows = np.frombuffer(cast("bytes", plane), np.uint8).reshape(-1, plane.line_size)
        image: Image = rows[:height, : width * 3].reshape(height, width, 3)
        if self._transpose:
            image = np.asarray(cv2.transpose(image), np.uint8)
        if self._flip is not None:
            image = np.asarray(cv2.flip(image, self._flip), np.uint8)
        if (image.shape[1], image.shape[0]) != self.size:
            image = _fitted(image, self.size)
        return np.ascontiguousarray(image)

    def _square_size(self, frame: av.VideoFrame) -> tuple[int, int]:
        """(width, height) with square pixels: the short side of a pixel is stretched."""
        width, height = frame.width, frame.height
        if self._aspect > 1:
            width = round(width * self._aspect)
        elif self._aspect < 1:
            height = round(height / self._aspect)
        check_size(width, height)
        return width, height


def _plausible(aspect: Fraction | None) -> Fraction:
    if not aspect or not Fraction(1, MAX_STRETCH) <= aspect <= MAX_STRETCH:
        return Fraction(1)
    return aspect


def _orientation(frame: av.VideoFrame) -> tuple[bool, int | None]:
    """How to show a frame: whether to transpose it, then which way to flip it for OpenCV.

    The display matrix maps stored (x, y) to shown (a*x + c*y, b*x + d*y), y downwards.
    Phones use quarter turns and mirror images only, so the signs tell everything.
    """
    try:
        # (PyAV's stubs describe a frame's side data as another type than it is.)
        matrix = bytes(cast("SideDataContainer", frame.side_data)["DISPLAYMATRIX"])
    except KeyError:
        return False, None
    a, b, _, c, d = struct.unpack_from("=5i", matrix)
    transpose = abs(b) > abs(a)
    left_right, up_down = (c < 0, b < 0) if transpose else (a < 0, d < 0)
    if left_right and up_down:
        return transpose, -1
    return transpose, 1 if left_right else 0 if up_down else None


def _fitted(image: Image, size: tuple[int, int]) -> Image:
    """The picture scaled into ``size`` (width, height), centred on black."""
    width, height = size
    scale = min(width / image.shape[1], height / image.shape[0])
    w = max(1, round(image.shape[1] * scale))
    h = max(1, round(image.shape[0] * scale))
    x, y = (width - w) // 2, (height - h) // 2
    canvas: Image = np.zeros((height, width, 3), np.uint8)
    canvas[y : y + h, x : x + w] = cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA)
    return canvas
