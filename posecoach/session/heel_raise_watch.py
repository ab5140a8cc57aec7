"""Watches one leg in the heel-raise test: a session of heel raises, and the judge of them."""

from __future__ import annotations

from dataclasses import replace

from posecoach.checkers import Definition
from posecoach.checkers.parts import Condition
from posecoach.checkers.results import Attempt, Hold, Rep
from posecoach.pose import Pose, Side
from posecoach.session import events as ev
from posecoach.session.heel_raise_leg import FOOT_UP, LegTest, stand_on
from posecoach.session.session import Session
from posecoach.session.snapshot import Snapshot

# Where the feet overlap, the landmarks of left and right change places in some frames of a
# raise on one leg. Then (a labelled clip, mirrored) a straight knee reads 151 to 162 degrees,
# and the feet seem to have moved by 0.2 to 0.32 legs; the exercise's own limits are 150 and 0.3.
_EASED = {"stance_knee": {"above": 130.0}, "feet_moved": {"below": 0.6}}
_NEVER_AGAIN = 2.0
"""Ankles are never further apart: who was seen on one leg once is not refused any more, as
the same change of places moves the ankles' distance through 0. Raises are judged instead."""
_TOLD_S = 4.0
"""So long what was wrong with the last raise is shown."""


class LegRun:
    """Watches one leg: its session, and the judge of its raises.

    Args:
        definition: See :func:`on_one_leg`.
        side: The leg that stands.
        start_s: When it begins.
        height_cm: Body height; None assumes one.
        beat: Beats a minute.

    Attributes:
        session: What counts.
        leg: What judges.
        reps: Raises that count in the test.
        attempts: Raises that do not, and tries.
        holds: None; a test has no holds.
    """

    def __init__(
        self,
        definition: Definition,
        side: Side,
        start_s: float,
        height_cm: float | None,
        beat: float,
    ) -> None:
        self._definition = definition
        self._height_cm = height_cm
        self.leg = LegTest(side, start_s, beat)
        self.session = self.new_session()
        self.reps: list[Rep] = []
        self.attempts: list[Attempt] = []
        self.holds: tuple[Hold, ...] = ()

    def new_session(self) -> Session:
        """A session as the leg's own."""
        return Session(self._definition, self.leg.side, self._height_cm)

    def take_over(self, learned: Session) -> None:
        """Use what another session has learned of body, rest and view."""
        self.session.take_over(learned)

    def update(self, pose: Pose) -> list[ev.Event]:
        """Take the next pose; what happened with it."""
        found = self.session.update(pose)
        self.leg.see(self.session.readings["ankle_split"])
        found = self._judged(found)
        phase, cue = self.session.snapshot.phase, self.session.snapshot.cue
        unseen = phase == "nobody" or (phase == "refused" and cue != stand_on(self.leg.side))
        self.leg.look(pose.time_s, in_view=not unseen)
        return found

    def finish(self) -> list[ev.Event]:
        """End it at the last frame: a raise that is all but down is still judged."""
        return self._judged(self.session.finish())

    @property
    def snapshot(self) -> Snapshot:
        """How things stand, for a screen: what counts in the test."""
        seen = self.session.snapshot
        lost = [one for one in self.leg.raises if one.lost]
        cue = seen.cue
        if seen.phase not in ("nobody", "refused"):
            last = self.leg.raises[-1] if self.leg.raises else None
            fresh = last is not None and seen.time_s - last.peak_s < _TOLD_S
            cue = last.lost or None if last is not None and fresh else None
        return replace(seen, reps=self.leg.reps, attempts=len(lost), cue=cue, fault=None)

    def _judged(self, events: list[ev.Event]) -> list[ev.Event]:
        """The events as they concern the test: a raise that is lost is a try."""
        found: list[ev.Event] = []
        for event in events:
            if isinstance(event, ev.FaultSeen | ev.TargetReached):
                continue
            if isinstance(event, ev.RepCounted) and event.rep is not None:
                rep = event.rep
                lost = self.leg.judge(rep).lost
                if lost:
                    times = (rep.start_s, rep.peak_s, rep.end_s)
                    attempt = Attempt(rep.side, *times, lost, rep.metrics)
                    event = ev.TryAbandoned(event.time_s, event.side, attempt)
            elif isinstance(event, ev.TryAbandoned) and event.attempt is not None:
                lost = self.leg.take_try(event.attempt).lost
                event = replace(event, attempt=replace(event.attempt, why=lost))
            if isinstance(event, ev.RepCounted) and event.rep is not None:
                self.reps.append(event.rep)
            elif isinstance(event, ev.TryAbandoned) and event.attempt is not None:
                self.attempts.append(event.attempt)
            found.append(event)
        return found


def on_one_leg(definition: Definition, side: Side) -> Definition:
    """Heel raises of somebody who stands on that leg alone, without an end to the set.

    Args:
        definition: Of heel raises, counted in the rise of the body.
        side: The leg that stands. What rises is that leg's: nobody asks the picture anew in
            each raise.

    Raises:
        ValueError: If the definition counts no rise of the body.
    """
    reps = definition.reps
    tracks = [track for track in reps.tracks if track.signal == "body_rise"] if reps else []
    if reps is None or not tracks:
        raise ValueError(f"{definition.id} counts no rise of the body")
    lifted = Condition(
        signal="ankle_split",
        above=FOOT_UP if side == "left" else None,
        below=None if side == "left" else -FOOT_UP,
        slack=_NEVER_AGAIN,
        why=stand_on(side),
    )
    own = tuple(
        track.model_copy(update={"side": "together", "only": tuple(map(_eased, track.only))})
        for track in tracks
    )
    view = definition.view.model_copy(update={"position": (*definition.view.position, lifted)})
    dose = definition.dose.model_copy(update={"reps": None, "sets": 1})
    return definition.model_copy(
        update={"reps": reps.model_copy(update={"tracks": own}), "view": view, "dose": dose}
    )


def _eased(condition: Condition) -> Condition:
    return condition.model_copy(update=_EASED.get(condition.signal, {}))
