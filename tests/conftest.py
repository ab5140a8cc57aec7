"""Fixtures that tests of several rooms share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2  # noqa: F401  before any test imports PyAV: see posecoach.frames
import pytest
from hypothesis import HealthCheck, settings

# How long something takes on a busy machine decides nothing.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

pytest_plugins = ["processes", "browser"]


@pytest.fixture(scope="session", autouse=True)
def _no_history_of_this_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests exercise out of the history of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POSECOACH_HISTORY", str(tmp_path_factory.mktemp("data") / "history.sqlite3"))
        yield


@pytest.fixture(scope="session")
def clips() -> Path:
    """The folder of committed clips."""
    return Path(__file__).parent / "clips"
