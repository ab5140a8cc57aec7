"""The real window on a real X server, with real key presses."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from screens import close_window

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Xvfb and xdotool are for Linux"
)

PROGRAM = """
import sys
import time
import numpy as np
from posecoach.feedback import Key, Window

image = np.zeros((360, 640, 3), np.uint8)
image[:, :, 0] = 200
with Window("posecoach under test") as window:
    for i in range(4000):
        window.show(image)
        key = window.poll_key()
        if i == 5:
            print("open", flush=True)
        if key is not None:
            print(key, flush=True)
        if key is Key.FULL_SCREEN:
            window.toggle_full_screen()
        for x, y in window.poll_clicks():
            print("click", x, y, flush=True)
        if key is Key.QUIT:
            break
        time.sleep(0.005)
    else:
        sys.exit("nobody quit")
print("closed", flush=True)
"""


class Running:
    """The program above, its window, and what it prints."""

    def __init__(self, display: str) -> None:
        self.display = display
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "DISPLAY": display, "PYTHONPATH": ":".join(sys.path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        # A key that never arrives must fail the test and not keep it waiting.
        self.watchdog = threading.Timer(30, self.process.kill)
        self.watchdog.start()
        assert self.says() == "open"
        self.window = self.xdotool("search", "--sync", "--name", "^posecoach under test$").split()[
            -1
        ]
        self.xdotool("windowfocus", "--sync", self.window)

    def says(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def xdotool(self, *arguments: str) -> str:
        run = subprocess.run(
            ["xdotool", *arguments],
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        )
        return run.stdout


@pytest.fixture
def running(x_display: str) -> Iterator[Running]:
    program = Running(x_display)
    yield program
    program.watchdog.cancel()
    if program.process.poll() is None:
        program.process.kill()
    program.process.wait(10)
    assert program.process.stdout is not None
    program.process.stdout.close()


def test_keys_arrive_as_what_they_mean(running: Running) -> None:
    pressed = {
        "space": "pause", "r": "reset", "N": "next", "s": "switch_side", "m": "mirror",
        "f": "full_screen", "Up": "up", "Down": "down", "Left": "left", "Right": "right",
        "Return": "enter", "KP_Enter": "enter", "3": "3", "KP_5": "5",
    }  # fmt: skip
    for name, meaning in pressed.items():
        running.xdotool("key", name)
        assert running.says() == meaning
    running.xdotool("key", "x", "q")
    assert running.says() == "quit"
    assert running.says() == "closed"
    assert running.process.wait(10) == 0


def test_escape_quits(running: Running) -> None:
    running.xdotool("key", "Escape")
    assert running.says() == "quit"
    assert running.process.wait(10) == 0


def test_clicks_arrive_in_the_pictures_pixels_also_after_resizing(running: Running) -> None:
    assert "640x360" in running.xdotool("getwindowgeometry", running.window)
    running.xdotool("mousemove", "--window", running.window, "320", "120", "click", "1")
    assert running.says() == "click 320 120"
    running.xdotool("windowsize", "--sync", running.window, "1000", "700")
    # The picture keeps its shape: 1000 x 562, with 69 rows of nothing above.
    running.xdotool("mousemove", "--window", running.window, "500", "350", "click", "1")
    word, x, y = running.says().split()
    assert word == "click"
    assert abs(int(x) - 320) <= 1
    assert abs(int(y) - 180) <= 1


def test_the_close_button_ends_it(running: Running) -> None:
    close_window(running.display, int(running.window))
    assert running.says() == "quit"
    assert running.says() == "closed"
    assert running.process.wait(10) == 0


def test_pyav_loaded_first_is_refused_and_does_not_hang(x_display: str) -> None:
    program = "import av\nfrom posecoach.feedback import Window\nwith Window('x'): print('open')"
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "DISPLAY": x_display, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    # With wheels that share nothing, it just opens.
    assert run.stdout == "open\n" or "PyAV was loaded before OpenCV" in run.stderr
