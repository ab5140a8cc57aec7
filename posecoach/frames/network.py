"""Live pictures from cameras in the network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import av
import av.error
from av.container import InputContainer
from av.video.stream import VideoStream

from posecoach.frames.frame import Image
from posecoach.frames.sources import BAD_PICTURES_IN_A_ROW, SourceError
from posecoach.frames.upright import SAFE_SIZE, PictureTooLargeError, Upright, check_size

STREAM_OPEN_TIMEOUT_S = 5.0
STREAM_READ_TIMEOUT_S = 4.0
"""A silent stream is reported after 2 s and opened anew after this: long enough to ride
out a hiccup of the wireless network, which a new connection would only prolong."""


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


def without_password(url: str) -> str:
    """The address without name and password, fit to be shown and logged."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
