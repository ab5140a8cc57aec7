"""Which camera is meant: by number, name, path or address."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from posecoach.errors import PosecoachError
from posecoach.frames.device import DeviceSource
from posecoach.frames.names import NamedCamera, Names, named_cameras
from posecoach.frames.network import StreamSource
from posecoach.frames.sources import LiveSource

STREAM_SCHEMES = ("http", "https", "rtsp")

_NUMBER = re.compile(r"-?\d{1,9}")
_FILE_NAME = re.compile(r"[/\\]|\.\w{2,4}$")


class CameraError(PosecoachError):
    """A source that cannot be a camera, whatever is plugged in."""


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
    if _NUMBER.fullmatch(text):
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


def live_source(source: int | str, size: tuple[int, int], fps: float) -> LiveSource | None:
    """What gives the live pictures of a camera, device path or address; None for a clip.

    Args:
        source: See :func:`chosen`; not a name.
        size: (width, height) to ask of a device.
        fps: Rate to ask of a device.

    Raises:
        CameraError: The source is none of these.
    """
    if isinstance(source, str) and _NUMBER.fullmatch(source.strip()):
        source = int(source)
    if isinstance(source, int):
        if source < 0:
            raise CameraError(f"There is no camera {source}: they are numbered from 0.")
        return DeviceSource(source, size, fps)
    scheme, separator, rest = source.partition("://")
    if separator:
        if scheme.lower() not in STREAM_SCHEMES:
            raise CameraError(
                f"{scheme}:// is no way to a camera: use one of {', '.join(STREAM_SCHEMES)}."
            )
        try:
            host, _ = urlsplit(source).hostname, urlsplit(source).port
        except ValueError:
            host = None
        if not host:
            shown = rest.rpartition("@")[2]
            raise CameraError(f"{scheme}://{shown} is not an address: check host and port.")
        return StreamSource(source)
    if not source.strip():
        raise CameraError("No camera was named: use a number from 0, a device path or an address.")
    path = Path(source)
    try:
        device = source.startswith("/dev/") or path.is_char_device()
    except (OSError, ValueError):
        device = False
    return DeviceSource(source, size, fps) if device else None


def _exists(source: str) -> bool:
    try:
        return Path(source).exists()
    except (OSError, ValueError):
        return False


def _told(cameras: Sequence[NamedCamera], between: str) -> str:
    return between.join(f"{each.index} ({each.name})" for each in cameras)
