"""Choosing from a list by raised arms: one arm moves through it, both choose.

Only for moments in which nothing else is being done: it is quicker than the gestures of a set
(:mod:`.gestures`), and knows the right arm from the left one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from posecoach.motion.gestures import Arms, arms_seen, higher_arm, raised_arms
from posecoach.pose import Pose
from posecoach.session.gestures import DROPOUT_S, HOLD_S, SHOWN_S

Move = Literal["previous", "next", "choose"]
"""``next``: the right arm straight up; ``previous``: the left one; ``choose``: both."""

FIRST_S = 0.9
"""One arm is up so long before the first step: two arms that are raised one after the other
are both up by then."""
REPEAT_S = 1.3
"""And so long before each further step: time to read a name (it is heard in about one
second) and to lower the arm."""
DOWN_S = 0.5
"""Whoever comes into view must show lowered arms for so long first: neither somebody who
turns the screen nor a gesture that was meant for something before chooses anything."""
GONE_S = 1.0
"""Whoever was out of view for so long has to show lowered arms again."""


@dataclass(frozen=True, slots=True)
class MoveProgress:
    """A move that is under way.

    Attributes:
        move: Which one.
        share: How much of the time until it happens is over, 0 to 1.
    """

    move: Move
    share: float


class ArmMenu:
    """Watches for moves, pose by pose; driven by the poses' times alone.

    Attributes:
        here: Whether arms can be told, or could until a moment ago.
        ready: Whether moves count: lowered arms were seen, and nobody has left since.
    """

    def __init__(self) -> None:
        self.here = False
        self.ready = False
        self._arms: Arms | None = None
        self._move: Move | None = None
        self._since = 0.0
        self._raised_s = 0.0
        self._steps = 0
        self._now = 0.0
        self._lowered_since: float | None = None
        self._seen_s = 0.0

    def update(self, pose: Pose) -> Move | None:
        """Take a pose; the move that happens with it."""
        now = self._now = pose.time_s
        seen = arms_seen(pose)
        if seen:
            self.here, self._seen_s = True, now
        elif now - self._seen_s > GONE_S:
            self.here = self.ready = False
            self._lowered_since = None
        arms = raised_arms(pose, self._arms)
        if arms is None:
            if now - self._raised_s > DROPOUT_S:
                self._arms = self._move = None
                if seen:
                    self._lower(now)
            return None
        self._lowered_since = None
        move: Move = "choose"
        if arms == "one_up":
            move = "next" if higher_arm(pose) == "right" else "previous"
        if move != self._move or now - self._raised_s > DROPOUT_S:
            self._arms, self._move, self._since, self._steps = arms, move, now, 0
        self._raised_s = now
        if not self.ready or now - self._since < self._wait_s:
            return None
        self._since, self._steps = now, self._steps + 1
        # A choice is made once; what comes after it needs lowered arms again.
        self.ready = move != "choose"
        return move

    @property
    def progress(self) -> MoveProgress | None:
        """The move under way, for a screen."""
        if self._move is None or not self.ready:
            return None
        held = self._now - self._since
        if held < SHOWN_S and not self._steps:
            return None
        return MoveProgress(self._move, min(1.0, held / self._wait_s))

    @property
    def _wait_s(self) -> float:
        if self._move == "choose":
            return HOLD_S
        return REPEAT_S if self._steps else FIRST_S

    def _lower(self, now: float) -> None:
        if self._lowered_since is None:
            self._lowered_since = now
        if now - self._lowered_since >= DOWN_S:
            self.ready = True
