"""Opening what a live command needs: a screen, a camera, a model, a recording."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from posecoach.cli.eyes import eyes
from posecoach.cli.loop import Stage
from posecoach.cli.speaking import Speech, speaking
from posecoach.feedback import Window, WindowError, display_problem
from posecoach.frames import Camera, CameraError
from posecoach.pose import FootPlace, find_model
from posecoach.record.event_log import EventLog
from posecoach.record.recording import Recording

_TITLE = "posecoach"
_Command = TypeVar("_Command", bound=Callable[..., Any])


def camera_option(command: _Command) -> _Command:
    """``--camera``."""
    return click.option(
        "--camera",
        default="0",
        show_default=True,
        metavar="INDEX|PATH|URL",
        help="A camera's number or device path, the address of a phone or network camera, or a "
        "clip, which is then played at its own speed. Set the default with posecoach settings.",
    )(command)


def picture_options(command: _Command) -> _Command:
    """``--record``, ``--events``, ``--mirror`` and ``--setup``."""
    for option in (
        click.option(
            "--mirror/--no-mirror",
            default=None,
            help="Show the picture as in a mirror, or not. [default: the setting mirror, or: "
            "cameras are, clips are not]",
        ),
        click.option(
            "--record",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Keep the camera's own picture in FILE (.mp4), for posecoach replay.",
        ),
        click.option(
            "--events",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Keep what happens in FILE, a line of JSON for each event.",
        ),
        click.option(
            "--setup/--no-setup",
            default=True,
            show_default=True,
            help="Begin by itself once you are placed right, with a count-in; or at once.",
        ),
    ):
        command = option(command)
    return command


def require_screen() -> None:
    """Make sure that a window can be opened.

    Raises:
        WindowError: If none can.
    """
    problem = display_problem()
    if problem is not None:
        raise WindowError(
            f"No window can be opened: {problem}. Run it on a desktop, or coach a recorded "
            "clip with: posecoach replay"
        )


@contextmanager
def on_stage(
    source: str,
    model: str,
    record: Path | None = None,
    mirrored: bool | None = None,
    events: Path | None = None,
    *,
    places: Sequence[FootPlace] = (),
    speech: Speech | None = None,
    beat: float | None = None,
) -> Iterator[Stage]:
    """Open camera, model, recording, voice and window, and close them again.

    Args:
        source: See :class:`~posecoach.frames.Camera`.
        model: See :func:`~posecoach.pose.find_model`.
        record: Where to keep the raw picture.
        mirrored: None mirrors cameras and no clips.
        events: Where to keep what happens.
        places: Where feet are in the picture; with any, no body is looked for.
        speech: What is to be heard; None is all of it.
        beat: Beats a minute to tick, or None.

    Raises:
        PosecoachError: On a source, model, window or recording that does not serve.
    """
    model_path = find_model(model)
    with ExitStack() as stack:
        camera = Camera(source)
        recording: Recording | None = None
        if record is not None:
            clip = Path(source) if camera.is_clip else None
            recording = stack.enter_context(Recording(record, source=clip))
        log = stack.enter_context(EventLog(events)) if events is not None else None
        # The camera opens while the model loads.
        stack.enter_context(camera)
        estimate = stack.enter_context(eyes(model_path, places))
        # Before the window: it would only flash up.
        if camera.status == "failed":
            raise CameraError(camera.problem or "The camera gives no picture.")
        voice = stack.enter_context(speaking(speech or Speech(), beat))
        window = stack.enter_context(Window(_TITLE))
        if mirrored is None:
            mirrored = not camera.is_clip
        yield Stage(camera, estimate, window, mirrored, recording, voice, log)


def say_of(stage: Stage, record: Path | None) -> None:
    """Print what there is to say of camera and recording at the end."""
    if stage.camera.status == "ended" and stage.camera.problem is not None:
        click.echo(stage.camera.problem)
    if stage.recording is not None and stage.recording.begun:
        click.echo(f"Recorded in {record}")
