"""Replay, end to end: real clips in, files out, in real processes."""

from __future__ import annotations

import csv
import json
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import av
import pytest

Run = Callable[..., Any]


def frames_in(video: Path) -> int:
    with av.open(str(video)) as container:
        return sum(1 for _ in container.decode(video=0))


def test_counts_what_a_person_counted(mixed: Any) -> None:
    summary = mixed.result["summary"]
    assert summary["reps"] == {"total": 4, "left": 0, "right": 0, "both": 4}
    peaks = [rep["peak_s"] for rep in mixed.result["reps"]]
    assert peaks == pytest.approx([3.06, 5.72, 11.39, 17.15], abs=0.6)
    lifts = [rep["metrics"]["heel_lift_cm"] for rep in mixed.result["reps"]]
    errors = [abs(lift - true) for lift, true in zip(lifts, [5.7, 7.5, 8.0, 8.5], strict=True)]
    assert median(errors) <= 1.5


def test_tries_are_reported_with_their_reason(mixed: Any) -> None:
    attempts = mixed.result["attempts"]
    assert attempts[0]["peak_s"] == pytest.approx(8.6, abs=0.6)
    assert {attempt["why"] for attempt in attempts} == {"too_shallow"}
    assert mixed.result["summary"]["faults"]["too_shallow"] == len(attempts)


def test_says_it_in_words(mixed: Any) -> None:
    lines = mixed.ended.out.splitlines()
    assert lines[0] == "Heel raises: 4 reps (both legs 4)"
    assert "lift your heels higher" in mixed.ended.out
    assert "Wrote o.mp4" in mixed.ended.out
    assert mixed.ended.err == ""


def test_result_tells_of_clip_and_run(mixed: Any, clips: Path) -> None:
    result = mixed.result
    with av.open(str(clips / "hr_side_r_mixed.mp4")) as container:
        stream = container.streams.video[0]
        assert result["clip"] == {
            "file": "hr_side_r_mixed.mp4",
            "seconds": pytest.approx(float(stream.duration * stream.time_base), abs=0.01),
            "frames": stream.frames,
            "width": stream.width,
            "height": stream.height,
            "mean_fps": pytest.approx(float(stream.average_rate), abs=0.01),
        }
    assert (result["exercise"], result["side"], result["model"]) == ("heel_raises", "auto", "full")
    assert result["height_cm"] == {"value": 181.7, "origin": "given"}
    assert result["view"] == {"ok": True, "why": ""}
    assert result["warnings"] == []


def test_table_has_a_row_a_frame(mixed: Any) -> None:
    assert len(mixed.rows) == mixed.result["clip"]["frames"]
    times = [float(row["time_s"]) for row in mixed.rows]
    assert times == sorted(set(times))
    assert int(mixed.rows[-1]["reps"]) == 4
    assert all(row["body_rise"] for row in mixed.rows if row["phase"] == "moving")


def test_annotated_video_opens_again_with_every_frame_at_its_time(mixed: Any) -> None:
    with av.open(str(mixed.video)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width, stream.height) == (640, 480)
        times = [float(frame.pts * frame.time_base) for frame in container.decode(video=0)]
    assert times == pytest.approx([float(row["time_s"]) for row in mixed.rows], abs=2e-4)
    with av.open(str(mixed.video)) as container:
        stream = container.streams.video[0]
        seconds = float(stream.duration * stream.time_base)
    assert seconds == pytest.approx(mixed.result["clip"]["seconds"], abs=0.01)


def test_annotated_video_shows_more_than_the_clip(mixed: Any, clips: Path) -> None:
    pictures = []
    for path in (clips / "hr_side_r_mixed.mp4", mixed.video):
        with av.open(str(path)) as container:
            pictures.append(next(container.decode(video=0)).to_ndarray(format="rgb24"))
    changed = abs(pictures[0].astype(int) - pictures[1]).max(axis=2) > 60
    assert 0.01 < changed.mean() < 0.5


def test_the_same_clip_gives_the_same_bytes(mixed: Any, posecoach: Run, clips: Path) -> None:
    done = posecoach(
        *("replay", clips / "hr_side_r_mixed.mp4", "--exercise", "heel_raises"),
        *("--height", "181.7", "--json", "-"),
    )
    assert done.out.encode() == (mixed.folder / "o.json").read_bytes()
    assert done.err == ""


def test_several_clips_into_folders_with_a_bad_one_among_them(
    posecoach: Run, short_clip: Path, tmp_path: Path
) -> None:
    shutil.copy(short_clip, tmp_path / "one.mp4")
    shutil.copy(short_clip, tmp_path / "two.mp4")
    (tmp_path / "bad.mp4").write_text("This is no video.")
    done = posecoach(
        *("replay", "one.mp4", "bad.mp4", "two.mp4", "--exercise", "heel_raises"),
        *("--model", "lite", "--json", "results", "--csv", "results", "--output", "videos"),
    )
    assert done.status == 1
    assert done.complaint.startswith("bad.mp4: this is not a video")
    assert sorted(path.name for path in (tmp_path / "results").iterdir()) == [
        "one.csv",
        "one.json",
        "two.csv",
        "two.json",
    ]
    assert frames_in(tmp_path / "videos" / "two-annotated.mp4") == 48
    assert json.loads((tmp_path / "results" / "two.json").read_text())["clip"]["file"] == "two.mp4"
    assert [line for line in done.out.splitlines() if not line.startswith(" ")] == [
        "one.mp4:",
        "Heel raises: 0 reps",
        "two.mp4:",
        "Heel raises: 0 reps",
    ]


def test_options_reach_the_session(posecoach: Run, short_clip: Path) -> None:
    done = posecoach(
        *("replay", short_clip, short_clip, "--exercise", "toe_walking", "--side", "both"),
        *("--hold", "20", "--feet", "out", "--model", "lite", "--json", "-"),
    )
    assert done.status == 0
    first, second = json.loads(done.out)
    assert first == second
    assert (first["side"], first["model"], first["exercise"]) == ("both", "lite", "toe_walking")
    assert first["height_cm"] == {"value": 170.0, "origin": "assumed"}


def test_a_clip_cut_in_half_gives_what_is_there(
    posecoach: Run, clips: Path, tmp_path: Path
) -> None:
    # Moved to the front first, as in a download that broke off: else nothing could be read.
    whole = tmp_path / "whole.mp4"
    options = {"movflags": "+faststart"}
    with (
        av.open(str(clips / "hr_front.mp4")) as source,
        av.open(str(whole), "w", options=options) as target,
    ):
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.size:
                packet.stream = stream
                target.mux(packet)
    data = whole.read_bytes()
    (tmp_path / "half.mp4").write_bytes(data[: len(data) // 2])
    done = posecoach(
        *("replay", "half.mp4", "--exercise", "heel_raises", "--model", "lite"),
        *("--json", "o.json", "--output", "o.mp4"),
    )
    assert done.status == 0
    assert "half.mp4" in done.complaint
    assert "what is there was used" in done.complaint
    result = json.loads((tmp_path / "o.json").read_text())
    assert result["warnings"] == [done.complaint]
    assert 10 < result["clip"]["frames"] < 430
    assert frames_in(tmp_path / "o.mp4") == result["clip"]["frames"]


def test_one_frame_is_watched(posecoach: Run, clips: Path, tmp_path: Path) -> None:
    with av.open(str(clips / "hr_front.mp4")) as source:
        frame = next(source.decode(video=0))
        with av.open(str(tmp_path / "one.mp4"), "w") as target:
            stream = target.add_stream("libx264", rate=24)
            stream.width, stream.height, stream.pix_fmt = 640, 480, "yuv420p"
            frame.pts = None
            target.mux(stream.encode(frame))
            target.mux(stream.encode(None))
    done = posecoach(
        *("replay", "one.mp4", "--exercise", "heel_raises", "--model", "lite"),
        *("--json", "o.json", "--output", "o.mp4", "--csv", "o.csv"),
    )
    assert (done.status, done.err) == (0, "")
    result = json.loads((tmp_path / "o.json").read_text())
    assert result["clip"]["frames"] == 1
    assert result["summary"]["reps"]["total"] == 0
    assert frames_in(tmp_path / "o.mp4") == 1
    assert len((tmp_path / "o.csv").read_text().splitlines()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_ctrl_c_keeps_what_was_seen(begin: Run, clips: Path, tmp_path: Path) -> None:
    process = begin(
        *("replay", clips / "tw_spot_side_l_drops.mp4", "--exercise", "toe_walking"),
        *("--json", "o.json", "--csv", "o.csv", "--output", "o.mp4"),
    )
    # The table's first rows are on the disk: it is in the middle.
    while process.poll() is None and not any(
        part.stat().st_size for part in tmp_path.glob(".o.csv.*.part")
    ):
        pass
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.startswith("posecoach: tw_spot_side_l_drops.mp4: stopped at ")
    assert err.count("\n") == 1
    assert out.startswith("Toe walking: ")
    result = json.loads((tmp_path / "o.json").read_text())
    frames = result["clip"]["frames"]
    with av.open(str(clips / "tw_spot_side_l_drops.mp4")) as container:
        assert 0 < frames < container.streams.video[0].frames
    assert result["warnings"] == [err.strip().removeprefix("posecoach: ")]
    with (tmp_path / "o.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == frames
    assert frames_in(tmp_path / "o.mp4") == frames
    assert sorted(path.name for path in tmp_path.iterdir()) == ["o.csv", "o.json", "o.mp4"]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end in another way there")
def test_a_reader_who_has_seen_enough(begin: Run, short_clip: Path) -> None:
    process = begin(
        "replay", short_clip, "--exercise", "heel_raises", "--model", "lite", "--json", "-"
    )
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(60) in (0, 1)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Xvfb and xdotool are for Linux")
def test_shown_in_a_window_until_somebody_quits(run: Run, clips: Path, tmp_path: Path) -> None:
    result = tmp_path / "o.json"
    program = run(
        *("replay", str(clips / "lr_side_r_kneefault.mp4"), "--exercise", "leg_up_towel"),
        *("--show", "--json", str(result)),
    )
    program.wait_for_window()
    # Skeleton and panels: something is drawn that is brighter than the dim room.
    assert program.sees(lambda picture: bool((picture.min(axis=2) > 240).mean() > 0.001))
    program.press("f", "space", "space", "q")
    status, out, err = program.end()
    assert status == 0
    assert out.startswith("Leg-up towel stretch: ")
    assert "stopped at " in err
    with av.open(str(clips / "lr_side_r_kneefault.mp4")) as container:
        total = container.streams.video[0].frames
    assert 0 < json.loads(result.read_text())["clip"]["frames"] < total
