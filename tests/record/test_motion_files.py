"""Landmarks as TRC and CSV, read again as OpenSim and a spreadsheet read them."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from posecoach import Pose
from posecoach.pose import LANDMARK_COUNT, FootView, Landmark
from posecoach.record.landmarks import Head, LandmarkReader, LandmarkWriter
from posecoach.record.motion_files import write_csv, write_trc

SIZE = (640, 480)


def body(time_s: float, rise: float = 0.0) -> Pose:
    """Landmark k at (k, -k, 2k) centimetres, all lifted by so many metres."""
    k = np.arange(LANDMARK_COUNT) / 100
    world = np.stack([k, -k - rise, 2 * k], axis=1)
    return Pose(time_s, SIZE, np.full((LANDMARK_COUNT, 2), 12.3456), world, np.full(33, 0.75))


def recorded(path: Path, poses: list[Pose]) -> LandmarkReader:
    with LandmarkWriter(path, Head(posecoach="0", model="full")) as landmarks:
        for pose in poses:
            landmarks.write(pose)
    return LandmarkReader(path)


@dataclass
class Trc:
    facts: dict[str, str]
    markers: list[str]
    times: list[float]
    places: np.ndarray


def read_trc(path: Path) -> Trc:
    """As OpenSim's TRCFileAdapter does, with its checks."""

    def cells(line: str) -> list[str]:
        # What comes behind the last tab is a cell only if there is something.
        found = line.split("\t")
        return found if found[-1] else found[:-1]

    lines = path.read_text(encoding="utf-8").split("\n")
    assert lines[-1] == ""
    assert lines[0].split()[:3] == ["PathFileType", "4", "(X/Y/Z)"]
    keys = [cell for cell in cells(lines[1]) if cell]
    assert keys == [
        *("DataRate", "CameraRate", "NumFrames", "NumMarkers", "Units"),
        *("OrigDataRate", "OrigDataStartFrame", "OrigNumFrames"),
    ]
    values = [cell for cell in cells(lines[2]) if cell]
    assert len(values) == len(keys)
    facts = dict(zip(keys, values, strict=True))
    labels = [cell for cell in cells(lines[3]) if cell]
    count = int(facts["NumMarkers"])
    assert labels[:2] == ["Frame#", "Time"]
    assert len(labels) == count + 2
    axes = [cell for cell in cells(lines[4]) if cell]
    assert axes == [f"{axis}{n}" for n in range(1, count + 1) for axis in "XYZ"]
    assert lines[5] == ""
    rows = [cells(line) for line in lines[6:-1]]
    assert all(len(row) == 3 * count + 2 for row in rows)
    assert [int(row[0]) for row in rows] == list(range(1, len(rows) + 1))
    assert len(rows) == int(facts["NumFrames"])
    places = np.array([[float(cell or "nan") for cell in row[2:]] for row in rows])
    return Trc(facts, labels[2:], [float(row[1]) for row in rows], places.reshape(-1, count, 3))


def trc_of(tmp_path: Path, poses: list[Pose]) -> Trc:
    with recorded(tmp_path / "a.landmarks", poses) as recording:
        write_trc(recording, tmp_path / "a.trc")
    return read_trc(tmp_path / "a.trc")


def test_trc_is_in_metres_with_y_up_and_z_to_the_camera(tmp_path: Path) -> None:
    trc = trc_of(tmp_path, [body(i / 30, 0.001 * i) for i in range(60)])
    assert trc.facts["Units"] == "m"
    assert (trc.facts["DataRate"], trc.facts["NumFrames"]) == ("30", "60")
    assert trc.markers == [mark.name.lower() for mark in Landmark]
    assert trc.times == pytest.approx([i / 30 for i in range(60)], abs=1e-6)
    heel = trc.places[:, Landmark.LEFT_HEEL]
    assert heel[0] == pytest.approx([0.29, 0.29, -0.58], abs=1e-6)
    assert heel[50] == pytest.approx([0.29, 0.34, -0.58], abs=1e-6)


def test_trc_is_steady_where_the_camera_was_not(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    times = np.cumsum(np.r_[1.0, rng.uniform(0.028, 0.0387, 200)])
    trc = trc_of(tmp_path, [body(t, 0.1 * (t - 1)) for t in times])
    steps = np.diff(trc.times)
    assert np.ptp(steps) < 2e-6
    assert 1 / steps.mean() == pytest.approx(float(trc.facts["DataRate"]), rel=1e-3)
    # What rose steadily still does: drawn straight between frames.
    rise = trc.places[:, Landmark.NOSE, 1]
    assert rise == pytest.approx([0.1 * (t - 1) for t in trc.times], abs=2e-6)
    assert trc.times[-1] == pytest.approx(times[-1], abs=steps.mean())


def test_nobody_and_long_gaps_are_empty_cells_and_short_ones_are_bridged(tmp_path: Path) -> None:
    poses = [body(i / 30) for i in range(30)]
    poses[10] = Pose.nobody(10 / 30, SIZE)
    del poses[20:23]  # 0.13 s without a frame
    poses += [body(3.0), body(3.0 + 1 / 30), Pose.nobody(3.0 + 2 / 30, SIZE)]
    trc = trc_of(tmp_path, poses)
    missing = [row for row, place in enumerate(trc.places) if np.isnan(place).any()]
    assert all(np.isnan(trc.places[row]).all() for row in missing)
    assert missing == [10, *range(30, 90), 92]
    assert len(trc.times) == 93


@pytest.mark.parametrize(
    ("fps", "rate"), [(24.97, "25"), (29.97, "30"), (59.94, "60"), (17.3, "17.3"), (0.1, "0.1")]
)
def test_the_rate_is_the_cameras(tmp_path: Path, fps: float, rate: str) -> None:
    trc = trc_of(tmp_path, [body(i / fps) for i in range(40)])
    assert trc.facts["DataRate"] == rate
    assert not np.isnan(trc.places).any()


def test_a_single_frame_is_a_table_too(tmp_path: Path) -> None:
    trc = trc_of(tmp_path, [body(2.5)])
    assert (trc.times, trc.facts["NumFrames"]) == ([2.5], "1")


def test_csv_has_everything_by_name(tmp_path: Path) -> None:
    vector = np.array((0.1, -0.25))
    view = FootView(vector, vector, vector, 0.5, 88.0, (0, 0, 100, 100))
    poses = [body(0.0), Pose.nobody(0.04, SIZE), replace(body(0.08), feet=(None, view))]
    with recorded(tmp_path / "a.landmarks", poses) as recording:
        write_csv(recording, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["time_s"] for row in rows] == ["0.000000", "0.040000", "0.080000"]
    first, nobody, last = rows
    assert len(first) == 4 + 6 * LANDMARK_COUNT + 2 * 8
    assert (first["width_px"], first["height_px"]) == ("640", "480")
    assert float(first["left_heel_z_m"]) == pytest.approx(0.58)
    assert float(first["left_heel_x_px"]) == pytest.approx(12.346)
    assert first["left_heel_visibility"] == "0.7500"
    assert nobody["nose_x_px"] == nobody["nose_x_m"] == ""
    assert (last["right_close_up_toes_y"], last["left_close_up_toes_y"]) == ("-0.25000", "")
    assert not any(math.isnan(float(cell or 0)) for row in rows for cell in row.values())
