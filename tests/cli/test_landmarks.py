"""Recordings of landmarks on the command line: counted, drawn, exported, damaged."""

from __future__ import annotations

import csv
import json
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from posecoach import PosecoachError
from posecoach.cli.main import cli
from posecoach.feedback.theme import PANEL
from posecoach.frames import Clip
from posecoach.record.landmarks import AskedExercise, LandmarkReader, LandmarkWriter

Run = Callable[..., Any]
FEET = ("--foot", "right:51,68,64,85", "--foot", "left:61,64,74,77")


@pytest.fixture
def raises(mixed: Any, tmp_path: Path) -> Path:
    """The demo clip's landmarks, under a name that says nothing."""
    return Path(shutil.copy(mixed.folder / "o.landmarks", tmp_path / "problem.bin"))


def stamps(video: Path) -> list[int | None]:
    with av.open(str(video)) as container:
        return sorted(packet.pts for packet in container.demux(video=0) if packet.pts is not None)


def test_it_gives_what_its_clip_gives_to_the_byte(
    posecoach: Run, mixed: Any, raises: Path, tmp_path: Path
) -> None:
    done = posecoach("replay", raises, "--json", "o.json", "--csv", "o.csv", "--output", "o.mp4")
    assert (done.status, done.err) == (0, "")
    counted = mixed.ended.out.partition("  Wrote")[0]
    assert done.out.startswith(counted + "  Wrote o.mp4\n")
    clips, again = ((f / "o.json").read_text() for f in (mixed.folder, tmp_path))
    # But for the name of the file that was read.
    assert again == clips.replace("hr_side_r_mixed.mp4", "problem.bin")
    assert (tmp_path / "o.csv").read_bytes() == (mixed.folder / "o.csv").read_bytes()

    # The skeleton on a dark ground, and nobody.
    assert stamps(tmp_path / "o.mp4") == stamps(mixed.video)
    with Clip(tmp_path / "o.mp4") as video:
        pictures = [frame.image for frame in islice(video, 90)]
    dark = [np.abs(image.astype(int) - PANEL).max(axis=2) < 24 for image in pictures[::30]]
    assert all(0.8 < picture.mean() < 0.99 for picture in dark)


def test_it_holds_no_picture_and_is_small(mixed: Any, raises: Path) -> None:
    seconds = mixed.result["clip"]["seconds"]
    assert raises.stat().st_size / seconds * 60 < 1.1e6
    # Not the clip's name either, which may be somebody's.
    assert b"hr_side" not in raises.read_bytes()


def test_the_call_goes_before_what_was_recorded(posecoach: Run, raises: Path) -> None:
    done = posecoach("replay", raises, "--height", "160", "--side", "left", "--json", "-")
    result = json.loads(done.out)
    assert result["height_cm"] == {"value": 160.0, "origin": "given"}
    assert result["side"] == "left"
    assert result["summary"]["reps"] == {"total": 4, "left": 4, "right": 0, "both": 0}


def test_another_exercise_is_counted_in_it(posecoach: Run, raises: Path) -> None:
    done = posecoach("replay", raises, "--exercise", "toe_stand", "--hold", "0.2", "--json", "-")
    result = json.loads(done.out)
    assert (result["exercise"], result["model"]) == ("toe_stand", "full")
    assert result["height_cm"]["value"] == 181.7
    assert result["summary"]["reps"]["total"] >= 3


def test_close_ups_are_in_it_and_so_is_where_feet_are(
    posecoach: Run, clips: Path, tmp_path: Path
) -> None:
    clip = clips / "tc_close_feet.mp4"
    options = ("--exercise", "toe_curls", *FEET, "--json", "a.json", "--csv", "a.csv")
    first = posecoach("replay", clip, *options, "--landmarks", "a.landmarks")
    assert (first.status, first.err) == (0, "")
    again = posecoach("replay", "a.landmarks", "--json", "b.json", "--csv", "b.csv")
    assert (again.status, again.err) == (0, "")
    a, b = (json.loads((tmp_path / f"{name}.json").read_text()) for name in "ab")
    assert a["summary"]["reps"]["both"] == 5
    assert a["close_up"] == "alone"
    a["clip"]["file"] = b["clip"]["file"]
    assert a == b
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_signals_are_those_of_the_clip(posecoach: Run, short_clip: Path, tmp_path: Path) -> None:
    posecoach("replay", short_clip, "--exercise", "heel_raises", "--landmarks", "s.landmarks")
    for name, path in (("a", short_clip), ("b", "s.landmarks")):
        done = posecoach("signals", path, "--exercise", "heel_raises", "--csv", f"{name}.csv")
        assert (done.status, done.err) == (0, "")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_several_at_once_and_into_folders(posecoach: Run, raises: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(raises, tmp_path / "other.landmarks"))
    done = posecoach("replay", raises, other, "--landmarks", "kept", "--json", "-")
    assert (done.status, done.err) == (0, "")
    assert [each["clip"]["file"] for each in json.loads(done.out)] == [raises.name, other.name]
    # A copy of a copy is the same recording.
    for name in ("problem.landmarks", "other.landmarks"):
        assert (tmp_path / "kept" / name).read_bytes() == raises.read_bytes()


@pytest.fixture
def parts(raises: Path, tmp_path: Path) -> Path:
    """As live records it when R and N are pressed."""
    path = tmp_path / "parts.landmarks"
    with LandmarkReader(raises) as recording, LandmarkWriter(path, recording.head) as landmarks:
        for number, pose in enumerate(recording.poses()):
            if number in (0, 240):
                landmarks.begin(AskedExercise(exercise="heel_raises", live=True))
            if number == 480:
                landmarks.begin(AskedExercise(exercise="toe_walking", feet="out", live=True))
            landmarks.write(pose)
    return path


def test_each_part_is_counted_as_it_was(posecoach: Run, parts: Path) -> None:
    done = posecoach("replay", parts)
    assert (done.status, done.err) == (0, "")
    heads = [line for line in done.out.splitlines() if not line.startswith(" ")]
    assert heads[:2] == ["Heel raises: 2 reps (both legs 2)", "Heel raises: 1 rep (both legs 1)"]
    assert heads[2].startswith("Toe walking: ")

    refused = posecoach("replay", parts, "--json", "-")
    assert refused.status == 2
    assert "(1 heel_raises, 2 heel_raises, 3 toe_walking)" in refused.complaint
    one = json.loads(posecoach("replay", parts, "--part", "2", "--json", "-").out)
    assert one["summary"]["reps"]["total"] == 1
    assert min(event["t_s"] for event in one["events"]) >= 8.0
    whole = posecoach("replay", parts, "--exercise", "heel_raises", "--json", "-")
    assert json.loads(whole.out)["summary"]["reps"]["total"] == 4


def test_a_part_has_its_own_length_and_size(posecoach: Run, raises: Path, tmp_path: Path) -> None:
    path = tmp_path / "cameras.landmarks"
    with LandmarkReader(raises) as recording, LandmarkWriter(path, recording.head) as landmarks:
        for number, pose in enumerate(islice(recording.poses(), 360)):
            if number in (0, 240):
                landmarks.begin(AskedExercise(exercise="heel_raises"))
            # From another camera, with larger pictures.
            larger = replace(pose, size=(1280, 960), pixels=2 * pose.pixels)
            landmarks.write(larger if number >= 240 else pose)
    done = posecoach("replay", path, "--part", "2", "--json", "-")
    clip = json.loads(done.out)["clip"]
    assert (clip["width"], clip["height"]) == (1280, 960)
    rate = json.loads(posecoach("replay", path, "--part", "1", "--json", "-").out)["clip"]
    assert clip["frames"] == 120
    assert clip["mean_fps"] == pytest.approx(rate["mean_fps"], rel=0.01)
    assert clip["seconds"] == pytest.approx(rate["seconds"] / 2, rel=0.01)


@pytest.mark.parametrize(("said", "reps"), [(True, 4), (False, 2)])
def test_another_camera_sees_the_same_person(
    posecoach: Run, raises: Path, tmp_path: Path, said: bool, reps: int
) -> None:
    path = tmp_path / "cameras.landmarks"
    with LandmarkReader(raises) as recording, LandmarkWriter(path, recording.head) as landmarks:
        landmarks.begin(AskedExercise(exercise="heel_raises", live=True))
        for number, pose in enumerate(recording.poses()):
            if number == 240 and said:
                landmarks.press("camera")
            # Further off, and elsewhere in the picture: without a word it is somebody else.
            far = replace(pose, pixels=pose.pixels / 2) if number >= 240 else pose
            landmarks.write(far)
    done = posecoach("replay", path, "--json", "-")
    assert (done.status, done.err) == (0, "")
    assert json.loads(done.out)["summary"]["reps"]["total"] == reps


def test_killed_while_it_was_recorded_it_counts_what_there_is(
    begin: Run, posecoach: Run, clips: Path, tmp_path: Path
) -> None:
    path = tmp_path / "k.landmarks"
    clip = clips / "hr_front.mp4"
    process = begin("replay", clip, "--exercise", "heel_raises", "--landmarks", path)
    while process.poll() is None and not (path.exists() and path.stat().st_size > 40_000):
        time.sleep(0.02)
    assert process.poll() is None
    process.kill()
    process.wait()
    done = posecoach("replay", path, "--json", "-")
    assert done.status == 0
    assert "the recording was cut off while it was made" in done.complaint
    result = json.loads(done.out)
    assert result["warnings"] == [done.complaint]
    assert 2.0 < result["clip"]["seconds"] < 17.0


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_ctrl_c_keeps_what_was_seen(
    begin: Run, posecoach: Run, clips: Path, tmp_path: Path
) -> None:
    path = tmp_path / "c.landmarks"
    clip = clips / "hr_front.mp4"
    process = begin("replay", clip, "--exercise", "heel_raises", "--landmarks", path)
    while process.poll() is None and not (path.exists() and path.stat().st_size > 20_000):
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    stopped = said.strip().removeprefix("posecoach: hr_front.mp4")
    assert stopped.startswith(": stopped at")
    done = posecoach("replay", path)
    # It says so again, without the clip's name.
    assert (done.status, done.complaint) == (0, f"c.landmarks{stopped}")


def test_an_export_is_a_table(posecoach: Run, raises: Path, mixed: Any, tmp_path: Path) -> None:
    for name in ("a.trc", "a.csv"):
        done = posecoach("export", raises, "-o", name)
        assert (done.status, done.out, done.err) == (0, f"Wrote {name}\n", "")
    frames = mixed.result["clip"]["frames"]
    lines = (tmp_path / "a.trc").read_text().splitlines()
    assert lines[2].split() == ["30", "30", str(frames), "33", "m", "30", "1", str(frames)]
    assert len(lines) == frames + 6
    with (tmp_path / "a.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == frames
    # At rest the person stands: shoulders over hips over heels, and about as tall as a person.
    at_rest = {name: float(value) for name, value in rows[20].items() if value}
    height = at_rest["left_heel_y_m"] - at_rest["nose_y_m"]
    assert 1.2 < height < 2.0
    assert at_rest["left_shoulder_y_m"] < at_rest["left_hip_y_m"] < at_rest["left_knee_y_m"]


def damaged(path: Path, tmp_path: Path) -> Path:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 8
    (tmp_path / "damaged.landmarks").write_bytes(data)
    return tmp_path / "damaged.landmarks"


def test_a_damaged_one_is_an_error_and_leaves_nothing(
    posecoach: Run, raises: Path, tmp_path: Path
) -> None:
    broken = damaged(raises, tmp_path)
    before = sorted(tmp_path.iterdir())
    for call in (
        ("replay", broken, "--json", "o.json", "--output", "o.mp4", "--csv", "o.csv"),
        ("export", broken, "-o", "o.trc"),
        ("signals", broken, "--csv", "o.csv"),
    ):
        done = posecoach(*call)
        assert (done.status, done.out) == (1, "")
        assert done.complaint.startswith("damaged.landmarks: this recording is damaged at byte")
    assert sorted(tmp_path.iterdir()) == before


def test_one_among_several_does_not_stop_the_others(
    posecoach: Run, raises: Path, tmp_path: Path
) -> None:
    done = posecoach("replay", damaged(raises, tmp_path), raises, "--json", "-")
    assert done.status == 1
    assert "damaged.landmarks" in done.complaint
    assert [each["summary"]["reps"]["total"] for each in json.loads(done.out)] == [4]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ("replay {clip}", "Say what is done in the clip: add --exercise ID"),
        ("replay {rec} --model lite", "leave out --model"),
        ("replay {rec} --exercise toe_curls --foot right:1,2,3,4", "leave out --foot"),
        ("replay {rec} --exercise toe_curls", "has no close-ups of the feet"),
        ("replay {rec} --part 2", "has 1 part"),
        ("replay {rec} --landmarks {rec}", "it is the clip being read"),
        ("export {rec} -o o.xlsx", "must end in .trc"),
        ("export {clip} -o o.trc", "is no recording of landmarks; make one with"),
        ("export none.landmarks -o o.trc", "none.landmarks: it cannot be opened"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_done(
    raises: Path,
    clips: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    named = call.format(rec=raises, clip=clips / "hr_front.mp4")
    with pytest.raises(PosecoachError, match=says) as found:
        cli.main(named.split(), standalone_mode=False)
    assert "\n" not in str(found.value)
    assert sorted(tmp_path.iterdir()) == [raises]


def test_a_change_of_size_does_not_end_the_video(
    posecoach: Run, raises: Path, tmp_path: Path
) -> None:
    """As of a camera that came back with another one."""
    path = tmp_path / "sizes.landmarks"
    with LandmarkReader(raises) as recording, LandmarkWriter(path, recording.head) as landmarks:
        landmarks.begin(AskedExercise(exercise="heel_raises"))
        for number, pose in zip(range(60), recording.poses(), strict=False):
            size = (640, 480) if number < 40 else (1280, 720)
            landmarks.write(type(pose)(pose.time_s, size, pose.pixels, pose.world, pose.visibility))
    done = posecoach("replay", path, "--output", "o.mp4")
    assert (done.status, done.err) == (0, "")
    with av.open(str(tmp_path / "o.mp4")) as container:
        assert {(f.width, f.height) for f in container.decode(video=0)} == {(640, 480)}
