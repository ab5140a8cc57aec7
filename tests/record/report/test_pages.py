"""Reports in a real browser: read, hovered, printed, and attacked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from browser import LAPTOP, PHONE, Browser
from years import raises, session, year

from posecoach.feedback.report_words import ReportWords
from posecoach.record.history.model import Moment, SessionRecord
from posecoach.record.history.trace import Trace, Traces, pack
from posecoach.record.report.comparison import Subject, compare
from posecoach.record.report.page import comparison_page, progress_page, session_page

DAY = datetime(2026, 11, 20, 18, 3, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 18, 0)
HOSTILE = "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)>\"'&"

Saved = Callable[[str], Path]

# Text whose contrast with what is behind it is below 4.5 (WCAG 2.2, 1.4.3).
FAINT = """(() => {
  const parsed = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => v / 255)
      .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const c = parsed(getComputedStyle(at).backgroundColor);
      if (c.length === 3 || c[3] > 0.99) return c;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || ["SCRIPT", "STYLE"].includes(node.tagName)) continue;
    const style = getComputedStyle(node);
    const colour = parsed(node.namespaceURI.endsWith("svg") ? style.fill : style.color);
    const [a, b] = [light(colour), light(behind(node))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(walker.currentNode.data);
  }
  return faint;
})()"""


@pytest.fixture(scope="module")
def record() -> SessionRecord:
    return replace(session(12, DAY, Random(7)), id=12)


def of_page(browser: Browser) -> list[str]:
    """What the page asked for, beside itself and pictures that the browser has within itself."""
    return [url for url in browser.requests[1:] if not url.startswith("data:")]


def test_a_session_s_page_is_read_without_a_word_of_complaint(
    browser: Browser, record: SessionRecord, words: ReportWords, saved: Saved
) -> None:
    browser.open(saved(session_page(words, record, NOW)))
    assert browser.problems == []
    assert of_page(browser) == []
    text = browser.eval("document.body.innerText")
    assert "Session 12, 2026-11-20" in text
    assert "10 reps of 10 asked for" in text
    assert "Heel lift, both legs: fell from about" in text
    assert "Heel raises: left and right" in text
    assert "more on the right than on the left" in text
    assert "30.0 s held of 30.0 s asked for" in text
    assert "24.0 s held of 30.0 s asked for" in text
    assert text.count("Slow down") >= 5
    assert browser.eval("document.querySelectorAll('g.span.rep').length") == 2 * 28
    assert browser.eval("document.querySelectorAll('g.span.try').length") == 2
    assert browser.eval("document.querySelectorAll('g.span.hold').length") == 4
    assert browser.eval("document.querySelectorAll('.plot .flag').length") == 5


def test_hovering_and_arrow_keys_tell_values(
    browser: Browser, record: SessionRecord, words: ReportWords, saved: Saved
) -> None:
    browser.open(saved(session_page(words, record, NOW)))
    box = browser.eval(
        "(() => { const b = document.querySelector('svg.area').getBoundingClientRect();"
        " return [b.left, b.top, b.width, b.height] })()"
    )
    rep = record.sets[0].reps[0]
    one = record.sets[0]
    share = (rep.peak_s - one.started_s) / (one.ended_s - one.started_s)
    browser.move(box[0] + share * box[2], box[1] + box[3] / 2)
    tip = browser.eval("document.querySelector('.tip').textContent")
    assert browser.eval("document.querySelector('.tip').hidden") is False
    assert tip.startswith(f"{rep.peak_s - one.started_s:.1f} s")
    level = float(re.search(r"Movement: (\d+) %", tip)[1])  # type: ignore[index]
    assert level == pytest.approx(100 * rep.metrics["heel_lift_cm"] / 6.5, abs=8)
    assert f"Rep 1, both legs, Heel lift {rep.metrics['heel_lift_cm']:.1f} cm" in tip
    browser.move(5, 5)
    assert browser.eval("document.querySelector('.tip').hidden") is True
    browser.eval("document.querySelector('.plot').focus()")
    before = browser.eval("document.querySelector('.plot').getAttribute('aria-valuetext')")
    browser.press("ArrowRight")
    after = browser.eval("document.querySelector('.plot').getAttribute('aria-valuetext')")
    assert after != before
    assert "Movement:" in after


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP])
def test_nothing_sticks_out_and_all_can_be_read(
    browser: Browser,
    record: SessionRecord,
    words: ReportWords,
    saved: Saved,
    size: tuple[int, int],
    scheme: str,
) -> None:
    page = saved(progress_page(words, [record], record, NOW))
    browser.open(page, size, scheme)
    browser.eval("document.querySelectorAll('details').forEach((d) => { d.open = true })")
    assert browser.eval("document.documentElement.scrollWidth") <= size[0]
    assert browser.eval(FAINT) == []
    paper = browser.eval("getComputedStyle(document.documentElement).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")
    # Letters in charts are as large on a phone as on a laptop.
    height = browser.eval("document.querySelector('.plot text').getBoundingClientRect().height")
    assert height > 11


def test_charts_are_named_and_have_their_numbers_in_tables(
    browser: Browser, record: SessionRecord, words: ReportWords, saved: Saved
) -> None:
    browser.open(saved(progress_page(words, [record], record, NOW)))
    names = browser.eval(
        "[...document.querySelectorAll('svg.area')].map((s) => s.getAttribute('aria-label'))"
    )
    assert len(names) > 10
    assert all(len(name) > 20 for name in names)
    assert browser.eval("document.querySelectorAll('svg.area:not([role=img])').length") == 0
    assert browser.eval("document.querySelectorAll('figure details table').length") >= 10
    heads = browser.eval("[...document.querySelectorAll('th')].every((t) => t.scope)")
    assert heads is True
    assert browser.eval("document.documentElement.lang") == "en"


def test_it_prints(
    browser: Browser, record: SessionRecord, words: ReportWords, saved: Saved
) -> None:
    browser.open(saved(session_page(words, record, NOW)), scheme="dark")
    pdf = browser.printed()
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") >= 3
    assert b"/Font" in pdf
    assert browser.problems == []


def test_a_year_goes_up_and_says_so(browser: Browser, words: ReportWords, saved: Saved) -> None:
    records = [replace(each, id=n) for n, each in enumerate(year(60), 1)]
    browser.open(saved(progress_page(words, records, records[-1], NOW)))
    assert browser.problems == []
    text = browser.eval("document.body.innerText")
    assert "60 days (2025-11-22 to 2026-01-20)" in text
    assert "dose met in 120 of 180 sets" in text
    assert re.search(r"Heel lift, left leg: rose from about 5\.\d cm to 8\.\d cm", text)
    assert "80 to 90 degrees are usual" in text
    assert "Heel lift: best" in text
    browser.eval("document.querySelector('.plot').focus()")
    for _ in range(3):
        browser.press("ArrowRight")
    told = browser.eval("document.querySelector('.plot').getAttribute('aria-valuetext')")
    assert told.startswith("2025-11-25, ")
    assert "best: " in told


def test_a_name_that_means_harm_is_only_a_name(
    browser: Browser, record: SessionRecord, words: ReportWords, saved: Saved
) -> None:
    rng = Random(1)
    rep = replace(raises(1, rng, 0.0).reps[0], faults=(HOSTILE,), metrics={HOSTILE: 3.0})
    traces = Traces(pack([0.0, 1.0]), (Trace(f"{HOSTILE}.left", HOSTILE, pack([1.0, 2.0])),))
    one = replace(
        raises(1, rng, 0.0),
        exercise=HOSTILE,
        name=HOSTILE + "</title></script><!--",
        label=HOSTILE,
        reps=(rep, *raises(1, rng, 0.0).reps),
        moments=(Moment(0.5, "fault", None, HOSTILE),),
        view_why=HOSTILE,
        traces=traces,
    )
    record = replace(record, program_name=HOSTILE, clip=HOSTILE, program=HOSTILE, sets=(one,))
    pages = [
        session_page(words, record, NOW),
        progress_page(words, [record], record, NOW),
        comparison_page(
            words, compare(words, Subject("A", HOSTILE, (one,)), Subject("B", HOSTILE, (one,))), NOW
        ),
    ]
    for page in pages:
        # Asked before any script of the page could have run.
        assert "<script>alert" not in page
        assert "<img" not in page
        assert page.count("</script>") == page.count("<script")
        browser.open(saved(page))
        assert browser.problems == []
        assert of_page(browser) == []
        assert HOSTILE in browser.eval("document.body.textContent")
        assert browser.eval("document.images.length") == 0
        charts = browser.eval("document.querySelectorAll('.plot[role=slider]').length")
        assert charts == browser.eval("document.querySelectorAll('.plot').length")


def test_the_page_forbids_what_it_does_not_bring_itself(
    browser: Browser, record: SessionRecord, words: ReportWords, saved: Saved
) -> None:
    page = session_page(words, record, NOW)
    assert "default-src &#39;none&#39;" in page
    assert "unsafe" not in page
    assert re.findall(r"(?:src|href)\s*=", page) == []
    assert re.findall(r"https?://", page) == []
    browser.open(saved(page.replace("<main>", "<main><script>window.ran = 1</script>")))
    assert browser.eval("window.ran") is None
    assert any("Content Security Policy" in problem for problem in browser.problems)


def test_damaged_curves_and_wild_numbers_are_survived(
    browser: Browser, record: SessionRecord, words: ReportWords, saved: Saved
) -> None:
    one = record.sets[0]
    wild = replace(one.reps[0], metrics={"heel_lift_cm": 1e300, "up_s": -1e12, "steps": 0.0})
    packed = one.traces.packed_times
    broken = [
        Traces(b"no zlib", ()),
        Traces(packed, (Trace("level", "share", b"x"), *one.traces.signals)),
        Traces(packed, (Trace("level", "share", pack([1.0])),)),
        Traces(pack([3.0, 2.0, 1.0]), (Trace("level", "share", pack([1.0, 2.0, 3.0])),)),
        Traces(pack([0.0, float("inf")]), (Trace("level", "share", pack([1.0, 2.0])),)),
    ]
    sets = tuple(
        replace(one, order=n, traces=traces, reps=(wild, *one.reps))
        for n, traces in enumerate(broken, 1)
    )
    page = session_page(words, replace(record, sets=sets), NOW)
    assert page.count("is damaged and is not shown") == len(broken)
    browser.open(saved(page), PHONE)
    assert browser.problems == []
    assert browser.eval("document.documentElement.scrollWidth") <= PHONE[0]
    for data in browser.eval(
        "[...document.querySelectorAll('script[type]')].map((s) => s.textContent)"
    ):
        json.loads(data)


def test_an_empty_set_and_a_lone_rep_have_pages(
    browser: Browser, record: SessionRecord, words: ReportWords, saved: Saved
) -> None:
    one = record.sets[0]
    empty = replace(one, reps=(), attempts=(), traces=Traces(), view_why="too_far")
    lone = replace(one, order=2, reps=one.reps[:1], attempts=(), ended_s=one.started_s)
    browser.open(saved(session_page(words, replace(record, sets=(empty, lone)), NOW)))
    assert browser.problems == []
    assert "nothing counted" in browser.eval("document.body.innerText")


def test_two_are_laid_over_each_other(browser: Browser, words: ReportWords, saved: Saved) -> None:
    rng = Random(2)
    low, high = raises(1, rng, 2.0, best_cm=6.0), raises(1, rng, 2.0, best_cm=8.0)
    comparison = compare(words, Subject("A", "low.mp4", (low,)), Subject("B", "high.mp4", (high,)))
    assert any(
        re.fullmatch(r"Heel lift \(both legs\): (1\.[89]|2\.[0-2]) cm more in B .*", line)
        for line in comparison.differences
    )
    assert any(line.startswith("Movement: from ") for line in comparison.differences)
    assert not any("Up" in line or "Down" in line for line in comparison.differences)
    browser.open(saved(comparison_page(words, comparison, NOW)), PHONE)
    assert browser.problems == []
    assert of_page(browser) == []
    assert browser.eval("document.querySelectorAll('path.area').length") == 4
    assert browser.eval("document.documentElement.scrollWidth") <= PHONE[0]


def test_the_same_twice_has_no_difference(words: ReportWords) -> None:
    one = raises(1, Random(2), 2.0)
    comparison = compare(words, Subject("A", "a", (one,)), Subject("B", "b", (one,)))
    assert comparison.differences == ("No clear difference.",)


def test_days_without_a_session_are_no_days(words: ReportWords) -> None:
    later = replace(session(2, DAY + timedelta(days=9), Random(1)), id=2)
    page = progress_page(words, [session(1, DAY, Random(1)), later], later, NOW)
    assert "2 days (2026-11-20 to 2026-11-29)" in page
