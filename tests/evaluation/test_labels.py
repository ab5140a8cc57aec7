from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from posecoach.evaluation.documents import LabelError
from posecoach.evaluation.labels import read_labels

GOOD: dict[str, Any] = {
    "clip": "walk.mp4",
    "exercise": "heel_raises",
    "truth": {"reps": [{"start_s": 2.0, "peak_s": 3.0, "end_s": 4.0, "side": "both"}]},
}


def write(folder: Path, *entries: Any, **top: Any) -> Path:
    path = folder / "labels.json"
    path.write_text(json.dumps({"format": 1, "clips": list(entries), **top}))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(LabelError) as caught:
        read_labels(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


def test_committed_labels_can_be_read(clips: Path) -> None:
    labels = read_labels(clips / "labels.json")
    assert {entry.clip for entry in labels.clips} == {path.name for path in clips.glob("*.mp4")}
    mixed = next(entry for entry in labels.clips if entry.clip == "hr_side_r_mixed.mp4")
    assert mixed.truth.reps is not None
    assert [rep.peak_s for rep in mixed.truth.reps] == [3.06, 5.72, 11.39, 17.15]
    assert mixed.truth.holds is None


def test_what_is_left_out_has_a_default_and_more_is_welcome(tmp_path: Path) -> None:
    path = write(tmp_path, {**GOOD, "notes": "seen from the side", "trust": "exact"}, made_by="me")
    entry = read_labels(path).clips[0]
    assert (entry.side, entry.height_cm, entry.hold_s, entry.tolerance_s) == (
        "auto",
        None,
        None,
        0.5,
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"clip": ""}, "entry 2, clip: "),
        ({"clip": "a\x1b[2J.mp4"}, "entry 2, clip: holds a control character"),
        ({"clip": "a\0b.mp4"}, "clip: holds a control character"),
        ({"exercise": 3}, "entry 2 (walk.mp4), exercise: "),
        ({"side": "middle"}, "entry 2 (walk.mp4), side: input should be 'left', 'right'"),
        ({"height_cm": -3}, "entry 2 (walk.mp4), height_cm: "),
        ({"tolerance_s": 0}, "entry 2 (walk.mp4), tolerance_s: "),
        ({"hold_s": "long"}, "entry 2 (walk.mp4), hold_s: "),
        ({"truth": {}}, "entry 2 (walk.mp4), truth: says nothing; give reps"),
        ({"truth": {"reps": [{"side": "both"}]}}, "truth.reps[1].peak_s: field required"),
        ({"truth": {"reps": [{"peak_s": 3}]}}, "truth.reps[1].side: field required"),
        (
            {"truth": {"reps": [{"peak_s": 3, "side": "both", "start_s": 4}]}},
            "truth.reps[1]: must be in order: start_s, peak_s, end_s",
        ),
        (
            {"truth": {"holds": [{"start_s": 3, "end_s": 3, "side": "left"}]}},
            "truth.holds[1]: start_s must be before end_s",
        ),
        ({"truth": {"reps": 3}}, "entry 2 (walk.mp4), truth.reps: "),
        ({"truth": {"holds": [], "refuse": ""}}, "truth.refuse: "),
        ({"truth": {"reps": [{"peak_s": float("nan"), "side": "both"}]}}, "truth.reps[1].peak_s"),
    ],
)
def test_a_mistake_names_file_entry_and_key(
    tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    assert said in refusal(write(tmp_path, GOOD, {**GOOD, **change}))


def test_many_mistakes_are_counted_not_listed(tmp_path: Path) -> None:
    bad = {**GOOD, "side": "up"}
    assert refusal(write(tmp_path, *[bad] * 5)).endswith("and 2 more")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not valid JSON"),
        (b"{", "not valid JSON"),
        (b'{"format": ' + b"1" * 5000 + b"}", "not valid JSON"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[]", "input should be"),
        (b"3", "input should be"),
        (b'{"clips": []}', "format: field required"),
        (b'{"format": 2, "clips": []}', "format: input should be 1"),
        (b'{"format": 1}', "clips: field required"),
        (b'{"format": 1, "clips": [3]}', "entry 1: input should be"),
        (b'{"format": 1, "clips": {}}', "clips: input should be"),
    ],
)
def test_not_a_label_file(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "labels.json"
    path.write_bytes(content)
    assert said in refusal(path)


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "none.json")
    assert "directory" in refusal(tmp_path).lower()
