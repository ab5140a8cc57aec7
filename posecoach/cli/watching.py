"""A clip from its file to its outputs: what ``replay`` and ``demo`` have in common."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from posecoach.checkers import Definition
from posecoach.cli.coaching import Wishes
from posecoach.cli.eyes import eyes
from posecoach.cli.options import model_label
from posecoach.cli.sinks import Drawn, Progress, Rows, Screen, VideoScreen, WindowScreen
from posecoach.cli.stopping import Stop
from posecoach.feedback import Window, explanation
from posecoach.frames import Clip
from posecoach.pose import find_model
from posecoach.record.files import ensure_writable, write_json
from posecoach.record.result import ClipFacts, build_result
from posecoach.record.table import FrameTable
from posecoach.record.targets import Targets
from posecoach.record.video import VideoWriter
from posecoach.session import Session
from posecoach.session.replay import Sink, replay


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a clip.

    Attributes:
        session: Finished.
        result: The values for a JSON file.
        warnings: What to know of the clip, a line each.
    """

    session: Session
    result: dict[str, Any]
    warnings: tuple[str, ...]


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
) -> Seen:
    """Watch a clip and write what was asked for; a stop keeps what was seen so far.

    Args:
        path: The clip.
        definition: The exercise.
        wishes: What was asked for.
        model: See :func:`~posecoach.pose.find_model`.
        targets: Where outputs go.
        stop: Asked before each frame.
        window: Open, to show the frames in; None shows none.
        more: What else takes the frames.

    Raises:
        PosecoachError: On a clip, model or output that does not serve.
    """
    session = wishes.session(definition)
    model_path = find_model(model)
    with ExitStack() as stack:
        clip = stack.enter_context(Clip(path))
        if targets.json is not None:
            ensure_writable(targets.json)
        sinks: list[Sink] = [*more]
        screens: list[Screen] = []
        if targets.csv is not None:
            sinks.append(Rows(stack.enter_context(FrameTable(targets.csv, session.signals))))
        size = (clip.info.width, clip.info.height)
        if targets.video is not None:
            fps = clip.info.mean_fps or 30.0
            writer = VideoWriter(targets.video, size, fps=fps, source=path)
            screens.append(VideoScreen(stack.enter_context(writer)))
        if window is not None:
            screens.append(WindowScreen(window, stop))
        if screens:
            sinks.append(Drawn(screens))
        estimate = stack.enter_context(eyes(model_path, wishes.places))
        if sys.stderr.isatty() and clip.info.seconds:
            length_ms = round(clip.info.seconds * 1000)
            bar = click.progressbar(
                length=length_ms, label=path.name, file=sys.stderr, update_min_steps=200
            )
            sinks.append(Progress(stack.enter_context(bar)))
        watched = replay(clip, estimate, session, sinks, lambda: stop.asked)
        for sink in sinks:
            if isinstance(sink, Progress) and not watched.stopped:
                sink.finish()
    facts = ClipFacts(path.name, *size, watched.frames, watched.last_s, clip.info.mean_fps)
    warnings = (clip.warning,) if clip.warning else ()
    if watched.stopped:
        warnings = (f"{path.name}: stopped at {facts.seconds:.1f} s; what was seen was kept",)
    result = build_result(
        session,
        facts,
        model=model_label(model),
        # A file is read by programs, which the language of this screen does not concern.
        view_why=explanation(session.view_why, definition.words, language="en")
        if session.view_why
        else "",
        warnings=warnings,
    )
    if targets.json is not None:
        write_json(targets.json, result)
    return Seen(session, result, warnings)
