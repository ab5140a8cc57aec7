"""``posecoach settings``, and what settings do to other commands."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from processes import environment

from posecoach.record.setting_values import SETTINGS, template

Run = Callable[..., Any]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config"


@pytest.fixture
def file(config: Path) -> Path:
    return config / "posecoach" / "settings.toml"


@pytest.fixture
def run(posecoach: Run, config: Path) -> Run:
    return lambda *arguments, **env: posecoach(*arguments, XDG_CONFIG_HOME=str(config), **env)


def kept(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")


def test_all_are_shown_with_file_and_meaning(run: Run, file: Path) -> None:
    done = run("settings")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"{file} (not there yet)\n")
    for each in SETTINGS.values():
        assert each.name in done.out
        assert each.meaning[:30] in done.out
    assert not file.exists()


def test_one_is_changed_shown_and_set_back(run: Run, file: Path) -> None:
    assert run("settings", "height", "172").out == f"height is 172 now, in {file}\n"
    assert run("settings", "height").out == "172\n"
    assert run("settings", "voice", "off").status == 0
    shown = run("settings").out
    assert "172  (default: unknown)" in shown
    assert "false  (default: true)" in shown
    found = json.loads(run("settings", "--json").out)
    assert (found["format"], found["file"], found["exists"]) == (1, str(file), True)
    assert {name: each["value"] for name, each in found["settings"].items()} == {
        "camera": 0,
        "mirror": "auto",
        "height": 172,
        "language": "system",
        "voice": False,
    }
    assert run("settings", "reset", "height").out == "height is unknown again, as at first\n"
    assert run("settings", "height").out == "unknown\n"
    assert run("settings", "voice").out == "false\n"
    done = run("settings", "reset")
    assert (done.status, str(file) in done.out) == (0, True)
    assert file.read_text(encoding="utf-8") == template()
    assert file.with_name("settings.toml.old").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["hight"], "did you mean 'height'?"),
        (["height", "1.72"], "a number from 80 to 250"),
        (["reset", "everything"], "there are camera"),
        (["language", "xx"], "de, en, es, fr, it, pt"),
    ],
)
def test_what_cannot_be_is_said_on_one_line(
    run: Run, file: Path, arguments: list[str], says: str
) -> None:
    done = run("settings", *arguments)
    assert (done.status, done.out) == (2, "")
    assert says in done.complaint
    assert not file.exists()


def test_a_wrong_file_is_told_by_settings_with_each_mistake(run: Run, file: Path) -> None:
    kept(file, "height = 3\nfoo = 1\nlanguage = 'de'\n")
    done = run("settings")
    assert done.status == 1
    lines = done.err.splitlines()
    assert [line.startswith(f"posecoach: {file}: ") for line in lines] == [True, True]
    assert "height: cannot be 3" in lines[0]
    assert "de  (default: system)" in done.out
    report = run("settings", "--json")
    assert len(json.loads(report.out)["problems"]) == 2


def test_a_wrong_file_stops_nothing_and_is_told_once(
    run: Run, file: Path, short_clip: Path
) -> None:
    kept(file, "camera = [")
    done = run("replay", short_clip, "--exercise", "heel_raises")
    assert done.status == 0
    assert done.out.startswith("Heel raises: ")
    assert str(file) in done.complaint
    # Where no setting is used, none is missed.
    assert run("list").err == ""


def test_replay_takes_height_and_options_go_before_it(
    run: Run, file: Path, short_clip: Path
) -> None:
    def height(*options: str) -> object:
        done = run(
            *("replay", short_clip, "--exercise", "heel_raises", "--json", "-", *options),
        )
        assert (done.status, done.err) == (0, "")
        return json.loads(done.out)["height_cm"]["value"]

    run("settings", "height", "190")
    assert height() == 190
    assert height("--height", "150") == 150


def test_help_shows_what_is_set(run: Run) -> None:
    run("settings", "camera", "3")
    shown = " ".join(run("live", "--help").out.split())
    assert "posecoach settings. [default: 3]" in shown
    assert "[default: the setting language" in shown


LANGUAGE = """
import sys
from posecoach.cli.main import cli
from posecoach.errors import PosecoachError
from posecoach.feedback.wording import language_in_use
try:
    cli.main(sys.argv[1:], standalone_mode=False)
except PosecoachError:
    print(language_in_use())
"""


def script(code: str, file: Path, *arguments: str) -> str:
    """What a script prints with the settings in that file."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment(XDG_CONFIG_HOME=str(file.parents[1])),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize(
    ("before", "options", "language"),
    [
        ([], [], "de"),
        ([], ["--language", "fr"], "fr"),
        (["--language", "es"], [], "es"),
        (["--language", "es"], ["--language", "fr"], "fr"),
    ],
)
def test_the_language_is_the_options_or_else_the_settings(
    file: Path, before: list[str], options: list[str], language: str
) -> None:
    kept(file, "language = 'de'\n")
    asked = (*before, "demo", *options, "--output", "no/such/folder.mp4")
    assert script(LANGUAGE, file, *asked) == f"{language}\n"


def test_doctor_tells_where_they_are(file: Path) -> None:
    code = "from posecoach.cli.checkup import settings_file as s; f = s(); print(f.state, f.found)"
    assert script(code, file).startswith("ok all as at first (")
    kept(file, "height = 3\n")
    found = script(code, file)
    assert found.startswith(f"warning {file}: height: cannot be 3")
