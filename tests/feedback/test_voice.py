"""The voice, with the process that speaks: into a file, as it is heard."""

from __future__ import annotations

import time
import wave
from pathlib import Path

import numpy as np

from posecoach.feedback.voice import Voice
from posecoach.session import Snapshot
from posecoach.sound.samples import RATE


def test_it_ticks_only_while_there_is_a_beat_to_keep(tmp_path: Path) -> None:
    file = tmp_path / "heard.wav"

    def watch(voice: Voice, from_s: float) -> None:
        for i in range(3):
            now = from_s + 0.5 * i
            voice.take(Snapshot(now, "heel_raises", "Heel raises", "reps", "ready"), course=[])
            time.sleep(0.5)

    with Voice(file=file) as voice:
        assert voice.process is not None
        assert voice.process.ready.wait(60.0)
        watch(voice, 1.2)
        # A beat comes 0.3 s after each of these frames.
        with voice.beating(120.0):
            watch(voice, 3.2)
        watch(voice, 5.2)
    with wave.open(str(file)) as heard:
        sound = np.abs(np.frombuffer(heard.readframes(heard.getnframes()), "<i2") / 32768.0)
    loud = np.flatnonzero(sound > 0.2)
    assert len(np.flatnonzero(np.diff(loud, prepend=-RATE) > RATE // 10)) == 3
