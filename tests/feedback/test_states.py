"""Every state of the screen in every shape of picture: nothing overlaps, nothing is cut off."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from states import STATES, Shown, background, show

from posecoach.feedback.geometry import zones_of
from posecoach.feedback.outline import draw_outline
from posecoach.feedback.theme import Sizes

# The larger ones have the same shares of everything; test_theme and test_layout compare.
SHAPES = {
    "4:3": (480, 360),
    "16:9": (640, 360),
    "portrait": (360, 640),
    "ultrawide": (960, 404),
    "3:4": (360, 480),
}
OVER_THE_BODY = ("gesture_pause", "gesture_next", "count_in")
"""Shown for a moment in which nothing is judged."""


@pytest.fixture(scope="module", params=SHAPES)
def shown(request: pytest.FixtureRequest) -> dict[str, Shown]:
    """All states in one shape of picture."""
    return {
        name: show(name, SHAPES[request.param], every_s=2.5, mirrored=i % 2 == 1)
        for i, name in enumerate(STATES)
    }


def test_panels_lie_inside_the_picture_and_apart_from_each_other(shown: dict[str, Shown]) -> None:
    for name, each in shown.items():
        height, width = each.picture.shape[:2]
        for panel in each.panels:
            assert 0 <= panel.x < panel.right <= width, name
            assert each.head <= panel.y < panel.bottom <= height, name
        for a, b in itertools.combinations(each.panels, 2):
            assert not a.overlaps(b), name


def test_panels_leave_head_and_feet_free(shown: dict[str, Shown]) -> None:
    for name, each in shown.items():
        zones = zones_of(each.pose)
        if zones is None or not each.pose.found or name in OVER_THE_BODY or "setup" in name:
            continue
        for panel in each.panels:
            lowered = panel._replace(y=panel.y - each.head)
            assert not any(lowered.overlaps(zone) for zone in zones.kept_free), name


def test_the_outline_is_hardly_hidden_by_panels(shown: dict[str, Shown]) -> None:
    for i, (name, each) in enumerate(shown.items()):
        setup = STATES[name].snapshot.get("setup")
        if setup is None or name in OVER_THE_BODY:
            continue
        height, width = each.pose.size[1], each.pose.size[0]
        alone = np.full((height, width, 3), 110, np.uint8)
        draw_outline(alone, setup, Sizes.of(width, height), mirrored=i % 2 == 1)
        line = (alone != 110).any(axis=2)
        under = np.zeros_like(line)
        for panel in each.panels:
            under[panel.y : panel.bottom, panel.x : panel.right] = True
        # In 3:4 there is no room for both panels beside it.
        most = 0.2 if width * 4 == height * 3 else 0.04
        assert (line & under).sum() <= most * line.sum(), name


def test_a_count_in_is_round_and_a_picture_is_never_stretched(shown: dict[str, Shown]) -> None:
    disc = shown["count_in"].panels[-1]
    assert disc.w == disc.h
    height, width = shown["ready"].picture.shape[:2]
    bare = background("light", (width, height))
    assert Sizes.of(width, height).unit <= 1.15 * min(width, height) or width > height
    # What no panel covers is the picture itself, pixel for pixel.
    free = np.ones((height, width), bool)
    for panel in shown["ready"].panels:
        free[panel.y : panel.bottom, panel.x : panel.right] = False
    corner = free[: height // 3, -width // 8 :]
    same = (shown["ready"].picture == bare).all(axis=2)[: height // 3, -width // 8 :]
    assert same[corner].all()
