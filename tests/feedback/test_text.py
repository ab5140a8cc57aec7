from __future__ import annotations

import numpy as np
import pytest

from posecoach.feedback.text import CAP_HEIGHT, draw_line, fit, text_width


def inked(text: str, size: int) -> np.ndarray:
    image = np.zeros((3 * size, 40 * size, 3), np.uint8)
    draw_line(image, text, size, 2 * size, size, (255, 255, 255))
    return np.argwhere(image.max(axis=2) > 100)


@pytest.mark.parametrize("size", [12, 40, 150])
@pytest.mark.parametrize("text", ["Heel raises", "10", "Wadenheben: Fersen höher", "Πτέρνες"])
def test_a_measured_line_is_as_wide_as_the_drawn_one(text: str, size: int) -> None:
    points = inked(text, size)
    width = points[:, 1].max() - size
    assert width <= text_width(text, size) + 1
    assert width >= 0.9 * text_width(text, size) - 2


def test_capitals_are_as_high_as_the_layout_reckons() -> None:
    rows = inked("H", 200)[:, 0]
    assert (rows.max() - rows.min() + 1) / 200 == pytest.approx(CAP_HEIGHT, abs=0.02)


def test_digits_all_have_one_width() -> None:
    assert len({text_width(f"{n}{n}", 100) for n in range(10)}) == 1


def test_text_keeps_its_size_where_there_is_room() -> None:
    assert fit("Slow down", 1000, 40, 20).size == 40


def test_text_shrinks_before_it_breaks_off() -> None:
    fitted = fit("Slow down", text_width("Slow down", 30), 40, 20)
    assert fitted.lines == ("Slow down",)
    assert 28 <= fitted.size <= 30


def test_text_uses_its_lines_before_it_shrinks() -> None:
    fitted = fit("Lift your heels higher", text_width("heels higher", 40) + 1, 40, 20, 2)
    assert fitted.lines == ("Lift your", "heels higher")
    assert fitted.size == 40


def test_text_that_cannot_fit_ends_in_an_ellipsis_within_its_width() -> None:
    fitted = fit("Resistance band stretch for both feet", 120, 30, 20)
    assert fitted.lines[0].endswith("…")
    assert fitted.width <= 120
