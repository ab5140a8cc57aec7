"""Counts reps over all tracks of an exercise, and grades them."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import fmean

from posecoach.checkers.conditions import Checks, resolve
from posecoach.checkers.definition import Reps, Track
from posecoach.checkers.grading import is_fault
from posecoach.checkers.reps import Movement, RepCounter
from posecoach.checkers.results import Attempt, BodySide, Rep
from posecoach.checkers.update import Update
from posecoach.motion import Readings
from posecoach.motion.body import LIFTED_LEG
from posecoach.pose import SIDES, Side

# Signals read beside the tracks' own, for the standing side and for the rep's metrics.
EXTRA = ("ankle_split", "stance_knee", "heel_lift.left", "heel_lift.right", "facing")
# Heels can only be compared where both are seen alike: from the front or from behind.
FRONTAL_DEG = 25.0
SMOOTHING_DELAY_S = 0.1
# A less trusted track is not believed so soon after a movement on a more trusted one:
# feet settle after the heels are down.
APART_S = 0.3


@dataclass(slots=True)
class _Lane:
    """One track on one side, with what was read during its movement."""

    track: Track
    rank: int
    side: BodySide
    signal: str
    checks: Checks
    counter: RepCounter
    knee_rest: float | None = None
    knees: list[float] = field(default_factory=list)
    heels: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))
    seen: list[float] = field(default_factory=list)
    frontal: list[bool] = field(default_factory=list)
    stance: BodySide | None = None

    def clear(self) -> None:
        self.knees, self.seen, self.frontal = [], [], []
        self.heels = ([], [])
        self.stance = None


class RepChecker:
    """Counts the reps of an exercise.

    Args:
        reps: The exercise's tracks and faults.
        side: Count only this side's movements; None counts what it sees.
        height_cm: Body height, which turns lifts into centimetres.
    """

    def __init__(self, reps: Reps, side: BodySide | None, height_cm: float) -> None:
        self._faults = reps.faults
        self._forced = side
        self._height_cm = height_cm
        self._lanes = [
            _lane(track, rank, name)
            for rank, track in enumerate(reps.tracks)
            for name in (SIDES if track.side == "each" else ("both",))
        ]
        self._last_side: BodySide | None = side
        # Until when movements of each rank were seen, for those after it not to be believed.
        self._busy_until = [float("-inf")] * len(reps.tracks)

    @property
    def signals(self) -> list[str]:
        """Full names of the signals it reads."""
        return [*EXTRA, *(s for lane in self._lanes for s in (lane.signal, *lane.checks.signals))]

    def update(self, readings: Readings, time_s: float, visible: float) -> Update:
        """See :class:`~posecoach.checkers.update.Checker`."""
        started: list[BodySide] = []
        results: list[Rep | Attempt] = []
        for lane in self._lanes:
            was_under_way = lane.counter.under_way
            vetoed = readings[lane.signal] is not None and lane.checks.failing(readings) is not None
            movement = lane.counter.update(readings[lane.signal], time_s, vetoed)
            if movement is not None and self._believed(lane, movement):
                self._busy_until[lane.rank] = time_s
                results += self._results(lane, movement)
            if lane.counter.under_way:
                if not was_under_way:
                    lane.clear()
                    started.append(self._side(lane, readings))
                self._observe(lane, readings, visible)
                if self._is_try(lane):
                    self._busy_until[lane.rank] = time_s
            else:
                lane.knee_rest = readings["stance_knee"]
        return Update(
            started=tuple(s for s in started if self._wanted(s)),
            reps=tuple(r for r in results if isinstance(r, Rep)),
            attempts=tuple(r for r in results if isinstance(r, Attempt)),
            side=self._last_side,
            level=self._level(readings),
            moving=any(self._is_try(lane) for lane in self._lanes),
        )

    def finish(self) -> Update:
        """A movement that is all but down counts; one still up has not come back."""
        results: list[Rep | Attempt] = []
        for lane in self._lanes:
            movement = lane.counter.finish()
            if movement is not None and self._believed(lane, movement):
                results += self._results(lane, movement)
        return Update(
            reps=tuple(r for r in results if isinstance(r, Rep)),
            attempts=tuple(r for r in results if isinstance(r, Attempt)),
            side=self._last_side,
        )

    def _results(self, lane: _Lane, movement: Movement) -> list[Rep | Attempt]:
        side = self._last_side = lane.stance or lane.side
        if not self._wanted(side):
            return []
        if movement.counts and lane.track.verdict is None:
            return [self._rep(lane, movement, side)]
        return [self._attempt(lane, movement, side)]

    def _is_try(self, lane: _Lane) -> bool:
        return lane.counter.peak >= lane.track.attempt

    def _believed(self, lane: _Lane, movement: Movement) -> bool:
        return all(
            self._busy_until[rank] + APART_S < movement.start_s for rank in range(lane.rank)
        ) and not any(self._is_try(other) for other in self._lanes if other.rank < lane.rank)

    def _wanted(self, side: BodySide) -> bool:
        return self._forced is None or side == self._forced

    def _side(self, lane: _Lane, readings: Readings) -> BodySide:
        if lane.track.side != "stance":
            lane.stance = lane.side
        else:
            split = readings["ankle_split"]
            if split is None or abs(split) < LIFTED_LEG:
                # Both feet on the floor, as far as can be seen: who says which leg
                # works knows better than the picture.
                lane.stance = self._forced or "both"
            else:
                lane.stance = "left" if split > 0 else "right"
        return lane.stance

    def _observe(self, lane: _Lane, readings: Readings, visible: float) -> None:
        lane.seen.append(visible)
        knee, facing = readings["stance_knee"], readings["facing"]
        if knee is not None:
            lane.knees.append(knee)
        lane.frontal.append(facing is not None and min(facing, 180 - facing) < FRONTAL_DEG)
        for i, side in enumerate(SIDES):
            heel = readings[f"heel_lift.{side}"]
            if heel is not None:
                lane.heels[i].append(heel)

    def _level(self, readings: Readings) -> float | None:
        levels = [
            value * (-1 if lane.track.invert else 1) / (lane.track.standard or lane.track.count)
            for lane in self._lanes
            if lane.track.verdict is None and (value := readings[lane.signal]) is not None
        ]
        return max(levels, default=None)

    def _metrics(self, lane: _Lane, movement: Movement) -> dict[str, float]:
        metrics = {
            "up_s": movement.up_s,
            "top_s": movement.top_s,
            "down_s": movement.down_s,
            "rep_s": movement.end_s - movement.start_s,
        }
        if lane.track.lift_height is not None:
            metrics["heel_lift_cm"] = movement.peak * lane.track.lift_height * self._height_cm
        if lane.knees and lane.knee_rest is not None:
            metrics["knee_drop_deg"] = max(0.0, lane.knee_rest - min(lane.knees))
        left, right = (max(heels, default=0.0) for heels in lane.heels)
        if lane.stance == "both" and lane.frontal and all(lane.frontal) and left + right > 0:
            metrics["left_share"] = min(1.0, max(0.0, left / (left + right)))
        return metrics

    def _rep(self, lane: _Lane, movement: Movement, side: BodySide) -> Rep:
        metrics = self._metrics(lane, movement)
        faults = [fault.id for fault in self._faults if is_fault(fault, metrics)]
        if not movement.from_rest:
            faults.append("heels_not_down")
        return Rep(
            side=side,
            start_s=max(0.0, movement.start_s - SMOOTHING_DELAY_S),
            peak_s=max(0.0, movement.peak_s - SMOOTHING_DELAY_S),
            end_s=max(0.0, movement.end_s - SMOOTHING_DELAY_S),
            metrics=metrics,
            faults=tuple(faults),
            confidence=fmean(lane.seen) if lane.seen else 0.0,
        )

    def _attempt(self, lane: _Lane, movement: Movement, side: BodySide) -> Attempt:
        return Attempt(
            side=side,
            start_s=max(0.0, movement.start_s - SMOOTHING_DELAY_S),
            peak_s=max(0.0, movement.peak_s - SMOOTHING_DELAY_S),
            end_s=max(0.0, movement.end_s - SMOOTHING_DELAY_S),
            why=lane.track.verdict or "too_shallow",
            metrics=self._metrics(lane, movement),
        )


def _lane(track: Track, rank: int, name: str) -> _Lane:
    side: Side = "right" if name == "right" else "left"
    whose: BodySide = "both" if name == "both" else side
    return _Lane(
        track,
        rank,
        whose,
        resolve(track.signal, side),
        Checks(track.only, side),
        RepCounter(track),
    )
