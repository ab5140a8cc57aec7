"""Staying with the one who started, although one body at a time is followed.

The pose model follows a single body. Where it loses it, it looks for another one, and may
find somebody else in the same picture. That shows as a jump: of the place, or of the size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from posecoach.motion.body import leg_px
from posecoach.pose import Pose, of_side

# In sizes: hip to knee to ankle, or 1.6 trunks if that is longer. From one frame to the next
# a body's middle moves by 0.18 at the most in all labelled clips, and its size changes by
# 1.42 times; a cut to another picture by 3 and more, two people who stand
# side by side without touching are 0.75 apart.
JUMP = 0.6
GROWTH = 1.6
# Unseen, somebody may have gone somewhere: a brisk walk is 2.2 sizes a second.
SPEED_PER_S = 2.5
# Coming back, they are near where they were last seen, and about as large.
NEAR = 0.5
ALIKE = 1.35
# Nobody is the first one before they were followed for so long: the model's first look may
# be at anything.
KNOWN_S = 1.0
# Whoever is not the one is hidden from the model for so long, with this share of their box
# around it, so that it looks for the first one: by itself it would stay with the other. In a
# second a walker leaves that box, is found again, and hidden again.
HIDE_S = 1.0
_AROUND = 0.1
# But not where that would hide the first one as well.
_SHARED = 0.3
# Nobody waits longer for the first one to come back.
FORGET_S = 10.0


Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels."""


@dataclass(frozen=True, slots=True)
class _Place:
    time_s: float
    middle: NDArray[np.float64]
    size: float
    box: Box

    @classmethod
    def of(cls, pose: Pose) -> _Place:
        p = pose.pixels
        shoulders = (p[of_side("shoulder", "left")] + p[of_side("shoulder", "right")]) / 2
        hips = (p[of_side("hip", "left")] + p[of_side("hip", "right")]) / 2
        trunk = float(np.hypot(*(shoulders - hips)))
        size = max(1.0, leg_px(pose), 1.6 * trunk)
        return cls(pose.time_s, (shoulders + hips) / 2, size, _box(p))

    def apart(self, other: _Place) -> float:
        """Distance to a later place, in sizes of this one."""
        return float(np.hypot(*(other.middle - self.middle))) / self.size

    def growth(self, other: _Place) -> float:
        return max(other.size / self.size, self.size / other.size)


class SamePerson:
    """Lets the poses of one person through, and shows nobody where another one is seen.

    Attributes:
        other: Whether the last pose was somebody else's.
    """

    def __init__(self) -> None:
        self.other = False
        self._mine: _Place | None = None
        self._since = 0.0
        self._last: _Place | None = None

    def update(self, pose: Pose) -> Pose:
        """The pose, or nobody if it is somebody else's."""
        if not pose.found:
            return pose
        now = _Place.of(pose)
        if self._mine is None or now.time_s - self._mine.time_s > FORGET_S:
            self.forget()
            self._since = now.time_s
        elif self.other:
            self.other = not self._back(now)
        else:
            self.other = self._jumped(self._mine, now)
            if self.other and self._mine.time_s - self._since < KNOWN_S:
                self.other, self._since = False, now.time_s
        self._last = now
        if self.other:
            return Pose.nobody(pose.time_s, pose.size)
        self._mine = now
        return pose

    def hidden(self, time_s: float) -> Box | None:
        """What to hide from the model in the next frame, so that it finds the first one again.

        Args:
            time_s: The frame's time.
        """
        mine, last = self._mine, self._last
        if not self.other or mine is None or last is None or time_s - last.time_s > HIDE_S:
            return None
        return None if _shared(mine.box, last.box) > _SHARED else last.box

    def forget(self) -> None:
        """Whoever is seen next is the one."""
        self.other, self._mine, self._last = False, None, None

    def _back(self, now: _Place) -> bool:
        """Whether the first person is seen again: there where they were, or by a jump to them.

        Somebody else who walks up to that place does not jump there.
        """
        assert self._mine is not None
        assert self._last is not None
        near = self._mine.apart(now) < NEAR and self._mine.growth(now) < ALIKE
        return near and self._jumped(self._last, now)

    def _jumped(self, before: _Place, now: _Place) -> bool:
        passed = now.time_s - before.time_s
        if passed <= 0:
            return False
        reach = JUMP + SPEED_PER_S * max(0.0, passed - 0.1)
        return before.apart(now) > reach or before.growth(now) > GROWTH + 0.5 * passed


def _box(pixels: NDArray[np.float64]) -> Box:
    """Round all landmarks, and a little more."""
    low, high = pixels.min(axis=0), pixels.max(axis=0)
    pad = _AROUND * (high - low).max()
    return (*(low - pad).tolist(), *(high + pad).tolist())


def _shared(box: Box, other: Box) -> float:
    """How much of a box another one covers, 0 to 1."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return max(0.0, width) * max(0.0, height) / max(1.0, area)
