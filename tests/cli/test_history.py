"""``posecoach history`` and what keeps it filled: real processes, real files."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cuts import beginning
from histories import BEGIN, a_session, a_set
from streams import Stream, jpeg

from posecoach.cli.history_words import length
from posecoach.record.history.exchange import heading, line_of
from posecoach.record.history.model import SessionRecord
from posecoach.record.history.overview import longest, streak
from posecoach.record.history.reading import History
from posecoach.record.history.store import Store

Run = Callable[..., Any]
# A clip of seven seconds has none for the setup check.
NOW = ("--no-setup",)
on_linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Xvfb and xdotool are for Linux"
)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A history of its own for each test."""
    path = tmp_path / "kept" / "history.sqlite3"
    monkeypatch.setenv("POSECOACH_HISTORY", str(path))
    return path


def keep(path: Path, *records: SessionRecord) -> None:
    with Store.writing(path) as store, store.transaction():
        for record in records:
            store.add(record)


@pytest.fixture
def three(path: Path) -> Path:
    """Two sessions on one day, one two days later."""
    keep(
        path,
        a_session(1),
        a_session(
            2,
            started_at=BEGIN + timedelta(days=1, hours=11),
            program=None,
            program_name=None,
            sets=(a_set(), a_set(2, reps=0), a_set(3, reps=2)),
        ),
        a_session(4, sets=(a_set(exercise="toe_stand"),)),
    )
    return path


def test_an_empty_history_is_told_in_friendly_words(posecoach: Run, path: Path) -> None:
    done = posecoach("history")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Nothing yet.")
    assert "posecoach live heel_raises" in done.out
    assert not path.parent.exists()


def test_the_table_by_day_with_totals(posecoach: Run, three: Path) -> None:
    done = posecoach("history")
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Thu 2 Apr 2026",
        "    1  07:30  Short five, 1 min",
        "                Heel raises                3 reps (left 1, right 2)",
        "                Leg-up towel stretch       1 rep (both 1), 1 of them by the clock, "
        "8 s (left 8 s), 8 s of them by the clock, 1 try",
        "    2  18:30  Heel raises                5 reps (left 2, right 3), 2 sets",
        "Sun 5 Apr 2026",
        "    3  07:30  Short five, 1 min",
        "                Stand on your toes         3 reps (left 1, right 2)",
        "",
        "3 sessions on 2 days, 3 min, 12 reps (1 of them by the clock), 8 s held or walked "
        "(8 s of them by the clock), 1 try.",
        "No streak now (longest 1 day).",
    ]


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles"])
def test_days_and_times_are_those_of_where_it_was_done(
    posecoach: Run, three: Path, zone: str
) -> None:
    assert posecoach("history", TZ=zone).out == posecoach("history").out


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (("--exercise", "toe_stand"), {3}),
        (("--since", "2026-04-03"), {3}),
        (("--until", "2026-04-02"), {1, 2}),
        (("--exercise", "leg_up_towel", "--since", "2026-04-01"), {1}),
    ],
)
def test_filters(posecoach: Run, three: Path, options: tuple[str, ...], numbers: set[int]) -> None:
    found = json.loads(posecoach("history", "--json", *options).out)
    assert {one["id"] for one in found["sessions"]} == numbers
    assert found["totals"]["sessions"] == len(numbers)
    if "--exercise" in options:
        assert {d["exercise"] for one in found["sessions"] for d in one["done"]} == {options[1]}


def test_a_filter_that_leaves_nothing(posecoach: Run, three: Path) -> None:
    assert posecoach("history", "--exercise", "squat").out == (
        "Nothing of that is in the history.\n"
    )


def test_json_and_csv_say_the_same(posecoach: Run, three: Path) -> None:
    found = json.loads(posecoach("history", "--json").out)
    rows = list(csv.DictReader(io.StringIO(posecoach("history", "--csv").out)))
    told = [(one["id"], d) for one in found["sessions"] for d in one["done"]]
    assert len(rows) == len(told) == 4
    for row, (number, done) in zip(rows, told, strict=True):
        assert int(row["session"]) == number
        assert row["exercise"] == done["exercise"]
        assert int(row["reps"]) == sum(done["reps"].values())
        assert int(row["reps_left"]) == done["reps"].get("left", 0)
        assert float(row["held_s"]) == sum(done["held_s"].values())
        assert (int(row["sets"]), int(row["attempts"])) == (done["sets"], done["attempts"])
    assert rows[0]["day"] == "2026-04-02"
    assert found["totals"]["reps"] == 12


def test_no_cell_is_a_formula(posecoach: Run, path: Path) -> None:
    keep(path, a_session(1, program_name="=1+1"))
    (row, _) = csv.DictReader(io.StringIO(posecoach("history", "--csv").out))
    assert row["program"] == "'=1+1"


def test_a_session_is_shown_with_all_that_is_in_it(posecoach: Run, three: Path) -> None:
    out = posecoach("history", "show", 1).out
    lines = out.splitlines()
    assert lines[0] == "Session 1, Thu 2 Apr 2026 07:30: Short five, 1 min"
    assert "Body height 181.7 cm, age 45, female, model full" in lines[1]
    assert "07:30:14  Heel raises: 3 of 10" in lines
    assert "      0.0 s  rep 1, right, heel lift 6.9 cm, up 0.9 s, held 0.4 s, down 1.1 s" in lines
    assert "      1.0 s  try, right, heel lift 1.3 cm, too shallow" in lines
    assert any("8.0 s, left, hip angle 88.0 degrees, knee bent, by the clock" in x for x in lines)
    values = json.loads(posecoach("history", "show", 1, "--json").out)
    assert values["id"] == 1
    assert values["sets"][0]["reps"][0]["metrics"]["heel_lift_cm"] == 6.9
    assert "traces" not in values["sets"][0]


def test_deleting_asks_first(posecoach: Run, three: Path) -> None:
    done = posecoach("history", "delete", 2)
    assert done.status == 1
    assert "Nothing was deleted" in done.err
    assert "Session 2, Thu 2 Apr 2026 18:30: Heel raises" in done.out
    done = posecoach("history", "delete", 2, 3, "--yes")
    assert (done.status, done.out) == (0, "Deleted 2 sessions.\n")
    with History.reading(three) as history:
        assert history.numbers() == [1]
    done = posecoach("history", "delete", 1, 77, "--yes")
    assert done.status == 1
    assert "no session 77" in done.complaint
    with History.reading(three) as history:
        assert history.numbers() == [1]


def test_out_and_in_again(posecoach: Run, three: Path, tmp_path: Path) -> None:
    done = posecoach("history", "export", "all.jsonl")
    assert (done.status, done.out) == (0, "Wrote 3 sessions to all.jsonl.\n")
    done = posecoach("history", "import", "all.jsonl")
    assert done.out == "Added 0 sessions, 3 were there already.\n"
    other = str(tmp_path / "other.sqlite3")
    done = posecoach("history", "import", "all.jsonl", POSECOACH_HISTORY=other)
    assert (done.status, done.out) == (0, "Added 3 sessions.\n")
    for what in ((), ("--json",), ("show", 1), ("export", "-")):
        there = posecoach("history", *what, POSECOACH_HISTORY=other)
        assert there.out == posecoach("history", *what).out
    (tmp_path / "all.jsonl").write_bytes((tmp_path / "all.jsonl").read_bytes()[:-300])
    done = posecoach("history", "import", "all.jsonl", POSECOACH_HISTORY=str(tmp_path / "3"))
    assert done.status == 1
    assert "nothing was imported" in done.complaint
    done = posecoach("history", "export", "nowhere/all.jsonl")
    assert "nowhere" in done.complaint


def test_what_could_not_be_kept_is_taken_in_before_the_table(posecoach: Run, three: Path) -> None:
    waiting = three.with_name("history-unsaved-20260402-073015-1.jsonl")
    waiting.write_text(heading(None) + line_of(a_session(9)), "utf-8")
    done = posecoach("history", "--json")
    assert done.status == 0
    assert len(json.loads(done.out)["sessions"]) == 4
    assert f"Took in a session that could not be kept before, from {waiting}." in done.complaint
    assert not waiting.exists()
    again = posecoach("history", "--json")
    assert (again.out, again.err) == (done.out, "")


def test_what_could_not_be_kept_goes_when_it_is_imported(posecoach: Run, three: Path) -> None:
    waiting = three.with_name("history-unsaved-20260402-073015-1.jsonl")
    waiting.write_text(heading(None) + line_of(a_session(9)), "utf-8")
    copy = waiting.with_name("copy.jsonl")
    copy.write_bytes(waiting.read_bytes())
    done = posecoach("history", "import", waiting)
    assert done.out.splitlines() == [
        "Added 1 session.",
        f"Removed {waiting}: all of it is in the history.",
    ]
    assert not waiting.exists()
    # Any other file stays.
    assert posecoach("history", "import", copy).out == "Added 0 sessions, 1 was there already.\n"
    assert copy.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "1"), "no session 1"),
        (("show", str(2**63)), f"no session {2**63}"),
        (("delete", str(10**30)), f"no session {10**30}"),
        (("show", "one"), "one"),
        (("--since", "yesterday"), "yesterday"),
        (("--json", "--csv"), "--csv"),
        (("--json", "show", "1"), "Options"),
        (("import", "no_such.jsonl"), "no_such.jsonl"),
    ],
)
def test_what_cannot_be_is_said_on_one_line(
    posecoach: Run, path: Path, arguments: tuple[str, ...], says: str
) -> None:
    done = posecoach("history", *arguments)
    assert done.status in (1, 2)
    assert says in done.complaint


@pytest.mark.parametrize("content", [b"junk" * 999, None])
def test_a_history_that_cannot_be_read_is_said_on_one_line(
    posecoach: Run, path: Path, content: bytes | None
) -> None:
    keep(path, *(a_session(number) for number in range(30)))
    whole = path.read_bytes()
    path.write_bytes(content or whole[:4096] + b"\xa5" * (len(whole) - 4096))
    for arguments in (("history",), ("history", "show", 1), ("history", "export", "-")):
        assert "damaged" in posecoach(*arguments).complaint


def test_streaks() -> None:
    today = date(2026, 11, 21)
    back = [today - timedelta(days=days) for days in range(60)]
    assert streak([], today) == longest([]) == 0
    assert streak([today], today) == 1
    assert streak([back[1], today], today) == 2
    assert streak([back[2], back[1]], today) == 2
    assert streak([back[3], back[2]], today) == 0
    assert longest([*back[50:55][::-1], *back[2:4][::-1], today]) == 5


def test_lengths() -> None:
    assert [length(s) for s in (0, 59.2, 60, 3540, 3600, 3660)] == [
        *("0 s", "59 s", "1 min", "59 min", "1 h", "1 h 1 min")
    ]


def test_a_clip_is_kept_only_where_that_is_asked(
    posecoach: Run, path: Path, short_clip: Path
) -> None:
    assert posecoach("replay", short_clip, "--exercise", "heel_raises").status == 0
    assert not path.exists()


def kept_sessions(path: Path) -> list[SessionRecord]:
    with History.reading(path) as history:
        return list(history.sessions(traces=True))


@pytest.fixture(scope="session")
def two_reps(clips: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first seven seconds of the demo clip, with two of its reps."""
    path = tmp_path_factory.mktemp("two") / "two_reps.mp4"
    return beginning(clips / "hr_side_r_mixed.mp4", path, 7.0)


@on_linux
def test_live_is_kept_and_so_is_a_replay_that_asks_for_it(
    run: Run, posecoach: Run, path: Path, two_reps: Path
) -> None:
    program = run("live", "heel_raises", "--camera", str(two_reps), "--height", "181.7", *NOW)
    status, output, errors = program.end()
    assert (status, errors) == (0, "")
    (live,) = kept_sessions(path)
    assert (live.source, live.finished, live.height_cm) == ("live", True, 181.7)
    assert not live.height_assumed
    (one,) = live.sets
    assert len(one.reps) == 2
    assert "2 reps" in output
    assert abs(datetime.now().astimezone() - live.at(live.ended_s)) < timedelta(minutes=2)
    assert len(one.traces.times_s) > 50

    command = ("replay", two_reps, "--exercise", "heel_raises", "--height", "181.7", "--keep")
    done = posecoach(*command)
    assert (done.status, done.err) == (0, "")
    replayed = kept_sessions(path)[1]
    assert (replayed.source, replayed.clip) == ("replay", two_reps.name)
    assert len(replayed.sets[0].reps) == 2


@on_linux
def test_a_program_is_kept_with_its_sets_and_so_is_its_recording(
    run: Run, posecoach: Run, path: Path, two_reps: Path, tmp_path: Path
) -> None:
    own, raw = tmp_path / "mine.toml", tmp_path / "raw.landmarks"
    own.write_text(
        'format = 1\nid = "mine"\nname = "My own"\nsummary = "One."\n'
        '[[steps]]\nexercise = "heel_raises"\nside = "both"\nsets = 2\nreps = 1\nrest_s = 0\n'
    )
    program = run("program", str(own), "--camera", str(two_reps), *NOW, "--landmarks", str(raw))
    assert program.end()[0] == 0
    (kept,) = kept_sessions(path)
    assert (kept.source, kept.program, kept.complete) == ("program", "mine", True)
    assert [(s.set_number, s.sets, len(s.reps), s.how) for s in kept.sets] == [
        (1, 2, 1, "done"),
        (2, 2, 1, "done"),
    ]
    assert posecoach("replay", raw, "--keep").status == 0
    again = kept_sessions(path)[1]
    assert (again.source, again.program, again.clip) == ("replay", "mine", raw.name)
    assert [(s.how, s.reps) for s in again.sets] == [(s.how, s.reps) for s in kept.sets]


@on_linux
def test_ctrl_c_and_a_kill_leave_what_was_done(run: Run, path: Path, two_reps: Path) -> None:
    for kill in (False, True):
        program = run("live", "heel_raises", "--camera", str(two_reps), *NOW)
        before = len(kept_sessions(path))
        until = time.monotonic() + 60
        while len(found := kept_sessions(path)) == before or not found[-1].sets[0].reps:
            assert program.process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.05)
        if kill:
            program.process.kill()
        else:
            program.interrupt()
        program.end()
        last = kept_sessions(path)[-1]
        assert last.finished is not kill
        assert 1 <= len(last.sets[0].reps) <= 2


@on_linux
def test_a_damaged_history_does_not_end_the_workout(run: Run, path: Path, two_reps: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"junk" * 999)
    program = run("live", "heel_raises", "--camera", str(two_reps), *NOW)
    status, output, errors = program.end()
    assert status == 0
    assert "2 reps" in output
    (line,) = errors.splitlines()
    assert "damaged" in line
    (beside,) = path.parent.glob("history-unsaved-*.jsonl")
    assert str(beside) in line
    assert path.read_bytes() == b"junk" * 999


@on_linux
@pytest.mark.parametrize("more", [(), ("--no-history",)])
def test_an_empty_room_is_not_kept(run: Run, path: Path, more: tuple[str, ...]) -> None:
    pictures = [jpeg(np.full((480, 640, 3), shade, np.uint8)) for shade in (90, 100)]
    with Stream(pictures, fps=20) as camera:
        program = run("live", "heel_raises", "--camera", camera.url, *more)
        program.wait_for_window()
        # The room is there, wherever words lie over it, so keys are listened to.
        assert program.sees(lambda screen: bool(np.mean(abs(screen[..., 0] - 95.0) < 10) > 0.1))
        program.press("q")
        assert program.end()[0] == 0
    assert kept_sessions(path) == []
    assert path.exists() is not bool(more)


def test_a_killed_session_says_so(posecoach: Run, path: Path) -> None:
    keep(path, replace(a_session(1), finished=False))
    assert "It was not ended" in posecoach("history", "show", 1).out
