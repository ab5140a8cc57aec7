"""Cameras of this machine and clips played at real speed."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from posecoach.errors import PosecoachError
from posecoach.frames import Camera, CameraError, Frame

pytestmark = pytest.mark.usefixtures("nothing_on_the_terminal")

MakeClip = Callable[..., Path]
LIMIT_S = 30.0


def shade(i: int) -> np.ndarray:
    return np.full((48, 64, 3), 5 * i, np.uint8)


def numbers(frames: list[Frame]) -> list[int]:
    """Which frames of a clip of ``shade`` these are."""
    return [round(float(frame.image.mean()) / 5) for frame in frames]


@pytest.mark.parametrize(
    ("source", "part"),
    [
        (-1, "numbered from 0"),
        ("", "No camera was named"),
        ("ftp://host/video", "http, https, rtsp"),
        ("http://", "not an address"),
        ("http://me:secret@[half", "not an address"),
        ("rtsp://host:99999/", "not an address"),
    ],
)
def test_what_cannot_be_a_camera_is_refused_at_once(source: int | str, part: str) -> None:
    with pytest.raises(CameraError) as caught:
        Camera(source)
    assert isinstance(caught.value, PosecoachError)
    assert part in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("source", [97, "97"])
def test_no_camera(source: int | str, eventually: Callable[..., bool]) -> None:
    with Camera(source) as camera:
        assert eventually(lambda: camera.status == "failed")
        assert camera.read(0.01) is None
        problem = camera.problem
    assert problem is not None
    assert "97" in problem
    assert "\n" not in problem


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="device files are Linux's")
@pytest.mark.parametrize("path", ["/dev/null", "/dev/no-camera-here"])
def test_a_device_that_is_no_camera(path: str, eventually: Callable[..., bool]) -> None:
    with Camera(path) as camera:
        assert eventually(lambda: camera.status == "failed")
        assert path in (camera.problem or "")
        assert list(camera) == []


def test_a_clip_is_played_at_its_own_speed(make_clip: MakeClip) -> None:
    path = make_clip(size=(64, 48), fps=25, frames=25, images=shade)
    begin = time.perf_counter()
    with Camera(str(path)) as camera:
        frames = list(camera)
        assert camera.status == "ended"
        assert camera.problem is None
    # Never faster; how much slower is up to the machine.
    assert time.perf_counter() - begin >= 24 / 25
    assert (frames[0].time_s, frames[0].index) == (0, 0)
    assert frames[-1].time_s == pytest.approx(24 / 25, abs=1e-3)
    assert [frame.index for frame in frames] == list(range(len(frames)))
    # Every picture carries the time that it has in the clip, however many were skipped.
    assert [round(frame.time_s * 25) for frame in frames] == numbers(frames)


def test_a_slow_reader_gets_the_newest_frame(make_clip: MakeClip) -> None:
    path = make_clip(size=(64, 48), fps=50, frames=50, images=shade)
    frames = []
    with Camera(str(path)) as camera:
        for frame in camera:
            frames.append(frame)
            time.sleep(0.1)
        assert camera.status == "ended"
    assert 2 <= len(frames) <= 40
    assert numbers(frames)[-1] == 49, "the last frame is never lost"
    assert all(a < b for a, b in pairwise(numbers(frames)))


def test_a_clip_waits_for_its_reader_to_begin(make_clip: MakeClip) -> None:
    path = make_clip(size=(64, 48), fps=50, frames=20, images=shade)
    with Camera(str(path)) as camera:
        time.sleep(0.8)
        assert camera.status == "running"
        first = camera.read(LIMIT_S)
    assert first is not None
    assert numbers([first]) == [0]


@pytest.mark.parametrize("content", [None, b"", b"This is not a video."])
def test_a_clip_that_cannot_be_played(
    tmp_path: Path, content: bytes | None, eventually: Callable[..., bool]
) -> None:
    path = tmp_path / "clip.mp4"
    if content is not None:
        path.write_bytes(content)
    with Camera(str(path)) as camera:
        assert eventually(lambda: camera.status == "failed")
        assert "clip.mp4" in (camera.problem or "")


def test_a_cut_clip_says_so_at_its_end(make_clip: MakeClip, cut_clip: Callable[..., Path]) -> None:
    noise = np.random.default_rng(1)
    path = make_clip(
        "clip.mkv", frames=60, images=lambda i: noise.integers(0, 255, (120, 160, 3), np.uint8)
    )
    with Camera(str(cut_clip(path))) as camera:
        assert len(list(camera)) > 1
        assert camera.status == "ended"
        assert "cut short" in (camera.problem or "")


def test_closing_ends_the_thread_and_wakes_the_reader(make_clip: MakeClip) -> None:
    path = make_clip(size=(64, 48), times=[0.0, 600.0], images=shade)
    before = threading.active_count()
    camera = Camera(str(path))
    with camera:
        assert camera.read(LIMIT_S) is not None
        threading.Timer(0.2, camera.close).start()
        assert camera.read(600) is None
    camera.close()
    assert threading.active_count() <= before + 1
    assert camera.read(600) is None
    assert list(camera) == []
