from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from posecoach.checkers import load_all
from posecoach.cli.picking import items_of
from posecoach.errors import PosecoachError
from posecoach.feedback.keys import Key
from posecoach.feedback.picker import Picker, PickerItem
from posecoach.feedback.picker_layout import places_of
from posecoach.feedback.picker_lines import QUIET_S, PickerCaller
from posecoach.feedback.picker_panels import Face, words_of
from posecoach.feedback.theme import RIGHT, Sizes
from posecoach.feedback.wording import LANGUAGES, phrase, use_language
from posecoach.session.arm_menu import MoveProgress

SIZES = [(320, 240), (640, 480), (1280, 720), (1920, 1080), (720, 1280), (2560, 1080)]


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


def items(count: int) -> list[PickerItem]:
    return [
        PickerItem("exercise", f"id{i}", f"Exercise {i}", "10 a leg, slowly")
        for i in range(1, count + 1)
    ]


def room(size: tuple[int, int]) -> np.ndarray:
    return np.full((size[1], size[0], 3), 80, np.uint8)


def test_arrows_move_and_wrap_and_enter_chooses() -> None:
    picker = Picker(items(3))
    chosen = picker.handle(Key.ENTER)
    assert chosen is not None
    assert chosen.id == "id1"
    assert picker.handle(Key.DOWN) is None
    assert picker.selected.id == "id2"
    picker.handle(Key.LEFT)
    picker.handle(Key.UP)
    assert picker.selected.id == "id3"
    picker.handle(Key.RIGHT)
    assert picker.selected.id == "id1"


def test_a_digit_chooses_its_item_if_there_is_one() -> None:
    picker = Picker(items(3))
    chosen = picker.handle(Key.DIGIT_2)
    assert chosen is not None
    assert chosen.id == "id2"
    assert picker.handle(Key.DIGIT_9) is None
    assert picker.selected.id == "id2"


def test_other_keys_choose_nothing() -> None:
    assert Picker(items(3)).handle(Key.MIRROR) is None


@pytest.mark.parametrize("size", SIZES)
def test_a_click_chooses_the_tile_under_it_and_none_beside(size: tuple[int, int]) -> None:
    places = places_of(Sizes.of(*size))
    for place, wanted in ((places.before, "id5"), (places.chosen, "id1"), (places.after, "id2")):
        picker = Picker(items(5))
        picker.draw(room(size))
        assert picker.click(places.legend.x + 3, places.legend.y + 3) is None
        chosen = picker.click(place.x + place.w // 2, place.y + place.h // 2)
        assert chosen is not None
        assert chosen.id == wanted


@pytest.mark.parametrize("count", [1, 2, 3])
def test_nothing_is_shown_twice(count: int) -> None:
    size = (1280, 720)
    places = places_of(Sizes.of(*size))
    drawn = Picker(items(count)).draw(room(size))
    for place, there in ((places.before, count > 1), (places.after, count > 2)):
        inside = drawn[place.y : place.bottom, place.x : place.right]
        assert bool((inside != 80).any()) == there


@pytest.mark.parametrize("size", SIZES)
def test_parts_stay_inside_and_apart(size: tuple[int, int]) -> None:
    sizes = Sizes.of(*size)
    places = places_of(sizes)
    parts = [places.title, places.before, places.chosen, places.after, places.legend]
    for i, part in enumerate(parts):
        assert part.x >= 0
        assert part.y >= 0
        assert part.right <= size[0]
        assert part.bottom <= size[1]
        assert not any(part.overlaps(other) for other in parts[i + 1 :])
    # The highlighted one is the largest by far.
    assert places.chosen.h > 2 * places.after.h
    assert places.chosen.h >= 0.30 * sizes.unit


def test_in_a_wide_picture_whoever_stands_in_its_middle_is_beside_the_tiles() -> None:
    image = room((1280, 720))
    image[100:400, 620:660] = (200, 30, 30)
    places = places_of(Sizes.of(1280, 720))
    red = (Picker(items(3)).draw(image)[200] == (200, 30, 30)).all(axis=1).nonzero()[0]
    assert red.size == 40
    assert places.chosen.right < red.min()


@pytest.mark.parametrize("size", SIZES[1::2])
@pytest.mark.parametrize("move", ["previous", "choose", "next"])
def test_a_move_fills_its_ring(size: tuple[int, int], move: str) -> None:
    picker = Picker(items(3))
    legend = places_of(Sizes.of(*size)).legend
    plain = picker.draw(room(size)).astype(int)
    blue = []
    for share in (0.3, 0.9):
        progress = MoveProgress(move, share)  # type: ignore[arg-type]
        drawn = picker.draw(room(size), progress=progress).astype(int)
        changed = np.abs(drawn - plain).max(axis=2) > 12
        columns = changed.nonzero()[1]
        third = ("previous", "choose", "next").index(move)
        assert legend.x + third * legend.w // 3 <= columns.min()
        assert columns.max() <= legend.x + (third + 1) * legend.w // 3
        blue.append(int((changed & (np.abs(drawn - RIGHT).max(axis=2) < 12)).sum()))
    assert blue[1] > 2 * blue[0]


def test_the_drawn_arms_are_where_one_s_own_are_seen() -> None:
    picker = Picker(items(1))
    legend = places_of(Sizes.of(1280, 720)).legend
    ups = []
    for mirrored in (True, False):
        drawn = picker.draw(room((1280, 720)), mirrored=mirrored)
        last = drawn[legend.y : legend.bottom, legend.x + 2 * legend.w // 3 : legend.right]
        middle = last.shape[1] / 2
        ups.append((last == RIGHT).all(axis=2).nonzero()[1].mean() - middle)
    # "Next" is the right arm: on the right of a mirror, on the left of a plain picture.
    assert ups[0] > 5
    assert ups[1] < -5


def test_who_is_not_seen_is_told_and_not_shown_what_arms_do() -> None:
    picker = Picker(items(3))
    places = places_of(Sizes.of(640, 480))
    seen, unseen = (picker.draw(room((640, 480)), seen=seen) for seen in (True, False))
    below = slice(places.legend.y, places.legend.bottom)
    assert (seen[below] != unseen[below]).any()
    assert np.array_equal(seen[: places.legend.y], unseen[: places.legend.y])
    assert not (unseen[below] == RIGHT).all(axis=2).any()


def test_a_notice_stands_for_the_question() -> None:
    picker = Picker(items(3))
    place = places_of(Sizes.of(640, 480)).title
    plain, told = picker.draw(room((640, 480))), picker.draw(room((640, 480)), notice="No picture")
    assert (plain[place.y : place.bottom] != told[place.y : place.bottom]).any()
    assert np.array_equal(plain[place.bottom :], told[place.bottom :])


def test_the_camera_picture_is_left_as_it_is() -> None:
    image = room((640, 480))
    drawn = Picker(items(3)).draw(image)
    assert (image == 80).all()
    assert drawn.shape == image.shape
    assert not np.array_equal(drawn, image)


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(PosecoachError, match="nothing to choose"):
        Picker([])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_what_ships_is_cut_and_names_are_large(
    language: str, size: tuple[int, int]
) -> None:
    use_language(language)
    found = items_of(load_all())
    assert len(found) == 23
    sizes = Sizes.of(*size)
    place = places_of(sizes).chosen
    for item in found:
        face = Face(item.title, item.line, item.time, "23 / 23", item.sketches)
        words = words_of(face, place.w, place.h, sizes)
        fitted = (words.title, words.line, words.time)
        assert [" ".join(each.lines) for each in fitted] == [item.title, item.line, item.time]
        assert words.title.height <= words.room
        # Capitals of 7.7 minutes of arc at three metres, in portrait pictures of 5.9.
        least = 0.056 if size[0] > size[1] else 0.043
        assert words.title.size >= round(least * sizes.unit), item.title
        bottom = words.top + words.title.height + words.gap + words.line.height
        assert bottom + words.gap // 2 + words.time.height <= place.h


def test_items_say_what_is_done_in_the_language_in_use() -> None:
    found = {item.id: item for item in items_of(load_all())}
    assert list(found)[:2] == ["daily_relief", "every_other_day"]
    raises = found["heel_raises"]
    assert (found["short_five"].line, found["short_five"].time) == ("5 exercises", "about 10 min")
    assert (raises.line, raises.time) == ("10 reps; 2 sets; each side", "about 3 min")
    assert len(found["short_five"].sketches) == 4
    test = found["heel_raise_test"]
    assert (test.title, test.line) == ("Heel-raise test", "Each leg, 30 a minute")
    assert test.time == "about 4 min"
    use_language("de")
    german = {item.id: item for item in items_of(load_all())}
    assert german["heel_raises"].title == "Fersenheben"
    assert german["heel_raises"].time == "etwa 3 min"


def test_the_name_is_said_and_then_how_to_choose_it() -> None:
    caller = PickerCaller()
    said = []
    for i in range(600):
        now = i / 30
        title = "Heel raises" if now < 8 else "Squat" if now < 8.5 else "Toe press"
        line = caller.line(now, title, seen=now > 1)
        if line is not None:
            said.append((round(now, 1), line.text))
    texts = [text for _, text in said]
    question = f"{phrase('pick_title')} Heel raises"
    how, choose = phrase("say_pick_how").rstrip("."), phrase("say_pick_choose")
    assert texts == [question, how, "Squat", "Toe press", choose]
    assert said[2][0] == pytest.approx(8.0, abs=0.1)
    assert said[4][0] > 8.5 + QUIET_S


def test_nobody_is_told_how_to_choose() -> None:
    caller = PickerCaller()
    said = [caller.line(i / 30, "Squat", seen=False) for i in range(600)]
    assert sum(line is not None for line in said) == 1
