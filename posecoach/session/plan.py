"""From a program, or a single exercise, to the blocks that are done one after the other."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from posecoach.checkers import Definition
from posecoach.checkers.results import Direction
from posecoach.checkers.walk_checker import Feet
from posecoach.session.program import Pauses, Portion, Program, SidePlan, Step

Side = Literal["left", "right", "both", "auto"]
Change = Literal["start", "part", "set", "side", "exercise"]
"""What changes with a block, the largest of it: nothing before the first one; the stretch of
a set; the set; the side (and perhaps the set); the exercise."""

# Seconds from one rep to the next without what is held of it, and from one circle to the
# next: medians over the labelled clips are 2.8 s (78 heel raises), 2.3 s (13 toe curls),
# 2.5 s (7 held ones, less the hold) and 2.3 s (21 circles), and the coach asks for slow ones.
REP_S = 3.0
CIRCLE_S = 2.5
READY_S = 2.0
"""From the start of a block to the first movement that can count: the leg's length and the
resting level are learned in 1.4 s."""


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of work: an exercise, a side, and what is asked for.

    Attributes:
        step: Number of the exercise in the program, from 0.
        definition: The exercise.
        side: The side that counts; ``auto`` for whichever is seen.
        set_number: Which set it belongs to, from 1.
        sets: How many sets there are (on each side).
        reps: Reps asked for, or None where seconds are.
        seconds: Seconds asked for, or None where reps are.
        hold_s: How long each rep is held; None takes the dose's.
        feet: Where the feet of a walk should point, or None.
        way: Which way round circles must go, or None.
        label: What is different here, in a few words, or None.
        paced: Whether the clock counts, and not the camera.
        change: What changes with it.
        pause_s: Seconds of rest before it.
        ends_set: Whether its set (of this side) is over with it.
        work_s: About how long the work takes, for the total time.
    """

    step: int
    definition: Definition
    side: Side
    set_number: int = 1
    sets: int = 1
    reps: int | None = None
    seconds: float | None = None
    hold_s: float | None = None
    feet: Feet | None = None
    way: Direction | None = None
    label: str | None = None
    paced: bool = False
    change: Change = "start"
    pause_s: float = 0.0
    ends_set: bool = True
    work_s: float = 0.0

    @property
    def target(self) -> float:
        """What is asked for: reps, or seconds."""
        return float(self.reps or self.seconds or 0.0)


def blocks_of(program: Program, definitions: Mapping[str, Definition]) -> tuple[Block, ...]:
    """All blocks of a program, in order.

    Args:
        program: It must have no :func:`problems` beside these definitions.
        definitions: The exercises, by id.
    """
    return plan(program.steps, definitions, program.pauses)


def plan(
    steps: Sequence[Step], definitions: Mapping[str, Definition], pauses: Pauses | None = None
) -> tuple[Block, ...]:
    """The blocks of some steps; a single exercise is one step.

    Example:
        ``plan([Step(exercise="heel_raises", sets=2, reps=10)], load_all())``
    """
    pauses = pauses or Pauses()
    found: list[Block] = []
    for number, step in enumerate(steps):
        found += _blocks_of_step(number, step, definitions[step.exercise], pauses)
    return tuple(found)


def total_s(blocks: Sequence[Block]) -> float:
    """About how long some blocks take: work, getting ready for it, rests and changes."""
    ready = sum(READY_S for block in blocks if block.change != "part")
    return ready + sum(block.work_s + block.pause_s for block in blocks)


def problems(program: Program, definitions: Mapping[str, Definition]) -> list[str]:
    """What cannot be done as the program says, each as ``key: what, and the remedy``."""
    return [
        problem
        for number, step in enumerate(program.steps, 1)
        for problem in _problems_of(f"steps.{number}", step, definitions)
    ]


def _problems_of(key: str, step: Step, definitions: Mapping[str, Definition]) -> Iterator[str]:
    definition = definitions.get(step.exercise)
    if definition is None:
        near = difflib.get_close_matches(step.exercise, definitions, 1, 0.6)
        remedy = f"did you mean '{near[0]}'?" if near else "see them with: posecoach list"
        yield f"{key}.exercise: no exercise is called '{step.exercise}'; {remedy}"
        return
    name = definition.id
    if step.side not in (None, "both", "auto") and not has_sides(definition):
        yield f'{key}.side: {name} moves both legs together; write "both" or leave it out'
    if not step.parts and step.reps is None and step.seconds is None and not _has_dose(definition):
        yield f"{key}: the dose of {name} says neither reps nor seconds; write one of them"
    held = definition.reps is not None and any(track.hold for track in definition.reps.tracks)
    for at, portion in _portions(key, step):
        if portion.reps is not None and not definition.counts_reps:
            yield f"{at}.reps: {name} is timed, not counted; write 'seconds'"
        if portion.hold_s is not None and not held:
            yield f"{at}.hold_s: the reps of {name} are not held; leave it out"
        if portion.feet is not None and definition.walk is None:
            yield f"{at}.feet: is for walking, and {name} is none; leave it out"
        if portion.way is not None and definition.circles is None:
            yield f"{at}.way: is for circles, and {name} has none; leave it out"


def _portions(key: str, step: Step) -> Iterator[tuple[str, Portion]]:
    yield key, step
    for number, part in enumerate(step.parts, 1):
        yield f"{key}.parts.{number}", part


def _has_dose(definition: Definition) -> bool:
    dose = definition.dose
    return (dose.reps if definition.counts_reps else dose.phases or dose.hold_s) is not None


def has_sides(definition: Definition) -> bool:
    """Whether a leg can do it by itself, so that one can be asked for."""
    if definition.walk is not None:
        return False
    tracks = definition.reps.tracks if definition.reps is not None else ()
    return not tracks or any(track.side != "both" for track in tracks)


def _blocks_of_step(
    number: int, step: Step, definition: Definition, pauses: Pauses
) -> Iterator[Block]:
    dose = definition.dose
    sets = step.sets or dose.sets
    rest_s = dose.rest_s if step.rest_s is None else step.rest_s
    before: tuple[Side, int] | None = None
    for side, set_number in _order(step.side or _usual_side(definition), sets):
        change: Change = "part"
        pause_s = 0.0
        if before is None:
            change = "exercise" if number else "start"
            pause_s = pauses.exercise_s if number else 0.0
        elif side != before[0]:
            # A leg rests while the other one does the same set; between two sets both do.
            change, same = "side", set_number in (1, before[1])
            pause_s = pauses.side_s if same else max(pauses.side_s, rest_s)
        elif set_number != before[1]:
            change, pause_s = "set", rest_s
        before = side, set_number
        parts = _parts(step, definition)
        for part in parts:
            yield Block(
                step=number,
                definition=definition,
                side=side,
                set_number=set_number,
                sets=sets,
                reps=part.reps,
                seconds=part.seconds,
                hold_s=part.hold_s or step.hold_s,
                feet=part.feet,
                way=part.way,
                label=part.label,
                paced=part.paced,
                change=change,
                pause_s=pause_s,
                ends_set=part is parts[-1],
                work_s=_work_s(part, step, definition, side),
            )
            change, pause_s = "part", 0.0


def _usual_side(definition: Definition) -> SidePlan:
    return "each" if definition.dose.each_side and has_sides(definition) else "both"


def _order(side: SidePlan, sets: int) -> list[tuple[Side, int]]:
    numbers = range(1, sets + 1)
    if side == "each":
        return [(one, n) for one in ("left", "right") for n in numbers]
    if side == "in_turn":
        return [(one, n) for n in numbers for one in ("left", "right")]
    return [(side, n) for n in numbers]


def _parts(step: Step, definition: Definition) -> tuple[Portion, ...]:
    """A set's stretches; where the step asks for nothing, the dose's."""
    if step.parts:
        return step.parts
    if step.reps is not None or step.seconds is not None:
        return (step,)
    dose = definition.dose
    if dose.phases and step.feet is None:
        return tuple(Portion(seconds=phase.seconds, feet=phase.feet) for phase in dose.phases)
    asked = {"reps": dose.reps} if definition.counts_reps else {"seconds": dose.hold_s}
    return (step.model_copy(update=asked),)


def _work_s(part: Portion, step: Step, definition: Definition, side: Side) -> float:
    both_apart = side in ("both", "auto") and definition.dose.each_side
    times = 2 if both_apart and definition.kind in ("hold", "circles") else 1
    if part.seconds is not None:
        return part.seconds * (1 if part.paced else times)
    tempo_s = CIRCLE_S if definition.circles is not None else REP_S
    held = definition.reps is not None and any(track.hold for track in definition.reps.tracks)
    if held:
        tempo_s += part.hold_s or step.hold_s or definition.dose.hold_s or 0.0
    return (part.reps or 0) * (step.tempo_s or tempo_s) * times
