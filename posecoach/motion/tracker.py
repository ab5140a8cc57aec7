"""From poses to the values of named signals over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from posecoach.motion.body import Body, LegScale
from posecoach.motion.calm import CalmLevels
from posecoach.motion.feet import FeetMotion
from posecoach.motion.rest import Levels, Rest
from posecoach.motion.signals import Moment, Signal, parse
from posecoach.motion.smoothing import MedianFilter
from posecoach.motion.trunk import TrunkMotion
from posecoach.pose import Pose, Side

Readings = Mapping[str, float | None]
"""Values by full signal name; None where a signal cannot be measured now."""


class MotionTracker:
    """Measures named signals pose by pose.

    Holds what the signals share: the person's scale and resting level. Driven by the
    poses' times alone.

    Args:
        wanted: Full names of the signals to measure.

    Raises:
        KeyError: If one of the names is unknown.
    """

    LOST_S = 1.5

    def __init__(self, wanted: Iterable[str]) -> None:
        self._signals = {name: parse(name) for name in dict.fromkeys(wanted)}
        self._filters = {
            name: MedianFilter(signal.smooth_s) for name, (signal, _) in self._signals.items()
        }
        self._scale = LegScale()
        self.rest = Rest()
        self._calm = CalmLevels()
        self._feet = FeetMotion()
        self._trunk = TrunkMotion()
        self._seen_s: float | None = None
        self.body: Body | None = None

    def update(self, pose: Pose) -> Readings:
        """Take a pose and give the smoothed values of all wanted signals."""
        time_s = pose.time_s
        self._feet.update(pose.feet, time_s)
        moment = self._moment(pose)
        if moment is None and pose.feet == (None, None):
            return dict.fromkeys(self._signals)
        return {
            name: self._filters[name].update(self._value(signal, side, moment), time_s)
            for name, (signal, side) in self._signals.items()
        }

    def _value(self, signal: Signal, side: Side, moment: Moment | None) -> float | None:
        if signal.of_feet is not None:
            foot = self._feet.of(side)
            return None if foot is None else signal.of_feet(foot)
        if moment is None or signal.measure is None:
            return None
        return signal.measure(moment, side)

    def _moment(self, pose: Pose) -> Moment | None:
        """What body signals look at; None without a body."""
        time_s = pose.time_s
        if not pose.found:
            self.body = None
            self.rest.update(None, time_s, self._scale.epoch)
            return None
        if self._seen_s is not None and time_s - self._seen_s > self.LOST_S:
            self._scale.reset()
            self._calm.forget()
        self._seen_s = time_s
        epoch = self._scale.epoch
        body = self.body = Body(pose, self._scale.update(pose))
        if self._scale.epoch != epoch:
            self._calm.rescale()
        self.rest.update(body, time_s, self._scale.epoch)
        self._trunk.update(body)
        return Moment(body, self.rest, Levels.of(body), self._calm, self._trunk)
