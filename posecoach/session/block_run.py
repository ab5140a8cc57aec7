"""One block of a workout while it is done: a session, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass, replace

from posecoach.checkers.pacer import GAP_S
from posecoach.checkers.results import Attempt, BodySide, Hold, Rep
from posecoach.checkers.timed_rules import TARGET_SLACK_S
from posecoach.pose import Pose
from posecoach.session import events as ev
from posecoach.session.plan import Block
from posecoach.session.session import Session
from posecoach.session.snapshot import Snapshot
from posecoach.session.workout_events import How, SideAsked

WRONG_WAY = "wrong_way"
"""Why a circle in the other direction does not count."""
_OF_VIEW = (ev.PersonFound, ev.PersonLost, ev.ViewAccepted, ev.ViewRefused)
_SIDES: tuple[BodySide, ...] = ("left", "right", "both")


@dataclass(frozen=True, slots=True)
class BlockResult:
    """What came of a block, whether it was done or not.

    Attributes:
        block: What was asked for.
        how: How it ended.
        start_s: The frame's time at which it began.
        end_s: And at which it was over.
        reps: Reps that count.
        attempts: Tries that do not, circles the wrong way round among them.
        holds: Holds and walks.
        view_why: Cue id of what kept the camera from seeing it; empty if nothing did.
    """

    block: Block
    how: How
    start_s: float
    end_s: float
    reps: tuple[Rep, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    holds: tuple[Hold, ...] = ()
    view_why: str = ""


class BlockRun:
    """Watches one block.

    Its target is reached on the side that is asked for; with ``both`` and ``auto`` each leg
    must have done it, and what both do together counts for each.

    Args:
        block: What is asked for.
        start_s: When it begins.
        height_cm: Body height; None assumes one.
        before: The session of the block before it, if there was no rest in between.
        beat: Beats a minute that reps should keep to, or None.
    """

    def __init__(
        self,
        block: Block,
        start_s: float,
        height_cm: float | None = None,
        before: Session | None = None,
        beat: float | None = None,
    ) -> None:
        self.block = block
        self.start_s = start_s
        self._height_cm = height_cm
        self._beat = beat
        self.session = self.new_session(before)
        self._reached: set[BodySide] = set()
        self._paced_s = 0.0
        self._paced_from: float | None = None
        self._last_s: float | None = None

    def new_session(self, following: Session | None = None) -> Session:
        """A session as the block's own."""
        block = self.block
        return Session(
            block.definition,
            block.side,
            self._height_cm,
            target_reps=block.reps,
            target_hold_s=block.hold_s if block.definition.counts_reps else block.seconds,
            feet=block.feet,
            following=following,
            pacing=True,
            beat=self._beat,
        )

    def take_over(self, learned: Session) -> None:
        """Use what another session has learned of body, rest and view."""
        self.session.take_over(learned)

    def update(self, pose: Pose) -> list[ev.Event]:
        """Take the next pose; what happened with it."""
        found = self._own(self.session.update(pose))
        if self.block.paced:
            found += self._pace(pose.time_s)
        self._last_s = pose.time_s
        return found + self._targets(pose.time_s)

    def finish(self) -> list[ev.Event]:
        """End it at the last frame; what is under way counts as far as it got."""
        found = self._own(self.session.finish())
        if self.block.paced and self._paced_s > 0 and self._last_s is not None:
            (hold,) = self.holds
            found.append(ev.HoldEnded(self._last_s, hold.side, hold))
        return found

    def result(self, how: How, end_s: float) -> BlockResult:
        """What came of it."""
        return BlockResult(
            self.block,
            how,
            self.start_s,
            end_s,
            tuple(self.reps),
            tuple(self.attempts),
            tuple(self.holds),
            self.session.view_why,
        )

    @property
    def reps(self) -> list[Rep]:
        """Reps that count for this block."""
        if self.block.paced:
            return []
        return [rep for rep in self.session.reps if self._right_way(rep)]

    @property
    def attempts(self) -> list[Attempt]:
        """Tries that do not count, in the order of their ends."""
        if self.block.paced:
            return []
        wrong = [_attempt(rep) for rep in self.session.reps if not self._right_way(rep)]
        return sorted([*self.session.attempts, *wrong], key=lambda one: one.end_s)

    @property
    def holds(self) -> list[Hold]:
        """Holds so far, the one under way not among them."""
        if not self.block.paced:
            return self.session.holds
        if self._paced_from is None or self._last_s is None or not self._paced_s:
            return []
        side = self._paced_side
        return [Hold(side, self._paced_from, self._last_s, self._paced_s, paced=True)]

    @property
    def progress(self) -> float:
        """Reps or seconds on the way to the block's target."""
        side = self.block.side
        if side in ("left", "right"):
            return self._tally(side)
        return min(self._of_leg("left"), self._of_leg("right"))

    @property
    def done(self) -> bool:
        """Whether the target is reached.

        A clock that still runs goes on to the full second; one that stopped a little short
        of it will do.
        """
        progress, target = self.progress, self.block.target
        if self.block.seconds is None or progress >= target:
            return progress >= target
        return self.snapshot.phase != "holding" and progress >= target - TARGET_SLACK_S

    @property
    def needs_close_up(self) -> bool:
        """Whether it is counted from close-ups of the feet."""
        return self.session.needs_close_up

    @property
    def snapshot(self) -> Snapshot:
        """How things stand, for a screen: counts are those of this block."""
        seen = self.session.snapshot
        side = self.block.side
        current = side if side in ("left", "right") else seen.side
        shown = self.progress if current in (None, "both") else self._of_leg(current)
        if self.block.reps is not None:
            return replace(seen, side=current, reps=int(shown), attempts=len(self.attempts))
        phase = seen.phase
        if self.block.paced and phase not in ("nobody", "refused"):
            phase = "holding"
        return replace(
            seen,
            kind="hold",
            side=current,
            phase=phase,
            reps=0,
            reps_by_side=(0, 0, 0),
            target_reps=None,
            hold_s=shown,
            target_hold_s=self.block.seconds,
            paced=self.block.paced or seen.paced,
            fault=None if self.block.paced else seen.fault,
            cue=seen.cue if not self.block.paced or phase in ("nobody", "refused") else None,
        )

    @property
    def _paced_side(self) -> BodySide:
        return "both" if self.block.side == "auto" else self.block.side

    def _own(self, events: list[ev.Event]) -> list[ev.Event]:
        """The session's events as they concern this block, whose targets are its own."""
        found: list[ev.Event] = []
        for event in events:
            if isinstance(event, ev.TargetReached):
                continue
            if self.block.paced and not isinstance(event, _OF_VIEW):
                continue
            if isinstance(event, ev.RepCounted) and event.rep and not self._right_way(event.rep):
                event = ev.TryAbandoned(event.time_s, event.side, _attempt(event.rep))
            found.append(event)
        return found

    def _right_way(self, rep: Rep) -> bool:
        return self.block.way is None or rep.direction == self.block.way

    def _pace(self, time_s: float) -> list[ev.Event]:
        """Let the clock run while the person is in view."""
        if self.session.snapshot.phase in ("nobody", "refused"):
            return []
        if self._paced_from is None:
            self._paced_from = time_s
            return [ev.HoldStarted(time_s, self._paced_side)]
        # Nobody knows what happened in a longer gap between two frames; the clock skips it.
        if self._last_s is not None and time_s - self._last_s <= GAP_S:
            self._paced_s += time_s - self._last_s
        return []

    def _targets(self, time_s: float) -> list[ev.Event]:
        """Which sides have reached the target with this frame."""
        found: list[ev.Event] = []
        asked = self.block.side
        for side in _SIDES:
            if asked in ("left", "right") and side != asked:
                continue
            if side in self._reached or self._tally(side) < self.block.target - self._slack_s:
                continue
            self._reached.add(side)
            found.append(ev.TargetReached(time_s, side))
            other: BodySide = "right" if side == "left" else "left"
            if len(self._reached) == 1 and side != "both" and side != asked:
                found.append(SideAsked(time_s, other))
        return found

    @property
    def _slack_s(self) -> float:
        return 0.0 if self.block.seconds is None else TARGET_SLACK_S

    def _of_leg(self, side: BodySide) -> float:
        """What a leg has done: by itself, and together with the other one."""
        return self._tally(side) if self.block.paced else self._tally(side) + self._tally("both")

    def _tally(self, side: BodySide) -> float:
        if self.block.paced:
            return self._paced_s
        if not self.block.definition.counts_reps:
            return self.session.progress(side)
        reps = [rep for rep in self.reps if rep.side == side]
        if self.block.reps is not None:
            return float(len(reps))
        return sum(rep.end_s - rep.start_s for rep in reps)


def _attempt(rep: Rep) -> Attempt:
    """A circle the wrong way round, as the try that it is."""
    return Attempt(rep.side, rep.start_s, rep.peak_s, rep.end_s, WRONG_WAY, rep.metrics)
