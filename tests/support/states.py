"""Every state of the screen, drawn with a plain figure over a made-up background."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import cv2
import numpy as np
from arms import with_arms
from figures import circling, lying, pose_of, sitting_on_chair, standing
from numpy.typing import NDArray

from posecoach.checkers import Definition, load_all
from posecoach.checkers.results import Attempt, FootCircle, Hold, Rep
from posecoach.feedback.closing import Closing
from posecoach.feedback.course import Course, course_of, titled
from posecoach.feedback.geometry import Rect
from posecoach.feedback.header import header_height
from posecoach.feedback.overlay import Overlay
from posecoach.feedback.tally import heading, outcomes
from posecoach.feedback.theme import Sizes
from posecoach.feedback.wording import name_of
from posecoach.motion import Ellipse
from posecoach.pose import BONES, FootView, Landmark, Pose, of_side
from posecoach.session import WorkoutState, blocks_of, find_program
from posecoach.session.block_run import BlockResult
from posecoach.session.events import Event, RepCounted, TryAbandoned
from posecoach.session.gestures import GestureProgress
from posecoach.session.snapshot import SetupState, Snapshot

Picture = NDArray[np.uint8]
Points = NDArray[np.float64]

LEGS = (23, 24, 25, 26, 27, 28, 29, 30, 31, 32)
_TALL_M, _WIDE_M = 2.4, 2.1
"""What of a room the picture shows at least, in metres."""


@cache
def _known() -> dict[str, Definition]:
    return load_all()


@dataclass(frozen=True)
class State:
    """What a screen shows at one moment.

    Attributes:
        figure: Landmarks in metres, as ``figures`` gives them; None for nobody.
        yaw_deg: Where the figure faces.
        snapshot: Changes to a quiet snapshot.
        events: What happened in the ten seconds before, by their time from now.
        draw: Further arguments of ``Overlay.draw``.
        feet: Close-ups: none, of both feet, or of the right one without a body.
        dimmed: By what the picture is multiplied.
        own: Draws the whole picture, for what is not the overlay's.
    """

    figure: Points | None = field(default_factory=standing)
    yaw_deg: float = 0.0
    snapshot: dict[str, Any] = field(default_factory=dict)
    events: tuple[tuple[float, str], ...] = ()
    draw: dict[str, Any] = field(default_factory=dict)
    feet: int = 0
    dimmed: float = 1.0
    own: Callable[[Picture], Picture] | None = None


def _setup(posture: str, seen_from: str, near: str | None, right: bool, left: int | None) -> Any:
    return {
        "phase": "setup",
        "level": None,
        "reps": 0,
        "setup": SetupState(posture, seen_from, near, right, left),  # type: ignore[arg-type]
    }


def _course(number: int, stage: str) -> Course:
    """Where the program with the longest names is in its block of that number."""
    return course_of(_workout(number, stage))


def _workout(number: int, stage: str, results: tuple[BlockResult, ...] = ()) -> WorkoutState:
    known = _known()
    blocks = blocks_of(find_program("full_ten", known), known)
    rests = stage == "rest"
    return WorkoutState(
        0.0, stage, False, blocks, number, None, 20.0 * rests, 12.0 * rests, results
    )  # type: ignore[arg-type]


def _closing(all_done: bool) -> Callable[[Picture], Picture]:
    def draw(image: Picture) -> Picture:
        state = _workout(0, "finished")
        results = []
        for block in state.blocks if all_done else state.blocks[: len(state.blocks) // 2]:
            reps = tuple(Rep(_sided(block.side), 0, 1, 2) for _ in range(block.reps or 0))
            side, seconds = _sided(block.side), block.seconds
            holds = (Hold(side, 0.0, seconds, seconds),) if seconds else ()
            results.append(BlockResult(block, "done", 0.0, 1.0, reps, (), holds))
        found = outcomes(state.blocks, results)
        name = name_of("program", "full_ten", find_program("full_ten", _known()).name)
        return Closing(heading(name, found), found).draw(image)

    return draw


def _sided(side: str) -> Any:
    return side if side in ("left", "right") else "both"


_HOLD = {"kind": "hold", "target_hold_s": 30.0, "exercise": "leg_up_towel", "side": "right"}
_LIES = {"figure": lying((0.0, 80.0)), "yaw_deg": 90.0}

STATES: dict[str, State] = {
    "setup": State(snapshot={"cue": "step_back", **_setup("standing", "front", None, False, None)}),
    "setup_lying": State(
        snapshot={"cue": "lie_head_left", **_HOLD, **_setup("leg_up", "side", "left", False, None)},
        **_LIES,
    ),
    "setup_right": State(snapshot=_setup("standing", "side", None, True, None), yaw_deg=90),
    "count_in": State(snapshot=_setup("standing", "front", None, True, 2)),
    "gesture_pause": State(
        with_arms(standing(), (1.0, 1.0)),
        snapshot={"phase": "ready"},
        draw={"gesture": GestureProgress("pause", 0.6)},
    ),
    "gesture_next": State(
        with_arms(standing(), (1.0, -1.0)),
        snapshot={"phase": "ready"},
        draw={"gesture": GestureProgress("next", 0.3)},
    ),
    "ready": State(snapshot={"phase": "ready", "level": 0.02}),
    "moving": State(standing(lift=(0.07, 0.07)), snapshot={"reps": 12}),
    "counted": State(snapshot={"reps": 4, "phase": "ready"}, events=((-0.1, "rep"),)),
    "corrected": State(snapshot={"cue": "knee_bent", "fault": "knee_bent"}),
    "holding": State(snapshot={"phase": "holding", "hold_s": 18.4, **_HOLD}, **_LIES),
    "stopped": State(
        snapshot={
            "phase": "stopped",
            "hold_s": 18.4,
            "cue": "knee_bent",
            "fault": "knee_bent",
            **_HOLD,
        },
        **_LIES,
    ),
    "refused": State(snapshot={"phase": "refused", "cue": "only_feet", "level": None, "reps": 0}),
    "nobody": State(None, snapshot={"phase": "nobody", "level": None}),
    "settling": State(snapshot={"phase": "settling", "level": None, "reps": 0}),
    "walking": State(
        standing(lift=(0.05, 0.05), foot_up=(0.05, 0.0)),
        yaw_deg=90,
        snapshot={
            "exercise": "toe_walking",
            "kind": "hold",
            "phase": "holding",
            "hold_s": 23.0,
            "target_hold_s": 60.0,
            "steps": 41,
            "cadence": 96.0,
        },
    ),
    "done": State(snapshot={"cue": "done", "reps": 10, "phase": "ready"}),
    "circle": State(
        circling((27.0, 5.0)),
        yaw_deg=90,
        snapshot={"exercise": "ankle_circles", "side": "right", "circle": 1},
    ),
    "close_up": State(
        sitting_on_chair(None),
        yaw_deg=40,
        snapshot={"exercise": "toe_curls", "close_up": "yes"},
        feet=2,
    ),
    "close_up_alone": State(None, snapshot={"exercise": "toe_curls", "close_up": "alone"}, feet=1),
    "paused": State(snapshot={"phase": "ready"}, draw={"paused": True}),
    "camera_opening": State(
        None, snapshot={"phase": "nobody", "cue": "camera_opening", "level": None}, dimmed=0.0
    ),
    "camera_stalled": State(
        None, snapshot={"phase": "nobody", "cue": "camera_stalled"}, dimmed=0.35
    ),
    "course": State(snapshot={"reps": 7}, draw={"course": 3}),
    "rest": State(draw={"course": -4}),
    "closing": State(own=_closing(True)),
    "closing_early": State(own=_closing(False)),
}


def background(kind: str, size: tuple[int, int]) -> Picture:
    """A picture of ``size`` (width, height): ``light``, ``dark`` or ``busy``."""
    width, height = size
    if kind == "light":
        return np.full((height, width, 3), 250, np.uint8)
    if kind == "dark":
        return np.full((height, width, 3), 8, np.uint8)
    rng = np.random.default_rng(1)
    coarse = rng.integers(0, 256, (18, 24, 3), dtype=np.uint8)
    picture = cv2.resize(coarse, size, interpolation=cv2.INTER_NEAREST)
    picture[:, :: max(2, width // 40)] = 255
    return np.asarray(picture, np.uint8)


def pose_in(state: State, size: tuple[int, int], time_s: float = 0.0) -> Pose:
    """The state's figure as large as a picture of that size takes it."""
    width, height = size
    if state.figure is None:
        pose = Pose.nobody(time_s, size)
    else:
        px_per_m = min(height / _TALL_M, width / _WIDE_M)
        pose = pose_of(state.figure, time_s, state.yaw_deg, px_per_m, size=size)
    return replace(pose, feet=_feet(state, pose))


def _feet(state: State, pose: Pose) -> tuple[FootView | None, FootView | None]:
    width, height = pose.size
    if state.feet == 0:
        return None, None
    if not pose.found:
        side = round(0.6 * min(width, height))
        box = ((width - side) // 2, (height - side) // 2, (width + side) // 2, (height + side) // 2)
        return None, _view(box, side / 2.4)
    found = []
    for side_name in ("left", "right"):
        heel, ball = (pose.pixels[of_side(part, side_name)] for part in ("heel", "foot_index"))  # type: ignore[arg-type]
        px = max(20.0, float(np.hypot(*(ball - heel))))
        left, top = (int(value) for value in (heel + ball) / 2 - 1.2 * px)
        found.append(_view((left, top, left + round(2.4 * px), top + round(2.4 * px)), px))
    return found[0], found[1]


def _view(box: tuple[int, int, int, int], px: float) -> FootView:
    return FootView(np.array((-0.02, 0.005)), np.zeros(2), np.array((1.0, 0.0)), 0.0, px, box)


def paint(picture: Picture, pose: Pose) -> None:
    """Paint a body on a picture, in place."""
    if not pose.found:
        return
    p = pose.pixels
    trunk = np.hypot(*(p[Landmark.LEFT_SHOULDER] - p[Landmark.LEFT_HIP]))
    thick = max(2, round(0.26 * trunk))
    torso = [p[i] for i in (11, 12, 24, 23)]
    cv2.fillPoly(picture, [np.round(torso).astype(np.int32)], (150, 90, 120))
    for a, b in BONES:
        ends = [(round(float(x)), round(float(y))) for x, y in (p[a], p[b])]
        cv2.line(picture, ends[0], ends[1], (120, 90, 80), thick, cv2.LINE_AA)
    head = p[:11].mean(axis=0)
    at = (round(float(head[0])), round(float(head[1])))
    cv2.circle(picture, at, round(0.30 * trunk), (190, 150, 130), -1, cv2.LINE_AA)


@dataclass(frozen=True)
class Shown:
    """A drawn state.

    Attributes:
        picture: What is shown.
        panels: Where the panels lie in it.
        pose: The body, in pixels of the picture itself as it is shown.
        head: Height of the bar above it.
    """

    picture: Picture
    panels: tuple[Rect, ...]
    pose: Pose
    head: int


def show(
    name: str,
    size: tuple[int, int],
    kind: str | Picture = "light",
    *,
    keys: bool = True,
    mirrored: bool = False,
    every_s: float = 0.5,
) -> Shown:
    """Draw a state after ten seconds in which nothing else changed.

    Args:
        name: Of the state.
        size: (width, height) of the picture.
        kind: Of its background; or one of that size.
        keys: With the bar of keys.
        mirrored: As in a mirror.
        every_s: From one drawn frame to the next.
    """
    state = STATES[name]
    overlay = Overlay(mirrored, keys=keys)
    picture = background(kind, size) if isinstance(kind, str) else kind.copy()
    pose = pose_in(state, size)
    paint(picture, pose)
    picture = np.asarray(cv2.convertScaleAbs(picture, alpha=state.dimmed), np.uint8)
    if state.own is not None:
        return Shown(state.own(picture), (), pose, 0)
    draw = dict(state.draw)
    number = draw.pop("course", None)
    if number is not None:
        draw["course"] = _course(abs(number), "rest" if number < 0 else "work")
    told = dict(state.events)
    shown = picture
    for now in np.arange(0.0, 10.0 + every_s / 2, every_s):
        events: list[Event] = [
            _event(kind, now) for at, kind in told.items() if 0 <= at + 10 - now < every_s
        ]
        snapshot = _snapshot(state, float(now), pose)
        shown = overlay.draw(picture, replace(pose, time_s=now), snapshot, events, **draw)
    head = header_height(Sizes.of(*size)) if number is not None else 0
    if mirrored:
        pose = replace(pose, pixels=pose.pixels * (-1, 1) + (size[0] - 1, 0))
    return Shown(shown, overlay.panels, pose, head)


def _event(kind: str, now: float) -> Event:
    if kind == "rep":
        return RepCounted(now, "both", Rep("both", 0.0, 1.0, now))
    return TryAbandoned(now, "both", Attempt("both", 3.0, 3.5, now, ""))


def _snapshot(state: State, now: float, pose: Pose) -> Snapshot:
    values: dict[str, Any] = {
        "exercise": "heel_raises",
        "title": "",
        "kind": "reps",
        "phase": "moving",
        "side": "both",
        "reps": 3,
        "target_reps": 10,
        "level": 0.9,
        "joints": LEGS,
        **state.snapshot,
    }
    if values.get("circle"):
        knee, ankle = (pose.pixels[of_side(part, "right")] for part in ("knee", "ankle"))
        reach = float(np.hypot(*(knee - ankle)))
        ellipse = Ellipse((0.25 * reach, -0.05 * reach), (0.22 * reach, 0.09 * reach), 20.0)
        values["circle"] = FootCircle("right", ellipse, 34.0)
    if values["level"] is not None and now < 10.0:
        values["level"] = values["level"] * abs(np.sin(1.25 * (10.0 - now)))
    values["title"] = _known()[values["exercise"]].name
    return titled(Snapshot(time_s=now, **values))
