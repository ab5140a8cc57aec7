"""Nothing on the screen comes and goes too quickly to be seen.

What is measured may change from frame to frame: at a threshold, or where a body is lost for
a single picture. Shown as it comes it would flicker, and say nothing. Counts and seconds are
not touched: they are shown as they are.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Generic, TypeVar

from posecoach.checkers.results import BodySide
from posecoach.pose import FootView, Pose
from posecoach.session.gestures import Gesture, GestureProgress
from posecoach.session.snapshot import Phase, Snapshot

LEAST_S = 0.3
"""What is shown stays so long, and what is missing for less is shown on. That is less than
two changes there and back in a second, where WCAG 2.2 (2.3.1) allows three flashes."""
_LATER: tuple[Phase, ...] = ("nobody", "refused", "settling", "stopped")
"""States that are believed once they have lasted as long."""
_SLACK_S = 1e-6

_Value = TypeVar("_Value")


class Steady(Generic[_Value]):
    """A value that stays for a while once it is shown.

    Args:
        value: What is shown before anything else; it does not stay.

    Attributes:
        value: What is shown.
    """

    def __init__(self, value: _Value) -> None:
        self.value = value
        self._wanted = value
        self._now = math.inf
        self._since = self._wanted_since = -math.inf

    def update(
        self, now: float, wanted: _Value, least_s: float = LEAST_S, after_s: float = 0.0
    ) -> _Value:
        """What to show.

        Args:
            now: The frame's time. One that runs backwards starts anew. The same once more
                shows what is wanted at once: a picture is drawn again because of a key or
                of a camera's trouble, and then no other frame may follow.
            wanted: What there is to show.
            least_s: How long what is shown now must have been shown.
            after_s: How long what is wanted must have been wanted.
        """
        if wanted != self._wanted or now < self._now:
            self._wanted, self._wanted_since = wanted, now
        read = now - self._since >= least_s - _SLACK_S
        lasted = now - self._wanted_since >= after_s - _SLACK_S
        if now < self._now:
            self.value, self._since = wanted, -math.inf
        elif wanted != self.value and ((read and lasted) or now == self._now):
            self.value, self._since = wanted, now
        self._now = now
        return self.value


class Calm:
    """Makes snapshots and poses calm, one after another."""

    def __init__(self) -> None:
        self._phase: Steady[Phase] = Steady("nobody")
        self._side: Steady[BodySide | None] = Steady(None)
        self._gesture: Steady[Gesture | None] = Steady(None)
        self._progress: GestureProgress | None = None
        self._now = math.inf
        self._level: tuple[float, float | None] = (-math.inf, None)
        self._pose: Pose | None = None
        self._feet: list[tuple[float, FootView | None]] = [(-math.inf, None)] * 2

    def update(self, snapshot: Snapshot, pose: Pose) -> tuple[Snapshot, Pose]:
        """What to show of a session's state and of the body at one frame."""
        now = snapshot.time_s
        if now <= self._now:
            self._level, self._pose = (-math.inf, None), None
            self._feet = [(-math.inf, None)] * 2
        self._now = now
        phase = snapshot.phase
        if snapshot.level is not None or now - self._level[0] > LEAST_S:
            self._level = (now, snapshot.level)
        calm = replace(
            snapshot,
            phase=self._phase.update(now, phase, after_s=LEAST_S if phase in _LATER else 0.0),
            side=self._side.update(now, snapshot.side),
            level=self._level[1],
        )
        return calm, self._body(now, pose)

    def gesture(self, now: float, progress: GestureProgress | None) -> GestureProgress | None:
        """What to show of a gesture: arms that come down at once leave it for a moment."""
        if progress is not None:
            self._progress = progress
        least_s = 0.0 if self._gesture.value is None else LEAST_S
        name = self._gesture.update(now, None if progress is None else progress.gesture, least_s)
        return self._progress if name is not None else None

    def _body(self, now: float, pose: Pose) -> Pose:
        """The body, or close-up, that was there a moment ago where it is missing."""
        for i, view in enumerate(pose.feet):
            if view is not None or now - self._feet[i][0] > LEAST_S:
                self._feet[i] = (now, view)
        feet = (self._feet[0][1], self._feet[1][1])
        before = self._pose
        if pose.found or before is None or before.size != pose.size:
            self._pose = pose if pose.found else None
        elif now - before.time_s <= LEAST_S:
            return replace(before, feet=feet)
        else:
            self._pose = None
        return pose if feet == pose.feet else replace(pose, feet=feet)
