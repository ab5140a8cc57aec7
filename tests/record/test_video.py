from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from posecoach.record.files import OutputError
from posecoach.record.video import VideoWriter

RED, GREEN, BLUE, GREY = (200, 30, 40), (30, 180, 50), (20, 60, 210), (128, 128, 128)


def picture(size: tuple[int, int], colour: Sequence[int] = GREY, bar: int = 0) -> np.ndarray:
    image = np.full((size[1], size[0], 3), colour, np.uint8)
    image[:, bar : bar + 8] = 255 - image[:, bar : bar + 8]
    return image


@dataclass
class Opened:
    codec: str
    pixel_format: str
    size: tuple[int, int]
    level: int
    times: list[float]
    duration_s: float
    images: list[np.ndarray]


def opened(path: Path) -> Opened:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        frames = list(container.decode(stream))
        assert stream.duration is not None
        assert stream.time_base is not None
        return Opened(
            stream.codec_context.name,
            str(stream.pix_fmt),
            (stream.width, stream.height),
            stream.codec_context.level or 0,
            [frame.time for frame in frames],
            float(stream.duration * stream.time_base),
            [frame.to_ndarray(format="rgb24") for frame in frames],
        )


def boxes(path: Path) -> list[str]:
    """The names of the file's top-level boxes, in order; they must fill it exactly."""
    data = path.read_bytes()
    names, at = [], 0
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        names.append(name.decode())
        at += length
    assert at == len(data)
    return names


def only(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(path: Path, times: Sequence[float], size: tuple[int, int] = (64, 48)) -> None:
    with VideoWriter(path, size) as video:
        for index, time_s in enumerate(times):
            video.write(picture(size, bar=index % 50), time_s)


def test_a_video_that_browsers_play(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    times = [index / 30 for index in range(45)]
    write(path, times)
    video = opened(path)
    assert video.codec == "h264"
    assert video.pixel_format == "yuv420p"
    assert video.size == (64, 48)
    assert video.level <= 42  # what every browser's hardware decodes
    assert video.times == pytest.approx(times, abs=1e-4)
    assert video.duration_s == pytest.approx(1.5, abs=1e-4)
    assert boxes(path).index("moov") < boxes(path).index("mdat")
    assert only(tmp_path) == ["out.mp4"]


@pytest.mark.parametrize(
    "times",
    [
        [0.0, 0.033, 0.066, 0.5, 0.533, 2.0, 2.04],
        [i * 1001 / 24000 for i in range(20)],
        [i / 120 for i in range(40)],
        [12.5 + i / 25 for i in range(10)],
    ],
    ids=["variable", "23.976", "120", "starting late"],
)
def test_the_clips_own_timing(tmp_path: Path, times: list[float]) -> None:
    path = tmp_path / "out.mp4"
    write(path, times)
    video = opened(path)
    assert video.times == pytest.approx([t - times[0] for t in times], abs=1e-4)
    expected = times[-1] - times[0] + (times[-1] - times[-2])
    assert video.duration_s == pytest.approx(expected, abs=1e-4)
    reader = cv2.VideoCapture(str(path))
    assert reader.get(cv2.CAP_PROP_FRAME_COUNT) == len(times)
    reader.release()


def test_one_picture_lasts_a_frame_of_the_clip(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    with VideoWriter(path, (64, 48), fps=25) as video:
        video.write(picture((64, 48)), 3.0)
    assert opened(path).times == [0.0]
    assert opened(path).duration_s == pytest.approx(0.04, abs=1e-4)


@pytest.mark.parametrize("fps", [0.0, 0.01, 90_000.0])
def test_an_absurd_mean_rate_does_no_harm(tmp_path: Path, fps: float) -> None:
    path = tmp_path / "out.mp4"
    with VideoWriter(path, (64, 48), fps=fps) as video:
        for index in range(5):
            video.write(picture((64, 48)), index / 10)
    assert opened(path).times == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4], abs=1e-4)


def test_times_that_stand_still_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    write(path, [0.0, 0.1, 0.1, 0.05, 0.2])
    times = opened(path).times
    assert len(times) == 5
    assert all(a < b for a, b in pairwise(times))
    assert times[-1] == pytest.approx(0.2, abs=1e-3)


@pytest.mark.parametrize("size", [(63, 47), (64, 47), (63, 48), (1279, 719)])
def test_odd_sizes_lose_one_pixel(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "out.mp4"
    with VideoWriter(path, size) as video:
        video.write(picture(size, GREEN), 0.0)
    result = opened(path)
    assert result.size == (size[0] // 2 * 2, size[1] // 2 * 2)
    np.testing.assert_allclose(result.images[0][-8:, -8:].mean(axis=(0, 1)), GREEN, atol=6)


@pytest.mark.parametrize("size", [(320, 240), (1280, 720)])
def test_colours_are_the_pictures_own(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "out.mp4"
    with VideoWriter(path, size) as video:
        for index, colour in enumerate((RED, GREEN, BLUE)):
            video.write(picture(size, colour), index / 30)
    for image, colour in zip(opened(path).images, (RED, GREEN, BLUE), strict=True):
        middle = image[size[1] // 2 - 20 : size[1] // 2 + 20, size[0] // 2 - 20 :]
        np.testing.assert_allclose(middle.mean(axis=(0, 1)), colour, atol=6)


def test_an_exception_leaves_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"

    def cut_short() -> None:
        with VideoWriter(path, (64, 48)) as video:
            for index in range(20):
                video.write(picture((64, 48), bar=index), index / 30)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cut_short()
    assert len(opened(path).times) == 20
    assert boxes(path).index("moov") < boxes(path).index("mdat")
    assert only(tmp_path) == ["out.mp4"]


@pytest.mark.parametrize("older", [False, True])
def test_no_picture_no_new_file(tmp_path: Path, older: bool) -> None:
    path = tmp_path / "out.mp4"
    if older:
        path.write_bytes(b"older")
    with VideoWriter(path, (64, 48)):
        pass
    assert only(tmp_path) == (["out.mp4"] if older else [])
    assert not older or path.read_bytes() == b"older"


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    path.write_bytes(b"older")
    write(path, [0.0, 0.1])
    assert len(opened(path).times) == 2


def test_closing_twice_is_fine(tmp_path: Path) -> None:
    video = VideoWriter(tmp_path / "out.mp4", (64, 48))
    video.write(picture((64, 48)), 0.0)
    video.close()
    video.close()
    assert len(opened(tmp_path / "out.mp4").times) == 1


def test_a_picture_of_another_size_is_a_defect_of_ours(tmp_path: Path) -> None:
    with VideoWriter(tmp_path / "out.mp4", (64, 48)) as video:
        with pytest.raises(ValueError, match="in a video of"):
            video.write(picture((48, 64)), 0.0)
        video.write(picture((64, 48)), 0.0)
    assert len(opened(tmp_path / "out.mp4").times) == 1


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing/out.mp4", "folder .* does not exist"),
        ("out.avi", r"name it out\.mp4"),
        ("out", r"name it out\.mp4"),
        ("folder.mp4", "is a folder"),
    ],
)
def test_what_cannot_be_written_is_said_on_one_line(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "folder.mp4").mkdir()
    with pytest.raises(OutputError, match=why) as caught:
        VideoWriter(tmp_path / name, (64, 48))
    assert "\n" not in str(caught.value)
    assert only(tmp_path) == ["folder.mp4"]


def test_the_clip_itself_is_never_overwritten(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    write(clip, [0.0, 0.1])
    before = clip.read_bytes()
    (tmp_path / "sub").mkdir()
    with pytest.raises(OutputError, match="the clip being read"):
        VideoWriter(tmp_path / "sub" / ".." / "clip.mp4", (64, 48), source=clip)
    assert clip.read_bytes() == before


def test_a_picture_too_small_for_video(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="too small"):
        VideoWriter(tmp_path / "out.mp4", (1, 48))
    assert only(tmp_path) == []


WRITE = """
import signal, sys
from pathlib import Path
import numpy as np
from posecoach.record.files import OutputError
from posecoach.record.video import VideoWriter

path, limit, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
if limit:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
noise = np.random.default_rng(0).integers(0, 255, (8, 120, 160, 3), dtype=np.uint8)
try:
    with VideoWriter(path, (160, 120)) as video:
        for index in range(count):
            video.write(noise[index % 8], index / 30)
            if index == 20:
                print("going", flush=True)
except OutputError as error:
    print(error)
except KeyboardInterrupt:
    print("interrupted")
"""


def command(path: Path, limit: int, count: int) -> list[str]:
    return [sys.executable, "-c", WRITE, str(path), str(limit), str(count)]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_a_disk_that_fills_up_leaves_no_broken_file(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    subprocess.run(command(path, 0, 60), check=True, capture_output=True)
    whole = path.stat().st_size
    # In the middle, when the last pictures come, and when the index moves to the front.
    for limit in (whole // 3, whole - 1500, whole - 1):
        path.write_bytes(b"older")
        done = subprocess.run(command(path, limit, 60), check=True, capture_output=True, text=True)
        lines = done.stdout.splitlines()
        assert lines[-1].startswith(f"Cannot write {path}: the disk is full"), done.stderr
        assert only(tmp_path) == ["out.mp4"]
        assert path.read_bytes() == b"older"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows interrupts differently")
def test_ctrl_c_leaves_a_playable_file(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    with subprocess.Popen(
        command(path, 0, 1_000_000), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "going\n"
        os.kill(process.pid, signal.SIGINT)
        assert process.stdout.read() == "interrupted\n"
    video = opened(path)
    assert video.times
    assert video.times == pytest.approx([i / 30 for i in range(len(video.times))], abs=1e-4)
    assert boxes(path).index("moov") < boxes(path).index("mdat")
    assert only(tmp_path) == ["out.mp4"]
