"""Fixtures that tests of several rooms share."""

from __future__ import annotations

from pathlib import Path

import cv2  # noqa: F401  before any test imports PyAV: see posecoach.frames
import pytest

pytest_plugins = ["processes", "browser"]


@pytest.fixture(scope="session")
def clips() -> Path:
    """The folder of committed clips."""
    return Path(__file__).parent / "clips"
