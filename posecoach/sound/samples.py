"""Samples: how they are read from WAV files, and the tones that are made of them.

Everything is mono, float32 in -1 to 1, at :data:`RATE`.
"""

from __future__ import annotations

import io
import wave
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

RATE = 22050
"""Samples a second: what espeak-ng gives, and what the other engines are asked for."""

ToneName = Literal["count", "fix", "info", "praise"]

# Notes as (frequency in Hz, seconds). A laptop's speaker gives little below 300 Hz, and
# hearing that has aged loses what is above 4 kHz: all lie between. Rising is good news,
# falling is a correction, so that nobody has to learn them.
_NOTES: dict[ToneName, tuple[tuple[float, float], ...]] = {
    "count": ((880.0, 0.08),),
    "fix": ((587.0, 0.12), (392.0, 0.20)),
    "info": ((659.0, 0.12), (659.0, 0.12)),
    "praise": ((659.0, 0.12), (880.0, 0.12), (1319.0, 0.20)),
}
_LOUD = 0.5
_RAMP_S = 0.008
"""Fading in and out, without which a tone begins and ends with a click."""
_TICK_S = 0.03
_TICK_HZ = (1000.0, 1500.0)
_LEAST = 0.003
"""Silence is what is quieter (-50 dB), at either end of what an engine renders."""
_KEPT_S = 0.01


@lru_cache(maxsize=8)
def tone(name: ToneName) -> Samples:
    """The tone that stands for words where there is no speech."""
    gap = np.zeros(round(0.03 * RATE), np.float32)
    pieces = [piece for note in _NOTES[name] for piece in (_note(*note), gap)]
    return np.concatenate(pieces)


@lru_cache(maxsize=2)
def tick(accent: bool = False) -> Samples:
    """A metronome's tick; with ``accent`` the one to be up on."""
    t = np.arange(round(_TICK_S * RATE)) / RATE
    decay = np.exp(-t / (_TICK_S / 5))
    return (0.7 * np.sin(2 * np.pi * _TICK_HZ[accent] * t) * decay).astype(np.float32)


def _note(frequency: float, seconds: float) -> Samples:
    t = np.arange(round(seconds * RATE)) / RATE
    ramp = np.minimum(1.0, np.minimum(t, seconds - t) / _RAMP_S)
    return (_LOUD * ramp * np.sin(2 * np.pi * frequency * t)).astype(np.float32)


def read_wav(data: bytes) -> Samples:
    """The samples of a WAV file of 16-bit integers, at :data:`RATE`, silence cut off its ends.

    A file that was written to a pipe says a wrong length in its head; all that is there is
    taken.

    Raises:
        ValueError: If it is no such file.
    """
    try:
        with wave.open(io.BytesIO(data)) as file:
            channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
            raw = file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError(f"no WAV file: {error}") from error
    if width != 2:
        raise ValueError(f"samples of {8 * width} bits")
    return from_pcm(raw, channels, rate)


def from_pcm(raw: bytes, channels: int = 1, rate: int = RATE) -> Samples:
    """Samples of 16-bit little-endian integers, silence cut off their ends."""
    whole = len(raw) - len(raw) % (2 * channels)
    values = np.frombuffer(raw[:whole], "<i2").reshape(-1, channels).mean(axis=1) / 32768.0
    if rate != RATE and len(values):
        count = round(len(values) * RATE / rate)
        values = np.interp(np.arange(count) * rate / RATE, np.arange(len(values)), values)
    return _trimmed(values.astype(np.float32))


def _trimmed(values: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(values) > _LEAST)
    if not len(loud):
        return values[:0]
    kept = round(_KEPT_S * RATE)
    return values[max(0, loud[0] - kept) : loud[-1] + 1 + kept]


def to_pcm(values: Samples) -> bytes:
    """As 16-bit little-endian integers."""
    return (np.clip(values, -1.0, 1.0) * 32767.0).astype("<i2").tobytes()
