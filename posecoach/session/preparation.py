"""Before a set: the setup check, and the count-in once it is right."""

from __future__ import annotations

import math

from posecoach.checkers.pacer import GAP_S
from posecoach.pose import Pose, Side
from posecoach.session import events as ev
from posecoach.session import setup_events as sev
from posecoach.session.session import Session
from posecoach.session.setup import SetupCheck, nearer_side
from posecoach.session.snapshot import SetupState

COUNT_IN = 3
"""Seconds that are counted down before a set."""
BROKEN_S = 0.7
"""The count-in breaks off when something is wrong for so long."""


class Preparation:
    """Waits until somebody is placed right, then counts in; nothing counts meanwhile.

    Args:
        session: A session of the coming set that is thrown away: it learns the body and its
            rest, and what it counts is told to nobody.

    Attributes:
        session: It; what it has learned serves the set (``Session.take_over``).
        cue: Id of the instruction to give now, or None.
        done: Whether the set begins with the last pose.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self.cue: str | None = None
        self.done = False
        self._view = session.definition.view
        self._check = SetupCheck(session.definition, session.asked_side)
        self._seen_near: Side | None = None
        self._counting_s: float | None = None
        self._left: int | None = None
        self._last_s: float | None = None

    def update(self, pose: Pose, *, alone: bool = True) -> list[ev.Event]:
        """Take a pose; what happened with it.

        Args:
            pose: The body, or nobody.
            alone: Whether nobody else was taken for the person lately.
        """
        now = pose.time_s
        # A pause, or a camera that was gone: nobody was counted in meanwhile.
        gap = self._last_s is not None and now - self._last_s > GAP_S
        self._last_s = now
        found: list[ev.Event] = []
        found += [e for e in self.session.update(pose) if isinstance(e, _OF_PRESENCE)]
        if pose.found and abs(nearer := nearer_side(pose)) > 0.5:
            self._seen_near = "left" if nearer > 0 else "right"
        check = self._check
        settled = self.session.snapshot.phase != "settling"
        check.update(pose, self.session.measured, settled=settled, alone=alone)
        if self._counting_s is None:
            if check.cue != self.cue:
                self.cue = check.cue
                if self.cue is not None:
                    found.append(sev.SetupAsked(now, why=self.cue))
            if check.right:
                self._counting_s, self._left = now, COUNT_IN
                found.append(sev.CountIn(now, left=COUNT_IN))
        elif gap or check.wrong_s >= BROKEN_S:
            self._counting_s = self._left = None
            found.append(sev.CountInBroken(now))
        else:
            left = COUNT_IN - math.floor(now - self._counting_s + 1e-9)
            if left <= 0:
                self.done = True
            elif left != self._left:
                found += [sev.CountIn(now, left=left)]
                self._left = left
        return found

    @property
    def state(self) -> SetupState:
        """How far it is, for a screen."""
        return SetupState(
            self._view.posture,
            self._view.seen_from,
            # Where it does not matter, the outline turns as the person does.
            self._check.side or self._seen_near,
            self._counting_s is not None,
            self._left,
        )


_OF_PRESENCE = (ev.PersonFound, ev.PersonLost)
