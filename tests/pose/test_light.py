from __future__ import annotations

import numpy as np
import pytest

from posecoach.pose import light_on


def picture(inside: int, outside: int = 200) -> np.ndarray:
    image = np.full((480, 640, 3), outside, np.uint8)
    image[100:400, 200:300] = inside
    return image


BOX = np.array([(200.0, 100.0), (300.0, 400.0), (250.0, 250.0)])


def test_only_the_persons_box_counts() -> None:
    light = light_on(picture(40), BOX)
    assert light is not None
    assert light.mean == pytest.approx(40, abs=0.5)
    assert light.contrast == pytest.approx(0, abs=0.5)


def test_contrast_is_the_spread() -> None:
    image = picture(40)
    image[100:250, 200:300] = 140
    light = light_on(image, BOX)
    assert light is not None
    assert light.mean == pytest.approx(90, abs=2)
    assert light.contrast == pytest.approx(50, abs=1)


def test_green_is_brighter_than_blue() -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    image[:, :, 1] = 200
    green = light_on(image, BOX)
    blue = light_on(image[:, :, [0, 2, 1]], BOX)
    assert green is not None
    assert blue is not None
    assert green.mean > 4 * blue.mean


def test_a_body_partly_outside_is_measured_where_it_is_seen_and_one_outside_not() -> None:
    light = light_on(picture(40, 40), BOX + np.array((400, 0)))
    assert light is not None
    assert light.mean == pytest.approx(40, abs=0.5)
    assert light_on(picture(40), BOX + np.array((700, 0))) is None
    assert light_on(picture(40), BOX - np.array((400, 0))) is None
