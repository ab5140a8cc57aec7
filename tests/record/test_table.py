from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from figures import film, heel_raises

from posecoach import Pose, Session, find_definition
from posecoach.record.files import OutputError
from posecoach.record.table import COLUMNS, FrameTable


def session() -> Session:
    return Session(find_definition("heel_raises"))


def test_a_row_a_frame_with_every_signal(tmp_path: Path) -> None:
    watched = session()
    path = tmp_path / "out.csv"
    with FrameTable(path, watched.signals) as table:
        for pose in film(heel_raises(2), 8, yaw_deg=90):
            watched.update(pose)
            table.write(watched)
    assert b"\r" not in path.read_bytes()
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 240
    assert list(rows[0]) == [*COLUMNS, *watched.signals]
    assert [row["time_s"] for row in rows[:3]] == ["0.0", "0.0333", "0.0667"]
    assert rows[-1]["reps"] == "2"
    assert {"settling", "ready", "moving"} <= {row["phase"] for row in rows}
    rise = [float(row["body_rise"]) for row in rows if row["body_rise"]]
    assert 0.04 < max(rise) < 0.09


def test_what_cannot_be_measured_is_empty(tmp_path: Path) -> None:
    watched = session()
    path = tmp_path / "out.csv"
    with FrameTable(path, watched.signals) as table:
        watched.update(Pose.nobody(0.0, (640, 480)))
        table.write(watched)
    head, row = path.read_text().splitlines()
    assert row.split(",")[:4] == ["0.0", "nobody", "", "0"]
    assert set(row.split(",")[len(COLUMNS) :]) == {""}
    assert head.count(",") == row.count(",")


def test_a_run_cut_short_keeps_its_rows(tmp_path: Path) -> None:
    watched = session()
    path = tmp_path / "out.csv"
    watched.update(Pose.nobody(0.0, (640, 480)))

    def interrupted() -> None:
        with FrameTable(path, watched.signals) as table:
            table.write(watched)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert len(path.read_text().splitlines()) == 2
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]


def test_nothing_stands_under_the_name_before_the_end(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("older")
    with FrameTable(path, ()):
        assert path.read_text() == "older"
    assert path.read_text().startswith("time_s,")


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"folder .* does not exist; create it"):
        FrameTable(tmp_path / "none" / "out.csv", ())


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
def test_a_full_disk_leaves_the_older_file(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("older")
    program = """
import resource, sys
from pathlib import Path
from posecoach import Pose, PosecoachError, Session, find_definition
from posecoach.record.table import FrameTable
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
session = Session(find_definition("heel_raises"))
try:
    with FrameTable(Path(sys.argv[1]), session.signals) as table:
        for i in range(5000):
            table.write(session)
except PosecoachError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert "the disk is full" in done.stdout
    assert done.stdout.count("\n") == 1
    assert path.read_text() == "older"
    assert [file.name for file in tmp_path.iterdir()] == ["out.csv"]
