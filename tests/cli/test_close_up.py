"""Close-ups of the feet, end to end: in replay, with and without a body in the picture."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from posecoach.frames import Clip

Run = Callable[..., Any]

FEET = ("--foot", "right:51,68,64,85", "--foot", "left:61,64,74,77")


@pytest.fixture(scope="session")
def small_clip(clips: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Toe curls in a picture so small that a foot is 15 pixels long."""
    path = tmp_path_factory.mktemp("small") / "small.mp4"
    with av.open(str(clips / "tc_3q_l.mp4")) as source, av.open(str(path), "w") as target:
        stream = target.add_stream("libx264", rate=24)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 24)
        for number, frame in enumerate(source.decode(video=0)):
            small = frame.reformat(160, 120, "yuv420p")
            small.pts, small.time_base = number, Fraction(1, 24)
            target.mux(stream.encode(small))
        target.mux(stream.encode(None))
    return path


def test_toe_curls_are_counted_and_shown(posecoach: Run, clips: Path, tmp_path: Path) -> None:
    clip = clips / "tc_3q_l.mp4"
    done = posecoach(
        *("replay", clip, "--exercise", "toe_curls", "--json", "o.json"),
        *("--output", "o.mp4", "--csv", "o.csv"),
    )
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[0] == "Towel toe curls: 5 reps (both legs 5)"
    result = json.loads((tmp_path / "o.json").read_text())
    assert result["close_up"] == "yes"
    assert result["summary"]["reps"]["both"] == 5
    assert not any("paced" in rep for rep in result["reps"])
    header = (tmp_path / "o.csv").read_text().splitlines()[0].split(",")
    assert {"toe_flow.left", "toe_flow.right", "trunk_moved"} <= set(header)
    # The close-ups are in the video, where in the picture itself nothing is so large.
    with Clip(clip) as raw, Clip(tmp_path / "o.mp4") as drawn:
        pairs = [(a.image, b.image) for a, b in zip(raw, drawn, strict=True)]
    plain, shown = pairs[120]
    changed = (abs(shown.astype(int) - plain) > 60).any(axis=2).mean()
    assert changed > 0.1


def test_feet_alone_are_counted_where_a_person_says_they_are(
    posecoach: Run, clips: Path, tmp_path: Path
) -> None:
    done = posecoach(
        *("replay", clips / "tc_close_feet.mp4", "--exercise", "toe_curls", *FEET),
        *("--json", "o.json"),
    )
    assert (done.status, done.err) == (0, "")
    result = json.loads((tmp_path / "o.json").read_text())
    assert result["close_up"] == "alone"
    assert result["view"] == {"ok": True, "why": ""}
    assert result["summary"]["reps"] == {"total": 5, "left": 0, "right": 0, "both": 5}
    peaks = [rep["peak_s"] for rep in result["reps"]]
    assert peaks == pytest.approx([2.84, 5.21, 7.48, 9.65, 11.92], abs=0.6)


def test_without_being_told_where_they_are_it_refuses(
    posecoach: Run, clips: Path, tmp_path: Path
) -> None:
    done = posecoach(
        *("replay", clips / "tc_close_feet.mp4", "--exercise", "toe_curls", "--json", "o.json")
    )
    assert done.status == 0
    result = json.loads((tmp_path / "o.json").read_text())
    assert not result["view"]["ok"]
    assert result["reps"] == []


def test_a_grip_of_a_pencil_is_kept_as_paced(posecoach: Run, clips: Path, tmp_path: Path) -> None:
    done = posecoach(
        *("replay", clips / "pg_side_l_drop.mp4", "--exercise", "pencil_grip", "--hold", "4"),
        *("--json", "o.json"),
    )
    assert done.status == 0
    result = json.loads((tmp_path / "o.json").read_text())
    (rep,) = result["reps"]
    assert (rep["side"], rep["paced"]) == ("left", True)
    assert rep["peak_s"] == pytest.approx(5.45, abs=0.6)
    assert rep["metrics"]["held_s"] == pytest.approx(4.0, abs=0.6)
    assert [attempt["why"] for attempt in result["attempts"]] == ["too_short"]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (["right"], "'right' is no foot"),
        (["right:"], "'right:' is no foot"),
        (["right:1,2,3"], "is no foot"),
        (["right:1,2,3,4,5"], "is no foot"),
        (["right:a,b,c,d"], "is no foot"),
        (["right:1,2,3,101"], "is no foot"),
        (["right:-1,2,3,4"], "is no foot"),
        (["right:nan,2,3,4"], "is no foot"),
        (["right:1,nan,3,4"], "is no foot"),
        (["right:inf,2,3,4"], "is no foot"),
        (["up:1,2,3,4"], "is no foot"),
        (["both:1,2,3,4"], "is no foot"),
        (["1,2,3,4"], "is no foot"),
        ([""], "'' is no foot"),
        (["right:20,20,20,20"], "heel and toes at the same place"),
        (["right:1,2,30,40", "right:5,6,70,80"], "the same foot twice"),
    ],
)
def test_what_is_no_foot_is_one_line(
    posecoach: Run, short_clip: Path, values: list[str], said: str
) -> None:
    options = [each for value in values for each in ("--foot", value)]
    done = posecoach("replay", short_clip, "--exercise", "toe_curls", *options)
    assert (done.status, done.out) == (2, "")
    assert said in done.complaint


@pytest.mark.parametrize("exercise", ["heel_raises", "toe_press", "leg_up_towel"])
@pytest.mark.parametrize("command", ["replay", "live"])
def test_what_needs_a_body_is_refused(
    posecoach: Run, short_clip: Path, exercise: str, command: str
) -> None:
    what = (short_clip, "--exercise", exercise) if command == "replay" else (exercise,)
    done = posecoach(command, *what, *FEET)
    assert done.status == 2
    assert f"{exercise} cannot be counted from close-ups of the feet alone" in done.complaint


def test_feet_too_small_are_paced_if_asked_for(
    posecoach: Run, small_clip: Path, tmp_path: Path
) -> None:
    run = ("replay", small_clip, "--exercise", "toe_curls")
    plain = posecoach(*run, "--json", "plain.json")
    paced = posecoach(*run, "--paced", "--json", "paced.json")
    assert (plain.status, paced.status) == (0, 0)
    result = json.loads((tmp_path / "plain.json").read_text())
    assert result["view"]["ok"]
    assert result["reps"] == []
    result = json.loads((tmp_path / "paced.json").read_text())
    assert len(result["reps"]) >= 2
    assert all(rep["paced"] and rep["confidence"] == 0 for rep in result["reps"])
    assert result["reps"][0]["start_s"] > 6


def test_feet_that_are_seen_are_not_paced(posecoach: Run, clips: Path) -> None:
    clip = clips / "fm_side_r_chair.mp4"
    done = posecoach("replay", clip, "--exercise", "foot_massage", "--paced", "--json", "-")
    result = json.loads(done.out)
    assert result["summary"]["reps"]["right"] == 8
    assert not any("paced" in each for each in [*result["reps"], *result["holds"]])
    assert result["summary"]["hold_s"]["right"] == pytest.approx(5.1 + 2.8, abs=1.0)


def test_a_view_of_legs_alone_is_refused_and_the_close_up_offered(
    posecoach: Run, clips: Path
) -> None:
    done = posecoach("replay", clips / "tc_close_feet.mp4", "--exercise", "toe_curls")
    lines = done.out.splitlines()
    assert lines[0] == "Towel toe curls: 0 reps"
    assert "--foot" in lines[-1]
