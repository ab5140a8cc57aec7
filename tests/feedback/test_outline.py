"""The outline of the wanted position, the count-in and gestures on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import numpy as np
import pytest

from posecoach.checkers import load_all
from posecoach.checkers.definition import Posture
from posecoach.feedback.outline import draw_outline
from posecoach.feedback.overlay import Overlay
from posecoach.feedback.theme import INK, RIGHT, Sizes
from posecoach.pose import Pose
from posecoach.session.gestures import GestureProgress
from posecoach.session.snapshot import SetupState, Snapshot

Snap = Callable[..., Snapshot]
SIZES = [(320, 240), (640, 480), (1280, 720), (720, 1280), (2560, 1080)]


def drawn(
    setup: SetupState, size: tuple[int, int] = (640, 480), mirrored: bool = False
) -> np.ndarray:
    picture = np.full((size[1], size[0], 3), 110, np.uint8)
    draw_outline(picture, setup, Sizes.of(*size), mirrored)
    return picture


def marked(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    rows, columns = np.nonzero((picture != 110).any(axis=2))
    return rows, columns


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("posture", get_args(Posture))
@pytest.mark.parametrize("seen_from", ["side", "front"])
def test_it_fills_the_picture_and_stays_inside(
    size: tuple[int, int], posture: Posture, seen_from: str
) -> None:
    setup = SetupState(posture, seen_from, None, False)  # type: ignore[arg-type]
    rows, columns = marked(drawn(setup, size))
    edge = 3
    assert rows.min() >= edge
    assert rows.max() < size[1] - edge
    assert columns.min() >= edge
    assert columns.max() < size[0] - edge
    tall, wide = np.ptp(rows) / size[1], np.ptp(columns) / size[0]
    assert max(tall, wide) > 0.45


@pytest.mark.parametrize("posture", ["standing", "wall", "floor", "lying", "leg_up"])
def test_it_turns_with_the_side_and_with_the_mirror(posture: Posture) -> None:
    right = drawn(SetupState(posture, "side", "right", False))
    left = drawn(SetupState(posture, "side", "left", False))
    assert not np.array_equal(right, left)
    assert np.array_equal(left, drawn(SetupState(posture, "side", "right", False), mirrored=True))
    # But for a pixel's rounding of the lines.
    assert np.abs(right[:, ::-1].astype(int) - left).mean() < 4


def test_a_head_to_the_left_of_a_mirror_has_the_left_side_to_the_camera() -> None:
    """The words "head to the left" and the outline must say the same."""
    picture = drawn(SetupState("lying", "side", "left", False), mirrored=True)
    rows, columns = marked(picture)
    # The trunk is thicker than the legs, and next to the head.
    left, right = (np.ptp(rows[abs(columns - x) < 3]) for x in (240, 400))
    assert left > right


def test_its_colour_tells_whether_all_is_right() -> None:
    def has(picture: np.ndarray, colour: tuple[int, int, int]) -> bool:
        return bool((picture == colour).all(axis=2).sum() > 300)

    wrong = drawn(SetupState("standing", "side", None, False))
    right = drawn(SetupState("standing", "side", None, True))
    assert has(wrong, INK)
    assert not has(wrong, RIGHT)
    assert has(right, RIGHT)
    assert not has(right, INK)


def test_every_shipped_exercise_has_a_figure() -> None:
    for definition in load_all().values():
        view = definition.view
        picture = drawn(SetupState(view.posture, view.seen_from, None, False))
        assert len(marked(picture)[0]) > 1000


@pytest.mark.parametrize("size", SIZES)
def test_the_count_in_is_the_largest_thing_and_beside_the_card_near_the_middle(
    snapshot: Snap, size: tuple[int, int]
) -> None:
    image = np.full((size[1], size[0], 3), 110, np.uint8)
    nobody = Pose.nobody(0.0, size)
    pictures = []
    for left in (3, 2):
        setup = SetupState("standing", "side", None, True, left)
        overlay = Overlay()
        pictures.append(overlay.draw(image, nobody, snapshot(phase="setup", setup=setup)))
        card, disc = overlay.panels
        assert not card.overlaps(disc)
        assert 0 <= disc.x < disc.right <= size[0]
    rows, columns = np.nonzero((pictures[0] != pictures[1]).any(axis=2))
    unit = Sizes.of(*size).unit
    assert np.ptp(rows) > 0.25 * unit
    assert abs((columns.max() + columns.min()) / 2 - size[0] / 2) < 0.12 * unit
    assert abs((rows.max() + rows.min()) / 2 - size[1] / 2) < 0.05 * unit


def test_the_set_has_no_outline(snapshot: Snap) -> None:
    image = np.full((480, 640, 3), 110, np.uint8)
    nobody = Pose.nobody(0.0, (640, 480))
    overlay = Overlay()
    setup = SetupState("standing", "side", None, False)
    before = overlay.draw(image, nobody, snapshot(phase="setup", setup=setup, cue="step_back"))
    after = overlay.draw(image, nobody, snapshot(phase="ready"))
    assert (before[200:420, 300:340] != 110).any()
    assert (after[200:420, 300:340] == 110).all()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("gesture", ["pause", "next"])
def test_a_gesture_fills_a_ring_inside_the_picture(
    snapshot: Snap, size: tuple[int, int], gesture: str
) -> None:
    image = np.full((size[1], size[0], 3), 110, np.uint8)
    nobody = Pose.nobody(0.0, size)
    blue = []
    for share in (0.3, 0.9):
        overlay = Overlay()
        progress = GestureProgress(gesture, share)  # type: ignore[arg-type]
        picture = overlay.draw(image, nobody, snapshot(), gesture=progress)
        panel = overlay.panels[-1]
        assert panel.x >= 0
        assert panel.right <= size[0]
        assert panel.bottom <= size[1]
        inside = picture[panel.y : panel.bottom, panel.x : panel.right]
        blue.append((np.abs(inside.astype(int) - RIGHT).max(axis=2) < 12).sum())
    assert blue[1] > 2 * blue[0]
