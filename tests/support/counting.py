"""Poses through a session, to its end."""

from __future__ import annotations

from collections.abc import Iterable

from posecoach import Pose, Session, find_definition


def count(poses: Iterable[Pose], exercise: str = "heel_raises", **options: object) -> Session:
    """A session that has seen these poses; ``options`` are its own."""
    session = Session(find_definition(exercise), **options)  # type: ignore[arg-type]
    for pose in poses:
        session.update(pose)
    session.finish()
    return session


def sides(session: Session) -> list[str]:
    """Of its reps."""
    return [rep.side for rep in session.reps]
