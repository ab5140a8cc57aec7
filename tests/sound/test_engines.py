"""Speech, rendered and measured: the right length, loud, voiced, with pauses and changes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from speech import espeak, program, voiced

from posecoach.feedback.line import Line, Rank
from posecoach.feedback.wording import LANGUAGES, catalogue, number, use_language
from posecoach.sound import engines
from posecoach.sound.engines import EspeakNg, MacSay, find_engine
from posecoach.sound.samples import RATE, tone

CUES = ("too_shallow", "heels_dropped", "ten_seconds", "now_left", "done")


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_spoken_and_takes_about_as_long_as_reckoned(language: str) -> None:
    engine = EspeakNg(espeak())
    assert language in engine.languages()
    use_language(language)
    texts = [catalogue()[cue].say for cue in CUES] + [number(7), number(20)]
    for text in texts:
        samples = engine.render(text, language)
        seconds = len(samples) / RATE
        about = Line(0.0, "", (text,), Rank.COUNT).about_s
        assert 0.45 * about < seconds < 1.8 * about, text
        assert np.abs(samples).max() > 0.1, text
        # Vowels are voiced, consonants and pauses are not: speech is neither all nor none. A
        # single short word may be nearly all of either.
        if " " in text:
            assert 0.15 < voiced(samples, RATE) < 0.95, text
    different = {engine.render(text, language).tobytes() for text in texts}
    assert len(different) == len(texts)


def test_the_measure_of_speech_knows_noise_and_tones_from_it() -> None:
    noise = np.random.default_rng(1).normal(0.0, 0.2, RATE).astype(np.float32)
    assert voiced(noise, RATE) < 0.05
    assert voiced(np.tile(tone("count")[:1500], 15), RATE) > 0.99


def test_the_same_text_in_two_languages_is_not_the_same_speech() -> None:
    engine = EspeakNg(espeak())
    assert len(engine.render("Pause", "fr")) != len(engine.render("Pause", "de"))


def test_an_engine_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "espeak-ng", "exec sleep 600")
    monkeypatch.setattr(engines, "LIMIT_S", 0.2)
    with pytest.raises(engines.subprocess.TimeoutExpired):
        EspeakNg(str(tmp_path / "espeak-ng")).render("one", "en")


def test_an_engine_that_gives_no_sound_is_an_error(tmp_path: Path) -> None:
    program(tmp_path, "espeak-ng", "echo no sound at all")
    with pytest.raises(OSError, match="no WAV file"):
        EspeakNg(str(tmp_path / "espeak-ng")).render("one", "en")


@pytest.fixture
def say(tmp_path: Path) -> Callable[[], MacSay]:
    """`say` as macOS has it, as far as it is used: its list of voices, and WAV to a file."""

    def made() -> MacSay:
        script = f"""
if [ "$1" = -v ] && [ "$2" = "?" ]; then
cat <<'LIST'
Alice               it_IT    # Ciao! Mi chiamo Alice.
Anna (German (Germany)) de_DE    # Hallo! Ich heiße Anna.
Eddy (English (UK)) en_GB    # Hello! My name is Eddy.
Grandma (German (Germany)) de_DE    # Hallo! Ich heiße Oma.
LIST
exit
fi
while [ $# -gt 0 ]; do
    case "$1" in
        -o) out=$2; shift;;
        -v) voice=$2; shift;;
        -r) shift;;
        --data-format=LEI16@22050) ;;
        *) exit 9;;
    esac
    shift
done
case "$voice" in "Anna (German (Germany))") {espeak()} -v de --stdin -w "$out";;
    "") {espeak()} -v en --stdin -w "$out";; *) exit 8;; esac
"""
        return MacSay(str(program(tmp_path, "say", script) / "say"))

    return made


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for say")
def test_say_is_asked_for_the_plain_voice_of_a_language(say: Callable[[], MacSay]) -> None:
    engine = say()
    assert engine.languages() == {"it", "de", "en"}
    spoken = engine.render("Fersen höher heben", "de")
    assert 0.8 < len(spoken) / RATE < 3.0
    # A language that it lacks is spoken by the system's own voice rather than not at all.
    assert len(engine.render("calcanhares", "pt")) > 0


def test_a_system_without_an_engine_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert find_engine() is None
