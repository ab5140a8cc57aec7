"""The drawings of exercises: there is one for each, inside its place, and they differ."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from posecoach.checkers import load_all, load_definition
from posecoach.feedback.figures import FIGURES
from posecoach.feedback.geometry import Rect
from posecoach.feedback.movements import HEEL_RAISE_TEST, sketch_of
from posecoach.feedback.sketch import Sketch, draw_sketch
from posecoach.feedback.theme import BONE, RIGHT

ROOT = Path(__file__).parents[2]
SKETCHES = {name: sketch_of(each) for name, each in load_all().items()}
SKETCHES["heel-raise test"] = HEEL_RAISE_TEST


def drawn(sketch: Sketch, area: Rect, size: tuple[int, int] = (300, 300)) -> np.ndarray:
    face = np.zeros((size[1], size[0], 3), np.uint8)
    draw_sketch(face, area, sketch)
    return face


@pytest.mark.parametrize("what", SKETCHES)
@pytest.mark.parametrize("area", [Rect(20, 30, 240, 240), Rect(50, 20, 90, 200)])
def test_each_fills_its_place_and_stays_inside(what: str, area: Rect) -> None:
    face = drawn(SKETCHES[what], area)
    rows, columns = np.nonzero(face.any(axis=2))
    # A line's thickness is a whole number of pixels, an arrow's point is a little longer.
    edge = 5
    assert columns.min() >= area.x - edge
    assert columns.max() < area.right + edge
    assert rows.min() >= area.y - edge
    assert rows.max() < area.bottom + edge
    assert max(np.ptp(rows) / area.h, np.ptp(columns) / area.w) > 0.9


@pytest.mark.parametrize("what", SKETCHES)
def test_each_shows_a_body_and_what_moves(what: str) -> None:
    face = drawn(SKETCHES[what], Rect(20, 20, 260, 260))
    for colour in (BONE, RIGHT):
        assert (face == colour).all(axis=2).sum() > 300


def test_no_two_are_alike() -> None:
    assert len(set(SKETCHES.values())) == len(SKETCHES)


def test_one_of_one_s_own_shows_its_posture() -> None:
    own = load_definition(ROOT / "docs" / "examples" / "chair_stand.toml")
    sketch = sketch_of(own)
    assert sketch == Sketch.of(FIGURES[own.view.posture, own.view.seen_from])
    face = drawn(sketch, Rect(20, 20, 260, 260))
    assert (face == BONE).all(axis=2).sum() > 300
    assert not (face == RIGHT).all(axis=2).any()
