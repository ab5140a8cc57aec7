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
from typing import Literal

from posecoach.checkers.build import build_checker
from posecoach.checkers.definition import Definition, without_body
from posecoach.checkers.pacer import Pacer
from posecoach.checkers.results import Attempt, BodySide, Hold, Rep
from posecoach.checkers.walk_checker import Feet
from posecoach.motion import MotionTracker, Readings, parse
from posecoach.pose import SIDES, Pose, of_side
from posecoach.session import events as ev
from posecoach.session.ledger import Ledger
from posecoach.session.presence import CloseUpWatch, Presence
from posecoach.session.snapshot import Phase, Snapshot
from posecoach.session.view import FeetCheck, ViewCheck

ASSUMED_HEIGHT_CM = 170.0
"""Body height where none is given: about the mean of all adults in Europe."""


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
        close_up_alone: Count from the close-ups of the feet alone; for poses that hold
            nothing else, see :func:`~posecoach.pose.placed_feet`.
        pacing: Where the close-ups cannot see what the exercise is counted from, let the
            clock count; only where somebody sees or hears its pace.
        beat: Beats a minute that reps should keep to; None judges no rep by it.

    Raises:
        ValueError: If the exercise cannot be counted from close-ups alone and shall be.

    Attributes:
        signals: Full names of the signals that are measured.
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
        *,
        close_up_alone: bool = False,
        pacing: bool = False,
        beat: float | None = None,
    ) -> None:
        self.close_up_alone = close_up_alone
        if close_up_alone:
            definition = without_body(definition)
        self.definition = definition
        self.height_cm = ASSUMED_HEIGHT_CM if height_cm is None else height_cm
        self.height_assumed = height_cm is None
        self.target_reps = definition.dose.reps if target_reps is None else target_reps
        self.target_hold_s = definition.dose.hold_s if target_hold_s is None else target_hold_s
        self.asked_side: Literal["left", "right", "both", "auto"] = side
        forced = None if side == "auto" else side
        hold_s = self.target_hold_s
        self._checker = build_checker(definition, forced, self.height_cm, feet, hold_s)
        self._view = FeetCheck() if close_up_alone else ViewCheck(definition.view)
        self.signals = list(dict.fromkeys([*self._checker.signals, *self._view.signals, *also]))
        self._tracker = MotionTracker(self.signals)
        self._joints = tuple(int(of_side(name, s)) for name in definition.joints for s in SIDES)
        close_ups = [name for name in self.signals if parse(name)[0].close_up]
        pacer = Pacer(definition, forced, hold_s) if pacing and close_ups else None
        self._close_ups = CloseUpWatch(close_ups, pacer)
        target = self.target_reps if definition.counts_reps else hold_s
        self._ledger = Ledger(definition, target, beat)
        self.events: list[ev.Event] = []
        self.readings: Readings = dict.fromkeys(self.signals)
        self.measured: Readings = self.readings
        self._presence = Presence(by_feet=close_up_alone)
        self._done = False
        self._settled = False
        self._time_s = 0.0
        if following is not None:
            self.take_over(following)

    def take_over(self, learned: Session) -> None:
        """Use what another session of the same exercise has learned of body, rest and view.

        Args:
            learned: It ends at the same frame. One of another exercise changes nothing: what
                measures the same may have to be seen from elsewhere.
        """
        if learned.definition.id == self.definition.id and learned.signals == self.signals:
            self._tracker, self._view = learned._tracker, learned._view
            self._presence, self._settled = learned._presence, learned._settled

    @property
    def reps(self) -> list[Rep]:
        """Reps counted so far."""
        return self._ledger.reps

    @property
    def attempts(self) -> list[Attempt]:
        """Tries that did not count."""
        return self._ledger.attempts

    @property
    def holds(self) -> list[Hold]:
        """Holds so far, the one under way not among them."""
        return self._ledger.holds

    @property
    def needs_close_up(self) -> bool:
        """Whether it is counted from close-ups of the feet, so that poses should carry them."""
        return any(parse(name)[0].close_up for name in self.signals)

    @property
    def paced(self) -> bool:
        """Whether the clock counts, because the close-ups cannot see what should be counted."""
        return self._close_ups.pacer is not None

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
        found: list[ev.Event] = self._presence.update(pose)
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
        update = self._checker.update(self.readings, time_s, visible)
        self._close_ups.update(self.readings, countable, time_s)
        if self._close_ups.pacer is not None:
            update = self._close_ups.pacer.update(countable, time_s)
        if countable:
            self._settled = update.level is not None
        found += self._ledger.take(update, time_s)
        self.events += found
        return found

    def finish(self) -> list[ev.Event]:
        """End the session at its last frame: a hold under way counts as far as it got."""
        if self._done:
            return []
        self._done = True
        counter = self._close_ups.pacer or self._checker
        found = self._ledger.close(counter.finish(), self._time_s)
        self.events += found
        return found

    @property
    def snapshot(self) -> Snapshot:
        """How things stand after the last pose, for a screen."""
        update = self._ledger.now
        kind: Literal["reps", "hold"] = "reps" if self.definition.counts_reps else "hold"
        return Snapshot(
            time_s=self._time_s,
            exercise=self.definition.id,
            title=self.definition.name,
            kind=kind,
            phase=self._phase(),
            side=update.side or (None if self.asked_side == "auto" else self.asked_side),
            reps=len(self.reps),
            reps_by_side=self._ledger.reps_by_side,
            attempts=len(self.attempts),
            target_reps=self.target_reps if kind == "reps" else None,
            hold_s=self._ledger.held_s,
            total_hold_s=self._ledger.total_held_s,
            target_hold_s=self.target_hold_s,
            level=update.level,
            fault=update.fault,
            cue=self._cue(),
            joints=self._joints,
            steps=update.steps,
            cadence=update.cadence,
            circle=self._ledger.circle(self._tracker.body),
            words=self.definition.words,
            paced=self.paced or (self.definition.reps is not None and self.definition.reps.paced),
            close_up="alone" if self.close_up_alone else "yes" if self.needs_close_up else "no",
        )

    def progress(self, side: BodySide) -> float:
        """Reps, or seconds, of that side that count towards a target.

        A walk adds up, and rolling; a held position must be held in one piece.
        """
        return self._ledger.progress(side)

    def _phase(self) -> Phase:
        if not self._presence.here:
            return "nobody"
        if not self._view.ok:
            return "refused"
        return self._ledger.phase(self._settled or self.paced)

    def _cue(self) -> str | None:
        phase, update = self._phase(), self._ledger.now
        if phase == "nobody":
            return "nobody"
        if phase == "refused":
            return self._view.why
        if self.paced:
            return "follow_the_clock"
        if self._close_ups.told:
            return "show_feet"
        if update.fault is not None:
            return update.fault
        wrong = self._ledger.wrong_before(self.events, self._time_s)
        return wrong or ("settling" if phase == "settling" else None)
