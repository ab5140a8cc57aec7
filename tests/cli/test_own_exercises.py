"""Exercises of one's own in the commands: found, named, worded, and never in the way."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
COMMANDS = ["list", "replay", "live", "program", "describe", "evaluate", "signals"]
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A config folder with an exercise of one's own in it; give it as XDG_CONFIG_HOME."""
    folder = tmp_path / "config" / "posecoach" / "exercises"
    folder.mkdir(parents=True)
    (folder / "chair_stand.toml").write_bytes((EXAMPLES / "chair_stand.toml").read_bytes())
    return tmp_path / "config"


def test_list_names_them_and_their_origin(posecoach: Run) -> None:
    done = posecoach("list", "--exercises", EXAMPLES)
    assert (done.status, done.err) == (0, "")
    (line,) = [line for line in done.out.splitlines() if line.startswith("chair_stand ")]
    assert line.endswith("(your own)")
    values = {
        each["id"]: each["origin"]
        for each in json.loads(posecoach("list", "--json", "--exercises", EXAMPLES).out)[
            "exercises"
        ]
    }
    assert (values["chair_stand"], values["heel_raises"]) == ("own", "shipped")


@pytest.mark.skipif(sys.platform != "linux", reason="sets the folder as Linux does")
def test_the_users_folder_is_read_without_being_asked(posecoach: Run, config: Path) -> None:
    done = posecoach("describe", "chair_stand", XDG_CONFIG_HOME=str(config))
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Chair stand (chair_stand; counted)")
    for own in ("Stand up all the way. The hips did not rise", "Sit down slowly. You dropped"):
        assert own in " ".join(done.out.split())


@pytest.mark.skipif(sys.platform != "linux", reason="sets the folder as Linux does")
def test_a_broken_one_is_told_and_left_out(posecoach: Run, config: Path) -> None:
    broken = config / "posecoach" / "exercises" / "broken.toml"
    broken.write_text("format = 7")
    env = {"XDG_CONFIG_HOME": str(config)}
    for call in (("list",), ("describe", "heel_raises"), ("describe", "chair_stand")):
        done = posecoach(*call, **env)
        assert done.status == 0
        assert done.complaint.startswith(f"left out {broken}: format: ")
        assert "posecoach check" in done.complaint
    done = posecoach("describe", "broken", **env)
    assert (done.status, done.out) == (1, "")
    assert "id: is missing; add it" in done.err.splitlines()[-1]


def test_one_that_replaces_a_shipped_one_is_told_once(posecoach: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    text = (EXAMPLES / "chair_stand.toml").read_text().replace('"chair_stand"', '"heel_raises"')
    (folder / "heel_raises.toml").write_text(text)
    done = posecoach("describe", "heel_raises", "--exercises", folder)
    assert done.out.startswith("Chair stand (heel_raises; counted)")
    assert "your own" in done.complaint
    assert posecoach("describe", "toe_walking", "--exercises", folder).err == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_is_none_is_told(posecoach: Run, short_clip: Path, command: str) -> None:
    call = {
        "list": ("list",),
        "replay": ("replay", short_clip, "--exercise", "heel_raises"),
        "live": ("live", "heel_raises"),
        "program": ("program", "short_five"),
        "describe": ("describe", "heel_raises"),
        "evaluate": ("evaluate", EXAMPLES / "labels.json"),
        "signals": ("signals", short_clip),
    }[command]
    done = posecoach(*call, "--exercises", "none")
    assert done.status == 2
    assert "--exercises none: cannot be read" in done.complaint


def test_its_own_words_are_in_the_summary(posecoach: Run, clips: Path, tmp_path: Path) -> None:
    """With a level that nobody reaches, each rise is a try, for a reason of its own."""
    folder = tmp_path / "mine"
    folder.mkdir()
    text = (EXAMPLES / "chair_stand.toml").read_text()
    assert "count = 0.92" in text
    text = text.replace("count = 0.92", "count = 1.1").replace("standard = 0.97", "standard = 1.2")
    (folder / "chair_stand.toml").write_text(text)
    done = posecoach(
        *("replay", clips / "dx_sit_stand_side_r.mp4", "--exercise", "chair_stand"),
        *("--exercises", folder),
    )
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Chair stand: 0 reps",
        "  2 tries did not count: stand up all the way (2)",
    ]
