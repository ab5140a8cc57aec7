"""Whether what an exercise needs is in view, frame by frame and over a whole session."""

from __future__ import annotations

from posecoach.checkers.conditions import Checks
from posecoach.checkers.definition import View
from posecoach.motion import Readings
from posecoach.motion.body import leg_px
from posecoach.pose import SIDES, Pose, of_side

# A landmark may lie this share of the frame outside: the model guesses well just
# beyond the edge.
MARGIN = 0.03
# A view that is right for so long is believed; one that is wrong for so long is refused.
ACCEPT_S = 0.3
REFUSE_S = 0.5


class ViewCheck:
    """Judges the view of one exercise.

    Args:
        view: What the exercise needs.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self._checks = Checks(view.position)
        self.ok = False
        self.ever_ok = False
        self.why: str | None = "nobody"
        self._since: float | None = None
        self._seconds: dict[str, float] = {}
        self._last_s: float | None = None

    @property
    def signals(self) -> list[str]:
        """Full names of the signals it reads."""
        return self._checks.signals

    def update(self, pose: Pose, readings: Readings) -> bool:
        """Take a frame; whether this very frame can be counted from.

        :attr:`ok` follows with hysteresis and :attr:`why` holds the cue id of what is
        wrong.
        """
        why = self._wrong(pose, readings)
        time_s = pose.time_s
        if why is not None:
            step = 0.0 if self._last_s is None else min(0.5, time_s - self._last_s)
            self._seconds[why] = self._seconds.get(why, 0.0) + step
        self._last_s = time_s
        good = why is None
        if good == self.ok:
            self._since = None
        elif self._since is None:
            self._since = time_s
        # Somebody who was never in view gets no benefit of the doubt, one who was does.
        elif time_s - self._since >= (ACCEPT_S if good else REFUSE_S):
            self.ok, self._since = good, None
            self.ever_ok = self.ever_ok or good
        self.why = why
        return good and self.ok

    def main_reason(self) -> str:
        """The cue id of what was wrong for the longest time."""
        return max(self._seconds, key=lambda why: self._seconds[why], default="nobody")

    def _wrong(self, pose: Pose, readings: Readings) -> str | None:
        if not pose.found:
            return "nobody"
        missing = self._missing(pose)
        if missing is not None:
            return missing
        if leg_px(pose) < self._view.leg_share * min(pose.size):
            return "too_small"
        return self._checks.failing(readings)

    def _missing(self, pose: Pose) -> str | None:
        """What of the body is out of the picture; one whole side is enough."""
        lacking = [
            [name for name in self._view.needs if not pose.in_frame(of_side(name, side), MARGIN)]
            for side in SIDES
        ]
        names = min(lacking, key=len)
        if not names:
            return None
        if {"shoulder", "hip"} & set(names):
            return "only_feet" if pose.in_frame(of_side("ankle", "left")) else "too_near"
        return "feet_hidden"


class FeetCheck(ViewCheck):
    """Judges the view of a close-up alone: at least one of the feet must be seen well enough."""

    def __init__(self) -> None:
        super().__init__(View(needs=("foot_index",), advice="-"))

    def _wrong(self, pose: Pose, readings: Readings) -> str | None:
        return "show_feet" if pose.feet == (None, None) else None
