"""`posecoach check`: everything that is wrong at once, each with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from posecoach.resources import resource

Run = Callable[..., Any]
GOOD = (resource("exercises") / "heel_raises.toml").read_text(encoding="utf-8")


def changed(folder: Path, *changes: str) -> Path:
    text = GOOD
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "heel_raises.toml"
    path.write_text(text, encoding="utf-8")
    return path


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(i for i, line in enumerate(lines, 1) if text in line)


def test_a_good_one_is_fine(posecoach: Run, tmp_path: Path) -> None:
    changed(tmp_path)
    done = posecoach("check", "heel_raises.toml")
    assert (done.status, done.err) == (0, "")
    assert done.out == "heel_raises.toml is fine: counts reps from body_rise, lone_heel_rise\n"


def test_all_that_is_wrong_is_told_at_once(posecoach: Run, tmp_path: Path) -> None:
    path = changed(
        tmp_path,
        *('id = "heel_raises"', 'id = "heels"'),
        *("reps = 10", "repps = 0"),
        *("count = 0.035", "cuont = 0.035\ncount = 0.001"),
        *('side = "each"', 'side = "any"'),
        *('signal = "travel"', 'signal = "travell"'),
    )
    done = posecoach("check", path)
    assert (done.status, done.err) == (1, "")
    found = {line.removeprefix(f"{path}:") for line in done.out.splitlines()}
    expected = {
        f"{line_of(path, told)}: {says}"
        for told, says in (
            ('"heels"', "id: is 'heels', but the file is called 'heel_raises'; rename one of them"),
            ("repps", "dose.repps: unknown key; did you mean 'reps'?"),
            ("cuont", "reps.tracks.1.cuont: unknown key; did you mean 'count'?"),
            (
                '"any"',
                "reps.tracks.2.side: input should be "
                "'both', 'stance', 'each', 'one_foot', 'feet' or 'together'",
            ),
            (
                '"travell"',
                "reps.tracks.1.only.2.signal: no signal is called 'travell'; "
                "did you mean 'travel'?",
            ),
        )
    }
    assert found == expected


def test_an_unknown_key_does_not_hide_what_else_is_wrong(posecoach: Run, tmp_path: Path) -> None:
    path = changed(
        tmp_path, "count = 0.035", "cuont = 0.035\ncount = 0.001", 'kind = "reps"', 'kind = "hold"'
    )
    out = posecoach("check", path).out
    at = line_of(path, "[[reps.tracks]]")
    assert f"{path}:{at}: reps.tracks.1: must be ordered" in out
    assert "file: kind 'hold' needs the table [hold]" in out
    assert "reps.tracks.1.cuont: unknown key" in out


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("reps = 10", 'reps = "ten"', "dose.reps: input should be a valid integer"),
        ('name = "Heel raises"', "name = 3", "name: must be text, in quotes"),
        ("needs = [", "needs = [] # [", "view.needs: must not be empty"),
        ('"hip", "knee", "ankle", "heel", "foot_index"]', "3]", "view.needs.2: must be text"),
        ("[dose]", "[[dose]]", "dose: must be a table"),
        ("cues = [", 'cues = "Up" # [', ""),
        ('[[reps.faults]]\nid = "knee_bent"', '[reps.faults]\nid = "knee_bent"', ""),
        ('id = "too_fast"', 'id = "Too fast"', "reps.faults.2.id: string should match pattern"),
        ("below = 0.35", 'below = 0.35\n[words.x]\nsay = "{y}"', "words.x.say: must be one line"),
        ("below = 0.35", 'below = 0.35\n[words."X y"]\nsay = "y"', "words.X y"),
        ("below = 0.35", "below = 0.35\n[words.x]\nsya = 1", "words.x.sya: unknown key; did you"),
    ],
)
def test_mistakes_in_plain_words(
    posecoach: Run, tmp_path: Path, old: str, new: str, says: str
) -> None:
    path = changed(tmp_path, old, new)
    done = posecoach("check", path)
    assert (done.status, done.err) == (1, "")
    assert says in done.out
    for word in ("tuple", "dictionary", "instance", "pydantic", "Traceback", "model"):
        assert word not in done.out


def test_a_warning_says_that_it_is_one(posecoach: Run, tmp_path: Path) -> None:
    path = changed(tmp_path, 'metric = "rep_s"', 'metric = "seconds"')
    done = posecoach("check", path)
    assert done.status == 1
    at = line_of(path, '"seconds"')
    assert done.out.startswith(f"{path}:{at}: warning: reps.faults.2.metric: ")
    assert "is fine" not in done.out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a = 1\nb = \n", "2:5: is not valid TOML: Invalid value"),
        ("a = 1\na = 2\n", "2:6: is not valid TOML: Cannot overwrite a value"),
        ("\n\nx = [1,\n", "4: is not valid TOML"),
        ("a" + ".b" * 50 + " = 1", "1: a key of more than 20 parts"),
        ('x = "\x1b[31m"', "1:6: is not valid TOML: Illegal character '\\x1b'"),
    ],
)
def test_what_is_no_toml_is_told_with_line_and_column(
    posecoach: Run, tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "x.toml").write_text(text)
    done = posecoach("check", "x.toml")
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith(f"x.toml:{says}")
    assert len(done.out.splitlines()) == 1


def test_several_files_and_a_folder(posecoach: Run, tmp_path: Path) -> None:
    changed(tmp_path)
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "x.toml").write_text("oops")
    done = posecoach("check", "heel_raises.toml", "none.toml", "--exercises", "more")
    assert done.status == 1
    fine, missing, broken = done.out.splitlines()
    assert fine.startswith("heel_raises.toml is fine")
    assert missing == "none.toml: cannot be read (No such file or directory); check the path"
    assert broken.startswith("more/x.toml:1: is not valid TOML")


def test_a_wrong_call(posecoach: Run) -> None:
    done = posecoach("check")
    assert done.status == 2
    assert "name what to check" in done.complaint
    assert posecoach("check", "--exercises", "none").status == 2
