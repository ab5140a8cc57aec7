"""A year of daily sessions: how long its report takes, and how large it is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from years import year

from posecoach.record.history.store import Store

pytestmark = pytest.mark.bench

ROOT = Path(__file__).parent.parent.parent
ROUNDS = 5


@pytest.mark.parametrize(
    ("arguments", "target"), [(("report",), "< 3"), (("report", "--last"), "< 3")]
)
def test_a_year_of_daily_sessions(
    tmp_path: Path, report: Callable[..., None], arguments: tuple[str, ...], target: str
) -> None:
    history = tmp_path / "history.db"
    records = year()
    with Store.writing(history) as store, store.transaction():
        for record in records:
            store.add(record)
    assert len(records) == 365
    page = tmp_path / "page.html"
    took = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "posecoach", *arguments, "-o", str(page)],
            env={**os.environ, "PYTHONPATH": str(ROOT), "POSECOACH_HISTORY": str(history)},
            check=True,
            capture_output=True,
        )
        took.append(time.perf_counter() - begin)
    report(f"{' '.join(arguments)} over a year, median of {ROUNDS}", sorted(took)[2], "s", target)
    report("its page", page.stat().st_size / 1e6, "MB")
