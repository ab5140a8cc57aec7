"""``posecoach demo``: the clip that comes with posecoach, coached."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import click

from posecoach.checkers import find_definition
from posecoach.cli.coaching import Wishes
from posecoach.cli.options import file_option, language_option, model_option
from posecoach.cli.stopping import Stop
from posecoach.cli.summary import details, summary
from posecoach.cli.watching import watch
from posecoach.record.files import OutputError, ensure_writable
from posecoach.record.targets import Targets
from posecoach.resources import resource

_NAME = "posecoach-demo.mp4"
_EXERCISE = "heel_raises"


@click.command(
    epilog="""\b
Examples:
  posecoach demo
  posecoach demo --output /tmp/coached.mp4"""
)
@file_option(
    "--output",
    metavar="FILE.mp4",
    help=f"Where the annotated video goes. [default: {_NAME} in this folder]",
)
@language_option
@model_option
def demo(output: Path | None, model: str) -> int:
    """Coach the clip that comes with posecoach; needs neither camera nor screen.

    Writes the annotated video and prints what was counted.
    """
    target = output or _first_writable()
    with Stop() as stop:
        seen = watch(
            resource("demo.mp4"),
            find_definition(_EXERCISE),
            Wishes(),
            model,
            Targets(video=target),
            stop,
        )
    for warning in seen.warnings:
        click.echo(f"posecoach: {warning}", err=True)
    click.echo("\n".join([summary(seen.session), *details(seen.session)]))
    click.echo(f"Annotated video: {target}")
    return stop.exit_status


def _first_writable() -> Path:
    """In this folder, or else in the home folder or in the one for temporary files."""
    for folder in (Path, Path.home):
        with contextlib.suppress(OutputError, RuntimeError):  # there may be no home
            target = folder() / _NAME
            ensure_writable(target)
            return target
    return Path(tempfile.gettempdir()) / _NAME
