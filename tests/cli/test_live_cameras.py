"""Cameras as they are, in whole runs: switched, slow to start, slow, dark, named wrongly."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from screens import eventually
from streams import Stream, jpeg, pictures_of

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Xvfb and xdotool are for Linux"
)

Run = Callable[..., Any]
RED, BLUE = 0, 2
WIDTH, HEIGHT = 640, 480


def room(channel: int, blink: int) -> np.ndarray:
    """An empty room in one colour; at the lower edge something that moves."""
    image = np.full((HEIGHT, WIDTH, 3), 20, np.uint8)
    image[:, :, channel] = 200
    image[-40:, 300:340] = blink
    return image


def pictures(channel: int) -> list[bytes]:
    return [jpeg(room(channel, blink)) for blink in (0, 80, 160, 240)]


@pytest.fixture
def red() -> Iterator[Stream]:
    with Stream(pictures(RED), fps=20) as stream:
        yield stream


@pytest.fixture
def blue() -> Iterator[Stream]:
    with Stream(pictures(BLUE), fps=20) as stream:
        yield stream


def is_(channel: int) -> Callable[[np.ndarray], bool]:
    """Whether that room is on the screen, bright."""

    def check(screen: np.ndarray) -> bool:
        # The upper right corner, where the overlay puts nothing first.
        pixel = screen[4, WIDTH - 5].astype(int)
        return bool(pixel[channel] > 150 and pixel[2 - channel] < 80)

    return check


def said(path: Path) -> list[str]:
    """The cues of a transcript, in order."""
    return [json.loads(line)["cue"] for line in path.read_text(encoding="utf-8").splitlines()]


def test_c_goes_on_to_the_next_camera_and_round(
    run: Run, red: Stream, blue: Stream, tmp_path: Path
) -> None:
    told = tmp_path / "said.jsonl"
    cameras = ("--camera", red.url, "--camera", blue.url)
    program = run(
        "live", "heel_raises", "--no-setup", *cameras, "--mute", "--transcript", str(told)
    )
    program.wait_for_window()
    assert program.sees(is_(RED))
    program.press("c")
    assert program.sees(is_(BLUE))
    program.press("c")
    assert program.sees(is_(RED))
    program.press("q")
    status, output, errors = program.end()
    assert (status, errors) == (0, "")
    assert output.startswith("Heel raises: 0 reps")
    assert "not switched to" not in output
    cues = [cue for cue in said(told) if cue.startswith("camera_")]
    assert [cue for cue in cues if cue in ("camera_switching", "camera_changed")] == [
        *("camera_switching", "camera_changed"),
        *("camera_switching", "camera_changed"),
    ]


def test_a_switch_to_what_does_not_work_goes_back_and_says_why(
    run: Run, red: Stream, tmp_path: Path
) -> None:
    told = tmp_path / "said.jsonl"
    cameras = ("--camera", red.url, "--camera", "no_such_clip.mp4")
    program = run(
        "live", "heel_raises", "--no-setup", *cameras, "--mute", "--transcript", str(told)
    )
    program.wait_for_window()
    assert program.sees(is_(RED))
    before = program._screen.picture()
    program.press("c")
    # The picture goes on, and a panel says what became of it.
    assert program.sees(
        lambda now: (
            is_(RED)(now) and (now[: HEIGHT - 60, :WIDTH] != before[: HEIGHT - 60, :WIDTH]).any()
        )
    )
    program.press("q")
    status, output, errors = program.end()
    assert (status, errors) == (0, "")
    assert "The other camera was not switched to." in output
    assert "no_such_clip.mp4" in output
    assert "camera_refused" in said(told)


def test_a_camera_that_starts_slowly_is_waited_for_in_words(
    run: Run, red: Stream, tmp_path: Path
) -> None:
    red.wait_s = 4.0
    told = tmp_path / "said.jsonl"
    options = ("--camera", red.url, "--mute", "--transcript", str(told))
    program = run("live", "heel_raises", "--no-setup", *options)
    program.wait_for_window()
    # Big letters on black: a panel of its own colour, and words in it.
    assert program.sees(lambda now: 0.01 < (now[:HEIGHT, :WIDTH].max(axis=2) > 150).mean() < 0.3)
    assert not is_(RED)(program._screen.picture())
    assert program.sees(is_(RED))
    program.press("q")
    status, _, errors = program.end()
    assert (status, errors) == (0, "")
    cues = said(told)
    assert "camera_opening" in cues
    # It was not lost: there is nothing to be back.
    assert "camera_back" not in cues


def said_over(run: Run, source: Stream, pictures: int, told: Path) -> list[str]:
    """What is said to a camera's pictures, once it has sent so many."""
    with source as camera:
        options = ("--camera", camera.url, "--mute", "--transcript", str(told))
        program = run("live", "heel_raises", "--no-setup", *options)
        program.wait_for_window()
        assert eventually(lambda: camera.sent > pictures)
        program.press("q")
        status, _, errors = program.end()
    assert (status, errors) == (0, "")
    return said(told)


def test_too_few_pictures_are_told_once(run: Run, clips: Path, tmp_path: Path) -> None:
    # Every fourth picture of 24 a second, with somebody in it.
    slow = Stream(pictures_of(clips / "hr_front.mp4", 0.0, 10.0)[::4], fps=6)
    cues = said_over(run, slow, 50, tmp_path / "said.jsonl")
    assert cues.count("camera_slow") == 1
    assert "machine_slow" not in cues


def test_the_dark_is_told_once(run: Run, tmp_path: Path) -> None:
    night = [jpeg(np.full((HEIGHT, WIDTH, 3), 8 + i, np.uint8)) for i in (0, 4, 8)]
    cues = said_over(run, Stream(night, fps=20), 100, tmp_path / "said.jsonl")
    assert cues.count("too_dark") == 1


@pytest.mark.parametrize(
    ("camera", "says"),
    [
        ("Front door", "no camera, clip or address called 'Front door'"),
        ("no_such.mp4", "no_such.mp4"),
        ("93", "There is no camera 93"),
    ],
)
def test_a_camera_that_is_not_there_is_one_line(run: Run, camera: str, says: str) -> None:
    status, output, errors = run("live", "heel_raises", "--camera", camera).end()
    assert (status, output) == (1, "")
    assert errors.count("\n") == 1
    assert says in errors
