"""From an event to the start of its words, while the model runs as it does live."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from speech import espeak

from posecoach.checkers.results import Rep
from posecoach.feedback.line import PROMPT_S
from posecoach.feedback.voice import Spoken, Voice
from posecoach.feedback.wording import LANGUAGES, use_language
from posecoach.frames import Clip
from posecoach.pose import PoseEstimator, find_model
from posecoach.session import Snapshot
from posecoach.session import events as ev

pytestmark = pytest.mark.bench

FPS = 30.0
SECONDS = 24.0
FAULTS = ("knee_bent", "too_fast", "heels_not_down", "left_lower", "right_lower")


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


def spoken(clip: Path, file: Path) -> tuple[list[Spoken], list[float]]:
    """What became of a rep every 1.5 s, every third with a fault; and each frame's own time.

    The model looks at every frame, in this process, as it does live.
    """
    taken = []
    with Clip(clip) as frames, PoseEstimator(find_model("full")) as estimator:
        images = list(itertools.islice(frames, 60))
        with Voice(file=file) as voice:
            assert voice.process is not None
            voice.process.ready.wait(10)
            begin = time.monotonic()
            reps = 0
            for number in range(round(SECONDS * FPS)):
                time.sleep(max(0.0, begin + number / FPS - time.monotonic()))
                estimator.estimate(replace(images[number % 60], time_s=number / FPS))
                events: list[ev.Event] = []
                if number and number % 45 == 0:
                    reps += 1
                    events.append(ev.RepCounted(number / FPS, "both", Rep("both", 0, 0.5, 1)))
                    if reps % 3 == 0:
                        fault = FAULTS[reps // 3 % len(FAULTS)]
                        events.append(ev.FaultSeen(number / FPS, "both", fault))
                now = Snapshot(number / FPS, "heel_raises", "", "reps", "ready", reps=reps)
                before = time.perf_counter()
                voice.take(now, events)
                taken.append(time.perf_counter() - before)
            time.sleep(1.0)
            return voice.spoken, taken


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_begin_soon_after_what_they_tell(
    clips: Path, tmp_path: Path, language: str, report: Callable[..., None]
) -> None:
    espeak()
    use_language(language)
    found, taken = spoken(clips / "hr_front.mp4", tmp_path / "heard.wav")
    # The exercise's name stays true, and may come while the engine is only being started.
    found = [each for each in found if each.line.keeps_s == PROMPT_S]
    late = [1000 * each.begun_s for each in found if each.begun_s is not None]
    print()
    report(f"{language}: lines", len(found))
    report(f"{language}: heard of them", len(late), "", "all")
    report(f"{language}: event to speech, median", float(np.median(late)), "ms", "under 300")
    report(f"{language}: event to speech, worst", max(late), "ms", "under 300")
    report(f"{language}: the picture waits, worst", 1000 * max(taken), "ms", "under 5")
    assert max(late) <= 301
