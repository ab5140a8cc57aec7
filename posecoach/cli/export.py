"""``posecoach export``: a recording of landmarks as a table for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from posecoach.errors import UsageError
from posecoach.record.files import refuse_source
from posecoach.record.landmarks import LandmarkReader
from posecoach.record.motion_files import write_csv, write_trc

_WRITERS = {".trc": write_trc, ".csv": write_csv}


@click.command(
    epilog="""\b
Examples:
  posecoach export today.landmarks -o today.trc
  posecoach export today.landmarks -o today.csv"""
)
@click.argument("recording", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--output",
    "-o",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="OUT.trc|OUT.csv",
    help="Where to; its ending says what: TRC for OpenSim, in metres, or CSV with all landmarks.",
)
def export(recording: Path, target: Path) -> None:
    """Write the landmarks in FILE, a recording (--landmarks), as a table.

    docs/formats.md says what each column is.
    """
    write = _WRITERS.get(target.suffix.lower())
    if write is None:
        raise UsageError(f"Cannot write {target}: its name must end in .trc (for OpenSim) or .csv.")
    with LandmarkReader(recording) as opened:
        refuse_source(target, recording, "recording")
        write(opened, target)
        for warning in opened.warnings:
            click.echo(f"posecoach: {warning}", err=True)
    click.echo(f"Wrote {target}")
