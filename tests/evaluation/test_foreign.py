"""Counts of one exercise in clips of another, and what explains them."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from posecoach.checkers import load_all
from posecoach.checkers.results import Attempt, Hold, Rep
from posecoach.evaluation.documents import LabelError
from posecoach.evaluation.foreign import (
    OTHER,
    Cell,
    Foreign,
    Part,
    foreign_exercises,
    foreign_of,
    groups_of,
    matrix,
)
from posecoach.evaluation.labels import Entry
from posecoach.evaluation.matching import Counted, judge
from posecoach.evaluation.notes import Notes, read_notes
from posecoach.evaluation.page import as_markdown, unexplained
from posecoach.evaluation.running import Judged

ROOT = Path(__file__).parents[2]


def entry(clip: str, exercise: str, **truth: object) -> Entry:
    return Entry.model_validate({"clip": clip, "exercise": exercise, "truth": truth})


REP = {"peak_s": 1.0, "side": "both"}
HOLD = {"start_s": 1.0, "end_s": 2.0, "side": "left"}
ENTRIES = [
    entry("a.mp4", "toe_stand", reps=[]),
    entry("a.mp4", "heel_raises", reps=[REP]),
    entry("b.mp4", "heel_raises", reps=[]),
    entry("b.mp4", "toe_walking", holds=[]),
    entry("c.mp4", "leg_up_towel", holds=[HOLD]),
]


def test_every_exercise_that_no_label_names_is_foreign() -> None:
    known = load_all()
    found = foreign_exercises(ENTRIES, known)
    names = {clip: {d.id for d in definitions} for clip, definitions in found.items()}
    assert names["a.mp4"] == set(known) - {"toe_stand", "heel_raises"}
    assert names["b.mp4"] == set(known) - {"heel_raises", "toe_walking"}
    assert names["c.mp4"] == set(known) - {"leg_up_towel"}


def test_a_clip_belongs_to_the_exercise_that_it_shows() -> None:
    assert groups_of(ENTRIES) == {"a.mp4": "heel_raises", "b.mp4": OTHER, "c.mp4": "leg_up_towel"}


def test_what_was_counted_crosses_processes() -> None:
    counted = Counted(
        [Rep("both", 1.0, 1.5, 2.0)],
        [Attempt("left", 3.0, 3.5, 4.0, "too_short")],
        [Hold("right", 5.0, 9.0, 4.0)],
    )
    found = foreign_of("toe_stand", "a.mp4", counted)
    assert found.reps == (Part("both", 1.5),)
    assert found.attempts == (Part("left", 3.5, why="too_short"),)
    assert found.holds == (Part("right", 5.0, 9.0),)
    assert found.kinds == ("reps", "attempts", "holds")
    assert pickle.loads(pickle.dumps(found)) == found
    assert foreign_of("toe_stand", "a.mp4", Counted()).kinds == ()


RISES = Foreign("toe_stand", "hr/one.mp4", (), (Part("both", 2.0, why="too_short"),) * 3)
FALSE = Foreign("toe_walking", "hr/one.mp4", holds=(Part("both", 1.0, 2.5),))
NONE = Foreign("band_stretch", "hr/one.mp4")


def test_the_matrix_sums_up_by_what_clips_show() -> None:
    groups = {"hr/one.mp4": "heel_raises", "x.mp4": OTHER}
    again = Foreign("toe_stand", "hr/one.mp4", reps=(Part("both", 1.0),))
    still = Foreign("toe_stand", "x.mp4")
    rows = matrix([RISES, again, still, NONE], groups)
    assert rows["toe_stand"]["heel_raises"] == Cell(2, 1, 3, 0)
    assert rows["toe_stand"][OTHER] == Cell(1, 0, 0, 0)
    assert rows["band_stretch"] == {"heel_raises": Cell(1, 0, 0, 0)}


NOTES = Notes.model_validate(
    {
        "format": 1,
        "explanations": [
            {
                "exercise": "toe_stand",
                "clips": ["hr/*"],
                "covers": ["attempts"],
                "why": "Not held.",
            },
            {"exercise": "squat", "clips": ["s.mp4"], "covers": ["reps"], "why": "Gone."},
        ],
    }
)


def test_an_explanation_covers_its_exercise_clips_and_kinds_only() -> None:
    assert NOTES.of(RISES) == (["Not held."], [])
    assert NOTES.of(FALSE) == ([], ["holds"])
    more = Foreign("toe_stand", "hr/one.mp4", (Part("both", 1.0),), RISES.attempts)
    assert NOTES.of(more) == (["Not held."], ["reps"])
    assert NOTES.of(Foreign("toe_stand", "th.mp4", (), RISES.attempts))[1] == ["attempts"]
    assert unexplained([RISES, FALSE, NONE], NOTES) == [
        "toe_walking in hr/one.mp4: 1 hold: 1.0-2.5 s (both)"
    ]
    assert [each.exercise for each in NOTES.unused([RISES, FALSE])] == ["squat"]


def test_the_page_tells_all_of_it() -> None:
    entries = [entry("hr/one.mp4", "heel_raises", reps=[REP]), entry("x.mp4", "squat", reps=[REP])]
    one = Judged(
        entries[0],
        "right",
        judge(entries[0].truth, Counted([Rep("both", 0.5, 1.0, 1.5)]), 0.5),
        foreign=(RISES, FALSE, NONE),
    )
    two = Judged(entries[1], "wrong", judge(entries[1].truth, Counted(), 0.5))
    notes = NOTES.model_copy(
        update={
            "seen": Notes.model_validate(
                {"seen": [entries[1].model_dump() | {"what": "a squat"}]}
            ).seen
        }
    )
    page = as_markdown([one, two], entries, notes, "labels.json", "full")
    lines = page.splitlines()
    assert "| heel_raises | 1 | 1 | 100.0 % | 0.00 | 100.0 % | - | 0 | 0 | - |" in lines
    assert "| squat | x.mp4 | missed rep at 1.00 s (both) |" in lines
    assert "| squat | a squat (`x.mp4`) | 1 reps: 1.0 both s | wrong |" in lines
    assert "|  | heel_raises (1) |" in lines
    assert "| toe_stand | 0 / 3 / 0 |" in lines
    assert "| band_stretch | · |" in lines
    assert any(line.startswith("| toe_stand | hr/one.mp4 | 3 tries:") for line in lines)
    assert "- toe_walking in hr/one.mp4: 1 hold: 1.0-2.5 s (both)" in lines
    assert "- squat in s.mp4" in lines


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("format = 2", "format: "),
        ("[[explanations]]\nexercise = 'a'", "explanations[1].clips: field required"),
        ("[[seen]]\nclip = 'a'", "seen[1].exercise: field required"),
        ("nonsense = 1", "nonsense: extra inputs are not permitted"),
        ("[[", "is not valid TOML"),
        ("format = " + "1" * 5000, "is not valid TOML"),
        (None, "cannot be read"),
    ],
)
def test_wrong_notes_are_one_line(tmp_path: Path, text: str | None, said: str) -> None:
    file = tmp_path / "notes.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(LabelError) as error:
        read_notes(file)
    assert said in str(error.value)
    assert str(file) in str(error.value)
    assert "\n" not in str(error.value)


def test_the_notes_of_this_project_are_good() -> None:
    notes = read_notes(ROOT / "docs" / "accuracy_notes.toml")
    known = load_all() | load_all(ROOT / "exercises" / "general")
    assert {each.exercise for each in (*notes.explanations, *notes.seen)} <= set(known)


def test_the_page_of_this_project_explains_every_count() -> None:
    page = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert page.rstrip().endswith("## Counts without an explanation\n\nNone.")
