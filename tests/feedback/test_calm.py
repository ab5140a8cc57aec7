"""Nothing flickers: what changes from frame to frame is calmed before it is shown."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from figures import foot_view, pose_of, standing

from posecoach.checkers import load_all
from posecoach.feedback.calm import LEAST_S, Calm, Steady
from posecoach.feedback.cue import CueBoard
from posecoach.feedback.overlay import Overlay
from posecoach.pose import Pose
from posecoach.session import Session
from posecoach.session.gestures import GestureProgress
from posecoach.session.snapshot import Snapshot

Snap = Callable[..., Snapshot]
FPS = 30
SIZE = (640, 480)


def shown(values: str, least_s: float = LEAST_S, after_s: float = 0.0) -> str:
    """What is shown for one letter a frame."""
    steady = Steady("-")
    return "".join(
        steady.update(i / FPS, value, least_s, after_s) for i, value in enumerate(values)
    )


def test_what_is_shown_stays_for_a_while() -> None:
    assert shown("a" * 20 + "b" + "a" * 20) == "a" * 20 + "b" * 9 + "a" * 12
    assert shown("a" * 20 + "b" * 20) == "a" * 20 + "b" * 20


def test_quick_changes_to_and_fro_are_at_least_so_far_apart() -> None:
    found = shown("ab" * 60)
    lengths = [len(list(run)) for _, run in itertools.groupby(found)]
    assert min(lengths[1:-1]) >= 9


def test_what_must_last_is_not_shown_before_it_did() -> None:
    assert shown("a" * 20 + "b" * 8 + "a" * 20, after_s=0.3) == "a" * 48
    assert shown("a" * 20 + "b" * 20, after_s=0.3) == "a" * 29 + "b" * 11


def test_the_first_value_and_one_after_a_jump_back_are_shown_at_once() -> None:
    steady = Steady("-")
    assert steady.update(5.0, "a", after_s=1.0) == "a"
    assert steady.update(5.1, "b", after_s=1.0) == "a"
    assert steady.update(2.0, "b", after_s=1.0) == "b"


def test_a_picture_drawn_again_shows_the_news_at_once() -> None:
    # A key, or a camera that gives no more frames: the time stands still.
    steady = Steady("-")
    steady.update(5.0, "a")
    steady.update(5.1, "b")
    assert steady.update(5.1, "c", after_s=1.0) == "c"


def test_a_body_lost_for_a_moment_is_shown_on_and_one_lost_for_longer_is_not(
    snapshot: Snap,
) -> None:
    calm = Calm()
    seen = []
    for i in range(60):
        now = i / FPS
        there = i < 20 or i in (24, 25)
        pose = pose_of(standing(), now) if there else Pose.nobody(now, SIZE)
        phase = "moving" if there else "nobody"
        level = 0.5 if there else None
        state, body = calm.update(snapshot(now, phase=phase, level=level), pose)
        seen.append((state.phase, state.level is not None, body.found))
    assert seen[:34] == [("moving", True, True)] * 34
    assert seen[36:] == [("nobody", False, False)] * 24


def test_a_close_up_lost_for_a_moment_is_shown_on(snapshot: Snap) -> None:
    calm = Calm()
    found = []
    for i in range(40):
        now = i / FPS
        feet = (None, foot_view() if i % 10 else None)
        pose = replace(pose_of(standing(), now), feet=feet if i < 20 else (None, None))
        found.append(calm.update(snapshot(now), pose)[1].feet[1] is not None)
    assert found[1:28] == [True] * 27
    assert found[30:] == [False] * 10


def test_a_gesture_given_up_at_once_is_shown_for_a_moment() -> None:
    calm = Calm()
    shares = []
    for i in range(60):
        raised = 20 <= i < 23
        progress = calm.gesture(i / FPS, GestureProgress("next", i / 60) if raised else None)
        shares.append(progress.share if progress else None)
    assert shares == [None] * 20 + [i / 60 for i in (20, 21, 22)] + [22 / 60] * 6 + [None] * 31


def test_counts_are_never_held_back(snapshot: Snap) -> None:
    calm = Calm()
    for i in range(30):
        state, _ = calm.update(
            snapshot(i / FPS, reps=i, hold_s=i / FPS), Pose.nobody(i / FPS, SIZE)
        )
        assert (state.reps, state.hold_s) == (i, i / FPS)


def test_a_camera_s_trouble_is_told_although_no_frame_follows(snapshot: Snap) -> None:
    board = CueBoard()
    board.update(snapshot(1.0, cue="too_fast"), [], False)
    board.update(snapshot(1.1, cue="knee_bent"), [], False)
    now = snapshot(1.1, phase="nobody", cue="camera_stalled")
    assert board.update(now, [], False) == "camera_stalled"
    assert board.update(snapshot(1.1, cue="knee_bent"), [], True) == "paused"
    assert board.update(snapshot(1.15), [], False) is None


def test_a_correction_stays_until_it_was_read_and_the_next_one_follows(snapshot: Snap) -> None:
    board = CueBoard()
    board.update(snapshot(-1.0), [], False)
    told = []
    for i in range(90):
        cue = "too_fast" if i < 6 else "knee_bent"
        told.append(board.update(snapshot(i / FPS, cue=cue), [], False))
    assert told[:36] == ["too_fast"] * 36
    assert told[36:] == ["knee_bent"] * 54


@pytest.fixture(scope="module")
def frames() -> Callable[[str], list[Pose]]:
    """`frames(clip)`: every frame of a clip as the model saw it."""
    data = np.load(Path(__file__).parent / "data" / "frames.npz")

    def of(clip: str) -> list[Pose]:
        found = []
        parts = (data[f"{clip}.{part}"] for part in "tpwv")
        for t, p, w, v in zip(*parts, strict=True):
            if p.min() <= -32000:
                found.append(Pose.nobody(float(t), SIZE))
            else:
                found.append(Pose(float(t), SIZE, p / 8.0, w / 1000.0, v / 255.0))
        return found

    return of


def runs(values: Sequence[Hashable], times: Sequence[float]) -> list[tuple[Hashable, float]]:
    """Each value with how long it stayed, without the first and the last one."""
    starts = [i for i in range(len(values)) if i == 0 or values[i] != values[i - 1]]
    return [(values[a], times[b] - times[a]) for a, b in itertools.pairwise(starts)][1:]


@pytest.mark.parametrize(
    ("clip", "exercise"),
    [
        ("dx_walk_across", "toe_walking"),
        ("ws_side_r_L_heelfault", "heel_tendon_stretch"),
        ("lr_side_r_kneefault", "leg_up_towel"),
        ("hs_side_r_kneebend", "heel_stretch"),
    ],
)
def test_nothing_on_the_screen_flickers(
    frames: Callable[[str], list[Pose]], clip: str, exercise: str
) -> None:
    session, overlay, calm, board = Session(load_all()[exercise]), Overlay(), Calm(), CueBoard()
    image = np.zeros((480, 640, 3), np.uint8)
    times: list[float] = []
    raw: list[Hashable] = []
    calmed: dict[str, list[Hashable]] = {name: [] for name in ("state", "cue", "body", "panels")}
    cards: list[Hashable] = []
    slots: list[tuple[Hashable, Hashable]] = []
    for pose in frames(clip):
        events = session.update(pose)
        now = session.snapshot
        overlay.draw(image, pose, now, events)
        state, body = calm.update(now, pose)
        times.append(pose.time_s)
        raw.append((now.phase, now.fault, now.cue))
        calmed["state"].append(state.phase)
        calmed["cue"].append(board.update(state, events, False))
        calmed["body"].append((body.found, state.level is None))
        calmed["panels"].append(len(overlay.panels))
        cards.append(overlay.panels[0])
        # While a cue is up its panel moves only as the slot does: its words have one size.
        slots.append((calmed["cue"][-1], overlay.panels[1:]))
    for name, values in calmed.items():
        assert all(stayed > LEAST_S - 1e-3 for _, stayed in runs(values, times)), name
    # Cues can be read, too.
    assert all(stayed > 1.15 for cue, stayed in runs(calmed["cue"], times) if cue is not None)
    # Positions: the card at most once in 0.4 s, and seldom; a cue at most once as well.
    assert all(stayed > 0.39 for _, stayed in runs(cards, times))
    assert len(runs(cards, times)) <= 0.5 * times[-1]
    moves = [
        now
        for now, (before, after) in zip(times[1:], itertools.pairwise(slots), strict=True)
        if before[0] == after[0] and before[1] != after[1]
    ]
    assert all(b - a > 0.39 for a, b in itertools.pairwise(moves))
    # Without all this there would be something to see.
    assert min(stayed for _, stayed in runs(raw, times)) < LEAST_S
