"""Evaluate, end to end: labelled clips against what a person counted."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cuts import beginning

NO_PIPES = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
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


def test_foreign_exercises_are_counted_listed_and_explained(
    posecoach: Run, clips: Path, tmp_path: Path
) -> None:
    beginning(clips / "hr_front.mp4", tmp_path / "hr_front.mp4", 7.7)
    (tmp_path / "one").mkdir()
    shutil.copy(tmp_path / "hr_front.mp4", tmp_path / "one")
    reps = [{"peak_s": t, "side": "both"} for t in (3.3, 6.1)]
    write(
        tmp_path,
        {"clip": "hr_front.mp4", "exercise": "heel_raises", "truth": {"reps": reps}},
        {"clip": "one/hr_front.mp4", "exercise": "toe_stand", "truth": {"reps": []}},
        {"clip": "hr_front.mp4", "exercise": "toe_walking", "truth": {"holds": []}},
    )
    note = "exercise = '{}'\nclips = ['*']\ncovers = ['{}']\nwhy = 'The same movement.'\n"
    notes = tmp_path / "notes.toml"
    explained = ["heel_raises reps", "toe_stand attempts"]
    results = []
    for jobs in (1, 2):
        text = "".join("[[explanations]]\n" + note.format(*e.split()) for e in explained[:jobs])
        notes.write_text(text, encoding="utf-8")
        done = posecoach(
            *("evaluate", "labels.json", "--foreign", "--notes", "notes.toml", "--strict"),
            *("--jobs", str(jobs), "--markdown", "page.md", "--json", "o.json"),
        )
        results.append((done.status, done.out, json.loads((tmp_path / "o.json").read_text())))
    (status, out, value), (all_explained, _, again) = results
    assert value == again
    assert [each["status"] for each in value["clips"]] == ["right"] * 3
    counted = {
        (f["exercise"], f["clip"]): [len(f[kind]) for kind in ("reps", "attempts", "holds")]
        for f in value["foreign"]
    }
    assert {key: n for key, n in counted.items() if any(n)} == {
        ("heel_raises", "one/hr_front.mp4"): [2, 0, 0],
        ("toe_stand", "hr_front.mp4"): [0, 2, 0],
    }
    assert {"squat", "glute_bridge", "standing_knee_lift"} <= {name for name, _ in counted}
    assert (status, all_explained) == (1, 0)
    assert "2 with a count that is not zero, 1 not explained" in out
    assert "- toe_stand in hr_front.mp4: 2 tries: " in out
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert page.rstrip().endswith("None.")
    assert "The same movement." in page


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
        (["labels.json", "--notes", "none.toml"], 1, "none.toml: cannot be read"),
        (["labels.json", "--json", "-", "--markdown", "-"], 2, "Only one of --json and"),
        (["labels.json", "--json", "o", "--markdown", "o"], 2, "two outputs"),
        (["labels.json", "--json", "labels.json"], 1, "it is the clip being read"),
        (["labels.json", "--json", "one.mp4"], 1, "it is the clip being read"),
        pytest.param(["pipe"], 2, "pipe may never end", marks=NO_PIPES),
        pytest.param(["labels.json", "--notes", "pipe"], 2, "may never end", marks=NO_PIPES),
    ],
)
def test_a_wrong_call_is_one_line(
    posecoach: Run, folder: Path, arguments: list[str], status: int, said: str
) -> None:
    write(folder, {"clip": "a.mp4", "side": "up", **STILL})
    (folder / "labels.json").rename(folder / "bad.json")
    if sys.platform != "win32":
        os.mkfifo(folder / "pipe")
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
