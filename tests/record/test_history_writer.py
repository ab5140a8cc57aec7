"""The thread that stores, and what it does where nothing can be stored."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from histories import a_session, a_set, rep, traces

from posecoach.record.history import schema
from posecoach.record.history.exchange import take_in
from posecoach.record.history.model import SessionRecord, SetRecord
from posecoach.record.history.store import Change, Store
from posecoach.record.history.trace import joined
from posecoach.record.history.writer import Writer

ROOT = Path(__file__).parents[2]
SESSION = a_session(finished=False)
ONE = replace(a_set(reps=0), moments=())


def changes(reps: int = 4) -> list[Change]:
    """A set that grows rep by rep, with a piece of its traces each time."""
    found = []
    for count in range(1, reps + 1):
        one = replace(
            ONE, reps=tuple(rep(n) for n in range(count)), traces=traces(0.5, start_s=float(count))
        )
        found.append(Change(SESSION, one, (count - 1, 0, 0, 0), count - 1))
    return found


def whole(given: list[Change]) -> SetRecord:
    last = given[-1].one
    assert last is not None
    return replace(last, traces=joined(c.one.traces for c in given if c.one is not None))


def imported(path: Path, history: Path) -> list[SessionRecord]:
    with Store.writing(history) as store:
        take_in(path, store)
        return list(store.sessions(traces=True))


def named(said: list[str]) -> Path:
    """The file that the one notice names."""
    (line,) = said
    assert "\n" not in line
    found = re.search(r"kept in (.*); it is taken in by itself", line)
    assert found is not None
    return Path(found[1])


def test_all_is_stored_in_order_and_nothing_is_said(tmp_path: Path) -> None:
    said: list[str] = []
    path = tmp_path / "deep" / "history.sqlite3"
    with Writer(path, said.append) as writer:
        for change in changes():
            writer.put(change)
        writer.flush()
        with Store.writing(path) as store:
            assert store.session(1).sets == (whole(changes()),)
        writer.put(Change(replace(SESSION, finished=True)))
    with Store.writing(path) as store:
        assert store.session(1).finished
    assert said == []
    assert {each.suffix for each in path.parent.iterdir()} <= {".sqlite3"}


@pytest.mark.parametrize("content", [b"what is this?" * 99, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_damaged_history_is_said_and_the_rest_goes_beside_it(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "history.sqlite3"
    path.write_bytes(content)
    said: list[str] = []
    with Writer(path, said.append) as writer:
        for change in changes():
            writer.put(change)
    beside = named(said)
    assert "damaged" in said[0]
    assert beside.parent == tmp_path
    assert path.read_bytes() == content
    (found,) = imported(beside, tmp_path / "other.sqlite3")
    assert found.sets[0].reps == whole(changes()).reps
    # Done as the line says: the damaged one away, the file taken in.
    path.rename(tmp_path / "damaged")
    assert imported(beside, path) == [found]


def test_a_newer_history_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    with Store.writing(path, steps=(*schema.STEPS, "CREATE TABLE new (a)")):
        pass
    said: list[str] = []
    with Writer(path, said.append) as writer:
        writer.put(changes(1)[0])
    assert "newer posecoach" in said[0]
    assert imported(named(said), tmp_path / "other.sqlite3")[0].uid == SESSION.uid


def test_a_session_without_anything_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    path.write_bytes(b"junk" * 1000)
    said: list[str] = []
    with Writer(path, said.append):
        pass
    assert len(said) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["history.sqlite3"]


def test_a_history_that_gets_locked_keeps_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    said: list[str] = []
    given = changes()
    last = replace(whole(given), how="done")
    with Writer(path, said.append, wait_s=0.1) as writer:
        for change in given[:2]:
            writer.put(change)
        writer.flush()
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            writer.put(given[2])
            writer.flush()
            assert "locked" in said[0]
            other.execute("ROLLBACK")
        # It stays with the file: half here and half there would help nobody.
        writer.put(given[3])
        writer.put(Change(replace(SESSION, finished=True), last))
    beside = named(said)
    with Store.writing(path) as store:
        assert len(store.session(1).sets[0].reps) == 2
        assert take_in(beside, store).completed == 1
        found = store.session(1)
    assert found == replace(SESSION, finished=True, sets=(last,))


FULL = """
import resource, signal, sys
from pathlib import Path
from histories import *
from posecoach.record.history.store import Change, Store
from posecoach.record.history.writer import Writer
path, spare = Path(sys.argv[1]), Path(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Store.writing(path): pass
# No file may grow beyond this: what a full disk is to a program.
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
with Writer(path, print, spare) as writer:
    for number in range(1, 60):
        one = a_set(number, reps=2, traces=traces(2.0))
        writer.put(Change(a_session(1, finished=False), one))
    writer.flush()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits are for POSIX")
def test_a_full_disk_is_said_and_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    spare = tmp_path / "spare"
    spare.mkdir()
    support = ROOT / "tests" / "support"
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path), str(spare)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(support)))},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout.splitlines()
    assert "full" in said[0]
    beside = named(said[:1])
    # Beside it there is no more room in the end either, and that is said once.
    assert len(said) <= 2
    with Store.writing(path) as store:
        assert store.rows("PRAGMA integrity_check")[0][0] == "ok"
        before = len(store.session(1).sets)
        assert before > 3
        taken = take_in(beside, store)
        assert taken.completed == 1
        assert len(store.session(1).sets) > before


def test_where_nothing_can_be_written_one_line_says_so(tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("in the way")
    said: list[str] = []
    with Writer(nowhere / "history.sqlite3", said.append, nowhere) as writer:
        for change in changes():
            writer.put(change)
    (line,) = said
    assert "not kept" in line
    assert "\n" not in line


def test_a_folder_that_is_none_sends_it_to_the_spare_one(tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("in the way")
    spare = tmp_path / "spare"
    spare.mkdir()
    said: list[str] = []
    with Writer(nowhere / "history.sqlite3", said.append, spare) as writer:
        for change in changes():
            writer.put(change)
    assert named(said).parent == spare
    assert len(imported(named(said), tmp_path / "h.sqlite3")[0].sets[0].reps) == 4
