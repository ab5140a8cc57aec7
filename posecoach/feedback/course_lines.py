"""What is said of a workout's course: what is done, what comes next, rests, the end."""

from __future__ import annotations

from collections.abc import Sequence

from posecoach.feedback.course import details, exercise_name
from posecoach.feedback.line import Line, Rank
from posecoach.feedback.tally import outcomes
from posecoach.feedback.wording import counted, number, phrase
from posecoach.session import Block, BlockResult, WorkoutState
from posecoach.session import events as ev
from posecoach.session import setup_events as sev
from posecoach.session import workout_events as wev
from posecoach.session.events import Event

_KEEPS_S = 4.0
"""What comes next stays true for as long as the shortest rests last."""
_GO_KEEPS_S = 1.0
_SUMMARY_KEEPS_S = 10.0
_TEN_MORE_FROM_S = 20
_LAST_SECONDS = 3


def course_line(state: WorkoutState, events: Sequence[Event]) -> Line | None:
    """What to say of the events of one frame: one line for all of them."""
    time_s = state.time_s
    for event in events:
        if isinstance(event, wev.ProgramFinished):
            # The summary itself begins with "done".
            words = (*_done(state, events)[:-1], *summary_words(state))
            return Line(time_s, "summary", words, Rank.STEP, _SUMMARY_KEEPS_S, "praise")
    for event in events:
        if isinstance(event, wev.RestStarted):
            words = (*_done(state, events), *_rest_words(event, events))
            return Line(time_s, "rest", words, Rank.STEP, min(_KEEPS_S, event.seconds), "info")
    for event in events:
        if isinstance(event, sev.SetupStarted) and state.block is not None and not event.again:
            # A rest has said what it is.
            rested = any(isinstance(each, wev.RestEnded) for each in events)
            return None if rested else _start(time_s, state.block, state, events)
    if any(isinstance(event, sev.SetBegun) for event in events):
        # What it is was said before the setup; "go" is the setup's to say.
        return None
    for event in events:
        if isinstance(event, wev.BlockStarted) and event.block is not None:
            return _start(time_s, event.block, state, events)
    for event in events:
        if isinstance(event, wev.SideAsked):
            cue = f"now_{event.side}"
            words = (*_done(state, events), phrase(cue))
            return Line(time_s, cue, words, Rank.STEP, _KEEPS_S)
        if isinstance(event, wev.RestTick):
            return rest_tick(time_s, event.left_s, state.rest_s)
    return None


def _start(time_s: float, block: Block, state: WorkoutState, events: Sequence[Event]) -> Line:
    """A block begins: "go" after a rest that said what it is, else what it is."""
    if any(isinstance(event, wev.RestEnded) for event in events):
        return Line(time_s, "go", (phrase("go"),), Rank.STEP, _GO_KEEPS_S, "praise")
    part = block.change == "part"
    words = (*details(block), goal_words(block)) if part else block_words(block)
    return Line(time_s, "block", (*_done(state, events), *words), Rank.STEP, _KEEPS_S)


def rest_tick(time_s: float, left_s: int, rest_s: float) -> Line | None:
    """What to say when another second of a rest is over, if anything.

    Args:
        time_s: The frame's time.
        left_s: Seconds left of it.
        rest_s: How long it is.
    """
    if left_s == 10 and rest_s >= _TEN_MORE_FROM_S:
        return Line(time_s, "ten_seconds", (phrase("ten_seconds"),), Rank.REMARK)
    if 1 <= left_s <= _LAST_SECONDS:
        return Line(time_s, "seconds", (number(left_s),), Rank.COUNT, tone="count")
    return None


def _done(state: WorkoutState, events: Sequence[Event]) -> tuple[str, ...]:
    """That the target was reached at this frame, with the number that reached it."""
    # A clock goes on to the full second after its target counts as reached.
    if not any(
        isinstance(event, ev.TargetReached)
        or (isinstance(event, wev.BlockEnded) and event.how == "done")
        for event in events
    ):
        return ()
    called: tuple[str, ...] = ()
    if any(isinstance(event, ev.RepCounted) for event in events):
        called = _last_number(state, events)
    return (*called, phrase("set_done"))


def _last_number(state: WorkoutState, events: Sequence[Event]) -> tuple[str, ...]:
    for event in events:
        if isinstance(event, wev.BlockEnded) and event.block is not None and event.block.reps:
            return (number(event.block.reps),)
    snapshot = state.snapshot
    return (number(snapshot.reps),) if snapshot is not None and snapshot.reps else ()


def _rest_words(rest: wev.RestStarted, events: Sequence[Event]) -> tuple[str, ...]:
    block = rest.following
    for_s = phrase("rest_for", seconds=round(rest.seconds))
    if block is None or rest.change == "set":
        return (for_s,)
    if rest.change == "side":
        sides = [event.side for event in events if isinstance(event, wev.SideAsked)]
        return (phrase("rest_side"), *(phrase(f"now_{side}") for side in sides))
    return (for_s, phrase("next_is", what=exercise_name(block)), *block_words(block)[1:])


def block_words(block: Block) -> tuple[str, ...]:
    """A block: exercise, what is different about it, side, how much."""
    sided = (phrase(f"side_{block.side}"),) if block.side in ("left", "right") else ()
    return (exercise_name(block), *details(block), *sided, goal_words(block))


def goal_words(block: Block) -> str:
    """How much a block asks for, as it is said."""
    if block.seconds is not None:
        return counted("spoken_seconds", round(block.seconds))
    count = block.reps or 0
    hold_s = block.hold_s or block.definition.dose.hold_s
    if block.definition.kind == "circles":
        return counted("spoken_circles", count)
    if hold_s:
        return counted("spoken_held", count, hold=f"{hold_s:g}")
    return counted("spoken_reps", count)


def summary_words(state: WorkoutState) -> tuple[str, ...]:
    """How far it got, and what was done of each exercise."""
    found = outcomes(state.blocks, state.results)
    done = sum(outcome.how == "done" for outcome in found)
    all_done = done == len(found)
    words = [phrase("done") if all_done else counted("exercises_done", len(found), done=done)]
    for outcome in found:
        if outcome.how != "not":
            words.append(f"{outcome.name}: {_amount(outcome.results)}")
    return tuple(words)


def _amount(results: Sequence[BlockResult]) -> str:
    """Reps and seconds together; details are on the screen."""
    reps = sum(len(result.reps) for result in results if result.block.reps)
    seconds = sum(hold.seconds for result in results for hold in result.holds)
    seconds += sum(
        rep.end_s - rep.start_s
        for result in results
        if result.block.seconds and result.block.definition.counts_reps
        for rep in result.reps
    )
    circles = results[0].block.definition.kind == "circles"
    said = [counted("spoken_circles" if circles else "spoken_reps", reps)] if reps else []
    said += [counted("spoken_seconds", round(seconds))] if round(seconds) else []
    return ", ".join(said)
