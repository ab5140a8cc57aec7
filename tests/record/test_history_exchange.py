"""What is exported is imported again, exactly; what is not right is refused, and whole."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from histories import a_session, a_set, rep, traces
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from posecoach.errors import PosecoachError
from posecoach.record.history.database import HistoryError
from posecoach.record.history.exchange import export, heading, line_of, take_in
from posecoach.record.history.model import SessionRecord, SetRecord
from posecoach.record.history.store import Store
from posecoach.record.history.trace import MAX_VALUES, Traces

QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SOME = [a_session(number) for number in (1, 2, 3)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "export.jsonl"
    export(path, SOME, len(SOME))
    return path


def imported(path: Path, folder: Path, name: str = "other.sqlite3") -> list[SessionRecord]:
    with Store.writing(folder / name) as store:
        take_in(path, store)
        return list(store.sessions(traces=True))


def refused(path: Path, folder: Path) -> str:
    """Why a file is not taken; the history stays as it was."""
    with Store.writing(folder / "refusing.sqlite3") as store:
        if not store.numbers():
            with store.transaction():
                store.add(a_session(99))
        with pytest.raises(HistoryError) as error:
            take_in(path, store)
        assert list(store.sessions(traces=True)) == [a_session(99)]
    assert "\n" not in str(error.value)
    return str(error.value)


def test_the_round_trip_is_exact(file: Path, tmp_path: Path) -> None:
    assert imported(file, tmp_path) == SOME
    again = tmp_path / "again.jsonl"
    with Store.writing(tmp_path / "other.sqlite3") as store:
        export(again, store.sessions(traces=True), 3)
    assert again.read_bytes() == file.read_bytes()
    # Every field was in it, with something that is no default.
    for kind, record in ((SessionRecord, SOME[0]), (SetRecord, SOME[0].sets[1])):
        defaults = {f.name: f.default for f in fields(kind)}
        same = {name for name, value in defaults.items() if getattr(record, name) == value}
        assert same <= {"id", "clip", "target_reps"}


def test_what_an_older_posecoach_exported_is_taken(file: Path, tmp_path: Path) -> None:
    first, *lines = file.read_text("utf-8").splitlines()
    assert json.loads(first)["posecoach_history"] == 2
    older = [json.loads(line) for line in lines]
    for each in older:
        del each["age"], each["sex"]
    heading = json.dumps({"posecoach_history": 1, "sessions": len(older)})
    file.write_text("\n".join([heading, *map(json.dumps, older)]) + "\n", "utf-8")
    found = imported(file, tmp_path)
    assert found == [replace(one, age=None, sex=None) for one in SOME]


def test_what_is_there_already_stays_as_it_is(file: Path, tmp_path: Path) -> None:
    with Store.writing(tmp_path / "h.sqlite3") as store:
        with store.transaction():
            store.add(replace(SOME[1], model="mine"))
        taken = take_in(file, store)
        assert (taken.added, taken.known, taken.completed) == (2, 1, 0)
        assert {one.uid: one.model for one in store.sessions()}[SOME[1].uid] == "mine"
        taken = take_in(file, store)
        assert (taken.added, taken.known) == (0, 3)


def test_what_could_not_be_stored_completes_what_was(tmp_path: Path) -> None:
    part = replace(SOME[0], finished=False, sets=(replace(a_set(reps=1), traces=Traces()),))
    whole = replace(SOME[0], sets=(a_set(reps=3), SOME[0].sets[1]))
    file = tmp_path / "unsaved.jsonl"
    lines = [
        replace(SOME[0], finished=False, sets=(a_set(reps=2),)),
        replace(SOME[0], sets=(replace(a_set(reps=3), traces=Traces()),)),
        replace(SOME[0], sets=(SOME[0].sets[1],)),
    ]
    text = heading(None) + "".join(map(line_of, lines)) + line_of(SOME[2])[:700]
    file.write_text(text, encoding="utf-8")
    with Store.writing(tmp_path / "h.sqlite3") as store:
        with store.transaction():
            store.add(part)
        taken = take_in(file, store)
        assert (taken.added, taken.completed, taken.torn) == (0, 1, True)
        assert list(store.sessions(traces=True)) == [whole]
        assert store.numbers() == [1]
        assert take_in(file, store).known == 1


def test_a_file_that_is_cut_short_anywhere_is_refused(file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    cut = tmp_path / "cut.jsonl"
    for length in [0, 1, 10, *range(40, len(whole) - 1, 997), len(whole) - 2]:
        cut.write_bytes(whole[:length])
        assert "Cannot import" in refused(cut, tmp_path)


def changed(file: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The file with its second session changed."""
    lines = file.read_text(encoding="utf-8").splitlines()
    record = json.loads(lines[2])
    change(record)
    lines[2] = json.dumps(record)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


BOMB = base64.urlsafe_b64encode(zlib.compress(bytes(4 * MAX_VALUES + 4), 9)).decode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda r: r.update(uid="1"), "uid"),
        (lambda r: r.update(uid=f"{1:032x}"), "second time"),
        (lambda r: r.update(height_cm="tall"), "height_cm"),
        (lambda r: r.update(height_cm=1e300), "too large"),
        (lambda r: r.update(started_at="2026-11-21T10:00:00"), "zone"),
        (lambda r: r.update(started_at="0001-01-01T00:00:00+00:00"), "started_at"),
        (lambda r: r.update(program_name="\x1b[2J"), "control"),
        (lambda r: r.update(program_name="x" * 2000), "too long"),
        (lambda r: r.update(unknown=1), "unknown"),
        (lambda r: r.pop("source"), "source"),
        (lambda r: r["sets"][0].update(order=2), "order"),
        (lambda r: r["sets"][0].update(order=0), "order"),
        (lambda r: r["sets"][0].update(steps=2**70), "too large"),
        (lambda r: r["sets"][0]["reps"][0].update(side="up"), "side"),
        (lambda r: r["sets"][0]["reps"][0].update(end_s=None), "end_s"),
        (lambda r: r["sets"][0]["reps"][0]["metrics"].update(a="b"), "metrics"),
        (lambda r: r["sets"][0]["traces"].update(packed_times="AAAA"), "trace"),
        (lambda r: r["sets"][0]["traces"].update(packed_times=BOMB), "trace"),
        (lambda r: r["sets"][0]["traces"].update(packed_times=""), "as long as"),
        (lambda r: r["sets"][0]["traces"]["signals"][0].update(packed="!"), "packed"),
    ],
)
def test_a_value_that_cannot_be_is_named(
    file: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object], says: str
) -> None:
    message = refused(changed(file, change), tmp_path)
    assert "line 3" in message
    assert says in message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "[]",
        "{}",
        "[" * 100_000,
        '{"posecoach_history": 3, "sessions": 0}',
        '{"posecoach_history": 0, "sessions": 0}',
        '{"posecoach_history": [2], "sessions": 0}',
        '{"posecoach_history": 1, "sessions": -1}',
        '{"posecoach_history": 1, "sessions": true}',
        '{"posecoach_history": 1, "sessions": 1}\n' + "[" * 100_000,
        '{"posecoach_history": 1, "sessions": 1}\n' + '{"uid": "\\ud800"}',
        '{"posecoach_history": 1, "sessions": 1}\n\x80\x00',
    ],
)
def test_what_is_no_export_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "junk.jsonl"
    path.write_text(text, encoding="latin-1")
    assert "Cannot import" in refused(path, tmp_path)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "Cannot read" in refused(tmp_path / "no_such.jsonl", tmp_path)
    assert "Cannot read" in refused(tmp_path, tmp_path)


@QUICK
@given(st.binary(max_size=400))
def test_junk_is_refused(tmp_path: Path, junk: bytes) -> None:
    path = tmp_path / "junk.jsonl"
    path.write_bytes(junk)
    refused(path, tmp_path)
    path.write_bytes(heading(1).encode() + junk)
    refused(path, tmp_path)


@QUICK
@given(st.data())
def test_bytes_gone_wrong_are_refused_or_harmless(tmp_path: Path, data: st.DataObject) -> None:
    small = replace(a_session(5), sets=(a_set(reps=1, traces=traces(0.3)),))
    whole = bytearray((heading(1) + line_of(small)).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] = data.draw(st.integers(0, 255))
    path = tmp_path / "wrong.jsonl"
    path.write_bytes(whole)
    with Store.writing(tmp_path / "h.sqlite3") as store:
        before = list(store.sessions(traces=True))
        message = ""
        try:
            take_in(path, store)
        except PosecoachError as error:
            message = str(error)
        after = list(store.sessions(traces=True))
    assert "\n" not in message
    if message:
        assert after == before
    else:
        # A digit was another digit, say: a session that is whole and can be written again.
        export(tmp_path / "again.jsonl", after, len(after))
        assert set(map(uid, after)) <= set(map(uid, imported(tmp_path / "again.jsonl", tmp_path)))


def uid(record: SessionRecord) -> str:
    return record.uid


FLOATS = st.floats(-1e9, 1e9, allow_nan=False)
TEXTS = st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=20)
REPS = st.builds(
    lambda start, metrics, faults: rep(1, metrics=metrics, faults=tuple(faults), confidence=start),
    FLOATS,
    st.dictionaries(TEXTS, FLOATS, max_size=3),
    st.lists(TEXTS, max_size=3),
)


@QUICK
@given(st.lists(REPS, max_size=3), TEXTS, FLOATS, st.datetimes(timezones=st.timezones()))
def test_any_session_goes_round(
    tmp_path_factory: pytest.TempPathFactory, reps: list[Any], text: str, value: float, at: Any
) -> None:
    folder = tmp_path_factory.mktemp("round")
    at = at.replace(year=max(1971, min(at.year, 8999)), day=min(at.day, 28))
    one = a_session(7, started_at=at, program_name=text, ended_s=value, sets=(a_set(reps=0),))
    one = replace(one, sets=(replace(one.sets[0], reps=tuple(reps), label=text),))
    export(folder / "one.jsonl", [one], 1)
    (found,) = imported(folder / "one.jsonl", folder)
    assert found == one
    assert found.started_at.date() == at.date()
