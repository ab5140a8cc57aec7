"""The setup check: what it asks for, one thing at a time, and what it lets begin."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from figures import circling, film, heel_raises, lying, pose_of, sitting, standing
from numpy.typing import NDArray

from posecoach import Pose, Session, find_definition
from posecoach.checkers import load_all
from posecoach.feedback.wording import wording_of
from posecoach.pose import Light
from posecoach.session import setup_events as sev
from posecoach.session.events import Event, RepCounted
from posecoach.session.guided import AWAY_S, Guided
from posecoach.session.preparation import COUNT_IN
from posecoach.session.setup import LEAST_S, RIGHT_S, SOFT_S, camera_roll_deg, nearer_side

Motion = Callable[[float], NDArray[np.float64]]
WIDE = (1280, 720)
FPS = 15.0


class Set:
    """A set with its setup, fed with poses."""

    def __init__(self, exercise: str = "heel_raises", side: str = "auto") -> None:
        definition = find_definition(exercise)

        def session() -> Session:
            return Session(definition, side)  # type: ignore[arg-type]

        self.session = session()
        self.guided = Guided(self.session, session)
        self.events: list[Event] = []
        self.cues: list[tuple[float, str | None]] = []

    def see(self, poses: Iterable[Pose]) -> Set:
        for pose in poses:
            self.events += self.guided.update(pose)
            self.cues.append((pose.time_s, self.guided.snapshot.cue))
        return self

    @property
    def asked(self) -> list[str]:
        return [e.why for e in self.events if isinstance(e, sev.SetupAsked)]

    def time_of(self, kind: type[Event]) -> float:
        return next((e.time_s for e in self.events if isinstance(e, kind)), math.inf)

    @property
    def begun_s(self) -> float:
        return self.time_of(sev.SetBegun)


def still(t: float) -> NDArray[np.float64]:
    return standing()


def seen(motion: Motion, seconds: float, start_s: float = 0.0, **view: float) -> list[Pose]:
    return list(film(motion, seconds, FPS, start_s, **view))  # type: ignore[arg-type]


def test_what_is_right_begins_after_a_second_and_a_count_in() -> None:
    done = Set().see(seen(still, 7.0))
    assert done.asked == []
    counted = [e.left for e in done.events if isinstance(e, sev.CountIn)]
    assert counted == [3, 2, 1]
    # The resting level takes a moment more to learn than the check.
    assert done.time_of(sev.CountIn) == pytest.approx(RIGHT_S, abs=0.6)
    assert done.begun_s == pytest.approx(done.time_of(sev.CountIn) + COUNT_IN, abs=0.1)


@pytest.mark.parametrize(("exercise", "until_s"), [("heel_raises", 2.5), ("toe_walking", 0.5)])
def test_after_a_gap_it_is_checked_and_counted_in_anew(exercise: str, until_s: float) -> None:
    # A pause, or a camera that was gone: in the count-in, or before it.
    done = Set(exercise).see(seen(still, until_s))
    before = len(done.events)
    # Whoever ends it now was seen, and nothing was wrong.
    assert done.guided.why == ""
    done.see(seen(still, 7.0, 30.0))
    after = done.events[before:]
    first, *_ = counts = [e for e in after if isinstance(e, sev.CountIn)]
    assert [e.left for e in counts] == [3, 2, 1]
    assert first.time_s >= 30.0 + RIGHT_S
    assert any(isinstance(e, sev.CountInBroken) for e in after) == (until_s > RIGHT_S)


@pytest.mark.parametrize("yaw", [0.0, 90.0])
def test_no_rep_before_the_set_none_in_the_count_in_and_the_first_one_after_it(
    yaw: float,
) -> None:
    motion = heel_raises(6, first_s=0.6, period_s=2.5)
    done = Set().see(seen(motion, 17.0, yaw_deg=yaw))
    begun = done.begun_s
    assert 3.9 < begun < 8.0
    counted = [e for e in done.events if isinstance(e, RepCounted)]
    assert all(e.time_s > begun for e in counted)
    assert all(e.rep is not None and e.rep.start_s >= begun - 0.3 for e in counted)
    starts = [0.6 + 2.5 * i for i in range(6)]
    # Whether the one that begins in the very frame counts is chance.
    after = sum(start > begun + 0.1 for start in starts)
    assert len(counted) >= after > 0
    assert done.session.reps == [e.rep for e in counted]


def far(px_per_m: float) -> list[Pose]:
    return seen(still, 4.0, px_per_m=px_per_m)


def shifted(poses: Iterable[Pose], x: float, y: float) -> list[Pose]:
    return [replace(p, pixels=p.pixels + np.array((x, y))) for p in poses]


def dark(poses: Iterable[Pose], mean: float) -> list[Pose]:
    return [replace(p, light=Light(mean, 10.0)) for p in poses]


def rolled(poses: Iterable[Pose], degrees: float) -> list[Pose]:
    turn = math.radians(degrees)
    matrix = np.array([(math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))])
    return [replace(p, pixels=(p.pixels - (320, 240)) @ matrix + (320, 240)) for p in poses]


WRONG: dict[str, tuple[str, str, list[Pose]]] = {
    "nobody": ("heel_raises", "auto", [Pose.nobody(i / FPS, (640, 480)) for i in range(60)]),
    "step_nearer": ("heel_raises", "auto", far(80.0)),
    "step_back": ("heel_raises", "auto", far(420.0)),
    "feet_hidden": ("heel_raises", "auto", shifted(seen(still, 4.0), 0, 60)),
    "to_the_middle": ("heel_raises", "auto", shifted(seen(still, 4.0), 330, 0)),
    "stand_up": ("heel_raises", "auto", seen(lambda t: lying(), 4.0, yaw_deg=90.0)),
    "lie_down": ("leg_up_towel", "auto", seen(still, 4.0)),
    "more_light": ("heel_raises", "auto", dark(seen(still, 4.0), 15.0)),
    "level_camera": ("heel_raises", "auto", rolled(seen(still, 4.0), 14.0)),
    "turn_left_side": ("tibialis_anterior", "left", seen(lambda t: sitting(), 4.0, yaw_deg=90.0)),
    "turn_right_side": (
        "tibialis_anterior",
        "right",
        seen(lambda t: sitting(), 4.0, yaw_deg=-90.0),
    ),
    "lie_head_left": (
        "ankle_circles",
        "left",
        seen(lambda t: circling((27, 0)), 4.0, yaw_deg=90.0),
    ),
    "lie_head_right": (
        "ankle_circles",
        "right",
        seen(lambda t: circling((27, 0)), 4.0, yaw_deg=-90.0),
    ),
}


@pytest.mark.parametrize("why", WRONG)
def test_what_is_wrong_is_asked_for_and_nothing_begins(why: str) -> None:
    exercise, side, poses = WRONG[why]
    done = Set(exercise, side).see(poses)
    assert done.asked == [why]
    assert done.begun_s == math.inf
    assert done.time_of(sev.CountIn) == math.inf
    assert done.guided.why == why
    assert wording_of(why, strict=True).explain


@pytest.mark.parametrize(
    ("exercise", "side", "motion", "yaw"),
    [
        ("tibialis_anterior", "right", lambda t: sitting(), 90.0),
        ("tibialis_anterior", "left", lambda t: sitting(), -90.0),
        ("ankle_circles", "right", lambda t: circling((27, 0)), 90.0),
        ("ankle_circles", "left", lambda t: circling((27, 0)), -90.0),
        ("tibialis_anterior", "auto", lambda t: sitting(), 90.0),
        ("leg_up_towel", "left", lambda t: lying(), 90.0),
    ],
)
def test_the_side_that_works_towards_the_camera_is_right(
    exercise: str, side: str, motion: Motion, yaw: float
) -> None:
    done = Set(exercise, side).see(seen(motion, 9.0, yaw_deg=yaw))
    assert set(done.asked) <= {"settling"}
    assert done.begun_s < 9.0


def test_one_thing_at_a_time_that_stays_long_enough_to_be_read() -> None:
    """Three mistakes in a quickly changing order make no flicker."""
    poses: list[Pose] = []
    for i in range(120):
        kind = (i // 5) % 3
        options = ({"px_per_m": 80.0}, {"px_per_m": 420.0}, {"px_per_m": 80.0})[kind]
        poses.append(pose_of(standing(), i / FPS, **options))  # type: ignore[arg-type]
    done = Set().see(poses)
    changes = [t for (t, a), (_, b) in zip(done.cues[1:], done.cues, strict=False) if a != b]
    assert all(b - a >= LEAST_S - 1 / FPS for a, b in pairwise(changes))


def test_an_instruction_goes_once_it_was_followed_and_the_set_begins() -> None:
    nearer = [pose_of(standing(), 3.0 + i / FPS, px_per_m=80.0 + i * 140 / 30) for i in range(30)]
    poses = seen(still, 3.0, px_per_m=80.0) + nearer + seen(still, 7.0, 5.0)
    done = Set().see(poses)
    assert done.asked[0] == "step_nearer"
    assert set(done.asked) <= {"step_nearer", "settling"}
    assert 4.0 + RIGHT_S + COUNT_IN < done.begun_s < 11.0


def test_a_count_in_breaks_off_when_somebody_walks_off_and_begins_anew() -> None:
    poses = seen(still, 3.0) + [Pose.nobody(3.0 + i / FPS, (640, 480)) for i in range(45)]
    done = Set().see(poses + seen(still, 7.0, 6.0))
    broken = done.time_of(sev.CountInBroken)
    assert 3.0 < broken < 4.5
    assert done.begun_s > 6.0 + COUNT_IN
    assert [e.left for e in done.events if isinstance(e, sev.CountIn)][-3:] == [3, 2, 1]


@pytest.mark.parametrize("why", ["more_light", "level_camera"])
def test_what_cannot_be_helped_is_asked_for_but_not_for_ever(why: str) -> None:
    make = dark if why == "more_light" else rolled
    done = Set().see(make(seen(still, 16.0), 15.0))
    assert done.asked[0] == why
    assert SOFT_S < done.begun_s < 16.0


def test_in_a_dark_room_with_nobody_to_be_seen_light_is_asked_for() -> None:
    poses = dark([Pose.nobody(i / FPS, (640, 480)) for i in range(60)], 8.0)
    assert Set().see(poses).asked == ["more_light"]


def test_leaving_for_a_moment_pauses_says_so_and_goes_on_without_a_count_in() -> None:
    reps = heel_raises(2, first_s=1.5)
    poses = seen(still, 6.0)
    poses += [Pose.nobody(6.0 + i / FPS, (640, 480)) for i in range(int(4 * FPS))]
    poses += seen(reps, 8.0, 10.0)
    done = Set().see(poses)
    assert (8.0, "left_view") in [(round(t, 3), cue) for t, cue in done.cues]
    assert len([e for e in done.events if isinstance(e, sev.SetupStarted)]) == 1
    assert len(done.session.reps) == 2


def test_leaving_for_long_is_set_up_anew_and_keeps_what_was_counted() -> None:
    reps = heel_raises(1, first_s=6.0)
    away = AWAY_S + 5.0
    poses = seen(reps, 9.0)
    poses += [Pose.nobody(9.0 + i / FPS, (640, 480)) for i in range(int(away * FPS))]
    back = 9.0 + away
    poses += seen(heel_raises(3, first_s=1.5), 12.0, back)
    done = Set().see(poses)
    begun = [e for e in done.events if isinstance(e, sev.SetBegun)]
    assert [e.again for e in begun] == [False, True]
    assert begun[1].time_s > back + COUNT_IN
    again = [e.time_s for e in done.events if isinstance(e, RepCounted)]
    assert sum(t < 9.0 for t in again) == 1
    assert all(t > begun[1].time_s for t in again if t > 9.0)
    assert len(done.session.reps) == len(again) >= 2


def test_somebody_else_in_the_picture_is_asked_to_leave() -> None:
    me = [pose_of(standing(at=(-1.0, 0)), i / FPS, px_per_m=300.0, size=WIDE) for i in range(25)]
    jumps = [
        pose_of(standing(at=(1.0 if i % 20 < 10 else -1.0, 0)), t, px_per_m=300.0, size=WIDE)
        for i, t in enumerate(np.arange(25, 100) / FPS)
    ]
    done = Set().see(me + jumps)
    assert "one_person" in done.asked
    assert done.begun_s == math.inf


def test_without_a_check_the_set_has_begun() -> None:
    definition = find_definition("heel_raises")
    session = Session(definition)
    guided = Guided(session, lambda: Session(definition), check=False, again=False)
    events = [e for pose in seen(heel_raises(2), 8.0) for e in guided.update(pose)]
    assert guided.begun
    assert not any(isinstance(e, sev.SetupStarted | sev.SetBegun) for e in events)
    assert len(session.reps) == 2


@pytest.mark.parametrize("degrees", [-20.0, -9.0, 0.0, 9.0, 20.0])
def test_the_roll_is_measured_from_the_front_alone(degrees: float) -> None:
    (front,) = rolled([pose_of(standing(), 0.0)], degrees)
    (side,) = rolled([pose_of(standing(), 0.0, yaw_deg=90.0)], degrees)
    assert camera_roll_deg(front) == pytest.approx(degrees, abs=0.5)
    assert camera_roll_deg(side) == 0.0


def test_somebody_who_leans_does_not_tilt_the_camera() -> None:
    points = standing()
    points[11:23, 0] += 0.35 * (points[11:23, 1] - 0.88)
    assert abs(camera_roll_deg(pose_of(points, 0.0))) < 1.0


@pytest.mark.parametrize("yaw", [0.0, 30.0, 90.0, -90.0, 150.0])
def test_the_nearer_side_is_the_one_turned_to_the_camera(yaw: float) -> None:
    found = nearer_side(pose_of(standing(), 0.0, yaw_deg=yaw))
    assert found == pytest.approx(-math.sin(math.radians(yaw)), abs=0.05)


def test_every_exercise_has_an_outline_and_its_advice_fits() -> None:
    for definition in load_all().values():
        words = definition.view.advice.lower()
        either = "or obliquely in front" in words
        if ("side of the" in words or "foot that works nearer" in words) and not either:
            assert definition.view.near_side, definition.id
        if definition.view.posture in ("lying", "leg_up"):
            whys = {condition.why for condition in definition.view.position}
            assert whys & {"lie_down", "lie_or_sit", "lie_on_back"}, definition.id
