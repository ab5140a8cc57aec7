"""The six catalogues: complete, alike in what goes into their braces, drawable, not cut."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from posecoach.checkers import load_all
from posecoach.feedback.card import card_areas, fit_title
from posecoach.feedback.cue import fit_cue
from posecoach.feedback.geometry import zones_of
from posecoach.feedback.layout import Arranger
from posecoach.feedback.text import draw_line
from posecoach.feedback.theme import Sizes
from posecoach.feedback.wording import (
    LANGUAGES,
    catalogue,
    counted,
    missing,
    name_of,
    number,
    own_words,
    phrase,
    system_language,
    use_language,
    within,
    wording_of,
)
from posecoach.pose import Pose
from posecoach.session import find_program
from posecoach.session.program_loader import program_files

Poses = Callable[..., list[Pose]]
OTHERS = sorted(set(LANGUAGES) - {"en"})
WINDOWS = [(0, 0, 640, 480), (-107, 0, 853, 480), (185, 0, 270, 480), (140, 0, 360, 480)]


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


def names() -> dict[str, str]:
    """Every exercise and program that ships: the id of its name's wording, and the name."""
    found = {f"exercise_{id_}": each.name for id_, each in load_all().items()}
    programs = {id_: find_program(id_, load_all()) for id_ in program_files()}
    return found | {f"program_{id_}": each.name for id_, each in programs.items()}


def test_every_language_has_a_file_and_every_file_a_language() -> None:
    folder = Path(__file__).parents[2] / "posecoach" / "feedback" / "words"
    assert {file.stem for file in folder.glob("*.toml")} == set(LANGUAGES)


def test_english_calls_exercises_and_programs_as_their_definitions_do() -> None:
    named = {
        cue: words["say"]
        for cue, words in own_words("en").items()
        if cue.startswith(("exercise_", "program_")) and "{" not in words["say"]
    }
    assert named == names()


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_missing(language: str) -> None:
    lacking = missing(language)
    assert lacking == [], f"words/{language}.toml lacks: {', '.join(lacking)}"


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_worded_that_nobody_says(language: str) -> None:
    assert set(own_words(language)) - set(own_words("en")) == set()


def braces(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_goes_into_the_braces_as_in_english(language: str) -> None:
    for cue, words in own_words("en").items():
        own = own_words(language).get(cue, {})
        if "say" in own:
            assert braces(own["say"]) == braces(words["say"]), cue
        if "one" in own:
            # A single one may be said without its number: "une fois", "ein Mal".
            assert braces(own["one"]) <= braces(words["say"]), cue
        assert not braces(own.get("explain", "")), cue


@pytest.mark.parametrize("language", LANGUAGES)
def test_cues_are_short_and_explained(language: str) -> None:
    for cue, words in catalogue(language).items():
        assert "tone" not in own_words(language).get(cue, {}) or language == "en"
        if words.tone != "label":
            assert len(words.say.split()) <= 7, (cue, words.say)
            assert words.explain.endswith("."), cue


def ink(character: str) -> np.ndarray:
    image = np.zeros((80, 80, 3), np.uint8)
    draw_line(image, character, 5, 60, 48, (255, 255, 255))
    return image


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_has_a_glyph_in_the_overlay_s_font(language: str) -> None:
    lacking = ink("\ue000")  # of a private area: the font draws what it draws for all it lacks
    assert lacking.any()
    assert np.array_equal(ink("क"), lacking)
    texts = [w.say + w.explain + w.one + w.within for w in catalogue(language).values()]
    characters = set("".join(texts)) - {" "}
    assert len(characters) > 50
    # The font's sign for what it lacks is its question mark, which is no other character's.
    unknown = {c for c in characters - {"?"} if np.array_equal(ink(c), lacking)}
    assert unknown == set()
    assert all(ink(c).any() for c in characters)


@pytest.mark.parametrize("size", [(640, 480), (2560, 1080), (720, 1280), (270, 480)])
@pytest.mark.parametrize("language", OTHERS)
def test_no_cue_is_ever_cut_short(language: str, size: tuple[int, int]) -> None:
    sizes = Sizes.of(*size)
    slots = {(int(w), int(h)) for _, _, w, h in Arranger(sizes).cue_places}
    for width, height in slots:
        for cue, words in catalogue(language).items():
            if words.tone != "label":
                fitted = fit_cue(words.say, width, height, sizes)
                assert " ".join(fitted.lines) == words.say, (cue, width, height)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_is_cut_on_any_card(language: str, poses: Poses) -> None:
    use_language(language)
    titles = {name_of("exercise", id_, each.name) for id_, each in load_all().items()}
    circles, walk = (phrase(f"exercise_{id_}") for id_ in ("ankle_circles", "toe_walking"))
    titles |= {f"{circles}, {within('way_ccw')}", f"{walk}, {phrase('feet_straight')}"}
    shapes = set()
    for window in WINDOWS:
        for clip in ("hr_front", "lr_side_l_towel", "tw_across_straight"):
            seen = [pose for pose in poses(clip, window)[::10] if pose.found]
            sizes = Sizes.of(*seen[0].size)
            arranger = Arranger(sizes)
            for pose in seen:
                layout = arranger.arrange(pose.time_s, zones_of(pose), True)
                larger = sizes.larger(layout.scale)
                shapes.add((layout.shape, layout.card.w, layout.card.h, larger))
    assert {shape for shape, *_ in shapes} >= {"tall", "narrow", "wide"}
    for shape, width, height, sizes in shapes:
        for title in titles:
            areas = card_areas(title, shape, width, height, sizes)
            assert " ".join(fit_title(title, areas.title.w, sizes).lines) == title
            # What the name takes must leave the number large.
            assert areas.number.h >= sizes.px(0.12)


def test_german_keeps_the_capitals_of_its_nouns_within_a_sentence() -> None:
    use_language("de")
    assert within("side_left") == "linkes Bein"
    assert within("too_shallow") == "Fersen höher heben"
    use_language("en")
    assert within("too_shallow") == "lift your heels higher"


def test_one_thing_is_not_plural() -> None:
    assert (counted("n_reps", 1), counted("n_reps", 4)) == ("1 rep", "4 reps")
    use_language("fr")
    assert (counted("n_reps", 0), counted("n_reps", 2)) == ("0 répétition", "2 répétitions")
    use_language("es")
    assert (counted("n_reps", 0), counted("spoken_seconds", 1)) == ("0 repeticiones", "un segundo")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "twenty-one"),
        ("de", "einundzwanzig"),
        ("fr", "vingt et un"),
        ("es", "veintiuno"),
        ("it", "ventuno"),
        ("pt", "vinte e um"),
    ],
)
def test_numbers_are_counted_in_words(language: str, words: str) -> None:
    use_language(language)
    assert number(21) == words
    assert len({number(n) for n in range(1, 31)}) == 30
    assert not any(number(n).isdigit() for n in range(1, 31))
    assert number(31) == "31"


def test_what_a_language_lacks_is_said_in_english() -> None:
    use_language("de")
    # Ids of exercises of one's own are in no catalogue.
    assert wording_of("elbows_in").say == "Elbows in"
    assert name_of("exercise", "my_own", "My own") == "My own"
    assert name_of("exercise", "heel_raises", "Heel raises") == "Fersenheben"
    # One's own may replace what ships, and keeps its name then.
    assert name_of("exercise", "heel_raises", "My raises") == "My raises"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "de_CH.UTF-8"}, "de"),
        ({"LANG": "pt_BR"}, "pt"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE", "LC_ALL": "POSIX"}, "en"),
        ({"LANG": "de_DE", "LC_ALL": "it_IT"}, "it"),
        ({"LANG": "de_DE", "LANGUAGE": "fr:en"}, "fr"),
    ],
)
def test_the_system_s_language_is_taken(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language
    assert use_language(None) == (language if language in LANGUAGES else "en")
