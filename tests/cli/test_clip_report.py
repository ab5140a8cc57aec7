"""`replay --report` and `compare` of clips: real processes, and the page in a real browser."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from browser import LAPTOP, PHONE, Browser
from cuts import beginning
from processes import ended

from posecoach.checkers import read_catalogue
from posecoach.cli.clip_report import EMBEDDED_BYTES, ClipReport
from posecoach.record.targets import Targets
from posecoach.session import Session

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def two_reps(clips: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first seven and a half seconds of the demo: two reps."""
    path = tmp_path_factory.mktemp("cut") / "two <b>reps<i>.mp4"
    return beginning(clips / "hr_side_r_mixed.mp4", path, 7.5)


@dataclass(frozen=True)
class Reported:
    """A report of it, what was printed, and where its reps begin."""

    page: Path
    out: str
    starts: list[float]
    landmarks: Path


@pytest.fixture(scope="module")
def reported(two_reps: Path, tmp_path_factory: pytest.TempPathFactory) -> Reported:
    folder = tmp_path_factory.mktemp("report")
    command = ("replay", two_reps, "--exercise", "heel_raises", "--report", "page.html")
    more = ("--json", "r.json", "--landmarks", "two <b>reps<i>.landmarks")
    done = ended((*command, *more), folder)
    assert done.status == 0, done.err
    assert len(list(folder.iterdir())) == 3  # the video is in the page
    result = json.loads((folder / "r.json").read_text("utf-8"))
    starts = [rep["start_s"] for rep in result["reps"]]
    return Reported(folder / "page.html", done.out, starts, folder / more[-1])


def at(browser: Browser, what: str) -> tuple[float, float]:
    """The middle of an element, scrolled into view."""
    box = browser.eval(
        f"(() => {{ const e = document.querySelector({what!r}); e.scrollIntoView({{block: 'end'}});"
        " const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2] })()"
    )
    return box[0], box[1]


def seconds(browser: Browser) -> float:
    return float(browser.eval("document.querySelector('video').currentTime"))


def cursor(browser: Browser) -> float:
    """Where the cursor in the first curve is, in percent."""
    return float(browser.eval("document.querySelector('.now').getAttribute('x1')")[:-1])


def open_video(browser: Browser, page: Path, size: tuple[int, int] = LAPTOP) -> None:
    browser.open(page, size)
    browser.becomes("document.querySelector('video').readyState >= 3")


def test_the_page_holds_the_clip_and_what_came_of_it(browser: Browser, reported: Reported) -> None:
    open_video(browser, reported.page)
    assert browser.problems == []
    assert [u for u in browser.requests[1:] if not u.startswith(("data:", "blob:"))] == []
    assert "Wrote page.html" in reported.out
    text = browser.eval("document.body.innerText")
    assert "two <b>reps<i>.mp4" in text
    assert "Heel raises: 2 reps (both legs 2)" in text
    size = browser.eval("[document.querySelector('video').videoWidth, document.images.length]")
    assert size == [640, 0]
    assert browser.eval("document.querySelector('video').duration") == pytest.approx(7.5, abs=0.2)


def test_a_rep_s_button_jumps_the_video_there(browser: Browser, reported: Reported) -> None:
    open_video(browser, reported.page)
    for row, start in enumerate(reported.starts, 1):
        browser.click(*at(browser, f"tr:nth-child({row}) button[data-at]"))
        assert seconds(browser) == pytest.approx(start, abs=0.06)
        marked = browser.eval("document.querySelector('tr.on button').textContent")
        assert marked == str(row)


def test_a_click_on_a_rep_in_a_curve_jumps_to_its_beginning(
    browser: Browser, reported: Reported
) -> None:
    open_video(browser, reported.page)
    browser.click(*at(browser, "svg.area g.span.rep:nth-of-type(2) rect"))
    assert seconds(browser) == pytest.approx(reported.starts[1], abs=0.06)
    assert cursor(browser) == pytest.approx(100 * reported.starts[1] / 7.5, abs=2)


def test_playing_moves_the_cursor_along(browser: Browser, reported: Reported) -> None:
    open_video(browser, reported.page, PHONE)
    before = cursor(browser)
    browser.eval("document.querySelector('video').play()")
    browser.becomes("document.querySelector('video').currentTime > 0.4")
    browser.eval("document.querySelector('video').pause()")
    browser.becomes("parseFloat(document.querySelector('.now').getAttribute('x1')) > 5")
    assert cursor(browser) > before + 4
    assert browser.eval("document.documentElement.scrollWidth") <= PHONE[0]
    visible = "getComputedStyle(document.querySelector('.now')).visibility"
    assert browser.eval(visible) == "visible"


def test_a_large_video_lies_beside_the_report(
    browser: Browser, reported: Reported, tmp_path: Path
) -> None:
    # A video of one's own that is too large is linked, wherever it lies.
    folder = tmp_path / "my videos & more"
    folder.mkdir()
    script = (
        "import sys; from posecoach.cli import clip_report; clip_report.EMBEDDED_BYTES = 1000; "
        "from posecoach.cli.main import main; main(sys.argv[1:])"
    )
    own = ["--output", str(folder / "an #1.mp4")]
    for extra, linked in (
        ([], "page-annotated.mp4"),
        (own, "my%20videos%20%26%20more/an%20%231.mp4"),
    ):
        page = tmp_path / "page.html"
        command = [sys.executable, "-c", script, "replay", str(reported.landmarks)]
        done = subprocess.run(
            [*command, "--report", str(page), *extra],
            env={**os.environ, "PYTHONPATH": str(ROOT), "LANGUAGE": "en"},
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
        assert f'src="{linked}"' in page.read_text("utf-8")
        assert ("annotated.mp4" in done.stdout) == (not extra)
        open_video(browser, page)
        assert browser.problems == []
        browser.click(*at(browser, "button[data-at]"))
        assert seconds(browser) > 1
    assert not list(tmp_path.glob(".*"))


@pytest.mark.skipif(sys.platform == "win32", reason="names are kept in another way")
def test_a_large_video_may_be_called_anything(tmp_path: Path) -> None:
    video = tmp_path / os.fsdecode(b"caf\xe9 #1?.mp4")
    with video.open("wb") as file:
        file.truncate(EMBEDDED_BYTES + 1)
    known = read_catalogue()
    session = Session(known.find("heel_raises"))
    targets = Targets(video=video, report=tmp_path / "page.html")
    with ClipReport(targets, tmp_path / "clip.mp4") as report:
        assert report.write(video.name, session, [], known) == []
    page = (tmp_path / "page.html").read_text("utf-8")
    assert 'src="caf%E9%20%231%3F.mp4"' in page
    assert "<title>Clip caf_ #1?.mp4</title>" in page


def test_ctrl_c_keeps_what_was_seen(
    clips: Path, tmp_path: Path, begin: Callable[..., subprocess.Popen[str]]
) -> None:
    command = ("replay", clips / "hr_side_r_mixed.mp4", "--exercise", "heel_raises")
    process = begin(*command, "--model", "lite", "--report", "page.html")
    while not any(path.stat().st_size > 20_000 for path in tmp_path.glob(".*.part")):
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "stopped at" in err
    assert "Wrote page.html" in out
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    page = (tmp_path / "page.html").read_text("utf-8")
    assert 'src="data:video/mp4;base64,' in page


def test_where_nothing_can_be_written_it_is_said_before_the_work(
    two_reps: Path, posecoach: Run, tmp_path: Path
) -> None:
    command = ("replay", two_reps, "--exercise", "heel_raises", "--report")
    done = posecoach(*command, "no/page.html")
    assert done.status == 1
    assert done.complaint.startswith("Cannot write no/page.html: the folder no does not exist")
    shutil.copy(two_reps, tmp_path / "page-annotated.mp4")
    again = ("replay", "page-annotated.mp4", "--exercise", "heel_raises", "--report", "page.html")
    done = posecoach(*again)
    assert done.status == 1
    assert "it is the clip being read" in done.complaint


def test_clips_are_compared(reported: Reported, posecoach: Run, tmp_path: Path) -> None:
    same = (reported.landmarks, reported.landmarks)
    done = posecoach("compare", *same, "--exercise", "heel_raises", "-o", "both.html")
    assert (done.status, done.err) == (0, "")
    assert "A: two <b>reps<i>.landmarks: 2 reps" in done.out
    assert "No clear difference." in done.out
    page = (tmp_path / "both.html").read_text("utf-8")
    assert "<b>reps" not in page
    assert "two &lt;b&gt;reps&lt;i&gt;.landmarks" in page
