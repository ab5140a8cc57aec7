"""The width of a loop, and what the smoothing of landmarks adds to it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posecoach.motion import in_frame_of, loop_of, without_trail

PHASE = np.linspace(0, 2 * np.pi, 60, endpoint=False)


def ellipse(width: float, slant_deg: float = 0.0, arc: float = 0.0) -> np.ndarray:
    x, y = np.cos(PHASE), width * np.sin(PHASE) + arc * np.cos(PHASE) ** 2
    slant = np.radians(slant_deg)
    turn = np.array([[np.cos(slant), np.sin(slant)], [-np.sin(slant), np.cos(slant)]])
    return np.stack([x, y], axis=1) @ turn


@given(st.floats(-1, 1), st.floats(-180, 180))
def test_width_is_that_of_the_ellipse_however_it_lies(width: float, slant: float) -> None:
    loop = loop_of(ellipse(width, slant))
    assert loop is not None
    assert loop.width == pytest.approx(width, abs=0.02)
    assert loop.length == pytest.approx(1.0, abs=0.02)


def test_clockwise_in_the_picture_is_positive() -> None:
    # y is down: from the right to below is clockwise.
    loop = loop_of(np.stack([np.cos(PHASE), np.sin(PHASE)], axis=1))
    assert loop is not None
    assert loop.width > 0.9


@given(st.floats(-1, 1))
def test_a_bent_path_back_the_way_it_came_has_no_width(arc: float) -> None:
    loop = loop_of(ellipse(0.0, 20.0, arc))
    assert loop is not None
    assert loop.width == pytest.approx(0.0, abs=0.01)


def test_too_little_to_measure_is_none() -> None:
    assert loop_of(np.zeros((3, 2))) is None
    assert loop_of(np.zeros((30, 2))) is None


def test_the_loop_that_trailing_makes_is_taken_out() -> None:
    """Each coordinate stays 0.006 behind on its way, as MediaPipe's smoothing leaves it."""
    times = np.linspace(0, 6, 180, endpoint=False)
    swing = np.cos(np.pi * times)
    true = np.stack([0.06 * swing, -0.02 * swing], axis=1)
    late = true.copy()
    for i in range(1, len(late)):
        late[i] = np.clip(late[i - 1], true[i] - 0.006, true[i] + 0.006)
    raw, cleaned = loop_of(late[60:120]), loop_of(without_trail(late, list(times))[60:120])
    assert raw is not None
    assert cleaned is not None
    assert abs(raw.width) > 0.05
    assert abs(cleaned.width) < abs(raw.width) / 3


def test_the_frame_turns_with_its_axis() -> None:
    axis = np.stack([np.cos(PHASE), np.sin(PHASE)], axis=1)
    assert in_frame_of(axis * 2, axis) == pytest.approx(np.tile([2.0, 0.0], (60, 1)))
