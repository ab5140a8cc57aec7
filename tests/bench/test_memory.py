"""Memory over an hour of frames."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from posecoach import Session, find_definition
from posecoach.feedback import Overlay
from posecoach.frames import Clip, Frame
from posecoach.pose import PoseEstimator, find_model

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc"),
]

FPS = 30
HOUR = 3600 * FPS
INFERENCE_S = 120.0
EVERY = 500


def resident_mb() -> float:
    """Memory of this process that is really in use (proc(5): second word of statm)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def slope_mb(samples: list[tuple[int, float]]) -> float:
    """Growth over an hour of frames, fitted to the later three quarters."""
    later = samples[len(samples) // 4 :]
    frames, used = zip(*later, strict=True)
    return float(np.polyfit(frames, used, 1)[0]) * HOUR


def rounds(frames: list[Frame]) -> Iterator[Frame]:
    """The frames again and again, at times that go on."""
    length = frames[-1].time_s + 1 / FPS
    index = 0
    while True:
        for frame in frames:
            turn = index // len(frames)
            yield replace(frame, time_s=turn * length + frame.time_s, index=index)
            index += 1


@pytest.fixture
def frames(clips: Path) -> list[Frame]:
    with Clip(clips / "hr_side_r_mixed.mp4") as clip:
        return list(clip)


def test_session_and_overlay_over_an_hour(frames: list[Frame], report: Callable[..., None]) -> None:
    with PoseEstimator(find_model()) as estimator:
        poses = [estimator.estimate(frame) for frame in frames]
    session, overlay = Session(find_definition("heel_raises")), Overlay(True, keys=True)
    samples = []
    for frame, _ in zip(rounds(frames), range(HOUR), strict=False):
        pose = replace(poses[frame.index % len(poses)], time_s=frame.time_s)
        events = session.update(pose)
        overlay.draw(frame.image, pose, session.snapshot, events)
        if frame.index % EVERY == 0:
            gc.collect()
            samples.append((frame.index, resident_mb()))
    assert len(session.reps) > 500
    report("session and overlay, at the start", samples[len(samples) // 4][1], "MB")
    report("session and overlay, after an hour of frames", samples[-1][1], "MB")
    report("growth over an hour, fitted", slope_mb(samples), "MB", "flat")
    report("reps kept", len(session.reps))


def test_model_session_and_overlay(frames: list[Frame], report: Callable[..., None]) -> None:
    session, overlay = Session(find_definition("heel_raises")), Overlay(True, keys=True)
    samples = []
    end = time.perf_counter() + INFERENCE_S
    with PoseEstimator(find_model()) as estimator:
        for frame in rounds(frames):
            pose = estimator.estimate(frame)
            events = session.update(pose)
            overlay.draw(frame.image, pose, session.snapshot, events)
            if frame.index % EVERY == 0:
                gc.collect()
                samples.append((frame.index, resident_mb()))
                if time.perf_counter() > end:
                    break
    assert session.reps
    report("frames through model, session and overlay", samples[-1][0])
    report("at the start", samples[len(samples) // 4][1], "MB")
    report("at the end", samples[-1][1], "MB")
    report("growth over an hour, extrapolated", slope_mb(samples), "MB", "flat")
