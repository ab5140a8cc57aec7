"""Real landmarks, snapshots made by hand, and a real X server."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from screens import x_server

from posecoach.pose import Pose
from posecoach.session.snapshot import Snapshot

FEET = (25, 26, 27, 28, 29, 30, 31, 32)
SIZE = (640, 480)
Window = tuple[int, int, int, int]


@pytest.fixture(scope="session")
def poses() -> Callable[..., list[Pose]]:
    """`poses(clip, crop=(x, y, w, h))`: the clip's poses, as if cut to that window."""
    data = np.load(Path(__file__).parent / "data" / "poses.npz")

    def of(clip: str, crop: Window = (0, 0, *SIZE), scale: float = 1.0) -> list[Pose]:
        x, y, w, h = crop
        size = (round(w * scale), round(h * scale))
        found = []
        for t, p in zip(data[f"{clip}.t"], data[f"{clip}.p"], strict=True):
            if p.min() <= -30000:
                found.append(Pose.nobody(float(t), size))
                continue
            pixels = (p / 8.0 - (x, y)) * scale
            found.append(Pose(float(t), size, pixels, np.zeros((33, 3)), np.ones(33)))
        return found

    return of


@pytest.fixture(scope="session")
def snapshot() -> Callable[..., Snapshot]:
    """`snapshot(time_s, **changes)`: heel raises under way, changed as told."""

    def of(time_s: float = 0.0, **changes: object) -> Snapshot:
        values: dict[str, object] = {
            "exercise": "heel_raises",
            "title": "Heel raises",
            "kind": "reps",
            "phase": "moving",
            "side": "both",
            "reps": 3,
            "target_reps": 10,
            "level": 0.6,
            "joints": FEET,
        }
        return Snapshot(time_s=time_s, **(values | changes))  # type: ignore[arg-type]

    return of


@pytest.fixture(scope="session")
def x_display() -> Iterator[str]:
    """An X server of our own on a free number, as a value for DISPLAY."""
    with x_server("-nolisten", "tcp", "-ac") as display:
        yield display


@pytest.fixture(scope="module")
def guarded_display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, bytes]]:
    """An X server that asks for a cookie, and the cookie."""
    cookie = bytes(range(16))
    name = b"MIT-MAGIC-COOKIE-1"
    parts = (b"", b"", name, cookie)
    record = struct.pack(">H", 65535) + b"".join(struct.pack(">H", len(p)) + p for p in parts)
    authority = tmp_path_factory.mktemp("x") / "server"
    authority.write_bytes(record)
    with x_server("-nolisten", "tcp", "-auth", str(authority)) as display:
        yield display, cookie
