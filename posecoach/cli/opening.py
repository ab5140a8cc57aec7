"""Opening what a live command needs: a screen, a camera, a model, a recording."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from posecoach.cli.eyes import eyes
from posecoach.cli.keeping import history_option, keeping
from posecoach.cli.loop import Stage
from posecoach.cli.options import file_option, language_option, model_label, model_option
from posecoach.cli.recorded import head_of
from posecoach.cli.speaking import Speech, speaking, speech_options
from posecoach.feedback import Window, WindowError, display_problem
from posecoach.frames import CameraError, Cameras
from posecoach.pose import FootPlace, find_model
from posecoach.record.event_log import EventLog
from posecoach.record.history.model import SessionRecord
from posecoach.record.landmarks import LandmarkWriter
from posecoach.record.recording import Recording
from posecoach.record.targets import refuse_clashes

_TITLE = "posecoach"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a live command opens, as it was asked for.

    Attributes:
        camera: See :class:`~posecoach.frames.Cameras`; one, or several to switch between.
        model: See :func:`~posecoach.pose.find_model`.
        speech: What is to be heard.
        record: Where to keep the raw picture, or None.
        mirrored: Show the picture as in a mirror; None does so for cameras and not for clips.
        events: Where to keep what happens, or None.
        setup: Whether a set begins once the person is placed right, with a count-in.
        keep: Whether to keep what is done in the history.
    """

    camera: tuple[str, ...]
    model: str
    speech: Speech
    record: Path | None
    mirrored: bool | None
    events: Path | None
    setup: bool
    keep: bool


def stage_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """All options of an :class:`Opening`, which the command gets as ``opening``."""

    @wraps(command)
    def opened(
        *args: Any,
        camera: tuple[str, ...],
        model: str,
        mute: bool,
        transcript: Path | None,
        record: Path | None,
        mirror: bool | None,
        events: Path | None,
        setup: bool,
        keep: bool,
        **others: Any,
    ) -> Any:
        speech = Speech(mute, transcript)
        opening = Opening(camera, model, speech, record, mirror, events, setup, keep)
        return command(*args, opening=opening, **others)

    options = (_CAMERA, model_option, speech_options, language_option, *_PICTURE, history_option)
    found: Callable[..., Any] = opened
    for option in reversed(options):
        found = option(found)
    return found


_CAMERA = click.option(
    "--camera",
    multiple=True,
    default=("0",),
    show_default=True,
    metavar="NUMBER|NAME|PATH|URL",
    help="A camera's number, a part of its name or its device path, the address of a phone "
    "or network camera, or a clip, which is then played at its own speed. Given several "
    "times, C in the window goes on to the next; see: posecoach cameras. Set the default with "
    "posecoach settings.",
)
_PICTURE = (
    click.option(
        "--setup/--no-setup",
        default=True,
        show_default=True,
        help="Begin by itself once you are placed right, with a count-in; or at once.",
    ),
    file_option(
        "--events",
        metavar="FILE",
        help="Keep what happens in FILE, a line of JSON for each event.",
    ),
    file_option(
        "--record",
        metavar="FILE",
        help="Keep the camera's own picture in FILE (.mp4), for posecoach replay.",
    ),
    click.option(
        "--mirror/--no-mirror",
        default=None,
        help="Show the picture as in a mirror, or not. [default: the setting mirror, or: "
        "cameras are, clips are not]",
    ),
)


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
    opening: Opening,
    *,
    places: Sequence[FootPlace] = (),
    beat: float | None = None,
    landmarks: Path | None = None,
    history: SessionRecord | None = None,
) -> Iterator[Stage]:
    """Open camera, model, recording, voice and window; close them, and say what is left of it.

    Args:
        opening: What was asked for.
        places: Where feet are in the picture; with any, no body is looked for.
        beat: Beats a minute to tick, or None.
        landmarks: Where to keep what the model sees.
        history: What is known of the session, to keep it in the history; None keeps nothing.

    Raises:
        PosecoachError: On a source, model, window or recording that does not serve.
    """
    record, mirrored = opening.record, opening.mirrored
    model_path = find_model(opening.model)
    with ExitStack() as stack:
        camera = Cameras(opening.camera)
        clip = Path(opening.camera[0]) if camera.is_clip else None
        files = (record, landmarks, opening.events, opening.speech.transcript)
        refuse_clashes(
            [Path(each) for each in opening.camera], [file for file in files if file is not None]
        )
        recording: Recording | None = None
        if record is not None:
            recording = stack.enter_context(Recording(record, source=clip))
        if mirrored is None:
            mirrored = not camera.is_clip
        kept: LandmarkWriter | None = None
        if landmarks is not None:
            head = head_of(model_label(opening.model), mirrored=mirrored)
            kept = LandmarkWriter(landmarks, head, source=clip)
            stack.enter_context(kept)
        log: EventLog | None = None
        if opening.events is not None:
            log = stack.enter_context(EventLog(opening.events))
        recorder = stack.enter_context(keeping(history))
        # The camera opens while the model loads.
        stack.enter_context(camera)
        estimate = stack.enter_context(eyes(model_path, places))
        # Before the window: it would only flash up.
        if camera.status == "failed":
            raise CameraError(camera.problem or "The camera gives no picture.")
        voice = stack.enter_context(speaking(opening.speech, beat))
        window = stack.enter_context(Window(_TITLE))
        yield Stage(camera, estimate, window, mirrored, recording, kept, voice, log, recorder)
    # Not before all is closed, which may fail on a full disk.
    _say_of(camera, record if recording is not None and recording.begun else None, kept)


def _say_of(camera: Cameras, recording: Path | None, landmarks: LandmarkWriter | None) -> None:
    """Print what there is to say of camera and recordings once they are closed."""
    if camera.status == "ended" and camera.problem is not None:
        click.echo(camera.problem)
    if camera.refused is not None:
        click.echo(f"The other camera was not switched to. {camera.refused}")
    if recording is not None:
        click.echo(f"Recorded in {recording}")
    if landmarks is not None and landmarks.begun:
        click.echo(f"Landmarks in {landmarks.path}")
