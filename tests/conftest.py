"""Fixtures that tests of several rooms share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2  # noqa: F401  before any test imports PyAV: see posecoach.frames
import pytest
from hypothesis import HealthCheck, settings

# How long something takes on a busy machine decides nothing.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

pytest_plugins = ["processes", "browser"]

# Cameras, windows and voices, which go by the clock.
REAL_TIME = frozenset(
    (
        *("cli/test_demo.py", "cli/test_doctor.py", "cli/test_heel_raise_test_live.py"),
        *("cli/test_history.py", "cli/test_live.py", "cli/test_live_camera_lost.py"),
        *("cli/test_live_cameras.py", "cli/test_program.py", "cli/test_replay.py"),
        *("cli/test_speaking.py", "cli/test_start.py", "cli/test_start_hands_free.py"),
        *("cli/test_whole_workout.py", "feedback/test_display.py", "feedback/test_voice.py"),
        *("feedback/test_window.py", "frames/test_camera.py", "frames/test_cameras.py"),
        *("frames/test_network_camera.py", "frames/test_webcam.py", "sound/test_process.py"),
    )
)
SCREENS = {"screen", "x_display", "guarded_display"}


def in_real_time(test: str) -> bool:
    """Whether a test, by its id, is in one of those files."""
    return test.partition("::")[0].removeprefix("tests/") in REAL_TIME


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What runs in real time comes last: see :class:`FileByFile`."""
    for item in items:
        on_screen = not SCREENS.isdisjoint(getattr(item, "fixturenames", ()))
        bench = item.get_closest_marker("bench") is not None
        if on_screen and not (bench or in_real_time(item.nodeid)):
            raise pytest.UsageError(f"{item.nodeid} has a screen: name its file in REAL_TIME")
    items.sort(key=lambda item: in_real_time(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share the tests out among processes; ``make test`` has one for each core."""
    from xdist.scheduler import LoadFileScheduling

    class FileByFile(LoadFileScheduling):
        """Files in any order, then what runs in real time: in one process, with the rest idle.

        It is made for a machine of its own, as it has in front of somebody who exercises.
        """

        def _split_scope(self, nodeid: str) -> str:
            return "real time" if in_real_time(nodeid) else str(super()._split_scope(nodeid))

    return FileByFile(config, log)


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
