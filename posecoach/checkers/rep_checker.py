"""Counts reps over all tracks of an exercise, and grades them."""

from __future__ import annotations

import math
from dataclasses import replace

from posecoach.checkers.clock import MovementClock
from posecoach.checkers.grading import is_fault
from posecoach.checkers.lane import Landed, Lane
from posecoach.checkers.pairing import Pairs
from posecoach.checkers.rep_rules import Reps, Track
from posecoach.checkers.reps import Movement
from posecoach.checkers.results import Attempt, BodySide, Hold, Rep
from posecoach.checkers.timed_rules import TARGET_SLACK_S
from posecoach.checkers.update import Update
from posecoach.motion import Readings
from posecoach.pose import SIDES

# A less trusted track is not believed so soon after a movement on a more trusted one:
# feet settle after the heels are down.
APART_S = 0.3
# What neither gets far nor stays there for so long is no try of an exercise with a hold:
# the feet find their place.
TWITCH_S = 0.1


class RepChecker:
    """Counts the reps of an exercise.

    Args:
        reps: The exercise's tracks and faults.
        side: Count only this side's movements; None counts what it sees.
        height_cm: Body height, which turns lifts into centimetres.
        target_hold_s: How long a movement on a track with a hold must stay near its top.
    """

    def __init__(
        self,
        reps: Reps,
        side: BodySide | None,
        height_cm: float,
        target_hold_s: float | None = None,
    ) -> None:
        self._reps = reps
        self._forced = side
        self._least_hold_s = (target_hold_s or 0.0) - TARGET_SLACK_S
        self._lanes = [
            Lane(track, rank, name, height_cm, reps.measured)
            for rank, track in enumerate(reps.tracks)
            for name in _sides(track, side)
        ]
        self._clock = None if reps.clock is None else MovementClock(reps.clock)
        self._pairs = Pairs([lane for lane in self._lanes if lane.paired], side)
        self._last_side: BodySide | None = side
        # Movements that ended, and until when what follows may show that they were none.
        self._settling: list[tuple[Landed, float]] = []
        # Until when movements of each rank were seen, for those after it not to be believed.
        self._busy_until = [-math.inf] * len(reps.tracks)

    @property
    def signals(self) -> list[str]:
        """Full names of the signals it reads."""
        return [name for lane in self._lanes for name in lane.signals]

    def update(self, readings: Readings, time_s: float, visible: float) -> Update:
        """See :class:`~posecoach.checkers.update.Checker`."""
        started: list[BodySide] = []
        results: list[Rep | Attempt] = []
        for lane in self._lanes:
            was_under_way = lane.counter.under_way
            movement = lane.read(readings, time_s)
            if movement is not None and self._believed(lane, movement):
                self._busy_until[lane.rank] = time_s
                results += self._take(lane.landed(movement))
            if lane.counter.under_way:
                if not was_under_way:
                    started.append(lane.begin(readings, self._forced))
                lane.observe(readings, visible)
                if lane.is_try:
                    self._busy_until[lane.rank] = time_s
            else:
                lane.settle(readings)
        results += self._settled(time_s)
        for landed, side in self._pairs.settled(time_s, self._last_side):
            results += self._results(landed, side)
        counted = tuple(r for r in results if isinstance(r, Rep))
        update = Update(
            started=tuple(s for s in started if self._wanted(s)),
            reps=counted,
            attempts=tuple(r for r in results if isinstance(r, Attempt)),
            side=self._last_side,
            level=self._level(readings),
            moving=any(lane.is_try for lane in self._lanes),
            hold_s=max((lane.counter.held_s for lane in self._lanes if lane.track.hold), default=0),
            fault=self._fault(),
        )
        return update if self._clock is None else self._timed(self._clock, update, time_s)

    def _timed(self, clock: MovementClock, update: Update, time_s: float) -> Update:
        """The same with the seconds of movement in it."""
        before = clock.side
        holds = clock.take(update.reps, time_s, moving=update.moving)
        now = clock.side
        return replace(
            update,
            holds=tuple(holds),
            hold_started=(now,) if now is not None and (before is None or holds) else (),
            hold_stopped=tuple((hold.side, "") for hold in holds),
            hold_s=clock.seconds(time_s, moving=update.moving),
            moving=update.moving or now is not None,
        )

    def finish(self) -> Update:
        """A movement that is all but down counts; one still up has not come back."""
        results: list[Rep | Attempt] = []
        for lane in self._lanes:
            movement = lane.counter.finish()
            if movement is not None and self._believed(lane, movement):
                results += self._take(lane.landed(movement))
        results += self._settled(math.inf)
        for landed, side in self._pairs.settled(math.inf, self._last_side):
            results += self._results(landed, side)
        counted = tuple(r for r in results if isinstance(r, Rep))
        holds: list[Hold] = []
        if self._clock is not None:
            holds = self._clock.take(counted, math.inf, moving=True) + self._clock.finish()
        return Update(
            reps=counted,
            attempts=tuple(r for r in results if isinstance(r, Attempt)),
            holds=tuple(holds),
            side=self._last_side,
        )

    def _take(self, landed: Landed) -> list[Rep | Attempt]:
        if landed.lane.paired:
            self._pairs.add(landed)
            return []
        if landed.lane.track.settle_s > 0:
            self._settling.append((landed, landed.movement.end_s + landed.lane.track.settle_s))
            return []
        return self._results(landed, landed.side)

    def _settled(self, time_s: float) -> list[Rep | Attempt]:
        """What came of the movements that had to settle, once that is clear."""
        found: list[Rep | Attempt] = []
        for landed, until_s in tuple(self._settling):
            vetoed = landed.lane.counter.veto.stands
            if vetoed or time_s >= until_s:
                self._settling.remove((landed, until_s))
                found += self._results(landed, landed.side, landed.lane.why if vetoed else None)
        return found

    def _results(
        self, landed: Landed, side: BodySide, vetoed: str | None = None
    ) -> list[Rep | Attempt]:
        self._last_side = side
        if not self._wanted(side):
            return []
        movement, track = landed.movement, landed.lane.track
        why = track.verdict or vetoed
        if why is None and not movement.counts:
            why = track.shallow
        if why is None and track.hold and movement.top_s < self._least_hold_s:
            why = "too_short"
        start_s, peak_s, end_s = (
            max(0.0, t - landed.lane.delay_s)
            for t in (movement.start_s, movement.peak_s, movement.end_s)
        )
        metrics = landed.metrics
        if why == track.shallow and track.hold and movement.top_s < TWITCH_S:
            return []
        if why is not None:
            return [Attempt(side, start_s, peak_s, end_s, why, metrics)]
        faults = [fault.id for fault in self._reps.faults if is_fault(fault, metrics)]
        if not movement.from_rest:
            faults.append(track.unrested)
        return [
            Rep(
                side,
                start_s,
                peak_s,
                end_s,
                metrics,
                tuple(faults),
                landed.confidence,
                paced=self._reps.paced or not landed.measured,
            )
        ]

    def _believed(self, lane: Lane, movement: Movement) -> bool:
        return all(
            self._busy_until[rank] + APART_S < movement.start_s for rank in range(lane.rank)
        ) and not any(other.is_try for other in self._lanes if other.rank < lane.rank)

    def _wanted(self, side: BodySide) -> bool:
        return self._forced is None or side == self._forced

    def _fault(self) -> str | None:
        """What keeps both legs from being counted, or None."""
        whys = [lane.why for lane in self._lanes if lane.paired or lane.close_up]
        return whys[0] if whys and None not in whys else None

    def _level(self, readings: Readings) -> float | None:
        levels = [
            value * (-1 if lane.track.invert else 1) / (lane.track.standard or lane.track.count)
            for lane in self._lanes
            if lane.track.verdict is None and (value := lane.value(readings)) is not None
        ]
        return max(levels, default=None)


def _sides(track: Track, forced: BodySide | None) -> tuple[BodySide, ...]:
    if track.side == "together":
        return ("both",) if forced is None else (forced,)
    return ("both",) if track.side in ("both", "stance") else SIDES
