"""Reports of clips: ``replay --report``, and what ``compare`` needs of a clip."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import click

from posecoach.checkers import Catalogue
from posecoach.record.files import (
    ensure_writable,
    output_error,
    refuse_source,
    write_text,
)
from posecoach.record.history.model import SessionRecord
from posecoach.record.history.recorder import new_record
from posecoach.record.history.under_way import SetUnderWay
from posecoach.record.targets import Targets
from posecoach.session import Session
from posecoach.session.replay import Step

_Command = TypeVar("_Command", bound=Callable[..., Any])

EMBEDDED_BYTES = 20_000_000
"""Up to this size the video is put into the report: the demo's 20 s at 640x480 take 0.76 MB,
so that is about nine minutes. Chromium opens such a page in 1.4 s."""


def report_option(command: _Command) -> _Command:
    """``--report``."""
    return click.option(
        "--report",
        type=click.Path(path_type=Path),
        metavar="FILE.html",
        help="Write a page for the browser: the annotated video, with curves and reps to click on.",
    )(command)


class Kept:
    """Takes the frames of a clip, and has the record of its one set then."""

    def __init__(self) -> None:
        self._set: SetUnderWay | None = None
        self._size = (0, 0)

    def take(self, step: Step, session: Session) -> None:
        """Take a frame."""
        if self._set is None:
            self._set = SetUnderWay(session, step.frame.time_s, order=1)
            self._size = step.frame.size
        self._set.take(step.events, step.frame.time_s)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) of the first frame."""
        return self._size

    def record(self, clip: str, session: Session) -> SessionRecord:
        """The record of the clip; without a set if no frame was watched.

        Args:
            clip: Its name.
            session: Finished.
        """
        head = new_record(
            source="replay",
            clip=clip,
            height_cm=session.height_cm,
            height_assumed=session.height_assumed,
            finished=True,
        )
        if self._set is None:
            return head
        change = self._set.change(head, last=True)
        assert change is not None
        assert change.one is not None
        # What a clip shows was not asked for by anybody.
        one = replace(change.one, target_reps=None, target_s=None)
        return replace(head, started_s=one.started_s, ended_s=one.ended_s, sets=(one,))


class ClipReport:
    """A report that is being made while a clip is watched.

    The annotated video goes to a hidden file beside the report, if it has no place of its own,
    and from there into the report, or beside it where it is larger than
    :data:`EMBEDDED_BYTES`.

    Args:
        targets: Of the clip; with a report.
        clip: The clip.

    Attributes:
        targets: With a video, too.
        kept: To be told of each frame.

    Raises:
        OutputError: If the report cannot be written; asked at once.
    """

    def __init__(self, targets: Targets, clip: Path) -> None:
        assert targets.report is not None
        self._report = targets.report
        ensure_writable(self._report)
        self._beside = self._report.with_name(f"{self._report.stem}-annotated.mp4")
        if targets.video is None:
            refuse_source(self._beside, clip)
        self._own = self._report.with_name(f".{self._report.name}.{os.getpid()}.mp4")
        self.targets = replace(targets, video=targets.video or self._own)
        self.kept = Kept()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._own.unlink(missing_ok=True)

    def write(
        self, clip: str, session: Session, lines: Sequence[str], known: Catalogue
    ) -> list[Path]:
        """Write the report.

        Args:
            clip: The clip's name.
            session: Finished.
            lines: What came of it, in words.
            known: All definitions, for their words.

        Returns:
            What was written beside it.

        Raises:
            OutputError: If it cannot be written.
        """
        from posecoach.feedback.report_words import ReportWords
        from posecoach.record.report.page import Video, clip_page

        record = self.kept.record(clip, session)
        source, more = self._source()
        video = Video(source, *self.kept.size) if source else None
        words = ReportWords(known.definitions)
        write_text(self._report, clip_page(words, record, lines, video, datetime.now()))
        return more

    def _source(self) -> tuple[str, list[Path]]:
        """Where the report finds the video, and what was put beside it."""
        video = self.targets.video
        assert video is not None
        try:
            if not video.exists():  # not one frame
                return "", []
            if video.stat().st_size <= EMBEDDED_BYTES:
                data = base64.b64encode(video.read_bytes()).decode()
                return f"data:video/mp4;base64,{data}", []
            if video == self._own:
                self._own.replace(self._beside)
                return _address(self._beside.name), [self._beside]
            return _address(os.path.relpath(video.resolve(), self._report.resolve().parent)), []
        except OSError as error:
            raise output_error(self._report, error) from error
        except ValueError:  # on another drive of Windows
            return video.resolve().as_uri(), []


def _address(path: str) -> str:
    """A relative path as a page names it."""
    from urllib.parse import quote

    # As bytes: a name need not be text.
    return quote(os.fsencode(path.replace(os.sep, "/")))
