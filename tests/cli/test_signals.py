"""`posecoach signals`: what the signals do on a clip."""

from __future__ import annotations

import csv
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import pytest

from posecoach.motion import names

Run = Callable[..., Any]


def table(out: str) -> dict[str, list[str]]:
    """The lines of the printed table by signal, without those that say what was written."""
    _, _, *lines = out.splitlines()
    cells = [line.split() for line in lines if not line.startswith("Wrote ")]
    return {name: rest for name, *rest in cells}


def test_without_options_it_lists_every_signal(posecoach: Run, short_clip: Path) -> None:
    done = posecoach("signals", short_clip, "--model", "lite")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("short.mp4: ")
    assert "lite model" in done.out.splitlines()[0]
    found = table(done.out)
    assert list(found) == names()
    unit, *values, missing = found["knee_bend.left"]
    assert unit == "deg"
    least, median, greatest = map(float, values)
    # Somebody who stands, seen for two seconds.
    assert 150 < least <= median <= greatest <= 180
    assert missing == "0%"


def test_the_asked_ones_of_one_side_or_both_as_table_and_picture(
    posecoach: Run, short_clip: Path, tmp_path: Path
) -> None:
    done = posecoach(
        *("signals", short_clip, "--model", "lite", "--signal", "knee_bend.left"),
        *("--signal", "leg_span", "--signal", "body_rise", "--csv", "o.csv", "--plot", "o.png"),
    )
    assert (done.status, done.err) == (0, "")
    wanted = ["knee_bend.left", "leg_span.left", "leg_span.right", "body_rise"]
    assert list(table(done.out)) == wanted
    assert done.out.splitlines()[-2:] == ["Wrote o.csv", "Wrote o.png"]
    with (tmp_path / "o.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["time_s", *wanted]
    spans = [float(row["leg_span.left"]) for row in rows]
    assert float(table(done.out)["leg_span.left"][2]) == pytest.approx(
        float(np.median(spans)), abs=6e-4
    )
    # Rest must be learned first.
    assert rows[0]["body_rise"] == ""
    assert float(rows[-1]["body_rise"]) == pytest.approx(0, abs=0.01)
    picture = cv2.imread(str(tmp_path / "o.png"))
    assert picture is not None
    # Three panels, one signal each; blue for left, vermilion for right.
    assert picture.shape[0] > 450
    for blue_green_red in ((178, 114, 0), (0, 94, 213)):
        assert np.all(picture == blue_green_red, axis=2).sum() > 50


def test_an_exercise_gives_its_signals_and_levels(
    posecoach: Run, short_clip: Path, tmp_path: Path
) -> None:
    call = ("signals", short_clip, "--model", "lite", "--exercise", "heel_raises")
    done = posecoach(*call, "--plot", "with.png")
    assert (done.status, done.err) == (0, "")
    found = table(done.out)
    assert {"body_rise", "lone_heel_rise.left", "lone_heel_rise.right", "hip_height"} <= set(found)
    assert "reach.left" not in found
    # The same signals without levels: the lines are what is more in the picture.
    wanted = [part for name in found for part in ("--signal", name)]
    posecoach("signals", short_clip, "--model", "lite", *wanted, "--plot", "without.png")
    grey = [
        int(np.all(cv2.imread(str(tmp_path / name)) == (85, 85, 85), axis=2).sum())
        for name in ("with.png", "without.png")
    ]
    assert grey[0] > grey[1] + 500


def test_an_exercise_of_ones_own(posecoach: Run, short_clip: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    example = Path(__file__).parents[2] / "docs" / "examples" / "chair_stand.toml"
    (tmp_path / "mine" / "chair_stand.toml").write_bytes(example.read_bytes())
    done = posecoach(
        *("signals", short_clip, "--model", "lite"),
        *("--exercise", "chair_stand", "--exercises", "mine"),
    )
    assert (done.status, done.err) == (0, "")
    assert set(table(done.out)) == {"hip_height", "trunk_lean"}


def open_files(process: int) -> set[str]:
    """Names of the files that a process has open, less what it closes meanwhile."""
    names = set()
    for link in Path(f"/proc/{process}/fd").iterdir():
        with suppress(FileNotFoundError):
            names.add(link.readlink().name)
    return names


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the process as Linux shows it")
def test_ctrl_c_keeps_what_was_seen(begin: Run, clips: Path, tmp_path: Path) -> None:
    process = begin(
        *("signals", clips / "hr_front.mp4", "--csv", "o.csv", "--plot", "o.png"),
        *("--signal", "body_rise"),
    )
    while process.poll() is None and "hr_front.mp4" not in open_files(process.pid):
        time.sleep(0.05)
    # For some frames to come, though none would do.
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "stopped at" in err
    assert "Traceback" not in err
    assert out.splitlines()[-2:] == ["Wrote o.csv", "Wrote o.png"]
    with av.open(str(clips / "hr_front.mp4")) as container:
        assert len((tmp_path / "o.csv").read_text().splitlines()) <= (
            container.streams.video[0].frames
        )
    assert cv2.imread(str(tmp_path / "o.png")) is not None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--signal", "knee_bent"), "No signal is called 'knee_bent'; did you mean 'knee_bend'?"),
        (("--signal", "body_rise.left"), "did you mean 'body_rise'?"),
        (("--exercise", "heel_raise"), "did you mean 'heel_raises'?"),
        (("--plot", "clip.mp4"), "it is the clip being read"),
        (("--plot", "x.png", "--csv", "x.png"), "two outputs"),
        (("--plot", "none/x.png"), "the folder none does not exist"),
        (("--model", "huge"), "huge"),
    ],
)
def test_a_wrong_call_is_one_line(
    posecoach: Run, short_clip: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(short_clip.read_bytes())
    done = posecoach("signals", "clip.mp4", *arguments)
    assert done.status in (1, 2)
    assert said in done.complaint
    assert clip.read_bytes() == short_clip.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mp4"]


def test_what_is_no_clip(posecoach: Run, tmp_path: Path) -> None:
    (tmp_path / "x.mp4").write_text("no clip")
    assert posecoach("signals", "x.mp4", "--plot", "o.png").status == 1
    assert not (tmp_path / "o.png").exists()
