"""Which camera is meant: by number, name, path or address."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from posecoach.frames.camera import CameraError
from posecoach.frames.names import NamedCamera, named_cameras

Names = Callable[[], Sequence[NamedCamera] | None]

_FILE_NAME = re.compile(r"[/\\]|\.\w{2,4}$")


def chosen(source: int | str, names: Names = named_cameras) -> int | str:
    """What :class:`~posecoach.frames.Camera` opens for what somebody wrote.

    A number, an address, a device path and a file that exists mean themselves. Anything
    else is a camera's name, or a part of one that no other camera has.

    Args:
        source: What was written.
        names: Lists the cameras; asked only for a name.

    Raises:
        CameraError: If no camera or several have that name.
    """
    if isinstance(source, int):
        return source
    text = source.strip()
    if text.lstrip("-").isdecimal():
        return int(text)
    device = re.fullmatch(r"/dev/video(\d+)", text)
    if device and sys.platform.startswith("linux"):
        return int(device[1])
    if not text or "://" in text or text.startswith("/dev/") or _exists(source):
        return source
    known = names() or ()
    wanted = text.casefold()
    fitting = [each for each in known if each.name.casefold() == wanted] or [
        each for each in known if wanted in each.name.casefold()
    ]
    if len(fitting) == 1:
        return fitting[0].index
    if _FILE_NAME.search(text) and not fitting:
        return source
    if fitting:
        raise CameraError(
            f"'{text}' may be {_told(fitting, ' or ')}: give its number, or more of the name."
        )
    there = f"there are {_told(known, ', ')}" if known else "no camera is listed here"
    raise CameraError(
        f"There is no camera, clip or address called '{text}': {there}. Give --camera a number, "
        "a part of a name, an address or a file."
    )


def _exists(source: str) -> bool:
    try:
        return Path(source).exists()
    except (OSError, ValueError):
        return False


def _told(cameras: Sequence[NamedCamera], between: str) -> str:
    return between.join(f"{each.index} ({each.name})" for each in cameras)
