"""Live pictures from the machine's cameras and from the network, one after another.

These block; :class:`posecoach.frames.camera.Camera` runs them in a thread of its own.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

import av
import av.error
import cv2
import numpy as np
from av.container import InputContainer
from av.video.stream import VideoStream

from posecoach.frames.frame import Image
from posecoach.frames.trouble import Why, plainly_not, remedy, why_not
from posecoach.frames.upright import SAFE_SIZE, PictureTooLargeError, Upright, check_size

STREAM_OPEN_TIMEOUT_S = 5.0
STREAM_READ_TIMEOUT_S = 4.0
"""A silent stream is reported after 2 s and opened anew after this: long enough to ride
out a hiccup of the wireless network, which a new connection would only prolong."""

DEVICE_READ_TIMEOUT_S = 4
SLOW_FPS = 15
SMALL = (640, 480)
"""A camera that cannot compress is asked for this size instead: uncompressed, USB 2 carries
1280x720 at 10 frames a second (opencv/opencv#9540, a Logitech C615) and this at 30. Bodies
are found as well in it: the model looks at 256x256 pixels."""

BAD_PICTURES_IN_A_ROW = 30
"""Over a weak cable or network a broken picture comes now and then; a second of nothing
else is a fault."""


class SourceError(Exception):
    """A source that does not open, or that stopped.

    Args:
        problem: One plain line: what, why, what to do.
        final: Trying again cannot help.
    """

    def __init__(self, problem: str, *, final: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.final = final


class LiveSource(Protocol):
    """What the camera thread needs of a source."""

    name: str

    def open(self) -> None:
        """Connect, unless connected; blocks. Raises ``SourceError``."""

    def read(self) -> Image:
        """Wait for the next picture, RGB and upright. Raises ``SourceError``."""

    def close(self) -> None:
        """Let go; may be called at any time by the thread that reads."""


class DeviceSource:
    """A camera of this machine, by number or by device path.

    Args:
        device: Number from 0, or a path such as ``/dev/video2``.
        size: (width, height) to ask for; the camera may give another.
        fps: Rate to ask for.
    """

    def __init__(self, device: int | str, size: tuple[int, int], fps: float) -> None:
        self.name = f"camera {device}"
        self._device = device
        self._size = size
        self._fps = fps
        self._capture: cv2.VideoCapture | None = None
        self._gave_a_picture = False
        self._asks = True

    def open(self) -> None:
        """Connect to the camera and ask for the wanted format."""
        if self._capture is not None:
            return
        plain = plainly_not(self._device) if sys.platform.startswith("linux") else None
        if plain is not None:
            raise self._problem(*plain, final=True)
        capture = open_device(self._device)
        if not capture.isOpened():
            capture.release()
            raise self._problem(*why_not(self._device), final=True)
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
        raise self._problem(*why_not(self._device))

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


class StreamSource:
    """A camera in the network: MJPEG, HLS and the like over HTTP, or RTSP.

    PyAV rather than OpenCV, because it tells why an address does not work.

    Args:
        url: The address; a password in it is never shown.
    """

    def __init__(self, url: str) -> None:
        self.name = without_password(url)
        self._url = url
        self._container: InputContainer | None = None
        self._frames: Iterator[av.VideoFrame] = iter(())
        self._upright: Upright | None = None

    def open(self) -> None:
        """Connect and find the picture."""
        if self._container is not None:
            return
        rtsp = self._url.lower().startswith("rtsp")
        try:
            container = av.open(
                self._url,
                mode="r",
                # Over UDP a lost packet smears the picture for seconds.
                options=SAFE_SIZE | ({"rtsp_transport": "tcp"} if rtsp else {}),
                timeout=(STREAM_OPEN_TIMEOUT_S, STREAM_READ_TIMEOUT_S),
            )
        except (av.error.FFmpegError, OSError, ValueError) as error:
            raise self._explained(error) from error
        self._container = container
        if not container.streams.video:
            self.close()
            raise SourceError(
                f"There is no picture at {self.name}: use the address of the video itself.",
                final=True,
            )
        stream = container.streams.video[0]
        if stream.duration or (container.duration or 0) > 0:
            self.close()
            raise SourceError(
                f"{self.name} is a finished recording, not a camera: download it and replay it.",
                final=True,
            )
        try:
            check_size(stream.width, stream.height)
        except PictureTooLargeError as error:
            self.close()
            raise SourceError(f"{self.name}: {error}.", final=True) from error
        # Threads over frames hold each picture back until the next ones arrived.
        stream.thread_type = "SLICE"
        stream.codec_context.options = SAFE_SIZE
        self._upright = None
        self._frames = _decoded(container, stream)

    def read(self) -> Image:
        """Wait for the next picture."""
        try:
            frame = next(self._frames)
            if self._upright is None:
                assert self._container is not None
                aspect = self._container.streams.video[0].sample_aspect_ratio
                self._upright = Upright(frame, aspect)
            return self._upright(frame)
        except StopIteration:
            raise SourceError(f"{self.name} ended the connection: see to the camera.") from None
        except PictureTooLargeError as error:
            raise SourceError(f"{self.name}: {error}.", final=True) from error
        except (av.error.FFmpegError, OSError, ValueError) as error:
            raise SourceError(
                f"{self.name} stopped sending: see that the camera is on and in the same network."
            ) from error

    def close(self) -> None:
        """Disconnect."""
        container, self._container = self._container, None
        self._frames = iter(())
        if container is not None:
            container.close()

    def _explained(self, error: Exception) -> SourceError:
        where = self.name
        match error:
            case av.error.ConnectionRefusedError():
                return SourceError(
                    f"Nothing answers at {where}: start the camera there and check the port."
                )
            case av.error.HTTPUnauthorizedError() | av.error.HTTPForbiddenError():
                return SourceError(
                    f"{where} wants a password: write http://NAME:PASSWORD@ in front of the host.",
                    final=True,
                )
            case av.error.HTTPClientError():
                return SourceError(
                    f"There is nothing under the path of {where}: copy the address that the "
                    "camera shows.",
                    final=True,
                )
            case av.error.HTTPServerError():
                return SourceError(
                    f"{where} is busy or out of order: close other viewers, or restart the camera."
                )
            case av.error.ExitError() | av.error.TimeoutError():
                return SourceError(
                    f"{where} did not answer in {STREAM_OPEN_TIMEOUT_S:.0f} seconds: see that the "
                    "camera is on and in the same network."
                )
            case av.error.InvalidDataError():
                return SourceError(
                    f"{where} answers with something that is not a video: use the address of the "
                    "video itself, not that of a page."
                )
        host = urlsplit(self._url).hostname
        try:
            socket.getaddrinfo(host, None)
        except OSError:
            return SourceError(
                f"No machine called {host} can be found: check the address and the network."
            )
        reason = getattr(error, "strerror", None) or "unknown reason"
        return SourceError(
            f"{where} gives no video ({reason.lower()}): check the address, and use that of the "
            "video itself, not that of a page."
        )


def _decoded(container: InputContainer, stream: VideoStream) -> Iterator[av.VideoFrame]:
    bad = 0
    for packet in container.demux(stream):
        try:
            yield from packet.decode()
            bad = 0
        except av.error.InvalidDataError:
            bad += 1
            if bad > BAD_PICTURES_IN_A_ROW:
                raise


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


def without_password(url: str) -> str:
    """The address without name and password, fit to be shown and logged."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
