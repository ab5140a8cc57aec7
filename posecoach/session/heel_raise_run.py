"""The heel-raise test from its first frame to its result: one leg, a rest, the other leg.

As a workout, it is driven by the frames' times alone, so a recorded test gives the same result
again. It needs no camera, screen or sound.

Example:
    >>> from posecoach.checkers import find_definition
    >>> test = HeelRaiseTest(find_definition("heel_raises"), ["left", "right"])
    >>> for pose in poses:                                    # doctest: +SKIP
    ...     test.update(pose)
    >>> test.finish()                                         # doctest: +SKIP
    >>> [(result.side, result.reps) for result in test.results]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from posecoach.checkers import Definition
from posecoach.pose import Pose, Side
from posecoach.session import events as ev
from posecoach.session import workout_events as wev
from posecoach.session.beat import BEATS_A_REP
from posecoach.session.course import Course
from posecoach.session.guided import Guided
from posecoach.session.heel_raise_events import (
    HeelRaiseState,
    HeelRaiseTestFinished,
    LegEnded,
    LegStarted,
    Stage,
)
from posecoach.session.heel_raise_leg import LegResult
from posecoach.session.heel_raise_watch import LegRun, on_one_leg
from posecoach.session.norms import MEDIAN_REPS, NORM_BEAT
from posecoach.session.plan import READY_S
from posecoach.session.preparation import COUNT_IN
from posecoach.session.session import ASSUMED_HEIGHT_CM
from posecoach.session.snapshot import Snapshot

LEGS: tuple[Side, ...] = ("left", "right")
"""In the order in which they are tested."""
REST_S = 120.0
"""Between the legs (Sleeswijk Visser et al. 2025, see :mod:`posecoach.session.norms`)."""
BRIEFING_S = 15.0
"""To hear what comes, before the first leg."""


def about_s(sides: Sequence[Side], beat: float = NORM_BEAT, rest_s: float = REST_S) -> float:
    """About how long a test of these legs takes, of somebody who does a median's raises."""
    work_s = BEATS_A_REP * 60.0 / beat * max(MEDIAN_REPS)
    return BRIEFING_S + len(sides) * (READY_S + COUNT_IN + work_s) + (len(sides) - 1) * rest_s


class HeelRaiseTest(Course):
    """Runs one leg after the other.

    Args:
        definition: Of heel raises.
        sides: The legs, in order.
        height_cm: Body height in centimetres; None assumes 170.
        beat: Beats a minute.
        rest_s: Seconds between the legs.
        setup: Whether to explain first, and to look before each leg whether the person is
            placed right, and to count in.

    Attributes:
        definition: Of heel raises, as it was given.
        height_cm: As it was given; so are ``setup``, ``beat`` and ``rest_s``.
        results: Of the legs that are done.
        why: Cue id of what kept the camera from seeing it; empty if nothing did.
    """

    def __init__(
        self,
        definition: Definition,
        sides: Sequence[Side],
        height_cm: float | None = None,
        *,
        beat: float = NORM_BEAT,
        rest_s: float = REST_S,
        setup: bool = False,
    ) -> None:
        super().__init__()
        self.definition = definition
        self._sides = tuple(sides)
        self.height_cm = height_cm
        self.beat = beat
        self.rest_s = rest_s
        self.setup = setup
        self._number = 0
        self._run: LegRun | None = None
        self._stage: Stage = "briefing"
        self._briefed = False
        self.results: list[LegResult] = []
        self.why = ""

    @property
    def finished(self) -> bool:
        """Whether it is all over."""
        return self._stage == "finished"

    @property
    def complete(self) -> bool:
        """Whether each leg came to its own end."""
        ends = [result.end for result in self.results]
        return len(ends) == len(self._sides) and not {"ended", "away", "not_begun"} & set(ends)

    @property
    def run(self) -> LegRun | None:
        """The leg at work, or being set up; None in a rest."""
        return self._run

    @property
    def height(self) -> tuple[float, bool]:
        """Body height in centimetres, and whether it is assumed."""
        assumed = self.height_cm is None
        return ASSUMED_HEIGHT_CM if self.height_cm is None else self.height_cm, assumed

    @property
    def state(self) -> HeelRaiseState:
        """How things stand after the last pose, for a screen."""
        leg = self._run.leg if self._run is not None else None
        return HeelRaiseState(
            time_s=self._now,
            stage=self._stage,
            paused=self._paused,
            sides=self._sides,
            number=self._number,
            snapshot=self._snapshot(),
            raises=() if leg is None else tuple(leg.raises),
            least_cm=None if leg is None else leg.least_cm,
            lost_in_a_row=0 if leg is None else leg.lost_in_a_row,
            rest_s=self._rest_s,
            left_s=max(0.0, self._left_s),
            results=tuple(self.results),
            beat=self.beat,
        )

    def update(self, pose: Pose) -> list[ev.Event]:
        """Take the next pose; what happened with it."""
        passed_s = self._go_to(pose.time_s)
        if self.finished:
            return []
        found = self._brief()
        if self._paused:
            return self._told(found)
        if self._run is None:
            found += self._rest(passed_s)
        if self._run is not None and self._guided is not None:
            found += self._work(self._run, self._guided, pose)
        else:
            # Whoever walks about in a rest is still the same one.
            self.same.update(pose)
        return self._told(found)

    def skip(self) -> list[ev.Event]:
        """Go on: end the leg's turn, or the rest before it."""
        if self.finished:
            return []
        found = self.resume()
        turn = [*self._brief(), *self._begin()] if self._run is None else self._end(self._run)
        return found + self._told(turn)

    def skip_exercise(self) -> list[ev.Event]:
        """The same: a test is one exercise."""
        return self.skip()

    def pause(self) -> list[ev.Event]:
        """Stand still in a rest or a setup; a leg at work cannot pause, its turn ends."""
        return self.skip() if self._stage == "work" else super().pause()

    def finish(self) -> list[ev.Event]:
        """End it at the last frame; the leg at work counts as far as it got."""
        if self.finished:
            return []
        found: list[ev.Event] = []
        if self._run is not None and self._stage == "work":
            found += self._close(self._run, self._run.finish())
        self._run = self._guided = None
        self._end_all()
        self._stage = "finished"
        return self._told([*found, HeelRaiseTestFinished(self._now, complete=False)])

    def _brief(self) -> list[ev.Event]:
        """At the very beginning: explain what comes."""
        if self._briefed:
            return []
        self._briefed = True
        return self._wait_for_leg("briefing", BRIEFING_S if self.setup else 0.0)

    def _wait_for_leg(self, stage: Stage, seconds: float) -> list[ev.Event]:
        """Let time go by before a leg."""
        now, side = self._now, self._sides[self._number]
        self._stage = stage
        self._wait(seconds)
        change: Literal["start", "side"] = "start" if stage == "briefing" else "side"
        asked: list[ev.Event] = [wev.SideAsked(now, side)]
        return [wev.RestStarted(now, seconds=seconds, change=change), *asked] if seconds else asked

    def _begin(self) -> list[ev.Event]:
        """Set up the leg whose turn it is, or begin at once."""
        now, side = self._now, self._sides[self._number]
        found = self._end_rest()
        run = self._run = LegRun(
            on_one_leg(self.definition, side), side, now, self.height_cm, self.beat
        )
        self._guided = Guided(run, run.new_session, self.same, self.setup, again=False)
        self._stage = "setup" if self.setup else "work"
        return found if self.setup else [*found, LegStarted(now, side)]

    def _work(self, run: LegRun, guided: Guided, pose: Pose) -> list[ev.Event]:
        begun = guided.begun
        found = guided.update(pose)
        self._stage = "setup" if guided.preparing else "work"
        if guided.preparing:
            return found
        if not begun:
            run.leg.start_s = self._now
            found.append(LegStarted(self._now, run.leg.side))
        return found if run.leg.end is None else [*found, *self._end(run)]

    def _end(self, run: LegRun) -> list[ev.Event]:
        """End a leg's turn, and go on to what comes after it."""
        found = self._close(run, [])
        if self._number < len(self._sides):
            return [*found, *self._wait_for_leg("rest", self.rest_s)]
        self._stage = "finished"
        return [*found, HeelRaiseTestFinished(self._now, complete=self.complete)]

    def _close(self, run: LegRun, found: list[ev.Event]) -> list[ev.Event]:
        result = run.leg.result(self._now)
        if not result.raises and (self._guided is None or self._guided.begun):
            self.why = run.session.view_why
        self._run = self._guided = None
        self._number += 1
        self.results.append(result)
        return [*found, LegEnded(self._now, result.side, result)]

    def _snapshot(self) -> Snapshot:
        """Of the leg at work, with the counts of all; or a quiet one."""
        if self._guided is not None:
            seen = replace(self._guided.snapshot, time_s=self._now)
        else:
            name = self.definition.name
            seen = Snapshot(self._now, self.definition.id, name, "reps", "ready")
        done = {result.side: result.reps for result in self.results}
        if self._run is not None and self._stage == "work":
            done[self._run.leg.side] = self._run.leg.reps
        by_side = (done.get("left", 0), done.get("right", 0), 0)
        side = self._sides[self._number] if self._number < len(self._sides) else None
        return replace(seen, side=side, reps_by_side=by_side)
