from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from posecoach.feedback.cue import fit_cue
from posecoach.feedback.geometry import Rect
from posecoach.feedback.layout import Arranger
from posecoach.feedback.theme import Sizes
from posecoach.feedback.wording import catalogue, explanation, known_ids, phrase, wording_of

EXERCISES = sorted((Path(__file__).parents[2] / "exercises").glob("*.toml"))
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
    "leaning_forward",
    "leg_drifted",
    "other_leg_up",
    "leg_too_low",
    "not_lying",
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
    "get_ready",
    "step_back",
    "turned_away",
    "low_visibility",
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
    "good_rep",
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
