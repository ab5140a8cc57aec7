from __future__ import annotations

import numpy as np
import pytest

from posecoach.frames import Frame
from posecoach.pose import without


@pytest.fixture
def frame() -> Frame:
    image = np.full((480, 640, 3), 200, np.uint8)
    image[100:400, 200:300] = 20
    return Frame(1.5, image, 7)


def test_what_is_hidden_is_gone_and_the_rest_stays(frame: Frame) -> None:
    before = frame.image.copy()
    seen = without(frame, (200.0, 100.0, 300.0, 400.0))
    assert (seen.time_s, seen.index) == (1.5, 7)
    assert seen.image.min() > 150
    assert np.array_equal(frame.image, before)
    changed = (seen.image != before).any(axis=2)
    assert changed[100:400, 200:300].all()
    assert changed.sum() == 300 * 100


@pytest.mark.parametrize("box", [None, (700.0, 0.0, 900.0, 480.0), (-50.0, -50.0, -1.0, 480.0)])
def test_nothing_to_hide_is_the_frame_itself(
    frame: Frame, box: tuple[float, float, float, float] | None
) -> None:
    assert without(frame, box) is frame


def test_a_box_partly_outside_is_cut(frame: Frame) -> None:
    seen = without(frame, (-100.0, 300.0, 100.0, 900.0))
    changed = (seen.image != frame.image).any(axis=2)
    assert changed[300:, :100].all()
    assert changed.sum() == 180 * 100
