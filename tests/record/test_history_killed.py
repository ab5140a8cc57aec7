"""A process that is killed loses at most the rep under way, whenever it is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from posecoach.record.history.reading import History
from posecoach.record.history.store import Store

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

ROOT = Path(__file__).parents[2]
SUPPORT = ROOT / "tests" / "support"
ROUNDS = 100


def test_a_hundred_kills_lose_at_most_the_rep_under_way(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    done = subprocess.run(
        [sys.executable, str(SUPPORT / "exercising.py"), str(path), str(ROUNDS)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(SUPPORT)))},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, "")
    rounds = [line.split() for line in done.stdout.splitlines()]
    assert len(rounds) == ROUNDS
    killed = 0
    for counted, stored, there, _, was_killed, sound in rounds:
        assert sound == "ok"
        # What was counted last may have been on its way to the disk, and nothing else; or it
        # was on the disk before it was told that it is counted.
        assert int(stored) <= int(there)
        assert abs(int(counted) - int(there)) <= 1
        killed += int(was_killed)
    # It was killed in the midst of it, and not always at the same place.
    assert killed > ROUNDS / 2
    assert len({counted for counted, *_ in rounds}) >= 3
    with Store.writing(path) as store:
        assert store.rows("PRAGMA integrity_check")[0][0] == "ok"
    with History.reading(path) as history:
        for record in history.sessions(traces=True):
            for one in record.sets:
                assert len(one.traces.times_s) > 0
