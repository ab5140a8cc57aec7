"""``posecoach check``: definitions of one's own, looked through."""

from __future__ import annotations

from pathlib import Path

import click

from posecoach.checkers import Definition, DefinitionError
from posecoach.checkers.doubts import doubts_about
from posecoach.checkers.levels import forms_of
from posecoach.checkers.loader import examine, files_in
from posecoach.checkers.problems import Problem
from posecoach.cli.options import file_option
from posecoach.errors import UsageError

_COUNTS = {
    "reps": "counts reps",
    "hold": "times holds",
    "walk": "times steps",
    "circles": "counts circles",
}


@click.command(
    epilog="""\b
Examples:
  posecoach check chair_stand.toml
  posecoach check --exercises my-exercises"""
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="FILE.toml...")
@file_option(
    "--exercises",
    "folder",
    metavar="DIR",
    help="Check all definitions in this folder too.",
)
def check(files: tuple[Path, ...], folder: Path | None) -> int:
    """Say everything that is wrong with definitions of exercises.

    Prints a line for each mistake: file, line, key, and what would be right. A warning
    leaves the exercise usable, but likely not as it was meant. The exit status is 1 when
    anything was said.
    """
    paths = [*files, *_in(folder)]
    if not paths:
        raise UsageError("Missing argument 'FILE.toml...'; name what to check, or --exercises DIR")
    wrong = [_say(path) for path in dict.fromkeys(paths)]
    return int(any(wrong))


def _in(folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    try:
        return files_in(folder)
    except OSError as error:
        raise UsageError(
            f"--exercises {folder}: cannot be read ({error.strerror}); name a folder of definitions"
        ) from None


def _say(path: Path) -> bool:
    """Print what is wrong with a file, or that it is fine; whether anything is wrong."""
    # Wording is beside the drawing, which loads OpenCV.
    from posecoach.feedback.wording import known_ids

    try:
        examined = examine(path)
    except DefinitionError as error:
        click.echo(str(error))
        return True
    problems = list(examined.problems)
    definition = examined.definition
    if definition is not None:
        problems += doubts_about(definition, examined.text, known_ids())
    for problem in problems:
        click.echo(f"{path}:{_line(problem)}")
    if definition is not None and not problems:
        click.echo(f"{path} is fine: {counts(definition)}")
    return bool(problems)


def _line(problem: Problem) -> str:
    place = f"{problem.line}" if problem.column is None else f"{problem.line}:{problem.column}"
    kind = "warning: " if problem.kind == "warning" else ""
    key = f"{problem.key}: " if problem.key else ""
    return f"{place}: {kind}{key}{problem.message}"


def counts(definition: Definition) -> str:
    """What an exercise counts from which signals, in a few words."""
    if definition.reps is not None:
        names = [track.signal for track in definition.reps.tracks]
    elif definition.walk is not None:
        names = [definition.walk.signal, "step_phase"]
    elif definition.circles is not None:
        names = ["toe_x", "toe_y"]
    else:
        names = [c.signal for _, form in forms_of(definition) for c in form.position]
    signals = ", ".join(dict.fromkeys(names))
    return f"{_COUNTS[definition.kind]} from {signals}"
