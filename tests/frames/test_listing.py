from __future__ import annotations

import sys
from pathlib import Path

import pytest

from posecoach.frames import list_cameras


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="device files are Linux's")
def test_cameras_are_those_that_the_system_lists(capfd: pytest.CaptureFixture[str]) -> None:
    found = list_cameras()
    assert {camera.path for camera in found} <= {str(node) for node in Path("/dev").glob("video*")}
    for camera in found:
        gave_a_picture = None not in (camera.width, camera.height, camera.fps)
        assert gave_a_picture == (camera.problem is None)
    captured = capfd.readouterr()
    assert captured.out + captured.err == ""
