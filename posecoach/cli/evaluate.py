"""``posecoach evaluate``: what is counted, against what is true."""

from __future__ import annotations

import difflib
import os
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import click

from posecoach.cli.options import (
    exercises_of,
    exercises_option,
    file_option,
    model_label,
    model_option,
)
from posecoach.errors import UsageError
from posecoach.evaluation.foreign import foreign_exercises
from posecoach.evaluation.labels import Entry, read_labels
from posecoach.evaluation.notes import Notes, read_notes
from posecoach.evaluation.page import as_markdown, unexplained
from posecoach.evaluation.report import ClipTable, as_json, foreign_lines, totals
from posecoach.evaluation.running import Judged
from posecoach.evaluation.running import evaluate as run
from posecoach.pose import find_model
from posecoach.record.files import STDOUT, ensure_writable, write_json, write_text
from posecoach.record.targets import refuse_clashes


@click.command(
    epilog="""\b
Examples:
  posecoach evaluate labels.json
  posecoach evaluate labels.json --exercise heel_raises --exercise toe_walking --jobs 4
  posecoach evaluate labels.json --json accuracy.json --strict
  posecoach evaluate labels.json --foreign --notes notes.toml --markdown accuracy.md"""
)
@click.argument("labels", type=click.Path(path_type=Path), metavar="LABELS.json")
@click.option(
    "--exercise",
    "exercises",
    multiple=True,
    metavar="ID",
    help="Only the entries of this exercise; may be given several times.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    metavar="N",
    help="How many clips to run at once. The results do not depend on it.",
)
@click.option("--json", "json_", metavar="FILE|-", help="Write it all as JSON too.")
@click.option(
    "--foreign",
    is_flag=True,
    help="Run every exercise over the clips of all others too, and list what they count.",
)
@file_option(
    "--notes",
    "notes_",
    metavar="FILE.toml",
    help="Explanations of foreign counts, and clips counted by eye.",
)
@click.option("--markdown", metavar="FILE|-", help="Write it all as a page to read.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if anything is wrong.")
@exercises_option
@model_option
def evaluate(
    labels: Path,
    exercises: tuple[str, ...],
    folder: Path | None,
    jobs: int,
    json_: str | None,
    foreign: bool,
    notes_: Path | None,
    markdown: str | None,
    strict: bool,
    model: str,
) -> int:
    """Run every labelled clip of LABELS.json and compare what is counted with what is true.

    A clip is right when every rep, try and hold that its label gives is found and nothing
    else is. Entries whose exercise is not known are listed as skipped. The exit status is 1
    when a clip could not be watched, or with --strict when one is wrong or, with --notes, a
    foreign count is not explained.
    """
    for file in (labels, notes_):
        if file is not None and (file.is_fifo() or file.is_char_device()):
            raise UsageError(f"{file} may never end; name a file.")
    notes = Notes() if notes_ is None else read_notes(notes_)
    every = (*read_labels(labels).clips, *notes.seen)
    entries = _wanted(every, exercises)
    known = exercises_of(folder).definitions
    others = foreign_exercises(every, known) if foreign else None
    model_path = find_model(model)
    if json_ == STDOUT and markdown == STDOUT:
        raise UsageError("Only one of --json and --markdown can go to standard output.")
    quiet = STDOUT in (json_, markdown)
    outputs = [Path(each) for each in (json_, markdown) if each not in (None, STDOUT)]
    read = [each for each in (labels, notes_) if each is not None]
    refuse_clashes([*read, *(labels.parent / entry.clip for entry in entries)], outputs)
    for target in outputs:
        ensure_writable(target)
    table = ClipTable(entries)
    judged: list[Judged] = []
    if not quiet:
        click.echo(table.head())
    with ExitStack() as stack:
        steps = stack.enter_context(
            closing(run(entries, labels.parent, known, model_path, min(jobs, _most_jobs()), others))
        )
        bar = None
        if sys.stderr.isatty() and not sys.stdout.isatty():
            bar = stack.enter_context(
                click.progressbar(length=len(entries), label=labels.name, file=sys.stderr)
            )
        for each in steps:
            judged.append(each)
            if not quiet:
                click.echo(table.row(each))
            if bar is not None:
                bar.update(1)
    if not quiet:
        click.echo()
        click.echo("\n".join(totals(judged)))
    bare = unexplained([found for each in judged for found in each.foreign], notes)
    if foreign and not quiet:
        click.echo("\n".join(foreign_lines(judged, bare)))
    if json_ is not None:
        write_json(json_, as_json(judged, labels.name, model_label(model)))
    if markdown is not None:
        write_text(markdown, as_markdown(judged, every, notes, labels.name, model_label(model)))
    statuses = {each.status for each in judged}
    wrong = "wrong" in statuses or (notes_ is not None and bool(bare))
    return int("failed" in statuses or (strict and wrong))


def _wanted(entries: tuple[Entry, ...], exercises: tuple[str, ...]) -> list[Entry]:
    labelled = sorted({entry.exercise for entry in entries})
    for name in exercises:
        if name not in labelled:
            near = difflib.get_close_matches(name, labelled, 1, 0.4)
            hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(labelled)}."
            raise UsageError(f"No clip is labelled '{name}'; {hint}")
    return [entry for entry in entries if not exercises or entry.exercise in exercises]


def _most_jobs() -> int:
    """More processes than processors only take memory, a few hundred megabytes each."""
    return 2 * (os.cpu_count() or 1)
