"""A report as one HTML file: its template filled in, with nothing to be fetched from anywhere.

The page forbids itself everything but its own style and script, each by its hash, so that even
a name that means harm and got past the escaping could neither run nor ask for anything.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import posecoach
from posecoach.record.history.model import HEEL_RAISE_TEST, SessionRecord
from posecoach.record.report.chart import Chart
from posecoach.record.report.comparison import Comparison
from posecoach.record.report.drawing import Drawing
from posecoach.record.report.heel_raise_test import (
    HeelRaisePart,
    heel_raise_part,
    heel_raise_progress,
)
from posecoach.record.report.progress import progress_of
from posecoach.record.report.set_part import SetPart, set_part
from posecoach.record.report.sides import Sides, sides_in
from posecoach.record.report.table import Table
from posecoach.record.report.words import Words, clock

_FOLDER = "templates"


@dataclass(frozen=True, slots=True)
class Video:
    """The video of a clip's report.

    Attributes:
        source: Where it is: a ``data:`` address, or a file's name relative to the report.
        width: Pixels across.
        height: Pixels down.
    """

    source: str
    width: int
    height: int


def session_page(words: Words, record: SessionRecord, now: datetime) -> str:
    """The report of one session.

    Args:
        words: Of the report.
        record: With its traces.
        now: When the report is made.
    """
    title = words.say("session_title", number=record.id, day=record.day)
    return _page(
        words,
        "session.html",
        title,
        now,
        session=_session(words, record),
        tests=None,
        progress=[],
        sessions=None,
    )


def progress_page(
    words: Words, records: Sequence[SessionRecord], latest: SessionRecord, now: datetime
) -> str:
    """The report over several sessions.

    Args:
        words: Of the report.
        records: The earliest first; their traces are not looked at.
        latest: The last one, with its traces.
        now: When the report is made.
    """
    first, last = records[0].day, records[-1].day
    title = words.say("progress_title", first=first, last=last)
    return _page(
        words,
        "session.html",
        title,
        now,
        session=_session(words, latest),
        tests=heel_raise_progress(words, records),
        progress=progress_of(words, records),
        sessions=_sessions(words, records),
    )


def clip_page(
    words: Words,
    record: SessionRecord,
    lines: Sequence[str],
    video: Video | None,
    now: datetime,
) -> str:
    """The report of a clip.

    Args:
        words: Of the report.
        record: One set, whose times are the video's.
        lines: What came of it, in words.
        video: With the overlay; None if there is none, as no frame could be watched.
        now: When the report is made.
    """
    parts = [set_part(words, one, f"set{one.order}", video=True) for one in record.sets]
    sides = sides_in(words, record.sets)
    title = words.say("clip_title", clip=record.clip or "")
    return _page(
        words, "clip.html", title, now, parts=parts, sides_found=sides, told=lines, video=video
    )


def comparison_page(words: Words, comparison: Comparison, now: datetime) -> str:
    """The report that compares two."""
    title = words.say("comparison_title", exercise=comparison.title)
    return _page(words, "comparison.html", title, now, comparison=comparison)


@dataclass(frozen=True, slots=True)
class _Shown:
    title: str
    facts: Sequence[str]
    test: HeelRaisePart | None
    parts: Sequence[SetPart]
    sides: Sequence[Sides]


def _session(words: Words, record: SessionRecord) -> _Shown:
    parts = [set_part(words, one, f"set{one.order}") for one in record.sets]
    sides = sides_in(words, record.sets)
    facts = [f"{record.started_at:%Y-%m-%d %H:%M}", words.say("took", time=clock(record.seconds))]
    if record.program == HEEL_RAISE_TEST:
        facts.append(words.say("heel_raise_test"))
    elif record.program_name:
        facts.append(words.program(record.program or "", record.program_name))
    if record.clip:
        facts.append(words.say("of_clip", clip=record.clip))
    height = words.say("height", height=f"{record.height_cm:g}")
    facts.append(f"{height} ({words.say('assumed')})" if record.height_assumed else height)
    if record.beat is not None:
        facts.append(words.say("beat", beat=f"{record.beat:g}"))
    if not record.finished:
        facts.append(words.say("unfinished"))
    title = words.say("session_title", number=record.id, day=record.day)
    return _Shown(title, facts, heel_raise_part(words, record), parts, sides)


def _sessions(words: Words, records: Sequence[SessionRecord]) -> Table:
    head = [words.say("session"), words.say("axis_day"), words.say("exercises")]
    head += [words.say("reps"), words.say("seconds"), words.say("duration")]
    rows = [
        [
            str(record.id),
            f"{record.started_at:%Y-%m-%d %H:%M}",
            _names(words, record),
            str(sum(len(one.reps) for one in record.sets)),
            f"{sum(one.held_s for one in record.sets):.0f}",
            clock(record.seconds),
        ]
        for record in reversed(records)
    ]
    return Table(words.say("all_sessions"), head, rows)


def _names(words: Words, record: SessionRecord) -> str:
    found = {one.exercise: words.exercise(one.exercise, one.name) for one in record.sets}
    return ", ".join(found.values())


# -- filling in -----------------------------------------------------------------------


def _page(words: Words, template: str, title: str, now: datetime, **values: Any) -> str:
    style, script = _file("report.css"), _file("report.js")
    sources = {
        "default-src": "'none'",
        "style-src": f"'sha256-{_digest(style)}'",
        "script-src": f"'sha256-{_digest(script)}'",
        # A video within the page, or the file beside it.
        "media-src": "data: file: 'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return (
        _environment()
        .get_template(template)
        .render(
            words=words,
            title=title,
            made=f"{now:%Y-%m-%d %H:%M}",
            version=posecoach.__version__,
            policy="; ".join(f"{name} {source}" for name, source in sources.items()),
            style=Markup(style),
            script=Markup(script),
            phrases=_phrases(words),
            **values,
        )
    )


def _phrases(words: Words) -> Mapping[str, str]:
    """What the script says."""
    return {key: words.say(key) for key in ("read_values", "play_from")}


@cache
def _environment() -> Environment:
    loader = PackageLoader("posecoach.record.report", _FOLDER)
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["drawn"] = _drawn
    return made


def _drawn(chart: Chart) -> Drawing:
    return Drawing(chart)


@cache
def _file(name: str) -> str:
    folder = resources.files("posecoach.record.report") / _FOLDER
    return (folder / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
