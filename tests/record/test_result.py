from __future__ import annotations

import json
import math
from typing import Any

import pytest
from figures import (
    Look,
    bump,
    circles,
    feet_alone,
    film,
    foot_view,
    heel_raises,
    lying,
    sitting_on_chair,
    standing,
    with_feet,
)

from posecoach import Pose, Session, find_definition
from posecoach.checkers.results import Hold, Rep
from posecoach.pose import FootView
from posecoach.record.result import ClipFacts, build_result

CLIP = ClipFacts("clip.mp4", 640, 480, 400, 399 / 30)


def watched(poses: Any, exercise: str = "heel_raises", **options: Any) -> Session:
    session = Session(find_definition(exercise), **options)
    for pose in poses:
        session.update(pose)
    session.finish()
    return session


def raises(**options: Any) -> Session:
    return watched(film(heel_raises(3), 11, yaw_deg=90), **options)


def test_every_promised_key_and_nothing_that_json_lacks() -> None:
    result = build_result(raises(), CLIP, model="full")
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    assert list(result) == [
        "format", "posecoach", "clip", "exercise", "side", "model", "close_up", "height_cm",
        "view", "warnings", "summary", "reps", "attempts", "holds", "events",
    ]  # fmt: skip
    assert result["format"] == 1
    assert result["clip"] == {
        "file": "clip.mp4",
        "seconds": 13.333,
        "frames": 400,
        "width": 640,
        "height": 480,
        "mean_fps": 30.0,
    }
    assert result["summary"] == {
        "reps": {"total": 3, "left": 0, "right": 0, "both": 3},
        "attempts": {"total": 0, "left": 0, "right": 0, "both": 0},
        "hold_s": {"total": 0.0, "left": 0.0, "right": 0.0, "both": 0.0},
        "turns": {"cw": 0, "ccw": 0},
        "faults": {},
    }
    assert result["view"] == {"ok": True, "why": ""}
    assert result["close_up"] == "no"
    assert result["height_cm"] == {"value": 170.0, "origin": "assumed"}
    first = result["reps"][0]
    assert list(first) == [
        "index", "side", "start_s", "peak_s", "end_s", "metrics", "faults", "confidence",
    ]  # fmt: skip
    assert first["index"] == 1
    assert first["peak_s"] == pytest.approx(3.0, abs=0.3)
    assert first["start_s"] < first["peak_s"] < first["end_s"]
    assert first["metrics"]["heel_lift_cm"] == pytest.approx(7.0, abs=1.5)
    assert {"up_s", "top_s", "down_s"} <= set(first["metrics"])


def test_circles_are_summed_by_direction() -> None:
    session = watched(film(circles(3, "ccw"), 11, yaw_deg=50), "ankle_circles")
    result = build_result(session, CLIP, model="full")
    assert result["summary"]["turns"] == {"cw": 0, "ccw": 3}
    assert [rep["direction"] for rep in result["reps"]] == ["ccw"] * 3


def test_equal_sessions_give_equal_results() -> None:
    assert json.dumps(build_result(raises(), CLIP, model="full")) == json.dumps(
        build_result(raises(), CLIP, model="full")
    )


def test_a_given_height_is_not_assumed() -> None:
    result = build_result(raises(height_cm=182.5, side="both"), CLIP, model="lite")
    assert result["height_cm"] == {"value": 182.5, "origin": "given"}
    assert (result["side"], result["model"]) == ("both", "lite")


def test_events_carry_what_they_are_about() -> None:
    events = build_result(raises(), CLIP, model="full")["events"]
    assert [event["t_s"] for event in events] == sorted(event["t_s"] for event in events)
    counted = [event for event in events if event["event"] == "rep_counted"]
    assert [(event["rep"], event["side"]) for event in counted] == [
        (1, "both"),
        (2, "both"),
        (3, "both"),
    ]
    assert {"t_s": 0.0, "event": "person_found", "side": None} in events


def test_tries_count_among_the_faults() -> None:
    session = watched(film(heel_raises(2, 0.02), 9, yaw_deg=90))
    result = build_result(session, CLIP, model="full")
    assert result["summary"]["attempts"]["both"] == 2
    assert result["summary"]["faults"] == {"too_shallow": 2}
    assert [attempt["why"] for attempt in result["attempts"]] == ["too_shallow"] * 2
    abandoned = [event for event in result["events"] if event["event"] == "try_abandoned"]
    assert [event["why"] for event in abandoned] == ["too_shallow"] * 2


def test_holds_are_summed_by_side() -> None:
    def motion(t: float) -> Any:
        return lying((85.0 * bump(t, 1.0, 1.0, 5.0, 1.0), 0.0))

    session = watched(film(motion, 9, yaw_deg=90), "leg_up_towel")
    result = build_result(session, CLIP, model="full")
    assert len(result["holds"]) == 1
    hold = result["holds"][0]
    assert hold["side"] == "left"
    assert hold["seconds"] == pytest.approx(5.0, abs=0.5)
    assert result["summary"]["hold_s"]["left"] == hold["seconds"]
    assert {"hip_angle_deg", "knee_angle_deg"} <= set(hold["metrics"])
    assert result["events"][-1]["event"] in ("hold_ended", "person_lost", "view_refused")


def test_only_walks_have_steps() -> None:
    walk = watched(film(lambda t: standing(), 3), "toe_walking")
    assert build_result(walk, CLIP, model="full")["summary"]["steps"] == 0


def test_a_view_that_never_served_says_why_in_words() -> None:
    session = watched(Pose.nobody(i / 30, (640, 480)) for i in range(60))
    result = build_result(session, CLIP, model="full", view_why="Nobody is in view.")
    assert result["view"] == {"ok": False, "why": "Nobody is in view."}
    assert result["reps"] == result["holds"] == []
    good = build_result(raises(), CLIP, model="full", view_why="Not to be told.")
    assert good["view"]["why"] == ""


def test_what_is_paced_says_so_and_nothing_else_does() -> None:
    session = raises()
    session.reps.append(Rep("both", 8, 9, 10, paced=True))
    session.holds.append(Hold("both", 8, 9, 1.0, paced=True))
    result = build_result(session, CLIP, model="full")
    assert [rep.get("paced") for rep in result["reps"]] == [None, None, None, True]
    assert result["holds"][0]["paced"] is True


def test_a_number_that_is_none_is_left_out() -> None:
    session = raises()
    session.reps[:] = [Rep("both", -0.0, 1, 2, {"heel_lift_cm": math.nan, "up_s": -1e-9})]
    rep = build_result(session, CLIP, model="full")["reps"][0]
    assert rep["metrics"] == {"up_s": 0.0}
    assert json.dumps(rep["start_s"]) == "0.0"


@pytest.mark.parametrize(
    ("facts", "seconds", "fps"),
    [
        (ClipFacts("a", 1, 1, 525, 524 / 30), 17.5, 30.0),
        (ClipFacts("a", 1, 1, 1, 0.0, 25.0), 0.04, 25.0),
        (ClipFacts("a", 1, 1, 1, 0.0), 0.0, 0.0),
        (ClipFacts("a", 1, 1, 0, 0.0, 25.0), 0.0, 25.0),
    ],
)
def test_length_and_rate_of_what_was_watched(facts: ClipFacts, seconds: float, fps: float) -> None:
    assert facts.seconds == pytest.approx(seconds)
    assert facts.mean_fps == pytest.approx(fps)


def sitting_with(seconds: float, right: Look, *, body: bool = True) -> list[Pose]:
    poses = with_feet(film(lambda t: sitting_on_chair(None), seconds), lambda t: None, right)
    return [pose if body else feet_alone(pose) for pose in poses]


def of_feet(exercise: str, poses: list[Pose], **options: Any) -> dict[str, Any]:
    session = Session(find_definition(exercise), **options)
    for pose in poses:
        session.update(pose)
    session.finish()
    result = build_result(session, CLIP, model="full")
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    return result


def test_what_is_paced_says_so_and_what_is_measured_does_not() -> None:
    def lift(t: float) -> FootView:
        up = -0.08 * bump(t, 2, 1, 4, 1)
        return foot_view((0.0, up), (0.0, up))

    grip = of_feet("pencil_grip", sitting_with(9, lift), target_hold_s=3.0)
    assert [rep["paced"] for rep in grip["reps"]] == [True]
    assert grip["close_up"] == "yes"

    def roll(t: float) -> FootView:
        at = 0.25 * sum(bump(t, 2 + 1.5 * i, 0.7, 0.05, 0.7) for i in range(3))
        return foot_view((at, 0.0), (at, 0.0))

    rolled = of_feet("foot_massage", sitting_with(9, roll, body=False), close_up_alone=True)
    assert rolled["close_up"] == "alone"
    assert "paced" not in rolled["reps"][0]
    (hold,) = rolled["holds"]
    assert "paced" not in hold
    assert hold["metrics"]["rolls"] == 3.0
    assert hold["metrics"]["roll_s"] == pytest.approx(1.4, abs=0.2)
    unseen = of_feet("foot_massage", sitting_with(9, lambda t: None), pacing=True)
    assert unseen["holds"][0]["paced"]
