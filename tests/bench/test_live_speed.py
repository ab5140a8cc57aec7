"""The live loop at 1280x720 from a network camera, on a screen of Xvfb."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from screens import x_server

from posecoach.checkers.loader import load_all
from posecoach.cli.coaching import Coach
from posecoach.cli.loop import Stage
from posecoach.feedback import Key, Window
from posecoach.frames import Cameras, Frame, Image
from posecoach.pose import Pose, PoseEstimator, find_model

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Xvfb is for Linux"),
]

SUPPORT = Path(__file__).parent.parent / "support"
FPS = 30
BIT_PX = 16  # a multiple of JPEG's blocks, so that bits do not bleed
BITS = 10
WARM_UP, SHOWN = 60, 600

# In a process of its own, as a camera is. Numbers each picture in its upper left corner,
# and at the end tells when it sent each of them last.
CAMERA = f"""
import json, sys
import cv2, numpy as np
from posecoach.frames import Clip
from streams import Stream, jpeg

def pictures():
    with Clip(sys.argv[1]) as clip:
        for frame in clip:
            image = np.full((720, 1280, 3), 90, np.uint8)
            image[:, 160:1120] = cv2.resize(frame.image, (960, 720))
            for bit in range({BITS}):
                at = bit * {BIT_PX}
                image[:{BIT_PX}, at : at + {BIT_PX}] = 255 * (frame.index >> bit & 1)
            yield jpeg(image)

with Stream(pictures(), {FPS}) as stream:
    print(stream.url, flush=True)
    sys.stdin.readline()
    print(json.dumps(stream.sent_s), flush=True)
"""


def number_of(image: Image) -> int:
    """The number in a picture's corner."""
    middle = BIT_PX // 2
    return sum((int(image[middle, bit * BIT_PX + middle, 0]) > 127) << bit for bit in range(BITS))


class TimedEstimator(PoseEstimator):
    """Notes which picture came and how long the model took."""

    number = -1
    took_s = 0.0

    def estimate(self, frame: Frame) -> Pose:
        begin = time.perf_counter()
        pose = super().estimate(frame)
        self.took_s = time.perf_counter() - begin
        self.number = number_of(frame.image)
        return pose


class TimedWindow(Window):
    """Notes when the desktop has drawn each picture, and ends after enough of them."""

    estimator: TimedEstimator
    drawn: list[tuple[int, float, float]]
    fresh = False

    def show(self, image: Image) -> None:
        super().show(image)
        self.fresh = True

    def poll_key(self) -> Key | None:
        key = super().poll_key()  # the window is painted in here
        if self.fresh:
            self.fresh = False
            estimator = self.estimator
            self.drawn.append((estimator.number, time.perf_counter(), estimator.took_s))
        return Key.QUIT if len(self.drawn) >= WARM_UP + SHOWN else key


@pytest.fixture
def camera_process(clips: Path) -> Iterator[subprocess.Popen[str]]:
    root = SUPPORT.parent.parent
    process = subprocess.Popen(
        [sys.executable, "-c", CAMERA, str(clips / "hr_side_r_mixed.mp4")],
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{SUPPORT}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.communicate()


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with x_server("-nolisten", "tcp", "-ac") as name:
        monkeypatch.setenv("DISPLAY", name)
        yield


def test_frames_shown_and_their_latency(
    camera_process: subprocess.Popen[str], display: None, report: Callable[..., None]
) -> None:
    assert camera_process.stdout is not None
    assert camera_process.stdin is not None
    url = camera_process.stdout.readline().strip()
    with (
        Cameras([url]) as camera,
        TimedEstimator(find_model("full")) as estimator,
        TimedWindow("bench") as window,
    ):
        window.estimator, window.drawn = estimator, []
        stage = Stage(camera, estimator.estimate, window)
        coach = Coach(stage, list(load_all().values()), "heel_raises")
        busy = time.process_time()
        coach.run()
        busy = time.process_time() - busy
    camera_process.stdin.write("\n")
    camera_process.stdin.flush()
    sent_s = json.loads(camera_process.stdout.readline())

    counted = window.drawn[WARM_UP:]
    numbers = [number for number, _, _ in counted]
    assert len(set(numbers)) > SHOWN / 2  # really different pictures
    span_s = counted[-1][1] - counted[0][1]
    report("frames shown", (len(counted) - 1) / span_s, "a second", f"{FPS}, all that come")
    # The last round only: earlier send times have been overwritten.
    after = [
        (at - sent_s[number] - took) * 1000
        for number, at, took in counted
        if 0 <= at - sent_s[number] < 1
    ]
    assert len(after) > SHOWN / 4
    report("model", median(took for _, _, took in counted) * 1000, "ms")
    report("sent by the camera to drawn, beyond the model, median", median(after), "ms", "< 60")
    report("the same, 95th percentile", float(np.percentile(after, 95)), "ms")
    report("processor time of a frame", busy / len(window.drawn) * 1000, "ms")
