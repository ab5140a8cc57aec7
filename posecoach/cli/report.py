"""``posecoach report``: a page for the browser on a session, or on progress."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from posecoach.cli.options import exercises_of, exercises_option, language_option
from posecoach.cli.reading import read_history
from posecoach.errors import PosecoachError, UsageError
from posecoach.record.files import STDOUT, ensure_writable, write_text
from posecoach.record.history.model import SessionRecord
from posecoach.record.history.reading import Filter, History


class NothingToReportError(PosecoachError):
    """There is nothing in the history that a report could be made of."""


@click.command(
    epilog="""\b
Examples:
  posecoach report
  posecoach report --last
  posecoach report --session 12 -o session.html
  posecoach report --since 2026-11-01"""
)
@click.option("--session", "number", type=int, metavar="N", help="This one; see posecoach history.")
@click.option("--last", is_flag=True, help="The last one.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Progress from this day on.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE.html|-",
    help="Where it goes. [default: posecoach-report.html, or posecoach-session-N.html]",
)
@exercises_option
@language_option
def report(
    number: int | None,
    last: bool,
    since: datetime | None,
    output: str | None,
    folder: Path | None,
) -> None:
    """Write a page on what you have done, to open in a browser, print or keep.

    Without options: your progress in each exercise, day by day, and the last session in full.
    With --session or --last: that session, with its curves, reps, holds and tries. The page is
    one file that needs no network, and holds no pictures of you.
    """
    if sum((number is not None, last, since is not None)) > 1:
        raise UsageError("--session, --last and --since exclude each other; give one of them.")
    begin = None if since is None else since.date()
    single = number is not None or last
    with read_history() as kept:
        numbers = _numbers(kept, begin)
        if number is None:
            number = numbers[-1]
        latest = kept.session(number)
        every = [] if single else list(kept.sessions(Filter(since=begin)))
    target = output or (f"posecoach-session-{number}.html" if single else "posecoach-report.html")
    ensure_writable(target)
    write_text(target, _page(latest, every, folder))
    if target != STDOUT:
        click.echo(f"Wrote {target}; open it in a browser.")


def _numbers(kept: History, begin: date | None) -> list[int]:
    numbers = kept.numbers(Filter(since=begin))
    if numbers:
        return numbers
    if begin is not None and kept.numbers():
        raise NothingToReportError(
            f"There is no session since {begin}; give an earlier day, or see posecoach history."
        )
    raise NothingToReportError(
        "There is no session to report yet. What you do is kept by itself; begin with: "
        "posecoach live heel_raises"
    )


def _page(latest: SessionRecord, every: list[SessionRecord], folder: Path | None) -> str:
    # Templates and words: not for --help, nor for what fails before.
    from posecoach.feedback.report_words import ReportWords
    from posecoach.record.report.page import progress_page, session_page

    words = ReportWords(exercises_of(folder).definitions)
    now = datetime.now()
    if every:
        return progress_page(words, every, latest, now)
    return session_page(words, latest, now)
