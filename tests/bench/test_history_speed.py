"""The history of a year of daily sessions, and how soon a rep is on the disk."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest
from histories import a_session, a_set, a_year, rep

from posecoach.record.history.store import Change, Store
from posecoach.record.history.writer import Writer

pytestmark = pytest.mark.bench

ROOT = Path(__file__).parents[2]
ROUNDS = 9


def test_a_year_of_daily_sessions(tmp_path: Path, report: Callable[..., None]) -> None:
    path = tmp_path / "history.sqlite3"
    with Store.writing(path) as store, store.transaction():
        for record in a_year():
            store.add(record)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "POSECOACH_HISTORY": str(path)}
    took: dict[str, list[float]] = {"history": [], "--version": []}
    for _ in range(ROUNDS):
        for argument, times in took.items():
            begin = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-m", "posecoach", argument],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
            times.append(time.perf_counter() - begin)
            if argument == "history":
                assert done.stdout.count("Heel raises") == 365
    report("365 sessions, 2920 sets, 29200 reps on disk", path.stat().st_size / 1e6, "MB")
    report(f"posecoach history, median of {ROUNDS}", median(took["history"]), "s", "< 0.3")
    report("of which posecoach --version takes", median(took["--version"]), "s")
    with Store.writing(path) as store:
        begin = time.perf_counter()
        assert len(list(store.sessions())) == 365
        report("all records read, without traces", time.perf_counter() - begin, "s")


def test_from_a_rep_to_the_disk(tmp_path: Path, report: Callable[..., None]) -> None:
    putting, storing = [], []
    with Writer(tmp_path / "history.sqlite3", sys.exit) as writer:
        one = a_set(reps=0)
        for count in range(1, 101):
            one = replace(one, reps=(*one.reps, rep(count)))
            begin = time.perf_counter()
            writer.put(Change(a_session(), one, (count - 1, 0, 0, 0), count - 1))
            putting.append(time.perf_counter() - begin)
            writer.flush()
            storing.append(time.perf_counter() - begin)
    report("a rep handed over, the longest of 100", max(putting) * 1e3, "ms")
    report("a rep on the disk, median of 100", median(storing) * 1e3, "ms")
    report("a rep on the disk, 99th of 100", sorted(storing)[98] * 1e3, "ms")
    assert len(storing) == 100
