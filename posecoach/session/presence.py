"""Whether somebody is there, and whether the close-ups show what should be counted."""

from __future__ import annotations

from collections.abc import Sequence

from posecoach.checkers.pacer import GAP_S, Pacer
from posecoach.motion import Readings
from posecoach.pose import Pose
from posecoach.session import events as ev

# Nobody in view for so long is somebody lost.
LOST_S = 0.7
# Close-ups that show nothing for so long are told of, and then the clock counts if it may.
UNSEEN_CUE_S = 2.0
UNSEEN_S = 6.0


class Presence:
    """Notices who comes and goes.

    Args:
        by_feet: Whether close-ups of the feet alone are somebody, too.
    """

    def __init__(self, by_feet: bool) -> None:
        self._by_feet = by_feet
        self.here = False
        self._absent_since: float | None = None

    def update(self, pose: Pose) -> list[ev.Event]:
        """Take a frame; whether somebody came or went with it."""
        if pose.found or (self._by_feet and pose.feet != (None, None)):
            self._absent_since = None
            if not self.here:
                self.here = True
                return [ev.PersonFound(pose.time_s)]
        elif self.here:
            if self._absent_since is None:
                self._absent_since = pose.time_s
            if pose.time_s - self._absent_since >= LOST_S:
                self.here = False
                return [ev.PersonLost(pose.time_s)]
        return []


class CloseUpWatch:
    """How long the close-ups have shown nothing, although the person is in place.

    Args:
        names: Signals of the close-ups that the exercise is counted from; none needs none.
        pacer: Counts instead of them when they show nothing; None counts nothing then.
    """

    def __init__(self, names: Sequence[str], pacer: Pacer | None) -> None:
        self._names = names
        self._pacer = pacer
        self._unseen_s = 0.0
        self._last_s: float | None = None

    @property
    def told(self) -> bool:
        """Whether the close-ups have shown nothing for so long that it is to be told."""
        return self._unseen_s >= UNSEEN_CUE_S

    @property
    def pacer(self) -> Pacer | None:
        """Who counts instead of them from now on; None while they show something."""
        return self._pacer if self._unseen_s >= UNSEEN_S else None

    def update(self, readings: Readings, countable: bool, time_s: float) -> None:
        """Take a frame's readings, and whether the person is in place in it."""
        last, self._last_s = self._last_s, time_s
        if not self._names or not countable or self.pacer is not None:
            return
        if any(readings[name] is not None for name in self._names):
            self._unseen_s = 0.0
        elif last is not None and time_s - last <= GAP_S:
            # Nobody knows what could have been seen in a longer gap.
            self._unseen_s += time_s - last
