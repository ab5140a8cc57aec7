"""A camera in the network: MJPEG over HTTP on loopback, as phones serve it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import av
import cv2
import numpy as np


def jpeg(image: np.ndarray) -> bytes:
    """An RGB picture as JPEG."""
    return cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR))[1].tobytes()


def pictures_of(clip: Path, begin_s: float = 0.0, end_s: float = 1e9) -> list[bytes]:
    """A clip's pictures between two of its times, as JPEG."""
    found = []
    with av.open(str(clip)) as container:
        for frame in container.decode(video=0):
            if begin_s <= frame.time < end_s:
                found.append(jpeg(frame.to_ndarray(format="rgb24")))
    return found


class Server:
    """Serves one address on loopback, each client in a thread of its own.

    A context manager. Stopped and started again, it has the same port.
    """

    def __init__(self) -> None:
        self._port = 0
        self._going = threading.Event()
        self._server: ThreadingHTTPServer | None = None

    @property
    def url(self) -> str:
        return self.at("/video")

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self._port}{path}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def start(self) -> None:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args: Any) -> None:
                pass

            def do_GET(self) -> None:
                with suppress(OSError):
                    server.serve(self)

        self._going.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), Handler)
        self._server.daemon_threads = False
        self._port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,)).start()

    def stop(self) -> None:
        """Break every connection off and answer no new one."""
        self._going.clear()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        """Answer a client until it leaves, or :attr:`_going` is cleared."""
        raise NotImplementedError

    def begin_pictures(self, request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        request.end_headers()

    def send_picture(self, request: BaseHTTPRequestHandler, picture: bytes) -> None:
        head = b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
        request.wfile.write(head % len(picture) + picture + b"\r\n")


class Stream(Server):
    """Serves pictures round and round at a steady rate, to each client from the first on.

    Attributes:
        silent: Keep the connection, send nothing.
        frozen: Send the same picture again and again.
        goes_on: Begin where the last client left off, instead of from the first picture.
        wait_s: How long each client waits for its first byte.
        sent: How many pictures were sent.
        sent_s: When each picture was sent last, by ``time.perf_counter``.
    """

    def __init__(self, pictures: Iterable[bytes], fps: float) -> None:
        self._pictures = list(pictures)
        super().__init__()
        self._step_s = 1 / fps
        self.silent = False
        self.frozen = False
        self.goes_on = False
        self._index = 0
        self.wait_s = 0.0
        self.sent = 0
        self.sent_s = [0.0] * len(self._pictures)

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        time.sleep(self.wait_s)
        self.begin_pictures(request)
        due = time.perf_counter()
        index = self._index if self.goes_on else 0
        while self._going.is_set():
            if not self.silent:
                picture = self._pictures[index]
                self.sent_s[index] = time.perf_counter()
                self.send_picture(request, picture)
                self.sent += 1
                if not self.frozen:
                    index = self._index = (index + 1) % len(self._pictures)
            due += self._step_s
            time.sleep(max(0.0, due - time.perf_counter()))
