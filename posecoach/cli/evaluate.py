"""``posecoach evaluate``: what is counted, against what is true."""

from __future__ import annotations

import difflib
import os
import sys
from contextlib import ExitStack, closing
from pathlib import Path

import click

from posecoach.cli.options import exercises_of, exercises_option, model_label, model_option
from posecoach.errors import UsageError
from posecoach.evaluation.labels import Entry, read_labels
from posecoach.evaluation.report import ClipTable, as_json, totals
from posecoach.evaluation.running import Judged
from posecoach.evaluation.running import evaluate as run
from posecoach.pose import find_model
from posecoach.record.files import STDOUT, ensure_writable, write_json


@click.command(
    epilog="""\b
Examples:
  posecoach evaluate labels.json
  posecoach evaluate labels.json --exercise heel_raises --exercise toe_walking --jobs 4
  posecoach evaluate labels.json --json accuracy.json --strict"""
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
@click.option("--strict", is_flag=True, help="Exit with status 1 if any clip is wrong.")
@exercises_option
@model_option
def evaluate(
    labels: Path,
    exercises: tuple[str, ...],
    folder: Path | None,
    jobs: int,
    json_: str | None,
    strict: bool,
    model: str,
) -> int:
    """Run every labelled clip of LABELS.json and compare what is counted with what is true.

    A clip is right when every rep, try and hold that its label gives is found and nothing
    else is. Entries whose exercise is not known are listed as skipped. The exit status is 1
    when a clip could not be watched, or with --strict when one is wrong.
    """
    entries = _wanted(read_labels(labels).clips, exercises)
    known = exercises_of(folder).definitions
    model_path = find_model(model)
    quiet = json_ == STDOUT
    if json_ is not None:
        ensure_writable(json_)
    table = ClipTable(entries)
    judged: list[Judged] = []
    if not quiet:
        click.echo(table.head())
    with ExitStack() as stack:
        steps = stack.enter_context(
            closing(run(entries, labels.parent, known, model_path, min(jobs, _most_jobs())))
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
    if json_ is not None:
        write_json(json_, as_json(judged, labels.name, model_label(model)))
    statuses = {each.status for each in judged}
    return int("failed" in statuses or (strict and "wrong" in statuses))


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
