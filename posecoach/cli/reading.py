"""Opening the history to read it, for every command that tells of it."""

from __future__ import annotations

import click

from posecoach.record.history.database import history_file
from posecoach.record.history.leftovers import catch_up
from posecoach.record.history.reading import History


def read_history() -> History:
    """This user's history, with what could not be kept before taken in first.

    Raises:
        HistoryError: If it cannot be read.
    """
    path = history_file()
    catch_up(path, tell)
    return History.reading(path)


def tell(line: str) -> None:
    """Say something beside what was asked for, on standard error and on one line."""
    click.echo(f"posecoach: {' '.join(line.split())}", err=True)
