"""``posecoach program``: real processes, a real screen, a clip and a network camera."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from screens import eventually
from streams import Stream, jpeg

from posecoach.checkers import load_all
from posecoach.feedback.theme import PANEL

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Xvfb and xdotool are for Linux"
)

Run = Callable[..., Any]
HEAD = """
format = 1
id = "mine"
name = "My own"
summary = "A program of one's own."

[pauses]
side_s = 60
exercise_s = 60
"""
TWO_SETS = """
[[steps]]
exercise = "heel_raises"
side = "both"
sets = 2
reps = 2
rest_s = 2.6
"""
THREE = """
[[steps]]
exercise = "heel_raises"
side = "each"
sets = 1
reps = 10

[[steps]]
exercise = "leg_up_towel"
side = "each"
sets = 2
seconds = 30

[[steps]]
exercise = "toe_walking"
sets = 1
seconds = 20
"""


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str], str]:
    """`own(steps)`: the path of a program with these steps."""

    def written(steps: str) -> str:
        path = tmp_path / "mine.toml"
        path.write_text(HEAD + steps, encoding="utf-8")
        return str(path)

    return written


@pytest.fixture
def camera() -> Iterator[Stream]:
    """A network camera that looks at an empty room."""
    images = [np.full((480, 640, 3), (120, 90, 60), np.uint8) for _ in range(4)]
    for blink, image in enumerate(images):
        image[-40:, 300:340] = 80 * blink
    with Stream([jpeg(image) for image in images], fps=20) as stream:
        yield stream


@pytest.fixture
def guided(run: Run, camera: Stream, own: Callable[[str], str], tmp_path: Path) -> Any:
    options = ("--no-setup", "--camera", camera.url)
    program = run("program", own(THREE), *options, "--landmarks", str(tmp_path / "g.landmarks"))
    program.wait_for_window()
    # The bar above the picture, which single exercises do not have.
    assert program.sees(lambda screen: np.abs(screen[2, 2].astype(int) - PANEL).max() < 6)
    return program


def still(screen: np.ndarray) -> np.ndarray:
    """The part of the screen in which nothing of the camera's picture moves."""
    return screen[:460, :640].astype(int)


def differs(before: np.ndarray) -> Callable[[np.ndarray], bool]:
    return lambda screen: bool(np.abs(still(screen) - before).max() > 60)


def is_(before: np.ndarray) -> Callable[[np.ndarray], bool]:
    return lambda screen: not differs(before)(screen)


def test_a_program_is_done_from_start_to_end_and_nothing_counts_in_its_rest(
    run: Run, clips: Path, tmp_path: Path, own: Callable[[str], str]
) -> None:
    recorded = tmp_path / "raw.mp4"
    clip = str(clips / "hr_side_r_mixed.mp4")
    options = ("--no-setup", "--camera", clip, "--record", str(recorded))
    program = run("program", own(TWO_SETS), *options)
    status, output, errors = program.end()
    assert (status, errors) == (0, "")
    lines = output.splitlines()
    assert lines[0] == "My own: done"
    assert lines[1] == "  Heel raises: 4 reps (both legs 4)"
    # Of two shallow tries in the clip one falls into the rest. The other is so low that a
    # dropped frame may hide it.
    assert "tries did not count" not in output
    assert f"Recorded in {recorded}" in lines
    assert recorded.stat().st_size > 10_000


def test_keys_skip_pause_and_leave_out_and_all_is_said_at_the_end(
    guided: Any, screen: Any, run: Run, tmp_path: Path
) -> None:
    work = still(screen.picture())
    guided.press("space")
    assert guided.sees(differs(work))
    guided.press("space")
    assert guided.sees(is_(work))
    guided.press("n")  # the change of sides, which counts down
    assert guided.sees(differs(work))
    rest = still(screen.picture())
    assert guided.sees(differs(rest))
    guided.press("n")  # the right leg
    assert guided.sees(lambda picture: differs(work)(picture) and differs(rest)(picture))
    guided.press("Right")  # get ready for the next exercise
    guided.press("q")
    status, output, errors = guided.end()
    assert (status, errors) == (0, "")
    assert output.splitlines()[0] == "My own: 0 of 3 exercises done"
    assert "  Heel raises: skipped" in output
    assert re.search(r"^  Toe walking: not begun$", output, re.MULTILINE)

    # Landmarks and keys were recorded, and tell the same.
    recorded = str(tmp_path / "g.landmarks")
    assert f"Landmarks in {recorded}\n" in output
    status, again, errors = run("replay", recorded).end()
    assert (status, errors) == (0, "")
    assert output.startswith(again)


def test_at_the_end_what_was_done_stays_on_the_screen(guided: Any, screen: Any) -> None:
    for _ in range(3):
        before = still(screen.picture())
        guided.press("Right")
        assert guided.sees(differs(before))

    def stays() -> bool:
        # Without the program's bar the camera's moving edge is higher up.
        end = still(screen.picture())[:430]
        time.sleep(0.5)
        return bool(np.abs(still(screen.picture())[:430] - end).max() <= 60)

    assert eventually(stays)
    guided.press("n")
    guided.press("q")
    status, output, errors = guided.end()
    assert (status, errors) == (0, "")
    assert [line.split(": ")[1] for line in output.splitlines()[1:4:2]] == ["skipped"] * 2


def test_ctrl_c_and_the_close_button_keep_what_was_done(guided: Any) -> None:
    guided.interrupt()
    status, output, errors = guided.end()
    assert (status, errors) == (0, "")
    assert output.splitlines()[:2] == [
        "My own: 0 of 3 exercises done",
        "  Heel raises: not begun",
    ]
    assert "What kept the camera from seeing it: step into view" in output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["short_fiv"], "did you mean 'short_five'?"),
        (["heel_raises"], "posecoach live heel_raises"),
        (["no_such.toml"], "no_such.toml: cannot be read"),
    ],
)
def test_what_cannot_be_is_said_on_one_line(run: Run, arguments: list[str], says: str) -> None:
    status, output, errors = run("program", *arguments).end()
    assert status in (1, 2)
    assert output == ""
    assert errors.count("\n") == 1
    assert says in errors


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--camera", "99"], "camera 99"),
        (["--record", "nowhere/raw.mp4"], "nowhere"),
        (["--model", "no_such.task"], "no_such.task"),
        (["--height", "1.8"], "centimetres"),
    ],
)
def test_a_wrong_option_is_said_on_one_line(
    run: Run, own: Callable[[str], str], options: list[str], says: str
) -> None:
    status, output, errors = run("program", own(TWO_SETS), *options).end()
    assert status in (1, 2)
    assert output == ""
    assert errors.count("\n") == 1
    assert says in errors


def test_a_mistake_in_a_program_names_file_key_and_remedy(
    run: Run, own: Callable[[str], str]
) -> None:
    path = own(TWO_SETS.replace("heel_raises", "heel_rases"))
    status, output, errors = run("program", path).end()
    assert (status, output) == (1, "")
    assert errors.startswith(f"posecoach: {path}: steps.1.exercise: ")
    assert "did you mean 'heel_raises'?" in errors


def test_without_a_display_it_says_so_and_does_not_abort(
    run: Run, clips: Path, own: Callable[[str], str]
) -> None:
    clip = clips / "hr_side_r_mixed.mp4"
    program = run("program", own(TWO_SETS), "--camera", str(clip), visible=False)
    status, output, errors = program.end()
    assert (status, output) == (1, "")
    assert errors.count("\n") == 1
    assert "DISPLAY is not set" in errors


def test_a_shipped_program_starts_or_says_which_exercise_is_missing(
    run: Run, camera: Stream
) -> None:
    program = run("program", "short_five", "--camera", camera.url)
    if "toe_curls" in load_all():
        program.wait_for_window()
        # A key that comes before the first picture may be lost.
        assert program.sees(lambda screen: np.abs(screen[2, 2].astype(int) - PANEL).max() < 6)
        program.press("q")
        status, output, errors = program.end()
        assert (status, errors) == (0, "")
        assert output.startswith("Short five: 0 of 5 exercises done\n")
    else:
        status, output, errors = program.end()
        assert (status, output) == (1, "")
        assert "no exercise is called 'toe_curls'" in errors
