"""Choosing by raised arms: the right steps, in every posture, and nothing by chance."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from arms import (
    BOTH,
    CLIPS,
    DOWN,
    LEFT,
    POSTURES,
    RIGHT,
    Motion,
    arms_in,
    signs,
    with_arms,
)
from figures import film, mirrored
from numpy.typing import NDArray

from posecoach import Pose
from posecoach.session.arm_menu import DOWN_S, FIRST_S, REPEAT_S, ArmMenu
from posecoach.session.gestures import HOLD_S, GestureWatch


def script(*parts: tuple[float, tuple[float, float]], body: str = "standing") -> Motion:
    """Arms as told, one part after the other: until when, and how far up."""

    def motion(t: float) -> NDArray[np.float64]:
        up = next((up for until, up in parts if t < until), DOWN)
        return with_arms(POSTURES[body], up)

    return motion


def moves(motion: Motion, seconds: float, **view: float) -> list[tuple[str, float]]:
    return signs(ArmMenu(), motion, seconds, **view)


@pytest.mark.parametrize("body", POSTURES)
@pytest.mark.parametrize("yaw", [0.0, 45.0, 90.0, -90.0])
def test_one_arm_steps_its_way_and_both_choose(body: str, yaw: float) -> None:
    if body == "lying" and yaw == 0.0:
        yaw = 60.0  # from the feet nothing is seen of an arm along the floor
    for up, move, after_s in ((RIGHT, "next", FIRST_S), (LEFT, "previous", FIRST_S)):
        motion = script((1.0, DOWN), (2.2, up), body=body)
        ((name, time_s),) = moves(motion, 4.0, yaw_deg=yaw, px_per_m=150.0)
        assert (name, time_s) == (move, pytest.approx(1.0 + after_s, abs=0.1))
    motion = script((1.0, DOWN), (3.0, BOTH), body=body)
    ((name, time_s),) = moves(motion, 5.0, yaw_deg=yaw, px_per_m=150.0)
    assert (name, time_s) == ("choose", pytest.approx(1.0 + HOLD_S, abs=0.1))


def test_an_arm_that_stays_up_goes_on_and_on() -> None:
    found = moves(script((1.0, DOWN), (6.5, RIGHT)), 8.0)
    assert [name for name, _ in found] == ["next"] * 4
    gaps = np.diff([time_s for _, time_s in found])
    assert gaps == pytest.approx([REPEAT_S] * 3, abs=0.08)


def test_arms_that_go_up_one_after_the_other_step_nowhere() -> None:
    found = moves(script((1.0, DOWN), (1.7, RIGHT), (4.0, BOTH)), 6.0)
    assert [name for name, _ in found] == ["choose"]


def test_after_a_choice_arms_must_come_down_before_the_next() -> None:
    def held(gap_s: float) -> list[str]:
        parts = ((1.0, DOWN), (7.0, BOTH), (7.0 + gap_s, DOWN), (11.0 + gap_s, BOTH))
        return [name for name, _ in moves(script(*parts), 12.0 + gap_s)]

    assert held(1.0) == ["choose", "choose"]
    assert held(0.3) == ["choose"]


def test_who_comes_with_raised_arms_chooses_nothing() -> None:
    assert moves(script((5.0, BOTH)), 7.0) == []
    assert moves(script((DOWN_S - 0.2, DOWN), (5.0, RIGHT)), 7.0) == []


def test_who_was_gone_must_show_lowered_arms_again() -> None:
    def around(gone_s: float) -> list[str]:
        menu = ArmMenu()
        found = []
        for pose in film(script((3.0, DOWN), (9.0, BOTH)), 9.0):
            away = 3.0 <= pose.time_s < 3.0 + gone_s
            seen = Pose.nobody(pose.time_s, pose.size) if away else pose
            move = menu.update(seen)
            if away and pose.time_s > 3.0 + gone_s - 0.1:
                assert menu.here == (gone_s < 1.0)
            found += [move] if move is not None else []
        return found

    assert around(0.5) == ["choose"]
    assert around(2.0) == []


def test_the_ring_fills_for_every_step_and_is_empty_afterwards() -> None:
    menu = ArmMenu()
    shares = []
    for pose in film(script((1.0, DOWN), (4.3, LEFT)), 6.0):
        menu.update(pose)
        progress = menu.progress
        shares.append(None if progress is None else progress.share)
        assert progress is None or progress.move == "previous"
    shown = [share for share in shares if share is not None]
    assert shares[0] is None
    assert shares[-1] is None
    assert max(shown) > 0.9
    # It begins anew with each of the two steps.
    assert sum(b < a for a, b in pairwise(shown)) == 2


def test_a_mirror_swaps_the_sides_and_nothing_else() -> None:
    poses = list(film(script((1.0, DOWN), (2.2, RIGHT)), 4.0, yaw_deg=45.0))
    for seen, wanted in ((poses, "next"), (list(map(mirrored, poses)), "previous")):
        menu = ArmMenu()
        assert [m for pose in seen if (m := menu.update(pose))] == [wanted]


def test_a_choice_does_not_pause_what_was_chosen() -> None:
    poses = list(film(script((1.0, DOWN), (9.0, BOTH), (10.0, DOWN), (12.0, BOTH)), 13.0))
    watch = GestureWatch(lowered=False)
    fired = [pose.time_s for pose in poses if pose.time_s > 3.0 and watch.update(pose)]
    assert fired == [pytest.approx(10.0 + HOLD_S, abs=0.1)]


@pytest.mark.parametrize("clip", CLIPS)
def test_no_clip_moves_or_chooses(clip: str) -> None:
    menu = ArmMenu()
    assert [pose.time_s for pose in arms_in(clip) if menu.update(pose)] == []
