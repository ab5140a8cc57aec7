"""The program itself, as a process, on a screen of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from screens import close_window, eventually, framebuffer, x_server

ROOT = Path(__file__).parent.parent.parent
# Only ends a test that would hang; no test waits for it otherwise.
LIMIT_S = 120
SIGHT_S = 30


@dataclass(frozen=True)
class Screen:
    """An X server, and the folder in which it keeps what it shows."""

    display: str
    folder: Path

    def picture(self) -> np.ndarray:
        return framebuffer(self.folder)


@pytest.fixture
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    # One for each test: a server keeps showing what a closed window showed last.
    folder = tmp_path_factory.mktemp("screen")
    with x_server("-nolisten", "tcp", "-ac", "-fbdir", str(folder)) as display:
        yield Screen(display, folder)


class Program:
    """A running ``posecoach``, or another script with its modules."""

    def __init__(
        self,
        screen: Screen | None,
        *arguments: str,
        script: str | None = None,
        **changes: str,
    ) -> None:
        self._screen = screen
        start = ["-m", "posecoach"] if script is None else ["-c", script]
        # What is printed must not depend on the language of whoever runs the tests, nor on
        # exercises and settings of their own, nor on what was chosen last.
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "LANGUAGE": "en",
            "XDG_CONFIG_HOME": str(ROOT / "tests" / "no-config"),
            "XDG_STATE_HOME": str(screen.folder if screen else ROOT / "tests" / "no-config"),
            **changes,
        }
        environment.pop("DISPLAY", None)
        if screen is not None:
            environment["DISPLAY"] = screen.display
        self.process = subprocess.Popen(
            [sys.executable, *start, *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.window = ""

    def end(self) -> tuple[int, str, str]:
        """Wait until it has ended; its status, and what it printed."""
        output, errors = self.process.communicate(timeout=LIMIT_S)
        return self.process.returncode, output, errors

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def wait_for_window(self) -> None:
        """Until there is one that keys go to."""
        found = self._xdotool("search", "--sync", "--onlyvisible", "--name", "^posecoach$")
        self.window = found.split()[-1]
        # On a busy machine Qt loses a tenth of the events that tell it that a window is on the
        # screen, and leaves that window black; 0 of 120 with a window manager, which every
        # desktop has and this server has not. They come again with the window.
        again = ("windowunmap", "windowmap", "windowfocus")
        self._xdotool(*(word for step in again for word in (step, "--sync", self.window)))

    def press(self, *keys: str) -> None:
        self._xdotool("key", *keys)

    def click(self, x: int, y: int) -> None:
        self._xdotool("mousemove", "--window", self.window, str(x), str(y), "click", "1")

    def close_window(self) -> None:
        assert self._screen is not None
        close_window(self._screen.display, int(self.window))

    def sees(self, condition: Callable[[np.ndarray], bool]) -> bool:
        """Whether the screen comes to show what was expected."""
        screen = self._screen
        assert screen is not None
        return eventually(lambda: condition(screen.picture()), SIGHT_S)

    def _xdotool(self, *arguments: str) -> str:
        assert self._screen is not None
        run = subprocess.run(
            ["xdotool", *arguments],
            env={**os.environ, "DISPLAY": self._screen.display},
            capture_output=True,
            text=True,
            check=True,
            timeout=LIMIT_S,
        )
        return run.stdout


@pytest.fixture
def run(screen: Screen) -> Iterator[Callable[..., Program]]:
    """`run(*arguments, **environment)`: start posecoach on the screen.

    What still runs at the end is killed.
    """
    started: list[Program] = []

    def start(
        *arguments: str, visible: bool = True, script: str | None = None, **changes: str
    ) -> Program:
        program = Program(screen if visible else None, *arguments, script=script, **changes)
        started.append(program)
        return program

    yield start
    for program in started:
        if program.process.poll() is None:
            program.process.kill()
        program.process.communicate()
