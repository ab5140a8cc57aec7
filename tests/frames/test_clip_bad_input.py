from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from posecoach.errors import PosecoachError
from posecoach.frames import Clip, ClipError

pytestmark = pytest.mark.usefixtures("nothing_on_the_terminal")

MakeClip = Callable[..., Path]


def refusal(path: Path) -> str:
    with pytest.raises(ClipError) as caught:
        Clip(path)
    message = str(caught.value)
    assert isinstance(caught.value, PosecoachError)
    assert path.name in message
    assert "\n" not in message
    return message


def test_no_such_file(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "nothing.mp4")


def test_a_folder(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    assert "not a file" in refusal(tmp_path / "pipe.mp4")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"This is not a video.\n",
        b"\n".join(b"%d" % i for i in range(20_000)),
        bytes(100_000),
        b"\x1b[31mred\x1b[0m\n" * 500,
        b"#EXTM3U\n#EXTINF:2,\nhttp://127.0.0.1:9/secret.ts\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile http://127.0.0.1:9/secret.ts\n",
    ],
    ids=["zero bytes", "text", "numbers", "zeros", "terminal", "playlist", "concat"],
)
def test_not_a_video(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    assert refusal(path)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept in another way")
def test_no_permission(make_clip: MakeClip) -> None:
    path = make_clip()
    path.chmod(0)
    was = os.geteuid()
    try:
        if was == 0:
            os.seteuid(65534)
        message = refusal(path)
    finally:
        os.seteuid(was)
    assert "permission" in message


def test_sound_only(tmp_path: Path) -> None:
    path = tmp_path / "sound.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=48000)
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), "fltp", "stereo")
        frame.sample_rate = 48000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    assert "only sound" in refusal(path)


def test_a_song_with_a_cover_is_sound_only(tmp_path: Path, make_clip: MakeClip) -> None:
    cover = make_clip("cover.mkv", frames=1, codec="mjpeg", pix_fmt="yuvj420p")
    with av.open(str(cover)) as container:
        jpeg = bytes(next(container.demux(video=0)))
    song = tmp_path / "song.mp3"
    with av.open(str(song), "w", options={"id3v2_version": "0"}) as container:
        stream = container.add_stream("mp3", rate=44100)
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1152), np.float32), "fltp", "stereo")
        frame.sample_rate = 44100
        for _ in range(20):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    body = b"\x00image/jpeg\x00\x03\x00" + jpeg
    tag = b"APIC" + len(body).to_bytes(4, "big") + b"\x00\x00" + body
    size = bytes((len(tag) >> shift) & 0x7F for shift in (21, 14, 7, 0))
    song.write_bytes(b"ID3\x03\x00\x00" + size + tag + song.read_bytes())
    with av.open(str(song)) as container:
        assert container.streams.video, "the cover is there"
    assert "only sound" in refusal(song)


def test_an_mp4_cut_in_half_is_refused(make_clip: MakeClip, cut_clip: Callable[..., Path]) -> None:
    message = refusal(cut_clip(make_clip(frames=60)))
    assert "record or export it again" in message


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("clip.mkv", {}),
        ("clip.ts", {}),
        ("clip.mp4", {"movflags": "frag_keyframe+empty_moov"}),
        ("clip.mp4", {"movflags": "faststart"}),
        ("clip.avi", {}),
    ],
)
def test_a_streamable_clip_cut_in_half_gives_what_is_there(
    make_clip: MakeClip, cut_clip: Callable[..., Path], name: str, options: dict[str, str]
) -> None:
    noise = np.random.default_rng(1)
    path = make_clip(
        name,
        frames=90,
        options=options,
        images=lambda i: noise.integers(0, 255, (120, 160, 3), np.uint8),
    )
    with Clip(cut_clip(path, 0.503)) as clip:
        times = [frame.time_s for frame in clip]
        assert 20 <= len(times) <= 60
        assert times == sorted(set(times))
        assert clip.truncated
        assert clip.warning is not None
        assert "cut short" in clip.warning


def test_holes_in_the_middle_are_stepped_over(make_clip: MakeClip) -> None:
    noise = np.random.default_rng(1)
    path = make_clip(
        "holes.mkv",
        frames=90,
        codec="mjpeg",
        pix_fmt="yuvj420p",
        images=lambda i: noise.integers(0, 255, (120, 160, 3), np.uint8),
    )
    data = bytearray(path.read_bytes())
    for share in (0.3, 0.5, 0.7):
        at = int(len(data) * share)
        data[at : at + 3000] = bytes(3000)
    path.write_bytes(data)
    with Clip(path) as clip:
        frames = list(clip)
    assert 60 <= len(frames) <= 90
    assert frames[-1].time_s > 2.5


def test_no_picture_that_decodes(make_clip: MakeClip) -> None:
    path = make_clip("hollow.mp4", frames=30, options={"movflags": "faststart"})
    data = bytearray(path.read_bytes())
    begin = data.index(b"mdat") + 4
    data[begin:] = bytes(len(data) - begin)
    path.write_bytes(data)
    assert "decoded" in refusal(path)


def test_pictures_of_a_kind_that_cannot_be_converted(tmp_path: Path) -> None:
    path = tmp_path / "old.nut"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("rawvideo", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "rgb4"
        frame = av.VideoFrame(64, 48, "rgb4")
        frame.pts = 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with (
        Clip(path) as clip,
        pytest.raises(ClipError, match=r"old\.nut: pictures of its kind") as told,
    ):
        next(clip)
    assert "rgb4" in str(told.value)
    assert "export" in str(told.value)


def test_absurd_dimensions_are_refused(make_clip: MakeClip) -> None:
    path = make_clip("wide.mkv", size=(8208, 16), frames=1, codec="ffv1")
    message = refusal(path)
    assert "8208x16" in message
    assert "convert" in message


@pytest.mark.skipif(sys.platform == "win32", reason="its peak of memory is asked otherwise")
def test_absurd_dimensions_hidden_in_the_picture_are_refused(make_clip: MakeClip) -> None:
    path = make_clip("bomb.mov", size=(64, 64), frames=3, codec="png", pix_fmt="rgb24")
    honest = (64).to_bytes(4, "big") * 2
    data = path.read_bytes()
    assert data.count(b"IHDR" + honest) == 3
    path.write_bytes(data.replace(b"IHDR" + honest, b"IHDR" + (16_000).to_bytes(4, "big") * 2))
    program = (
        "import resource, sys\n"
        "from posecoach.frames import Clip, ClipError\n"
        "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = peak()\n"
        "try: Clip(sys.argv[1])\n"
        "except ClipError: print(peak() - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    # Kilobytes on Linux, bytes on macOS: either way far below the 768 MB of that picture.
    assert int(done.stdout) < (200_000 if sys.platform.startswith("linux") else 200_000_000)
