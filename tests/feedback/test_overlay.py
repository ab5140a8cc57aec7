from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from posecoach.checkers.results import Attempt, FootCircle, Rep
from posecoach.feedback.geometry import zones_of
from posecoach.feedback.overlay import Overlay
from posecoach.feedback.theme import RIGHT, WRONG
from posecoach.motion import Ellipse
from posecoach.pose import Pose
from posecoach.session.events import RepCounted, TargetReached, TryAbandoned
from posecoach.session.snapshot import Snapshot

Poses = Callable[..., list[Pose]]
Snap = Callable[..., Snapshot]


def room(width: int, height: int) -> np.ndarray:
    """A picture that differs from its mirror image everywhere."""
    across = np.linspace(40, 200, width, dtype=np.uint8)
    return np.repeat(np.repeat(across[None, :, None], height, axis=0), 3, axis=2)


def flipped(pose: Pose) -> Pose:
    pixels = pose.pixels * [-1, 1] + [pose.size[0] - 1, 0]
    return Pose(pose.time_s, pose.size, pixels, pose.world, pose.visibility)


def pixels_of(image: np.ndarray, colour: tuple[int, int, int]) -> int:
    return int((np.abs(image.astype(int) - colour).max(axis=2) < 12).sum())


@pytest.mark.parametrize(
    "size",
    [
        (320, 240),
        (426, 240),
        (640, 480),
        (1280, 720),
        (1920, 1080),
        (3840, 2160),
        (720, 1280),
        (240, 320),
        (2560, 1080),
        (160, 120),
    ],
)
@pytest.mark.parametrize("keys", [False, True])
def test_every_size_of_picture_can_be_drawn_on(
    poses: Poses, snapshot: Snap, size: tuple[int, int], keys: bool
) -> None:
    scale = size[1] / 480
    pose = poses("hr_front", (int(320 - size[0] / scale / 2), 0, round(size[0] / scale), 480))[9]
    pose = Pose(pose.time_s, size, pose.pixels * scale, pose.world, pose.visibility)
    image = room(*size)
    before = image.copy()
    overlay = Overlay(keys=keys)
    drawn = overlay.draw(image, pose, snapshot(cue="too_shallow"))
    assert np.array_equal(image, before)
    assert drawn.dtype == np.uint8
    assert drawn.shape[1] == size[0]
    assert (drawn.shape[0] > size[1]) == keys
    assert len(overlay.panels) == 2
    for panel in overlay.panels:
        assert panel.right <= size[0]
        assert panel.bottom <= size[1]
    assert not np.array_equal(drawn[: size[1]], image)


def test_the_count_is_a_sixth_of_the_picture_high(poses: Poses, snapshot: Snap) -> None:
    pose = Pose.nobody(0.0, (1280, 720))
    one = Overlay().draw(np.zeros((720, 1280, 3), np.uint8), pose, snapshot(reps=1))
    seven = Overlay().draw(np.zeros((720, 1280, 3), np.uint8), pose, snapshot(reps=7))
    rows = np.flatnonzero((one != seven).any(axis=(1, 2)))
    assert (rows.max() - rows.min()) / 720 > 1 / 6


def test_a_mirror_turns_the_picture_and_the_body_but_no_words(poses: Poses, snapshot: Snap) -> None:
    mirrored, plain = Overlay(mirrored=True), Overlay()
    image = room(640, 480)
    for pose in poses("hr_3q_r_pauses")[:12]:
        state = snapshot(pose.time_s, cue="too_fast", phase="holding", side="left")
        a = mirrored.draw(image, pose, state)
        b = plain.draw(np.ascontiguousarray(image[:, ::-1]), flipped(pose), state)
        assert np.array_equal(a, b)


def test_words_are_the_same_in_a_mirror(snapshot: Snap) -> None:
    image = np.full((480, 640, 3), 90, np.uint8)
    nobody = Pose.nobody(0.0, (640, 480))
    state = snapshot(phase="nobody")
    a = Overlay(mirrored=True, keys=True).draw(image, nobody, state)
    b = Overlay(keys=True).draw(image, nobody, state)
    assert np.array_equal(a, b)
    assert not np.array_equal(a, a[:, ::-1])


STATES = {
    "nobody": {"phase": "nobody"},
    "refused": {"phase": "refused", "cue": "only_feet"},
    "settling": {"phase": "settling"},
    "ready": {"phase": "ready"},
    "moving": {"phase": "moving"},
    "holding": {"phase": "holding", "kind": "hold", "hold_s": 7.0, "target_hold_s": 30.0},
    "stopped": {
        "phase": "stopped",
        "kind": "hold",
        "hold_s": 7.0,
        "target_hold_s": 30.0,
        "cue": "heels_dropped",
        "fault": "heels_dropped",
    },
}


def test_every_state_looks_different(poses: Poses, snapshot: Snap) -> None:
    pose = poses("hr_side_l_full")[5]
    image = room(640, 480)
    drawn = {
        name: Overlay().draw(image, pose, snapshot(**changes)) for name, changes in STATES.items()
    }
    drawn["paused"] = Overlay().draw(image, pose, snapshot(**STATES["ready"]), paused=True)
    names = list(drawn)
    for i, a in enumerate(names):
        for b in names[:i]:
            assert (drawn[a] != drawn[b]).any(axis=2).sum() > 300, (a, b)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    "clip", ["hr_front", "lr_side_l_towel", "tw_across_straight", "tw_toward_front"]
)
def test_no_panel_covers_head_or_feet_for_longer_than_it_must_stay(
    poses: Poses, snapshot: Snap, clip: str, state: str
) -> None:
    overlay = Overlay()
    image = np.zeros((480, 640, 3), np.uint8)
    free_s, covered = 0.0, 0
    for pose in poses(clip):
        overlay.draw(image, pose, snapshot(pose.time_s, **STATES[state]))
        zones = zones_of(pose)
        covers = zones is not None and any(
            p.overlaps(z) for p in overlay.panels for z in zones.kept_free
        )
        covered += covers
        free_s = free_s if covers else pose.time_s
        assert pose.time_s - free_s < 0.4
    assert covered <= 3


def test_what_is_wrong_is_orange_and_what_is_right_is_blue(poses: Poses, snapshot: Snap) -> None:
    pose = poses("hr_front")[9]
    image = np.zeros((480, 640, 3), np.uint8)
    right = Overlay().draw(image, pose, snapshot(phase="moving"))
    wrong = Overlay().draw(image, pose, snapshot(phase="moving", fault="too_fast", cue="too_fast"))
    assert pixels_of(right, WRONG) == 0
    assert pixels_of(wrong, WRONG) > 1000
    # The card goes on to say that it moves; the body is orange throughout.
    body = np.s_[:, 260:380]
    assert pixels_of(right[body], RIGHT) > 300
    assert pixels_of(wrong[body], RIGHT) == 0


def test_only_the_joints_that_matter_are_emphasised(poses: Poses, snapshot: Snap) -> None:
    pose = poses("hr_front")[9]
    image = np.zeros((480, 640, 3), np.uint8)
    drawn = Overlay().draw(image, pose, snapshot(level=None))
    body = drawn[:, 260:380]
    assert pixels_of(body[: int(pose.pixels[25, 1]) - 12], RIGHT) == 0
    assert pixels_of(body[int(pose.pixels[25, 1]) :], RIGHT) > 200


def test_the_ring_fills_with_the_seconds(snapshot: Snap) -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    nobody = Pose.nobody(0.0, (640, 480))

    def blue(seconds: float) -> int:
        state = snapshot(
            kind="hold", phase="holding", hold_s=seconds, target_hold_s=30.0, level=None, joints=()
        )
        return pixels_of(Overlay().draw(image, nobody, state), RIGHT)

    none, quarter, half, whole = (blue(s) for s in (0.0, 7.5, 15.0, 30.0))
    assert quarter - none > 100
    assert half - none == pytest.approx(2 * (quarter - none), rel=0.15)
    assert whole - none == pytest.approx(4 * (quarter - none), rel=0.15)


def test_the_bar_rises_with_the_level(snapshot: Snap) -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    nobody = Pose.nobody(0.0, (640, 480))
    inked = [
        int((Overlay().draw(image, nobody, snapshot(level=level)) > 200).all(axis=2).sum())
        for level in (None, 0.2, 0.4, 0.6)
    ]
    assert inked == sorted(set(inked))


def test_the_trace_marks_counted_reps_and_tries(snapshot: Snap) -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    plain, marked = Overlay(), Overlay()
    for i in range(60):
        t = i / 10
        level = max(0.0, np.sin(t * 2))
        events = []
        if i == 20:
            events.append(RepCounted(t, "both", Rep("both", 0.0, 1.0, t)))
        if i == 40:
            events.append(TryAbandoned(t, "both", Attempt("both", 3.0, 3.5, t, "")))
        state = snapshot(t, level=level, phase="ready")
        nobody = Pose.nobody(t, (640, 480))
        a = plain.draw(image, nobody, state)
        b = marked.draw(image, nobody, state, events)
    assert pixels_of(b, RIGHT) - pixels_of(a, RIGHT) > 10
    assert pixels_of(b, WRONG) - pixels_of(a, WRONG) > 3


def test_a_cue_stays_long_enough_to_be_read_and_then_goes(snapshot: Snap) -> None:
    overlay = Overlay()
    image = np.zeros((480, 640, 3), np.uint8)

    def shown(t: float, **changes: object) -> bool:
        overlay.draw(image, Pose.nobody(t, (640, 480)), snapshot(t, **changes))
        return len(overlay.panels) == 2

    assert not shown(0.0)
    assert shown(0.1, cue="too_fast")
    assert shown(1.0)
    assert not shown(1.5)


def test_events_are_told_when_the_session_says_nothing_else(snapshot: Snap) -> None:
    overlay = Overlay()
    image = np.zeros((480, 640, 3), np.uint8)
    nobody = Pose.nobody(0.0, (640, 480))
    overlay.draw(image, nobody, snapshot(0.0), [TargetReached(0.0, "both")])
    assert len(overlay.panels) == 2


def test_the_same_frames_give_the_same_pictures(poses: Poses, snapshot: Snap) -> None:
    image = room(640, 480)

    def run(overlay: Overlay) -> list[np.ndarray]:
        return [
            overlay.draw(image, pose, snapshot(pose.time_s, level=pose.time_s % 1))
            for pose in poses("tw_across_straight")[::8]
        ]

    overlay = Overlay()
    first, again = run(overlay), run(Overlay())
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))


def test_an_unknown_cue_and_a_wild_pose_end_nothing(poses: Poses, snapshot: Snap) -> None:
    pose = poses("hr_front")[9]
    wild = Pose(0.0, pose.size, pose.pixels * 1e7, pose.world, pose.visibility)
    overlay = Overlay()
    drawn = overlay.draw(room(640, 480), wild, snapshot(cue="never_heard_of", reps=12345))
    assert drawn.shape == (480, 640, 3)
    assert len(overlay.panels) == 2


def test_a_picture_that_is_a_view_of_another_is_drawn_on_as_well(snapshot: Snap) -> None:
    whole = room(1280, 720)
    part = whole[100:580, 200:840]
    drawn = Overlay().draw(part, Pose.nobody(0.0, (640, 480)), snapshot())
    solid = Overlay().draw(part.copy(), Pose.nobody(0.0, (640, 480)), snapshot())
    assert np.array_equal(drawn, solid)
    assert cv2.countNonZero(cv2.absdiff(whole, room(1280, 720))[:, :, 0]) == 0


@pytest.mark.parametrize("size", [(640, 480), (405, 720), (1280, 720)])
@pytest.mark.parametrize("mirrored", [False, True])
def test_the_circle_is_drawn_at_its_foot(
    poses: Poses, snapshot: Snap, size: tuple[int, int], mirrored: bool
) -> None:
    scale = size[1] / 480
    pose = poses("hr_front", (int(320 - size[0] / scale / 2), 0, round(size[0] / scale), 480))[9]
    pose = Pose(pose.time_s, size, pose.pixels * scale, pose.world, pose.visibility)
    ellipse = Ellipse((30.0 * scale, 10.0 * scale), (40.0 * scale, 12.0 * scale), 30.0)
    circle = FootCircle("left", ellipse, 34.2)
    image = np.zeros((size[1], size[0], 3), np.uint8)
    without, with_it = (
        Overlay(mirrored).draw(image, pose, snapshot(circle=each)).astype(int)
        for each in (None, circle)
    )
    changed = np.argwhere((without != with_it).any(axis=2))[:, ::-1]
    sign = -1 if mirrored else 1
    ankle = (flipped(pose) if mirrored else pose).pixels[27]
    off = (changed - ankle - (sign * 30.0 * scale, 10.0 * scale)) / scale
    slope = np.radians(30.0)
    along = np.array((sign * np.cos(slope), np.sin(slope)))
    across = np.array((-along[1], along[0]))
    radius = np.hypot(off @ along / 40.0, off @ across / 12.0)
    near = radius < 1.6
    assert near.sum() > 100
    assert np.median(radius[near]) == pytest.approx(1.0, abs=0.1)
    # All round: as much on the one side as on the other.
    for axis in (along, across):
        assert 0.4 < (off[near] @ axis > 0).mean() < 0.6
    # And its range in words, beside it.
    assert (~near).sum() > 50


def test_a_circle_far_out_of_the_picture_is_not_drawn(poses: Poses, snapshot: Snap) -> None:
    pose = poses("hr_front")[9]
    circle = FootCircle("left", Ellipse((9000.0, 0.0), (40.0, 12.0), 0.0), 30.0)
    image = room(640, 480)
    drawn = [Overlay().draw(image, pose, snapshot(circle=each)) for each in (None, circle)]
    assert np.array_equal(*drawn)
