from __future__ import annotations

import numpy as np
import pytest

from posecoach.errors import PosecoachError
from posecoach.feedback.keys import Key
from posecoach.feedback.picker import Picker, PickerItem
from posecoach.feedback.theme import RIGHT


def items(count: int) -> list[PickerItem]:
    return [PickerItem(f"id{i}", f"Exercise {i}", "10 a leg, slowly") for i in range(1, count + 1)]


def chosen_row(image: np.ndarray) -> int:
    """The middle row of the highlighted line."""
    rows = np.flatnonzero((image == RIGHT).all(axis=2).sum(axis=1) > image.shape[1] // 8)
    return int(rows.mean())


def test_arrows_move_and_wrap_and_enter_chooses() -> None:
    picker = Picker(items(3))
    assert picker.handle(Key.DOWN) is None
    assert picker.handle(Key.ENTER) == "id2"
    picker.handle(Key.UP)
    picker.handle(Key.UP)
    assert picker.handle(Key.ENTER) == "id3"


def test_a_digit_chooses_its_line_if_there_is_one() -> None:
    picker = Picker(items(3))
    assert picker.handle(Key.DIGIT_2) == "id2"
    assert picker.handle(Key.DIGIT_9) is None
    assert picker.selected.id == "id2"


def test_other_keys_choose_nothing() -> None:
    assert Picker(items(3)).handle(Key.MIRROR) is None


def test_a_click_chooses_the_line_under_it_and_none_beside() -> None:
    picker = Picker(items(3))
    image = np.full((720, 1280, 3), 80, np.uint8)
    picker.handle(Key.DOWN)
    y = chosen_row(picker.draw(image))
    picker.handle(Key.UP)
    picker.draw(image)
    assert picker.click(640, y) == "id2"
    assert picker.click(2, 2) is None


@pytest.mark.parametrize("size", [(320, 240), (640, 480), (480, 853)])
def test_a_long_list_scrolls_so_that_the_selection_is_in_view(size: tuple[int, int]) -> None:
    picker = Picker(items(19))
    image = np.full((size[1], size[0], 3), 80, np.uint8)
    for _ in range(38):
        row = chosen_row(picker.draw(image))
        assert picker.click(size[0] // 2, row) == picker.selected.id
        picker.handle(Key.DOWN)


def test_the_camera_picture_is_left_as_it_is() -> None:
    image = np.full((480, 640, 3), 80, np.uint8)
    drawn = Picker(items(3)).draw(image)
    assert (image == 80).all()
    assert drawn.shape == image.shape
    assert not np.array_equal(drawn, image)


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(PosecoachError, match="no exercises"):
        Picker([])
