"""A real browser without a window, driven through pipes by the DevTools protocol.

No library is needed for it: messages are JSON, each ended by a zero byte
(``--remote-debugging-pipe``), so nothing listens on a port and nothing else is installed.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Only ends a test that would hang.
LIMIT_S = 60
PHONE, LAPTOP = (390, 844), (1366, 768)

# The protocol's pipes have the numbers 3 and 4.
_START = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.dup2(int(sys.argv[2]), 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


def _high(end: int) -> int:
    """The same end of a pipe under a number that is not one of those two."""
    import fcntl

    higher = fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(end)
    return higher


def installed() -> str | None:
    """The browser's path, where there is one."""
    if sys.platform == "win32":  # pipes are handed over otherwise there
        return None
    found = (path for name in NAMES if (path := shutil.which(name)))
    # Some are only a script that says where to get one.
    return next((path for path in found if _runs(path)), None)


def _runs(path: str) -> bool:
    asked = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=LIMIT_S)
    return asked.returncode == 0


class Browser:
    """A browser with one page.

    Attributes:
        problems: What the page complained of: errors, refused contents.
        requests: Addresses that the page asked for.
    """

    def __init__(self, program: str, folder: Path) -> None:
        ends = [end for _ in range(2) for end in os.pipe()]
        to_read, self._write, self._read, to_write = (_high(end) for end in ends)
        command = [
            *(program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *("--no-first-run", "--disable-extensions", "--disable-background-networking"),
            *("--disable-component-update", "--disable-dev-shm-usage", "--mute-audio"),
            *(f"--user-data-dir={folder}", "--remote-debugging-pipe", "about:blank"),
        ]
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(to_read), str(to_write), *command],
            pass_fds=(to_read, to_write),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(to_write)
        self._buffer = b""
        self._last = 0
        self._loaded = 0
        self._session: str | None = None
        self.problems: list[str] = []
        self.requests: list[str] = []
        try:
            self._attach()
        except BaseException:
            self.close()
            raise

    def _attach(self) -> None:
        targets = self._call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        attached = self._call("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")

    def close(self) -> None:
        os.close(self._write)  # it ends with its pipe
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._read)

    # -- what a test does ------------------------------------------------------------

    def open(self, page: Path, size: tuple[int, int] = LAPTOP, scheme: str = "light") -> None:
        """Open a file, as large and as dark as asked for, and wait until it is there."""
        self.problems.clear()
        self.requests.clear()
        self.look(size, scheme)
        before = self._loaded
        self._call("Page.navigate", url=page.as_uri())
        self._until(lambda: self._loaded > before, "the page")

    def look(self, size: tuple[int, int], scheme: str = "light") -> None:
        width, height = size
        self._call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self._call("Emulation.setEmulatedMedia", media="", features=[feature])

    def eval(self, script: str) -> Any:
        """The value of a script; a promise is waited for."""
        answer = self._call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def becomes(self, script: str) -> None:
        """Wait until a script's value is true."""
        self._until(lambda: bool(self.eval(script)), script)

    def move(self, x: float, y: float) -> None:
        self._mouse("mouseMoved", x, y, "none")

    def click(self, x: float, y: float) -> None:
        self._mouse("mousePressed", x, y, "left")
        self._mouse("mouseReleased", x, y, "left")

    def press(self, key: str) -> None:
        for kind in ("keyDown", "keyUp"):
            self._call("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def picture(self, target: Path | None = None, *, whole: bool = False) -> bytes:
        """What it shows, as PNG."""
        shot = self._call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        data = base64.b64decode(shot["data"])
        if target is not None:
            target.write_bytes(data)
        return data

    def printed(self) -> bytes:
        """The page as PDF."""
        pdf = self._call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        return base64.b64decode(pdf["data"])

    # -- the protocol ----------------------------------------------------------------

    def _mouse(self, kind: str, x: float, y: float, button: str) -> None:
        clicks = 0 if kind == "mouseMoved" else 1
        self._call(
            "Input.dispatchMouseEvent", type=kind, x=x, y=y, button=button, clickCount=clicks
        )

    def _until(self, condition: Any, what: str) -> None:
        end = time.monotonic() + LIMIT_S
        while not condition():
            assert time.monotonic() < end, f"waited in vain for {what}"
            self._take(0.05)

    def _call(self, method: str, **params: Any) -> dict[str, Any]:
        self._last += 1
        message: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if self._session is not None:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._write, data) :]
        end = time.monotonic() + LIMIT_S
        while True:
            for answer in self._take(0.5):
                if answer.get("id") == self._last:
                    assert "error" not in answer, (method, answer["error"])
                    return dict(answer["result"])
            assert time.monotonic() < end, f"no answer to {method}"

    def _take(self, wait_s: float) -> list[dict[str, Any]]:
        """Messages that have come; events among them are noted."""
        if b"\0" not in self._buffer and select.select([self._read], [], [], wait_s)[0]:
            got = os.read(self._read, 1 << 20)
            assert got, "the browser has ended"
            self._buffer += got
        *whole, self._buffer = self._buffer.split(b"\0")
        messages = [json.loads(data) for data in whole]
        for message in messages:
            self._note(message.get("method"), message.get("params", {}))
        return messages

    def _note(self, method: str | None, params: dict[str, Any]) -> None:
        match method:
            case "Page.loadEventFired":
                self._loaded += 1
            case "Network.requestWillBeSent":
                self.requests.append(params["request"]["url"])
            case "Runtime.exceptionThrown":
                self.problems.append(str(params["exceptionDetails"]))
            case "Runtime.consoleAPICalled" if params["type"] in ("error", "warning"):
                self.problems.append(str(params["args"]))
            case "Log.entryAdded" if params["entry"]["level"] in ("error", "warning"):
                self.problems.append(params["entry"]["text"])


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for a file of tests; each opens its own page."""
    program = installed()
    if program is None:
        pytest.skip("no Chromium here; CI has one")
    opened = Browser(program, tmp_path_factory.mktemp("browser"))
    yield opened
    opened.close()
