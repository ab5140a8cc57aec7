"""What watching a clip costs beyond decoding it and running the model."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import cv2
import mediapipe as mp
import pytest

from posecoach import Session, find_definition
from posecoach.frames import Clip
from posecoach.pose import PoseEstimator, find_model
from posecoach.session.replay import replay

pytestmark = pytest.mark.bench
ROUNDS = 5


def bare(clip: Path) -> int:
    """Decode and run PoseLandmarker, as MediaPipe's own examples do it; number of frames."""
    vision = mp.tasks.vision
    options = vision.PoseLandmarkerOptions(
        base_options=mp.tasks.BaseOptions(model_asset_path=str(find_model())),
        running_mode=vision.RunningMode.VIDEO,
    )
    capture = cv2.VideoCapture(str(clip))
    count = 0
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        while True:
            read, bgr = capture.read()
            if not read:
                break
            time_ms = round(count * 1000 / 30)
            image = mp.Image(mp.ImageFormat.SRGB, cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB))
            landmarker.detect_for_video(image, time_ms)
            count += 1
    capture.release()
    return count


def watched(clip: Path) -> int:
    """The same clip through posecoach, without outputs; number of frames."""
    session = Session(find_definition("heel_raises"))
    with Clip(clip) as frames, PoseEstimator(find_model()) as estimator:
        count = replay(frames, estimator.estimate, session).frames
    assert len(session.reps) == 4
    return count


def seconds(run: Callable[[Path], int], clip: Path) -> tuple[float, int]:
    begin = time.perf_counter()
    count = run(clip)
    return time.perf_counter() - begin, count


def test_replay_beside_a_bare_loop(clips: Path, report: Callable[..., None]) -> None:
    clip = clips / "hr_side_r_mixed.mp4"
    bare(clip)  # the first run warms caches for both
    ratios, bare_ms, ours_ms = [], [], []
    for _ in range(ROUNDS):
        bare_s, frames = seconds(bare, clip)
        ours_s, same = seconds(watched, clip)
        assert same == frames
        ratios.append(ours_s / bare_s)
        bare_ms.append(bare_s / frames * 1000)
        ours_ms.append(ours_s / frames * 1000)
    report("bare loop", median(bare_ms), "ms a frame")
    report("posecoach", median(ours_ms), "ms a frame")
    report(f"ratio, median of {ROUNDS}", median(ratios), target="at most 1.10")
    report("ratio, largest", max(ratios))


def test_session_update(clips: Path, report: Callable[..., None]) -> None:
    with Clip(clips / "hr_side_r_mixed.mp4") as clip, PoseEstimator(find_model()) as estimator:
        poses = [estimator.estimate(frame) for frame in clip]
    for exercise in ("heel_raises", "toe_walking", "leg_up_towel"):
        session = Session(find_definition(exercise))
        took = []
        for pose in poses:
            begin = time.perf_counter()
            session.update(pose)
            took.append((time.perf_counter() - begin) * 1000)
        assert session.readings
        report(f"Session.update, {exercise}", median(took), "ms", "well under 1 ms")
