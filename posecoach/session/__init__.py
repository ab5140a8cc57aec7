"""A workout: one exercise watched from pose to events."""

from posecoach.session.session import ASSUMED_HEIGHT_CM, Session
from posecoach.session.snapshot import Phase, Snapshot

__all__ = ["ASSUMED_HEIGHT_CM", "Phase", "Session", "Snapshot"]
