"""`posecoach report` and `compare` over a history, as processes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from years import raises, session, stretch, year

from posecoach.cli.main import main
from posecoach.record.history.store import Store

Run = Callable[..., Any]
DAY = datetime(2026, 11, 20, 18, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty days, and a day with a stretch alone."""
    path = tmp_path_factory.mktemp("history") / "history.db"
    lone = replace(session(77, DAY, Random(3)), sets=(stretch(1, Random(3), 2.0, "left", 30.0),))
    with Store.writing(path) as store, store.transaction():
        for record in (*year(20), lone):
            store.add(record)
    return path


def test_without_options_it_is_progress_and_the_last_session(
    posecoach: Run, history: Path, tmp_path: Path
) -> None:
    done = posecoach("report", POSECOACH_HISTORY=str(history))
    assert (done.status, done.err) == (0, "")
    assert done.out == "Wrote posecoach-report.html; open it in a browser.\n"
    page = (tmp_path / "posecoach-report.html").read_text("utf-8")
    assert "Progress, 2025-11-22 to 2026-11-20" in page
    assert "dose met in 40 of 60 sets" in page
    assert "Latest session: Session 21, 2026-11-20" in page


def test_one_session_by_number_or_the_last(posecoach: Run, history: Path, tmp_path: Path) -> None:
    done = posecoach("report", "--session", "3", POSECOACH_HISTORY=str(history))
    assert done.status == 0, done.err
    page = (tmp_path / "posecoach-session-3.html").read_text("utf-8")
    assert "<h1>Session 3, 2025-11-24</h1>" in page
    assert "<svg" in page
    done = posecoach("report", "--last", "-o", "-", POSECOACH_HISTORY=str(history))
    assert "<h1>Session 21, 2026-11-20</h1>" in done.out
    assert "Wrote" not in done.out


def test_since_a_day_and_in_another_language(posecoach: Run, history: Path, tmp_path: Path) -> None:
    since = ("report", "--since", "2025-12-08", "-o", "new.html", "--language", "de")
    done = posecoach(*since, POSECOACH_HISTORY=str(history))
    assert done.status == 0, done.err
    page = (tmp_path / "new.html").read_text("utf-8")
    assert '<html lang="de">' in page
    assert "Verlauf, 2025-12-08 bis 2026-11-20" in page
    assert "4 Tage (2025-12-08 bis 2025-12-11)" in page
    assert "Fersenheben" in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report", "--session", "99"), "There is no session 99 in the history"),
        (("report", "--session", str(2**70)), f"There is no session {2**70} in the history"),
        (("report", "--since", "2027-01-01"), "There is no session since 2027-01-01"),
        (("report", "--since", "soon"), "'soon' does not match the format"),
        (("report", "--last", "--session", "2"), "exclude each other"),
        (("report", "-o", "nowhere/x.html"), "the folder nowhere does not exist"),
        (("report", "-o", "."), "it is a folder"),
        (("compare", "1", "99"), "There is no session 99 in the history"),
        # No session has a number as long as that: it is taken for a file's name.
        (("compare", "1", "9" * 5000, "--exercise", "heel_raises"), "File name too long"),
        (("compare", "1", "2"), "heel_raises, leg_up_towel in it; choose one with --exercise"),
        (("compare", "1", "21", "--exercise", "heel_raises"), "Session 21 has no heel_raises"),
        (("compare", "1", "2", "--exercise", "heel_raises", "-o", "no/x.html"), "folder no does"),
        (("compare", "1", "2", "--exercise", "toe_walking"), "Session 1 has no toe_walking in it"),
        (("compare", "a.mp4", "b.mp4"), "add --exercise"),
        (("compare", "a.mp4", "b.mp4", "--exercise", "heel_raises"), "a.mp4"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    history: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POSECOACH_HISTORY", str(history))
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code != 0
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert said in told.err
    assert list(tmp_path.iterdir()) == []


def test_two_sessions_of_different_exercises_are_not_compared(
    posecoach: Run, tmp_path: Path
) -> None:
    path = tmp_path / "own.db"
    first = replace(session(1, DAY, Random(3)), sets=(raises(1, Random(3), 2.0),))
    second = replace(session(2, DAY, Random(3)), sets=(stretch(1, Random(3), 2.0, "left", 9.0),))
    with Store.writing(path) as store, store.transaction():
        store.add(first)
        store.add(second)
    done = posecoach("compare", "1", "2", POSECOACH_HISTORY=str(path))
    assert done.status == 2
    assert "Session 1 is of heel_raises, session 2 of leg_up_towel" in done.complaint


def test_with_no_session_yet_it_says_how_to_begin(posecoach: Run, tmp_path: Path) -> None:
    done = posecoach("report", POSECOACH_HISTORY=str(tmp_path / "none.db"))
    assert done.status == 1
    assert "posecoach live heel_raises" in done.complaint
    assert list(tmp_path.iterdir()) == []


def test_a_history_that_is_none_is_told(posecoach: Run, tmp_path: Path) -> None:
    path = tmp_path / "broken.db"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    done = posecoach("report", POSECOACH_HISTORY=str(path))
    assert done.status == 1
    assert "broken.db" in done.complaint


def test_two_sessions_are_compared_in_words_and_as_a_page(
    posecoach: Run, history: Path, tmp_path: Path
) -> None:
    command = ("compare", "1", "20", "--exercise", "heel_raises", "-o", "both.html")
    done = posecoach(*command, POSECOACH_HISTORY=str(history))
    assert (done.status, done.err) == (0, "")
    assert "A: 1, 2025-11-22 18:03: 28 reps, 1 try did not count" in done.out
    assert re.search(r"Heel lift \(left leg\): 2\.\d cm more in B", done.out)
    assert "Wrote both.html" in done.out
    assert "Movements over each other" in (tmp_path / "both.html").read_text("utf-8")


def test_other_commands_do_not_wait_for_templates() -> None:
    code = (
        "import sys, posecoach.cli.live, posecoach.cli.replay, posecoach.cli.report; "
        "print('jinja2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
