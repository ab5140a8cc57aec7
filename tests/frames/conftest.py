"""Real clips, made on the fly, and a real camera in the network, on loopback."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest
from screens import eventually
from streams import Server

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 30), (30, 30, 220), (230, 230, 230)

TICKS = 60_000  # a second; all usual rates divide it, and MPEG-4 takes no more than 65535

TURNS = {
    # Counterclockwise degrees to the (a, b, c, d) of the display matrix.
    0: (1, 0, 0, 1),
    90: (0, -1, 1, 0),
    180: (-1, 0, 0, -1),
    270: (0, 1, -1, 0),
}


def corners(width: int, height: int) -> np.ndarray:
    """Red top left, green top right, blue bottom left, white bottom right."""
    image = np.empty((height, width, 3), np.uint8)
    h, w = height // 2, width // 2
    image[:h, :w], image[:h, w:] = RED, GREEN
    image[h:, :w], image[h:, w:] = BLUE, WHITE
    return image


def write_clip(
    path: Path,
    *,
    size: tuple[int, int] = (160, 120),
    fps: int = 30,
    frames: int = 30,
    times: Sequence[float] | None = None,
    codec: str = "libx264",
    pix_fmt: str = "yuv420p",
    aspect: Fraction | None = None,
    options: dict[str, str] | None = None,
    images: Callable[[int], np.ndarray] | None = None,
) -> Path:
    """A clip of ``corners`` (or of ``images``), with its timestamps in ``times`` if given."""
    with av.open(str(path), "w", options=options or {}) as container:
        stream = container.add_stream(codec, rate=fps)
        stream.width, stream.height = size
        stream.pix_fmt = pix_fmt
        stream.codec_context.time_base = Fraction(1, TICKS)
        if codec == "libx264":
            stream.options = {"preset": "ultrafast", "g": "5"}
        if aspect is not None:
            stream.codec_context.sample_aspect_ratio = aspect
        moments = times if times is not None else [i / fps for i in range(frames)]
        for i, moment in enumerate(moments):
            image = images(i) if images else corners(*size)
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame = frame.reformat(format=pix_fmt)
            frame.pts = round(moment * TICKS)
            frame.time_base = Fraction(1, TICKS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def turn(path: Path, degrees: int, *, mirror: bool = False) -> Path:
    """Write the display matrix into the track header of an mp4, as a phone does."""
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4
    at += 40 if data[at] == 0 else 52
    a, b, c, d = TURNS[degrees]
    if mirror:
        a, b = -a, -b
    values = (a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    data[at : at + 36] = b"".join(v.to_bytes(4, "big", signed=True) for v in values)
    path.write_bytes(data)
    return path


def cut(path: Path, share: float = 0.5) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


@pytest.fixture
def make_clip(tmp_path: Path) -> Callable[..., Path]:
    def make(name: str = "clip.mp4", **how: Any) -> Path:
        return write_clip(tmp_path / name, **how)

    return make


@pytest.fixture
def turn_clip() -> Callable[..., Path]:
    return turn


@pytest.fixture
def cut_clip() -> Callable[..., Path]:
    return cut


@pytest.fixture
def colour_at() -> Callable[..., str]:
    """Name of the colour at a place given in shares of width and height."""

    def name(image: np.ndarray, x: float, y: float) -> str:
        h, w = image.shape[:2]
        pixel = image[int(y * h), int(x * w)].astype(int)
        known = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
        return min(known, key=lambda k: np.abs(pixel - known[k]).sum())

    return name


@pytest.fixture(name="eventually")
def eventually_fixture() -> Callable[..., bool]:
    return eventually


class NetworkCamera(Server):
    """MJPEG over HTTP, as phones serve it. Picture n shows n as its brightness, from 20.

    Attributes:
        frozen: Send the same picture again and again.
        silent: Keep the connection, send nothing.
        sent: Number of pictures sent.
    """

    def __init__(self) -> None:
        super().__init__()
        self.frozen = False
        self.silent = False
        self.sent = 0
        self.connections = 0

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        if request.path == "/locked":
            request.send_error(401)
        elif request.path == "/page":
            request.send_response(200)
            request.send_header("Content-Type", "text/html")
            request.end_headers()
            request.wfile.write(b"<html>camera</html>")
        elif request.path == "/nobody-answers":
            while self._going.wait(0) and not self.silent:
                time.sleep(0.01)
        elif request.path == "/video":
            self.connections += 1
            self.begin_pictures(request)
            self._send_pictures(request)
        else:
            request.send_error(404)

    def _send_pictures(self, request: BaseHTTPRequestHandler) -> None:
        shade = 0
        while self._going.is_set():
            if not self.silent:
                if not self.frozen:
                    shade = (shade + 1) % 200
                picture = np.full((48, 64, 3), (0, 0, shade + 20), np.uint8)
                self.send_picture(request, cv2.imencode(".jpg", picture)[1].tobytes())
                self.sent += 1
            time.sleep(1 / 50)


@pytest.fixture
def network_camera() -> Iterator[NetworkCamera]:
    with NetworkCamera() as camera:
        yield camera


@pytest.fixture
def nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """The libraries below talk to the terminal directly; a user must not see it."""
    yield
    captured = capfd.readouterr()
    assert captured.out + captured.err == ""
