"""The words of reports: complete in six languages, alike in what goes into their braces."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from posecoach.checkers import load_all
from posecoach.feedback.report_words import ReportWords, report_phrases
from posecoach.feedback.wording import LANGUAGES, known_ids, use_language
from posecoach.motion import REGISTRY
from posecoach.record.history.samples import main_signals
from posecoach.session import Session

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "posecoach" / "record" / "report"
OTHERS = sorted(set(LANGUAGES) - {"en"})


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


def braces(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_has_every_phrase_and_no_other(language: str) -> None:
    assert set(report_phrases(language)) == set(report_phrases("en"))
    for key, text in report_phrases("en").items():
        assert braces(report_phrases(language)[key]) == braces(text), key
        assert report_phrases(language)[key].strip(), key


def test_every_phrase_that_a_report_asks_for_is_there() -> None:
    sources = [*REPORT.glob("*.py"), *REPORT.glob("templates/*.html")]
    asked = {
        key
        for file in sources
        for key in re.findall(r"words\.(?:say|count)\(\s*[\"'](\w+)[\"']", file.read_text("utf-8"))
    }
    assert len(asked) > 60
    assert asked - set(report_phrases("en")) - known_ids() == set()


def test_every_main_signal_and_metric_that_ships_has_a_name() -> None:
    phrases = report_phrases("en")
    for definition in load_all().values():
        for name in main_signals(definition, Session(definition).signals):
            assert f"signal_{name.partition('.')[0]}" in phrases, name
    told = re.findall(r"^\| `(\w+)`", (ROOT / "docs" / "formats.md").read_text("utf-8"), re.M)
    metrics = {name for name in told if name.endswith(("_cm", "_deg", "_share"))} - {"height_cm"}
    assert len(metrics) > 8
    assert {f"metric_{name}" for name in metrics} - set(phrases) == set()


def test_every_unit_has_a_name() -> None:
    words = ReportWords({})
    for unit in {signal.unit for signal in REGISTRY.values()} | {"cm", "s", "min", "share"}:
        assert words.unit(unit) != unit or unit in ("cm", "s", "px")


def test_what_has_no_name_keeps_its_own() -> None:
    words = ReportWords({})
    assert words.metric("arm_swing_deg") == "Arm swing"
    assert words.metric("odd") == "Odd"
    assert words.signal("elbow_path") == "Elbow path"
    assert words.fault("mine", "elbows_in") == "Elbows in"


def test_one_day_is_not_plural() -> None:
    assert ReportWords({}).count("n_days", 1) == "1 day"
    use_language("fr")
    assert ReportWords({}).count("n_days", 0) == "0 jour"
