from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from posecoach import __version__

Run = Callable[..., Any]

COMMANDS = [
    *("live", "replay", "demo", "list", "describe", "check", "signals", "evaluate", "doctor"),
]


def test_help_names_every_command(posecoach: Run) -> None:
    done = posecoach("--help")
    assert (done.status, done.err) == (0, "")
    for command in COMMANDS:
        assert f"  {command} " in done.out
    assert "Examples:" in done.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(posecoach: Run, command: str) -> None:
    done = posecoach(command, "--help")
    assert (done.status, done.err) == (0, "")
    assert "Examples:" in done.out
    assert f"posecoach {command}" in done.out.partition("Examples:")[2]


@pytest.mark.parametrize("command", [["--help"], ["list"], ["--version"]])
def test_what_is_quick_to_say_loads_nothing_slow(command: list[str]) -> None:
    program = f"""
import sys
from posecoach.cli.main import main
try:
    main({command!r})
finally:
    print(sorted({{"cv2", "av", "mediapipe"}} & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stderr == "[]\n"


def test_opencv_is_loaded_before_pyav_whatever_comes_first() -> None:
    for module in ("posecoach.frames", "posecoach.record.video", "posecoach.cli.replay"):
        program = (
            f"import sys, {module}; names = list(sys.modules); "
            "print(names.index('cv2') < names.index('av'))"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        )
        assert done.stdout == "True\n", module


def test_version(posecoach: Run) -> None:
    assert posecoach("--version").out == f"posecoach {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["replai"], "No such command 'replai'. Did you mean 'replay'? See posecoach --help"),
        (["xyz"], "No such command 'xyz'. See posecoach --help"),
        (["--verion"], "No such option '--verion'. Did you mean '--version'?"),
        (["list", "more"], "Got unexpected extra argument (more)"),
        (["describe"], "Missing argument 'ID'"),
        (["describe", "heel_raise"], "did you mean 'heel_raises'?"),
    ],
)
def test_a_wrong_call_is_one_line(posecoach: Run, arguments: list[str], said: str) -> None:
    done = posecoach(*arguments)
    assert (done.status, done.out) == (2, "")
    assert said in done.complaint


def test_list(posecoach: Run) -> None:
    done = posecoach("list")
    assert done.err == ""
    for name in ("heel_raises", "leg_up_towel", "toe_walking"):
        assert any(line.startswith(name) for line in done.out.splitlines())
    values = json.loads(posecoach("list", "--json").out)
    assert {value["id"]: value["kind"] for value in values}["toe_walking"] == "walk"


@pytest.mark.parametrize(
    ("exercise", "said"),
    [
        ("heel_raises", ["Lift your heels higher", "Straighten your knee", "Slow down"]),
        ("toe_walking", ["Heels up", "Keep stepping", "Turn your toes out"]),
        ("leg_up_towel", ["Straighten your knee", "Bring your leg back up"]),
        ("ankle_circles", ["Make it round", "Bigger circles"]),
    ],
)
def test_describe_says_what_is_looked_for(posecoach: Run, exercise: str, said: list[str]) -> None:
    done = posecoach("describe", exercise)
    assert (done.status, done.err) == (0, "")
    for part in ("Dose:", "Camera:", "How to do it:", "What is looked for:", *said):
        assert part in done.out
    assert max(map(len, done.out.splitlines())) <= 88


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end in another way there")
def test_a_reader_who_has_seen_enough(begin: Run) -> None:
    process = begin("list")
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(30) in (0, 1)
