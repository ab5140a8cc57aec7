"""Keeping what is done in the history, for every command that watches somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from posecoach.cli.options import model_label
from posecoach.cli.reading import tell
from posecoach.record.history.database import history_file
from posecoach.record.history.model import SessionRecord, Source
from posecoach.record.history.recorder import Recorder, new_record
from posecoach.record.history.writer import Writer
from posecoach.session import ASSUMED_HEIGHT_CM, Program, Session
from posecoach.session.replay import Step

_Command = TypeVar("_Command", bound=Callable[..., Any])


def history_option(command: _Command) -> _Command:
    """``--history/--no-history``."""
    return click.option(
        "--history/--no-history",
        "keep",
        default=True,
        show_default=True,
        help="Keep what you do, without pictures, for posecoach history; or not.",
    )(command)


def record_to_be(
    source: Source,
    model: str,
    height_cm: float | None,
    *,
    beat: float | None = None,
    program: Program | None = None,
    clip: str | None = None,
) -> SessionRecord:
    """What is known of a session before it begins.

    Args:
        source: Where it comes from.
        model: As given to ``--model``.
        height_cm: Body height; None where it was not given.
        beat: Beats a minute, or None.
        program: What is run through, or None.
        clip: Name of the clip, or None.
    """
    return new_record(
        source=source,
        model=model_label(model),
        height_cm=ASSUMED_HEIGHT_CM if height_cm is None else height_cm,
        height_assumed=height_cm is None,
        beat=beat,
        program=None if program is None else program.id,
        program_name=None if program is None else program.name,
        clip=clip,
    )


@contextmanager
def keeping(head: SessionRecord | None) -> Iterator[Recorder | None]:
    """Keep a session in the history, while inside; all of it is stored on leaving.

    Where the history cannot be used, a line on standard error says so, and what to do.

    Args:
        head: See :func:`record_to_be`; None keeps nothing.
    """
    if head is None:
        yield None
        return
    with Writer(history_file(), tell) as writer:
        recorder = Recorder(head, writer.put)
        try:
            yield recorder
        finally:
            recorder.end()


class Remembering:
    """Takes the frames of a clip for the history.

    Args:
        recorder: Of its session.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def take(self, step: Step, session: Session) -> None:
        """Take a frame."""
        self._recorder.watch(session, step.events, step.frame.time_s)
