from __future__ import annotations

import io
import wave

import numpy as np
import pytest

from posecoach.sound.samples import RATE, from_pcm, read_wav, tick, to_pcm, tone


def wav(values: np.ndarray, rate: int = RATE, channels: int = 1) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(channels)
        written.setsampwidth(2)
        written.setframerate(rate)
        written.writeframes(to_pcm(np.repeat(values, channels)))
    return file.getvalue()


def sine(hertz: float, seconds: float, rate: int = RATE) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)).astype("f4")


def pitch(values: np.ndarray) -> float:
    spectrum = np.abs(np.fft.rfft(values * np.hanning(len(values))))
    return float(np.argmax(spectrum) * RATE / len(values))


@pytest.mark.parametrize(("rate", "channels"), [(RATE, 1), (44100, 2), (16000, 1)])
def test_any_rate_is_brought_to_one(rate: int, channels: int) -> None:
    values = read_wav(wav(sine(440, 1.0, rate), rate, channels))
    assert len(values) / RATE == pytest.approx(1.0, abs=0.01)
    assert pitch(values) == pytest.approx(440, abs=2)


def test_a_wrong_length_in_the_head_takes_what_is_there() -> None:
    data = bytearray(wav(sine(440, 0.5)))
    data[4:8] = data[40:44] = (0x7FFFF000).to_bytes(4, "little")  # as espeak-ng writes to a pipe
    assert len(read_wav(bytes(data))) / RATE == pytest.approx(0.5, abs=0.01)


def test_silence_is_cut_off_the_ends() -> None:
    silence = np.zeros(RATE, np.float32)
    values = read_wav(wav(np.concatenate([silence, sine(440, 0.3), silence])))
    assert len(values) / RATE == pytest.approx(0.32, abs=0.01)
    assert len(from_pcm(b"")) == 0


def test_what_is_no_sound_is_said_so() -> None:
    with pytest.raises(ValueError, match="no WAV file"):
        read_wav(b"no sound at all")


def test_tones_differ_and_begin_and_end_softly() -> None:
    tones = [tone("count"), tone("fix"), tone("info"), tone("praise")]
    assert len({each.tobytes() for each in tones}) == 4
    for each in tones:
        assert np.abs(each).max() <= 0.51
        assert abs(each[0]) < 0.02
        assert abs(each[-1]) < 0.02
        assert len(each) / RATE < 0.7


def test_a_tick_is_short_and_the_accent_is_higher() -> None:
    assert len(tick()) / RATE < 0.05
    assert pitch(tick(True)) > 1.3 * pitch(tick())
