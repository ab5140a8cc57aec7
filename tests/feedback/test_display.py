from __future__ import annotations

import socket
import struct
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from posecoach.feedback.display import display_available, display_problem

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux has a display to ask for"
)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XAUTHORITY"):
        monkeypatch.delenv(name, raising=False)


def test_a_real_display_is_available(x_display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", x_display)
    assert display_available()
    monkeypatch.setenv("DISPLAY", f"unix{x_display}.0")
    assert display_available()


@pytest.mark.parametrize(
    ("display", "why"),
    [
        (":4077", "no display answers"),
        ("no.such.host.invalid:0", "no display answers"),
        ("nonsense", "names no display"),
        ("", "not set"),
    ],
)
def test_a_display_that_is_not_there_is_told(
    display: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    problem = display_problem()
    assert problem is not None
    assert why in problem
    assert not display_available()


def test_wayland_alone_is_not_enough_for_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert "Wayland" in (display_problem() or "")


def test_an_unseen_qt_platform_is_no_screen(
    x_display: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", x_display)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert not display_available()


def record(family: int, *parts: bytes) -> bytes:
    return struct.pack(">H", family) + b"".join(struct.pack(">H", len(p)) + p for p in parts)


@pytest.mark.parametrize("right", [True, False])
def test_the_cookie_of_a_guarded_display_is_shown(
    right: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, guarded_display: tuple[str, bytes]
) -> None:
    display, cookie = guarded_display
    number = display.removeprefix(":").encode()
    authority = tmp_path / "authority"
    host = socket.gethostname().encode()
    authority.write_bytes(
        record(256, host, b"4076", b"MIT-MAGIC-COOKIE-1", b"x" * 16)
        + record(256, host, number, b"MIT-MAGIC-COOKIE-1", cookie if right else b"y" * 16)
    )
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setenv("XAUTHORITY", str(authority))
    assert display_available() is right
    if not right:
        assert "refuses access" in (display_problem() or "")


def test_a_server_that_hangs_up_is_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        thread = threading.Thread(target=lambda: server.accept()[0].close())
        thread.start()
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{port - 6000}")
        if port >= 6000:
            assert not display_available()
        else:
            socket.create_connection(("127.0.0.1", port)).close()
        thread.join()


@pytest.mark.parametrize("display", [":4077", "nonsense", ""])
def test_opening_a_window_without_a_display_is_an_error_and_no_abort(display: str) -> None:
    code = (
        "from posecoach.feedback import Window, WindowError\n"
        "try:\n"
        "    with Window('posecoach'): print('opened')\n"
        "except WindowError as error: print('refused:', error)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={"DISPLAY": display, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("refused: cannot open a window: ")
    assert len(run.stdout.splitlines()) == 1
