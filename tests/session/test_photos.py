"""Position checks on photographs of people, labelled by eye by what they show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import pytest

from posecoach import Session, find_definition
from posecoach.checkers import load_all
from posecoach.frames import Frame
from posecoach.pose import Pose, PoseEstimator, find_model

FOLDER = Path(__file__).parents[1] / "photos"
LABELS: list[dict[str, Any]] = json.loads((FOLDER / "labels.json").read_text())["photos"]
FPS = 20
# The model settles on a still picture within a few frames; from then on nothing changes.
ESTIMATED = 6
SHOWN = 60

CASES = [
    pytest.param(label["photo"], exercise, expected, id=f"{Path(label['photo']).stem}-{exercise}")
    for label in LABELS
    for exercise, expected in label["expect"].items()
    if exercise in load_all()
]


@pytest.fixture(scope="session")
def still_poses() -> dict[str, list[Pose]]:
    """For each photograph the poses that the real estimator gives, shown as a film."""
    found = {}
    for label in LABELS:
        with av.open(FOLDER / label["photo"]) as picture:
            image = next(picture.decode(video=0)).to_ndarray(format="rgb24")
        with PoseEstimator(find_model("full")) as estimator:
            first = [estimator.estimate(Frame(i / FPS, image, i)) for i in range(ESTIMATED)]
        found[label["photo"]] = [*first, *_still(first[-1])]
    return found


def _still(pose: Pose) -> Iterator[Pose]:
    for i in range(ESTIMATED, SHOWN):
        yield replace(pose, time_s=i / FPS)


@pytest.mark.parametrize(("photo", "exercise", "expected"), CASES)
def test_a_position_is_judged_as_the_eye_judges_it(
    photo: str, exercise: str, expected: dict[str, Any], still_poses: dict[str, list[Pose]]
) -> None:
    session = Session(find_definition(exercise))
    for pose in still_poses[photo]:
        session.update(pose)
    cue = session.snapshot.cue
    session.finish()
    held = [hold.side for hold in session.holds]
    assert session.reps == []
    if "held" in expected:
        assert held == [expected["held"]]
        assert session.holds[0].seconds > 2.0
    elif "ready" in expected:
        assert session.view_ok
        assert held == []
    else:
        assert held == []
        assert (session.view_why or cue) == expected["refused"]
