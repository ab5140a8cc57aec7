"""The voice's options, and what there is to say of it at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from posecoach.cli.options import file_option, together
from posecoach.feedback.voice import Voice, transcript
from posecoach.feedback.wording import LANGUAGES, language_in_use
from posecoach.record.files import ensure_writable, write_texts
from posecoach.sound.player import sound_device

_KNOWN_S = 2.0
"""How long to wait, at the end of a very short run, until it is known what there is."""


@dataclass(frozen=True, slots=True)
class Speech:
    """What somebody asked for.

    Attributes:
        mute: Play nothing.
        transcript: Where to keep what was said, or None.
    """

    mute: bool = False
    transcript: Path | None = None


speech_options = together(
    click.option(
        "--mute/--no-mute",
        default=False,
        help="Say nothing and tick nothing, or do. [default: the setting voice]",
    ),
    file_option(
        "--transcript",
        metavar="FILE",
        help="Keep what was said in FILE, a line of JSON each, with its times.",
    ),
)
"""``--mute`` and ``--transcript``."""


@contextmanager
def speaking(speech: Speech, beat: float | None = None) -> Iterator[Voice]:
    """A voice as it was asked for; at its end the transcript, and a notice if it was silent.

    Raises:
        OutputError: If the transcript cannot be written.
    """
    if speech.transcript is not None:
        ensure_writable(speech.transcript)
    with Voice(beat=beat, silent=speech.mute) as voice:
        try:
            yield voice
        finally:
            if speech.transcript is not None:
                lines = (json.dumps(each, ensure_ascii=False) for each in transcript(voice))
                write_texts(speech.transcript, (f"{line}\n" for line in lines))
        notice = what_is_missing(voice)
        if notice:
            click.echo(notice)


def what_is_missing(voice: Voice) -> str:
    """One line on what could not be heard, and what to do; empty where nothing is missing."""
    process = voice.process
    if process is None or not process.ready.wait(_KNOWN_S):
        return ""
    if process.player is None:
        if sound_device() is None:
            return "Nothing could be heard: there is no sound device. --mute leaves sound out."
        return "Nothing could be heard: nothing here plays sound. See posecoach doctor."
    if process.ended:
        return (
            f"Sound broke off: {process.player} plays no more. Look whether the device is still "
            "there and whether another program uses it."
        )
    if process.engine is None:
        return (
            f"Tones stood in for words: no voice speaks {LANGUAGES[language_in_use()]} here. "
            "See posecoach doctor."
        )
    return ""
