"""A set that begins by itself once the setup is right, and waits for whoever left it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from posecoach.pose import Pose
from posecoach.session import events as ev
from posecoach.session import setup_events as sev
from posecoach.session.preparation import Preparation
from posecoach.session.same_person import SamePerson
from posecoach.session.session import Session
from posecoach.session.snapshot import Snapshot

AWAY_S = 10.0
"""Whoever is away for longer, or cannot be seen, is set up anew."""
OTHER_S = 2.0
"""So long after somebody else was seen, one person is asked for."""


class Run(Protocol):
    """What counts once the set has begun: a session, or a block of a workout."""

    @property
    def snapshot(self) -> Snapshot:
        """How things stand."""
        ...

    def update(self, pose: Pose) -> list[ev.Event]:
        """Take a pose."""
        ...

    def take_over(self, learned: Session) -> None:
        """Use what another session has learned."""
        ...


class Guided:
    """Lets a set begin when it can, and stop and go on with the person.

    Args:
        run: What counts.
        twin: Makes a session as the set's, to learn the body before it.
        same: Who is coached; None takes whoever is seen first.
        check: Whether the setup is checked first; without, the set has begun already.
        again: Whether whoever was away for long is set up anew.

    Attributes:
        begun: Whether the set has ever begun.
        pose: The last pose of the person who is coached; nobody where another one was seen.
    """

    def __init__(
        self,
        run: Run,
        twin: Callable[[], Session],
        same: SamePerson | None = None,
        check: bool = True,
        again: bool = True,
    ) -> None:
        self._run = run
        self._twin = twin
        self._same = same or SamePerson()
        self._again = again
        self._preparation = Preparation(twin()) if check else None
        self._told = False
        self._now = 0.0
        self._away_since: float | None = None
        self._other_s: float | None = None
        self.begun = not check
        self.pose: Pose | None = None

    @property
    def preparing(self) -> bool:
        """Whether the set waits for a setup that is right."""
        return self._preparation is not None

    @property
    def why(self) -> str:
        """Cue id of what kept the set from beginning; empty if nothing is known to have."""
        if self.begun or self._preparation is None:
            return ""
        seen = self.pose is not None and self.pose.found
        return self._preparation.cue or ("" if seen else "nobody")

    @property
    def snapshot(self) -> Snapshot:
        """How things stand, for a screen."""
        preparation = self._preparation
        # Whatever counts may not have seen a pose yet.
        seen = replace(self._run.snapshot, time_s=self._now)
        if preparation is not None:
            return replace(
                seen,
                phase="setup",
                cue=preparation.cue,
                fault=None,
                level=None,
                setup=preparation.state,
            )
        if self._again and seen.phase == "nobody":
            return replace(seen, cue="left_view")
        return seen

    def update(self, pose: Pose) -> list[ev.Event]:
        """Take the next pose; what happened with it."""
        pose = self.pose = self._same.update(pose)
        now = self._now = pose.time_s
        if self._same.other:
            self._other_s = now
        if self._preparation is None:
            return self._watch(pose)
        found: list[ev.Event] = [] if self._told else [sev.SetupStarted(now)]
        self._told = True
        alone = self._other_s is None or now - self._other_s > OTHER_S
        if self.begun:
            # What was under way ends, and the frames of the setup count for nothing.
            self._run.update(Pose.nobody(now, pose.size))
        found += self._preparation.update(pose, alone=alone)
        if self._preparation.done:
            self._run.take_over(self._preparation.session)
            found.append(sev.SetBegun(now, again=self.begun))
            self._preparation, self._away_since, self.begun = None, None, True
        return found

    def look_elsewhere(self) -> None:
        """What comes next is another camera's: whoever is seen there is the one."""
        self._same.forget()

    def _watch(self, pose: Pose) -> list[ev.Event]:
        found = self._run.update(pose)
        if not self._again:
            return found
        now = pose.time_s
        if self._run.snapshot.phase not in ("nobody", "refused"):
            self._away_since = None
        elif self._away_since is None:
            self._away_since = now
        elif now - self._away_since > AWAY_S:
            self._same.forget()
            self._preparation, self._told = Preparation(self._twin()), True
            found.append(sev.SetupStarted(now, again=True))
        return found
