"""From close-ups to how far toes and feet are from their rest, and which way they go."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pytest
from figures import SIZE, bump, feet_alone, film, foot_view, standing, with_feet
from hypothesis import given
from hypothesis import strategies as st

from posecoach.frames import Frame
from posecoach.motion import MotionTracker
from posecoach.motion.feet import FootMotion, FootReading, RestPoint
from posecoach.motion.signals import names, parse
from posecoach.pose import FootPlace, FootView, Pose, placed_feet

FPS = 24
Look = Callable[[float], FootView | None]
CLOSE_UPS = [name for name in names() if parse(name)[0].close_up]


def follow(look: Look, seconds: float, fps: float = FPS, start_s: float = 0.0) -> list[FootReading]:
    """The readings of one foot, which is seen throughout."""
    foot = FootMotion()
    found = [foot.update(look(i / fps), start_s + i / fps) for i in range(round(seconds * fps))]
    seen = [reading for reading in found if reading is not None]
    assert len(seen) == len(found)
    return seen


def tracked(poses: Iterable[Pose], *wanted: str) -> list[dict[str, float | None]]:
    tracker = MotionTracker(wanted)
    return [dict(tracker.update(pose)) for pose in poses]


# --- a point's rest ---------------------------------------------------------------------


def rest_of(path: Callable[[float], tuple[float, float]], seconds: float) -> RestPoint:
    point = RestPoint(calm=0.01, adopt_s=10.0)
    for i in range(round(seconds * FPS)):
        point.update(np.array(path(i / FPS)), i / FPS)
    return point


def test_a_rest_is_learned_once_it_is_calm() -> None:
    point = RestPoint(calm=0.01, adopt_s=10.0)
    offs = [point.update(np.array((0.3 if i < 12 else 0.1, 0.2)), i / FPS) for i in range(2 * FPS)]
    first = next(i for i, off in enumerate(offs) if off is not None)
    # 0.4 s of calm, the first of it before the jump.
    assert first == pytest.approx(0.4 * FPS, abs=1)
    assert point.rest == pytest.approx([0.1, 0.2], abs=0.2)


def test_what_never_is_calm_has_no_rest() -> None:
    assert rest_of(lambda t: (0.05 * math.sin(9 * t), 0.0), 8).rest is None


def test_a_rest_follows_slow_drift_and_stays_in_a_movement() -> None:
    drifted = rest_of(lambda t: (0.001 * t, 0.0), 30)
    assert drifted.rest is not None
    assert drifted.rest[0] == pytest.approx(0.03, abs=0.006)
    held = rest_of(lambda t: (0.2 if t > 2 else 0.0, 0.0), 10)
    assert held.rest == pytest.approx([0.0, 0.0])


def test_another_place_becomes_the_rest_after_long_calm_there() -> None:
    moved = rest_of(lambda t: (0.2 if t > 2 else 0.0, 0.0), 13)
    assert moved.rest == pytest.approx([0.2, 0.0])


def test_a_forgotten_rest_is_learned_anew() -> None:
    point = rest_of(lambda t: (0.1, 0.0), 2)
    point.forget()
    assert point.rest is None
    assert point.update(np.array((0.5, 0.0)), 2.0) is None


# --- one foot ---------------------------------------------------------------------------


def test_resting_is_zero() -> None:
    reading = follow(lambda t: foot_view((0.001, 0.0)), 3)[-1]
    assert reading.toes == pytest.approx(0.0, abs=1e-6)
    assert reading.hind == pytest.approx(0.0, abs=1e-6)
    assert reading.lift == pytest.approx(0.0, abs=1e-6)
    assert reading.stroke == reading.aside == reading.speed == 0.0
    assert reading.axis_deg is None
    assert reading.turn is None
    assert reading.pixels == 100.0


def test_the_first_moment_of_a_close_up_says_nothing() -> None:
    readings = follow(lambda t: foot_view(), 2)
    unknown = [r for r in readings if r.toes is None]
    assert len(unknown) == pytest.approx(0.4 * FPS, abs=1)
    assert all(r.hind is None and r.lift is None and r.forward is None for r in unknown)
    assert readings[FPS].toes == readings[FPS].forward == 0.0


def test_a_new_close_up_forgets_what_was() -> None:
    def look(t: float) -> FootView:
        return foot_view((0.0, 0.0)) if t < 2 else foot_view((0.3, 0.0), began_s=2.0)

    readings = follow(look, 4)
    assert readings[2 * FPS - 1].toes == 0.0
    assert all(r.toes is None and r.forward is None for r in readings[2 * FPS : 2 * FPS + 9])
    # It rests where it now is.
    assert readings[-1].toes == pytest.approx(0.0)
    assert readings[-1].stroke == 0.0


def test_toes_are_measured_against_the_hind_foot() -> None:
    def look(t: float) -> FootView:
        if t < 1:
            return foot_view()
        return foot_view((-0.05, 0.0)) if t < 2 else foot_view((-0.05, 0.0), (-0.03, 0.0))

    readings = follow(look, 3)
    curled, both = readings[2 * FPS - 1], readings[-1]
    assert curled.toes == pytest.approx(0.05)
    assert curled.hind == pytest.approx(0.0)
    assert both.toes == pytest.approx(0.02)
    assert both.hind == pytest.approx(0.03)


def test_hind_foot_alone_is_no_curl() -> None:
    readings = follow(lambda t: foot_view((0.0, 0.0), (0.0, -0.05 if t > 1 else 0.0)), 2)
    assert readings[-1].toes == 0.0
    assert readings[-1].hind == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("toes", "hind", "lift"),
    [(-0.1, -0.06, 0.06), (-0.1, 0.0, 0.0), (0.0, -0.1, 0.0), (0.05, 0.05, -0.05)],
)
def test_a_foot_is_lifted_as_far_as_its_lower_part(toes: float, hind: float, lift: float) -> None:
    def look(t: float) -> FootView:
        return foot_view((0.0, toes if t > 1 else 0.0), (0.0, hind if t > 1 else 0.0))

    assert follow(look, 1.5)[-1].lift == pytest.approx(lift, abs=1e-6)


@pytest.mark.parametrize("ahead_deg", [0.0, 180.0, 90.0, 30.0])
def test_forwards_is_where_the_toes_point(ahead_deg: float) -> None:
    ahead = np.array((math.cos(math.radians(ahead_deg)), math.sin(math.radians(ahead_deg))))

    def look(t: float) -> FootView:
        gone = 0.2 * bump(t, 1, 0.5, 1, 0.5) * ahead
        return foot_view(tuple(gone), tuple(gone), ahead=tuple(ahead))

    readings = follow(look, 4)
    far = [r.forward for r in readings if r.forward is not None]
    assert max(far) == pytest.approx(0.2)
    assert min(far) == pytest.approx(0.0, abs=1e-9)
    assert max(r.stroke for r in readings) == pytest.approx(0.2, abs=0.005)
    assert max(r.aside for r in readings) == pytest.approx(0.0, abs=1e-9)


def test_what_goes_across_is_aside() -> None:
    def look(t: float) -> FootView:
        up = -0.2 * bump(t, 1, 0.5, 1, 0.5)
        return foot_view((0.0, up), (0.0, up))

    readings = follow(look, 4)
    assert max(r.aside for r in readings) == pytest.approx(0.2, abs=0.005)
    assert max(r.stroke for r in readings) == 0.0


def test_a_foot_put_elsewhere_for_good_rests_there() -> None:
    """Where the foot lies anew its toes look different: no curl of forty seconds."""
    readings = follow(lambda t: foot_view((0.25, 0), (0.2, 0)) if t > 2 else foot_view(), 6)
    assert readings[2 * FPS + 6].toes == pytest.approx(0.05)
    assert readings[-1].toes == pytest.approx(0.0, abs=1e-6)
    assert readings[-1].hind == pytest.approx(0.0, abs=1e-6)


def test_a_hold_of_ten_seconds_is_not_taken_for_a_rest() -> None:
    readings = follow(lambda t: foot_view((-0.04, 0.0) if 2 < t < 14 else (0.0, 0.0)), 16)
    assert readings[13 * FPS].toes == pytest.approx(0.04)
    assert readings[-1].toes == pytest.approx(0.0, abs=1e-6)


# --- which way ---------------------------------------------------------------------------


def circling(turns_per_s: float, flat: float = 1.0, noise: float = 0.0) -> Look:
    rng = np.random.default_rng(0)

    def look(t: float) -> FootView:
        phase = 2 * math.pi * turns_per_s * t
        at = 0.1 * np.array((math.cos(phase), flat * math.sin(phase)))
        return foot_view(tuple(at + rng.normal(0, noise, 2)))

    return look


@pytest.mark.parametrize("turns", [0.5, 0.8, 1.5])
def test_clockwise_in_the_picture_is_positive(turns: float) -> None:
    # y is down, so a growing phase goes clockwise.
    assert follow(circling(turns, noise=0.001), 4)[-1].turn == pytest.approx(1.0, abs=0.15)
    assert follow(circling(-turns, noise=0.001), 4)[-1].turn == pytest.approx(-1.0, abs=0.15)


@pytest.mark.parametrize("flat", [0.6, 0.3])
def test_the_flatter_the_less_of_a_turn(flat: float) -> None:
    turn = follow(circling(0.5, flat), 4)[-1].turn
    assert turn is not None
    assert 0.3 * flat < turn < 1.8 * flat


def test_to_and_fro_does_not_turn() -> None:
    for path in ((1.0, 0.0), (0.7, 0.7), (0.0, 1.0)):

        def look(t: float, path: tuple[float, float] = path) -> FootView:
            far = 0.1 * math.sin(2 * math.pi * 0.7 * t)
            return foot_view((far * path[0], far * path[1]))

        assert follow(look, 4)[-1].turn == pytest.approx(0.0, abs=1e-6)


@given(st.floats(-89.0, 89.0))
def test_the_axis_is_that_of_the_movement_upwards_to_the_right_positive(deg: float) -> None:
    up = math.radians(deg)

    def look(t: float) -> FootView:
        far = 0.1 * math.sin(2 * math.pi * 0.7 * t)
        return foot_view((far * math.cos(up), -far * math.sin(up)))

    axis = follow(look, 2.5, fps=15)[-1].axis_deg
    assert axis is not None
    assert (axis - deg + 90) % 180 - 90 == pytest.approx(0.0, abs=1.0)


@pytest.mark.parametrize("fps", [12, 24, 60])
def test_speed_is_that_of_the_toes(fps: float) -> None:
    readings = follow(lambda t: foot_view((0.15 * t, 0.2 * t)), 2, fps)
    assert readings[0].speed is None
    assert readings[-1].speed == pytest.approx(0.25, rel=0.01)


def test_a_short_movement_has_no_axis_and_no_turn() -> None:
    reading = follow(lambda t: foot_view((0.003 * math.sin(9 * t), 0.0)), 3)[-1]
    assert reading.axis_deg is None
    assert reading.turn is None


def test_readings_do_not_depend_on_when_the_clock_began() -> None:
    def look(offset: float) -> Look:
        return lambda t: foot_view((-0.05 * bump(t, 1, 0.5, 1, 0.5), 0.01), began_s=offset)

    early, late = follow(look(0.0), 4), follow(look(86400.0), 4, start_s=86400.0)
    for a, b in zip(early, late, strict=True):
        assert (a.toes is None) == (b.toes is None)
        assert (a.toes or 0.0) == pytest.approx(b.toes or 0.0, abs=1e-6)


@given(st.lists(st.tuples(*[st.floats(-5, 5)] * 4), min_size=1, max_size=60))
def test_any_close_up_is_survived(path: list[tuple[float, float, float, float]]) -> None:
    foot = FootMotion()
    for i, (a, b, c, d) in enumerate(path):
        reading = foot.update(foot_view((a, b), (c, d)), i / FPS)
        assert reading is not None
        assert reading.turn is None or -1 <= reading.turn <= 1


# --- signals ------------------------------------------------------------------------------


def curls(t: float) -> FootView:
    return foot_view((-0.05 * bump(t, 1.5, 0.5, 0.6, 0.5), 0.0), px=90.0)


def test_close_ups_are_measured_without_a_body() -> None:
    poses = film(lambda t: standing(), 4, fps=FPS)
    alone = [feet_alone(pose) for pose in with_feet(poses, lambda t: None, curls)]
    assert not any(pose.found for pose in alone)
    found = tracked(alone, *CLOSE_UPS, "body_rise", "trunk_moved")
    right = [each["toe_flow.right"] for each in found if each["toe_flow.right"] is not None]
    assert max(right) == pytest.approx(0.05, abs=0.002)
    assert found[-1]["foot_pixels.right"] == 90.0
    assert all(each[name] is None for each in found for name in CLOSE_UPS if "left" in name)
    assert all(each["body_rise"] is None and each["trunk_moved"] is None for each in found)


def test_a_place_that_a_person_gave_is_no_body() -> None:
    frame_of = placed_feet([FootPlace("left", (0.2, 0.8), (0.4, 0.8))])
    pose = film(lambda t: standing(), 0.1)
    image = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    placed = [frame_of(Frame(each.time_s, image, i)) for i, each in enumerate(pose)]
    (first, *_) = tracked(placed, "heel_lift.left", "toe_flow.left")
    assert first == {"heel_lift.left": None, "toe_flow.left": None}


def test_without_close_ups_their_signals_are_none() -> None:
    found = tracked(film(lambda t: standing(), 2), *CLOSE_UPS)
    assert {value for each in found for value in each.values()} == {None}


def test_with_a_body_both_are_measured() -> None:
    poses = with_feet(film(lambda t: standing(), 4, fps=FPS), curls, lambda t: None)
    found = tracked(poses, "toe_flow.left", "toe_flow.right", "trunk_moved")
    assert max(each["toe_flow.left"] or 0.0 for each in found) == pytest.approx(0.05, abs=0.002)
    assert found[-1]["toe_flow.right"] is None
    assert found[-1]["trunk_moved"] == pytest.approx(0.0, abs=1e-6)


def test_nothing_at_all_is_none() -> None:
    pose = replace(Pose.nobody(0.0, SIZE), feet=(None, None))
    assert tracked([pose], "toe_flow.left", "travel") == [{"toe_flow.left": None, "travel": None}]


# --- how still the trunk is ---------------------------------------------------------------


def test_a_still_trunk_and_one_that_moves() -> None:
    def motion(t: float) -> np.ndarray:
        level = 0.06 * bump(t, 3, 0.6, 0.4, 0.6)
        return standing(lift=(level, level))

    found = tracked(film(motion, 7, noise_px=0.3), "trunk_moved")
    moved = [each["trunk_moved"] for each in found]
    assert all(value is not None for value in moved)
    assert max(moved[20:85]) < 0.02  # type: ignore[type-var]
    # Heels lifted by 6 cm raise the body by 4.2 of its leg's 81 cm.
    assert max(moved[100:140]) == pytest.approx(0.042 / 0.81, abs=0.015)  # type: ignore[type-var]
    assert max(moved[-10:]) < 0.02  # type: ignore[type-var]


def test_arms_and_feet_leave_the_trunk_alone() -> None:
    def motion(t: float) -> np.ndarray:
        p = standing()
        p[13:23, 1] += 0.2 * math.sin(5 * t)
        p[29:33, 1] += 0.02 * math.sin(5 * t)
        return p

    found = tracked(film(motion, 4), "trunk_moved")
    assert max(each["trunk_moved"] or 0.0 for each in found[30:]) < 0.01
