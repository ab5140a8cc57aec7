"""A workout: blocks of work one after the other, with rests between them.

As the session in each block, it is driven by the frames' times alone: no clock, no screen.

Example:
    >>> from posecoach.checkers import load_all
    >>> from posecoach.session import Step, Workout, plan
    >>> blocks = plan([Step(exercise="heel_raises", sets=2, reps=10, rest_s=30)], load_all())
    >>> workout = Workout(blocks)
    >>> for pose in poses:                                    # doctest: +SKIP
    ...     for event in workout.update(pose):
    ...         print(event.time_s, event.name, event.side)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from posecoach.pose import Pose
from posecoach.session import events as ev
from posecoach.session import workout_events as wev
from posecoach.session.block_run import BlockResult, BlockRun
from posecoach.session.course import Course
from posecoach.session.guided import Guided
from posecoach.session.plan import Block
from posecoach.session.session import Session
from posecoach.session.snapshot import Snapshot

LEARN_S = 3.0
"""Seconds before the end of a rest in which the body is learned anew. Without, that takes the
first 0.8 s of a set, and whoever moves on "Go" loses the first rep (docs/decisions.md)."""

Stage = Literal["setup", "work", "rest", "finished"]


@dataclass(frozen=True, slots=True)
class WorkoutState:
    """What is true of a workout after one frame.

    Attributes:
        time_s: The frame's time.
        stage: It is looked whether a block can begin, it is being done, a rest goes on, or it
            is all over.
        paused: Whether somebody paused.
        blocks: All there are.
        number: Which of them is being done or, in a rest, comes next, from 0; at the end
            their number.
        snapshot: Of the block being done or set up; None in a rest and at the end.
        rest_s: Length of the rest; 0 while there is none.
        left_s: Seconds left of it.
        results: What came of the blocks that are over.
    """

    time_s: float
    stage: Stage
    paused: bool
    blocks: tuple[Block, ...]
    number: int
    snapshot: Snapshot | None
    rest_s: float
    left_s: float
    results: tuple[BlockResult, ...]

    @property
    def block(self) -> Block | None:
        """The block being done or, in a rest, the one that comes next."""
        return self.blocks[self.number] if self.number < len(self.blocks) else None

    @property
    def following(self) -> Block | None:
        """The block after :attr:`block`."""
        after = self.number + 1
        return self.blocks[after] if after < len(self.blocks) else None


class Workout(Course):
    """Runs through blocks.

    A block ends when its target is reached; then comes the next one's pause, in which
    nothing counts, and the next one. All that was done stays, whatever is skipped or
    stopped.

    Args:
        blocks: What to do; see :func:`~posecoach.session.plan.plan`.
        height_cm: Body height in centimetres; None assumes 170.
        setup: Whether to look before each exercise, and after long absences, whether the
            person is placed right, and to count in.
        beat: Beats a minute that reps should keep to, or None.

    Attributes:
        results: What came of the blocks that are over, in order.
        height_cm: As given; so are ``setup`` and ``beat``.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        height_cm: float | None = None,
        *,
        setup: bool = False,
        beat: float | None = None,
    ) -> None:
        super().__init__()
        self._blocks = tuple(blocks)
        self.height_cm = height_cm
        self.setup = setup
        self.beat = beat
        self._seen = False
        self._ahead: Session | None = None
        self._number = 0
        self._run: BlockRun | None = None
        self._stage: Stage = "rest" if self._blocks else "finished"
        self.results: list[BlockResult] = []

    @property
    def state(self) -> WorkoutState:
        """How things stand after the last pose, for a screen."""
        return WorkoutState(
            self._now,
            self._stage,
            self._paused,
            self._blocks,
            self._number,
            None if self._guided is None else self._guided.snapshot,
            self._rest_s,
            max(0.0, self._left_s),
            tuple(self.results),
        )

    @property
    def run(self) -> BlockRun | None:
        """The block being done, for records of it; None in a rest and at the end."""
        return self._run

    @property
    def needs_close_up(self) -> bool:
        """Whether what is done, or comes at once, is counted from close-ups of the feet."""
        session = self._ahead if self._run is None else self._run.session
        return session is not None and session.needs_close_up

    @property
    def finished(self) -> bool:
        """Whether it is all over."""
        return self._stage == "finished"

    def update(self, pose: Pose) -> list[ev.Event]:
        """Take the next pose; what happened with it."""
        passed_s = self._go_to(pose.time_s)
        found: list[ev.Event] = []
        if self.finished:
            return found
        if self._paused:
            if self._run is not None:
                nobody = Pose.nobody(pose.time_s, pose.size)
                found = [e for e in self._run.update(nobody) if not _of_presence(e)]
            return self._told(found)
        if self._run is None:
            found += self._rest(passed_s)
        if self._run is not None and self._guided is not None:
            found += self._work(self._guided, self._run, pose)
        else:
            self._look_ahead(self.same.update(pose))
        return self._told(found)

    def skip(self) -> list[ev.Event]:
        """Go on: from a block to what comes after it, from a rest to its block."""
        if self.finished:
            return []
        resumed = self.resume()
        return resumed + self._told(self._end("skipped") if self._run else self._begin())

    def skip_exercise(self) -> list[ev.Event]:
        """Go on to the next exercise, leaving out what is left of this one."""
        if self.finished:
            return []
        found = self.resume()
        step = self._blocks[self._number].step
        found += self._told(self._end_rest() if self._run is None else self._close("skipped"))
        while self._number < len(self._blocks) and self._blocks[self._number].step == step:
            block = self._blocks[self._number]
            self.results.append(BlockResult(block, "skipped", self._now, self._now))
            self._number += 1
        return found + self._told(self._next())

    def finish(self) -> list[ev.Event]:
        """End it at the last frame; the block under way counts as far as it got."""
        if self.finished:
            return []
        found = self._close("stopped") if self._run is not None else []
        self._end_all()
        self._stage = "finished"
        return self._told([*found, wev.ProgramFinished(self._now, complete=False)])

    def _begin(self, before: BlockRun | None = None) -> list[ev.Event]:
        """Begin the block whose turn it is."""
        found = self._end_rest()
        block = self._blocks[self._number]
        if self._number == 0:
            found += self._asked(block)
        session = before.session if before is not None else None
        self._run = self._run_of(block, session)
        ahead, self._ahead = self._ahead, None
        check = self.setup and self._needs_check(block)
        if ahead is not None and not check:
            self._run.take_over(ahead)
        self._guided = Guided(self._run, self._run.new_session, self.same, check, self.setup)
        self._stage = "setup" if check else "work"
        return found if check else [*found, self._started()]

    def _run_of(self, block: Block, before: Session | None = None) -> BlockRun:
        return BlockRun(block, self._now, self.height_cm, before, self.beat)

    def _look_ahead(self, pose: Pose) -> None:
        """Learn body and rest shortly before a block that begins without a check."""
        self._seen = pose.found
        block = self._blocks[self._number]
        if self._left_s > LEARN_S or (self.setup and self._needs_check(block)):
            return
        if self._ahead is None:
            self._ahead = self._run_of(block).session
        self._ahead.update(pose)

    def _needs_check(self, block: Block) -> bool:
        """Whether a block asks for another place or posture than the one before it."""
        turned = block.change == "side" and block.definition.view.near_side
        new = block.change in ("start", "exercise") or turned
        return new or (block.change != "part" and not self._seen)

    def _work(self, guided: Guided, run: BlockRun, pose: Pose) -> list[ev.Event]:
        begun = guided.begun
        found = guided.update(pose)
        self._seen = guided.pose is not None and guided.pose.found
        self._stage = "setup" if guided.preparing else "work"
        if guided.begun and not begun:
            run.start_s = self._now
            found.append(self._started())
        return [*found, *self._end("done")] if run.done else found

    def _started(self) -> ev.Event:
        block = self._blocks[self._number]
        return wev.BlockStarted(self._now, _side(block), block, self._number)

    def _end(self, how: wev.How) -> list[ev.Event]:
        """End the block under way, and go on to what comes after it."""
        run = self._run
        return self._close(how) + self._next(run if how == "done" else None)

    def _close(self, how: wev.How) -> list[ev.Event]:
        """End the block under way; its result stays."""
        assert self._run is not None
        run, block = self._run, self._run.block
        found = run.finish()
        self._run = self._guided = None
        self._number += 1
        self.results.append(run.result(how, self._now))
        found.append(wev.BlockEnded(self._now, _side(block), block, how))
        if how == "done" and block.ends_set:
            found.append(wev.SetFinished(self._now, _side(block), block.set_number, block.sets))
        return found

    def _next(self, run: BlockRun | None = None) -> list[ev.Event]:
        """Rest, or begin the next block, or be finished."""
        if self._number >= len(self._blocks):
            self._end_all()
            self._stage = "finished"
            return [wev.ProgramFinished(self._now)]
        block = self._blocks[self._number]
        found = self._asked(block)
        if block.pause_s <= 0:
            return found + self._begin(run)
        self._stage = "rest"
        self._ahead = None
        self._wait(block.pause_s)
        rest = wev.RestStarted(
            self._now, seconds=block.pause_s, change=block.change, following=block
        )
        return [rest, *found]

    def _asked(self, block: Block) -> list[ev.Event]:
        """Ask for a block's side, if it is another one than before."""
        changed = self._number == 0 or self._blocks[self._number - 1].side != block.side
        new = changed or block.change in ("exercise", "side")
        if block.side in ("left", "right") and new:
            return [wev.SideAsked(self._now, block.side)]
        return []


def _side(block: Block) -> Literal["left", "right", "both"] | None:
    return None if block.side == "auto" else block.side


def _of_presence(event: ev.Event) -> bool:
    return isinstance(event, ev.PersonFound | ev.PersonLost | ev.ViewAccepted | ev.ViewRefused)
