from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from processes import environment

from posecoach import __version__
from posecoach.checkers import load_all
from posecoach.session.program_loader import program_files

Run = Callable[..., Any]

COMMANDS = [
    *("live", "program", "replay", "demo", "list", "describe", "check", "signals", "evaluate"),
    "doctor",
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
        (["describe", "short-five"], "did you mean 'short_five'?"),
        (["program"], "Missing argument 'ID|FILE'"),
        (["live", "squat", "--side", "left"], "squat moves both legs together; leave it out"),
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
    assert {each["id"]: each["kind"] for each in values["exercises"]}["toe_walking"] == "walk"


def test_list_names_the_programs_with_their_total_time(posecoach: Run) -> None:
    known = load_all()
    programs = posecoach("list").out.partition("\nPrograms:\n")[2].splitlines()
    values = {each["id"]: each for each in json.loads(posecoach("list", "--json").out)["programs"]}
    for name, path in program_files().items():
        (line,) = (line for line in programs if line.startswith(name))
        steps = tomllib.loads(path.read_text(encoding="utf-8"))["steps"]
        # A program whose exercises are not all there is listed, and says so.
        missing = {step["exercise"] for step in steps} - set(known)
        assert (name in values) == (not missing)
        if missing:
            assert f"no exercise is called '{steps[0]['exercise']}'" in line or "steps." in line
        else:
            assert f"about {round(values[name]['total_s'] / 60)} min" in line
            assert values[name]["exercises"] == [step["exercise"] for step in steps]


def test_describe_a_program(posecoach: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        """
format = 1
id = "mine"
name = "My own"
summary = "Two things."
[[steps]]
exercise = "heel_raises"
side = "in_turn"
sets = 2
reps = 20
[[steps]]
exercise = "toe_walking"
sets = 3
parts = [{ seconds = 20, feet = "straight" }, { seconds = 20, feet = "out" }]
""",
        encoding="utf-8",
    )
    done = posecoach("describe", path)
    assert (done.status, done.err) == (0, "")
    said = " ".join(done.out.split())
    assert said.startswith("My own (mine; about 8 min) Two things.")
    assert "- Heel raises: 20 reps; 2 sets; left and right in turn (about 5 min)" in said
    assert "- Toe walking: feet straight, 20 s; toes out, 20 s; 3 sets (about 3 min)" in said
    assert f"posecoach program {path}" in said


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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk is always full here")
@pytest.mark.parametrize("command", [["list"], ["settings", "--json"], ["--help"]])
def test_a_full_disk_behind_standard_output(command: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "posecoach", *command],
            cwd=tmp_path,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "posecoach: Cannot write standard output: the disk is full; free some space or choose "
        "another folder."
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="there it cannot be closed so")
@pytest.mark.parametrize("command", ["list", "cameras --json"])
def test_standard_output_that_is_closed(command: str, tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"exec '{sys.executable}' -m posecoach {command} >&-"],
        cwd=tmp_path,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is another one there")
def test_what_the_system_refuses_is_one_line(posecoach: Run, short_clip: Path) -> None:
    name = "a" * 300 + ".json"
    done = posecoach("replay", short_clip, "--exercise", "heel_raises", "--json", name)
    assert (done.status, done.out) == (1, "")
    assert done.complaint.startswith(f"{name}: File name too long; check the name")


@pytest.mark.parametrize("command", ["doctor", "replay", "cameras"])
def test_a_library_that_the_system_cannot_load(
    posecoach: Run, tmp_path: Path, command: str
) -> None:
    (tmp_path / "cv2.py").write_text('raise ImportError("libGL.so.1: cannot open", name="cv2")')
    where = os.pathsep.join([str(tmp_path), environment()["PYTHONPATH"]])
    done = posecoach(command, PYTHONPATH=where)
    assert (done.status, done.out) == (1, "")
    assert done.complaint.startswith("A library cannot be loaded (libGL.so.1: cannot open): ")
    assert "libgl1" in done.complaint
