"""The history summed up: what was done in each session, totals and streaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from posecoach.record.history.model import Kind, Side, Source
from posecoach.record.history.reading import Filter, History

_REPS = """
    SELECT in_set, side, count(*), sum(paced) FROM reps GROUP BY in_set, side
"""
_HOLDS = """
    SELECT in_set, side, count(*), sum(seconds), sum(seconds * paced)
    FROM holds GROUP BY in_set, side
"""
_ATTEMPTS = "SELECT in_set, count(*) FROM attempts GROUP BY in_set"


@dataclass(slots=True)
class Done:
    """What was done of one exercise in a session.

    Attributes:
        exercise: Its id.
        name: Its name.
        kind: How it is counted.
        sets: Sets in which something was done; those of each side for themselves.
        reps: Number of reps, by side.
        paced_reps: How many of them the clock counted.
        holds: Number of holds.
        held_s: Seconds that counted, by side.
        paced_s: How many of them the clock counted.
        attempts: Tries that did not count.
    """

    exercise: str
    name: str
    kind: Kind
    sets: int = 0
    reps: dict[Side, int] = field(default_factory=dict)
    paced_reps: int = 0
    holds: int = 0
    held_s: dict[Side, float] = field(default_factory=dict)
    paced_s: float = 0.0
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Outline:
    """A session in short; see :class:`.model.SessionRecord` for what is not said here.

    Attributes:
        id: Its number.
        started_at: When it began, where it was done.
        seconds: From the beginning to the end.
        source: Where it came from.
        finished: Whether it was ended rather than killed.
        program_name: Name of the program, or None.
        clip: Name of the clip, or None.
        done: By exercise, in order.
    """

    id: int
    started_at: datetime
    seconds: float
    source: Source
    finished: bool
    program_name: str | None
    clip: str | None
    done: tuple[Done, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Several sessions together.

    Attributes:
        sessions: How many they are.
        days: On how many days.
        seconds: How long they took.
        reps: Reps that counted.
        paced_reps: How many of them the clock counted.
        held_s: Seconds that counted.
        paced_s: How many of them the clock counted.
        attempts: Tries that did not count.
        streak: Days in a row up to today, or to yesterday as long as today is not over.
        longest: Days in a row at most.
    """

    sessions: int = 0
    days: int = 0
    seconds: float = 0.0
    reps: int = 0
    paced_reps: int = 0
    held_s: float = 0.0
    paced_s: float = 0.0
    attempts: int = 0
    streak: int = 0
    longest: int = 0


def outlines(history: History, wanted: Filter | None = None) -> list[Outline]:
    """Sessions in short, the earliest first; with an exercise in the filter, that alone.

    Raises:
        HistoryError: If they cannot be read.
    """
    wanted = wanted or Filter()
    where, given = wanted.where()
    reps, holds = _by_set(history.rows(_REPS)), _by_set(history.rows(_HOLDS))
    attempts = {row[0]: row[1] for row in history.rows(_ATTEMPTS)}
    done: dict[int, dict[str, Done]] = {}
    seen: set[tuple[Any, ...]] = set()
    for row in history.rows(
        'SELECT id, session, exercise, name, kind, side, set_number FROM sets ORDER BY "order"'
    ):
        number, session, exercise, name, kind, side, set_number = row
        if wanted.exercise not in (None, exercise):
            continue
        one = done.setdefault(session, {}).setdefault(exercise, Done(exercise, name, kind))
        for _, of, count, paced in reps.get(number, ()):
            one.reps[of] = one.reps.get(of, 0) + count
            one.paced_reps += paced
        for _, of, count, seconds, paced_s in holds.get(number, ()):
            one.holds += count
            one.held_s[of] = one.held_s.get(of, 0.0) + seconds
            one.paced_s += paced_s
        one.attempts += attempts.get(number, 0)
        key = (session, exercise, side, set_number or f"set {number}")
        if key not in seen and (number in reps or number in holds):
            seen.add(key)
            one.sets += 1
    return [
        Outline(
            row["id"],
            datetime.fromisoformat(row["started_at"]),
            max(0.0, row["ended_s"] - row["started_s"]),
            row["source"],
            bool(row["finished"]),
            row["program_name"],
            row["clip"],
            tuple(done.get(row["id"], {}).values()),
        )
        for row in history.rows(f"SELECT * FROM sessions WHERE {where} ORDER BY moment, id", given)
    ]


def totals(found: Sequence[Outline], today: date) -> Totals:
    """All of some sessions together.

    Args:
        found: The sessions.
        today: Here and now.
    """
    days = sorted({one.started_at.date() for one in found})
    every = [done for one in found for done in one.done]
    return Totals(
        sessions=len(found),
        days=len(days),
        seconds=sum(one.seconds for one in found),
        reps=sum(sum(done.reps.values()) for done in every),
        paced_reps=sum(done.paced_reps for done in every),
        held_s=sum(sum(done.held_s.values()) for done in every),
        paced_s=sum(done.paced_s for done in every),
        attempts=sum(done.attempts for done in every),
        streak=streak(days, today),
        longest=longest(days),
    )


def streak(days: Sequence[date], today: date) -> int:
    """Days in a row up to today or yesterday; ``days`` are sorted, each once."""
    if not days or (today - days[-1]).days > 1:
        return 0
    return _run_lengths(days)[-1]


def longest(days: Sequence[date]) -> int:
    """Most days in a row; ``days`` are sorted, each once."""
    return max(_run_lengths(days), default=0)


def _run_lengths(days: Sequence[date]) -> list[int]:
    lengths = [1] if days else []
    for before, after in pairwise(days):
        if after - before == timedelta(days=1):
            lengths[-1] += 1
        else:
            lengths.append(1)
    return lengths


def _by_set(found: Iterable[Any]) -> dict[int, list[Any]]:
    by_set: dict[int, list[Any]] = {}
    for row in found:
        by_set.setdefault(row[0], []).append(row)
    return by_set
