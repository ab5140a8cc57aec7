from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from posecoach.feedback.geometry import Rect, zones_of
from posecoach.feedback.layout import Arranger, Layout
from posecoach.feedback.theme import Sizes
from posecoach.pose import Landmark, Pose

Poses = Callable[..., list[Pose]]
JOINTS = (25, 26, 27, 28, 29, 30, 31, 32)

WINDOWS = {
    "landscape 4:3": (0, 0, 640, 480),
    "wide 16:9": (-107, 0, 853, 480),
    "ultrawide 21:9": (-240, 0, 1120, 480),
    "portrait 9:16": (185, 0, 270, 480),
    "portrait 3:4": (140, 0, 360, 480),
}


def follow(poses: list[Pose], cue_shown: bool = True) -> list[Layout]:
    arranger = Arranger(Sizes.of(*poses[0].size))
    return [arranger.arrange(p.time_s, zones_of(p, JOINTS), cue_shown) for p in poses]


def covered(layout: Layout, pose: Pose) -> bool:
    zones = zones_of(pose)
    assert zones is not None
    return any(
        panel.overlaps(zone) for panel in (layout.card, layout.cue) for zone in zones.kept_free
    )


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("clip", ["hr_front", "hr_side_l_full", "hr_3q_r_pauses"])
def test_panels_leave_head_and_feet_of_a_standing_person_free(
    poses: Poses, clip: str, window: str
) -> None:
    seen = poses(clip, WINDOWS[window])
    layouts = follow(seen)
    assert not any(covered(layout, pose) for layout, pose in zip(layouts, seen, strict=True))
    # Somebody who stays where he is has panels that stay where they are.
    assert len(set(layouts[2:])) == 1


@pytest.mark.parametrize(
    ("clip", "window"),
    [
        ("lr_side_l_towel", "landscape 4:3"),
        ("lr_side_l_towel", "wide 16:9"),
        ("tw_across_straight", "landscape 4:3"),
        ("tw_across_straight", "wide 16:9"),
        ("tw_toward_front", "landscape 4:3"),
    ],
)
def test_panels_leave_head_and_feet_free_when_they_move(
    poses: Poses, clip: str, window: str
) -> None:
    seen = [pose for pose in poses(clip, WINDOWS[window]) if pose.found]
    layouts = follow(seen)
    assert not any(covered(layout, pose) for layout, pose in zip(layouts, seen, strict=True))


@pytest.mark.parametrize("clip", ["lr_side_l_towel", "tw_across_straight", "tw_toward_front"])
def test_the_card_does_not_jump_about(poses: Poses, clip: str) -> None:
    cards = [layout.card for layout in follow(poses(clip), cue_shown=False)]
    moves = sum(a != b for a, b in itertools.pairwise(cards))
    # Each clip lasts 15 to 17 s; a walker crosses the picture four times.
    assert moves <= 4


@pytest.mark.parametrize("window", WINDOWS)
def test_panels_lie_inside_the_picture_and_apart(poses: Poses, window: str) -> None:
    for pose, layout in zip(
        poses("tw_across_straight", WINDOWS[window]),
        follow(poses("tw_across_straight", WINDOWS[window])),
        strict=True,
    ):
        assert not layout.card.overlaps(layout.cue)
        for panel in (layout.card, layout.cue):
            assert 0 <= panel.x < panel.right <= pose.size[0]
            assert 0 <= panel.y < panel.bottom <= pose.size[1]


def test_the_same_walk_at_any_size_gives_the_same_places(poses: Poses) -> None:
    small = follow(poses("hr_front", scale=0.5))[-1]
    large = follow(poses("hr_front", scale=4.5))[-1]
    assert small.shape == large.shape
    assert np.array(large.card) / 9 == pytest.approx(np.array(small.card), abs=2)


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (2560, 1080)])
def test_before_anybody_is_seen_card_and_cue_are_in_the_upper_corners(
    size: tuple[int, int],
) -> None:
    sizes = Sizes.of(*size)
    layout = Arranger(sizes).layout
    assert (layout.card.x, layout.card.y, layout.cue.y) == (sizes.margin,) * 3
    assert layout.cue.right >= sizes.width - sizes.margin - 1


def test_nobody_in_view_leaves_the_panels_where_they_are(poses: Poses) -> None:
    arranger = Arranger(Sizes.of(640, 480))
    for pose in poses("lr_side_l_towel"):
        before = arranger.arrange(pose.time_s, zones_of(pose), False)
    assert arranger.arrange(pose.time_s + 1, None, False) == before


def test_a_person_who_fills_the_picture_is_covered_as_little_as_can_be(poses: Poses) -> None:
    seen = poses("hr_front", (265, 60, 120, 350))
    layout = follow(seen)[-1]
    zones = zones_of(seen[-1])
    assert zones is not None
    assert not any(layout.card.overlaps(zone) for zone in zones.kept_free)


def test_the_head_circle_reaches_from_crown_to_chin(poses: Poses) -> None:
    # In this clip the crown is at row 80 and the chin at row 127 (looked at by eye).
    zones = zones_of(poses("hr_front")[10])
    assert zones is not None
    assert zones.head.y <= 82
    assert zones.head.bottom >= 124


def test_foot_boxes_hold_heel_toe_and_ankle(poses: Poses) -> None:
    pose = poses("hr_side_l_full")[20]
    zones = zones_of(pose)
    assert zones is not None
    for foot, side in zip(zones.feet, ("LEFT", "RIGHT"), strict=True):
        for part in ("ANKLE", "HEEL", "FOOT_INDEX"):
            x, y = pose.pixels[Landmark[f"{side}_{part}"]]
            assert foot.overlaps(Rect(int(x), int(y), 1, 1))
