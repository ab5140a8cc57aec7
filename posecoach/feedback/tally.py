"""What was done, in words: of a session, and of an exercise of a workout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, Protocol

from posecoach.checkers import Definition
from posecoach.checkers.results import BodySide, Hold, Rep
from posecoach.feedback.wording import counted, name_of, phrase, within
from posecoach.session import Block, BlockResult

_SIDES: tuple[BodySide, ...] = ("left", "right", "both")


class _Sided(Protocol):
    @property
    def side(self) -> BodySide: ...


def done_words(definition: Definition, reps: Sequence[Rep], holds: Sequence[Hold]) -> str:
    """Counts or seconds, by side.

    Example:
        ``4 reps (both legs 4)``, ``29.9 s in 2 holds (left leg 14.9 s, right leg 15.0 s)``.
    """
    if definition.counts_reps:
        what = "n_circles" if definition.kind == "circles" else "n_reps"
        done = counted(what, len(reps)) + _by_side(reps)
        ways = Counter(within(f"way_{rep.direction}") for rep in reps if rep.direction)
        return done + "".join(f", {count} {way}" for way, count in ways.items())
    rolls = f"{counted('n_rolls', len(reps))}, " if definition.reps is not None else ""
    seconds = {side: sum(hold.seconds for hold in holds if hold.side == side) for side in _SIDES}
    how_long = "rolled_in_all" if definition.reps is not None else "held_in_all"
    done = rolls + counted(how_long, len(holds), seconds=f"{sum(seconds.values()):.1f}")
    return done + _bracketed({side: f"{s:.1f} s" for side, s in seconds.items() if s})


def _by_side(results: Sequence[_Sided]) -> str:
    counts = Counter(result.side for result in results)
    return _bracketed({side: str(counts[side]) for side in _SIDES if counts[side]})


def _bracketed(values: Mapping[BodySide, str]) -> str:
    parts = [f"{within(f'side_{side}')} {value}" for side, value in values.items()]
    return f" ({', '.join(parts)})" if parts else ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one exercise of a workout.

    Attributes:
        definition: The exercise.
        name: What it is called.
        how: ``done`` with all its blocks, ``partly``, or ``not`` at all.
        words: What was done, and how it ended if it was not all.
        results: Of the blocks that were begun or skipped.
    """

    definition: Definition
    name: str
    how: Literal["done", "partly", "not"]
    words: str
    results: tuple[BlockResult, ...]


def outcomes(blocks: Sequence[Block], results: Sequence[BlockResult]) -> list[Outcome]:
    """What came of each exercise of a workout, in order.

    Args:
        blocks: All of the workout's.
        results: Of those that are over: as many of the first ones.
    """
    found: list[Outcome] = []
    at = 0
    for _, group in groupby(blocks, key=lambda block: block.step):
        asked = list(group)
        found.append(_outcome(asked, results[at : at + len(asked)]))
        at += len(asked)
    return found


def heading(name: str, found: Sequence[Outcome]) -> str:
    """How far a program of that name got."""
    done = sum(outcome.how == "done" for outcome in found)
    if done == len(found):
        return phrase("program_done", name=name)
    return counted("program_stopped", len(found), name=name, done=done)


def _outcome(asked: Sequence[Block], results: Sequence[BlockResult]) -> Outcome:
    definition = asked[0].definition
    name = name_of("exercise", definition.id, definition.name)
    ways = {result.how for result in results}
    told = _told(definition, results)
    complete = len(results) == len(asked) and ways == {"done"}
    if complete:
        return Outcome(definition, name, "done", told, tuple(results))
    if not told:
        word = phrase("skipped" if ways else "not_begun")
        word = phrase("not_begun") if ways == {"stopped"} else word
        return Outcome(definition, name, "not", word, tuple(results))
    end = phrase("partly_skipped" if "skipped" in ways else "ended_early")
    return Outcome(definition, name, "partly", f"{told}, {end}", tuple(results))


def _told(definition: Definition, results: Sequence[BlockResult]) -> str:
    """All that was counted, and apart from it what only the clock did; empty for nothing."""
    reps = [rep for result in results for rep in result.reps]
    measured = [hold for r in results if not r.block.paced for hold in r.holds]
    paced_s = sum(hold.seconds for r in results if r.block.paced for hold in r.holds)
    parts = [done_words(definition, reps, measured)] if reps or measured else []
    in_seconds = [r for r in results if r.block.seconds and not r.block.paced]
    if definition.counts_reps and any(r.reps for r in in_seconds):
        moved_s = sum(rep.end_s - rep.start_s for r in in_seconds for rep in r.reps)
        parts.append(phrase("goal_seconds", seconds=f"{moved_s:.0f}"))
    if paced_s:
        parts.append(f"{paced_s:.0f} s {phrase('by_the_clock')}")
    return ", ".join(parts)
