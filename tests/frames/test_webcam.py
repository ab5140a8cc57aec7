"""A webcam behind OpenCV's own driver code: the kernel's part is played by a small library.

See ``fake_v4l2.c``. Everything from the system calls upwards is what runs with a real camera.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("gcc") is None,
    reason="Video4Linux is for Linux, and the stand-in for its kernel needs gcc",
)

ROOT = Path(__file__).parents[2]
HEAD = """
import json, sys, time
from pathlib import Path
from posecoach.frames import Camera
from posecoach.frames.device import DeviceSource
from posecoach.frames.sources import SourceError

folder = Path(sys.argv[1])
device = str(folder / "video0")

def becomes(camera, status):
    \"\"\"Seconds until it gets there while somebody reads, and the frames meanwhile.\"\"\"
    begin, frames = time.monotonic(), []
    while camera.status != status:
        assert time.monotonic() - begin < 40, (status, camera.status, camera.problem)
        frame = camera.read(0.02)
        if frame is not None:
            frames.append(frame)
    return time.monotonic() - begin, frames
"""


class Webcam:
    """A camera that can be made to behave badly, and programs that look at it."""

    def __init__(self, folder: Path, library: Path) -> None:
        self.folder = folder
        self._library = library
        (folder / "video0").touch()

    def becomes(self, *ways: str) -> None:
        for way in ways:
            (self.folder / way).touch()

    def run(self, script: str) -> Any:
        """What the last line that a script prints means as JSON."""
        done = subprocess.run(
            [sys.executable, "-c", HEAD + script, str(self.folder)],
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "LD_PRELOAD": str(self._library),
                "FAKE_V4L2": str(self.folder),
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    @property
    def asked(self) -> list[str]:
        return (self.folder / "asked").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "fake_v4l2.so"
    source = ROOT / "tests" / "support" / "fake_v4l2.c"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", path, source, "-ldl"], check=True)
    return path


@pytest.fixture
def webcam(library: Path) -> Iterator[Webcam]:
    # What is under /dev is taken for a device.
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        folder = Path(name)
        for width, height in ((1280, 720), (640, 480)):
            for n in range(8):
                picture = np.full((height, width, 3), 60 + 20 * n, np.uint8)
                cv2.imwrite(str(folder / f"{width}x{height}-{n}.jpg"), picture)
        yield Webcam(folder, library)


LOOK = """
source = DeviceSource(device, (1280, 720), 30)
try:
    source.open()
    first = source.read().shape
    source.read()
    print(json.dumps([first[1], first[0]]))
except SourceError as error:
    print(json.dumps([error.final, error.problem]))
"""


def test_720p_at_30_is_asked_for_compressed(webcam: Webcam) -> None:
    assert webcam.run(LOOK) == [1280, 720]
    assert webcam.asked[-2:] == ["format 1280 720 MJPG", "fps 30 0 "]


def test_a_camera_that_has_no_such_size_gives_what_it_has(webcam: Webcam) -> None:
    webcam.becomes("small")
    assert webcam.run(LOOK) == [640, 480]


def test_one_that_cannot_compress_is_asked_for_what_the_cable_carries(webcam: Webcam) -> None:
    webcam.becomes("no_mjpg")
    assert webcam.run(LOOK) == [640, 480]
    assert webcam.asked[-2:] == ["format 640 480 YUYV", "fps 30 0 "]


def test_one_that_grants_compression_and_shows_nothing_is_taken_as_it_is(webcam: Webcam) -> None:
    webcam.becomes("mute_mjpg")
    assert webcam.run(LOOK) == [640, 480]


@pytest.mark.parametrize(
    ("way", "says"),
    [("busy", "is in use by another program: close that"), ("unplugged", "There is no camera")],
)
def test_busy_and_absent_are_told_apart(webcam: Webcam, way: str, says: str) -> None:
    webcam.becomes(way)
    final, problem = webcam.run(LOOK)
    assert final
    assert says in problem
    assert "\n" not in problem


def test_unplugged_and_plugged_in_again(webcam: Webcam) -> None:
    took_s, status, times = webcam.run("""
with Camera(device) as camera:
    _, frames = becomes(camera, "running")
    (folder / "unplugged").touch()
    took_s, more = becomes(camera, "reconnecting")
    problem = camera.problem
    (folder / "unplugged").unlink()
    frames += [*more, *becomes(camera, "running")[1]]
    while len(frames) < 8:
        frame = camera.read(0.1)
        if frame is not None:
            frames.append(frame)
    print(json.dumps([took_s, problem, [frame.time_s for frame in frames]]))
""")
    print(f"unplugging was noticed after {took_s:.2f} s")
    assert took_s < 10
    assert "plug" in status
    assert times == sorted(times)
    assert len(set(times)) == len(times)


def test_plugged_in_again_under_another_number(webcam: Webcam) -> None:
    names, shape, lost = webcam.run("""
from posecoach.frames import NamedCamera

def listed():
    return [NamedCamera(int(node.name[5:]), "Fake camera") for node in folder.glob("video*")]

source = DeviceSource(0, (1280, 720), 30, names=listed)
source.open()
source.read()
(folder / "video0").rename(folder / "gone")
(folder / "unplugged").touch()
try:
    while True:
        source.read()
except SourceError:
    source.close()
(folder / "unplugged").unlink()
try:
    source.open()
except SourceError as error:
    lost = error.problem
names = [source.name]
(folder / "gone").rename(folder / "video3")
source.open()
print(json.dumps([[*names, source.name], source.read().shape, lost]))
""")
    assert names == ["camera 0", "camera 3"]
    assert shape == [720, 1280, 3]
    assert lost.startswith("There is no camera 0: plug one in")


def test_a_frozen_picture_is_noticed_and_the_camera_opened_anew(webcam: Webcam) -> None:
    took_s, problem, asked, after = webcam.run("""
with Camera(device) as camera:
    becomes(camera, "running")
    for _ in range(5):
        camera.read(1.0)
    (folder / "frozen").touch()
    took_s, _ = becomes(camera, "stalled")
    problem = camera.problem
    # By itself, and without a new picture to show for it.
    begin = (folder / "asked").stat().st_size
    limit = time.monotonic() + 40
    while (folder / "asked").stat().st_size == begin and time.monotonic() < limit:
        assert camera.read(0.05) is None
    asked = (folder / "asked").stat().st_size > begin
    assert camera.read(1.0) is None and camera.status == "stalled", camera.status
    (folder / "frozen").unlink()
    becomes(camera, "running")
    print(json.dumps([took_s, problem, asked, camera.status]))
""")
    print(f"a frozen picture was noticed after {took_s:.2f} s")
    assert took_s < 10
    assert "frozen" in problem
    assert asked
    assert after == "running"
