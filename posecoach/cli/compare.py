"""``posecoach compare``: two clips or sessions of one exercise, side by side."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from posecoach.checkers import Catalogue, Definition
from posecoach.cli.clip_report import Kept
from posecoach.cli.coaching import AskedSide, Wishes
from posecoach.cli.options import (
    exercises_of,
    exercises_option,
    height_option,
    language_option,
    model_option,
)
from posecoach.cli.reading import read_history
from posecoach.cli.stopping import Stop
from posecoach.cli.watching import watch
from posecoach.errors import UsageError
from posecoach.pose import find_model
from posecoach.record.files import ensure_writable, write_text
from posecoach.record.history.model import SessionRecord, SetRecord
from posecoach.record.targets import Targets

_DIGITS = 18


@click.command(
    epilog="""\b
Examples:
  posecoach compare before.mp4 after.mp4 --exercise heel_raises -o compared.html
  posecoach compare 12 31
  posecoach compare 12 31 --exercise heel_raises
  posecoach compare 12 today.mp4"""
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--exercise", metavar="ID", help="Which one; needed unless a session tells. See posecoach list."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE.html", help="Write a page."
)
@click.option(
    "--side",
    type=click.Choice(["left", "right", "both", "auto"]),
    default="auto",
    show_default=True,
    help="Count only this side of clips; auto counts what it sees.",
)
@height_option
@exercises_option
@language_option
@model_option
def compare(
    a: str,
    b: str,
    exercise: str | None,
    output: Path | None,
    side: AskedSide,
    height_cm: float | None,
    folder: Path | None,
    model: str,
) -> int:
    """Compare A with B, each a clip or the number of a session, in one exercise.

    Says in words what differs clearly: range, tempo, the course of the movement. With -o it
    also writes a page for the browser, with the movements of both laid over each other.
    """
    if output is not None:
        ensure_writable(output)
    known = exercises_of(folder, exercise)
    sessions = [None if _is_clip(each) else _session(each) for each in (a, b)]
    chosen = _exercise((a, b), sessions, exercise)
    definition = None
    if None in sessions:
        find_model(model)
        definition = known.find(chosen)
    watching = _Watching(definition, Wishes(side, height_cm), model)
    found = []
    with ExitStack() as stack:
        stop = stack.enter_context(Stop())
        for name, session in zip((a, b), sessions, strict=True):
            record = watching.record(Path(name), stop) if session is None else session
            if stop.asked:
                return stop.exit_status
            found.append((_name(name, record), _sets(name, record, chosen)))
    _tell(found, known, output)
    return 0


def _tell(
    found: list[tuple[str, tuple[SetRecord, ...]]], known: Catalogue, output: Path | None
) -> None:
    # Templates and words: not for --help, nor for what fails before.
    from posecoach.feedback.report_words import ReportWords
    from posecoach.record.report.comparison import Subject
    from posecoach.record.report.comparison import compare as compared

    words = ReportWords(known.definitions)
    first, second = (Subject(letter, *each) for letter, each in zip("AB", found, strict=True))
    comparison = compared(words, first, second)
    lines = [f"{comparison.title}:", *(f"  {line}" for line in comparison.subjects)]
    lines += [f"  - {line}" for line in comparison.differences]
    click.echo("\n".join(lines))
    if output is not None:
        from posecoach.record.report.page import comparison_page

        write_text(output, comparison_page(words, comparison, datetime.now()))
        click.echo(f"  Wrote {output}")


@dataclass(frozen=True, slots=True)
class _Watching:
    """Watches clips; ``definition`` is None where there are none."""

    definition: Definition | None
    wishes: Wishes
    model: str

    def record(self, clip: Path, stop: Stop) -> SessionRecord:
        assert self.definition is not None
        kept = Kept()
        seen = watch(clip, self.definition, self.wishes, self.model, Targets(), stop, more=(kept,))
        for warning in seen.warnings:
            click.echo(f"posecoach: {warning}", err=True)
        return kept.record(clip.name, seen.session)


def _is_clip(name: str) -> bool:
    # What has more digits than any number of a session is a name, too.
    return not name.isdecimal() or len(name) > _DIGITS or Path(name).exists()


def _session(number: str) -> SessionRecord:
    with read_history() as kept:
        return kept.session(int(number))


def _exercise(
    names: tuple[str, str], sessions: list[SessionRecord | None], exercise: str | None
) -> str:
    """The exercise to compare in.

    Raises:
        UsageError: If there is none that both have, or several.
    """
    if exercise is not None:
        return exercise
    there = [_done(session) for session in sessions if session is not None]
    if not there:
        raise UsageError(
            "Say what is done in the clips: add --exercise ID. See the exercises with: "
            "posecoach list"
        )
    common = [each for each in there[0] if all(each in other for other in there)]
    if len(common) == 1:
        return common[0]
    if not common and len(there) == 2:
        first, second = (", ".join(each) or "nothing" for each in there)
        raise UsageError(
            f"Session {names[0]} is of {first}, session {names[1]} of {second}; compare two of "
            "one exercise."
        )
    if not common:
        raise UsageError("Nothing was counted in that session; choose another one.")
    raise UsageError(f"There are {', '.join(common)} in it; choose one with --exercise ID.")


def _done(session: SessionRecord) -> list[str]:
    return list(dict.fromkeys(one.exercise for one in session.sets if not one.empty))


def _sets(name: str, record: SessionRecord, exercise: str) -> tuple[SetRecord, ...]:
    """The sets to compare.

    Raises:
        UsageError: If there are none.
    """
    found = tuple(one for one in record.sets_of(exercise) if not one.empty)
    if found:
        return found
    if record.source == "replay" and not record.id:
        raise UsageError(
            f"Nothing of {exercise} was counted in {name}; there is nothing to compare."
        )
    there = ", ".join(_done(record)) or "nothing"
    raise UsageError(f"Session {name} has no {exercise} in it, but {there}; choose another one.")


def _name(name: str, record: SessionRecord) -> str:
    if not record.id:
        return Path(name).name
    return f"{record.id}, {record.started_at:%Y-%m-%d %H:%M}"
