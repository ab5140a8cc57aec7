"""Where the close-ups are shown, and that what they show is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from posecoach.feedback.geometry import Rect, zones_of
from posecoach.feedback.inset import Inset
from posecoach.feedback.overlay import Overlay
from posecoach.feedback.text import text_width
from posecoach.feedback.theme import RIGHT, Sizes
from posecoach.feedback.wording import phrase
from posecoach.pose import FootView, Pose, of_side
from posecoach.session.snapshot import Snapshot

Poses = Callable[..., list[Pose]]
Snap = Callable[..., Snapshot]

# The clips are 640x480; a window on them, and what it is scaled by.
SHAPES = {
    "4:3": ((0, 0, 640, 480), 1.0),
    "4:3 small": ((0, 0, 640, 480), 0.5),
    "16:9": ((-107, 0, 853, 480), 1.5),
    "portrait": ((185, 0, 270, 480), 2.0),
    "ultrawide": ((-240, 0, 1120, 480), 1.0),
    "4K": ((-107, 0, 853, 480), 4.5),
}


def close_up(pose: Pose, side: str, toes: tuple[float, float] = (0.0, 0.0)) -> FootView:
    """A close-up around the foot of a pose."""
    heel, ball = (pose.pixels[of_side(name, side)] for name in ("heel", "foot_index"))  # type: ignore[arg-type]
    px = max(20.0, float(np.hypot(*(ball - heel))))
    left, top = (int(v) for v in (heel + ball) / 2 - 1.2 * px)
    box = (left, top, left + round(2.4 * px), top + round(2.4 * px))
    return FootView(np.array(toes), np.zeros(2), np.array((1.0, 0.0)), 0.0, px, box)


def with_feet(pose: Pose, **toes: tuple[float, float]) -> Pose:
    """The pose with close-ups of the sides named, or of both."""
    if not pose.found:
        return pose
    wanted = toes or {"left": (0.0, 0.0), "right": (0.0, 0.0)}
    left, right = (
        close_up(pose, side, wanted[side]) if side in wanted else None for side in ("left", "right")
    )
    return replace(pose, feet=(left, right))


def inset_of(overlay: Overlay, cue: bool) -> Rect | None:
    """The third panel, or the second without a cue."""
    rest = overlay.panels[2 if cue else 1 :]
    return rest[0] if rest else None


def free_corner(taken: list[Rect], w: int, h: int, sizes: Sizes) -> bool:
    gap = sizes.margin
    corners = product((gap, sizes.width - gap - w), (gap, sizes.height - gap - h))
    return any(not any(Rect(x, y, w, h).overlaps(t) for t in taken) for x, y in corners)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("clip", ["hr_front", "hr_side_l_full", "lr_side_l_towel"])
@pytest.mark.parametrize("cue", [None, "heels_on_floor"])
def test_it_lies_over_nothing_while_a_corner_is_free(
    poses: Poses, snapshot: Snap, clip: str, shape: str, cue: str | None
) -> None:
    crop, scale = SHAPES[shape]
    overlay = Overlay()
    sizes = Sizes.of(round(crop[2] * scale), round(crop[3] * scale))
    image = np.zeros((sizes.height, sizes.width, 3), np.uint8)
    shown = 0
    for pose in poses(clip, crop, scale)[::5]:
        overlay.draw(image, with_feet(pose), snapshot(pose.time_s, close_up="yes", cue=cue))
        zones = zones_of(pose)
        inset = inset_of(overlay, cue is not None)
        if zones is None:
            assert inset is None
            continue
        assert inset is not None
        assert inset.x >= 0
        assert inset.y >= 0
        assert inset.right <= sizes.width
        assert inset.bottom <= sizes.height
        taken = [*overlay.panels[: 2 if cue else 1], *zones.kept_free]
        if free_corner(taken, inset.w, inset.h, sizes):
            assert not any(inset.overlaps(each) for each in taken)
        shown += 1
    assert shown > 2


@pytest.mark.parametrize("shape", ["4:3", "16:9", "ultrawide"])
def test_there_mostly_is_a_free_corner(poses: Poses, snapshot: Snap, shape: str) -> None:
    crop, scale = SHAPES[shape]
    overlay = Overlay()
    sizes = Sizes.of(round(crop[2] * scale), round(crop[3] * scale))
    image = np.zeros((sizes.height, sizes.width, 3), np.uint8)
    clear = []
    for pose in poses("hr_side_l_full", crop, scale)[::5]:
        overlay.draw(image, with_feet(pose), snapshot(pose.time_s, close_up="yes"))
        zones, inset = zones_of(pose), inset_of(overlay, cue=False)
        if zones is not None and inset is not None:
            taken = [overlay.panels[0], *zones.kept_free]
            clear.append(not any(inset.overlaps(each) for each in taken))
    assert np.mean(clear) > 0.8


def test_it_stays_where_it_is_while_it_can() -> None:
    inset, sizes = Inset(), Sizes.of(1280, 720)
    image = np.zeros((720, 1280, 3), np.uint8)
    view = FootView(np.zeros(2), np.zeros(2), np.array((1.0, 0.0)), 0.0, 50.0, (600, 500, 720, 620))
    pose = replace(Pose.nobody(0.0, (1280, 720)), feet=(None, view))

    def place(*taken: Rect) -> Rect:
        found = inset.draw(image.copy(), image, pose, taken, sizes, False, False)
        assert found is not None
        return found

    first = place()
    assert (first.right, first.bottom) == (1280 - sizes.margin, 720 - sizes.margin)
    assert place(Rect(0, 0, 300, 300)) == first
    moved = place(Rect(1100, 600, 100, 100))
    assert not moved.overlaps(Rect(1100, 600, 100, 100))
    # What it fled from is gone: that is no reason to move again.
    assert place() == moved
    # Everywhere is something: the most important, named first, is kept free.
    whole = Rect(0, 0, 1280, 720)
    assert not place(Rect(0, 0, 640, 720), whole).overlaps(Rect(0, 0, 640, 720))
    assert not place(Rect(640, 0, 640, 720), whole).overlaps(Rect(640, 0, 640, 720))


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("feet", [1, 2])
@pytest.mark.parametrize(
    "size",
    [
        (320, 240),
        (640, 480),
        (1280, 720),
        (720, 1280),
        (240, 320),
        (2560, 1080),
        (3840, 2160),
        (160, 120),
        (64, 48),
    ],
)
def test_the_words_fit_and_it_is_inside(size: tuple[int, int], feet: int, alone: bool) -> None:
    sizes = Sizes.of(*size)
    image = np.full((size[1], size[0], 3), 90, np.uint8)
    views = [
        FootView(np.zeros(2), np.zeros(2), np.array((1.0, 0.0)), 0.0, 20.0, (x, 10, x + 20, 30))
        for x in (5, 30)
    ]
    pose = replace(Pose.nobody(0.0, size), feet=(views[0], views[1] if feet == 2 else None))
    picture = image.copy()
    box = Inset().draw(picture, image, pose, [], sizes, False, alone)
    assert box is not None
    assert box.x >= 0
    assert box.y >= 0
    assert box.right <= size[0]
    assert box.bottom <= size[1]
    changed = np.flatnonzero((picture != image).any(axis=(0, 2)))
    assert box.x <= changed.min()
    assert changed.max() < box.right
    words = phrase("close_up_alone" if alone else "close_up")
    if min(size) >= 240:
        assert text_width(words, sizes.px(0.036)) < box.w


def test_both_feet_are_in_the_order_in_which_they_are_seen() -> None:
    """The left half of the picture is red, the right half blue: so are the feet in them."""
    size, sizes = (640, 480), Sizes.of(640, 480)
    image = np.zeros((480, 640, 3), np.uint8)
    image[:, :320, 0], image[:, 320:, 2] = 200, 200
    red, blue = (
        FootView(np.zeros(2), np.zeros(2), np.array((1.0, 0.0)), 0.0, 40.0, (x, 100, x + 96, 196))
        for x in (60, 480)
    )
    for feet in ((red, blue), (blue, red)):
        for mirrored in (False, True):
            seen = np.ascontiguousarray(image[:, ::-1]) if mirrored else image.copy()
            pose = replace(Pose.nobody(0.0, size), feet=feet)
            box = Inset().draw(seen, image, pose, [], sizes, mirrored, False)
            assert box is not None
            inner = seen[box.y + box.h // 2, box.x : box.right].astype(int)
            reds, blues = (np.flatnonzero(inner[:, i] > 150) for i in (0, 2))
            assert len(reds) > 40
            assert len(blues) > 40
            assert (reds.max() < blues.min()) != mirrored


@pytest.mark.parametrize(("toes", "way"), [((-0.05, 0.0), -1), ((0.05, 0.0), 1)])
def test_an_arrow_shows_where_the_toes_go_and_a_mirror_turns_it(
    toes: tuple[float, float], way: int
) -> None:
    size, sizes = (640, 480), Sizes.of(640, 480)
    image = np.zeros((480, 640, 3), np.uint8)
    view = FootView(
        np.array(toes), np.zeros(2), np.array((1.0, 0.0)), 0.0, 40.0, (200, 300, 296, 396)
    )
    pose = replace(Pose.nobody(0.0, size), feet=(None, view))
    for mirrored in (False, True):
        picture = image.copy()
        box = Inset().draw(picture, image, pose, [], sizes, mirrored, False)
        assert box is not None
        coloured = np.abs(picture.astype(int) - RIGHT).max(axis=2) < 12
        across = np.flatnonzero(coloured.any(axis=0)) - (box.x + box.w / 2)
        assert len(across) > 5
        assert np.sign(across.mean()) == (-way if mirrored else way)


def test_a_foot_at_rest_has_no_arrow() -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    view = FootView(
        np.array((0.004, 0.0)), np.zeros(2), np.array((1.0, 0.0)), 0.0, 40.0, (-30, 440, 66, 536)
    )
    pose = replace(Pose.nobody(0.0, (640, 480)), feet=(view, None))
    picture = image.copy()
    Inset().draw(picture, image, pose, [], Sizes.of(640, 480), False, False)
    assert not (np.abs(picture.astype(int) - RIGHT).max(axis=2) < 12).any()


def test_without_a_close_up_nothing_is_drawn(poses: Poses, snapshot: Snap) -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    pose = poses("hr_front")[9]
    plain = Overlay().draw(image, pose, snapshot())
    asked = Overlay().draw(image, pose, snapshot(close_up="yes"))
    assert np.array_equal(plain, asked)
    # And of an exercise that asks for none, what a pose carries is not shown.
    assert np.array_equal(plain, Overlay().draw(image, with_feet(pose), snapshot()))


def test_a_frame_is_left_as_it_is(poses: Poses, snapshot: Snap) -> None:
    image = np.full((480, 640, 3), 90, np.uint8)
    before = image.copy()
    for mirrored in (False, True):
        pose = with_feet(poses("hr_front")[9], left=(0.05, 0.0))
        Overlay(mirrored).draw(image, pose, snapshot(close_up="yes"))
    assert np.array_equal(image, before)


def test_without_a_body_it_is_said(snapshot: Snap) -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    view = FootView(np.zeros(2), np.zeros(2), np.array((1.0, 0.0)), 0.0, 60.0, (200, 300, 340, 440))
    pose = replace(Pose.nobody(0.0, (640, 480)), feet=(view, view))
    drawn = [
        Overlay().draw(image, pose, snapshot(close_up=mode, paced=paced))
        for mode, paced in (("yes", False), ("alone", False), ("alone", True))
    ]
    for a, b in ((0, 1), (1, 2)):
        assert (drawn[a] != drawn[b]).any(axis=2).sum() > 100


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("x", [40, 160, 300, 420])
def test_no_panel_covers_feet_alone(snapshot: Snap, x: int, mirrored: bool) -> None:
    """There is no body to keep free, but the feet are what it is all about."""
    image = np.zeros((480, 640, 3), np.uint8)
    view = FootView(
        np.zeros(2), np.zeros(2), np.array((1.0, 0.0)), 0.0, 60.0, (x, 220, x + 144, 364)
    )
    pose = replace(Pose.nobody(0.0, (640, 480)), feet=(view, None))
    left = 640 - x - 144 if mirrored else x
    foot = Rect(left + 24, 244, 96, 96)
    for cue in (None, "curl_more"):
        overlay = Overlay(mirrored)
        for i in range(30):
            overlay.draw(image, pose, snapshot(i / 10, close_up="alone", cue=cue))
        assert len(overlay.panels) == (2 if cue is None else 3)
        # With all three there is no corner left for the close-up itself.
        kept = overlay.panels if cue is None else overlay.panels[:2]
        assert not any(panel.overlaps(foot) for panel in kept)
