"""Evaluate, end to end: labelled clips against what a person counted."""

from __future__ import annotations

import json
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

STILL = {"exercise": "heel_raises", "truth": {"reps": []}}


def write(folder: Path, *entries: dict[str, Any]) -> None:
    (folder / "labels.json").write_text(json.dumps({"format": 1, "clips": entries}))


# A shallow try of 1.9 cm that is not told; nothing is counted for it (docs/decisions.md).
KNOWN_SHORTFALL = "hr_side_r_mixed.mp4: missed try at 14.10 s"


def test_every_committed_clip_is_counted_as_a_person_counted_it(
    posecoach: Run, clips: Path, tmp_path: Path
) -> None:
    done = posecoach("evaluate", clips / "labels.json", "--jobs", "2", "--json", "o.json")
    assert (done.status, done.err) == (0, "")
    value = json.loads((tmp_path / "o.json").read_text())
    labels = json.loads((clips / "labels.json").read_text())
    assert [each["clip"] for each in value["clips"]] == [each["clip"] for each in labels["clips"]]
    problems = [
        f"{each['clip']}: {problem}" for each in value["clips"] for problem in each["problems"]
    ]
    assert [p for p in problems if not p.startswith(KNOWN_SHORTFALL)] == []
    total = value["total"]
    assert (total["clips"] + total["paced"], total["paced"]) == (len(labels["clips"]), 1)
    assert value["total"]["off_by_one"] == 1.0
    assert value["total"]["false"] == 0
    assert len(problems) <= 1


@pytest.fixture
def folder(tmp_path: Path, short_clip: Path) -> Path:
    for name in ("one.mp4", "two.mp4", "three.mp4"):
        shutil.copy(short_clip, tmp_path / name)
    return tmp_path


def test_wrong_skipped_and_failed_are_told_apart(posecoach: Run, folder: Path) -> None:
    write(
        folder,
        {"clip": "one.mp4", **STILL},
        {"clip": "two.mp4", "exercise": "juggling", "truth": {"reps": []}},
        {"clip": "none.mp4", **STILL},
        {
            "clip": "three.mp4",
            "exercise": "heel_raises",
            "truth": {"reps": [{"peak_s": 1.0, "side": "both"}]},
        },
    )
    results = []
    for jobs in ("1", "3"):
        done = posecoach(
            "evaluate", "labels.json", "--model", "lite", "--jobs", jobs, "--json", "o.json"
        )
        assert (done.status, done.err) == (1, "")
        results.append((done.out, (folder / "o.json").read_bytes()))
    assert results[0] == results[1]
    text, value = results[0][0], json.loads(results[0][1])
    assert [each["status"] for each in value["clips"]] == ["right", "skipped", "failed", "wrong"]
    assert (value["total"]["clips"], value["total"]["right"]) == (2, 1)
    assert "- missed rep at 1.00 s (both)" in text
    assert "no exercise is called 'juggling'" in text
    assert "none.mp4: there is no such file" in text


def test_strict_fails_when_a_clip_is_wrong(posecoach: Run, folder: Path) -> None:
    truth = {"reps": [{"peak_s": 1.0, "side": "both"}]}
    write(folder, {"clip": "one.mp4", "exercise": "heel_raises", "truth": truth})
    assert posecoach("evaluate", "labels.json", "--model", "lite").status == 0
    done = posecoach("evaluate", "labels.json", "--model", "lite", "--strict", "--json", "-")
    assert (done.status, done.err) == (1, "")
    assert json.loads(done.out)["clips"][0]["status"] == "wrong"


def test_only_the_exercises_asked_for(posecoach: Run, folder: Path) -> None:
    write(
        folder,
        {"clip": "one.mp4", **STILL},
        {"clip": "two.mp4", "exercise": "toe_walking", "truth": {"holds": []}},
        {"clip": "three.mp4", "exercise": "juggling", "truth": {"reps": []}},
    )
    done = posecoach(
        *("evaluate", "labels.json", "--exercise", "toe_walking", "--exercise", "juggling"),
        *("--model", "lite", "--json", "-"),
    )
    value = json.loads(done.out)
    assert [each["clip"] for each in value["clips"]] == ["two.mp4", "three.mp4"]
    assert list(value["exercises"]) == ["toe_walking"]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["none.json"], 1, "none.json: cannot be read"),
        (["."], 1, "cannot be read"),
        (["bad.json"], 1, "entry 1 (a.mp4), side: "),
        (["labels.json", "--exercise", "heel_raise"], 2, "did you mean 'heel_raises'?"),
        (["labels.json", "--jobs", "0"], 2, "0 is not in the range"),
        (["labels.json", "--json", "none/o.json"], 1, "the folder none does not exist"),
        (["labels.json", "--model", "huge"], 2, "No model 'huge'"),
    ],
)
def test_a_wrong_call_is_one_line(
    posecoach: Run, folder: Path, arguments: list[str], status: int, said: str
) -> None:
    write(folder, {"clip": "a.mp4", "side": "up", **STILL})
    (folder / "labels.json").rename(folder / "bad.json")
    write(folder, {"clip": "one.mp4", **STILL})
    done = posecoach("evaluate", *arguments)
    assert (done.status, done.out) == (status, "")
    assert said in done.complaint


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_it_quietly(begin: Run, folder: Path, clips: Path, jobs: str) -> None:
    entries = [{"clip": "one.mp4", **STILL}]
    entries += [{"clip": str(clips / "tw_spot_side_l_drops.mp4"), **STILL}] * 4
    write(folder, *entries)
    process = begin("evaluate", "labels.json", "--jobs", jobs, PYTHONUNBUFFERED="1")
    assert "counted" in process.stdout.readline()
    assert process.stdout.readline().startswith("right")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.strip() == ""
    assert "all" not in out
