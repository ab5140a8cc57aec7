"""The heel-raise test in a report: each leg's reps beside the norm."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from browser import PHONE, Browser
from years import raises, session

from posecoach.feedback.report_words import ReportWords
from posecoach.record.history.model import HEEL_RAISE_TEST, SessionRecord
from posecoach.record.report.heel_raise_test import heel_raise_part, heel_raise_progress, legs_of
from posecoach.record.report.page import progress_page, session_page

DAY = datetime(2026, 9, 1, 18, 3, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 18, 0)


def a_test(left: int = 26, right: int = 14, days: int = 0, **more: object) -> SessionRecord:
    rng = Random(days)
    legs = (("left", left, 20.0), ("right", right, 120.0))
    sets = [
        raises(order, rng, start_s, side=side, reps=reps, target=None)
        for order, (side, reps, start_s) in enumerate(legs, 1)
    ]
    known: dict[str, object] = {
        "program": HEEL_RAISE_TEST,
        "program_name": "Heel-raise test",
        "sets": tuple(sets),
        "beat": 60.0,
        "age": 45,
        "sex": "m",
        "id": 1,
        "finished": True,
        **more,
    }
    day = DAY + timedelta(days=days)
    return replace(session(1, day, rng), **known)  # type: ignore[arg-type]


def rows(record: SessionRecord, words: ReportWords) -> list[list[str]]:
    part = heel_raise_part(words, record)
    assert part is not None
    (table,) = part.tables
    return [[str(cell) for cell in row] for row in table.rows]


def text_of(page: str) -> str:
    """A page's words."""
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_each_leg_stands_beside_the_norm_for_age_and_sex(words: ReportWords) -> None:
    record = a_test()
    best = f"{max(r.metrics['heel_lift_cm'] for r in record.sets[0].reps):.1f}"
    left, right = rows(record, words)
    assert left == ["Left leg", "26", "28", "93", best]
    assert right[:4] == ["Right leg", "14", "28", "50"]
    text = text_of(session_page(words, record, NOW))
    assert "Healthy men of 40 to 49: 28 reps at the median; left leg 93 %, right leg 50 %" in text
    assert "Hébert-Losier et al. 2017" in text
    assert "This is no diagnosis" in text
    assert rows(replace(record, sex="f", age=79), words)[0][2:4] == ["16", "162"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"age": None}, "give your age and sex"),
        ({"sex": None}, "give your age and sex"),
        ({"age": 19}, "from 20 to 79 years only"),
        ({"beat": 50.0}, "60 beats a minute only"),
    ],
)
def test_without_a_norm_it_says_why(
    words: ReportWords, change: dict[str, object], says: str
) -> None:
    record = replace(a_test(), **change)  # type: ignore[arg-type]
    assert rows(record, words)[0][1:4] == ["26", "-", "-"]
    text = text_of(session_page(words, record, NOW))
    assert says in text
    assert "Healthy" not in text
    assert "This is no diagnosis" in text


def test_other_sessions_have_no_test_and_no_norm_for_reps(words: ReportWords) -> None:
    plain = replace(a_test(), program="my_own")
    assert legs_of(plain) == []
    assert heel_raise_part(words, plain) is None
    assert heel_raise_progress(words, [plain]) is None
    assert "Healthy men" not in session_page(words, plain, NOW)


def test_one_leg_and_a_leg_without_a_rep(words: ReportWords) -> None:
    record = a_test()
    alone = replace(record, sets=record.sets[1:])
    assert [row[0] for row in rows(alone, words)] == ["Right leg"]
    none = replace(record, sets=(replace(record.sets[0], reps=()), record.sets[1]))
    assert rows(none, words)[0] == ["Left leg", "0", "28", "0", "-"]


def test_progress_has_all_tests_and_the_latest_norm(words: ReportWords) -> None:
    tests = [
        a_test(20, 10, 0, age=49),
        a_test(22, 11, 0, age=49),
        session(2, DAY + timedelta(days=3), Random(4)),
        a_test(23, 12, 300, age=50),
    ]
    part = heel_raise_progress(words, tests)
    assert part is not None
    (chart,) = part.charts
    assert [(line.name, list(line.y)) for line in chart.lines] == [
        ("Left leg", [22, 23]),
        ("Right leg", [11, 12]),
    ]
    assert [(norm.low, norm.high) for norm in chart.norms] == [(23, 23)]
    assert chart.table is not None
    assert [row[3] for row in chart.table.rows] == ["28"] * 4 + ["23"] * 2
    page = progress_page(words, tests, tests[-1], NOW)
    assert '<line class="level"' in page
    text = text_of(page)
    assert text.count("Healthy men of 50 to 59: 23 reps at the median; left leg 100 %") == 2
    # Of tests alone, nothing is drawn of a norm where there is none.
    bare = heel_raise_progress(words, [replace(each, age=None) for each in tests])
    assert bare is not None
    assert list(bare.charts[0].norms) == []


def test_on_a_phone_nothing_sticks_out(
    browser: Browser, words: ReportWords, saved: Callable[[str], Path]
) -> None:
    tests = [a_test(20, 10, 0), a_test(22, 11, 200)]
    browser.open(saved(progress_page(words, tests, tests[-1], NOW)), PHONE)
    browser.eval("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    assert browser.eval("document.documentElement.scrollWidth") <= PHONE[0]
    assert browser.problems == []
    # The norm is a line that is seen, across all of the chart.
    line = "document.querySelector('#tests line.level')"
    assert browser.eval(f"{line}.getBoundingClientRect().width") > 200
    assert browser.eval(f"getComputedStyle({line}).stroke") != "none"
    browser.eval("document.querySelector('#tests .plot').focus()")
    browser.press("ArrowRight")
    told = browser.eval("document.querySelector('#tests .plot').getAttribute('aria-valuetext')")
    assert "Left leg: 2" in told
