from __future__ import annotations

import pytest

from posecoach.frames import NamedCamera
from posecoach.frames.whereabouts import Whereabouts


class Desk:
    """What the system lists; names by number."""

    def __init__(self, **names: str) -> None:
        self.plug(**names)

    def plug(self, **names: str) -> None:
        self._listed = [NamedCamera(int(key[1:]), name) for key, name in names.items()]

    def __call__(self) -> list[NamedCamera]:
        return self._listed


def after(number: int, before: dict[str, str], now: dict[str, str]) -> int | None:
    desk = Desk(**before)
    camera = Whereabouts(number, desk)
    assert camera.find() == number
    camera.note()
    desk.plug(**now)
    return camera.find()


TWO = {"n0": "Integrated", "n2": "C920"}
TWINS = {"n0": "C920", "n2": "C920"}


@pytest.mark.parametrize(
    ("before", "now", "number"),
    [
        (TWO, TWO, 2),
        (TWO, {"n0": "Integrated", "n1": "C920"}, 1),
        (TWO, {"n0": "C920"}, 0),  # Windows counts anew
        (TWO, {"n0": "Integrated"}, None),
        (TWO, {"n0": "Integrated", "n2": "Another"}, None),  # not opened in its place
        (TWO, {"n0": "Integrated", "n3": "C920", "n4": "C920"}, None),
        (TWINS, {"n0": "C920"}, None),  # the one beside it was there before
        (TWINS, {"n0": "C920", "n3": "C920"}, 3),
    ],
)
def test_it_is_found_by_its_name(
    before: dict[str, str], now: dict[str, str], number: int | None
) -> None:
    assert after(2, before, now) == number


def test_one_without_a_name_is_its_number() -> None:
    assert after(5, TWO, {}) == 5
    camera = Whereabouts(1, lambda: None)
    camera.note()
    assert camera.find() == 1


def test_it_moves_more_than_once_and_until_it_was_seen_is_what_was_asked_for() -> None:
    desk = Desk(n0="Integrated", n2="C920")
    camera = Whereabouts(2, desk)
    desk.plug(n2="Another")
    assert camera.find() == 2
    desk.plug(n2="C920")
    camera.note()
    desk.plug(n4="C920")
    assert camera.find() == 4
    camera.note()
    desk.plug(n2="C920")
    assert camera.find() == 2
