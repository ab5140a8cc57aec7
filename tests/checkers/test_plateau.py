"""The hold inside a rep."""

from __future__ import annotations

import numpy as np
import pytest
from figures import bump

from posecoach.checkers.plateau import plateau


def samples(
    hold_s: float, ramp_s: float = 0.8, fps: float = 30.0, noise: float = 0.0
) -> list[tuple[float, float]]:
    rng = np.random.default_rng(1)
    return [
        (i / fps, bump(i / fps, 0, ramp_s, hold_s, ramp_s) + float(rng.normal(0, noise)))
        for i in range(int((hold_s + 2 * ramp_s) * fps))
    ]


@pytest.mark.parametrize("hold_s", [0.5, 1.0, 2.0, 3.0, 15.0])
@pytest.mark.parametrize("ramp_s", [0.5, 0.9])
@pytest.mark.parametrize("fps", [10.0, 30.0, 60.0])
def test_held_seconds_are_those_at_the_top(hold_s: float, ramp_s: float, fps: float) -> None:
    top = plateau(samples(hold_s, ramp_s, fps))
    assert top.seconds == pytest.approx(hold_s, abs=0.3)
    assert (top.start_s + top.end_s) / 2 == pytest.approx(ramp_s + hold_s / 2, abs=0.15)
    assert top.level == pytest.approx(1.0, abs=0.05)


def test_a_flick_is_held_for_hardly_a_moment() -> None:
    assert plateau(samples(0.0, 0.4)).seconds < 0.1


def test_noise_and_a_short_dip_break_nothing_and_a_long_one_does() -> None:
    noisy = samples(3.0, noise=0.07)
    assert plateau(noisy).seconds == pytest.approx(3.0, abs=0.4)
    dip = [(t, 0.3 if 1.8 < t < 2.0 else v) for t, v in noisy]
    assert plateau(dip).seconds == pytest.approx(3.0, abs=0.4)
    let_go = [(t, 0.3 if 1.8 < t < 2.4 else v) for t, v in noisy]
    assert plateau(let_go).seconds < 1.6


def test_one_wild_sample_is_not_the_level() -> None:
    wild = [(t, 3.0 if 2.0 < t < 2.05 else v) for t, v in samples(3.0)]
    assert plateau(wild).level < 1.6


def test_a_single_sample_is_held_for_no_time() -> None:
    assert plateau([(1.0, 0.5)]).seconds == 0.0
