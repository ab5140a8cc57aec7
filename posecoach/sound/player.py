"""Where samples go: the sound card, by PortAudio or by a program of the system, or a file."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import threading
import time
import wave
from abc import ABC, abstractmethod
from pathlib import Path
from typing import IO, Any

from posecoach.sound.mixer import Mixer
from posecoach.sound.samples import RATE, to_pcm

_BLOCK = 256
"""Samples handed out at once: 12 ms."""
_AHEAD_S = 0.06
"""How far ahead of its time a pipe is filled. Less breaks up on a busy machine."""
_PORTAUDIO_LATENCY_S = 0.08
"""Asked of the sound card: a tenth of a second is heard as at once, and Python is called
back often enough to fill it."""


class Player(ABC):
    """Plays what a mixer hands out, until it is closed.

    Attributes:
        name: For people.
        latency_s: From a mixer's sample to the ear, as far as is known.
        broken: Whether it cannot play any more: its device is gone or in use.
    """

    name: str
    latency_s: float
    broken = False

    @abstractmethod
    def close(self) -> None:
        """Stop at once."""


class PortAudioPlayer(Player):
    """By PortAudio, whose library sounddevice brings for Windows and macOS.

    Raises:
        OSError: There is no such library, or no device.
    """

    name = "PortAudio"

    def __init__(self, mixer: Mixer) -> None:
        # Untyped, and an OSError where PortAudio itself is missing.
        sounddevice = importlib.import_module("sounddevice")

        def fill(out: Any, frames: int, _time: Any, _status: Any) -> None:
            out[:, 0] = mixer.pull(frames)

        try:
            self._stream = sounddevice.OutputStream(
                samplerate=RATE,
                channels=1,
                dtype="float32",
                latency=_PORTAUDIO_LATENCY_S,
                callback=fill,
            )
            self._stream.start()
        except (sounddevice.PortAudioError, ValueError) as error:
            raise OSError(str(error)) from error
        self.latency_s = float(self._stream.latency)

    def close(self) -> None:
        """Stop at once."""
        self._stream.abort(ignore_errors=True)


class _Paced(Player):
    """Writes samples as their time comes, from a thread of its own."""

    def __init__(self, mixer: Mixer, name: str) -> None:
        self.name = name
        self.latency_s = _AHEAD_S
        self._mixer = mixer
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="player", daemon=True)
        self._thread.start()

    @abstractmethod
    def _write(self, pcm: bytes) -> None:
        """Hand them on."""

    def _run(self) -> None:
        begin = time.monotonic() - _AHEAD_S
        written = 0
        while not self._over.is_set():
            late_s = time.monotonic() - begin - written / RATE
            if late_s <= 0:
                self._over.wait(-late_s + _BLOCK / RATE / 2)
                continue
            if late_s > 1.0:
                # The machine slept or was too busy: what was missed is not made up for.
                begin += late_s
            try:
                self._write(to_pcm(self._mixer.pull(_BLOCK)))
            except OSError:
                self.broken = True
                return
            written += _BLOCK

    def close(self) -> None:
        """Stop at once."""
        self._over.set()


class PipePlayer(_Paced):
    """By a program that plays raw samples from its standard input.

    Args:
        mixer: What to play.
        command: The program with its arguments.

    Raises:
        OSError: It cannot be run.
    """

    def __init__(self, mixer: Mixer, command: list[str]) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        assert self._process.stdin is not None
        self._pipe: IO[bytes] = self._process.stdin
        super().__init__(mixer, Path(command[0]).name)

    def _write(self, pcm: bytes) -> None:
        self._pipe.write(pcm)
        self._pipe.flush()

    def close(self) -> None:
        """Stop at once."""
        super().close()
        self._process.kill()


class FilePlayer(_Paced):
    """Into a WAV file, at the pace at which it would be heard.

    Args:
        mixer: What to write.
        path: The file.
    """

    def __init__(self, mixer: Mixer, path: Path) -> None:
        self._file = wave.open(str(path), "wb")  # noqa: SIM115  closed when the player is
        self._file.setnchannels(1)
        self._file.setsampwidth(2)
        self._file.setframerate(RATE)
        super().__init__(mixer, path.name)

    def _write(self, pcm: bytes) -> None:
        self._file.writeframes(pcm)

    def close(self) -> None:
        """Stop, with all written that was handed out."""
        super().close()
        self._thread.join(1.0)
        self._file.close()


def open_player(mixer: Mixer) -> Player | None:
    """A player for the sound card; None where there is none, or nothing to play with."""
    if sound_device() is None:
        return None
    try:
        return PortAudioPlayer(mixer)
    except (ImportError, OSError):
        for command in _commands():
            try:
                return PipePlayer(mixer, command)
            except OSError:
                continue
    return None


def can_play() -> str | None:
    """What would play: a library or a program; None where there is nothing."""
    try:
        importlib.import_module("sounddevice")
    except (ImportError, OSError):
        return next((Path(command[0]).name for command in _commands()), None)
    return PortAudioPlayer.name


def _commands() -> list[list[str]]:
    """Programs of Linux desktops that play raw samples."""
    milliseconds = round(1000 * _AHEAD_S)
    known = {
        "paplay": f"--raw --rate={RATE} --format=s16le --channels=1 --latency-msec={milliseconds}",
        "aplay": f"-q -t raw -f S16_LE -r {RATE} -c 1 -B {1000 * milliseconds}",
    }
    found = {shutil.which(name): arguments.split() for name, arguments in known.items()}
    return [[path, *arguments] for path, arguments in found.items() if path is not None]


def sound_device() -> str | None:
    """What there is to hear with; nothing is played."""
    return _linux_device() if sys.platform.startswith("linux") else _portaudio_device()


def _linux_device() -> str | None:
    """From the kernel and the sound server's socket: libraries print complaints of their own."""
    runtime = os.environ.get("XDG_RUNTIME_DIR", f"/run/user/{os.getuid()}")
    for server, socket in (("PipeWire", "pipewire-0"), ("PulseAudio", "pulse/native")):
        if os.environ.get("PULSE_SERVER") or (Path(runtime) / socket).exists():
            return f"{server} is running"
    try:
        lines = Path("/proc/asound/pcm").read_text("utf-8").splitlines()
    except OSError:
        return None
    # "00-00: ALC257 Analog : ALC257 Analog : playback 1 : capture 1"
    return next((line.split(":")[1].strip() for line in lines if "playback" in line), None)


def _portaudio_device() -> str | None:
    try:
        sounddevice = importlib.import_module("sounddevice")
    except (ImportError, OSError):
        return None
    try:
        return str(sounddevice.query_devices(kind="output")["name"])
    except (sounddevice.PortAudioError, ValueError):
        return None
