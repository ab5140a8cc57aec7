"""A workout that is chosen, done and left by body alone: a real process, a camera, a screen."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from raised import CLIP, raising, waiting
from screens import eventually
from splices import FPS, part
from streams import Stream, jpeg

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Xvfb and xdotool are for Linux"
)

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def camera() -> Iterator[Stream]:
    scene = waiting(3.0) + raising(1.3, "right") + waiting(1.2) + raising(2.2, "left", "right")
    scene += waiting(6.0) + part(CLIP, 1.2, 4.6) + waiting(4.0)
    scene += raising(2.2, "left", "right") + waiting(12.0)
    with Stream([jpeg(picture) for picture in scene], fps=FPS) as stream:
        yield stream


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with an exercise that is over after one heel raise."""
    folder = tmp_path / "own"
    folder.mkdir()
    text = (ROOT / "exercises" / "heel_raises.toml").read_text(encoding="utf-8")
    for old, new in (
        ('id = "heel_raises"', 'id = "one_raise"'),
        ('name = "Heel raises"', 'name = "One raise"'),
        ("reps = 10", "reps = 1"),
        ("sets = 2", "sets = 1"),
        ("each_side = true", "each_side = false"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "one_raise.toml").write_text(text, encoding="utf-8")
    return folder


def read(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_by_body_alone(run: Run, camera: Stream, own: Path, tmp_path: Path) -> None:
    state, home = tmp_path / "state", {"POSECOACH_HISTORY": str(tmp_path / "history.sqlite3")}
    recent = state / "posecoach" / "recent.json"
    recent.parent.mkdir(parents=True)
    before = [["program", "short_five"], ["exercise", "one_raise"]]
    recent.write_text(json.dumps({"format": 1, "recent": before}), encoding="utf-8")
    log, said = tmp_path / "events.jsonl", tmp_path / "said.jsonl"
    files = ("--events", str(log), "--transcript", str(said), "--exercises", str(own))
    coach = run(
        "start", "--camera", camera.url, "--mute", *files, XDG_STATE_HOME=str(state), **home
    )
    coach.wait_for_window()

    def gestures() -> list[str]:
        return [e["gesture"] for e in read(log) if e["event"] == "gesture"]

    # Both arms at the closing card lead back to the choice.
    assert eventually(lambda: gestures() == ["pause"], 90.0)
    coach.press("q")
    status, output, errors = coach.end()
    assert (status, errors) == (0, "")
    # One arm went on by one, to what both arms then chose; it counted, and ended by itself.
    assert output.splitlines()[0] == "One raise: done"
    after = json.loads(recent.read_text(encoding="utf-8"))["recent"]
    assert after == [before[1], before[0]]
    # It is a session of its own in the history; the choice is in none.
    status, table, errors = run("history", "--json", **home).end()
    assert (status, errors) == (0, "")
    (session,) = json.loads(table)["sessions"]
    ((exercise, reps),) = [(done["exercise"], done["reps"]) for done in session["done"]]
    assert (session["source"], exercise, reps) == ("live", "one_raise", {"both": 1})
    names = [e["event"] for e in read(log)]
    assert names.index("set_begun") < names.index("rep_counted") < names.index("program_finished")
    assert names[-1] == "gesture"
    texts = [line["text"] for line in read(said)]
    assert texts[0] == "What would you like to do? Short five"
    assert texts[1] == "One raise"
    assert "Raise both arms to choose something else" in texts
    # Back at the choice, what was just done comes first.
    assert texts[-1].startswith("What would you like to do? One raise") or (
        texts[-2].startswith("What would you like to do? One raise")
    )
