"""What the close-up sees of painted feet whose every movement is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from soles import STILL, Room, Sole, Way

from posecoach.frames import Frame, Image
from posecoach.pose import (
    LANDMARK_COUNT,
    FootPlace,
    FootView,
    Landmark,
    Pose,
    of_side,
    placed_feet,
)
from posecoach.pose.closeup import CloseUp, FootCloseUp

FPS = 24
ROOM = Room()
PX = ROOM.soles[0].px
RIGHT = [int(of_side(name, "right")) for name in ("ankle", "heel", "foot_index", "knee")]


def watch(
    seen: Iterable[tuple[Image, Pose]], close_up: FootCloseUp | None = None
) -> list[FootView | None]:
    """What a close-up of the right foot shows of pictures."""
    foot = close_up or FootCloseUp("right")
    return [foot.update(image, pose) for image, pose in seen]


def poses(count: int, room: Room = ROOM, start: int = 0, at: Way = STILL) -> list[Pose]:
    return [room.pose(i / FPS, at) for i in range(start, start + count)]


def held(image: Image, of: Sequence[Pose]) -> list[tuple[Image, Pose]]:
    """One picture for all these poses."""
    return [(image, pose) for pose in of]


def last(views: Sequence[FootView | None]) -> FootView:
    assert views[-1] is not None
    return views[-1]


def moved(room: Room = ROOM, **how: object) -> FootView:
    """Half a second of rest, then a picture in which something has moved."""
    rest = room.image()
    views = watch(
        [*held(rest, poses(6, room)), (room.image(**how), room.pose(6 / FPS))]  # type: ignore[arg-type]
    )
    return last(views)


def feet(way: Way, px: float = PX) -> Way:
    """Foot lengths in pixels."""
    return way[0] * px, way[1] * px


# The flow is computed at a quarter of the close-up's resolution, and a part that moves by
# itself is held back by what lies still around it: this much of the movement is measured
# (with the finest scale at 1 instead of 2, 0.75 to 1.05, at half as much cost again).
LEAST, MOST = 0.3, 1.05


def share(seen: np.ndarray, way: Way) -> float:
    """How much of a movement was measured, along it."""
    return float(seen @ way) / float(np.hypot(*way)) ** 2


WAYS = [(0.02, 0.0), (-0.02, 0.01), (0.0, -0.03), (-0.06, 0.0), (0.05, -0.05), (0.1, 0.0)]


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("way", WAYS)
def test_moving_toes_are_measured_and_the_hind_foot_stays(way: Way, seed: int) -> None:
    view = moved(Room(noise=1.0, seed=seed), toes=feet(way))
    far = float(np.hypot(*way))
    assert LEAST < share(view.toes, way) < MOST
    across = abs(float(view.toes @ (-way[1], way[0]))) / far
    assert across < 0.2 * far
    assert np.hypot(*view.hind) < 0.1 * far + 0.002


@pytest.mark.parametrize("way", WAYS)
def test_a_whole_foot_that_moves_is_seen_in_both_parts(way: Way) -> None:
    view = moved(Room(noise=1.0), toes=feet(way), hind=feet(way))
    for part in (view.toes, view.hind):
        assert LEAST < share(part, way) < MOST
    assert share(view.hind, way) == pytest.approx(share(view.toes, way), abs=0.3)


def test_less_than_a_tenth_of_a_pixel_is_not_lost() -> None:
    far = [float(moved(toes=(0.0, -way)).toes[1]) * PX for way in (0.0, 0.1, 0.3, 0.6)]
    assert far[0] == 0.0
    assert np.diff(far).max() < -0.04


@pytest.mark.parametrize("camera", [(1.5, 0.0), (-0.8, 0.9), (0.0, -3.0)])
def test_a_movement_of_the_camera_is_taken_out(camera: Way) -> None:
    still = moved(camera=camera)
    assert np.hypot(*still.toes) < 0.012
    assert np.hypot(*still.hind) < 0.012
    curl = moved(camera=camera, toes=feet((-0.06, 0.0)))
    assert LEAST < share(curl.toes, (-0.06, 0.0)) < MOST


def test_a_foot_that_stands_still_moves_by_noise_alone() -> None:
    room = Room(noise=3.0)
    views = watch((room.image(), pose) for pose in poses(3 * FPS, room))
    far = [np.hypot(*part) for view in views if view for part in (view.toes, view.hind)]
    assert len(far) == 2 * 3 * FPS
    assert max(far) < 0.006
    assert {view.began_s for view in views if view} == {0.0}


def test_of_the_other_foot_nothing_is_seen() -> None:
    view = moved(toes=feet((-0.05, 0.03)), hind=feet((-0.05, 0.03)), side="left")
    assert np.hypot(*view.toes) < 0.002


def test_it_comes_back_to_where_it_was() -> None:
    """Rolled to and fro for ten seconds, the place of rest is still the same."""
    room = Room(noise=1.0)
    frames = []
    for pose in poses(10 * FPS, room)[::2]:
        away = feet((0.15 * np.sin(2 * np.pi * pose.time_s / 2) ** 2, 0.0))
        frames.append((room.image(toes=away, hind=away), pose))
    view = last(watch([*frames, *held(room.image(), poses(FPS, room, 10 * FPS))]))
    assert np.hypot(*view.toes) < 0.01


@pytest.mark.parametrize(
    ("size", "px"),
    [
        ((426, 240), 24.0),
        ((640, 480), 60.0),
        ((1280, 720), 90.0),
        ((720, 1280), 90.0),
        ((3840, 2160), 280.0),
    ],
)
def test_from_240_lines_to_4k_the_same_is_measured(size: tuple[int, int], px: float) -> None:
    heel = (0.4 * size[0], 0.8 * size[1])
    room = Room(size, (Sole("right", heel, px),), noise=1.0)
    way = feet((-0.06, 0.0), px)
    view = moved(room, toes=way)
    assert view.foot_px == pytest.approx(px)
    assert LEAST < share(view.toes, (-0.06, 0.0)) < MOST
    assert view.ahead == pytest.approx([1.0, 0.0])
    left, top, right, bottom = view.box
    assert left < heel[0] < heel[0] + px < right
    assert top < heel[1] < bottom
    assert right - left == pytest.approx(2.4 * px, abs=2)


def test_a_frame_is_left_as_it_is() -> None:
    image, foot = ROOM.image(), FootCloseUp("right")
    before = image.copy()
    image.flags.writeable = False
    for pose in poses(FPS):
        foot.update(image, pose)
    assert np.array_equal(image, before)


@pytest.mark.parametrize("px", [4.0, 12.0, 17.0])
def test_a_foot_too_small_is_none(px: float) -> None:
    room = Room(soles=(Sole("right", (200.0, 200.0), px),))
    assert watch(held(room.image(), poses(6, room))) == [None] * 6


@pytest.mark.parametrize(
    ("heel", "seen"),
    [
        ((230.0, 200.0), True),
        ((10.0, 200.0), True),  # a fifth of the square is outside
        ((-20.0, 200.0), False),
        ((480.0, 200.0), False),
        ((300.0, 330.0), False),
        ((300.0, 262.0), True),
    ],
)
def test_beside_and_beyond_the_edge(heel: Way, seen: bool) -> None:
    room = Room(soles=(Sole("right", heel, 60.0),))
    views = watch(held(room.image(), poses(6, room)))
    assert [view is not None for view in views] == [seen] * 6


def test_at_the_edge_the_same_is_measured() -> None:
    room = Room(soles=(Sole("right", (10.0, 220.0), 60.0),), noise=1.0)
    view = moved(room, toes=feet((-0.05, -0.02)))
    assert view.box[0] < 0
    assert LEAST < share(view.toes, (-0.05, -0.02)) < MOST


def test_no_contours_are_none() -> None:
    plain = np.full((300, 480, 3), 128, np.uint8)
    assert watch(held(plain, poses(6))) == [None] * 6


def test_a_blurred_frame_is_none_and_the_next_sharp_one_is_not() -> None:
    sharp, blurred = ROOM.image(), ROOM.image(soften=8.0)
    views = watch(
        [*held(sharp, poses(6)), *held(blurred, poses(4, start=6)), (sharp, poses(11)[10])]
    )
    assert [view is not None for view in views] == [True] * 6 + [False] * 4 + [True]
    assert last(views).began_s == 0.0


def test_where_the_light_stays_dim_it_begins_anew() -> None:
    """The look from before is no measure of sharpness any more."""
    bright = ROOM.image()
    dim = (40 + 0.35 * bright).astype(np.uint8)
    views = watch([*held(bright, poses(FPS)), *held(dim, poses(4 * FPS, start=FPS))])
    assert views[FPS + 2] is None
    assert last(views).began_s > 1.0


def test_a_foot_put_elsewhere_begins_a_new_close_up() -> None:
    there = (120.0, -40.0)
    other = replace(
        ROOM, soles=tuple(Sole(s.side, (s.heel[0] + 120, s.heel[1] - 40), s.px) for s in ROOM.soles)
    )
    image = other.image()
    views = watch(
        [*held(ROOM.image(), poses(FPS)), *held(image, poses(3 * FPS, start=FPS, at=there))]
    )
    assert views[FPS - 1] is not None
    assert last(views).began_s == pytest.approx(1.5, abs=0.5)
    assert last(views).box[0] - views[FPS - 1].box[0] == pytest.approx(120, abs=40)
    # Where it is now, it is at its place.
    assert np.hypot(*last(views).toes) < 0.01


def test_landmarks_that_jump_for_a_moment_begin_nothing() -> None:
    image = ROOM.image()
    views = watch(
        held(image, [*poses(FPS), *poses(3, start=FPS, at=(90.0, 0.0)), *poses(FPS, start=FPS + 3)])
    )
    assert {view.began_s for view in views if view} == {0.0}


def test_nobody_in_view_and_somebody_again() -> None:
    image = ROOM.image()
    nobody = [Pose.nobody(i / FPS, ROOM.size) for i in range(FPS, 3 * FPS)]
    views = watch(held(image, [*poses(FPS), *nobody, *poses(FPS, start=3 * FPS)]))
    assert views[FPS : 3 * FPS] == [None] * (2 * FPS)
    assert last(views).began_s == 3.0


def test_a_moment_without_landmarks_is_bridged() -> None:
    image = ROOM.image()
    nobody = [Pose.nobody(i / FPS, ROOM.size) for i in range(FPS, FPS + 6)]
    views = watch(held(image, [*poses(FPS), *nobody, *poses(FPS, start=FPS + 6)]))
    assert views[FPS : FPS + 6] == [None] * 6
    assert last(views).began_s == 0.0


def test_the_other_foot_without_landmarks_takes_nothing_away() -> None:
    some = poses(2 * FPS)
    for pose in some[6:12]:
        pose.pixels[of_side("foot_index", "left")] = np.nan
    foot = FootCloseUp("right")
    views = watch(held(ROOM.image(), some), foot)
    assert None not in views
    # Put elsewhere, the foot is told from the other one again.
    views = watch(
        held(ROOM.image(toes=feet((-0.1, 0)), side="left"), poses(2, start=2 * FPS)), foot
    )
    assert np.hypot(*last(views).toes) < 0.01
    assert np.isfinite(foot._marks).all()  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (1, 480), (640, 1), (3, 2)])
def test_pictures_of_next_to_nothing_are_survived(size: tuple[int, int]) -> None:
    image = np.zeros((size[1], size[0], 3), np.uint8)
    for px in (0.5, 20.0, 300.0):
        room = Room(soles=(Sole("right", (0.0, 0.0), px),))
        some = [replace(pose, size=size) for pose in poses(4, room)]
        assert watch(held(image, some)) == [None] * 4


coordinate = st.one_of(
    st.floats(-200, 900), st.floats(-1e9, 1e9), st.sampled_from([np.nan, np.inf, -np.inf, 0.0])
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(coordinate, min_size=16, max_size=16), min_size=1, max_size=4))
def test_any_landmarks_are_survived(frames: list[list[float]]) -> None:
    image, foot = ROOM.image(), FootCloseUp("right")
    for i, values in enumerate(frames):
        pose = ROOM.pose(i * 0.3)
        pose.pixels[25:33] = np.array(values).reshape(8, 2)
        view = foot.update(image, pose)
        if view is not None:
            assert np.isfinite([*view.toes, *view.hind, *view.ahead, view.foot_px]).all()


# --- a close-up of both feet ------------------------------------------------------------


def test_a_close_up_adds_left_and_right_to_the_pose() -> None:
    way = feet((-0.06, 0.0))
    frames = [ROOM.frame(i / FPS, i) for i in range(6)]
    frames.append(ROOM.frame(6 / FPS, 6, toes=way, side="left"))
    seen: list[Frame] = []

    def estimate(frame: Frame) -> Pose:
        seen.append(frame)
        return ROOM.pose(frame.time_s)

    close_up = CloseUp(estimate)
    found = [close_up.estimate(frame) for frame in frames]
    assert all(a is b for a, b in zip(seen, frames, strict=True))
    left, right = found[-1].feet
    assert left is not None
    assert right is not None
    assert float(left.toes[0]) < -0.03
    assert abs(float(right.toes[0])) < 0.002
    assert left.box[0] > right.box[0]
    assert np.array_equal(found[-1].pixels, ROOM.pose(6 / FPS).pixels)


# --- feet whose place a person gave -----------------------------------------------------


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (720, 1280)])
def test_places_become_landmarks_of_feet_and_of_nothing_else(size: tuple[int, int]) -> None:
    frame = Frame(1.5, np.zeros((size[1], size[0], 3), np.uint8), 36)
    pose = placed_feet([FootPlace("right", (0.2, 0.5), (0.4, 0.6))])(frame)
    assert not pose.found
    assert (pose.time_s, pose.size) == (1.5, size)
    there = {int(i) for i in np.flatnonzero(np.isfinite(pose.pixels).all(axis=1))}
    assert there == set(RIGHT)
    assert pose.pixels[Landmark.RIGHT_HEEL] == pytest.approx([0.2 * size[0], 0.5 * size[1]])
    # The ball is short of the tip by a fifth.
    assert pose.pixels[Landmark.RIGHT_FOOT_INDEX] == pytest.approx([0.36 * size[0], 0.58 * size[1]])
    above = pose.pixels[[Landmark.RIGHT_KNEE, Landmark.RIGHT_ANKLE, Landmark.RIGHT_HEEL], 1]
    assert (np.diff(above) > 0).all()
    assert pose.visibility.sum() == 4
    assert np.isnan(pose.world).all()


def test_a_placed_foot_is_measured_as_one_that_a_model_found() -> None:
    px = PX * 1.25  # heel to tip
    places = [
        FootPlace(
            sole.side,
            (sole.heel[0] / 480, sole.heel[1] / 300),
            ((sole.heel[0] + px) / 480, sole.heel[1] / 300),
        )
        for sole in ROOM.soles
    ]
    close_up = CloseUp(placed_feet(places))
    frames = [ROOM.frame(i / FPS, i) for i in range(6)]
    frames.append(ROOM.frame(6 / FPS, 6, toes=feet((0.0, -0.05)), side="right"))
    left, right = [close_up.estimate(frame) for frame in frames][-1].feet
    assert left is not None
    assert right is not None
    assert right.foot_px == pytest.approx(PX, rel=0.03)
    assert LEAST < share(right.toes, (0.0, -0.05)) < MOST
    assert np.hypot(*left.toes) < 0.003


def test_only_one_placed_foot_leaves_the_other_unseen() -> None:
    place = FootPlace("left", (320 / 480, 220 / 300), (395 / 480, 220 / 300))
    left, right = CloseUp(placed_feet([place])).estimate(ROOM.frame(0.0)).feet
    assert left is not None
    assert right is None
    assert left.toes == pytest.approx([0.0, 0.0])


def test_a_model_that_finds_nobody_gives_no_close_up() -> None:
    pose = CloseUp(lambda frame: Pose.nobody(frame.time_s, frame.size)).estimate(ROOM.frame(0.0))
    assert pose.feet == (None, None)
    assert pose.pixels.shape == (LANDMARK_COUNT, 2)
