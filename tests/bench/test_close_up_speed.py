"""What the close-up of a foot costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import cv2
import numpy as np
import pytest

from posecoach.frames import Clip, Frame
from posecoach.pose import SIDES, FootPlace, PoseEstimator, find_model, placed_feet
from posecoach.pose.closeup import CloseUp, FootCloseUp

pytestmark = pytest.mark.bench
SIZE = (1280, 720)
LIMIT = "at most 4 ms"


@pytest.fixture(scope="module")
def frames(clips: Path) -> list[Frame]:
    """Five seconds of toe curls at 1280x720."""
    found = []
    with Clip(clips / "tc_3q_l.mp4") as clip:
        for frame in clip:
            if frame.index == 120:
                break
            image = np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)
            image[:, 160:1120] = cv2.resize(frame.image, (960, 720))
            found.append(Frame(frame.time_s, image, frame.index))
    return found


def test_a_foot_and_frame(frames: list[Frame], report: Callable[..., None]) -> None:
    with PoseEstimator(find_model("full")) as estimator:
        poses = [estimator.estimate(frame) for frame in frames]
    took = []
    for side in SIDES:
        foot = FootCloseUp(side)
        views = []
        for frame, pose in zip(frames, poses, strict=True):
            begin = time.perf_counter()
            views.append(foot.update(frame.image, pose))
            took.append((time.perf_counter() - begin) * 1000)
        assert sum(view is not None for view in views) > 100
    report("a foot and frame at 1280x720, median", median(took), "ms", LIMIT)
    report("the same, 95th percentile", float(np.percentile(took, 95)), "ms", LIMIT)
    report("the same, largest", max(took), "ms")


def test_a_foot_at_4k(frames: list[Frame], report: Callable[..., None]) -> None:
    """The square is cut out before anything else, so that a large picture costs little more."""
    image = cv2.resize(frames[0].image, (3840, 2160))
    places = [FootPlace("right", (0.45, 0.8), (0.53, 0.8))]
    close_up = CloseUp(placed_feet(places))
    took, seen = [], 0
    for i in range(60):
        begin = time.perf_counter()
        _, view = close_up.estimate(Frame(i / 24, image, i)).feet
        took.append((time.perf_counter() - begin) * 1000)
        seen += view is not None
    assert seen == 60
    report("a foot and frame at 3840x2160, median", median(took), "ms")
