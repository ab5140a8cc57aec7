from __future__ import annotations

import pytest

from posecoach.feedback.camera_notes import FEW_FPS, CameraNotes
from posecoach.feedback.wording import phrase


def watched(
    notes: CameraNotes,
    seconds: float,
    fps: float,
    *,
    given: float | None = None,
    begin_s: float = 0.0,
    brightness: float = 90.0,
    here: bool = True,
) -> list[str]:
    """What is said while so many frames are watched of as many, or more, that are given."""
    said: list[str] = []
    for i in range(round(seconds * fps) + 1):
        time_s = begin_s + i / fps
        said += notes.frame(time_s, round(time_s * (given or fps)), brightness, here)
    return said


@pytest.mark.parametrize("fps", [30.0, 24.0, 15.0, FEW_FPS])
def test_a_camera_that_is_quick_enough_is_not_mentioned(fps: float) -> None:
    notes = CameraNotes()
    assert watched(notes, 20, fps) == []
    assert (notes.notice, notes.remark) == (None, None)


@pytest.mark.parametrize("fps", [10.0, 7.5, 5.0, 2.0])
def test_a_slow_camera_is_told_of_once(fps: float) -> None:
    notes = CameraNotes()
    assert watched(notes, 30, fps) == ["camera_slow"]
    # Shown for a while, not for good.
    assert notes.remark is None


def test_a_slow_machine_is_not_the_cameras_fault() -> None:
    assert watched(CameraNotes(), 10, 7, given=30) == ["machine_slow"]


def test_without_anybody_few_pictures_harm_nobody() -> None:
    assert watched(CameraNotes(), 20, 5, here=False) == []


def test_it_is_told_again_when_it_was_well_in_between() -> None:
    notes = CameraNotes()
    assert watched(notes, 10, 6) == ["camera_slow"]
    assert watched(notes, 10, 30, begin_s=10.1, given=30) == []
    assert watched(notes, 10, 6, begin_s=20.2) == ["camera_slow"]


def test_a_pause_between_frames_is_no_slowness() -> None:
    notes = CameraNotes()
    assert watched(notes, 5, 30) == []
    # The window was moved for a second.
    assert watched(notes, 5, 30, begin_s=6.0) == []


def test_the_dark_is_told_once_and_again_after_light() -> None:
    notes = CameraNotes()
    assert watched(notes, 1.5, 30, brightness=10) == []
    assert watched(notes, 20, 30, begin_s=1.6, brightness=10) == ["too_dark"]
    assert watched(notes, 3, 30, begin_s=22, brightness=80) == []
    assert watched(notes, 3, 30, begin_s=26, brightness=10) == ["too_dark"]


def test_trouble_is_told_once_and_that_it_is_over() -> None:
    notes = CameraNotes()
    watched(notes, 1, 30)
    said = [cue for _ in range(9) for cue in notes.silence("running", 0.5)]
    assert (said, notes.notice) == ([], None)
    said = [cue for _ in range(9) for cue in notes.silence("stalled", 2.0)]
    said += [cue for _ in range(9) for cue in notes.silence("reconnecting", 5.0)]
    assert said == ["camera_stalled", "camera_reconnecting"]
    assert notes.notice == "camera_reconnecting"
    assert notes.frame(9.0, 40, 90.0, True) == ["camera_back"]
    assert (notes.notice, notes.remark) == (None, "camera_back")
    assert notes.frame(9.1, 41, 90.0, True) == []


def test_a_slow_start_is_told_and_after_a_while_what_to_look_at() -> None:
    notes = CameraNotes()
    said = [cue for i in range(60) for cue in notes.silence("opening", i / 10)]
    assert said == ["camera_opening", "camera_late"]
    # It was never away.
    assert notes.frame(0.0, 1, 90.0, False) == []


def test_a_change_of_camera_is_not_a_loss() -> None:
    notes = CameraNotes()
    watched(notes, 1, 30)
    assert notes.frame(1.1, 34, 90.0, True, ["camera_switching"]) == ["camera_switching"]
    assert notes.remark == "camera_switching"
    assert notes.silence("changed", 0.1) == ["camera_changed"]
    assert notes.frame(3.0, 60, 90.0, True) == []
    assert notes.remark is None


def test_a_camera_that_is_there_at_once_is_told_of_after_the_switch_to_it() -> None:
    notes = CameraNotes()
    watched(notes, 1, 30)
    said = notes.silence("changed", 0.1, ["camera_switching"])
    assert said == ["camera_switching", "camera_changed"]
    # The switch is over: nothing of it is left beside the new picture.
    assert notes.frame(3.0, 60, 90.0, True) == []
    assert notes.remark is None


def test_every_cue_has_words() -> None:
    ids = ["opening", "late", "changed", "stalled", "reconnecting", "back", "slow"]
    ids += ["switching", "alone", "refused"]
    cues = [*(f"camera_{each}" for each in ids), "machine_slow", "too_dark"]
    words = [phrase(cue) for cue in cues]
    assert len(set(words)) == len(words)
    assert all(2 <= len(each.split()) <= 6 for each in words)
