"""Counts circles of the feet, left and right apart, by direction."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from statistics import fmean

from posecoach.checkers.circles import SMOOTH_S, CircleCounter
from posecoach.checkers.grading import is_fault
from posecoach.checkers.leg_swing import LegSwing
from posecoach.checkers.results import Attempt, BodySide, Direction, FootCircle, Rep
from posecoach.checkers.timed_rules import Circles
from posecoach.checkers.turns import Foot, Run, Turn
from posecoach.checkers.update import Update
from posecoach.motion import Readings
from posecoach.pose import SIDES, Side

PARTS = (
    "toe_x",
    "toe_y",
    "heel_x",
    "heel_y",
    "shin_x",
    "shin_y",
    "leg_x",
    "leg_y",
    "toe_to_camera",
    "heel_to_camera",
)
# Half the window of the signals' median filter, and of the counter's average.
DELAY_S = 0.1 + SMOOTH_S / 2
# The model moves a foot that it hardly sees along with the one that it sees, by less than
# this share (0.4 to 0.5 of it in a clip with a knee hugged).
FOLLOWS = 0.7
# A side is the one under way for so long after its last turn.
LATELY_S = 4.0


@dataclass(slots=True)
class _Lane:
    side: Side
    counter: CircleCounter
    swing: LegSwing
    seen: deque[float] = field(default_factory=lambda: deque(maxlen=60))
    waiting: list[Turn] = field(default_factory=list)
    told: list[Rep] = field(default_factory=list)
    last_s: float | None = None
    last: Turn | None = None


class CircleChecker:
    """Counts an exercise of circles.

    A turn counts as soon as the turns since the last pause show that the foot went round;
    which way is settled by all of them together, so that a later turn may correct the
    direction of an earlier one (:attr:`~posecoach.checkers.update.Update.revised`).

    Args:
        rule: Levels and times.
        side: Count only this side; None or ``both`` counts either.
    """

    def __init__(self, rule: Circles, side: BodySide | None) -> None:
        self._rule = rule
        self._lanes = [
            _Lane(s, CircleCounter(rule), LegSwing(rule.still))
            for s in SIDES
            if side in (None, "both", s)
        ]
        self._last: Side | None = None

    @property
    def signals(self) -> list[str]:
        """Full names of the signals it reads."""
        return [f"{part}.{lane.side}" for lane in self._lanes for part in PARTS]

    def update(self, readings: Readings, time_s: float, visible: float) -> Update:
        """See :class:`~posecoach.checkers.update.Checker`."""
        started: list[BodySide] = []
        reps: list[Rep] = []
        attempts: list[Attempt] = []
        revised: list[tuple[Rep, Rep]] = []
        for lane in self._lanes:
            was_under_way = lane.counter.under_way
            lane.seen.append(visible)
            foot = _foot(readings, lane.side, time_s)
            lane.swing.update(None if foot is None else foot.leg, time_s)
            ended, turn = lane.counter.update(foot, time_s)
            if ended is not None:
                attempts += self._close(lane)
            if turn is not None and not self._follows(lane, time_s):
                lane.last_s, lane.last, self._last = time_s, turn, lane.side
                new, changed = self._judge(lane, turn)
                reps += new
                revised += changed
            if lane.counter.under_way and not was_under_way and lane.last_s is None:
                started.append(lane.side)
        now = self._current(time_s)
        fault = self._fault(now)
        return Update(
            started=tuple(started),
            reps=tuple(reps),
            attempts=tuple(attempts),
            revised=tuple(revised),
            side=now.side if now else self._last,
            level=self._level(now),
            moving=now is not None or fault is not None,
            fault=fault,
            circle=_circle(now),
        )

    def finish(self) -> Update:
        """A circle that is all but closed at the last frame counts."""
        reps: list[Rep] = []
        attempts: list[Attempt] = []
        revised: list[tuple[Rep, Rep]] = []
        for lane in self._lanes:
            ended, turn = lane.counter.last_half()
            if ended is not None:
                attempts += self._close(lane)
            if turn is not None and not self._follows(lane, turn.end_s):
                new, changed = self._judge(lane, turn)
                reps += new
                revised += changed
            if lane.counter.finish() is not None:
                attempts += self._close(lane)
        return Update(
            reps=tuple(reps), attempts=tuple(attempts), revised=tuple(revised), side=self._last
        )

    def _follows(self, lane: _Lane, time_s: float) -> bool:
        """Whether this foot only seems to go along with the other one, which circles more."""
        return any(
            other.last_s is not None
            and time_s - other.last_s < LATELY_S
            and (lane.counter.level or 0.0) < FOLLOWS * (other.counter.level or 0.0)
            for other in self._lanes
            if other is not lane
        )

    def _current(self, time_s: float) -> _Lane | None:
        for lane in self._lanes:
            lately = lane.last_s is not None and time_s - lane.last_s < LATELY_S
            if lane.counter.under_way or lately:
                return lane
        return None

    def _fault(self, now: _Lane | None) -> str | None:
        if now is not None and now.told:
            return None
        if any(lane.swing.swinging for lane in self._lanes):
            return "leg_swings"
        return "only_up_and_down" if now and len(now.waiting) > 1 else None

    def _level(self, lane: _Lane | None) -> float | None:
        size = lane.counter.level if lane else None
        return None if size is None else size / self._rule.standard

    def _judge(self, lane: _Lane, turn: Turn) -> tuple[list[Rep], list[tuple[Rep, Rep]]]:
        """What a turn adds, and which earlier ones it shows in another light."""
        lane.waiting.append(turn)
        run: Run = lane.counter.run
        if not lane.told and (
            len(run.turns) < self._rule.turns or abs(run.round) + run.doubt < self._rule.round
        ):
            return [], []
        way: Direction = "cw" if run.round > 0 else "ccw"
        revised = [(rep, replace(rep, direction=way)) for rep in lane.told if rep.direction != way]
        reps = [self._rep(lane, waiting, way) for waiting in lane.waiting]
        lane.told = [replace(rep, direction=way) for rep in lane.told] + reps
        lane.waiting = []
        return reps, revised

    def _close(self, lane: _Lane) -> list[Attempt]:
        """The run is over: what never went round was a try."""
        if len(lane.waiting) < self._rule.turns:
            lane.waiting = []
        attempts = [
            Attempt(
                lane.side,
                *_times(turn),
                why="only_up_and_down",
                metrics=_metrics(turn),
            )
            for turn in lane.waiting
        ]
        lane.waiting, lane.told, lane.last_s = [], [], None
        return attempts

    def _rep(self, lane: _Lane, turn: Turn, way: Direction) -> Rep:
        metrics = _metrics(turn)
        return Rep(
            lane.side,
            *_times(turn),
            metrics=metrics,
            faults=tuple(f.id for f in self._rule.faults if is_fault(f, metrics)),
            confidence=fmean(lane.seen),
            direction=way,
        )


def _foot(readings: Readings, side: Side, time_s: float) -> Foot | None:
    values = [readings[f"{part}.{side}"] for part in PARTS]
    v = [value for value in values if value is not None]
    if len(v) < len(values):
        return None
    return Foot(time_s, (v[0], v[1]), (v[2], v[3]), (v[4], v[5]), (v[6], v[7]), v[8], v[9])


def _circle(lane: _Lane | None) -> FootCircle | None:
    turn = lane.last if lane else None
    if lane is None or turn is None or turn.ellipse is None:
        return None
    return FootCircle(lane.side, turn.ellipse, turn.range_deg)


def _times(turn: Turn) -> tuple[float, float, float]:
    """Start, middle and end of a turn."""
    start, end = max(0.0, turn.start_s - DELAY_S), max(0.0, turn.end_s - DELAY_S)
    return start, (start + end) / 2, end


def _metrics(turn: Turn) -> dict[str, float]:
    return {"circle_s": turn.end_s - turn.start_s, "range_deg": turn.range_deg}
