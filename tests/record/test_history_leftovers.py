"""What could not be kept while it happened is taken in by the next one that can, once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from histories import a_session

from posecoach.record.history.exchange import heading, line_of
from posecoach.record.history.leftovers import catch_up, leftovers_of, places_of, take_up
from posecoach.record.history.reading import History
from posecoach.record.history.store import Change, Store
from posecoach.record.history.unsaved import Unsaved
from posecoach.record.history.writer import Writer

ROOT = Path(__file__).parents[2]
SESSION = a_session(1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


@pytest.fixture
def spare(tmp_path: Path) -> Path:
    folder = tmp_path / "spare"
    folder.mkdir()
    return folder


def left(path: Path, *lines: str, name: str = "1") -> Path:
    file = path.with_name(f"{path.stem}-unsaved-{name}.jsonl")
    file.write_text("".join((heading(None), *lines)), "utf-8")
    return file


def kept(path: Path) -> list[str]:
    with History.reading(path) as history:
        return [one.uid for one in history.sessions()]


def test_the_next_run_takes_it_in_says_so_and_removes_it(path: Path, spare: Path) -> None:
    path.write_bytes(b"junk" * 999)
    said: list[str] = []
    with Writer(path, said.append, spare) as writer:
        writer.put(Change(SESSION, SESSION.sets[0]))
    (beside,) = leftovers_of(path, spare)
    assert str(beside) in said.pop()
    path.rename(path.with_name("damaged"))
    for others in ([2], [2, 3]):
        with Writer(path, said.append, spare) as writer:
            writer.put(Change(a_session(others[-1]), a_session(2).sets[0]))
        assert kept(path) == [a_session(number).uid for number in (1, *others)]
    assert said == [f"Took in a session that could not be kept before, from {beside}."]
    assert leftovers_of(path, spare) == []
    assert list(spare.iterdir()) == []


def test_the_spare_folder_is_looked_at_too_for_this_history_alone(
    path: Path, spare: Path, tmp_path: Path
) -> None:
    nowhere = tmp_path / "file"
    nowhere.write_text("in the way")
    lost = nowhere / path.name
    with Writer(lost, lambda line: None, spare) as writer:
        writer.put(Change(SESSION, SESSION.sets[0]))
    (file,) = spare.iterdir()
    assert leftovers_of(lost, spare) == [file]
    assert leftovers_of(path, spare) == []
    nowhere.unlink()
    nowhere.mkdir()
    said: list[str] = []
    with Writer(lost, said.append, spare):
        pass
    assert kept(lost) == [SESSION.uid]
    assert len(said) == 1
    assert not file.exists()


def test_a_session_that_is_there_is_completed_not_doubled(path: Path, spare: Path) -> None:
    with Store.writing(path) as store:
        store.put(Change(replace(SESSION, finished=False), SESSION.sets[0]))
        file = left(path, line_of(SESSION))
        said: list[str] = []
        take_up(store, said.append, spare)
        assert list(store.sessions(traces=True)) == [SESSION]
        # As if the process had been killed before it removed the file.
        left(path, line_of(SESSION))
        take_up(store, said.append, spare)
        assert list(store.sessions(traces=True)) == [SESSION]
    assert len(said) == 1
    assert not file.exists()


def test_one_that_is_still_written_is_left_to_who_writes_it(path: Path, spare: Path) -> None:
    said: list[str] = []
    file = Unsaved(places_of(path, spare))
    assert file.path is not None
    file.write(SESSION)
    with Store.writing(path) as store:
        take_up(store, said.append, spare)
        assert (kept(path), said) == ([], [])
        file.write(a_session(2))
        file.close()
        take_up(store, said.append, spare)
    assert kept(path) == [SESSION.uid, a_session(2).uid]
    assert said == [f"Took in 2 sessions that could not be kept before, from {file.path}."]


KILLED = """
import sys
from pathlib import Path
from histories import a_session
from posecoach.record.history.leftovers import places_of
from posecoach.record.history.unsaved import Unsaved
file = Unsaved(places_of(Path(sys.argv[1]), Path(sys.argv[2])))
file.write(a_session(1))
print("written", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_one_whose_writer_was_killed_is_taken_in(path: Path, spare: Path) -> None:
    support = ROOT / "tests" / "support"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path), str(spare)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(support)))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"
        catch_up(path, lambda line: None, spare)
        assert kept(path) == []
        process.send_signal(signal.SIGKILL)
        process.wait()
        with leftovers_of(path, spare)[0].open("a", encoding="utf-8") as file:
            file.write(line_of(a_session(2))[:200])
        catch_up(path, lambda line: None, spare)
    assert kept(path) == [SESSION.uid]
    assert leftovers_of(path, spare) == []


def test_several_that_take_it_in_at_once_take_it_in_once(path: Path, spare: Path) -> None:
    for number in range(1, 9):
        left(path, line_of(a_session(number)), name=str(number))
    said: list[str] = []
    together = Barrier(4)

    def take() -> None:
        together.wait()
        catch_up(path, said.append, spare)

    with ThreadPoolExecutor(4) as pool:
        for each in [pool.submit(take) for _ in range(4)]:
            each.result()
    assert kept(path) == [a_session(number).uid for number in range(1, 9)]
    assert len(said) == len(set(said)) == 8


def test_a_damaged_one_is_told_and_stays(path: Path, spare: Path) -> None:
    file = left(path, line_of(SESSION), "{}\n")
    whole = left(path, line_of(a_session(2)), name="2")
    said: list[str] = []
    catch_up(path, said.append, spare)
    assert [str(file) in said[0], str(whole) in said[1]] == [True, True]
    assert "damaged" in said[0]
    assert kept(path) == [a_session(2).uid]
    assert leftovers_of(path, spare) == [file]


def test_what_is_no_file_of_ours_is_not_touched(path: Path, spare: Path) -> None:
    other = spare / "mine.jsonl"
    other.write_text(heading(None) + line_of(SESSION), "utf-8")
    link = path.with_name("history-unsaved-1.jsonl")
    link.symlink_to(other)
    path.with_name("history-unsaved-2.jsonl").mkdir()
    begun = path.with_name("history-unsaved-3.jsonl")
    begun.touch()
    said: list[str] = []
    catch_up(path, said.append, spare)
    assert (kept(path), said) == ([], [])
    assert link.exists()
    assert begun.exists()
    # One that was only begun when its writer was killed says nothing and goes.
    bare = left(path)
    link.unlink()
    catch_up(path, said.append, spare)
    assert said == []
    assert not bare.exists()


def test_while_the_history_is_locked_it_waits_for_another_time(path: Path, spare: Path) -> None:
    with Store.writing(path):
        pass
    file = left(path, line_of(SESSION))
    said: list[str] = []
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        catch_up(path, said.append, spare)
        other.execute("ROLLBACK")
    assert file.exists()
    assert str(file) in said[0]
    assert "\n" not in said[0]
    catch_up(path, said.append, spare)
    assert kept(path) == [SESSION.uid]
