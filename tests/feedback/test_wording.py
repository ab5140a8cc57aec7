from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest

from posecoach.checkers import load_all
from posecoach.checkers.cues import cues_of
from posecoach.checkers.results import BodySide, Direction
from posecoach.checkers.walk_checker import Feet
from posecoach.feedback.cue import fit_cue
from posecoach.feedback.geometry import Rect
from posecoach.feedback.layout import Arranger
from posecoach.feedback.theme import Sizes
from posecoach.feedback.wording import catalogue, explanation, known_ids, phrase, wording_of
from posecoach.session.arm_menu import Move
from posecoach.session.gestures import Gesture
from posecoach.session.heel_raise_leg import End
from posecoach.session.program_loader import program_files
from posecoach.session.snapshot import Phase

ROOT = Path(__file__).parents[2]
EXERCISES = sorted((ROOT / "exercises").glob("*.toml"))
SIDES = ("left", "right")
MADE = {
    "state_{}": (*get_args(Phase), "paused"),
    "side_{}": get_args(BodySide),
    "way_{}": get_args(Direction),
    "feet_{}": get_args(Feet),
    "rest_{}": ("set", "side", "exercise"),
    "end_{}": get_args(End),
    "gesture_{}": get_args(Gesture),
    "pick_{}": get_args(Move),
    "now_{}": SIDES,
    "turn_{}_side": SIDES,
    "lie_head_{}": SIDES,
    "stand_on_{}": SIDES,
}
"""Ids that the code puts together, as its f-strings have them, and what goes into the braces."""
CUES = [
    "too_shallow",
    "knee_bent",
    "too_fast",
    "heels_not_down",
    "left_lower",
    "right_lower",
    "knees_instead",
    "heels_dropped",
    "standing_still",
    "feet_not_straight",
    "feet_not_out",
    "feet_not_in",
    "leg_drifted",
    "other_leg_up",
    "leg_too_low",
    "too_short",
    "nobody",
    "feet_hidden",
    "only_feet",
    "too_small",
    "too_near",
    "camera_at_feet",
    "lie_down",
    "stand_up",
    "settling",
    "step_back",
    "turned_away",
    "paused",
    "step_nearer",
    "to_the_middle",
    "turn_left_side",
    "turn_right_side",
    "lie_head_left",
    "lie_head_right",
    "more_light",
    "one_person",
    "level_camera",
    "left_view",
    "halfway",
    "last_one",
    "done",
]


@pytest.mark.parametrize("cue", CUES)
def test_every_cue_has_a_short_form_and_an_explanation(cue: str) -> None:
    known = wording_of(cue, strict=True)
    assert known.tone in ("fix", "info", "praise")
    assert len(known.say.split()) <= 6
    assert known.explain.endswith(".")
    assert explanation(cue) == known.explain


def _fault_ids(definition: dict[str, Any]) -> list[str]:
    faults = definition.get("faults", [])
    if isinstance(faults, dict):
        return list(faults)
    return [fault if isinstance(fault, str) else fault["id"] for fault in faults]


def test_every_fault_of_every_exercise_has_wording() -> None:
    missing = {
        (file.name, fault)
        for file in EXERCISES
        for fault in _fault_ids(tomllib.loads(file.read_text(encoding="utf-8")))
        if fault not in known_ids()
    }
    assert missing == set()


def _in_code() -> tuple[set[str], set[str]]:
    """All strings in the code, and all f-strings with ``{}`` for what goes into them."""
    plain, made = set(), set()
    for file in (ROOT / "posecoach").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                plain.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = (p.value if isinstance(p, ast.Constant) else "{}" for p in node.values)
                made.add("".join(map(str, parts)))
    return plain, made


def test_every_wording_is_used_and_every_made_id_is_worded() -> None:
    known = load_all()
    plain, made = _in_code()
    assert set(MADE) - made == set()
    put_together = {form.format(value) for form, values in MADE.items() for value in values}
    assert put_together - known_ids() == set()
    used = plain | put_together
    used |= {cue for each in known.values() for _, cue in cues_of(each)}
    # A condition must say why, also where it only leaves out what is another exercise.
    for file in (ROOT / "exercises").rglob("*.toml"):
        used |= set(re.findall(r'why = "(\w+)"', file.read_text(encoding="utf-8")))
    used |= {f"exercise_{each}" for each in known} | {f"program_{each}" for each in program_files()}
    assert known_ids() - used == set()


def test_an_unknown_id_shows_itself_but_fails_a_strict_test() -> None:
    assert phrase("toes_not_wiggling") == "Toes not wiggling"
    with pytest.raises(KeyError, match=r"no wording for 'toes_not_wiggling'"):
        phrase("toes_not_wiggling", strict=True)


def test_values_go_into_the_words() -> None:
    assert phrase("of_reps", target=12) == "of 12"


@pytest.mark.parametrize(
    "size", [(320, 240), (640, 480), (1280, 720), (2560, 1080), (720, 1280), (480, 640), (270, 480)]
)
def test_no_cue_is_ever_cut_short(size: tuple[int, int]) -> None:
    sizes = Sizes.of(*size)
    slots = {Rect(0, 0, int(w), int(h)) for _, _, w, h in Arranger(sizes).cue_places}
    said = [known.say for known in catalogue().values() if known.tone != "label"]
    for slot in slots:
        for text in said:
            fitted = fit_cue(text, slot.w, slot.h, sizes)
            assert " ".join(fitted.lines) == text, (slot, text)
            assert fitted.width < slot.w
            assert fitted.height < slot.h
