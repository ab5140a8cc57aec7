"""Two people in one picture, with the pose model at work: only the first one is coached."""

from __future__ import annotations

import pytest
from splices import FPS, Scene, beside, empty, part, still

from posecoach import Pose, Session, find_definition
from posecoach.frames import Frame
from posecoach.pose import Landmark, PoseEstimator, find_model, without
from posecoach.session.same_person import SamePerson

ME, OTHER = "hr_front", "hr_side_r_mixed"
HIDDEN_S = (6.0, 9.5)


def bodies(scene: Scene) -> tuple[list[Pose], list[Pose]]:
    """What the model finds, and what is left of it of the one who is coached."""
    same = SamePerson()
    found, kept = [], []
    with PoseEstimator(find_model("full")) as estimator:
        for i, image in enumerate(scene):
            frame = Frame(i / FPS, image, i)
            found.append(estimator.estimate(without(frame, same.hidden(frame.time_s))))
            kept.append(same.update(found[-1]))
    return found, kept


@pytest.fixture(scope="module")
def watched() -> tuple[list[Pose], list[Pose]]:
    """I do a heel raise, am hidden for 3.5 s while the other one does them too, and do one."""
    hidden_s = HIDDEN_S[1] - HIDDEN_S[0]
    mine = still(ME, 2.0) + part(ME, 0.5, 4.5) + empty(hidden_s)
    mine += still(ME, 2.5, 4.4) + part(ME, 4.7, 7.4)
    theirs = empty(3.0) + part(OTHER, 0.2, 15.0)
    return bodies(beside(mine, theirs))


def on_my_half(pose: Pose) -> bool:
    return bool(pose.pixels[Landmark.LEFT_HIP, 0] < 640)


def test_the_model_goes_over_to_the_other_one_and_is_brought_back(
    watched: tuple[list[Pose], list[Pose]],
) -> None:
    found, kept = watched
    # What this test is about: the model does find the other one.
    assert any(p.found and not on_my_half(p) for p in found)
    assert all(on_my_half(p) for p in kept if p.found)
    before = [p for p in kept if p.time_s < HIDDEN_S[0]]
    during = [p for p in kept if HIDDEN_S[0] + 0.7 < p.time_s < HIDDEN_S[1] - 0.1]
    after = [p for p in kept if p.time_s > HIDDEN_S[1] + 1.0]
    assert all(p.found for p in before + after)
    assert not any(p.found for p in during)


def test_only_my_reps_count_and_the_absence_is_told(
    watched: tuple[list[Pose], list[Pose]],
) -> None:
    mine = counted(watched[1])
    assert len(mine.reps) == 2
    assert not any(HIDDEN_S[0] < rep.peak_s < HIDDEN_S[1] for rep in mine.reps)
    told = [e.name for e in mine.events if e.name.startswith("person")]
    assert told == ["person_found", "person_lost", "person_found"]


def test_somebody_who_walks_by_beside_me_changes_nothing() -> None:
    scene = still(ME, 2.0) + part(ME, 0.5, 7.4)
    alone, passed = (
        [rep.peak_s for rep in counted(bodies(beside(scene, other))[1]).reps]
        for other in (empty(1.0), part("dx_walk_across", 0.0, 9.0))
    )
    assert len(alone) == 2
    assert passed == pytest.approx(alone, abs=0.2)


def counted(poses: list[Pose]) -> Session:
    session = Session(find_definition("heel_raises"))
    for pose in poses:
        session.update(pose)
    session.finish()
    return session
