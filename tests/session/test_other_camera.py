"""Another camera takes over in the middle of a movement: its jump is never counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from figures import film, heel_raises, lying, standing

from posecoach import Pose, Session, find_definition
from posecoach.frames.cameras import SETTLE_S

VIEWS = [(0.0, 220.0), (90.0, 220.0), (-90.0, 150.0), (40.0, 180.0), (180.0, 240.0)]


def then(first: Iterator[Pose], gap_s: float, second: Iterator[Pose]) -> Iterator[Pose]:
    """One film after the other, on one axis of time."""
    last_s = 0.0
    for pose in first:
        last_s = pose.time_s
        yield pose
    for pose in second:
        yield replace(pose, time_s=last_s + gap_s + pose.time_s)


def counted(exercise: str, poses: Iterator[Pose]) -> Session:
    session = Session(find_definition(exercise))
    for pose in poses:
        session.update(pose)
    session.finish()
    return session


@pytest.mark.parametrize("old", VIEWS)
@pytest.mark.parametrize("new", VIEWS)
@pytest.mark.parametrize("stop_s", [4.2, 5.4], ids=["at rest", "at the top"])
def test_heel_raises(old: tuple[float, float], new: tuple[float, float], stop_s: float) -> None:
    # One whole rep, then the next one is cut, or not begun, when the other camera takes over.
    before = film(heel_raises(2), stop_s, yaw_deg=old[0], px_per_m=old[1])
    after = film(heel_raises(2, first_s=1.5), 7.0, yaw_deg=new[0], px_per_m=new[1])
    session = counted("heel_raises", then(before, SETTLE_S, after))
    assert [rep.side for rep in session.reps] == ["both"] * 3
    assert not session.attempts
    assert session.reps[1].start_s > stop_s + SETTLE_S + 1.0


@pytest.mark.parametrize("new", [(90.0, 160.0), (-90.0, 220.0), (60.0, 200.0)])
def test_seconds_of_a_hold_do_not_run_on_over_the_change(new: tuple[float, float]) -> None:
    def up(t: float) -> object:
        return lying((0.0, 85.0 if t > 1.0 else 0.0))

    def still_up(t: float) -> object:
        return lying((0.0, 85.0))

    before = film(up, 5.0, yaw_deg=90.0)  # type: ignore[arg-type]
    after = film(still_up, 4.0, yaw_deg=new[0], px_per_m=new[1])  # type: ignore[arg-type]
    session = counted("leg_up_towel", then(before, SETTLE_S, after))
    assert session.holds
    for hold in session.holds:
        assert not (hold.start_s < 5.0 and hold.end_s > 5.0 + SETTLE_S)
    assert sum(hold.seconds for hold in session.holds) <= 4.0 + 4.0 + 0.3


def test_standing_still_over_the_change_is_nothing() -> None:
    for old in VIEWS:
        for new in VIEWS:
            before = film(lambda t: standing(), 3.0, yaw_deg=old[0], px_per_m=old[1])
            after = film(lambda t: standing(at=(0.3, 0.2)), 3.0, yaw_deg=new[0], px_per_m=new[1])
            session = counted("heel_raises", then(before, SETTLE_S, after))
            assert (session.reps, session.attempts) == ([], [])
