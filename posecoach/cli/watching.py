"""A clip from its file to its outputs: what ``replay`` and ``demo`` have in common."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from posecoach.checkers import Definition
from posecoach.cli.coaching import Wishes
from posecoach.cli.recorded import head_of
from posecoach.cli.sinks import Drawn, Poses, Progress, Rows, Screen, VideoScreen, WindowScreen
from posecoach.cli.source import source_of
from posecoach.cli.stopping import Stop
from posecoach.feedback import Window, explanation
from posecoach.record.files import ensure_writable, write_json
from posecoach.record.landmarks import LandmarkWriter
from posecoach.record.result import ClipFacts, build_result
from posecoach.record.table import FrameTable
from posecoach.record.targets import Targets
from posecoach.record.video import VideoWriter
from posecoach.session import Session
from posecoach.session.guided import Guided
from posecoach.session.replay import Sink, replay


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a clip.

    Attributes:
        session: Finished.
        result: The values for a JSON file.
        warnings: What to know of the clip, a line each.
        why: Cue id of what kept the session from beginning; empty if nothing did.
    """

    session: Session
    result: dict[str, Any]
    warnings: tuple[str, ...]
    why: str = ""


def watch(
    path: Path,
    definition: Definition,
    wishes: Wishes,
    model: str,
    targets: Targets,
    stop: Stop,
    *,
    window: Window | None = None,
    more: Sequence[Sink] = (),
    part: int | None = None,
    guide: Callable[[Session], Guided] | None = None,
) -> Seen:
    """Watch a clip and write what was asked for; a stop keeps what was seen so far.

    Args:
        path: The clip, or a recording of landmarks.
        definition: The exercise.
        wishes: What was asked for.
        model: See :func:`~posecoach.pose.find_model`.
        targets: Where outputs go.
        stop: Asked before each frame.
        window: Open, to show the frames in; None shows none.
        more: What else takes the frames.
        part: Which part of a recording of landmarks, from 0; None is all of it.
        guide: Makes what lets the session begin and wait as live does; None counts from the
            first frame to the last.

    Raises:
        PosecoachError: On a clip, model or output that does not serve.
    """
    session = wishes.session(definition)
    guided = None if guide is None else guide(session)
    elsewhere = None if guided is None else guided.look_elsewhere
    with ExitStack() as stack:
        source = stack.enter_context(source_of(path, wishes, model, part, elsewhere))
        if targets.json is not None:
            ensure_writable(targets.json)
        sinks: list[Sink] = [*more]
        screens: list[Screen] = []
        if targets.csv is not None:
            sinks.append(Rows(stack.enter_context(FrameTable(targets.csv, session.signals))))
        landmarks: LandmarkWriter | None = None
        if targets.landmarks is not None:
            head = head_of(source.model, fps=source.fps)
            landmarks = LandmarkWriter(targets.landmarks, head, source=path)
            landmarks.begin(wishes.asked(definition, live=guided is not None))
            sinks.append(Poses(stack.enter_context(landmarks)))
        if targets.video is not None:
            fps = source.fps or 30.0
            writer = VideoWriter(targets.video, source.size, fps=fps, source=path)
            screens.append(VideoScreen(stack.enter_context(writer), source.size))
        if window is not None:
            screens.append(WindowScreen(window, stop))
        if screens:
            sinks.append(Drawn(screens))
        if sys.stderr.isatty() and source.seconds:
            length_ms = round(source.seconds * 1000)
            bar = click.progressbar(
                length=length_ms, label=path.name, file=sys.stderr, update_min_steps=200
            )
            sinks.append(Progress(stack.enter_context(bar)))
        watched = replay(
            source.frames,
            source.estimate,
            session,
            sinks,
            lambda: stop.asked,
            whole=source.whole,
            guided=guided,
        )
        for sink in sinks:
            if isinstance(sink, Progress) and not watched.stopped:
                sink.finish()
        facts = ClipFacts(path.name, *source.size, watched.frames, watched.last_s, source.fps)
        warnings = source.warnings()
        if watched.stopped:
            warnings = (f"{path.name}: stopped at {facts.seconds:.1f} s; what was seen was kept",)
        if landmarks is not None:
            # Without the clip's name: the recording may be shown to others.
            landmarks.finish(warning.removeprefix(path.name) for warning in warnings)
    result = build_result(
        session,
        facts,
        model=source.model,
        # A file is read by programs, which the language of this screen does not concern.
        view_why=explanation(session.view_why, definition.words, language="en")
        if session.view_why
        else "",
        warnings=warnings,
    )
    if targets.json is not None:
        write_json(targets.json, result)
    return Seen(session, result, warnings, "" if guided is None else guided.why)
