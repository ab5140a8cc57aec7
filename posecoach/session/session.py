"""One exercise, watched from pose to events.

The core of posecoach as a library: no camera, no screen, no sound, no disk, no clock.

Example:
    >>> from posecoach import Session, find_definition
    >>> session = Session(find_definition("heel_raises"))
    >>> for pose in poses:                                    # doctest: +SKIP
    ...     for event in session.update(pose):
    ...         print(event.time_s, event.name, event.side)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from posecoach.checkers.build import build_checker
from posecoach.checkers.definition import Definition
from posecoach.checkers.results import Attempt, BodySide, Hold, Rep
from posecoach.checkers.rules import TARGET_SLACK_S
from posecoach.checkers.update import Update
from posecoach.checkers.walk_checker import Feet
from posecoach.motion import MotionTracker, Readings
from posecoach.pose import SIDES, Pose, of_side
from posecoach.session import events as ev
from posecoach.session.snapshot import Phase, Snapshot
from posecoach.session.view import ViewCheck

ASSUMED_HEIGHT_CM = 170.0
"""Body height where none is given: about the mean of all adults in Europe."""

# A fault is told again after so long, not at every frame.
FAULT_AGAIN_S = 4.0
# Nobody in view for so long is somebody lost.
LOST_S = 0.7


class Session:
    """Counts one exercise.

    Args:
        definition: The exercise.
        side: ``left``, ``right`` or ``both`` counts only that; ``auto`` what it sees.
        height_cm: Body height in centimetres; None assumes 170.
        target_reps: Reps asked for; None takes the definition's dose.
        target_hold_s: Seconds asked for of a hold; None takes the definition's dose.
        feet: Where the feet of a walk should point; None judges nothing.
        also: Full names of signals to measure beside those that are counted from.
        following: A session that ends at the same frame, of the same exercise and side: what
            it has learned of body, rest and view goes on to serve, so that somebody in
            mid-movement need not stand still first.

    Attributes:
        signals: Full names of the signals that are measured.
        reps: Reps counted so far.
        attempts: Tries that did not count.
        holds: Holds so far, the one under way not among them.
        events: Every event so far.
        readings: Values of the signals at the last pose; None for all of them where the
            view does not serve.
        measured: The same, whether the view serves or not.
    """

    def __init__(
        self,
        definition: Definition,
        side: Literal["left", "right", "both", "auto"] = "auto",
        height_cm: float | None = None,
        target_reps: int | None = None,
        target_hold_s: float | None = None,
        feet: Feet | None = None,
        also: Iterable[str] = (),
        following: Session | None = None,
    ) -> None:
        self.definition = definition
        self.height_cm = ASSUMED_HEIGHT_CM if height_cm is None else height_cm
        self.height_assumed = height_cm is None
        self.target_reps = definition.dose.reps if target_reps is None else target_reps
        self.target_hold_s = definition.dose.hold_s if target_hold_s is None else target_hold_s
        self.asked_side: Literal["left", "right", "both", "auto"] = side
        self._checker = build_checker(
            definition,
            None if side == "auto" else side,
            self.height_cm,
            feet,
            self.target_hold_s,
        )
        self._view = ViewCheck(definition.view)
        self.signals = list(dict.fromkeys([*self._checker.signals, *self._view.signals, *also]))
        self._tracker = MotionTracker(self.signals)
        self._joints = tuple(int(of_side(name, s)) for name in definition.joints for s in SIDES)
        self.reps: list[Rep] = []
        self.attempts: list[Attempt] = []
        self.holds: list[Hold] = []
        self.events: list[ev.Event] = []
        self.readings: Readings = dict.fromkeys(self.signals)
        self.measured: Readings = self.readings
        self._update = Update()
        self._present = False
        self._absent_since: float | None = None
        self._fault_told: dict[str, float] = {}
        self._done = False
        self._settled = False
        self._time_s = 0.0
        self._reached: set[str] = set()
        if following is not None:
            self.take_over(following)

    def take_over(self, learned: Session) -> None:
        """Use what another session of the same exercise has learned of body, rest and view.

        Args:
            learned: It ends at the same frame.
        """
        if learned.signals == self.signals:
            self._tracker, self._view = learned._tracker, learned._view
            self._present, self._absent_since = learned._present, learned._absent_since
            self._settled = learned._settled

    @property
    def view_ok(self) -> bool:
        """Whether what the exercise needs was ever in view."""
        return self._view.ever_ok

    @property
    def view_why(self) -> str:
        """Cue id of why the view cannot serve; empty where it can."""
        return "" if self._view.ever_ok else self._view.main_reason()

    def update(self, pose: Pose) -> list[ev.Event]:
        """Take the next pose; what happened with it.

        Args:
            pose: A pose later than the last one, or one in which nobody was found.

        Returns:
            The events of this frame, in order.
        """
        self._time_s = time_s = pose.time_s
        readings = self.measured = self._tracker.update(pose)
        found: list[ev.Event] = self._presence(pose)
        was_ok = self._view.ok
        countable = self._view.update(pose, readings)
        if self._view.ok != was_ok:
            found.append(
                ev.ViewAccepted(time_s)
                if self._view.ok
                else ev.ViewRefused(time_s, why=self._view.why or "")
            )
        self.readings = readings if countable else dict.fromkeys(readings)
        visible = float(pose.visibility[list(self._joints)].mean())
        update = self._update = self._checker.update(self.readings, time_s, visible)
        if countable:
            self._settled = update.level is not None
        found += self._tell(update, time_s)
        self.events += found
        return found

    def finish(self) -> list[ev.Event]:
        """End the session at its last frame: a hold under way counts as far as it got."""
        if self._done:
            return []
        self._done = True
        # What was under way is among the holds now, and must not count twice.
        self._update = replace(self._update, hold_s=0.0)
        found = self._tell(self._checker.finish(), self._time_s)
        self.events += found
        return found

    @property
    def snapshot(self) -> Snapshot:
        """How things stand after the last pose, for a screen."""
        update = self._update
        by_side = tuple(
            sum(1 for rep in self.reps if rep.side == side) for side in ("left", "right", "both")
        )
        kind: Literal["reps", "hold"] = "reps" if self.definition.counts_reps else "hold"
        finished = sum(hold.seconds for hold in self.holds)
        return Snapshot(
            time_s=self._time_s,
            exercise=self.definition.id,
            title=self.definition.name,
            kind=kind,
            phase=self._phase(),
            side=update.side or (None if self.asked_side == "auto" else self.asked_side),
            reps=len(self.reps),
            reps_by_side=(by_side[0], by_side[1], by_side[2]),
            attempts=len(self.attempts),
            target_reps=self.target_reps if kind == "reps" else None,
            hold_s=self._shown_hold_s(),
            total_hold_s=finished + update.hold_s,
            target_hold_s=self.target_hold_s,
            level=update.level,
            fault=update.fault,
            cue=self._cue(),
            joints=self._joints,
            steps=update.steps,
            cadence=update.cadence,
            words=self.definition.words,
        )

    def _shown_hold_s(self) -> float:
        """The seconds that count towards the target: a walk adds up, a stretch does not."""
        under_way = self._update.hold_s
        if self.definition.kind == "walk":
            return sum(hold.seconds for hold in self.holds) + under_way
        if self._update.moving or not self.holds:
            return under_way
        return self.holds[-1].seconds

    def _presence(self, pose: Pose) -> list[ev.Event]:
        if pose.found:
            self._absent_since = None
            if not self._present:
                self._present = True
                return [ev.PersonFound(pose.time_s)]
        elif self._present:
            if self._absent_since is None:
                self._absent_since = pose.time_s
            if pose.time_s - self._absent_since >= LOST_S:
                self._present = False
                return [ev.PersonLost(pose.time_s)]
        return []

    def _tell(self, update: Update, time_s: float) -> list[ev.Event]:
        """Turn what the checker says into events, and keep the results."""
        found: list[ev.Event] = [ev.RepStarted(time_s, side) for side in update.started]
        for before, after in update.revised:
            self.reps[self.reps.index(before)] = after
        for rep in update.reps:
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
        found: list[ev.Event] = []
        sides: tuple[BodySide, ...] = ("left", "right", "both")
        for side in sides:
            if side in self._reached:
                continue
            target = self.target_reps if self.definition.counts_reps else self.target_hold_s
            slack = 0.0 if self.definition.counts_reps else TARGET_SLACK_S
            reached = target is not None and self.progress(side) >= target - slack
            if reached:
                self._reached.add(side)
                found.append(ev.TargetReached(time_s, side))
        return found

    def progress(self, side: BodySide) -> float:
        """Reps, or seconds, of that side that count towards a target.

        A walk adds up; a held position must be held in one piece.
        """
        if self.definition.counts_reps:
            return float(sum(1 for rep in self.reps if rep.side == side))
        pieces = [hold.seconds for hold in self.holds if hold.side == side]
        pieces.append(self._update.hold_s if self._update.side == side else 0.0)
        return sum(pieces) if self.definition.kind == "walk" else max(pieces)

    def _phase(self) -> Phase:
        if not self._present:
            return "nobody"
        if not self._view.ok:
            return "refused"
        if self.definition.kind == "circles":
            return "moving" if self._update.moving else "ready"
        if self.definition.kind == "reps":
            if not self._settled:
                return "settling"
            if self._update.hold_s > 0:
                return "holding"
            return "moving" if self._update.moving else "ready"
        if self._update.moving:
            return "holding"
        return "stopped" if self.holds else "ready"

    def _cue(self) -> str | None:
        phase = self._phase()
        if phase == "nobody":
            return "nobody"
        if phase == "refused":
            return self._view.why
        if self._update.fault is not None:
            return self._update.fault
        # What was wrong with the last movement is told until the next one begins.
        last = self.events[-1] if self.events and not self._update.moving else None
        if last is not None and self._time_s - last.time_s < FAULT_AGAIN_S:
            if isinstance(last, ev.TryAbandoned) and last.attempt is not None:
                return last.attempt.why
            if isinstance(last, ev.FaultSeen):
                return last.fault
        return "settling" if phase == "settling" else None
