"""What a recording of landmarks costs: bytes, and time a frame."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import pytest

from posecoach import Pose
from posecoach.frames import Clip
from posecoach.pose import PoseEstimator, find_model
from posecoach.pose.closeup import CloseUp
from posecoach.record.landmarks import Head, LandmarkReader, LandmarkWriter

pytestmark = pytest.mark.bench
FPS = 30


@pytest.mark.parametrize("clip", ["hr_side_r_mixed.mp4", "tc_3q_l.mp4"])
def test_a_minute(clips: Path, tmp_path: Path, report: Callable[..., None], clip: str) -> None:
    poses: list[Pose] = []
    with Clip(clips / clip) as frames, PoseEstimator(find_model("full")) as estimator:
        close_up = CloseUp(estimator.estimate)
        estimate = close_up.estimate if clip.startswith("tc") else estimator.estimate
        poses = [estimate(frame) for frame in frames]
    path = tmp_path / "a.landmarks"
    took = []
    with LandmarkWriter(path, Head(posecoach="0", model="full")) as landmarks:
        for pose in poses:
            begin = time.perf_counter()
            landmarks.write(pose)
            took.append((time.perf_counter() - begin) * 1000)
    size = path.stat().st_size / len(poses) * FPS * 60 / 1e6
    begin = time.perf_counter()
    with LandmarkReader(path) as recording:
        assert sum(1 for _ in recording.poses()) == len(poses)
    read_ms = (time.perf_counter() - begin) * 1000 / len(poses)
    report(f"{clip}: landmarks of a minute at {FPS} fps", size, "MB", "about 1 MB")
    report("writing a frame, mean", sum(took) / len(took), "ms")
    report("writing a frame, median", median(took), "ms")
    report("writing a frame, largest (a second at once)", max(took), "ms", "at most 10 ms")
    report("reading a frame, mean", read_ms, "ms")
