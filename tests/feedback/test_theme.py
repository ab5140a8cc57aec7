"""Contrast, colour blindness, sizes: what docs/look.md says of the theme is true."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from colours import SIGHTS, as_seen, contrast, difference, lab

import posecoach.feedback
from posecoach.feedback import theme
from posecoach.feedback.card import CardText, card_areas, fit_state
from posecoach.feedback.cue import fit_cue
from posecoach.feedback.header import header_height
from posecoach.feedback.keybar import KEY_IDS, PROGRAM_KEY_IDS, key_bar_height
from posecoach.feedback.layout import Arranger
from posecoach.feedback.panel import Panel
from posecoach.feedback.text import BOLD, CAP_HEIGHT, REGULAR, draw_line
from posecoach.feedback.theme import Sizes
from posecoach.feedback.wording import LANGUAGES, catalogue, phrase, use_language
from posecoach.session import Snapshot

LOOK = (Path(__file__).parents[2] / "docs" / "look.md").read_text(encoding="utf-8")
SCREEN_MM = (286.0, 161.0)
MINUTE_MM = 3000 * np.tan(np.radians(1 / 60))
# A panel lets some of the picture through, each channel by itself, so over any picture its
# colour lies between those over black and over white.
EXTREMES = (0, 255)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


def over(panel: theme.Colour, opacity: float, picture: int) -> theme.Colour:
    r, g, b = (round(opacity * c + (1 - opacity) * picture) for c in panel)
    return r, g, b


@pytest.mark.parametrize("picture", EXTREMES)
@pytest.mark.parametrize("ink", ["INK", "MUTED", "RIGHT", "WRONG"])
def test_text_stands_out_of_a_panel_over_any_picture(ink: str, picture: int) -> None:
    panel = over(theme.PANEL, theme.PANEL_OPACITY, picture)
    assert contrast(getattr(theme, ink), panel) >= 4.5


@pytest.mark.parametrize("picture", EXTREMES)
@pytest.mark.parametrize("fill", ["RIGHT", "WRONG"])
def test_dark_text_stands_out_of_a_filled_panel(fill: str, picture: int) -> None:
    panel = over(getattr(theme, fill), theme.FILLED_OPACITY, picture)
    assert contrast(theme.PANEL, panel) >= 4.5


@pytest.mark.parametrize("picture", EXTREMES)
@pytest.mark.parametrize("line", ["FAINT", "INK", "RIGHT", "WRONG"])
def test_lines_and_tracks_stand_out_of_a_panel(line: str, picture: int) -> None:
    panel = over(theme.PANEL, theme.PANEL_OPACITY, picture)
    assert contrast(getattr(theme, line), panel) >= 3.0


def test_the_trace_stands_out_of_its_band() -> None:
    assert contrast(theme.INK, theme.FAINT) >= 3.0


@pytest.mark.parametrize("line", ["INK", "RIGHT", "WRONG", "MUTED", "BONE"])
def test_what_is_drawn_on_the_picture_stands_out_of_any_picture(line: str) -> None:
    # WCAG technique C40: of two colours with 9 to 1 between them one has 3 to 1 on any other.
    colour = getattr(theme, line)
    assert contrast(colour, theme.OUTLINE) >= 9.0
    for grey in range(256):
        background = (grey, grey, grey)
        assert max(contrast(each, background) for each in (colour, theme.OUTLINE)) >= 3.0


@pytest.mark.parametrize("picture", EXTREMES)
@pytest.mark.parametrize(
    ("ink", "weight", "size"), [("INK", BOLD, 190), ("MUTED", REGULAR, 32), ("RIGHT", REGULAR, 21)]
)
def test_a_drawn_panel_has_the_contrast_that_its_colours_promise(
    ink: str, weight: int, size: int, picture: int
) -> None:
    # As it is laid over a picture: letters opaque, soft edges fading into the panel.
    panel = Panel(300, 240, 10)
    draw_line(panel.face, "Heels 8", 20, 200, size, getattr(theme, ink), weight)
    image = np.full((240, 300, 3), picture, np.uint8)
    panel.lay(image, 0, 0)
    inside = image[12:-12, 12:-12].reshape(-1, 3)
    ground = inside[np.argmin(inside.sum(axis=1))]
    letters = inside[np.argmax(inside.sum(axis=1))]
    assert contrast(letters, ground) >= 4.5
    assert np.abs(letters.astype(int) - getattr(theme, ink)).max() <= 2


def test_colours_come_from_the_theme_alone() -> None:
    folder = Path(posecoach.feedback.__file__).parent
    for file in sorted(folder.glob("*.py")):
        text = file.read_text(encoding="utf-8")
        draws = "cv2" in text or "feedback.theme" in text
        if file.name == "theme.py" or not draws:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Tuple) and len(node.elts) == 3:
                values = [each.value for each in node.elts if isinstance(each, ast.Constant)]
                named = len(values) < 3 or not all(type(value) is int for value in values)
                assert named, f"{file.name}, line {node.lineno}: a colour of its own"


# What a colour alone may say; each is also said by a shape, a place or a word.
MEANINGS = ("RIGHT", "WRONG", "INK", "MUTED", "FAINT", "PANEL")


def test_the_difference_of_colours_is_computed_as_published() -> None:
    # Sharma, Wu and Dalal 2005, table 1: pairs 1, 5, 7, 17 and 34.
    for a, b, published in (
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, -1.1848, -84.8006), (50, 0, -82.7485), 1.0),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ):
        assert difference(np.array(a), np.array(b)) == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize("sight", ["all colours", *SIGHTS])
def test_states_stay_apart_for_the_colour_blind(sight: str) -> None:
    colours = {name: getattr(theme, name) for name in MEANINGS}
    if sight in SIGHTS:
        colours = {name: as_seen(colour, sight) for name, colour in colours.items()}
    for a, b in itertools.combinations(MEANINGS, 2):
        # A CIEDE2000 of 1 is just seen (Sharma 2005); ten times that is plain at a glance.
        apart = difference(lab(colours[a]), lab(colours[b]))
        assert apart >= (40 if {a, b} == {"RIGHT", "WRONG"} else 10), (a, b)


@pytest.mark.parametrize(("width", "height"), [(426, 240), (1280, 720), (1920, 1080), (3840, 2160)])
def test_sizes_are_the_same_share_of_every_16_to_9_picture(width: int, height: int) -> None:
    sizes, reference = Sizes.of(width, height), Sizes.of(1920, 1080)
    for name in ("count", "cue", "target", "bone", "margin"):
        share = getattr(sizes, name) / height
        assert share == pytest.approx(
            getattr(reference, name) / 1080, abs=0.5 / height + 0.5 / 1080
        )


def mm_per_px(size: tuple[int, int], bars: int) -> float:
    """On a 13-inch 16:9 screen that a picture and its bars fill as far as they can."""
    return min(SCREEN_MM[0] / size[0], SCREEN_MM[1] / (size[1] + bars))


def minutes(size: tuple[int, int], bars: int, font: int) -> float:
    """Height of capitals and digits in minutes of arc, three metres away."""
    return CAP_HEIGHT * font * mm_per_px(size, bars) / MINUTE_MM


FONTS = ("count", "cue", "target", "title", "state", "keys")


@pytest.mark.parametrize("size", [(1280, 720), (640, 480), (2560, 1080), (720, 1280)])
def test_the_sizes_in_the_documentation_are_those_of_the_theme(size: tuple[int, int]) -> None:
    sizes = Sizes.of(*size)
    live = key_bar_height(sizes, KEY_IDS)
    program = key_bar_height(sizes, PROGRAM_KEY_IDS) + header_height(sizes)
    for what, bars in (("live", live), ("program", program)):
        shown = [minutes(size, bars, getattr(sizes, font)) for font in FONTS]
        row = f"| {size[0]} x {size[1]}, {what} | " + " | ".join(f"{v:.1f}" for v in shown) + " |"
        assert row in LOOK


@pytest.mark.parametrize("size", [(1280, 720), (640, 480), (2560, 1080)])
def test_count_and_cue_can_be_read_from_three_metres(size: tuple[int, int]) -> None:
    sizes = Sizes.of(*size)
    # The highest bars that there are: a program's.
    bars = key_bar_height(sizes, PROGRAM_KEY_IDS) + header_height(sizes)
    assert minutes(size, bars, sizes.count) >= 30
    assert minutes(size, bars, sizes.ring_count) >= 16
    assert minutes(size, bars, sizes.cue) >= 15
    # Even the longest words: 20/20 eyes read 5.
    assert minutes(size, bars, sizes.cue_long) >= 5
    assert minutes(size, bars, sizes.state) >= 7


def usual_slot(sizes: Sizes) -> tuple[int, int]:
    """Width and height of the roomiest slot for a cue, which it has in most wide pictures."""
    return max(
        ((int(w), int(h)) for _, _, w, h in Arranger(sizes).cue_places),
        key=lambda slot: (slot[1], slot[0]),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cue_has_ten_minutes_of_arc_in_the_usual_slot(language: str) -> None:
    size = (1280, 720)
    sizes = Sizes.of(*size)
    bars = key_bar_height(sizes)
    for cue, words in catalogue(language).items():
        if words.tone != "label":
            fitted = fit_cue(words.say, *usual_slot(sizes), sizes)
            assert minutes(size, bars, fitted.size) >= 10, (cue, words.say)


@pytest.mark.parametrize("side", ["left", "right", "both"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_side_and_state_are_both_read_in_large_letters(
    language: str, side: str, snapshot: Callable[..., Snapshot]
) -> None:
    size = (1280, 720)
    sizes = Sizes.of(*size)
    layout = Arranger(sizes).layout
    assert (layout.shape, layout.scale) == ("tall", 1.15)
    larger = sizes.larger(layout.scale)
    use_language(language)
    text = CardText.of(snapshot(side=side, phase="holding"), False, False)
    area = card_areas(text.title, layout.shape, layout.card.w, layout.card.h, larger).state
    lines, font = fit_state(text, layout.shape, area.w, larger)
    assert lines == (phrase(f"side_{side}"), phrase("state_holding"))
    assert minutes(size, key_bar_height(sizes), font) >= 7.5
