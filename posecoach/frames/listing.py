"""Which cameras there are, and what each gives."""

from __future__ import annotations

import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from posecoach.frames.device import DeviceSource
from posecoach.frames.names import linux_fact, named_cameras
from posecoach.frames.sources import SourceError

MEASURE_S = 1.0
"""Long enough for 12 frames at the slowest usable rate, short enough to wait for."""

HIGHEST_INDEX = 4
"""Systems that list nothing are asked for numbers up to here; asking takes time."""


@dataclass(frozen=True, slots=True)
class CameraFound:
    """A camera of this machine.

    Attributes:
        index: Its number, for ``--camera``.
        path: Device path where there is one.
        name: What the system calls it, where it tells.
        width: Pixels across of the picture that it gave; None if it gave none.
        height: Pixels down, likewise.
        fps: Frames per second measured over about a second; None if it gave none.
        problem: Why it gave none, and what to do; None if it did.
    """

    index: int
    path: str | None
    name: str | None
    width: int | None
    height: int | None
    fps: float | None
    problem: str | None = None


def list_cameras(size: tuple[int, int] = (1280, 720), fps: float = 30) -> list[CameraFound]:
    """Open each camera in turn and measure it; about two seconds each.

    Args:
        size: (width, height) to ask for.
        fps: Rate to ask for.

    Returns:
        The cameras in order of their number; those that are busy or forbidden carry the
        problem. On macOS it must run on the main thread, for the question of permission.
    """
    if sys.platform.startswith("linux"):
        found = []
        for index in _linux_indices():
            camera = _measured(index, linux_fact(index, "name"), size, fps)
            # A webcam's second node carries data about the picture, no picture.
            if camera.problem is None or linux_fact(index, "index") in ("0", None):
                found.append(camera)
        return found
    known = named_cameras()
    if known is not None:
        return [_measured(each.index, each.name, size, fps) for each in known]
    found = []
    for index in range(HIGHEST_INDEX):
        camera = _measured(index, None, size, fps)
        if camera.problem is not None:
            break
        found.append(camera)
    return found


def _measured(index: int, name: str | None, size: tuple[int, int], fps: float) -> CameraFound:
    path = f"/dev/video{index}" if sys.platform.startswith("linux") else None
    source = DeviceSource(index, size, fps)
    try:
        source.open()
        height, width = source.read().shape[:2]
        frames = 0
        begin_s = time.perf_counter()
        while time.perf_counter() - begin_s < MEASURE_S:
            source.read()
            frames += 1
        rate = frames / (time.perf_counter() - begin_s)
        return CameraFound(index, path, name, width, height, rate)
    except SourceError as error:
        return CameraFound(index, path, name, None, None, None, error.problem)
    finally:
        source.close()


def _linux_indices() -> list[int]:
    names = (re.fullmatch(r"video(\d+)", node.name) for node in Path("/dev").glob("video*"))
    return sorted(int(match[1]) for match in names if match)
