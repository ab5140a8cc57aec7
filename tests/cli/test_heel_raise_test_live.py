"""``posecoach heel-raise-test``, live: from a camera in the network, by ear and body."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from processes import Ended
from screens import eventually
from splices import FPS, Scene, part, still
from streams import Stream, jpeg

from posecoach.feedback.theme import RIGHT

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Xvfb and xdotool are for Linux"
)

Posecoach = Callable[..., Ended]
Run = Callable[..., Any]


def near(image: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    return np.abs(image.astype(int) - colour).max(axis=2) < 24


def story() -> Scene:
    """Somebody who waits on the left leg, does four raises, 30 a minute, and stops."""
    once = part("hr_single_L_side_l", 5.2, 7.5)[:30]
    return still("hr_single_L_side_l", 10.0) + once * 4 + still("hr_single_L_side_l", 20.0, 4.35)


@pytest.fixture
def camera() -> Iterator[Stream]:
    with Stream([jpeg(picture) for picture in story()], fps=FPS) as stream:
        yield stream


def read(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def has(path: Path, event: str) -> Callable[[], bool]:
    return lambda: any(each["event"] == event for each in read(path))


def test_live_it_guides_counts_in_ends_by_itself_and_can_be_judged_again(
    run: Run, camera: Stream, screen: Any, posecoach: Posecoach, tmp_path: Path
) -> None:
    log, said = tmp_path / "events.jsonl", tmp_path / "said.jsonl"
    result, seen = tmp_path / "result.json", tmp_path / "test.landmarks"
    options = ("--side", "left", "--height", "170", "--age", "45", "--sex", "f")
    coach = run(
        *("heel-raise-test", *options, "--json", str(result)),
        *("--camera", camera.url, "--no-mirror"),
        *("--events", str(log), "--transcript", str(said), "--landmarks", str(seen)),
    )
    coach.wait_for_window()
    coach.press("n")  # what it explains is heard in another test
    assert eventually(has(log, "leg_started"))
    assert eventually(has(log, "rep_counted"))
    # A raise's dot in the strip below the picture.
    assert coach.sees(lambda shown: bool(near(shown[520:620, 200:640], RIGHT).any()))
    assert eventually(has(log, "test_finished"))
    # The result is shown: its large blue number, where the setup's grey picture was.
    assert coach.sees(lambda shown: bool(near(shown[60:200, 20:120], RIGHT).mean() > 0.03))
    coach.press("q")
    status, output, errors = coach.end()
    assert (status, errors) == (0, "")
    assert "Left leg: " in output

    (leg,) = json.loads(result.read_text(encoding="utf-8"))["legs"]
    # A computer that is busy may lose a raise.
    assert leg["end"] in ("stopped", "pace")
    assert 2 <= leg["reps"] <= 4
    names = [e["event"] for e in read(log)]
    order = ["rest_started", "rest_ended", "setup_started", "count_in", "leg_started", "leg_ended"]
    assert [names.index(name) for name in order] == sorted(names.index(name) for name in order)
    lines = read(said)
    assert lines[0]["cue"] == "rest"
    assert lines[0]["text"].startswith("Heel-raise test. Now your left leg. Rise as high as you")
    assert [line["text"] for line in lines if line["cue"] == "count_in"] == ["three", "two", "one"]
    assert lines[-1]["cue"] == "summary"
    assert lines[-1]["text"].endswith("This is no diagnosis")

    # The history has what counted in the test, and no more.
    shown = posecoach("history", "--json")
    (session,) = [
        each
        for each in json.loads(shown.out)["sessions"]
        if each["program_name"] == "Heel-raise test"
    ]
    kept = json.loads(posecoach("history", "show", str(session["id"]), "--json").out)
    (leg_set,) = kept["sets"]
    assert (leg_set["exercise"], leg_set["side"]) == ("heel_raises", "left")
    assert [rep["side"] for rep in leg_set["reps"]] == ["left"] * leg["reps"]
    # And the report the norm of whom was tested.
    page = posecoach("report", "--session", str(session["id"]), "-o", "-").out
    assert "Healthy women of 40 to 49: 24 reps at the median" in page
    assert f'<th scope="row">Left leg</th><td>{leg["reps"]}</td><td>24</td>' in page

    # What the model saw, with the key that was pressed, gives the same again.
    again = posecoach("heel-raise-test", seen, "--age", "45", "--sex", "f", "--json", "-")
    assert (again.status, again.err) == (0, "")
    assert json.loads(again.out)["legs"] == [leg]
