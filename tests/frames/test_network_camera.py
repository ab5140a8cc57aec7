"""Cameras in the network: a real MJPEG server on loopback that fails in real ways."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from posecoach.frames import Camera, Frame

pytestmark = pytest.mark.usefixtures("nothing_on_the_terminal")

Eventually = Callable[..., bool]
LIMIT_S = 30.0


def take(camera: Camera, count: int) -> list[Frame]:
    frames = []
    end = time.monotonic() + LIMIT_S
    while len(frames) < count and time.monotonic() < end:
        frame = camera.read(0.1)
        if frame is not None:
            frames.append(frame)
    assert len(frames) == count, (camera.status, camera.problem)
    return frames


def becomes(camera: Camera, status: str, eventually: Eventually) -> bool:
    """Whether it gets there while somebody reads, as a window does."""
    return eventually(lambda: (camera.read(0.01), camera.status)[1] == status)


def test_frames_come_upright_in_rgb_with_growing_times(network_camera: Any) -> None:
    with Camera(network_camera.url) as camera:
        frames = take(camera, 10)
        assert camera.status == "running"
        assert camera.problem is None
    red, green, blue = frames[0].image.mean(axis=(0, 1))
    assert red > green + 10
    assert red > blue + 10
    assert {frame.size for frame in frames} == {(64, 48)}
    assert [frame.index for frame in frames] == list(range(10))
    assert frames[0].time_s == 0
    assert all(a.time_s < b.time_s for a, b in pairwise(frames))


def test_a_slow_reader_gets_the_newest_frame(network_camera: Any, eventually: Eventually) -> None:
    with Camera(network_camera.url) as camera:
        first = take(camera, 1)[0]
        sent = network_camera.sent
        assert eventually(lambda: network_camera.sent >= sent + 30)
        # The one that waits was taken off the stream lately, not 30 pictures ago.
        before, after = take(camera, 2)
        assert before.image.mean() - first.image.mean() > 5
        assert before.time_s - first.time_s > (after.time_s - before.time_s)


def test_a_stream_that_stops_and_comes_back(network_camera: Any, eventually: Eventually) -> None:
    with Camera(network_camera.url) as camera:
        before = take(camera, 3)
        network_camera.stop()
        assert becomes(camera, "reconnecting", eventually)
        assert camera.read(0.1) is None
        assert "127.0.0.1" in (camera.problem or "")
        network_camera.start()
        after = take(camera, 3)
        assert camera.status == "running"
        assert camera.problem is None
    assert all(a.time_s < b.time_s for a, b in pairwise([*before, *after]))
    assert [frame.index for frame in [*before, *after]] == list(range(6))


def test_a_frozen_picture_is_noticed_and_not_handed_out(
    network_camera: Any, eventually: Eventually
) -> None:
    with Camera(network_camera.url) as camera:
        take(camera, 3)
        network_camera.frozen = True
        assert becomes(camera, "stalled", eventually)
        sent = network_camera.sent
        assert eventually(lambda: network_camera.sent > sent + 5)
        assert camera.read(0.1) is None
        assert "frozen" in (camera.problem or "")
        network_camera.frozen = False
        take(camera, 3)
        assert (camera.status, camera.problem) == ("running", None)


def test_a_silent_stream_is_noticed_and_opened_anew(
    network_camera: Any, eventually: Eventually
) -> None:
    with Camera(network_camera.url) as camera:
        take(camera, 3)
        network_camera.silent = True
        assert becomes(camera, "stalled", eventually)
        assert "silent" in (camera.problem or "")
        assert becomes(camera, "reconnecting", eventually)
        network_camera.silent = False
        take(camera, 3)
        assert network_camera.connections >= 2


@pytest.mark.parametrize(("path", "part"), [("/locked", "password"), ("/nothing-here", "path of")])
def test_what_cannot_get_better_fails_at_once(
    network_camera: Any, eventually: Eventually, path: str, part: str
) -> None:
    with Camera(network_camera.at(path), open_timeout_s=1e6) as camera:
        assert eventually(lambda: camera.status == "failed")
        assert part in (camera.problem or "")


@pytest.mark.parametrize("path", ["/page", "/nobody-answers"])
def test_what_never_gives_a_picture_fails_in_the_end(
    network_camera: Any, eventually: Eventually, path: str
) -> None:
    with Camera(network_camera.at(path), open_timeout_s=1) as camera:
        assert camera.status == "opening"
        assert eventually(lambda: camera.status == "failed")
        assert network_camera.at(path) in (camera.problem or "")
        assert camera.read(0.01) is None


def test_a_camera_that_is_started_late_is_found(
    network_camera: Any, eventually: Eventually
) -> None:
    url = network_camera.url
    network_camera.stop()
    with Camera(url, open_timeout_s=LIMIT_S) as camera:
        assert eventually(lambda: camera.problem is not None)
        assert camera.status == "opening"
        assert "Nothing answers" in (camera.problem or "")
        network_camera.start()
        take(camera, 1)


def test_a_password_is_never_shown(eventually: Eventually) -> None:
    with Camera("http://me:secret@127.0.0.1:1/video", open_timeout_s=1) as camera:
        assert eventually(lambda: camera.status == "failed")
        assert camera.problem is not None
        assert "secret" not in camera.problem


def test_the_program_ends_while_the_system_hangs_in_opening() -> None:
    program = (
        "import sys\n"
        "from posecoach.frames import Camera\n"
        "with Camera(sys.argv[1]) as camera:\n"
        "    print(camera.read(0.5), camera.status)\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/video"
        done = subprocess.run(
            [sys.executable, "-c", program, url], capture_output=True, text=True, timeout=120
        )
    assert (done.returncode, done.stdout, done.stderr) == (0, "None opening\n", "")
