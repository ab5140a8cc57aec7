from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest

from posecoach.feedback import theme
from posecoach.feedback.text import CAP_HEIGHT
from posecoach.feedback.theme import Sizes

# Machado, Oliveira and Fernandes 2009, severity 1.0, for linear RGB.
DICHROMATS = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
    "none": np.eye(3).tolist(),
}


def linear(colour: theme.Colour) -> np.ndarray:
    c = np.array(colour) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def luminance(colour: theme.Colour) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(a: theme.Colour, b: theme.Colour) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def over(panel: theme.Colour, opacity: float, picture: int) -> theme.Colour:
    r, g, b = (round(opacity * c + (1 - opacity) * picture) for c in panel)
    return r, g, b


@pytest.mark.parametrize("picture", [0, 64, 128, 192, 255])
@pytest.mark.parametrize("ink", [theme.INK, theme.MUTED, theme.RIGHT, theme.WRONG])
def test_text_stands_out_of_a_panel_over_any_picture(ink: theme.Colour, picture: int) -> None:
    panel = over(theme.PANEL, theme.PANEL_OPACITY, picture)
    assert contrast(ink, panel) >= 4.5


@pytest.mark.parametrize("picture", [0, 128, 255])
@pytest.mark.parametrize("fill", [theme.RIGHT, theme.WRONG])
def test_dark_text_stands_out_of_a_filled_panel(fill: theme.Colour, picture: int) -> None:
    panel = over(fill, theme.FILLED_OPACITY, picture)
    assert contrast(theme.PANEL, panel) >= 4.5


@pytest.mark.parametrize("sight", DICHROMATS)
def test_states_stay_apart_for_the_colour_blind(sight: str) -> None:
    states = (theme.RIGHT, theme.WRONG, theme.INK, theme.FAINT, theme.PANEL)
    seen = [np.clip(np.array(DICHROMATS[sight]) @ linear(c), 0, 1) for c in states]
    pixels = np.array([seen], np.float32)
    encoded = np.where(pixels <= 0.0031308, pixels * 12.92, 1.055 * pixels ** (1 / 2.4) - 0.055)
    lab = cv2.cvtColor(encoded.astype(np.float32), cv2.COLOR_RGB2Lab)[0]
    for a, b in itertools.combinations(lab, 2):
        # A difference of 2.3 is just seen (CIE 1976); ten times that is plain at a glance.
        assert np.linalg.norm(a - b) > 23


@pytest.mark.parametrize(("width", "height"), [(426, 240), (1280, 720), (1920, 1080), (3840, 2160)])
def test_sizes_are_the_same_share_of_every_16_to_9_picture(width: int, height: int) -> None:
    sizes, reference = Sizes.of(width, height), Sizes.of(1920, 1080)
    for name in ("count", "cue", "target", "bone", "margin"):
        share = getattr(sizes, name) / height
        assert share == pytest.approx(
            getattr(reference, name) / 1080, abs=0.5 / height + 0.5 / 1080
        )


def test_count_and_cue_can_be_read_from_three_metres() -> None:
    sizes = Sizes.of(1280, 720)
    minute_mm = 3000 * np.tan(np.radians(1 / 60))

    def minutes(size: int) -> float:
        return CAP_HEIGHT * size / 720 * 165 / minute_mm

    assert minutes(sizes.count) > 30
    assert minutes(sizes.cue) > 10
    assert minutes(sizes.cue_least) > 7.5
    assert minutes(sizes.cue_long) > 5.5
