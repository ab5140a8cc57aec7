"""Whether there is a screen to open a window on, asked before OpenCV is.

On Linux OpenCV's window toolkit ends the whole process (SIGABRT, exit status 134) when
it cannot reach a display, and no ``except`` catches that. So the display is asked here,
in the way an X11 client greets its server.
"""

from __future__ import annotations

import os
import re
import socket
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

_GREETING_S = 2.0
_FAMILY_LOCAL, _FAMILY_WILD = 256, 65535
_COOKIE = b"MIT-MAGIC-COOKIE-1"


def display_available() -> bool:
    """Whether a window can be opened and seen. Takes milliseconds, opens nothing."""
    return display_problem() is None


def display_problem() -> str | None:
    """Why no window can be opened, as part of a sentence; None if one can."""
    env = os.environ
    if sys.platform in ("win32", "darwin"):
        # A login over ssh has no desktop there, and a window would open unseen.
        return "this is a login over ssh" if env.get("SSH_CONNECTION") else None
    if env.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal", "vnc"):
        return f"QT_QPA_PLATFORM is {env['QT_QPA_PLATFORM']}"
    display = env.get("DISPLAY")
    if not display:
        if env.get("WAYLAND_DISPLAY"):
            return "OpenCV's window needs X11, and this Wayland desktop runs no Xwayland"
        return "DISPLAY is not set"
    return _x11_problem(display, env)


def _x11_problem(display: str, env: Mapping[str, str]) -> str | None:
    match = re.fullmatch(r"(?:.*/)?(?P<host>[^:]*):(?P<number>\d+)(?:\.\d+)?", display)
    if not match:
        return f"DISPLAY is {display!r}, which names no display"
    host, number = match["host"], int(match["number"])
    try:
        with _connect(host, number) as server:
            server.sendall(_greeting(_cookie(number, env)))
            answer = server.recv(1)
    except OSError:
        return f"no display answers at DISPLAY={display}"
    # 1 is success, 0 refused, 2 asks for further authentication (X protocol, section 8).
    return None if answer == b"\x01" else f"the display at DISPLAY={display} refuses access"


def _connect(host: str, number: int) -> socket.socket:
    if host and host != "unix":
        return socket.create_connection((host, 6000 + number), _GREETING_S)
    path = f"/tmp/.X11-unix/X{number}"
    # Linux servers also listen in the abstract name space, where a sandbox may hide
    # the file.
    for address in (path, "\0" + path):
        server = socket.socket(socket.AF_UNIX)
        server.settimeout(_GREETING_S)
        try:
            server.connect(address)
        except OSError:
            server.close()
        else:
            return server
    raise ConnectionRefusedError(path)


def _greeting(cookie: bytes) -> bytes:
    """A connection setup request in little-endian order, X11 version 11.0."""
    name = _COOKIE if cookie else b""
    head = struct.pack("<BxHHHHxx", ord("l"), 11, 0, len(name), len(cookie))
    return head + _padded(name) + _padded(cookie)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def _cookie(number: int, env: Mapping[str, str]) -> bytes:
    """The display's cookie from the user's authority file, or nothing.

    The file is a row of records: family, then address, display number, name of the
    method and data, each with its length before it, all big-endian (Xau's Xauth.h).
    """
    file = Path(env.get("XAUTHORITY") or Path.home() / ".Xauthority")
    try:
        data = file.read_bytes()
    except OSError:
        return b""
    found = b""
    at = 0
    while at + 2 <= len(data):
        (family,) = struct.unpack_from(">H", data, at)
        at += 2
        parts: list[bytes] = []
        for _ in range(4):
            if at + 2 > len(data):
                return found
            (length,) = struct.unpack_from(">H", data, at)
            parts.append(data[at + 2 : at + 2 + length])
            at += 2 + length
        address, display, method, value = parts
        ours = family == _FAMILY_WILD or (
            family == _FAMILY_LOCAL and address == socket.gethostname().encode()
        )
        if method == _COOKIE and display in (b"", str(number).encode()) and (ours or not found):
            found = value
            if ours:
                return found
    return found
