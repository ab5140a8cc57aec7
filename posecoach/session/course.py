"""What a workout and a heel-raise test have in common: turns with rests between them."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod

from posecoach.pose import Pose
from posecoach.session import events as ev
from posecoach.session import workout_events as wev
from posecoach.session.guided import Guided
from posecoach.session.same_person import SamePerson


class Course(ABC):
    """One turn after the other; who takes them, and the rests and pauses between.

    Attributes:
        events: Every event so far.
        same: Who is coached.
    """

    def __init__(self) -> None:
        self.events: list[ev.Event] = []
        self.same = SamePerson()
        self._guided: Guided | None = None
        self._time_s: float | None = None
        self._paused = False
        self._rest_s = self._left_s = 0.0

    @property
    @abstractmethod
    def finished(self) -> bool:
        """Whether it is all over."""

    @property
    def paused(self) -> bool:
        """Whether somebody paused."""
        return self._paused

    @abstractmethod
    def update(self, pose: Pose) -> list[ev.Event]:
        """Take the next pose; what happened with it.

        Args:
            pose: A pose later than the last one, or one in which nobody was found. In a
                pause whatever it shows is not looked at.
        """

    @abstractmethod
    def skip(self) -> list[ev.Event]:
        """Go on: from a turn to what comes after it, from a rest to its turn."""

    @abstractmethod
    def skip_exercise(self) -> list[ev.Event]:
        """Go on to the next exercise, leaving out what is left of this one."""

    @abstractmethod
    def finish(self) -> list[ev.Event]:
        """End it at the last frame; what is under way counts as far as it got."""

    @abstractmethod
    def _begin(self) -> list[ev.Event]:
        """Begin the turn that comes after the rest."""

    @property
    def pose(self) -> Pose | None:
        """The last pose of the person who is coached, or nobody; None while nobody is watched."""
        return None if self._guided is None else self._guided.pose

    def look_elsewhere(self) -> list[ev.Event]:
        """What comes next is another camera's: whoever is seen there is the one."""
        self.same.forget()
        return []

    def pause(self) -> list[ev.Event]:
        """Stand still: nothing counts, a hold under way ends, no rest goes by."""
        if self.finished or self._paused:
            return []
        self._paused = True
        return self._told([wev.WorkoutPaused(self._now)])

    def resume(self) -> list[ev.Event]:
        """Go on after a pause."""
        if not self._paused:
            return []
        self._paused = False
        return self._told([wev.WorkoutResumed(self._now)])

    @property
    def _now(self) -> float:
        return self._time_s or 0.0

    def _told(self, found: list[ev.Event]) -> list[ev.Event]:
        self.events += found
        return found

    def _go_to(self, time_s: float) -> float:
        """Take a frame's time; the seconds since the one before it."""
        passed_s = 0.0 if self._time_s is None else time_s - self._time_s
        self._time_s = time_s
        return passed_s

    def _wait(self, seconds: float) -> None:
        self._rest_s = self._left_s = seconds

    def _rest(self, passed_s: float) -> list[ev.Event]:
        """Let a rest go by, and begin what comes after it."""
        ticks = math.ceil(self._left_s)
        self._left_s -= passed_s
        if self._left_s <= 0:
            return self._begin()
        if math.ceil(self._left_s) < ticks:
            return [wev.RestTick(self._now, left_s=math.ceil(self._left_s))]
        return []

    def _end_rest(self) -> list[ev.Event]:
        """End a rest, if there is one."""
        found: list[ev.Event] = [wev.RestEnded(self._now)] if self._rest_s else []
        self._wait(0.0)
        return found

    def _end_all(self) -> None:
        self._wait(0.0)
        self._paused = False
