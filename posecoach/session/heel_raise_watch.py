"""Watches one leg in the heel-raise test: a session of heel raises, and the judge of them."""

from __future__ import annotations

from dataclasses import replace

from posecoach.checkers import Definition
from posecoach.checkers.results import Attempt
from posecoach.checkers.rules import Condition
from posecoach.pose import Pose, Side
from posecoach.session import events as ev
from posecoach.session.heel_raise_leg import FOOT_UP, LegTest, stand_on
from posecoach.session.session import Session
from posecoach.session.snapshot import Snapshot

_SPLIT_SLACK = 0.1
"""The ankles come nearer while the standing one rises: to 0.07 less in the labelled clips."""
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
            found.append(event)
        return found


def on_one_leg(definition: Definition, side: Side) -> Definition:
    """Heel raises of somebody who stands on that leg alone, without an end to the set."""
    up = FOOT_UP if side == "left" else None
    down = None if side == "left" else -FOOT_UP
    lifted = Condition(
        signal="ankle_split", above=up, below=down, slack=_SPLIT_SLACK, why=stand_on(side)
    )
    view = definition.view.model_copy(update={"position": (*definition.view.position, lifted)})
    dose = definition.dose.model_copy(update={"reps": None, "sets": 1})
    return definition.model_copy(update={"view": view, "dose": dose})
