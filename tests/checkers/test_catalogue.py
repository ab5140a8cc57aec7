"""Exercises of one's own beside those that come with posecoach, and files that mean harm."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from posecoach.checkers import DefinitionError, load_all, read_catalogue
from posecoach.checkers.catalogue import MOST_FILES
from posecoach.checkers.loader import load_definition
from posecoach.errors import UsageError
from posecoach.resources import resource, user_exercises_folder

GOOD = (resource("exercises") / "toe_stand.toml").read_text(encoding="utf-8")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sets the folder as Linux does")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own folder, empty."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "posecoach" / "exercises"
    assert user_exercises_folder() == folder
    folder.mkdir(parents=True)
    return folder


def named(folder: Path, name: str, title: str = "Mine") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.toml"
    text = GOOD.replace('id = "toe_stand"', f'id = "{name}"')
    path.write_text(text.replace('name = "Stand on your toes"', f'name = "{title}"'))
    return path


def test_without_any_of_ones_own(own: Path) -> None:
    own.rmdir()
    known = read_catalogue()
    assert known.definitions == load_all()
    assert not known.notes()
    assert {each.origin for each in known.listed.values()} <= {"shipped", "general"}
    assert known.listed["heel_raises"].origin == "shipped"


def test_programs_are_no_exercises(own: Path) -> None:
    (own / "programs").mkdir()
    (own / "programs" / "daily.toml").write_text("format = 1")
    assert "daily" not in read_catalogue().listed
    assert not read_catalogue().notes()
    assert not any("programs" in str(each.path) for each in read_catalogue().listed.values())


def test_ones_own_come_after_the_shipped_ones(own: Path, tmp_path: Path) -> None:
    named(own, "a_first")
    named(tmp_path / "more", "b_second")
    known = read_catalogue(tmp_path / "more")
    assert list(known.listed)[-2:] == ["a_first", "b_second"]
    assert known.listed["a_first"].origin == known.listed["b_second"].origin == "own"
    assert known.find("b_second").name == "Mine"
    assert not known.notes()


def test_ones_own_goes_before_a_shipped_one_and_the_asked_folder_before_both(
    own: Path, tmp_path: Path
) -> None:
    mine = named(own, "heel_raises", "Mine")
    known = read_catalogue()
    assert known.find("heel_raises").name == "Mine"
    assert list(known.listed) == list(load_all())
    (note,) = known.notes()
    assert str(mine) in note
    assert "comes with posecoach" in note
    assert known.notes("heel_raises") == [note]
    assert known.notes("toe_walking") == []
    named(tmp_path / "more", "heel_raises", "Another")
    known = read_catalogue(tmp_path / "more")
    assert known.find("heel_raises").name == "Another"
    (note,) = known.notes()
    assert str(mine) in note


def test_a_broken_one_is_left_out_unless_it_is_asked_for(own: Path) -> None:
    named(own, "good_one")
    broken = named(own, "bad_one")
    broken.write_text(broken.read_text().replace("count", "cuont") + "\n[extra]\n")
    known = read_catalogue()
    assert "bad_one" not in known.listed
    assert known.find("good_one").name == "Mine"
    assert known.find("heel_raises").id == "heel_raises"
    (note,) = known.notes()
    assert note.startswith(f"left out {broken}: ")
    assert "\n" not in note
    assert "posecoach check" in note
    with pytest.raises(DefinitionError, match="unknown key"):
        known.find("bad_one")


def test_a_broken_one_of_a_shipped_ones_name_is_not_passed_over(own: Path) -> None:
    (own / "heel_raises.toml").write_text("oops")
    known = read_catalogue()
    assert "heel_raises" in known.listed
    with pytest.raises(DefinitionError, match="not valid TOML"):
        known.find("heel_raises")


def test_an_unknown_one_names_the_nearest_of_all(own: Path) -> None:
    named(own, "chair_stand")
    with pytest.raises(UsageError, match="did you mean 'chair_stand'"):
        read_catalogue().find("chair-stands")


@pytest.mark.parametrize("make", ["missing", "file"])
def test_a_folder_that_is_none(own: Path, tmp_path: Path, make: str) -> None:
    folder = tmp_path / "x"
    if make == "file":
        folder.write_text("")
    with pytest.raises(UsageError, match=r"--exercises .* cannot be read"):
        read_catalogue(folder)


def test_some_other_folder_full_of_toml(own: Path, tmp_path: Path) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    for i in range(MOST_FILES + 1):
        (folder / f"f{i}.toml").touch()
    with pytest.raises(UsageError, match=r"201 \.toml files; name a folder of exercises"):
        read_catalogue(folder)


def fifo(path: Path) -> None:
    os.mkfifo(path)


def loop(path: Path) -> None:
    path.symlink_to(path.with_name("other.toml"))
    path.with_name("other.toml").symlink_to(path)


HOSTILE = {
    "pipe": (fifo, "no ordinary file"),
    "folder": (Path.mkdir, "is a folder"),
    "loop": (loop, "cannot be read"),
    "nowhere": (lambda path: path.symlink_to("gone"), "cannot be read"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "no ordinary file"),
    "binary": (lambda path: path.write_bytes(os.urandom(999) + b"\xff"), "not UTF-8"),
    "nul": (lambda path: path.write_bytes(b"\0" * 999), "not valid TOML"),
    "huge": (lambda path: path.write_bytes(b"#" * 10_000_000), "too large"),
    "arrays": (lambda path: path.write_text("x = " + "[" * 60_000), "nested too deeply"),
    "inline": (lambda path: path.write_text("x = " + "{a=" * 20_000), "nested too deeply"),
    "dots": (lambda path: path.write_text("a" + ".a" * 30_000 + " = 1"), "more than 20 parts"),
    "quoted": (lambda path: path.write_text('x = {"a"' + '."a"' * 9_000 + " = 1}"), "20 parts"),
    "header": (lambda path: path.write_text("[a" + ".a" * 30_000 + "]"), "more than 20 parts"),
    "one_word": (lambda path: path.write_text("a" * 60_000), "not valid TOML"),
    "quotes": (lambda path: path.write_text('"' * 60_000), "not valid TOML"),
    "many": (lambda path: path.write_text("[[reps.tracks]]\n" * 4_000), "more, see: posecoach"),
    "escape": (lambda path: path.write_text('"\\u001b[2J" = 1'), r"\?\[2J: unknown key"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_gets_a_clear_line_at_once(own: Path, kind: str) -> None:
    make, says = HOSTILE[kind]
    path = own / f"{kind}.toml"
    make(path)
    began = time.process_time()
    with pytest.raises(DefinitionError, match=says) as caught:
        load_definition(path)
    assert "\n" not in str(caught.value)
    assert str(caught.value).isprintable()
    known = read_catalogue()
    assert known.find("heel_raises").id == "heel_raises"
    assert len(known.notes()) == len(list(own.iterdir()))
    # Without the guards these take minutes, or never end; 20 s is far from either.
    assert time.process_time() - began < 20


def test_a_windows_editors_mark_and_line_ends_do_no_harm(own: Path) -> None:
    path = named(own, "notepad")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_catalogue().find("notepad").name == "Mine"
