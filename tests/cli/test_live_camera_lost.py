"""A camera that freezes, falls silent, or goes and comes back, in the middle of a set."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from screens import eventually
from streams import Stream, pictures_of

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Xvfb and xdotool are for Linux"
)

Run = Callable[..., Any]


def counted(log: Path) -> int:
    """How many reps the log tells of."""
    return log.read_text(encoding="utf-8").count('"rep_counted"') if log.exists() else 0


def dimmed(screen: np.ndarray) -> bool:
    """Whether the last picture is shown as no longer true."""
    return bool(20 < screen[4, 635].max() < 90)


def bright(screen: np.ndarray) -> bool:
    """Whether the camera's picture is shown."""
    return bool(screen[4, 635].max() > 110)


def freezes(camera: Stream) -> None:
    camera.frozen = True


def thaws(camera: Stream) -> None:
    camera.frozen = False


def goes(camera: Stream) -> None:
    camera.stop()


def comes_back(camera: Stream) -> None:
    # To its new client it serves the clip from its beginning again: standing, then a rep.
    camera.start()


@pytest.mark.parametrize(
    ("trouble", "mended", "cue"),
    [(freezes, thaws, "camera_stalled"), (goes, comes_back, "camera_reconnecting")],
)
def test_a_set_waits_for_its_camera_and_keeps_its_counts(
    run: Run,
    clips: Path,
    tmp_path: Path,
    trouble: Callable[[Stream], None],
    mended: Callable[[Stream], None],
    cue: str,
) -> None:
    told, log = tmp_path / "said.jsonl", tmp_path / "events.jsonl"
    seen = pictures_of(clips / "hr_side_r_mixed.mp4", 1.0, 8.0)
    with Stream(seen, fps=24) as camera:
        options = ("--camera", camera.url, "--mute", "--transcript", str(told))
        program = run("live", "heel_raises", "--no-setup", *options, "--events", str(log))
        program.wait_for_window()
        assert eventually(lambda: counted(log) == 1)
        trouble(camera)
        assert program.sees(dimmed)
        mended(camera)
        assert program.sees(bright)
        assert eventually(lambda: counted(log) == 2)
        program.press("q")
        status, output, errors = program.end()
    assert (status, errors) == (0, "")
    # One before and one after, and none of the time between.
    assert output.startswith("Heel raises: 2 reps (both legs 2)")
    cues = [json.loads(line)["cue"] for line in told.read_text(encoding="utf-8").splitlines()]
    assert "camera_back" in cues[cues.index(cue) :]
