"""Whatever a user can get wrong is one line on standard error, and no file is harmed."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

Run = Callable[..., Any]


@pytest.fixture
def clip(short_clip: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(short_clip, tmp_path / "clip.mp4"))


def test_no_such_clip(posecoach: Run) -> None:
    done = posecoach("replay", "none.mp4", "--exercise", "heel_raises")
    assert (done.status, done.out) == (1, "")
    assert "none.mp4: there is no such file" in done.complaint


def test_a_folder(posecoach: Run, tmp_path: Path) -> None:
    done = posecoach("replay", tmp_path, "--exercise", "heel_raises")
    assert done.status == 1
    assert "this is a folder" in done.complaint


@pytest.mark.parametrize("content", [b"", b"Not a video.\n"], ids=["zero bytes", "text"])
def test_not_a_video(posecoach: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "clip.mp4").write_bytes(content)
    done = posecoach(
        *("replay", "clip.mp4", "--exercise", "heel_raises"),
        *("--output", "o.mp4", "--json", "o.json", "--csv", "o.csv"),
    )
    assert done.status == 1
    assert done.complaint.startswith("clip.mp4: ")
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


def test_cut_in_half_without_its_index(posecoach: Run, clips: Path, tmp_path: Path) -> None:
    data = (clips / "hr_front.mp4").read_bytes()
    index = data.find(b"moov")
    (tmp_path / "clip.mp4").write_bytes(data[: min(len(data) // 2, index)])
    done = posecoach("replay", "clip.mp4", "--exercise", "heel_raises")
    assert done.status == 1
    assert "its end is missing" in done.complaint


def test_sound_only(posecoach: Run, tmp_path: Path) -> None:
    with av.open(str(tmp_path / "sound.mp4"), "w") as container:
        stream = container.add_stream("aac", rate=48000)
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), "fltp", "stereo")
        frame.sample_rate = 48000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    done = posecoach("replay", "sound.mp4", "--exercise", "heel_raises")
    assert done.status == 1
    assert "only sound" in done.complaint


@pytest.mark.parametrize(
    ("given", "nearest"), [("heel_raise", "heel_raises"), ("Toe-Walking", "toe_walking")]
)
def test_unknown_exercise_names_the_nearest(
    posecoach: Run, clip: Path, given: str, nearest: str
) -> None:
    done = posecoach("replay", clip, "--exercise", given)
    assert done.status == 2
    assert f"did you mean '{nearest}'?" in done.complaint


@pytest.mark.parametrize(
    ("model", "status", "said"),
    [
        ("fulll", 2, "No model 'fulll'"),
        ("clip.mp4", 1, "is not a pose model"),
        ("heavy", 1, "67f1d3f0e861ba2220281b4bd23572ed5675299480a051a54adb51d4b53293f9"),
    ],
)
def test_models_that_cannot_serve(
    posecoach: Run, clip: Path, tmp_path: Path, model: str, status: int, said: str
) -> None:
    home = str(tmp_path)
    done = posecoach(
        *("replay", clip, "--exercise", "heel_raises", "--model", model),
        HOME=home,
        XDG_DATA_HOME=home,
    )
    assert done.status == status
    assert said in done.complaint


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--height 1.75", "1.75 is no body height in centimetres; it must be from 80 to 250"),
        ("--height 79.9", "79.9 is no body height"),
        ("--height 251", "251 is no body height"),
        ("--height nan", "nan is no body height"),
        ("--height tall", "'tall' is not a valid float"),
        ("--hold 0", "0 is no time to hold"),
        ("--hold -5", "-5 is no time to hold"),
        ("--hold inf", "inf is no time to hold"),
        ("--side middle", "'middle' is not one of"),
        ("--feet sideways", "'sideways' is not one of"),
        ("--feet out", "--feet is for walking; heel_raises is none"),
        ("--heigth 170", "Did you mean '--height'?"),
        ("--json", "requires an argument"),
    ],
)
def test_options_that_cannot_be(posecoach: Run, clip: Path, options: str, said: str) -> None:
    done = posecoach("replay", clip, "--exercise", "heel_raises", *shlex.split(options))
    assert (done.status, done.out) == (2, "")
    assert said in done.complaint


def test_no_clip_or_no_exercise(posecoach: Run, clip: Path) -> None:
    assert (
        "Missing argument 'CLIP...'" in posecoach("replay", "--exercise", "heel_raises").complaint
    )
    done = posecoach("replay", clip)
    assert done.status == 2
    assert "add --exercise ID" in done.complaint


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--output none/o.mp4", "the folder none does not exist; create it"),
        ("--json none/o.json", "the folder none does not exist; create it"),
        ("--csv none/o.csv", "the folder none does not exist; create it"),
        ("--output o.avi", "annotated video is mp4"),
        ("--output clip.mp4", "it is the clip being read"),
        ("--json clip.mp4", "it is the clip being read"),
        ("--csv ../{}/clip.mp4", "it is the clip being read"),
    ],
)
def test_outputs_that_cannot_be_written(
    posecoach: Run, clip: Path, tmp_path: Path, options: str, said: str
) -> None:
    before = clip.read_bytes()
    options = options.format(tmp_path.name)
    done = posecoach(*("replay", "clip.mp4", "--exercise", "heel_raises"), *shlex.split(options))
    assert (done.status, done.out) == (1, "")
    assert said in done.complaint
    assert clip.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
@pytest.mark.parametrize("option", ["--output o.mp4", "--csv o.csv", "--json o.json"])
def test_a_full_disk(clip: Path, tmp_path: Path, option: str) -> None:
    program = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (800, 800))
from posecoach.cli.main import main
main(sys.argv[1:])
"""
    done = subprocess.run(
        [
            *(sys.executable, "-B", "-c", program, "replay", "clip.mp4"),
            *("--exercise", "heel_raises", "--model", "lite", *shlex.split(option)),
        ],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    name = option.split()[1]
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"posecoach: Cannot write {name}: the disk is full; "
        "free some space or choose another folder."
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is a screen")
def test_no_screen_to_show_it_on(posecoach: Run, clip: Path) -> None:
    done = posecoach("replay", clip, "--exercise", "heel_raises", "--show", WAYLAND_DISPLAY=None)
    assert done.status == 1
    assert "DISPLAY is not set" in done.complaint


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names are text elsewhere")
def test_a_name_that_is_no_text(posecoach: Run, short_clip: Path, tmp_path: Path) -> None:
    name = os.fsdecode(b"heels-\xff.mp4")
    shutil.copy(short_clip, tmp_path / name)
    asked = ("replay", name, "--exercise", "heel_raises", "--model", "lite")
    done = posecoach(*asked, "--json", "o.json", "--report", "o.html")
    assert (done.status, done.err) == (0, "")
    assert json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))["clip"]["file"]
    printed = posecoach(*asked, "--json", "-").out
    assert json.loads(printed)["clip"]["file"] == "heels-?.mp4"
