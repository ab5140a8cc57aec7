"""A real X server for tests, and what a person does with mouse, keys and eyes on it."""

from __future__ import annotations

import os
import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest


@contextmanager
def x_server(*options: str) -> Iterator[str]:
    """An X server of our own on a free number; gives the value for DISPLAY."""
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        if os.environ.get("CI"):
            pytest.fail("Xvfb and xdotool are missing: the CI run must install them")
        pytest.skip("Xvfb and xdotool are not installed: apt-get install xvfb xdotool")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-noreset", *options],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    try:
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


def close_window(display: str, window: int) -> None:
    """Do what a window manager does when its close button is clicked (ICCCM 4.2.8.1)."""
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(f"/tmp/.X11-unix/X{display.removeprefix(':')}")
        answers = server.makefile("rb")
        server.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))
        head = answers.read(8)
        assert head[0] == 1
        answers.read(4 * struct.unpack_from("<H", head, 6)[0])

        def atom(name: bytes) -> int:
            padded = name + bytes(-len(name) % 4)
            size = 2 + len(padded) // 4
            server.sendall(struct.pack("<BBHHxx", 16, 0, size, len(name)) + padded)
            return int(struct.unpack_from("<I", answers.read(32), 8)[0])

        message = struct.pack(
            "<BBHII5I",
            33,
            32,
            0,
            window,
            atom(b"WM_PROTOCOLS"),
            atom(b"WM_DELETE_WINDOW"),
            0,
            0,
            0,
            0,
        )
        server.sendall(struct.pack("<BBHII", 25, 0, 11, window, 0) + message)
        # An answered request after it shows that the message has gone through.
        atom(b"WM_PROTOCOLS")
        answers.close()


def framebuffer(folder: Path) -> np.ndarray:
    """What a server started with ``-fbdir folder`` shows: (height, width, 3) RGB.

    The file is an X window dump (XWDFile.h): big-endian words, of which the first is the
    header's size, the 4th to 6th depth, width and height, the 13th the bytes of a row and
    the 20th the number of colours, 12 bytes each.
    """
    data = (folder / "Xvfb_screen0").read_bytes()
    words = struct.unpack(">25I", data[:100])
    width, height, row, start = words[4], words[5], words[12], words[0] + 12 * words[19]
    pixels = np.frombuffer(data, np.uint8, row * height, start).reshape(height, row)
    return pixels[:, : 4 * width].reshape(height, width, 4)[:, :, 2::-1]


def eventually(condition: Callable[[], bool], limit_s: float = 60.0) -> bool:
    """Whether it comes true; the limit is only there so that a broken test ends."""
    end = time.monotonic() + limit_s
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return condition()
