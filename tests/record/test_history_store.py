"""The history's database: written, read, brought up to date, refused."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from histories import BEGIN, a_session, a_set, rep, traces

from posecoach.record.history.database import HistoryError, history_file, open_database
from posecoach.record.history.exchange import export, read
from posecoach.record.history.metrics import Measure
from posecoach.record.history.model import RepRecord, SessionRecord
from posecoach.record.history.reading import Filter, History
from posecoach.record.history.schema import STEPS
from posecoach.record.history.store import Change, Store
from posecoach.record.history.trace import Traces

ROOT = Path(__file__).parents[2]
VERSION_1 = Path(__file__).parent / "histories" / "version_1.sql"
NEXT = len(STEPS) + 1
NOTED = "ALTER TABLE sets ADD COLUMN note TEXT; CREATE TABLE more (a INTEGER) STRICT"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "history.sqlite3"


def add(path: Path, *numbers: int) -> None:
    with Store.writing(path) as store, store.transaction():
        for number in numbers:
            store.add(a_session(number))


def refusal(path: Path) -> str:
    with pytest.raises(HistoryError) as writing, Store.writing(path, wait_s=0.05):
        pass
    assert "\n" not in str(writing.value)
    return str(writing.value)


def test_every_field_comes_back(path: Path) -> None:
    add(path, 1, 2)
    with History.reading(path) as history:
        assert history.session(1) == a_session(1)
        assert [one.id for one in history.sessions()] == [1, 2]
        found = history.session(2, traces=False)
    assert all(one.traces == Traces() for one in found.sets)
    assert found.started_at.isoformat() == (BEGIN + timedelta(days=2)).isoformat()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept in another way")
def test_nobody_else_may_read_it(path: Path) -> None:
    add(path, 1)
    assert path.stat().st_mode & 0o077 == 0


def test_what_is_new_is_added_and_what_was_revised_is_replaced(path: Path) -> None:
    session = a_session()
    first = a_set(reps=3, traces=traces(1.0))
    revised = replace(first, reps=(first.reps[0], rep(7, faults=("too_fast",)), rep(8), rep(9)))
    with Store.writing(path) as store:
        store.put(Change(session, first))
        store.put(Change(session, replace(revised, traces=traces(0.5)), (1, 0, 0, 0), 1))
        (found,) = store.session(1).sets
        assert found.reps == revised.reps
        assert len(found.traces.times_s) == 15 + 8
        assert [len(trace.values) for trace in found.traces.signals] == [23, 23]
        store.put(
            Change(session, replace(first, reps=first.reps[:1], traces=traces(2.0)), (1, 0, 0, 0))
        )
        (found,) = store.session(1).sets
        assert found.reps == first.reps[:1]
        assert found.traces == traces(2.0)
        assert store.numbers() == [1]


def test_sessions_are_found_by_day_and_exercise(path: Path) -> None:
    add(path, 1, 2, 3)
    other = a_session(4, sets=(a_set(exercise="toe_stand"),))
    with Store.writing(path) as store:
        with store.transaction():
            store.add(other)
        assert store.numbers(Filter("toe_stand")) == [4]
        assert store.numbers(Filter("leg_up_towel", since=date(2026, 4, 3))) == [2, 3]
        assert store.numbers(Filter(until=date(2026, 4, 2))) == [1]


def test_the_day_is_that_of_where_it_was_done(path: Path) -> None:
    late = BEGIN.replace(hour=0, minute=10)
    with Store.writing(path) as store:
        with store.transaction():
            store.add(a_session(started_at=late))
        # In UTC it was the evening before.
        assert store.numbers(Filter(since=late.date(), until=late.date())) == [1]


def test_a_deleted_session_is_gone_and_so_is_its_number(path: Path) -> None:
    add(path, 1, 2)
    with Store.writing(path) as store:
        store.delete(2)
        with pytest.raises(HistoryError, match="no session 2"):
            store.delete(2)
        with pytest.raises(HistoryError, match="posecoach history"):
            store.session(2)
        with store.transaction():
            assert store.add(a_session(3)) == 3
        left = store.rows("SELECT (SELECT count(*) FROM reps) + (SELECT count(*) FROM traces)")
        store.delete(1)
        store.delete(3)
        assert left[0][0] > 0
        for table in ("sets", "reps", "holds", "attempts", "moments", "traces"):
            assert store.rows(f"SELECT count(*) FROM {table}")[0][0] == 0


def add_both(store: Store, *records: SessionRecord) -> None:
    with store.transaction():
        for record in records:
            store.add(record)


def test_what_is_read_is_of_one_moment(path: Path, tmp_path: Path) -> None:
    add(path, 1, 2)
    with History.reading(path) as history:
        count = len(history.numbers())
        add(path, 3)
        with Store.writing(path) as store:
            store.delete(1)
        export(tmp_path / "out.jsonl", history.sessions(traces=True), count)
    assert [one.uid for one in read(tmp_path / "out.jsonl").records] == [
        a_session(number).uid for number in (1, 2)
    ]


def test_nothing_is_left_of_a_transaction_that_fails(path: Path) -> None:
    broken = replace(a_session(2), sets=(replace(a_set(), reps=(rep(1), rep(2, side=None))),))
    with Store.writing(path) as store:
        with pytest.raises(HistoryError):
            add_both(store, a_session(1), broken)
        assert store.numbers() == []
        store.put(Change(a_session(1), a_set()))
        assert store.numbers() == [1]


def test_no_history_yet_is_an_empty_one_and_reading_makes_none(path: Path) -> None:
    with History.reading(path) as history:
        assert history.numbers() == []
    assert not path.parent.exists()


def test_one_that_is_just_being_made_is_empty(path: Path) -> None:
    path.parent.mkdir()
    for make in (path.touch, lambda: sqlite3.connect(path).execute("PRAGMA journal_mode = WAL")):
        make()
        with History.reading(path) as history:
            assert history.numbers() == []


def test_reading_brings_an_older_one_up_to_date(path: Path) -> None:
    add(path, 1)
    with History.reading(path, steps=(*STEPS, NOTED)) as history:
        assert history.session(1) == a_session(1)
        assert history.rows("PRAGMA user_version")[0][0] == NEXT
    assert path.with_name(f"history.sqlite3.version-{NEXT - 1}.bak").exists()


def test_an_older_history_is_brought_up_to_date_after_a_backup(path: Path) -> None:
    add(path, 1, 2)
    with Store.writing(path, steps=(*STEPS, NOTED)) as store:
        assert store.session(2) == a_session(2)
        store.rows("SELECT note FROM sets")
        assert store.rows("PRAGMA user_version")[0][0] == NEXT
    backup = path.with_name(f"history.sqlite3.version-{NEXT - 1}.bak")
    assert {each.name for each in path.parent.glob("*.bak*")} == {backup.name}
    with History.reading(backup) as before:
        assert list(before.sessions(traces=True)) == [a_session(1), a_session(2)]
    assert "newer posecoach" in refusal(path)
    with pytest.raises(HistoryError, match=f"version {NEXT}, this one knows {NEXT - 1}"):
        History.reading(path)


def version_1(path: Path) -> list[SessionRecord]:
    """Make a file as it was before ages and sexes were kept; what is in it."""
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_1.read_text("utf-8"))
    full = replace(a_session(1).sets[1], traces=traces(0.2))
    leg = replace(a_set(1, 3, target_reps=None, traces=traces(0.2)), side="left")
    test = {"program": "heel_raise_test", "program_name": "Heel-raise test"}
    return [
        a_session(1, age=None, sex=None, sets=(a_set(1, 2, traces=traces(0.4)), full)),
        a_session(2, age=None, sex=None, sets=(leg,), **test),
    ]


@pytest.mark.parametrize("writing", [True, False])
def test_a_file_of_version_1_keeps_all_and_is_backed_up(path: Path, writing: bool) -> None:
    there = version_1(path)
    with Store.writing(path) if writing else History.reading(path) as history:
        assert list(history.sessions(traces=True)) == there
    add(path, 7)
    with History.reading(path) as history:
        assert list(history.sessions(traces=True)) == [*there, a_session(7)]
        assert history.session(3).age == 45
    backup = path.with_name("history.sqlite3.version-1.bak")
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        found = connection.execute("SELECT uid FROM sessions").fetchall()
    assert found == [(one.uid,) for one in there]


def test_who_still_runs_the_older_posecoach_writes_on(path: Path) -> None:
    there = version_1(path)
    with Store.writing(path, steps=STEPS[:1]) as older:
        with Store.writing(path) as newer:
            assert newer.rows("PRAGMA user_version")[0][0] == len(STEPS)
        with older.transaction():
            older.rows("UPDATE sessions SET finished = 0 WHERE id = 1")
    with History.reading(path) as history:
        assert history.session(1) == replace(there[0], finished=False)


@pytest.mark.parametrize("step", ["CREATE TABLE more (a); SELECT nothing", "DROP TABLE no_such"])
def test_a_step_that_fails_changes_nothing(path: Path, step: str) -> None:
    add(path, 1)
    with pytest.raises(HistoryError):
        Store.writing(path, steps=(*STEPS, step))
    with Store.writing(path) as store:
        assert store.session(1) == a_session(1)
        assert store.rows("SELECT count(*) FROM sqlite_schema WHERE name = 'more'")[0][0] == 0


def test_what_is_no_history_is_refused_and_left_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database at all, " * 100)
    assert "damaged" in refusal(path)
    with pytest.raises(HistoryError, match="damaged"):
        History.reading(path)
    assert path.read_bytes() == b"not a database at all, " * 100

    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (a)")
    before = path.read_bytes()
    assert "another program" in refusal(path)
    assert path.read_bytes() == before

    path.unlink()
    path.mkdir()
    assert str(path) in refusal(path)


def test_a_history_with_damaged_pages_is_said_to_be(path: Path) -> None:
    add(path, *range(1, 30))
    whole = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (len(whole) - 3 * 4096))
    with pytest.raises(HistoryError, match="damaged"), History.reading(path) as history:
        list(history.sessions(traces=True))
    with path.open("wb") as file:
        file.write(whole[: len(whole) // 2])
    with pytest.raises(HistoryError, match="damaged"), History.reading(path) as history:
        list(history.sessions(traces=True))


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("reps", "metrics = '{'"),
        ("reps", "faults = '3'"),
        ("sessions", "started_at = 'soon'"),
        ("traces", "packed = x'00'"),
    ],
)
def test_a_value_that_cannot_be_is_damage_too(path: Path, table: str, change: str) -> None:
    add(path, 1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE {table} SET {change}")
        connection.commit()
    with pytest.raises(HistoryError, match="damaged"), History.reading(path) as history:
        history.session(1)


def test_a_locked_history_is_said_to_be_after_a_while(path: Path) -> None:
    add(path, 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with Store.writing(path, wait_s=0.05) as store:
            with pytest.raises(HistoryError, match="locked"):
                store.put(Change(a_session(2), a_set()))
            # Whoever reads need not wait.
            assert store.numbers() == [1]
        other.execute("ROLLBACK")
    with Store.writing(path) as store:
        store.put(Change(a_session(2), a_set()))
        assert store.numbers() == [1, 2]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can get to, as pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def by_somebody_else(folder: Path, mode: int) -> Iterator[None]:
    """As a user who has these rights in a folder, and who may read what is in it."""
    for left in folder.glob("*-*"):
        left.unlink()
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(mode)
    was = os.geteuid()
    try:
        if was == 0:
            os.seteuid(65534)
        yield
    finally:
        os.seteuid(was)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept in another way")
def test_one_that_cannot_be_written_can_be_read(open_folder: Path) -> None:
    path = open_folder / "history.sqlite3"
    add(path, 1)
    with by_somebody_else(open_folder, 0o555):
        with History.reading(path) as history:
            assert history.session(1) == a_session(1)
        assert "cannot be written" in refusal(path)
        assert "cannot be written" in refusal(open_folder / "deeper" / "history.sqlite3")


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept in another way")
def test_an_older_one_that_cannot_be_written_can_be_read(open_folder: Path) -> None:
    path = open_folder / "history.sqlite3"
    there = version_1(path)
    before = path.read_bytes()
    with by_somebody_else(open_folder, 0o555), History.reading(path) as history:
        assert list(history.sessions(traces=True)) == there
    assert path.read_bytes() == before
    assert [each.name for each in open_folder.iterdir()] == [path.name]


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept in another way")
def test_one_in_a_folder_that_cannot_be_entered_is_told(open_folder: Path) -> None:
    path = open_folder / "history.sqlite3"
    add(path, 1)
    with (
        by_somebody_else(open_folder, 0o000),
        pytest.raises(HistoryError, match="cannot be written; check who may write"),
    ):
        History.reading(path)


ADDING = """
import sys
from pathlib import Path
from dataclasses import replace
from histories import a_session, a_set, rep
from posecoach.record.history.store import Change, Store
first = int(sys.argv[2])
with Store.writing(Path(sys.argv[1])) as store:
    for number in range(first, first + 10):
        one = a_set(reps=0)
        for count in range(1, 6):
            one = replace(one, reps=tuple(rep(n) for n in range(count)))
            store.put(Change(a_session(number), one, (count - 1, 0, 0, 0)))
"""


def test_two_at_once_do_not_harm_each_other(path: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests/support"))),
    }
    both = [
        subprocess.Popen([sys.executable, "-c", ADDING, str(path), first], env=environment)
        for first in ("100", "200")
    ]
    assert [process.wait(60) for process in both] == [0, 0]
    with Store.writing(path) as store:
        found = list(store.sessions())
        assert store.rows("PRAGMA integrity_check")[0][0] == "ok"
    assert {one.uid for one in found} == {
        f"{n:032x}" for first in (100, 200) for n in range(first, first + 10)
    }
    assert sorted(one.id for one in found) == list(range(1, 21))
    assert all(len(one.sets[0].reps) == 5 for one in found)


def test_a_new_one_is_begun_by_several_at_once(tmp_path: Path) -> None:
    together = Barrier(4)

    def begin(path: Path) -> None:
        together.wait(60)
        open_database(path).close()

    with ThreadPoolExecutor(4) as pool:
        for number in range(30):
            path = tmp_path / f"{number}.sqlite3"
            for begun in [pool.submit(begin, path) for _ in range(4)]:
                begun.result(60)
            with Store.writing(path) as store:
                assert list(store.sessions()) == []


def test_the_place_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("POSECOACH_HISTORY", str(tmp_path / "mine"))
    assert history_file() == tmp_path / "mine"
    monkeypatch.delenv("POSECOACH_HISTORY")
    assert history_file().name == "history.sqlite3"
    assert history_file().parent.name == "posecoach"


def test_measures_are_read_from_metrics() -> None:
    one = rep(1)
    assert (one.tempo.up_s, one.tempo.hold_s, one.tempo.down_s) == (0.9, 0.4, 1.1)
    measure = one.measure
    assert measure is not None
    assert (measure.metric, measure.unit) == ("heel_lift_cm", "cm")
    for beside in ({"up_s": 1.0, "left_share": 0.5}, {"beat_late_s": 0.3}, {"steps": 4.0}):
        assert RepRecord("left", 0, 1, 2, beside).measure is None
    # The report's choice, whatever was measured first.
    both = {"knee_angle_deg": 170.0, "heel_lift_cm": 6.9}
    assert RepRecord("left", 0, 1, 2, both).measure == Measure("heel_lift_cm", 6.9, "cm")
    session = a_session()
    assert session.at(21.25) - session.started_at == timedelta(seconds=20)
    assert session.sets[1].faults() == {
        "knee_bent": 1,
        "off_beat": 1,
        "too_fast": 1,
        "too_shallow": 1,
    }
    assert session.exercises == ("heel_raises", "leg_up_towel")
