"""What an exercise counts in clips of other exercises, where it should count nothing.

Clips may truly contain another exercise than the one they are labelled for: a toe stand is
a heel raise too. So a count that is not zero is not wrong by itself; it wants an explanation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from posecoach.checkers import Definition
from posecoach.checkers.results import BodySide
from posecoach.evaluation.labels import Entry
from posecoach.evaluation.matching import Counted

OTHER = "other movements"
"""The group of clips that show no exercise at all."""


@dataclass(frozen=True, slots=True)
class Part:
    """A rep, a try or a hold that was counted.

    Attributes:
        side: Whose.
        at_s: Of a rep or try the peak; of a hold its start.
        end_s: End of a hold; None for a rep or try.
        why: Of a try, why it did not count.
    """

    side: BodySide
    at_s: float
    end_s: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Foreign:
    """What an exercise counted in a clip that is labelled for others.

    Attributes:
        exercise: Id of the exercise.
        clip: The clip.
        reps: What counted.
        attempts: What was taken for a try.
        holds: What was timed.
    """

    exercise: str
    clip: str
    reps: tuple[Part, ...] = ()
    attempts: tuple[Part, ...] = ()
    holds: tuple[Part, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Which of ``reps``, ``attempts`` and ``holds`` are not zero."""
        parts = (("reps", self.reps), ("attempts", self.attempts), ("holds", self.holds))
        return tuple(name for name, part in parts if part)


def foreign_of(exercise: str, clip: str, counted: Counted) -> Foreign:
    """What was counted, as plain values that another process can hand over."""
    return Foreign(
        exercise,
        clip,
        tuple(Part(rep.side, rep.peak_s) for rep in counted.reps),
        tuple(Part(a.side, a.peak_s, why=a.why) for a in counted.attempts),
        tuple(Part(hold.side, hold.start_s, hold.end_s) for hold in counted.holds),
    )


def foreign_exercises(
    entries: Iterable[Entry], known: Mapping[str, Definition]
) -> dict[str, list[Definition]]:
    """For each clip the exercises that none of its entries names."""
    named: dict[str, set[str]] = {}
    for entry in entries:
        named.setdefault(entry.clip, set()).add(entry.exercise)
    return {
        clip: [definition for name, definition in known.items() if name not in names]
        for clip, names in named.items()
    }


def groups_of(entries: Iterable[Entry]) -> dict[str, str]:
    """For each clip the exercise that it shows, or :data:`OTHER`.

    A clip shows an exercise if one of its entries for it has something to count; of several
    the first.
    """
    groups: dict[str, str] = {}
    for entry in entries:
        truth = entry.truth
        shows = truth.reps or truth.attempts or truth.holds
        if groups.get(entry.clip, OTHER) == OTHER:
            groups[entry.clip] = entry.exercise if shows else OTHER
    return groups


@dataclass(frozen=True, slots=True)
class Cell:
    """Sums over the clips of a group.

    Attributes:
        clips: How many there are.
        reps: Reps counted in them; so are the next two.
        attempts: Tries.
        holds: Holds.
    """

    clips: int = 0
    reps: int = 0
    attempts: int = 0
    holds: int = 0


def matrix(found: Sequence[Foreign], groups: Mapping[str, str]) -> dict[str, dict[str, Cell]]:
    """Exercise by group of clips: what was counted in them."""
    rows: dict[str, dict[str, Cell]] = {}
    for each in found:
        row = rows.setdefault(each.exercise, {})
        group = groups[each.clip]
        cell = row.get(group, Cell())
        row[group] = Cell(
            cell.clips + 1,
            cell.reps + len(each.reps),
            cell.attempts + len(each.attempts),
            cell.holds + len(each.holds),
        )
    return rows
