from __future__ import annotations

import numpy as np
import pytest

from posecoach.sound.mixer import Mixer
from posecoach.sound.samples import RATE


def level(seconds: float, value: float = 0.5) -> np.ndarray:
    return np.full(round(seconds * RATE), value, np.float32)


def test_parts_come_one_after_the_other_with_a_gap() -> None:
    mixer = Mixer()
    seconds = mixer.say([level(0.2), level(0.1, 0.25)])
    assert seconds == pytest.approx(0.36, abs=0.001)
    heard = mixer.pull(RATE // 2)
    assert heard[round(0.1 * RATE)] == 0.5
    assert heard[round(0.23 * RATE)] == 0.0
    assert heard[round(0.3 * RATE)] == 0.25
    assert not mixer.busy


def test_another_line_breaks_off_the_first_without_a_click() -> None:
    mixer = Mixer()
    mixer.say([level(1.0)])
    first = mixer.pull(1000)
    mixer.say([level(0.1, -0.25)])
    heard = np.concatenate([first, mixer.pull(3000)])
    assert np.abs(np.diff(heard[500:])).max() < 0.3
    assert heard[-1] == 0.0 or heard[1000 + round(0.05 * RATE)] == -0.25
    assert np.all(heard[1000 + round(0.02 * RATE) : 1000 + round(0.09 * RATE)] == -0.25)


def test_stop_is_silence_at_once() -> None:
    mixer = Mixer()
    mixer.say([level(1.0)])
    mixer.pull(100)
    mixer.stop()
    heard = mixer.pull(1000)
    assert np.all(heard[round(0.01 * RATE) :] == 0.0)
    assert not mixer.busy


@pytest.mark.parametrize("block", [1, 100, 256, 5000])
def test_a_tick_comes_at_its_sample_whatever_the_blocks(block: int) -> None:
    mixer = Mixer()
    mixer.pull(77)
    mixer.tick(level(0.01), 0.1)
    heard = np.concatenate([mixer.pull(block) for _ in range(-(-5000 // block))])
    on = np.flatnonzero(heard)
    assert on[0] == round(0.1 * RATE)
    assert len(on) == round(0.01 * RATE)


def test_ticks_are_heard_beside_words() -> None:
    mixer = Mixer()
    mixer.say([level(0.5, 0.25)])
    mixer.tick(level(0.01, 0.5), 0.1)
    heard = mixer.pull(RATE // 2)
    assert heard[round(0.105 * RATE)] == 0.75
    assert heard[round(0.2 * RATE)] == 0.25
