from __future__ import annotations

import math
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from posecoach.frames import Frame
from posecoach.pose import LANDMARK_COUNT, Landmark, ModelError, PoseEstimator, find_model
from posecoach.resources import resource


@pytest.fixture(scope="module")
def frames() -> list[Frame]:
    """The first second of the demo clip."""
    clip = cv2.VideoCapture(str(resource("demo.mp4")))
    found = []
    for index in range(30):
        ok, image = clip.read()
        assert ok
        found.append(Frame(index / 30, cv2.cvtColor(image, cv2.COLOR_BGR2RGB), index))
    clip.release()
    return found


@pytest.fixture
def estimator() -> Iterator[PoseEstimator]:
    with PoseEstimator(find_model("lite")) as opened:
        yield opened


def test_a_person_in_pixels_metres_and_visibility(
    estimator: PoseEstimator, frames: list[Frame]
) -> None:
    pose = [estimator.estimate(frame) for frame in frames][-1]
    assert pose.found
    assert pose.time_s == frames[-1].time_s
    assert pose.size == frames[-1].size == (640, 480)
    assert pose.pixels.shape == (LANDMARK_COUNT, 2)
    assert pose.world.shape == (LANDMARK_COUNT, 3)
    assert pose.visibility.shape == (LANDMARK_COUNT,)
    assert {a.dtype for a in (pose.pixels, pose.world, pose.visibility)} == {np.dtype(np.float64)}
    # A standing person, seen from the right: head above heel, right knee in plain sight.
    assert pose.pixels[Landmark.NOSE, 1] < pose.pixels[Landmark.RIGHT_HEEL, 1] - 200
    assert all(pose.in_frame(mark) for mark in Landmark)
    assert pose.visibility[Landmark.RIGHT_KNEE] > 0.9
    # World y points down and starts at the hips; a nose is half a metre or more above them.
    assert -1.0 < pose.world[Landmark.NOSE, 1] < -0.4


def test_nobody_in_an_empty_room(estimator: PoseEstimator) -> None:
    grey = np.full((480, 640, 3), 128, np.uint8)
    pose = estimator.estimate(Frame(2.5, grey, 0))
    assert not pose.found
    assert pose.time_s == 2.5
    assert pose.size == (640, 480)
    assert not pose.visibility.any()


def test_the_same_frames_give_the_same_poses(frames: list[Frame]) -> None:
    def run() -> list[np.ndarray]:
        with PoseEstimator(find_model("lite")) as estimator:
            poses = [estimator.estimate(frame) for frame in frames[:8]]
        return [np.column_stack([p.pixels, p.world, p.visibility]) for p in poses]

    for first, second in zip(run(), run(), strict=True):
        np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize(
    "times",
    [
        [0.0, 0.0, 0.0, 0.0],
        [5.0, 4.0, 0.0, 0.033],
        [0.0, 3600.0, 1e12, 1e300],
        [math.nan, 0.0, math.inf, -math.inf],
        [0.0, 1e-6, 2e-6, 3e-6],
        [-5.0, -4.9, -4.8, 0.0],
    ],
    ids=["equal", "backward", "gaps", "not finite", "dense", "negative"],
)
def test_any_times_are_survived(
    estimator: PoseEstimator, frames: list[Frame], times: list[float]
) -> None:
    for time_s in times:
        pose = estimator.estimate(Frame(time_s, frames[0].image, 0))
        assert pose.found
        assert pose.time_s == time_s or math.isnan(time_s)


def test_a_reset_of_the_clock_keeps_the_smoothing_at_the_sources_pace(
    frames: list[Frame],
) -> None:
    def last(times: list[float]) -> np.ndarray:
        with PoseEstimator(find_model("lite")) as estimator:
            poses = [
                estimator.estimate(Frame(time_s, frame.image, frame.index))
                for time_s, frame in zip(times, frames, strict=False)
            ]
        return poses[-1].pixels

    straight = last([i / 30 for i in range(10)])
    restarted = last([i / 30 for i in range(6)] + [i / 30 for i in range(4)])
    np.testing.assert_allclose(restarted, straight, atol=0.05)


def test_a_picture_that_is_a_view_of_another_reads_the_same(
    estimator: PoseEstimator, frames: list[Frame]
) -> None:
    whole = frames[0].image
    view = np.pad(whole, ((0, 0), (0, 32), (0, 0)))[:, :640]
    assert not view.flags.c_contiguous
    with PoseEstimator(find_model("lite")) as other:
        expected = other.estimate(Frame(0.0, whole, 0)).pixels
    np.testing.assert_array_equal(estimator.estimate(Frame(0.0, view, 0)).pixels, expected)


def test_the_picture_may_change_size_on_the_way(
    estimator: PoseEstimator, frames: list[Frame]
) -> None:
    first = estimator.estimate(frames[0])
    small = cv2.resize(frames[1].image, (320, 240), interpolation=cv2.INTER_AREA)
    second = estimator.estimate(Frame(frames[1].time_s, small, 1))
    assert second.size == (320, 240)
    np.testing.assert_allclose(
        second.pixels[Landmark.NOSE] * 2, first.pixels[Landmark.NOSE], atol=15
    )


def test_closing_twice_is_fine(frames: list[Frame]) -> None:
    estimator = PoseEstimator(find_model("lite"))
    assert estimator.estimate(frames[0]).found
    estimator.close()
    estimator.close()


def test_a_bundle_of_rubbish_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "rubbish.task"
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("pose_detector.tflite", b"x" * 5000)
        bundle.writestr("pose_landmarks_detector.tflite", b"y" * 5000)
    with pytest.raises(ModelError) as caught:
        PoseEstimator(find_model(str(path)))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_model_that_vanished_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"gone\.task"):
        PoseEstimator(tmp_path / "gone.task")


RUN = """
import os, sys
import cv2
from posecoach.frames import Frame
from posecoach.pose import PoseEstimator, find_model
from posecoach.resources import resource

ok, image = cv2.VideoCapture(str(resource("demo.mp4"))).read()
with PoseEstimator(find_model("lite")) as estimator:
    for index in range(3):
        estimator.estimate(Frame(index / 30, cv2.cvtColor(image, cv2.COLOR_BGR2RGB), index))
{after}
"""


def run(after: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN.format(after=after)], capture_output=True, text=True, check=False
    )


def test_a_run_is_quiet_but_standard_error_works() -> None:
    done = run("os.write(2, b'still here')")
    assert done.returncode == 0
    assert done.stderr == "still here"
    assert done.stdout == ""


def test_drawing_and_audio_parts_wait_until_they_are_used() -> None:
    done = run(
        "assert 'matplotlib' not in sys.modules and 'sounddevice' not in sys.modules\n"
        "import mediapipe\n"
        "print(mediapipe.tasks.vision.drawing_utils.DrawingSpec().thickness)"
    )
    assert (done.returncode, done.stdout) == (0, "2\n"), done.stderr


def test_errors_of_native_code_pass_the_filter() -> None:
    done = run(
        "from posecoach.pose._mediapipe import quiet\n"
        "with quiet():\n"
        "    os.write(2, b'W0000 chatter\\nE0000 real trouble\\nINFO: chatter\\n')\n"
    )
    assert done.stderr == "E0000 real trouble\n"
