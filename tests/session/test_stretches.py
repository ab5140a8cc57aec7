"""The stretches that are held: the clock runs by side and stops for each fault."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from counting import count
from figures import (
    at_wall,
    bump,
    film,
    foot_on_wall,
    mirrored,
    sitting_on_chair,
    sitting_on_floor,
    standing,
)
from numpy.typing import NDArray

from posecoach.frames import Clip
from posecoach.pose import PoseEstimator, find_model

SIDES = ("left", "right")
STRETCHES = ("heel_tendon_stretch", "heel_stretch", "toe_stretch")
YAWS = {
    "heel_tendon_stretch": (90.0, -60.0),
    "heel_stretch": (90.0, -45.0),
    "toe_stretch": (0.0, 40.0),
}

Motion = Callable[[float], NDArray[np.float64]]


def in_and_out(t: float, hold: float = 5.0) -> float:
    """0 to 1 between second 2 and 3, back a second after the hold."""
    return bump(t, 2.0, 1.0, hold, 1.0)


def stretch(exercise: str, i: int) -> Motion:
    return {
        "heel_tendon_stretch": lambda t: at_wall(0.75 * in_and_out(t), rear=i),
        "heel_stretch": lambda t: sitting_on_floor(i, 0.2 + 0.85 * in_and_out(t)),
        "toe_stretch": lambda t: sitting_on_chair(i, in_and_out(t)),
    }[exercise]


@pytest.mark.parametrize("exercise", STRETCHES)
@pytest.mark.parametrize("i", [0, 1])
@pytest.mark.parametrize("fps", [30.0, 10.0])
def test_a_stretch_is_timed_on_its_side(exercise: str, i: int, fps: float) -> None:
    for yaw in YAWS[exercise]:
        poses = list(film(stretch(exercise, i), 10, fps=fps, yaw_deg=yaw, noise_px=0.5))
        for seen, side in ((poses, SIDES[i]), ([mirrored(p) for p in poses], SIDES[1 - i])):
            session = count(seen, exercise)
            assert [h.side for h in session.holds] == [side]
            assert session.holds[0].seconds == pytest.approx(5.0, abs=0.75)


@pytest.mark.parametrize("exercise", STRETCHES)
def test_only_the_side_asked_for_is_timed(exercise: str) -> None:
    poses = list(film(stretch(exercise, 0), 10, yaw_deg=YAWS[exercise][0]))
    assert len(count(poses, exercise, side="left").holds) == 1
    assert count(poses, exercise, side="right").holds == []


@pytest.mark.parametrize(
    ("why", "wrong"),
    [
        ("knee_bent", {"dip": 0.06}),
        ("heel_up", {"heel_up": 0.05}),
        ("step_further", {"step": 0.2}),
    ],
)
def test_a_fault_stops_the_clock_at_the_wall(why: str, wrong: dict[str, float]) -> None:
    def motion(t: float) -> NDArray[np.float64]:
        if t < 2:
            return at_wall(0.0)
        return at_wall(**{"step": 0.75, **(wrong if 6 <= t < 9 else {})})

    session = count(film(motion, 12, yaw_deg=90), "heel_tendon_stretch")
    assert [h.side for h in session.holds] == ["left", "left"]
    assert session.holds[0].end_s == pytest.approx(6.0, abs=0.3)
    assert session.holds[1].start_s == pytest.approx(9.0, abs=0.3)
    assert why in session.holds[0].faults


@pytest.mark.parametrize("front", [0, 1])
def test_the_foot_on_the_wall_counts_for_the_leg_in_front(front: int) -> None:
    def motion(t: float) -> NDArray[np.float64]:
        return standing() if t < 1.5 else foot_on_wall(front, in_and_out(t))

    session = count(film(motion, 10, yaw_deg=-90, noise_px=0.3), "heel_tendon_stretch")
    assert [h.side for h in session.holds] == [SIDES[front]]
    assert session.holds[0].seconds == pytest.approx(5.0, abs=1.0)


@pytest.mark.parametrize("wrong", [{"lean": 0.0}, {"toes_up": 0.0}])
def test_the_foot_on_the_wall_needs_toes_up_and_a_lean(wrong: dict[str, float]) -> None:
    session = count(film(lambda t: foot_on_wall(0, **wrong), 6, yaw_deg=90), "heel_tendon_stretch")
    assert session.view_ok
    assert session.holds == []


def test_a_wall_seen_from_behind_is_refused() -> None:
    session = count(film(lambda t: at_wall(), 4, yaw_deg=180), "heel_tendon_stretch")
    assert session.holds == []
    assert session.view_why == "turned_away"


@pytest.mark.parametrize(
    ("why", "points"),
    [
        ("reach_further", sitting_on_floor(0, 0.55)),
        ("knee_bent", sitting_on_floor(0, 1.05, knee_deg=145)),
    ],
)
def test_a_wrong_seated_stretch_is_named(why: str, points: NDArray[np.float64]) -> None:
    session = count(film(lambda t: points, 5, yaw_deg=90), "heel_stretch")
    assert session.holds == []
    assert session.snapshot.cue == why


@pytest.mark.parametrize(
    ("why", "points"),
    [
        ("hand_away", sitting_on_chair(1, hand=0.0)),
        ("ankle_off_thigh", sitting_on_chair(None)),
    ],
)
def test_a_wrong_toe_stretch_is_named(why: str, points: NDArray[np.float64]) -> None:
    session = count(film(lambda t: points, 5, yaw_deg=20), "toe_stretch")
    assert session.holds == []
    assert session.snapshot.cue == why


@pytest.mark.parametrize("exercise", STRETCHES)
def test_standing_still_counts_nothing(exercise: str) -> None:
    for yaw in (0.0, 60.0, 90.0, 180.0):
        poses = film(lambda t: standing(), 5, yaw_deg=yaw, noise_px=1.5)
        assert count(poses, exercise).holds == []


@pytest.mark.parametrize(
    ("clip", "exercise", "true"),
    [
        ("ws_side_r_L_heelfault", "heel_tendon_stretch", [("left", 3.6, 6.0), ("left", 8.1, 9.6)]),
        ("hs_side_r_kneebend", "heel_stretch", [("right", 14.0, 18.14)]),
        ("ts_front_faults", "toe_stretch", [("left", 4.08, 7.88)]),
    ],
)
def test_a_rendered_person(
    clips: Path, clip: str, exercise: str, true: list[tuple[str, float, float]]
) -> None:
    with Clip(clips / f"{clip}.mp4") as frames, PoseEstimator(find_model("full")) as estimator:
        session = count((estimator.estimate(f) for f in islice(frames, 0, None, 2)), exercise)
    assert [h.side for h in session.holds] == [side for side, _, _ in true]
    for hold, (_, start_s, end_s) in zip(session.holds, true, strict=True):
        assert hold.seconds == pytest.approx(end_s - start_s, abs=0.5)
        assert hold.start_s == pytest.approx(start_s, abs=0.7)
