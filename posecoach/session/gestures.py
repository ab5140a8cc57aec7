"""Control without hands on a keyboard: raised arms, held until they are meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from posecoach.motion.gestures import Arms, raised_arms
from posecoach.pose import Pose

Gesture = Literal["pause", "next"]
"""``pause`` pauses and goes on: both arms overhead. ``next`` goes on to what comes next: one
arm straight up, the other down."""

HOLD_S = 1.5
"""The longest that any labelled clip shows are 1.0 s of both arms and 0 s of one."""
SHOWN_S = 0.3
"""Raised for so long it is shown: before, it may be anything."""
DROPOUT_S = 0.25
"""So long it may be unseen: the landmarks of raised hands flicker."""
COOL_DOWN_S = 2.0
"""From one gesture to when the next one can begin; arms have to come down first."""
_MEANS: dict[Arms, Gesture] = {"both_up": "pause", "one_up": "next"}


@dataclass(frozen=True, slots=True)
class GestureProgress:
    """A gesture that is being held.

    Attributes:
        gesture: Which one.
        share: How much of the time it must be held is over, 0 to 1.
    """

    gesture: Gesture
    share: float


class GestureWatch:
    """Watches for gestures, pose by pose; driven by the poses' times alone.

    Args:
        lowered: Whether arms that are up in the first pose count; if not, they have to come
            down first.
    """

    def __init__(self, lowered: bool = True) -> None:
        self._arms: Arms | None = None
        self._since = 0.0
        self._seen = 0.0
        self._done_s: float | None = None
        self._lowered = lowered
        self._now = 0.0

    def update(self, pose: Pose) -> Gesture | None:
        """Take a pose; the gesture that was held long enough with it, once each time."""
        now = self._now = pose.time_s
        arms = raised_arms(pose, self._arms)
        if arms is None and now - self._seen > DROPOUT_S:
            self._arms, self._lowered = None, True
        if arms is None:
            return None
        if arms != self._arms or now - self._seen > DROPOUT_S:
            self._arms, self._since = arms, now
        self._seen = now
        if not self._may_begin() or now - self._since < HOLD_S:
            return None
        self._done_s, self._lowered = now, False
        return _MEANS[arms]

    @property
    def progress(self) -> GestureProgress | None:
        """The gesture under way, for a screen."""
        if self._arms is None or not self._may_begin():
            return None
        held = self._now - self._since
        if held < SHOWN_S:
            return None
        return GestureProgress(_MEANS[self._arms], min(1.0, held / HOLD_S))

    def _may_begin(self) -> bool:
        cool = self._done_s is None or self._since - self._done_s >= COOL_DOWN_S
        return self._lowered and cool
