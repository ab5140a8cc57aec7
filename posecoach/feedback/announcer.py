"""Decides what is said aloud, and what is not: one thing at a time, in time, not too often.

Driven by the events and the frames' times alone; whatever is heard, or whether anything is,
changes nothing of what is decided. So the same frames give the same transcript.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from posecoach.checkers import Word
from posecoach.feedback.counting import CountCaller, SecondsCaller
from posecoach.feedback.course_lines import course_line
from posecoach.feedback.line import PROMPT_S, Line, Rank
from posecoach.feedback.setup_lines import setup_line
from posecoach.feedback.wording import name_of, wording_of
from posecoach.session import Snapshot, WorkoutState
from posecoach.session import events as ev
from posecoach.session.events import Event
from posecoach.session.workout_events import BlockStarted

SAME_AGAIN_S = 6.0
"""A correction is not repeated sooner: two slow movements, in which to try it."""
OTHER_AGAIN_S = 2.5
"""Nor is another one given sooner: one thing at a time."""
STATE_AGAIN_S = 10.0
"""What keeps the camera from seeing is repeated after so long, while it lasts."""
LASTING_S = 0.7
"""A cue that is shown for a shorter time is not said: it is over before it is heard."""
KEEPS_TRUE_S = 2.0
"""How late what stays true may still be said."""
_NEVER = float("-inf")


class Announcer:
    """Turns what happens into lines.

    Attributes:
        said: Every line so far, in order: the transcript.
    """

    def __init__(self) -> None:
        self.said: list[Line] = []
        self._begin(-1.0)

    def _begin(self, now: float) -> None:
        self._now = now
        self._speaking: Line | None = None
        self._until = now
        self._waiting: Line | None = None
        self._corrected: dict[str, float] = {}
        self._passed: dict[str, float] = {}
        self._lasting: tuple[str, float] | None = None
        self._paused = False
        self._exercise: str | None = None
        self._counts = CountCaller()
        self._seconds = SecondsCaller()

    def update(
        self,
        snapshot: Snapshot,
        events: Sequence[Event] = (),
        *,
        paused: bool = False,
        state: WorkoutState | None = None,
        course: Sequence[Line] | None = None,
    ) -> Line | None:
        """What to say at this frame, if anything.

        Args:
            snapshot: The session's state after this frame; in a rest a quiet one.
            events: What happened at this frame.
            paused: Whether somebody has paused.
            state: Of the workout that the session is a part of.
            course: What is to be said of another course than a workout's; None without one.
        """
        now = snapshot.time_s
        if now < self._now:
            self._begin(now)
        self._now = now
        found = self._found(snapshot, events, paused, state, course)
        return self._chosen(max(found, key=lambda line: line.rank, default=None))

    def tell(self, time_s: float, line: Line | None, *, anew: bool = False) -> Line | None:
        """What to say at a frame in which nothing is coached.

        Args:
            time_s: The frame's time.
            line: What there is to say, if anything.
            anew: Forget what was being said, and what was coached before.
        """
        if anew or time_s < self._now:
            self._begin(time_s)
        self._now = time_s
        return self._chosen(line)

    def notice(self, cue: str, *, urgent: bool = True) -> Line | None:
        """Say what is not a frame's doing: of the camera.

        Args:
            cue: Its id.
            urgent: Whether it breaks off what is being said; else it waits for its turn.
        """
        self._lasting = None
        rank = Rank.STEP if urgent else Rank.CORRECTION
        return self._chosen(self._of_cue(cue, {}, rank, KEEPS_TRUE_S))

    def _found(
        self,
        snapshot: Snapshot,
        events: Sequence[Event],
        paused: bool,
        state: WorkoutState | None,
        course: Sequence[Line] | None,
    ) -> list[Line]:
        """All that could be said."""
        turned, self._paused = paused != self._paused, paused
        if paused:
            return [self._step("paused", snapshot)] if turned else []
        if snapshot.exercise != self._exercise or any(isinstance(e, BlockStarted) for e in events):
            self._seconds.begin()
        found: list[Line | None] = []
        if state is not None:
            found.append(course_line(state, events))
        elif course is not None:
            found += course
        elif snapshot.exercise != self._exercise:
            name = name_of("exercise", snapshot.exercise, snapshot.title)
            found.append(Line(self._now, "exercise", (name,), Rank.STEP, KEEPS_TRUE_S))
        self._exercise = snapshot.exercise
        found.append(setup_line(self._now, events, snapshot.words))
        guided = state is not None or course is not None
        found.append(self._correction(events, snapshot.words))
        found.append(self._counts.line(snapshot, events, in_workout=guided))
        found.append(self._seconds.line(snapshot, events))
        found.append(self._lasting_cue(snapshot))
        lines = [line for line in found if line is not None]
        # Whoever skips or ends in a pause goes on as well; what comes then says more.
        if turned and not any(line.rank is Rank.STEP for line in lines):
            lines.append(self._step("going_on", snapshot))
        return lines

    def _step(self, cue: str, snapshot: Snapshot) -> Line:
        return self._of_cue(cue, snapshot.words, Rank.STEP, KEEPS_TRUE_S)

    def _correction(self, events: Sequence[Event], own: Mapping[str, Word]) -> Line | None:
        """What was wrong at this frame, unless it was said just now."""
        found: Line | None = None
        for event in events:
            cue = _wrong(event)
            if cue:
                if found is None and self._may_correct(cue):
                    found = self._of_cue(cue, own, Rank.CORRECTION)
                self._passed[cue] = self._now
        return found

    def _lasting_cue(self, snapshot: Snapshot) -> Line | None:
        """What is shown for a while: what keeps the camera from seeing, and lasting faults.

        A cue whose event has been said, or was passed over, is not made up for later.
        """
        cue = snapshot.cue
        if cue is None:
            self._lasting = None
            return None
        if self._lasting is None or self._lasting[0] != cue:
            self._lasting = cue, self._now
        since = self._lasting[1]
        told = max(self._corrected.get(cue, _NEVER), self._passed.get(cue, _NEVER))
        last = max(self._corrected.values(), default=_NEVER)
        if self._now - since < LASTING_S or self._now - last < OTHER_AGAIN_S:
            return None
        # Learning where somebody rests is over in a moment, and following the clock is what
        # is being done from then on: said once, not asked again.
        again = told >= since - SAME_AGAIN_S
        if again and (cue in ("settling", "follow_the_clock") or self._now - told < STATE_AGAIN_S):
            return None
        return self._of_cue(cue, snapshot.words, Rank.CORRECTION)

    def _may_correct(self, cue: str) -> bool:
        told = self._corrected.get(cue, _NEVER)
        last = max(self._corrected.values(), default=_NEVER)
        return self._now - told >= SAME_AGAIN_S and self._now - last >= OTHER_AGAIN_S

    def _of_cue(
        self, cue: str, own: Mapping[str, Word], rank: Rank, keeps_s: float = PROMPT_S
    ) -> Line:
        known = wording_of(cue, own)
        tone = "info" if known.tone == "label" else known.tone
        return Line(self._now, cue, (known.say,), rank, keeps_s, tone)

    def _chosen(self, line: Line | None) -> Line | None:
        """What of the new line and the one that waits is said now."""
        now = self._now
        if self._speaking is not None and now >= self._until:
            self._speaking = None
        waiting = self._waiting
        if waiting is not None and (
            now - waiting.time_s > waiting.keeps_s or (line and line.rank >= waiting.rank)
        ):
            self._waiting = waiting = None
        # What waits still goes before the new line, which may cut nothing that it may not.
        if waiting is not None and self._speaking is None:
            self._waiting = None
            return self._say(waiting)
        if line is not None and self._may_cut(line):
            return self._say(line)
        if line is not None and waiting is None:
            self._waiting = line
        return None

    def _may_cut(self, line: Line) -> bool:
        speaking = self._speaking
        if speaking is None:
            return True
        # A newer number or step makes the older one untrue; two remarks are both true.
        newer = line.rank in (Rank.COUNT, Rank.STEP) and line.rank == speaking.rank
        return line.rank > speaking.rank or newer

    def _say(self, line: Line) -> Line:
        line = replace(line, said_s=self._now)
        self._speaking, self._until = line, self._now + line.about_s
        if line.rank == Rank.CORRECTION:
            self._corrected[line.cue] = self._now
        self.said.append(line)
        return line


def _wrong(event: Event) -> str:
    """The id of what went wrong with an event, or empty."""
    if isinstance(event, ev.FaultSeen):
        return event.fault
    if isinstance(event, ev.HoldStopped):
        return event.why
    if isinstance(event, ev.TryAbandoned) and event.attempt is not None:
        return event.attempt.why
    return ""
