"""From a frame to what is seen of it and to what is heard of it, in one live run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from screens import x_server
from speech import espeak

from posecoach.checkers.loader import load_all
from posecoach.cli.coaching import Coach
from posecoach.cli.loop import Stage
from posecoach.feedback import Key, Window
from posecoach.feedback.line import PROMPT_S
from posecoach.feedback.voice import Voice
from posecoach.frames import Camera, Frame, Image
from posecoach.pose import PoseEstimator, find_model
from posecoach.session import Snapshot
from posecoach.session.events import Event

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Xvfb is for Linux"),
]

SUPPORT = Path(__file__).parent.parent / "support"
WARM_UP, SHOWN = 60, 1800
# In a process of its own, as a camera is: heel raises at 1280x720, 30 times a second.
CAMERA = """
import sys
import cv2, numpy as np
from posecoach.frames import Clip
from streams import Stream, jpeg

def pictures():
    with Clip(sys.argv[1]) as clip:
        for frame in clip:
            image = np.full((720, 1280, 3), 90, np.uint8)
            image[:, 160:1120] = cv2.resize(frame.image, (960, 720))
            yield jpeg(image)

with Stream(pictures(), 30) as stream:
    print(stream.url, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def camera_url(clips: Path) -> Iterator[str]:
    root = SUPPORT.parent.parent
    process = subprocess.Popen(
        [sys.executable, "-c", CAMERA, str(clips / "hr_side_r_mixed.mp4")],
        env={**os.environ, "PYTHONPATH": f"{root}{os.pathsep}{SUPPORT}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield process.stdout.readline().strip()
    process.communicate()


class TimedCamera(Camera):
    """Notes when each frame was handed out."""

    out_s = 0.0

    def read(self, *args: Any, **options: Any) -> Frame | None:
        frame = super().read(*args, **options)
        if frame is not None:
            self.out_s = time.monotonic()
        return frame


class TimedWindow(Window):
    """Notes how long after the frame it was shown and painted, and ends after enough."""

    camera: TimedCamera
    shown: list[float]
    painted: list[float]

    def show(self, image: Image) -> None:
        super().show(image)
        self.shown.append(time.monotonic() - self.camera.out_s)

    def poll_key(self) -> Key | None:
        key = super().poll_key()  # the window is painted in here
        if len(self.painted) < len(self.shown):
            self.painted.append(time.monotonic() - self.camera.out_s)
        return Key.QUIT if len(self.shown) >= WARM_UP + SHOWN else key


class TimedVoice(Voice):
    """Notes how long after the frame it was told of it, by the frame's time."""

    camera: TimedCamera
    told: dict[float, float]

    def take(self, snapshot: Snapshot, events: Sequence[Event] = (), **options: Any) -> None:
        self.told[snapshot.time_s] = time.monotonic() - self.camera.out_s
        super().take(snapshot, events, **options)


def row(what: str, seconds: Sequence[float]) -> str:
    ms = 1000 * np.array(seconds)
    median, late, worst = np.median(ms), np.percentile(ms, 95), ms.max()
    return f"  {what:<32}{median:>9.1f}{late:>9.1f}{worst:>9.1f}{len(ms):>8}"


def test_from_frame_to_overlay_and_to_speech(
    camera_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    espeak()
    with (
        x_server("-nolisten", "tcp", "-ac") as display,
        monkeypatch.context() as patch,
        TimedCamera(camera_url) as camera,
        PoseEstimator(find_model("full")) as estimator,
        TimedVoice(file=tmp_path / "heard.wav") as voice,
    ):
        patch.setenv("DISPLAY", display)
        assert voice.process is not None
        voice.process.ready.wait(20)
        voice.camera, voice.told = camera, {}
        with TimedWindow("bench") as window:
            window.camera, window.shown, window.painted = camera, [], []
            stage = Stage(camera, estimator.estimate, window, voice=voice)
            Coach(stage, list(load_all().values()), "heel_raises").run()
        time.sleep(1.0)
        prompt = [
            (each.begun_s, voice.told[each.line.said_s])
            for each in voice.spoken
            if each.begun_s is not None
            and each.line.keeps_s == PROMPT_S
            and each.line.said_s == each.line.time_s
        ]
    rows = [
        row("frame to overlay shown", window.shown[WARM_UP:]),
        row("frame to window painted", window.painted[WARM_UP:]),
        row("frame to start of speech", [begun + told for begun, told in prompt]),
        row("event to start of speech", [begun for begun, _ in prompt]),
    ]
    head = f"  {'ms':<32}{'median':>9}{'95 %':>9}{'worst':>9}{'of':>8}"
    with capsys.disabled():
        print("\n" + "\n".join((head, *rows)))
    assert len(prompt) >= 8
    assert max(begun for begun, _ in prompt) <= PROMPT_S + 0.001
