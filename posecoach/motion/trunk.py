"""How still the trunk is: for movements of the feet that leave the rest of the body alone."""

from __future__ import annotations

from collections import deque

import numpy as np

from posecoach.motion.body import Body
from posecoach.motion.geometry import Point, finite


class TrunkMotion:
    """How far shoulders and hips moved lately, in leg lengths.

    The middles of shoulders and hips of a person who stands or sits still range over 0.005
    to 0.02 within the window, of one who rises on the toes, steps or leans over 0.04 and
    more (docs/decisions.md).
    """

    WINDOW_S = 1.0

    def __init__(self) -> None:
        self._recent: deque[tuple[float, Point, float]] = deque()

    def update(self, body: Body) -> None:
        """Take a frame's body."""
        place = np.concatenate([body.mid("shoulder"), body.mid("hip")])
        time_s, recent = body.pose.time_s, self._recent
        if recent and recent[-1][2] != body.leg:
            recent.clear()
        recent.append((time_s, place, body.leg))
        while recent[0][0] < time_s - self.WINDOW_S - 1e-6:
            recent.popleft()

    @property
    def moved(self) -> float | None:
        """The longest way across the window; None where it cannot be measured."""
        if not self._recent:
            return None
        places = np.array([place for _, place, _ in self._recent])
        return finite(float(np.ptp(places, axis=0).max() / self._recent[-1][2]))
