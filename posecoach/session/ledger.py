"""What was done in a session, and the events in which it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from posecoach.checkers.definition import Definition
from posecoach.checkers.results import Attempt, BodySide, FootCircle, Hold, Rep
from posecoach.checkers.timed_rules import TARGET_SLACK_S
from posecoach.checkers.update import Update
from posecoach.motion.body import Body
from posecoach.session import events as ev
from posecoach.session.beat import Beat
from posecoach.session.snapshot import Phase

# A fault is told again after so long, not at every frame.
FAULT_AGAIN_S = 4.0


class Ledger:
    """Keeps reps, tries and holds, and finds when a target is reached.

    Args:
        definition: The exercise.
        target: Reps or seconds that are asked for on a side; None asks for none.
        beat: Beats a minute of the metronome that judges reps; None judges none.

    Attributes:
        reps: Reps so far.
        attempts: Tries that did not count.
        holds: Holds so far, the one under way not among them.
        now: What the checker said of the last frame.
    """

    def __init__(
        self, definition: Definition, target: float | None, beat: float | None = None
    ) -> None:
        self._kind = definition.kind
        self._counts_reps = definition.counts_reps
        self._adds_up = definition.adds_up
        self._target = target
        # Circles have no peak that a beat could be kept with.
        self._beat = Beat(beat) if beat is not None and definition.kind == "reps" else None
        self.reps: list[Rep] = []
        self.attempts: list[Attempt] = []
        self.holds: list[Hold] = []
        self.now = Update()
        self._fault_told: dict[str, float] = {}
        self._reached: set[BodySide] = set()

    def take(self, update: Update, time_s: float) -> list[ev.Event]:
        """Take what the checker says of a frame; the events of it, in order."""
        self.now = update
        return self._tell(update, time_s)

    def close(self, update: Update, time_s: float) -> list[ev.Event]:
        """Take what the checker says at the end, when what was under way has become a hold."""
        self.now = replace(self.now, hold_s=0.0)
        return self._tell(update, time_s)

    def progress(self, side: BodySide) -> float:
        """Reps, or seconds, of that side that count towards a target.

        A walk adds up, and rolling; a held position must be held in one piece.
        """
        if self._counts_reps:
            return float(sum(1 for rep in self.reps if rep.side == side))
        pieces = [hold.seconds for hold in self.holds if hold.side == side]
        pieces.append(self.now.hold_s if self.now.side == side else 0.0)
        return sum(pieces) if self._adds_up else max(pieces)

    @property
    def held_s(self) -> float:
        """The seconds that count towards the target: a walk adds up, a stretch does not."""
        under_way = self.now.hold_s
        if self._adds_up:
            return self.total_held_s
        if self.now.moving or not self.holds:
            return under_way
        return self.holds[-1].seconds

    @property
    def total_held_s(self) -> float:
        """All seconds so far, those under way among them."""
        return sum(hold.seconds for hold in self.holds) + self.now.hold_s

    @property
    def reps_by_side(self) -> tuple[int, int, int]:
        """Number of reps of the left, of the right, and of both."""
        sides = [rep.side for rep in self.reps]
        return sides.count("left"), sides.count("right"), sides.count("both")

    def circle(self, body: Body | None) -> FootCircle | None:
        """The last circle in pixels: checkers know leg lengths, screens know no legs."""
        circle = self.now.circle
        if circle is None or body is None:
            return None
        return replace(circle, ellipse=circle.ellipse.scaled(body.leg))

    def wrong_before(self, events: Sequence[ev.Event], time_s: float) -> str | None:
        """What was wrong with the last movement, which is told until the next one begins.

        Args:
            events: All of the session so far.
            time_s: The last frame's.
        """
        last = events[-1] if events and not self.now.moving else None
        if last is None or time_s - last.time_s >= FAULT_AGAIN_S:
            return None
        if isinstance(last, ev.TryAbandoned) and last.attempt is not None:
            return last.attempt.why
        return last.fault if isinstance(last, ev.FaultSeen) else None

    def phase(self, settled: bool) -> Phase:
        """Where the movement is, of somebody who is in place.

        Args:
            settled: Whether the baseline of reps is learned.
        """
        now = self.now
        if self._kind == "circles":
            return "moving" if now.moving else "ready"
        if self._kind == "reps":
            if not settled:
                return "settling"
            if now.hold_s > 0 and not self._adds_up:
                return "holding"
            return "moving" if now.moving else "ready"
        if now.moving:
            return "holding"
        return "stopped" if self.holds else "ready"

    def _tell(self, update: Update, time_s: float) -> list[ev.Event]:
        found: list[ev.Event] = [ev.RepStarted(time_s, side) for side in update.started]
        for before, after in update.revised:
            self.reps[self.reps.index(before)] = after
        for rep in update.reps:
            # The clock's own reps say nothing about whether somebody keeps to a beat.
            if self._beat is not None and not rep.paced:
                rep = self._beat.judged(rep)
            self.reps.append(rep)
            found.append(ev.RepCounted(time_s, rep.side, rep))
            found += [ev.FaultSeen(time_s, rep.side, fault) for fault in rep.faults]
        for attempt in update.attempts:
            self.attempts.append(attempt)
            found.append(ev.TryAbandoned(time_s, attempt.side, attempt))
        found += [ev.HoldStarted(time_s, side) for side in update.hold_started]
        found += [ev.HoldStopped(time_s, side, why) for side, why in update.hold_stopped]
        for hold in update.holds:
            self.holds.append(hold)
            found.append(ev.HoldEnded(time_s, hold.side, hold))
        if update.fault is not None and update.moving:
            told = self._fault_told.get(update.fault)
            if told is None or time_s - told > FAULT_AGAIN_S:
                self._fault_told[update.fault] = time_s
                found.append(ev.FaultSeen(time_s, update.side, update.fault))
        return found + self._targets(time_s)

    def _targets(self, time_s: float) -> list[ev.Event]:
        if self._target is None:
            return []
        enough = self._target - (0.0 if self._counts_reps else TARGET_SLACK_S)
        sides: tuple[BodySide, ...] = ("left", "right", "both")
        fresh = [s for s in sides if s not in self._reached and self.progress(s) >= enough]
        self._reached.update(fresh)
        return [ev.TargetReached(time_s, side) for side in fresh]
