"""Which cameras the system lists, by number and name, without opening any."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Names = Callable[[], "Sequence[NamedCamera] | None"]
"""Lists the cameras; None where the system cannot be asked."""

_SYSTEMS_LIST = Path("/sys/class/video4linux")


@dataclass(frozen=True, slots=True)
class NamedCamera:
    """A camera that the system lists; it was not opened.

    Attributes:
        index: Its number, for ``--camera``.
        name: What the system calls it.
    """

    index: int
    name: str


def named_cameras(folder: Path = _SYSTEMS_LIST) -> list[NamedCamera] | None:
    """The cameras that the system lists, in order of their numbers; opens none.

    Args:
        folder: Where Linux lists them.

    Returns:
        None where the system cannot be asked.
    """
    if sys.platform.startswith("linux"):
        return _named_on_linux(folder)
    if sys.platform in ("win32", "darwin"):
        return _named_elsewhere()
    return None


def linux_fact(index: int, fact: str) -> str | None:
    """What Linux tells of a camera: its ``name``, or the ``index`` of the node within it."""
    return _fact(_SYSTEMS_LIST / f"video{index}", fact)


def _named_on_linux(folder: Path) -> list[NamedCamera]:
    found = []
    for node in folder.glob("video*"):
        match = re.fullmatch(r"video(\d+)", node.name)
        # A webcam's second node carries data about the picture, no picture.
        if match and _fact(node, "index") in ("0", None):
            found.append(NamedCamera(int(match[1]), _fact(node, "name") or node.name))
    return sorted(found, key=lambda each: each.index)


def _named_elsewhere() -> list[NamedCamera] | None:
    import cv2

    try:
        # In the order of OpenCV's numbers, which no list of the system itself has.
        from cv2_enumerate_cameras import enumerate_cameras
    except ImportError:
        return None
    backend = cv2.CAP_DSHOW if sys.platform == "win32" else cv2.CAP_AVFOUNDATION
    try:
        return [NamedCamera(each.index, each.name) for each in enumerate_cameras(backend)]
    except (OSError, RuntimeError):
        return None


def _fact(node: Path, fact: str) -> str | None:
    try:
        return (node / fact).read_text("utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None
