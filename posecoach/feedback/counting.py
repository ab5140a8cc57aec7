"""Counting aloud: reps, and the seconds of what is held, with how many are left."""

from __future__ import annotations

from collections.abc import Sequence

from posecoach.feedback.line import Line, Rank
from posecoach.feedback.wording import number, phrase
from posecoach.session import Snapshot
from posecoach.session import events as ev
from posecoach.session.events import Event

_DONE_KEEPS_S = 2.0
# From which target on it is worth saying: of four reps, "three more" comes with the first.
_THREE_MORE_FROM, _HALFWAY_FROM, _LAST_FROM = 8, 6, 3
_TEN_MORE_FROM_S, _HALFWAY_FROM_S, _COUNTDOWN_FROM_S = 20, 20, 10
_EVERY_S = ((30.0, 5), (float("inf"), 10))
"""Up to which target seconds are called how often."""
_RELEASE_FROM_S = 2.0
_CALLED_FROM_S = 10.0
"""Seconds of a rep that is held are called from that length on."""
_SHOWN_EARLY_S = 0.2
"""A clock shows a full second so much early, for a target counts as reached then; what is
said and what is shown must not differ."""
_RUNS_AGAIN_S = 4.0
"""A clock that stops and runs again sooner is not told of again."""


class CountCaller:
    """Calls reps as they are counted."""

    def line(self, snapshot: Snapshot, events: Sequence[Event], *, in_workout: bool) -> Line | None:
        """What to call at this frame.

        Args:
            snapshot: The session's state after this frame.
            events: What happened at it.
            in_workout: Whether a workout says what is done and what comes next.
        """
        # Where seconds are the goal, as in rolling, only those are called.
        in_reps = snapshot.kind == "reps"
        counted = [event for event in events if in_reps and isinstance(event, ev.RepCounted)]
        done = any(isinstance(event, ev.TargetReached) for event in events)
        time_s = snapshot.time_s
        if not counted:
            if done and not in_workout:
                return _done(time_s, ())
            return None
        called = (number(snapshot.reps),)
        if done:
            # In a workout what comes next goes before, and says that it is done.
            return None if in_workout else _done(time_s, called)
        target = snapshot.target_reps
        if target:
            # In a workout the number shown is that of the side whose turn it is; elsewhere
            # of all sides, of which each has the target.
            of_side = snapshot.reps if in_workout else _of_side(snapshot, counted[-1])
            remark = _remark(of_side, target)
            if remark:
                words = (*called, phrase(remark))
                return Line(time_s, remark, words, Rank.REMARK, tone="praise")
        return Line(time_s, "count", called, Rank.COUNT, tone="count")


class SecondsCaller:
    """Calls the seconds of holds and walks, and of reps that are held."""

    def __init__(self) -> None:
        self._called = 0
        self._holding = False
        self._released = False
        self._side: str | None = None
        self.begin()

    def begin(self) -> None:
        """Something else is held from now on: its clock begins to run, and not again."""
        self._started_s = -_RUNS_AGAIN_S
        self._ran = False
        self._reached = False

    def line(self, snapshot: Snapshot, events: Sequence[Event]) -> Line | None:
        """What to call at this frame."""
        if any(isinstance(event, ev.TargetReached) for event in events):
            self._reached = True
        line = self._of_clock(snapshot, events)
        held = snapshot.kind == "reps"
        # Rolling moves while its clock runs.
        runs = snapshot.phase == "holding" or (not held and snapshot.phase == "moving")
        if not runs:
            self._holding = self._released = False
            return line
        seconds = int(snapshot.hold_s + _SHOWN_EARLY_S)
        if not self._holding or seconds < self._called:
            # A new one: what has run already is not called any more.
            began, self._holding = not self._holding, True
            self._called = seconds
            self._released = False
            if held and began and (snapshot.target_hold_s or 0.0) >= _RELEASE_FROM_S:
                return _said(snapshot, "hold_it", Rank.COUNT)
            return line
        if seconds == self._called:
            return line
        self._called = seconds
        called = self._held(snapshot, seconds) if held else _second(snapshot, seconds)
        return line or called

    def _held(self, snapshot: Snapshot, seconds: int) -> Line | None:
        """Of a rep that is held."""
        target = snapshot.target_hold_s
        if target is None or target < _RELEASE_FROM_S:
            return None
        if seconds >= target:
            if self._released:
                return None
            self._released = True
            return _said(snapshot, "release", Rank.REMARK)
        return _second(snapshot, seconds) if target >= _CALLED_FROM_S else None

    def _of_clock(self, snapshot: Snapshot, events: Sequence[Event]) -> Line | None:
        """That a clock began to run, or stopped for no reason that has words."""
        for event in events:
            if isinstance(event, ev.HoldStarted):
                soon = event.time_s - self._started_s < _RUNS_AGAIN_S
                self._started_s, self._reached = event.time_s, False
                changed = event.side in ("left", "right") and event.side != self._side
                self._side = event.side
                again, self._ran = self._ran and not changed, True
                if soon and not changed:
                    return None
                moves = snapshot.steps is not None or snapshot.phase != "holding"
                line = _said(snapshot, "clock_runs" if moves or again else "hold_it", Rank.COUNT)
                if changed:
                    side = phrase(f"side_{event.side}")
                    return Line(line.time_s, line.cue, (side, *line.parts), Rank.REMARK)
                return line
            if isinstance(event, ev.HoldStopped) and not event.why and not self._reached:
                return _said(snapshot, "clock_stopped", Rank.CORRECTION)
        return None


def _second(snapshot: Snapshot, seconds: int) -> Line | None:
    """What to call when a second is full."""
    target = snapshot.target_hold_s
    every = next(step for most, step in _EVERY_S if (target or most) <= most)
    if target is not None:
        left = round(target - seconds)
        if left <= 0:
            return None
        if left == 10 and target >= _TEN_MORE_FROM_S:
            return _said(snapshot, "ten_seconds", Rank.REMARK)
        if left <= 3 and target >= _COUNTDOWN_FROM_S:
            return _number(snapshot, left)
        if 2 * seconds == target and target >= _HALFWAY_FROM_S:
            return _said(snapshot, "halfway", Rank.REMARK)
    return _number(snapshot, seconds) if seconds and seconds % every == 0 else None


def _remark(done: int, target: int) -> str | None:
    left = target - done
    if left == 1 and target >= _LAST_FROM:
        return "last_one"
    if left == 3 and target >= _THREE_MORE_FROM:
        return "three_more"
    if done == (target + 1) // 2 and target >= _HALFWAY_FROM:
        return "halfway"
    return None


def _of_side(snapshot: Snapshot, event: ev.RepCounted) -> int:
    left, right, both = snapshot.reps_by_side
    return {"left": left, "right": right, "both": both}.get(event.side or "", snapshot.reps)


def _done(time_s: float, called: tuple[str, ...]) -> Line:
    words = (*called, phrase("done"))
    return Line(time_s, "done", words, Rank.STEP, _DONE_KEEPS_S, "praise")


def _said(snapshot: Snapshot, cue: str, rank: Rank) -> Line:
    return Line(snapshot.time_s, cue, (phrase(cue),), rank)


def _number(snapshot: Snapshot, value: int) -> Line:
    return Line(snapshot.time_s, "seconds", (number(value),), Rank.COUNT, tone="count")
