"""Live pictures from the machine's own cameras."""

from __future__ import annotations

import os
import sys

import cv2
import numpy as np

from posecoach.frames.frame import Image
from posecoach.frames.names import Names, named_cameras
from posecoach.frames.sources import BAD_PICTURES_IN_A_ROW, SourceError
from posecoach.frames.trouble import Why, plainly_not, remedy, why_not
from posecoach.frames.whereabouts import Whereabouts

DEVICE_READ_TIMEOUT_S = 4
SLOW_FPS = 15
SMALL = (640, 480)
"""A camera that cannot compress is asked for this size instead: uncompressed, USB 2 carries
1280x720 at 10 frames a second (opencv/opencv#9540, a Logitech C615) and this at 30. Bodies
are found as well in it: the model looks at 256x256 pixels."""


class DeviceSource:
    """A camera of this machine, by number or by device path.

    Args:
        device: Number from 0, or a path such as ``/dev/video2``.
        size: (width, height) to ask for; the camera may give another.
        fps: Rate to ask for.
        names: Lists the cameras, to find one again that has got another number.

    Attributes:
        device: Its number or path now.
    """

    def __init__(
        self,
        device: int | str,
        size: tuple[int, int],
        fps: float,
        *,
        names: Names = named_cameras,
    ) -> None:
        self.name = f"camera {device}"
        self.device = device
        self._whereabouts = Whereabouts(device, names) if isinstance(device, int) else None
        self._size = size
        self._fps = fps
        self._capture: cv2.VideoCapture | None = None
        self._gave_a_picture = False
        self._asks = True

    def open(self) -> None:
        """Connect to the camera and ask for the wanted format."""
        if self._capture is not None:
            return
        if self._whereabouts is not None:
            number = self._whereabouts.find()
            if number is None:
                raise self._problem("absent", "")
            self.device, self.name = number, f"camera {number}"
        plain = plainly_not(self.device) if sys.platform.startswith("linux") else None
        if plain is not None:
            raise self._problem(*plain, final=True)
        capture = open_device(self.device)
        if not capture.isOpened():
            capture.release()
            raise self._problem(*why_not(self.device), final=True)
        if self._asks:
            # Before the size, which some drivers check against the format.
            capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
            self._ask(capture, self._size)
            if 0 < capture.get(cv2.CAP_PROP_FPS) < SLOW_FPS:
                self._ask(capture, SMALL)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        self._capture = capture
        self._gave_a_picture = False

    def read(self) -> Image:
        """Wait for the next picture."""
        image = self._next_picture()
        if image is None and not self._gave_a_picture and self._asks:
            # It grants what was asked for and then shows nothing: take what it gives unasked.
            self._asks = False
            self.close()
            self.open()
            image = self._next_picture()
        if image is not None:
            return image
        if self._gave_a_picture:
            raise SourceError(f"The {self.name} stopped giving pictures: check its plug and cable.")
        self.close()
        raise self._problem(*why_not(self.device))

    def _ask(self, capture: cv2.VideoCapture, size: tuple[int, int]) -> None:
        """Ask for a size and the rate; what is refused leaves the camera at its nearest."""
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
        capture.set(cv2.CAP_PROP_FPS, self._fps)

    def _next_picture(self) -> Image | None:
        assert self._capture is not None
        for _ in range(BAD_PICTURES_IN_A_ROW):
            try:
                if not self._capture.grab():
                    break
                whole, bgr = self._capture.retrieve()
                if whole:
                    if not self._gave_a_picture and self._whereabouts is not None:
                        self._whereabouts.note()
                    self._gave_a_picture = True
                    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8)
            except cv2.error:
                continue
        return None

    def close(self) -> None:
        """Give the camera back to the system."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()

    def _problem(self, why: Why, detail: str, *, final: bool = False) -> SourceError:
        return SourceError(remedy(why, self.name, sys.platform, detail), final=final)


def open_device(device: int | str) -> cv2.VideoCapture:
    """Open a camera of this machine with the backend that suits the system; blocks."""
    # Hardware transforms make Media Foundation take 4 to 20 s to open a camera.
    os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", str(DEVICE_READ_TIMEOUT_S))
    # What it has to say is said again, in plain words, by SourceError.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    if sys.platform == "win32":
        backend = cv2.CAP_DSHOW
    elif sys.platform == "darwin":
        backend = cv2.CAP_AVFOUNDATION
    else:
        backend = cv2.CAP_V4L2 if sys.platform.startswith("linux") else cv2.CAP_ANY
    return cv2.VideoCapture(device, backend)
