from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from posecoach.frames import Clip, Frame

MakeClip = Callable[..., Path]
UPRIGHT = ["red", "green", "blue", "white"]


def seen(image: np.ndarray, colour_at: Callable[..., str]) -> list[str]:
    """Colours top left, top right, bottom left, bottom right."""
    return [colour_at(image, x, y) for y in (0.2, 0.8) for x in (0.2, 0.8)]


def frames_of(path: Path) -> list[Frame]:
    with Clip(path) as clip:
        return list(clip)


def assert_grows(frames: list[Frame]) -> None:
    times = [frame.time_s for frame in frames]
    assert times[0] == 0
    assert all(a < b for a, b in pairwise(times))
    assert [frame.index for frame in frames] == list(range(len(frames)))


def test_a_plain_clip(make_clip: MakeClip, colour_at: Callable[..., str]) -> None:
    with Clip(make_clip("plain.mp4", frames=45)) as clip:
        assert clip.info.name == "plain.mp4"
        assert (clip.info.width, clip.info.height) == (160, 120)
        assert clip.info.frames == 45
        assert clip.info.seconds == pytest.approx(1.5, abs=0.05)
        assert clip.info.mean_fps == pytest.approx(30, abs=1)
        frames = list(clip)
        assert (clip.warning, clip.truncated) == (None, False)
    assert len(frames) == 45
    assert_grows(frames)
    assert frames[-1].time_s == pytest.approx(44 / 30, abs=1e-3)
    image = frames[0].image
    assert (image.shape, image.dtype) == ((120, 160, 3), np.uint8)
    assert image.flags.c_contiguous
    assert seen(image, colour_at) == UPRIGHT


def test_pictures_stay_valid_after_the_clip_moved_on_and_closed(make_clip: MakeClip) -> None:
    path = make_clip(images=lambda i: np.full((120, 160, 3), 8 * i, np.uint8))
    levels = [frame.image.mean() for frame in frames_of(path)]
    assert levels == pytest.approx([8 * i for i in range(30)], abs=4)


@pytest.mark.parametrize("fps", [10, 24, 25, 30, 50, 60, 120])
def test_rates(make_clip: MakeClip, fps: int) -> None:
    frames = frames_of(make_clip(fps=fps, frames=24))
    assert [f.time_s for f in frames] == pytest.approx([i / fps for i in range(24)], abs=1e-3)


def test_a_variable_rate_keeps_its_true_times(make_clip: MakeClip) -> None:
    times = list(np.cumsum([0.0, *[0.033] * 10, 1.2, *[0.0083] * 10, *[0.1, 0.02] * 5]))
    assert [f.time_s for f in frames_of(make_clip(times=times))] == pytest.approx(times, abs=1e-3)


def test_time_starts_at_the_first_frame(make_clip: MakeClip) -> None:
    path = make_clip("late.mkv", times=[100 + i / 25 for i in range(10)])
    assert [f.time_s for f in frames_of(path)] == pytest.approx([i / 25 for i in range(10)])


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize("mirror", [False, True])
def test_a_phone_clip_is_upright(
    make_clip: MakeClip,
    turn_clip: Callable[..., Path],
    colour_at: Callable[..., str],
    degrees: int,
    mirror: bool,
) -> None:
    def stored(_: int) -> np.ndarray:
        # The sensor's picture: what the display matrix says is undone beforehand.
        from_shown = np.rot90(shown, -degrees // 90)
        return np.ascontiguousarray(from_shown[:, ::-1] if mirror else from_shown)

    h, w = 160, 120
    shown = np.empty((h, w, 3), np.uint8)
    shown[: h // 2, : w // 2], shown[: h // 2, w // 2 :] = (220, 30, 30), (30, 200, 30)
    shown[h // 2 :, : w // 2], shown[h // 2 :, w // 2 :] = (30, 30, 220), (230, 230, 230)
    height, width = stored(0).shape[:2]
    path = make_clip("phone.mp4", size=(width, height), frames=4, images=stored)
    with Clip(turn_clip(path, degrees, mirror=mirror)) as clip:
        assert (clip.info.width, clip.info.height) == (120, 160)
        for frame in clip:
            assert frame.size == (120, 160)
            assert frame.image.flags.c_contiguous
            assert seen(frame.image, colour_at) == UPRIGHT


@pytest.mark.parametrize("size", [(426, 240), (1080, 1920), (3840, 2160), (638, 358), (98, 50)])
def test_sizes(make_clip: MakeClip, colour_at: Callable[..., str], size: tuple[int, int]) -> None:
    frames = frames_of(make_clip(size=size, frames=2))
    assert {frame.size for frame in frames} == {size}
    assert seen(frames[-1].image, colour_at) == UPRIGHT


@pytest.mark.parametrize("size", [(101, 75), (333, 241)])
def test_odd_sizes(
    make_clip: MakeClip, colour_at: Callable[..., str], size: tuple[int, int]
) -> None:
    path = make_clip("odd.mkv", size=size, frames=2, codec="ffv1", pix_fmt="yuv444p")
    frames = frames_of(path)
    assert {frame.size for frame in frames} == {size}
    assert all(frame.image.flags.c_contiguous for frame in frames)
    assert seen(frames[0].image, colour_at) == UPRIGHT


@pytest.mark.parametrize(
    ("codec", "pix_fmt"),
    [
        ("ffv1", "yuv420p10le"),
        ("ffv1", "yuv422p"),
        ("ffv1", "bgra"),
        ("mjpeg", "yuvj420p"),
        ("mpeg4", "yuv420p"),
    ],
)
def test_pixel_formats(
    make_clip: MakeClip, colour_at: Callable[..., str], codec: str, pix_fmt: str
) -> None:
    path = make_clip("format.mkv", frames=2, codec=codec, pix_fmt=pix_fmt)
    assert [seen(frame.image, colour_at) for frame in frames_of(path)] == [UPRIGHT] * 2


@pytest.mark.parametrize("pix_fmt", ["gray", "gray10le"])
def test_grey_pictures_come_as_rgb(make_clip: MakeClip, pix_fmt: str) -> None:
    path = make_clip("grey.mkv", frames=2, codec="ffv1", pix_fmt=pix_fmt)
    image = frames_of(path)[0].image
    assert image.shape == (120, 160, 3)
    assert np.ptp(image.astype(int), axis=2).max() <= 2
    assert image[10, 10].mean() < image[110, 150].mean()


@pytest.mark.parametrize(
    ("aspect", "size"),
    [(Fraction(4, 3), (213, 120)), (Fraction(1, 2), (160, 240)), (Fraction(999), (160, 120))],
)
def test_pixels_are_made_square(
    make_clip: MakeClip,
    colour_at: Callable[..., str],
    aspect: Fraction,
    size: tuple[int, int],
) -> None:
    path = make_clip("aspect.mp4", frames=2, aspect=aspect)
    with Clip(path) as clip:
        assert (clip.info.width, clip.info.height) == size
        frame = next(clip)
    assert frame.size == size
    assert seen(frame.image, colour_at) == UPRIGHT


def test_one_frame(make_clip: MakeClip) -> None:
    with Clip(make_clip(frames=1)) as clip:
        assert len(list(clip)) == 1
        assert (clip.warning, clip.truncated) == (None, False)


def test_a_clip_runs_once(make_clip: MakeClip) -> None:
    with Clip(make_clip(frames=3)) as clip:
        assert len(list(clip)) == 3
        assert list(clip) == []


def test_no_timestamps(make_clip: MakeClip) -> None:
    frames = frames_of(make_clip("raw.h264", fps=25, frames=20))
    assert len(frames) == 20
    assert_grows(frames)


def test_timestamps_that_start_anew(make_clip: MakeClip) -> None:
    one = make_clip("one.ts", frames=30, times=[5 + i / 30 for i in range(30)])
    other = make_clip("other.ts", frames=30)
    joined = one.with_name("joined.ts")
    joined.write_bytes(one.read_bytes() + other.read_bytes())
    frames = frames_of(joined)
    assert len(frames) >= 55
    assert_grows(frames)
    assert frames[-1].time_s < 4


def test_equal_timestamps(make_clip: MakeClip) -> None:
    # Matroska counts in milliseconds: these come out as three equal times each.
    times = [i / 30 + j * 1e-4 for i in range(10) for j in range(3)]
    frames = frames_of(make_clip("equal.mkv", times=times, codec="mjpeg", pix_fmt="yuvj420p"))
    assert len(frames) == 30
    assert_grows(frames)


def test_the_picture_is_found_beside_cover_and_sound(
    tmp_path: Path, colour_at: Callable[..., str]
) -> None:
    path = tmp_path / "several.mkv"
    with av.open(str(path), "w") as container:
        sound = container.add_stream("aac", rate=48000)
        small = container.add_stream("mpeg4", rate=30)
        small.width, small.height, small.pix_fmt = 64, 48, "yuv420p"
        large = container.add_stream("mpeg4", rate=30)
        large.width, large.height, large.pix_fmt = 160, 120, "yuv420p"
        for i in range(5):
            for stream, shade in ((small, 0), (large, 255)):
                picture = np.full((stream.height, stream.width, 3), shade, np.uint8)
                frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
                frame.pts = i
                container.mux(stream.encode(frame))
        silence = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), "fltp", "stereo")
        silence.sample_rate = 48000
        container.mux(sound.encode(silence))
        for stream in (small, large, sound):
            container.mux(stream.encode(None))
    frames = frames_of(path)
    assert [frame.size for frame in frames] == [(160, 120)] * 5
    assert colour_at(frames[0].image, 0.5, 0.5) == "white"


def test_a_size_that_changes_on_the_way(make_clip: MakeClip, colour_at: Callable[..., str]) -> None:
    wide = make_clip("wide.ts", size=(320, 180), frames=10)
    tall = make_clip("tall.ts", size=(180, 320), times=[1 + i / 30 for i in range(10)])
    joined = wide.with_name("joined.ts")
    joined.write_bytes(wide.read_bytes() + tall.read_bytes())
    frames = frames_of(joined)
    assert {frame.size for frame in frames} == {(320, 180)}
    last = frames[-1].image
    assert last[:, :80].max() < 20, "fitted in, not stretched"
    assert seen(last[:, 110:210], colour_at) == UPRIGHT
