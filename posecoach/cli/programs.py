"""The programs as text and as values, for ``posecoach list`` and ``posecoach describe``."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from posecoach.checkers import Definition
from posecoach.errors import UsageError
from posecoach.session import Block, Program, ProgramError, blocks_of, load_program, total_s
from posecoach.session.program_loader import program_files


def program_lines(known: Mapping[str, Definition]) -> list[str]:
    """A line for each program: id, name, total time, and how many exercises.

    Args:
        known: The exercises by id.
    """
    rows = [
        (name, each.name, f"{minutes(blocks_of(each, known))}, {len(each.steps)} exercises")
        if isinstance(each, Program)
        else (name, "", f"cannot be used, {each}")
        for name, each in programs_of(known).items()
    ]
    ids, names = (max(len(row[i]) for row in rows) for i in (0, 1))
    return [f"{name:{ids}}  {title:{names}}  {line}" for name, title, line in rows]


def program_values(known: Mapping[str, Definition]) -> list[dict[str, Any]]:
    """Each program's id, name, summary, total time in seconds and exercises in order."""
    return [
        {
            "id": each.id,
            "name": each.name,
            "summary": each.summary,
            "total_s": round(total_s(blocks_of(each, known))),
            "exercises": [step.exercise for step in each.steps],
        }
        for each in programs_of(known).values()
        if isinstance(each, Program)
    ]


def minutes(blocks: Sequence[Block]) -> str:
    """About how long some blocks take, in whole minutes."""
    return f"about {max(1, round(total_s(blocks) / 60))} min"


def described(program: Program, known: Mapping[str, Definition]) -> list[tuple[str, str]]:
    """Each exercise of a program: what is done, and about how long it takes."""
    # Wording is beside the drawing, which loads OpenCV.
    from posecoach.feedback.course import in_a_line

    blocks = blocks_of(program, known)
    found = []
    for number, group in groupby(blocks, key=lambda block: block.step):
        step = list(group)
        found.append((in_a_line(program.steps[number], step), minutes(step)))
    return found


def is_program(name: str) -> bool:
    """Whether a name stands for a program, or for a file with one."""
    return name.lower().endswith(".toml") or name in program_files()


def unknown(name: str, known: Iterable[str]) -> UsageError:
    """There is neither an exercise nor a program of that name: what is nearest."""
    near = difflib.get_close_matches(
        name.lower().replace("-", "_"), [*known, *program_files()], 1, 0.4
    )
    hint = f"did you mean '{near[0]}'?" if near else "see them with: posecoach list"
    return UsageError(f"no exercise or program is called '{name}'; {hint}")


def programs_of(known: Mapping[str, Definition]) -> dict[str, Program | ProgramError]:
    """The programs by id; one that cannot be used takes no other with it."""
    found: dict[str, Program | ProgramError] = {}
    for name, path in program_files().items():
        try:
            found[name] = load_program(path, known)
        except ProgramError as error:
            found[name] = error
    return found
