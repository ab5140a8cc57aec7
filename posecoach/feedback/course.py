"""Where a workout is, in words: what is being done, what is asked for, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from posecoach.feedback.wording import counted, name_of, phrase, within
from posecoach.session import Block, Snapshot, Step, WorkoutState


@dataclass(frozen=True, slots=True)
class Rest:
    """A rest on the screen.

    Attributes:
        title: What it is for.
        says: What comes after it, in fewer and fewer words.
        left_s: Seconds left.
        share: How much of it is over, 0 to 1.
    """

    title: str
    says: tuple[str, ...]
    left_s: int
    share: float


@dataclass(frozen=True, slots=True)
class Course:
    """What a workout adds to the picture of a set.

    Attributes:
        now: Which exercise and set it is.
        then: What comes after it.
        shares: How much of each exercise is over, 0 to 1.
        rest: The rest that goes on, or None.
    """

    now: str
    then: str
    shares: tuple[float, ...]
    rest: Rest | None


def course_of(state: WorkoutState) -> Course:
    """What to show beside the picture of a workout that is not over."""
    block = state.block
    assert block is not None
    steps = [one.step for one in state.blocks]
    over = [one.step for one in state.blocks[: state.number]]
    count = len(set(steps))
    now = [phrase("exercise_of", number=block.step + 1, count=count)] if count > 1 else []
    if block.sets > 1:
        now.append(phrase("set_of", number=block.set_number, sets=block.sets))
    rest = None
    if state.stage == "rest" and state.rest_s:
        rest = Rest(
            title=phrase(f"rest_{block.change}"),
            says=tuple(phrase("next_is", what=what) for what in previews(block)),
            left_s=int(-(-state.left_s // 1)),
            share=1 - state.left_s / state.rest_s,
        )
    return Course(
        now=" · ".join(now),
        then=_then(state),
        shares=tuple(over.count(step) / steps.count(step) for step in dict.fromkeys(steps)),
        rest=rest,
    )


def shown(state: WorkoutState) -> Snapshot:
    """The snapshot to draw: of the block being done, or a quiet one of what comes next."""
    block = state.block
    if state.snapshot is not None and block is not None:
        return replace(state.snapshot, title=block_title(block))
    return Snapshot(
        time_s=state.time_s,
        exercise=block.definition.id if block is not None else "",
        title=block_title(block) if block is not None else "",
        kind="hold",
        phase="ready",
    )


def titled(snapshot: Snapshot) -> Snapshot:
    """The same with the exercise's name in the language in use."""
    return replace(snapshot, title=name_of("exercise", snapshot.exercise, snapshot.title))


def exercise_name(block: Block) -> str:
    """The name of a block's exercise in the language in use."""
    return name_of("exercise", block.definition.id, block.definition.name)


def block_title(block: Block) -> str:
    """The exercise and what is different about it in this block."""
    return ", ".join((exercise_name(block), *details(block)))


def details(block: Block) -> tuple[str, ...]:
    """What is different about the exercise in this block."""
    parts = []
    if block.way is not None:
        parts.append(within(f"way_{block.way}"))
    if block.feet is not None:
        parts.append(phrase(f"feet_{block.feet}"))
    if block.label is not None:
        parts.append(block.label)
    if block.paced:
        parts.append(phrase("by_the_clock"))
    return tuple(parts)


def previews(block: Block) -> tuple[str, ...]:
    """A block in a line: exercise, side, and how much; then shorter ones."""
    title, name = block_title(block), exercise_name(block)
    sided = [within(f"side_{block.side}")] if block.side in ("left", "right") else []
    return (
        ", ".join([title, *sided, goal(block)]),
        ", ".join([title, *sided]),
        ", ".join([name, *sided]),
        name,
    )


def goal(block: Block) -> str:
    """How much a block asks for."""
    if block.seconds is not None:
        return phrase("goal_seconds", seconds=f"{block.seconds:g}")
    hold_s = block.hold_s or block.definition.dose.hold_s
    if block.definition.kind == "circles":
        return counted("goal_circles", block.reps or 0)
    if hold_s:
        return phrase("goal_held", count=block.reps, hold=f"{hold_s:g}")
    return counted("goal_reps", block.reps or 0)


def in_a_line(step: Step, blocks: Sequence[Block]) -> str:
    """A whole exercise of a program: its name, and what is done; see :func:`doing`."""
    return f"{exercise_name(blocks[0])}: {doing(step, blocks)}"


def doing(step: Step, blocks: Sequence[Block]) -> str:
    """What the sets of an exercise are made of, and how many there are.

    Args:
        step: As the program says.
        blocks: All that it leads to.
    """
    first = [b for b in blocks if b.set_number == 1 and b.side == blocks[0].side]
    name = exercise_name(blocks[0])
    what = [
        ", ".join([*([t] if (t := block_title(b).removeprefix(name)[2:]) else []), goal(b)])
        for b in first
    ]
    line = "; ".join(what)
    sides = {b.side for b in blocks}
    if blocks[0].sets > 1:
        line += f"; {counted('n_sets', blocks[0].sets)}"
    if sides >= {"left", "right"}:
        return f"{line}; {phrase('sides_in_turn' if step.side == 'in_turn' else 'each_side')}"
    return line


def _then(state: WorkoutState) -> str:
    """What comes next, without what stays the same."""
    block, following = state.block, state.following
    if block is None or following is None:
        return phrase("then_nothing")
    if following.step != block.step:
        return phrase("then", what=block_title(following))
    if following.change == "side":
        return phrase("then", what=within(f"side_{following.side}"))
    if following.change == "set":
        what = within("set_of", number=following.set_number, sets=following.sets)
        return phrase("then", what=what)
    title = block_title(following).removeprefix(f"{exercise_name(following)}, ")
    return phrase("then", what=title)
