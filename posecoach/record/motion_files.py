"""Recordings of landmarks as tables that other programs read: TRC and CSV."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from posecoach.pose import LANDMARK_COUNT, SIDES, FootView, Landmark, Pose
from posecoach.record.files import write_texts
from posecoach.record.landmarks import LandmarkReader, LandmarksError
from posecoach.record.texts import one_line

MARKERS = tuple(landmark.name.lower() for landmark in Landmark)
"""Names of the landmarks in both tables."""

# Rates that cameras have; one that is measured within a tenth of a frame a second of one of
# them is it.
_RATES = (10.0, 12.5, 15.0, 20.0, 24.0, 25.0, 30.0, 50.0, 60.0, 90.0, 100.0, 120.0)
_LARGEST_RATE = 1000.0
_RATE_SLACK = 0.1
# Nobody knows where a body was in between for longer: three frames of a camera that is slow
# in the dark (15 a second).
_GAP_S = 0.2
# Times within a thousandth of a frame of one another are the same.
_SAME = 1e-3
_MOST_ROWS = 10_000_000

_FOOT = ("toes_x", "toes_y", "hind_x", "hind_y", "ahead_x", "ahead_y", "began_s", "foot_px")


def write_trc(recording: LandmarkReader, target: Path) -> None:
    """Write the landmarks in metres as OpenSim reads them.

    x is to the picture's right, y up, z towards the camera; the middle of the hips is at 0
    in every frame. TRC wants a steady rate: rows stand at the recording's usual rate from
    its first frame on, and what falls between two frames is drawn straight between them.
    Where nobody was found within 0.2 s, cells are empty, which OpenSim takes for missing.

    Args:
        recording: Open.
        target: The file to write.

    Raises:
        LandmarksError: If the recording cannot be read, or has no time between its frames.
        OutputError: If the file cannot be written.
    """
    times = [pose.time_s for pose in recording.poses()]
    rate = _rate_of(times)
    rows = int((times[-1] - times[0]) * rate + _SAME) + 1
    if rows > _MOST_ROWS:
        raise LandmarksError(
            f"{recording.name}: at {rate:g} frames a second its {times[-1] - times[0]:.0f} s are "
            "too many rows for a TRC file; write CSV instead"
        )
    write_texts(target, _trc(recording, target.name, rate, rows))


def _trc(recording: LandmarkReader, name: str, rate: float, rows: int) -> Iterator[str]:
    # As in OpenSim's own TRCFileAdapter: a tab behind every cell, the last one of a row too,
    # or an empty last cell would be no cell.
    yield f"PathFileType\t4\t(X/Y/Z)\t{one_line(name)}\n"
    yield "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\t"
    yield "OrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n"
    yield f"{rate:g}\t{rate:g}\t{rows}\t{LANDMARK_COUNT}\tm\t{rate:g}\t1\t{rows}\n"
    yield "Frame#\tTime\t" + "".join(f"{marker}\t\t\t" for marker in MARKERS) + "\n"
    yield "\t\t" + "".join(f"X{n}\tY{n}\tZ{n}\t" for n in range(1, LANDMARK_COUNT + 1)) + "\n\n"
    for row, (time_s, world) in enumerate(_steadily(recording.poses(), rate, rows), 1):
        cells = "\t" * world.size
        if world.size == np.isfinite(world).sum():
            cells = "".join(f"{value:.6f}\t" for value in (world * (1, -1, -1) + 0.0).flat)
        yield f"{row}\t{time_s:.6f}\t{cells}\n"


def _rate_of(times: list[float]) -> float:
    """How many frames a second there usually are."""
    if len(times) < 2:
        return 30.0
    rate = 1 / median(after - before for before, after in pairwise(times))
    near = min(_RATES, key=lambda each: abs(each - rate))
    return near if abs(near - rate) <= _RATE_SLACK else min(round(rate, 3), _LARGEST_RATE)


def _steadily(
    poses: Iterable[Pose], rate: float, rows: int
) -> Iterator[tuple[float, NDArray[np.float64]]]:
    """Times at a steady rate, and the landmarks (33, 3) at them; NaN where there are none."""
    nowhere = np.full((LANDMARK_COUNT, 3), np.nan)
    left = iter(poses)
    before = after = next(left)
    begin_s = before.time_s
    for row in range(rows):
        time_s = begin_s + row / rate
        while after.time_s < time_s - _SAME / rate:
            before, after = after, next(left, None) or after
            if before is after:
                break
        span = after.time_s - before.time_s
        if abs(after.time_s - time_s) <= _SAME / rate or span <= 0:
            world = after.world
        elif span <= max(_GAP_S, 1.5 / rate):
            share = (time_s - before.time_s) / span
            world = before.world + share * (after.world - before.world)
        else:
            world = nowhere
        yield time_s, world


def write_csv(recording: LandmarkReader, target: Path) -> None:
    """Write a row a frame: all landmarks and close-ups in the recording, units in the names.

    Args:
        recording: Open.
        target: The file to write.

    Raises:
        LandmarksError: If the recording cannot be read.
        OutputError: If the file cannot be written.
    """
    write_texts(target, _csv(recording))


def _csv(recording: LandmarkReader) -> Iterator[str]:
    names = ["frame", "time_s", "width_px", "height_px"]
    parts = ("x_px", "y_px", "x_m", "y_m", "z_m", "visibility")
    names += [f"{marker}_{part}" for marker in MARKERS for part in parts]
    names += [f"{side}_close_up_{part}" for side in SIDES for part in _FOOT]
    yield ",".join(names) + "\n"
    for index, pose in enumerate(recording.poses()):
        cells = [str(index), f"{pose.time_s:.6f}", *map(str, pose.size)]
        for pixel, world, visible in zip(pose.pixels, pose.world, pose.visibility, strict=True):
            cells += [_cell(value, 3) for value in pixel]
            cells += [_cell(value, 6) for value in world]
            cells.append(_cell(visible, 4))
        for view in pose.feet:
            cells += _foot_cells(view)
        yield ",".join(cells) + "\n"


def _foot_cells(view: FootView | None) -> list[str]:
    if view is None:
        return [""] * len(_FOOT)
    return [
        *(_cell(value, 5) for value in (*view.toes, *view.hind, *view.ahead)),
        _cell(view.began_s, 6),
        _cell(view.foot_px, 3),
    ]


def _cell(value: float, decimals: int) -> str:
    return "" if math.isnan(value) else f"{round(float(value), decimals) + 0.0:.{decimals}f}"
