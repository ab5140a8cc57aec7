from __future__ import annotations

import json

import pytest

from posecoach.evaluation.accuracy import accuracy
from posecoach.evaluation.labels import Entry, Truth
from posecoach.evaluation.matching import Tally, Verdict
from posecoach.evaluation.report import ClipTable, as_json, totals
from posecoach.evaluation.running import Judged


def verdict(true: int, counted: int, missed: int = 0, false: int = 0, **more: object) -> Verdict:
    tally = Tally(true, counted, missed, false, (0.1,) * (true - missed))
    outcome = "wrong" if missed or false else "right"
    return Verdict(outcome, reps=tally, **more)  # type: ignore[arg-type]


def test_counts_errors_and_shares() -> None:
    score = accuracy(
        [
            verdict(5, 5, lift_errors_cm=(0.2, -0.6)),
            verdict(4, 3, missed=1, lift_errors_cm=(1.0,)),
            verdict(0, 2, false=2),
            Verdict("right", refused=True),
            Verdict("paced"),
        ]
    )
    assert (score.clips, score.right, score.paced) == (4, 2, 1)
    assert score.exact == 0.5
    assert score.mae_reps == pytest.approx((0 + 1 + 2) / 3)
    assert score.off_by_one == pytest.approx(2 / 3)
    assert (score.missed, score.false) == (1, 2)
    assert score.lift_cm == pytest.approx(0.6)
    assert score.mae_hold_s is None


def test_holds_have_errors_in_seconds() -> None:
    score = accuracy([Verdict("right", holds=Tally(2, 2, 0, 0, (0.3, -0.1)))])
    assert score.mae_hold_s == pytest.approx(0.2)
    assert score.mae_reps is None


def test_nothing_judged_claims_nothing() -> None:
    score = accuracy([])
    assert score.clips == score.right == 0
    assert score.exact is None
    assert score.off_by_one is None


def entry(clip: str, exercise: str = "heel_raises") -> Entry:
    return Entry(clip=clip, exercise=exercise, truth=Truth(reps=()))


JUDGED = [
    Judged(entry("a.mp4"), "right", verdict(0, 0)),
    Judged(
        entry("b.mp4"),
        "wrong",
        Verdict("wrong", ("false rep at 3.00 s (both)",), reps=Tally(0, 1, 0, 1, ())),
    ),
    Judged(entry("c.mp4", "juggling"), "skipped", note="no exercise is called 'juggling'"),
    Judged(entry("d.mp4"), "failed", note="d.mp4: the file is empty"),
]


def test_rows_say_what_was_wrong() -> None:
    table = ClipTable([each.entry for each in JUDGED])
    right, wrong, skipped, failed = (table.row(each) for each in JUDGED)
    assert right.split() == ["right", "a.mp4", "heel_raises", "0", "reps", "0", "reps"]
    first, second = wrong.splitlines()
    assert first.startswith("WRONG")
    assert second.strip() == "- false rep at 3.00 s (both)"
    assert "juggling" in skipped
    assert "the file is empty" in failed


def test_skipped_and_failed_clips_are_in_no_share() -> None:
    lines = list(totals(JUDGED))
    assert lines[1].split()[:4] == ["heel_raises", "2", "1", "50.0"]
    assert lines[2].split()[0] == "all"
    assert lines[3] == "1 skipped, as their exercises are not known: juggling."
    assert lines[4] == "1 failed: the clips could not be watched."
    assert list(totals([]))[1].split()[:2] == ["all", "0"]


def test_as_json_has_every_clip() -> None:
    value = json.loads(json.dumps(as_json(JUDGED, "labels.json", "full"), allow_nan=False))
    assert [each["status"] for each in value["clips"]] == ["right", "wrong", "skipped", "failed"]
    assert value["clips"][1]["reps"]["false"] == 1
    assert value["total"]["clips"] == 2
    assert value["total"]["exact"] == value["exercises"]["heel_raises"]["exact"] == 0.5
    assert "juggling" not in value["exercises"]
