"""Nothing leaves the machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from posecoach.pose._offline import NOWHERE, stay_offline

ESTIMATE = """
import sys, time
from posecoach.pose import _offline
_offline.NOWHERE = sys.argv[2]
from posecoach.frames import Clip
from posecoach.pose import PoseEstimator, find_model
with Clip(sys.argv[1]) as clip, PoseEstimator(find_model("lite")) as estimator:
    for frame in clip:
        estimator.estimate(frame)
time.sleep(1)
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("*", ""),
        ("localhost,.local", "localhost,.local"),
        ("localhost,googleapis.com", "localhost"),
        (".googleapis.com,192.168.0.7", "192.168.0.7"),
        ("play.googleapis.com:443", ""),
        ("notgoogleapis.com", "notgoogleapis.com"),
    ],
)
def test_no_exception_lets_the_uploader_pass(
    monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", before)
    monkeypatch.setenv("NO_PROXY", before)
    stay_offline()
    assert os.environ["https_proxy"] == os.environ["HTTPS_PROXY"] == NOWHERE
    assert os.environ["no_proxy"] == os.environ["NO_PROXY"] == after


def test_whatever_mediapipe_sends_goes_where_it_is_told(clips: Path) -> None:
    """Any upload asks the proxy on this machine first, and would be refused there."""
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.settimeout(0.1)
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        run = subprocess.run(
            [sys.executable, "-c", ESTIMATE, str(clips / "hr_side_r_mixed.mp4"), address],
            capture_output=True,
            timeout=120,
        )
        assert run.returncode == 0, run.stderr
        asked = b""
        try:
            connection, _ = proxy.accept()
        except TimeoutError:
            return  # this time it sent nothing at all
        with connection:
            connection.settimeout(5)
            asked = connection.recv(200)
        assert asked.startswith(b"CONNECT ")
