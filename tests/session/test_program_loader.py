"""A program with a mistake gives one line that names file, key and remedy."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from posecoach.checkers import load_all
from posecoach.errors import UsageError
from posecoach.session import ProgramError, find_program, load_program
from posecoach.session.plan import problems
from posecoach.session.program import Program
from posecoach.session.program_loader import program_files

KNOWN = load_all()
GOOD = """
format = 1
id = "mine"
name = "My own"
summary = "Three things."

[[steps]]
exercise = "ankle_circles"
side = "each"
sets = 2
parts = [{ reps = 5, way = "cw" }, { reps = 5, way = "ccw" }]

[[steps]]
exercise = "toe_walking"
sets = 2
seconds = 20
feet = "out"

[[steps]]
exercise = "tibialis_anterior"
reps = 10
hold_s = 2
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_ones_are_the_five_and_say_only_what_can_be_done() -> None:
    files = program_files()
    assert set(files) == {
        *("short_five", "full_ten", "every_other_day", "six_stretches", "daily_relief"),
    }
    for name, path in files.items():
        program = Program.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        assert program.id == name
        wrong = problems(program, KNOWN)
        # An exercise that has no definition yet is the only thing that may be missing.
        assert all("no exercise is called" in problem for problem in wrong), wrong
        unknown = {step.exercise for step in program.steps} - set(KNOWN)
        assert len(wrong) == sum(step.exercise in unknown for step in program.steps)


def test_the_folder_of_exercises_does_not_take_programs_for_exercises() -> None:
    assert not set(program_files()) & set(KNOWN)


def test_a_program_of_ones_own_is_found_by_its_path(tmp_path: Path) -> None:
    program = find_program(str(write(tmp_path, GOOD)), KNOWN)
    assert [step.exercise for step in program.steps] == [
        *("ankle_circles", "toe_walking", "tibialis_anterior"),
    ]
    assert program.pauses.side_s == 8


@pytest.mark.parametrize(
    ("old", "new", "key", "remedy"),
    [
        ("sets = 2\nparts", "stes = 2\nparts", "steps.1.stes", "did you mean 'sets'?"),
        ("reps = 5, way", "rep = 5, way", "steps.1.parts.1.rep", "did you mean 'reps'?"),
        ('name = "My', 'nam = "My', "nam", "did you mean 'name'?"),
        ('summary = "Three things."\n', "", "summary", "is missing; add it"),
        ("ankle_circles", "ankle_circle", "steps.1.exercise", "did you mean 'ankle_circles'?"),
        ("ankle_circles", "juggling", "steps.1.exercise", "see them with: posecoach list"),
        ('side = "each"', 'side = "port"', "steps.1.side", "'each', 'in_turn', 'both'"),
        ("reps = 5, way", "reps = 0, way", "steps.1.parts.1.reps", "greater than or equal to 1"),
        ("reps = 5, way", "seconds = nan, way", "steps.1.parts.1.seconds", "finite"),
        ("reps = 5, way", "way", "steps.1", "each of 'parts' needs 'reps' or 'seconds'"),
        ('side = "each"', "reps = 5", "steps.1", "'reps' belongs in [[steps.parts]]"),
        ('way = "ccw"', 'feet = "in"', "steps.1.parts.2.feet", "leave it out"),
        ("seconds = 20", "reps = 20", "steps.2.reps", "write 'seconds'"),
        ("sets = 2\nseconds", 'side = "left"\nseconds', "steps.2.side", 'write "both"'),
        ('feet = "out"', 'way = "cw"', "steps.2.way", "leave it out"),
        ("seconds = 20", "seconds = 20\nhold_s = 3", "steps.2.hold_s", "leave it out"),
        ("reps = 10", "reps = 10\nseconds = 10", "steps.3", "keep one"),
        ("reps = 10", "reps = 10\npaced = true", "steps.3", "'paced' needs 'seconds'"),
        ("format = 1", "format = 2", "format", "1"),
        ("[[steps]]", "[pauses]\nside = 3\n[[steps]]", "pauses.side", "did you mean 'side_s'?"),
    ],
)
def test_a_mistake_names_file_key_and_remedy(
    tmp_path: Path, old: str, new: str, key: str, remedy: str
) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(ProgramError) as caught:
        load_program(path, KNOWN)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert f" {key}: " in message
    assert remedy in message
    assert "\n" not in message


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("ankle_circles", "ankle_circle").replace("seconds = 20", "reps = 20")
    with pytest.raises(ProgramError, match=r"steps\.1\.exercise: .*; steps\.2\.reps: "):
        load_program(write(tmp_path, text), KNOWN)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "format: is missing"),
        (b"this is not toml", "is not valid TOML"),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"x = " + b"[" * 5000, "is not valid TOML"),
        (b"a = 1\n" * 20000, "too large"),
        (b'format = 1\nid = "a"\nname = "A"\nsummary = "A"\nsteps = []', "steps"),
    ],
)
def test_what_is_no_program_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(ProgramError, match=says) as caught:
        load_program(path, KNOWN)
    assert "\n" not in str(caught.value)


def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProgramError, match="cannot be read"):
        find_program(str(tmp_path / "none.toml"), KNOWN)
    folder = tmp_path / "folder.toml"
    folder.mkdir()
    with pytest.raises(ProgramError, match="is no file"):
        find_program(str(folder), KNOWN)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("short-five", "did you mean 'short_five'"),
        ("six_stretch", "did you mean 'six_stretches'"),
        ("heel_raises", "posecoach live heel_raises"),
        ("qqqq", "see them with: posecoach list"),
        ("../programs/short_five", "no program is called"),
        ("", "no program is called"),
    ],
)
def test_an_unknown_id_names_the_nearest(asked: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        find_program(asked, KNOWN)
