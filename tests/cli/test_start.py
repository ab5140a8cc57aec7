"""``posecoach`` and ``posecoach start``: choosing by keys and clicks, on a real screen."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from screens import eventually
from streams import Stream, jpeg

from posecoach.checkers import load_all
from posecoach.cli.picking import items_of
from posecoach.feedback.picker_layout import places_of
from posecoach.feedback.theme import PANEL, RIGHT, Sizes

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Xvfb and xdotool are for Linux"
)

Run = Callable[..., Any]
WIDTH, HEIGHT = 640, 480
ITEMS = items_of(load_all())
PLACES = places_of(Sizes.of(WIDTH, HEIGHT))
BARE = """
format = 1
id = "bare"
name = "Without an end"
summary = "Rises as long as you like."
kind = "reps"
[dose]
text = "as many as you like"
[view]
needs = ["hip", "knee", "ankle", "heel", "foot_index"]
advice = "From the side."
"""


@pytest.fixture(scope="module")
def camera() -> Iterator[Stream]:
    """A network camera that looks at an empty room."""
    pictures = []
    for blink in (0, 80, 160, 240):
        image = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
        image[:8, :8] = blink
        pictures.append(jpeg(image))
    with Stream(pictures, fps=20) as stream:
        yield stream


@pytest.fixture
def config(tmp_path: Path, camera: Stream) -> Path:
    """A config folder whose settings name that camera."""
    file = tmp_path / "config" / "posecoach" / "settings.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f'camera = "{camera.url}"\nvoice = false\n', encoding="utf-8")
    return tmp_path / "config"


@pytest.fixture
def begun(run: Run, config: Path, tmp_path: Path) -> Callable[..., Any]:
    """`begun(*arguments)`: a program that shows its choice."""

    def start(*arguments: str) -> Any:
        environment = {"XDG_CONFIG_HOME": str(config), "XDG_STATE_HOME": str(tmp_path / "state")}
        program = run(*arguments, **environment)
        program.wait_for_window()
        assert program.sees(choosing)
        return program

    return start


def tile(picture: np.ndarray) -> np.ndarray:
    place = PLACES.chosen
    return picture[place.y : place.bottom, place.x : place.right].astype(int)


def choosing(picture: np.ndarray) -> bool:
    """Whether the large tile with its blue frame is on the screen."""
    frame = tile(picture)[4, 40:-40]
    return bool((np.abs(frame - RIGHT).max(axis=1) < 8).all())


def differs(before: np.ndarray) -> Callable[[np.ndarray], bool]:
    return lambda picture: bool(np.abs(tile(picture) - tile(before)).max() > 60)


def coaching(picture: np.ndarray) -> bool:
    """Whether the choice is over."""
    return not choosing(picture)


def result_card(picture: np.ndarray) -> bool:
    """Whether a panel with few words covers nearly all of the camera's picture."""
    inside = picture[40 : HEIGHT - 40, 40 : WIDTH - 40].astype(int)
    return bool((np.abs(inside - PANEL).max(axis=2) < 24).mean() > 0.7)


def recent(tmp_path: Path) -> list[list[str]]:
    file = tmp_path / "state" / "posecoach" / "recent.json"
    return json.loads(file.read_text(encoding="utf-8"))["recent"] if file.exists() else []


@pytest.mark.parametrize(
    ("steps", "chosen"),
    [
        # One at a time: of two keys within a few milliseconds OpenCV hands on the last.
        (["Down", "Right", "Up", "Return"], ITEMS[1]),
        (["7"], ITEMS[6]),
        ([(PLACES.after.x + 30, PLACES.after.y + 20)], ITEMS[1]),
    ],
    ids=["arrows", "number", "click"],
)
def test_without_arguments_it_asks_and_coaches_what_was_chosen(
    begun: Callable[..., Any], screen: Any, tmp_path: Path, steps: list[Any], chosen: Any
) -> None:
    program = begun()
    for step in steps:
        before = screen.picture().copy()
        program.press(step) if isinstance(step, str) else program.click(*step)
        assert program.sees(differs(before))
    assert program.sees(coaching)
    assert recent(tmp_path) == [[chosen.kind, chosen.id]]
    program.press("q")
    status, output, errors = program.end()
    assert (status, errors) == (0, "")
    assert output.startswith(f"{chosen.title}: ")
    assert "not begun" in output


def test_p_leads_back_and_what_was_done_last_comes_first(
    begun: Callable[..., Any], screen: Any, tmp_path: Path
) -> None:
    program = begun("start")
    first = screen.picture().copy()
    program.press("9")
    assert program.sees(coaching)
    program.press("p")
    assert program.sees(choosing)
    assert differs(first)(screen.picture())
    # Who presses it once more has arrived already.
    program.press("p")
    program.press("Return")
    assert program.sees(coaching)
    program.press("p")
    assert program.sees(choosing)
    program.press("2")
    assert program.sees(coaching)
    program.press("Escape")
    status, output, errors = program.end()
    assert (status, errors) == (0, "")
    # Twice the ninth, and then the second: the first one of all, which the ninth went before.
    titles = [line.partition(":")[0] for line in output.splitlines() if line[0] != " "]
    assert titles == [ITEMS[8].title, ITEMS[8].title, ITEMS[0].title]
    kept = [[ITEMS[0].kind, ITEMS[0].id], [ITEMS[8].kind, ITEMS[8].id]]
    assert recent(tmp_path) == kept


def test_the_heel_raise_test_is_among_it_and_leads_back(
    begun: Callable[..., Any], screen: Any, tmp_path: Path
) -> None:
    file = tmp_path / "state" / "posecoach" / "recent.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"format": 1, "recent": [["test", "heel_raise_test"]]}', encoding="utf-8")
    log = tmp_path / "events.jsonl"
    program = begun("start", "--events", str(log), "--age", "45", "--sex", "f")

    def told(event: str) -> int:
        return log.read_text(encoding="utf-8").count(f'"{event}"') if log.exists() else 0

    program.press("Return")
    for number, event in enumerate(("rest_ended", "leg_ended", "rest_ended", "leg_ended")):
        assert eventually(lambda n=number: told("rest_started") > n // 2)
        program.press("n")
        assert eventually(lambda event=event, n=number: told(event) > n // 2)
    assert told("test_finished")
    assert program.sees(result_card)
    program.press("p")
    assert program.sees(choosing)
    program.press("2")
    assert program.sees(coaching)
    program.press("q")
    status, output, errors = program.end()
    assert (status, errors) == (0, "")
    assert output.splitlines()[:2] == [
        "Heel-raise test",
        "  Left leg: 0 reps. Ended before its end",
    ]
    assert "  Healthy women of 40 to 49: 24 reps at the median" in output
    assert recent(tmp_path) == [[ITEMS[0].kind, ITEMS[0].id], ["test", "heel_raise_test"]]


@pytest.mark.parametrize("how", ["Escape", "ctrl-c", "close"])
def test_it_can_be_left_without_a_choice(
    begun: Callable[..., Any], tmp_path: Path, how: str
) -> None:
    program = begun("start")
    if how == "ctrl-c":
        program.interrupt()
    elif how == "close":
        program.close_window()
    else:
        program.press(how)
    assert program.end() == (0, "", "")
    assert recent(tmp_path) == []


def test_a_file_of_last_choices_that_is_broken_is_told_once(
    begun: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "state" / "posecoach" / "recent.json"
    file.parent.mkdir(parents=True)
    file.write_text("{", encoding="utf-8")
    program = begun("start")
    program.press("1")
    assert program.sees(coaching)
    program.press("q")
    status, _, errors = program.end()
    assert status == 0
    assert errors.count("\n") == 1
    assert str(file) in errors
    assert recent(tmp_path) == [[ITEMS[0].kind, ITEMS[0].id]]


def test_what_has_no_dose_counts_until_it_is_ended(
    begun: Callable[..., Any], tmp_path: Path
) -> None:
    text = (Path(__file__).parents[2] / "exercises" / "toe_stand.toml").read_text(encoding="utf-8")
    tracks = text[text.index("[[reps.tracks]]") :].replace("hold = ", "# hold = ")
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "bare.toml").write_text(f"{BARE}\n{tracks}", encoding="utf-8")
    state = tmp_path / "state" / "posecoach" / "recent.json"
    state.parent.mkdir(parents=True)
    state.write_text('{"format": 1, "recent": [["exercise", "bare"]]}', encoding="utf-8")
    program = begun("start", "--exercises", str(folder))
    program.press("Return")
    assert program.sees(coaching)
    program.press("n")
    assert program.sees(choosing)
    program.press("q")
    status, output, errors = program.end()
    assert (status, errors) == (0, "")
    assert output.startswith("Without an end: 0 reps")


def test_an_option_goes_before_the_setting(run: Run, config: Path) -> None:
    status, output, errors = run("start", "--camera", "99", XDG_CONFIG_HOME=str(config)).end()
    assert (status, output) == (1, "")
    assert "camera 99" in errors
