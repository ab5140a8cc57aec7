"""A whole program from a camera in the network at real speed, without a hand on the keyboard.

Three exercises on both sides, from clips spliced together: somebody leaves in the middle of
the first and returns; in the second half of it somebody else passes by, and the camera stops
and comes back.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from screens import eventually
from splices import FPS, Scene, beside, empty, mirrored, part, still
from streams import Stream, jpeg

from posecoach.checkers import read_catalogue
from posecoach.cli.coaching import Wishes
from posecoach.cli.recorded import Asking, ProgramJob, go_through
from posecoach.cli.stopping import Stop
from posecoach.feedback.theme import PANEL
from posecoach.record.event_log import values_of

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Xvfb and xdotool are for Linux"
)

Run = Callable[..., Any]
RAISES, WALL, LEG_UP = "hr_single_L_side_l", "ws_side_r_L_heelfault", "lr_side_r_kneefault"
PROGRAM = """
format = 1
id = "three"
name = "Three on both sides"
summary = "What the clips show."

[pauses]
side_s = 3
exercise_s = 3

[[steps]]
exercise = "heel_raises"
side = "each"
sets = 1
reps = 2

[[steps]]
exercise = "heel_tendon_stretch"
side = "each"
sets = 1
seconds = 1.5

[[steps]]
exercise = "leg_up_towel"
side = "each"
sets = 1
seconds = 1.5
"""
# The events that make up the course of a workout; others come in between.
COURSE = (
    *("setup_started", "set_begun", "block_started", "rep_counted", "block_ended"),
    *("rest_started", "program_finished"),
)


# What is said while something is not as it should be, and how often, is the camera's and the
# computer's doing as well.
WAITING = ("nobody", "left_view", "moving", "unseen", "settling", "step_back", "clock_runs")
WAITING += ("machine_slow", "camera_stalled", "camera_back")


def story() -> Scene:
    """What the camera sees: 94 s."""
    first = still(RAISES, 6.0) + part(RAISES, 1.0, 4.5) + still(RAISES, 1.0, 4.25)
    away = empty(3.0)
    # One rep more than is asked for: a computer that is busy may lose one.
    second = still(RAISES, 2.5, 4.35) + part(RAISES, 4.5, 10.6)
    # Here the camera goes, and comes back.
    waiting = still(RAISES, 4.0, 4.25)
    turned = mirrored(still(RAISES, 4.5) + part(RAISES, 1.0, 4.5) + waiting)
    turned += mirrored(part(RAISES, 4.5, 10.6))
    passing = part("dx_walk_across", 0.0, 8.0)
    scene = beside(empty(1.0) + first + away + second) + beside(turned, passing)
    scene += beside(empty(2.0))
    scene += beside(still(WALL, 6.5) + part(WALL, 0.5, 6.6) + empty(0.6))
    scene += beside(mirrored(still(WALL, 3.0) + part(WALL, 0.5, 6.6)) + empty(2.0))
    scene += beside(mirrored(still(LEG_UP, 6.5) + part(LEG_UP, 1.0, 7.4)) + empty(0.6))
    return scene + beside(still(LEG_UP, 3.0) + part(LEG_UP, 1.0, 7.4) + still(LEG_UP, 4.0))


@pytest.fixture(scope="module")
def camera() -> Iterator[Stream]:
    with Stream([jpeg(picture) for picture in story()], fps=FPS) as stream:
        stream.goes_on = True
        yield stream


def read(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def has(path: Path, event: str, **values: object) -> Callable[[], bool]:
    return lambda: any(
        each["event"] == event and values.items() <= each.items() for each in read(path)
    )


def _counting_in(said: list[dict[str, Any]], time_s: float) -> bool:
    return any(line["cue"] == "count_in" and line["t_s"] == time_s for line in said)


def test_a_program_is_done_by_body_alone(
    run: Run, camera: Stream, screen: Any, tmp_path: Path
) -> None:
    program, log = tmp_path / "three.toml", tmp_path / "events.jsonl"
    landmarks, words = tmp_path / "three.landmarks", tmp_path / "said.jsonl"
    program.write_text(PROGRAM, encoding="utf-8")
    coach = run(
        *("program", str(program), "--camera", camera.url, "--no-mirror", "--events", str(log)),
        *("--transcript", str(words), "--landmarks", str(landmarks)),
    )
    coach.wait_for_window()
    assert eventually(has(log, "count_in", left_s=2))
    counting = screen.picture()
    assert eventually(has(log, "rep_counted", side="right"), 60.0)
    bright = screen.picture().mean()
    camera.stop()
    assert coach.sees(lambda shown: bool(shown.mean() < 0.75 * bright))
    camera.start()
    assert eventually(has(log, "program_finished"), 150.0)
    coach.press("q")
    status, output, errors = coach.end()
    assert (status, errors) == (0, "")

    events = read(log)
    course = [
        (e["event"], e.get("exercise") or e.get("change") or e["side"])
        for e in events
        if e["event"] in COURSE
    ]
    expected: list[tuple[str, Any]] = []
    for exercise, does in (
        ("heel_raises", ["rep_counted", "rep_counted"]),
        ("heel_tendon_stretch", []),
        ("leg_up_towel", []),
    ):
        expected += [("setup_started", None), ("set_begun", None)]
        for side in ("left", "right"):
            expected += [("block_started", exercise), *((each, side) for each in does)]
            expected += [("block_ended", exercise)]
            rest = "side" if side == "left" else "exercise"
            expected += [("rest_started", rest)]
    assert course == [*expected[:-1], ("program_finished", None)]
    assert events[-1]["complete"]
    # A stretch may be let go of and taken up again; each was of the side whose turn it was.
    turns = "".join(
        {"hold_ended": e["side"][0], "block_ended": "."}.get(e["event"], "")
        for e in events
        if e["side"] is not None
    )
    assert re.fullmatch(r"\.\.l+\.r+\.l+\.r+\.", turns)
    assert [e["left_s"] for e in events if e["event"] == "count_in"] == [3, 2, 1] * 3

    # The one who left between the first two reps was missed, and was not set up anew.
    reps = [i for i, e in enumerate(events) if e["event"] == "rep_counted"]
    between = [e["event"] for e in events[reps[0] : reps[1]]]
    assert between.index("person_lost") < between.index("person_found")
    # The passer-by: nobody was lost while the right leg worked.
    assert "person_lost" not in [e["event"] for e in events[reps[2] : reps[3]]]

    # All of it was to be heard, each thing at the frame at which it happened.
    said = read(words)
    start = ["three", "two", "one", "Go"]
    steps = [line["text"] for line in said if line["cue"] not in WAITING]
    assert steps == [
        "Heel raises. Left leg. 2 reps",
        *start,
        *("one", "two. Done. Change sides. Now your right leg", "Go", "one"),
        "Camera lost: check its cable",
        "two. Done. Rest for 3 seconds. Next: Heel-tendon stretch. Left leg. 2 seconds",
        *start,
        *("Left leg. Hold it", "Done. Change sides. Now your right leg", "Go"),
        "Right leg. Hold it",
        "Done. Rest for 3 seconds. Next: Leg-up towel stretch. Left leg. 2 seconds",
        *start,
        *("Left leg. Hold it", "Done. Change sides. Now your right leg", "Go"),
        "Right leg. Hold it",
        said[-1]["text"],
    ]
    assert said[-1]["text"].startswith("Done. Well done! Heel raises: 4 reps. Heel-tendon")
    assert "Paused. Come back into view" in [line["text"] for line in said]
    assert all(
        0 <= line["said_s"] - line["t_s"] <= 0.3 for line in said if line["cue"] not in WAITING
    )
    counted = [line["t_s"] for line in said if line["text"].split(".")[0] in ("one", "two")]
    assert [e["t_s"] for e in events if e["event"] == "rep_counted"] == [
        pytest.approx(t, abs=1e-3) for t in counted if not _counting_in(said, t)
    ]

    assert output.splitlines()[0] == "Three on both sides: done"
    assert "Heel raises: 4 reps (left leg 2, right leg 2)" in output
    # The count-in's dark disc stood in the middle of the picture.
    height, width = 480, 1000
    disc = counting[height // 2 - 60 : height // 2 + 140, width // 2 - 20 : width // 2 + 20]
    assert (np.abs(disc.astype(int) - PANEL).max(axis=2) < 40).mean() > 0.2

    # The landmarks and keys alone give every event again, at the same frame.
    known = read_catalogue()
    (job,) = Asking(None, Wishes(), frozenset()).jobs(landmarks, known)
    assert isinstance(job, ProgramJob)
    again = go_through(landmarks, job, known, Stop())
    told = [e for e in events if e["event"] != "gesture"]
    assert [(e["t_s"], e["event"], e["side"]) for e in map(values_of, again.events)] == [
        (e["t_s"], e["event"], e["side"]) for e in told
    ]


def test_sets_of_one_exercise_with_a_rest_and_a_summary(
    run: Run, clips: Path, tmp_path: Path
) -> None:
    log = tmp_path / "events.jsonl"
    clip = str(clips / "hr_side_r_mixed.mp4")
    options = ("--side", "both", "--sets", "2", "--reps", "2", "--rest", "2")
    coach = run(
        *("live", "heel_raises", *options, "--no-setup", "--camera", clip, "--events", str(log))
    )
    status, output, errors = coach.end()
    assert (status, errors) == (0, "")
    assert output.splitlines()[0] == "Heel raises: done"
    assert "Heel raises: 4 reps (both legs 4)" in output
    names = [e["event"] for e in read(log)]
    assert names.count("set_finished") == 2
    assert names.count("rest_started") == 1
    assert "setup_started" not in names


def test_without_sets_it_counts_on_and_begins_by_itself(
    run: Run, clips: Path, tmp_path: Path
) -> None:
    log = tmp_path / "events.jsonl"
    clip = str(clips / "hr_side_r_mixed.mp4")
    landmarks = tmp_path / "live.landmarks"
    options = ("--events", str(log), "--landmarks", str(landmarks))
    coach = run("live", "heel_raises", "--camera", clip, *options)
    status, output, errors = coach.end()
    assert (status, errors) == (0, "")
    # The first of the clip's four reps is over before the count-in is.
    assert "Heel raises: 3 reps (both legs 3)" in output
    events = read(log)
    (begun,) = (e["t_s"] for e in events if e["event"] == "set_begun")
    counted_s, *_ = (e["t_s"] for e in events if e["event"] == "count_in")
    assert begun > counted_s + 2.99 > 3.9
    assert all(e["t_s"] > begun for e in events if e["event"].startswith("rep"))

    # The landmarks alone are set up, counted in and counted in the same way.
    status, output, errors = run("replay", str(landmarks), "--json", "-").end()
    assert (status, errors) == (0, "")
    again = [(e["t_s"], e["event"], e["side"]) for e in json.loads(output)["events"]]
    told = events[[e["event"] for e in events].index("set_begun") + 1 :]
    assert again == [(e["t_s"], e["event"], e["side"]) for e in told]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["heel_raises", "--reps", "5", "--seconds", "10"], "exclude each other"),
        (["leg_up_towel", "--reps", "5"], "--reps: leg_up_towel is timed, not counted"),
        (["heel_raises", "--sets", "0"], "0 is not in the range"),
        (["heel_raises", "--rest", "-1"], "-1"),
    ],
)
def test_a_wrong_dose_is_said_on_one_line(run: Run, options: list[str], says: str) -> None:
    status, output, errors = run("live", *options).end()
    assert status == 2
    assert output == ""
    assert says in errors.splitlines()[-1]


def test_events_that_cannot_be_kept_are_said_on_one_line(run: Run, clips: Path) -> None:
    clip = str(clips / "hr_side_r_mixed.mp4")
    status, output, errors = run(
        "live", "heel_raises", "--camera", clip, "--events", "no/folder/e.jsonl"
    ).end()
    assert (status, output) == (1, "")
    assert errors.count("\n") == 1
    assert "Cannot write no/folder/e.jsonl" in errors
