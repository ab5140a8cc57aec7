"""``posecoach live``: real processes, a real screen, a clip and a network camera."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from screens import eventually
from streams import Stream, jpeg

from posecoach.checkers import load_all

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Xvfb and xdotool are for Linux"
)

Run = Callable[..., Any]
EXERCISES = list(load_all().values())
RED, BLUE = (200, 20, 20), (20, 20, 200)
WIDTH, HEIGHT = 640, 480


def halves(blink: int) -> np.ndarray:
    """Left half red, right half blue; at the lower edge something that moves."""
    image = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    image[:, : WIDTH // 2], image[:, WIDTH // 2 :] = RED, BLUE
    image[-40:, 300:340] = blink
    return image


@pytest.fixture
def camera() -> Iterator[Stream]:
    """A network camera that looks at an empty room."""
    with Stream([jpeg(halves(blink)) for blink in (0, 80, 160, 240)], fps=20) as stream:
        yield stream


@pytest.fixture
def coached(run: Run, camera: Stream) -> Any:
    """A program that coaches from that camera and shows its picture."""
    program = run("live", "heel_raises", "--no-setup", "--camera", camera.url)
    program.wait_for_window()
    assert program.sees(shows("mirrored"))
    return program


def shows(how: str) -> Callable[[np.ndarray], bool]:
    """Whether the camera's picture is on the screen, mirrored, plain or dimmed."""

    def check(screen: np.ndarray) -> bool:
        # Beside the upper right corner, where the overlay puts nothing first.
        left, right = screen[4, 4].astype(int), screen[4, WIDTH - 5].astype(int)
        bright = max(*left, *right)
        if how == "dimmed":
            return 40 < bright < 120
        wanted = (BLUE, RED) if how == "mirrored" else (RED, BLUE)
        seen = np.abs(left - wanted[0]).max(), np.abs(right - wanted[1]).max()
        return max(seen) < 40

    return check


def card(screen: np.ndarray) -> np.ndarray:
    """The part of the screen in which nothing of the camera's picture moves."""
    return screen[: HEIGHT - 60, :WIDTH].copy()


def differs(before: np.ndarray) -> Callable[[np.ndarray], bool]:
    """Whether the screen shows something else than ``before``."""
    return lambda picture: bool(np.abs(card(picture).astype(int) - before).max() > 60)


def is_(before: np.ndarray) -> Callable[[np.ndarray], bool]:
    """Whether the screen shows the same as ``before``."""
    return lambda picture: not differs(before)(picture)


def test_a_clip_at_real_speed_is_counted_and_its_recording_gives_the_same(
    run: Run, clips: Path, tmp_path: Path
) -> None:
    recorded = tmp_path / "raw.mp4"
    clip = clips / "hr_side_r_mixed.mp4"
    landmarks, log = tmp_path / "raw.landmarks", tmp_path / "events.jsonl"
    options = ("--no-setup", "--camera", str(clip), "--record", str(recorded))
    options += ("--landmarks", str(landmarks), "--events", str(log), "--height", "181.7")
    program = run("live", "heel_raises", *options)
    status, output, errors = program.end()
    assert (status, errors) == (0, "")
    assert "Heel raises: 4 reps (both legs 4)" in output
    assert str(recorded) in output

    again = run("replay", str(recorded), "--exercise", "heel_raises", "--json", "-")
    status, output, errors = again.end()
    assert (status, errors) == (0, "")
    result = json.loads(output)
    assert result["summary"]["reps"] == {"total": 4, "left": 0, "right": 0, "both": 4}
    # Neither drawn on nor cut: the clip's own size, and its own length in seconds.
    assert (result["clip"]["width"], result["clip"]["height"]) == (640, 480)
    assert result["clip"]["seconds"] == pytest.approx(20.2, abs=0.3)

    # Landmarks alone give every event again, at the same frame.
    status, output, errors = run("replay", str(landmarks), "--json", "-").end()
    assert (status, errors) == (0, "")
    again = [(e["t_s"], e["event"], e["side"]) for e in json.loads(output)["events"]]
    events = [json.loads(line) for line in log.read_text().splitlines()]
    assert again == [(e["t_s"], e["event"], e["side"]) for e in events]
    assert [name for _, name, _ in again].count("rep_counted") == 4


def test_keys_change_what_is_shown(coached: Any, screen: Any) -> None:
    start = card(screen.picture())
    coached.press("space")
    assert coached.sees(differs(start))
    coached.press("space")
    assert coached.sees(is_(start))
    coached.press("s")
    assert coached.sees(differs(start))
    left = card(screen.picture())
    coached.press("s")
    assert coached.sees(differs(left))
    coached.press("s")  # as seen, as it was at first
    assert coached.sees(is_(start))
    coached.press("m")
    assert coached.sees(shows("plain"))
    coached.press("m")
    assert coached.sees(shows("mirrored"))
    coached.press("n")
    assert coached.sees(differs(start))
    coached.press("q")
    status, output, errors = coached.end()
    assert (status, errors) == (0, "")
    ids = [each.id for each in EXERCISES]
    assert output.startswith(EXERCISES[ids.index("heel_raises") + 1].name + ":")


def test_r_starts_over_and_keeps_what_was_counted(run: Run, clips: Path, tmp_path: Path) -> None:
    log = tmp_path / "events.jsonl"
    clip = str(clips / "hr_side_r_mixed.mp4")
    program = run("live", "heel_raises", "--no-setup", "--camera", clip, "--events", str(log))
    program.wait_for_window()
    counted = '"event": "rep_counted"'
    assert eventually(lambda: log.exists() and counted in log.read_text(encoding="utf-8"))
    before = log.read_text(encoding="utf-8").count(counted)
    program.press("r")
    # One may fall between the look and the key; the one after it is of the second set.
    assert eventually(lambda: log.read_text(encoding="utf-8").count(counted) > before + 1)
    program.press("q")
    status, output, errors = program.end()
    assert (status, errors) == (0, "")
    sets = re.findall(r"^Heel raises: ([1-4]) reps? \(both legs", output, re.MULTILINE)
    assert len(sets) == 2
    assert int(sets[0]) >= before
    assert sum(map(int, sets)) == log.read_text(encoding="utf-8").count(counted)


def test_the_close_button_ends_it(coached: Any) -> None:
    coached.close_window()
    status, output, errors = coached.end()
    assert (status, errors) == (0, "")
    assert "Heel raises: 0 reps" in output


def test_ctrl_c_keeps_what_there_is(run: Run, camera: Stream, tmp_path: Path) -> None:
    recorded = tmp_path / "raw.mp4"
    program = run("live", "heel_raises", "--camera", camera.url, "--record", str(recorded))
    program.wait_for_window()
    assert program.sees(shows("mirrored"))
    program.interrupt()
    status, output, errors = program.end()
    assert (status, errors) == (0, "")
    assert "Heel raises: 0 reps" in output
    with av.open(str(recorded)) as container:
        first = next(container.decode(video=0)).to_ndarray(format="rgb24")
    # As the camera saw it, not as the mirror showed it.
    assert first[100, 100, 0] > 150
    assert first[100, 500, 2] > 150


def test_a_camera_that_stops_is_said_and_taken_up_again(coached: Any, camera: Stream) -> None:
    camera.stop()
    assert coached.sees(shows("dimmed"))
    coached.press("m")
    camera.start()
    assert coached.sees(shows("plain"))
    camera.stop()
    assert coached.sees(shows("dimmed"))
    coached.press("q")
    status, output, errors = coached.end()
    assert (status, errors) == (0, "")
    assert "Heel raises: 0 reps" in output


def test_a_silent_camera_is_said(coached: Any, camera: Stream) -> None:
    camera.silent = True
    assert coached.sees(shows("dimmed"))
    camera.silent = False
    assert coached.sees(shows("mirrored"))
    coached.press("Escape")
    assert coached.end()[0] == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["heel_raises", "--camera", "99"], "camera 99"),
        (["heel_raises", "--camera", "no_such.mp4"], "no_such.mp4"),
        (["heel_raise", "--camera", "99"], "heel_raises"),
        (["heel_raises", "--record", "nowhere/raw.mp4"], "nowhere"),
        (["heel_raises", "--model", "no_such.task"], "no_such.task"),
        (["heel_raises", "--feet", "out"], "--feet"),
    ],
)
def test_what_cannot_be_is_said_on_one_line(run: Run, arguments: list[str], says: str) -> None:
    status, output, errors = run("live", *arguments).end()
    assert status in (1, 2)
    assert output == ""
    assert errors.count("\n") == 1
    assert says in errors


def test_without_a_display_it_says_so_and_does_not_abort(run: Run, clips: Path) -> None:
    clip = clips / "hr_side_r_mixed.mp4"
    program = run("live", "heel_raises", "--camera", str(clip), visible=False)
    status, output, errors = program.end()
    assert (status, output) == (1, "")
    assert errors.count("\n") == 1
    assert "DISPLAY is not set" in errors


@pytest.mark.parametrize(
    ("visible", "why"), [(False, "DISPLAY is not set"), (True, "There is no camera 0")]
)
def test_without_a_screen_or_a_camera_posecoach_coaches_the_demo(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, visible: bool, why: str
) -> None:
    if visible and Path("/dev/video0").exists():
        pytest.skip("this machine has a camera")
    monkeypatch.chdir(tmp_path)
    program = run(visible=visible)
    first = [program.process.stdout.readline() for _ in range(2)]
    assert why in first[0]
    assert "demo clip" in first[1]
    # The demo itself has tests of its own; here it only has to be on its way.
    assert eventually(lambda: any(path.suffix == ".part" for path in tmp_path.iterdir()))
    program.interrupt()
    status, output, errors = program.end()
    assert status == 0
    assert output.startswith("Heel raises: ")
    assert "Traceback" not in errors
