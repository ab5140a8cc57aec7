"""What is said and what is not, at which frame; from events and snapshots made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from posecoach.checkers import Word
from posecoach.checkers.results import Attempt, Rep
from posecoach.feedback.announcer import Announcer
from posecoach.feedback.line import PROMPT_S, Rank
from posecoach.feedback.wording import number, use_language
from posecoach.session import Snapshot
from posecoach.session import events as ev
from posecoach.session import setup_events as sev
from posecoach.session.events import Event

Made = Callable[..., Snapshot]
FPS = 30.0
REP = Rep("both", 0.0, 0.5, 1.0)


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


class Course:
    """Frames one after the other; what happens is put in by its time."""

    def __init__(self, snapshot: Made, **always: object) -> None:
        self.announcer = Announcer()
        self._snapshot = snapshot
        self._always = always
        self._frame = 0
        # The exercise's name comes first and is over before anything happens.
        self.run(3.0)
        self.announcer.said.clear()
        self.start_s = self._frame / FPS

    def run(self, seconds: float, events: Sequence[Event] = (), **changes: object) -> None:
        """Frames for so long; the events happen at the first."""
        for i in range(round(seconds * FPS)):
            time_s = self._frame / FPS
            now = self._snapshot(time_s, **{**self._always, **changes})
            self.announcer.update(now, events if i == 0 else ())
            self._frame += 1

    def count(self, reps: int, seconds: float = 2.5, faults: tuple[str, ...] = ()) -> None:
        """A rep is counted, and then so many seconds go by."""
        events: list[Event] = [ev.RepCounted(0.0, "both", REP)]
        events += [ev.FaultSeen(0.0, "both", fault) for fault in faults]
        self.run(seconds, events, reps=reps, reps_by_side=(0, 0, reps))

    @property
    def said(self) -> list[str]:
        return [line.text for line in self.announcer.said]


def test_the_exercise_is_named_first(snapshot: Made) -> None:
    announcer = Announcer()
    line = announcer.update(snapshot(0.0))
    assert line is not None
    assert (line.text, line.cue) == ("Heel raises", "exercise")


def test_reps_are_counted_with_what_is_left(snapshot: Made) -> None:
    course = Course(snapshot, target_reps=10)
    for reps in range(1, 10):
        course.count(reps)
    assert course.said == [
        *("one", "two", "three", "four", "five. Halfway there", "six"),
        *("seven. Three more", "eight", "nine. Last one"),
    ]
    done: list[Event] = [ev.RepCounted(0.0, "both", REP), ev.TargetReached(0.0, "both")]
    course.run(2.0, done, reps=10, reps_by_side=(0, 0, 10))
    assert course.said[-1] == "ten. Done. Well done!"


def test_few_reps_get_no_remarks_that_all_of_them_would_be(snapshot: Made) -> None:
    course = Course(snapshot, target_reps=2)
    course.count(1)
    assert course.said == ["one"]


def test_legs_in_turn_each_have_their_own_target(snapshot: Made) -> None:
    course = Course(snapshot, target_reps=10)
    for reps, left, right in ((9, 5, 4), (10, 5, 5), (18, 9, 9)):
        rep = ev.RepCounted(0.0, "left" if left > right else "right", REP)
        course.run(2.5, [rep], reps=reps, reps_by_side=(left, right, 0))
    assert course.said == ["nine. Halfway there", "ten. Halfway there", "eighteen. Last one"]


def test_a_correction_replaces_the_number(snapshot: Made) -> None:
    course = Course(snapshot)
    course.count(1, faults=("too_fast",))
    assert course.said == ["Slow down"]
    assert course.announcer.said[0].rank == Rank.CORRECTION


def test_a_correction_breaks_off_a_number_that_is_being_said(snapshot: Made) -> None:
    course = Course(snapshot)
    course.count(1, seconds=0.1)
    course.run(2.0, [ev.FaultSeen(0.0, "both", "knee_bent")], reps=1)
    assert course.said == ["one", "Straighten your knee"]
    first, second = course.announcer.said
    assert second.said_s - first.said_s == pytest.approx(0.1, abs=1 / FPS)


def test_a_correction_is_not_repeated_with_every_rep(snapshot: Made) -> None:
    course = Course(snapshot, target_reps=None)
    for reps in range(1, 6):
        course.count(reps, faults=("too_fast",))
    # 2.5 s a rep: the first, then the fourth, which is 7.5 s later.
    assert course.said == ["Slow down", "two", "three", "Slow down", "five"]


def test_one_correction_at_a_time(snapshot: Made) -> None:
    course = Course(snapshot)
    course.count(1, faults=("too_fast", "knee_bent"))
    course.count(2, seconds=1.0, faults=("knee_bent",))
    course.count(3, seconds=1.0, faults=("too_fast",))
    assert course.said == ["Slow down", "Straighten your knee", "three"]


def test_what_could_not_be_said_in_time_is_dropped(snapshot: Made) -> None:
    course = Course(snapshot)
    course.run(0.1, [ev.FaultSeen(0.0, "both", "knees_instead")])
    talking = course.announcer.said[0].about_s
    # A number while the correction is said: over long before that ends.
    course.count(1, seconds=3.0)
    assert talking > 0.1 + PROMPT_S
    assert course.said == ["Lift your heels, not your knees"]


def test_what_waits_a_moment_is_said_in_time(snapshot: Made) -> None:
    course = Course(snapshot)
    course.run(0.1, [ev.FaultSeen(0.0, "both", "too_fast")])
    about = course.announcer.said[0].about_s
    course.run(about - 0.1 - 0.15)
    course.count(1, seconds=1.0)
    assert course.said == ["Slow down", "one"]
    number_ = course.announcer.said[1]
    assert 0.05 < number_.said_s - course.announcer.said[0].said_s - about + 0.15 <= 0.3


def test_nothing_is_ever_said_late(snapshot: Made) -> None:
    course = Course(snapshot, target_reps=40)
    for reps in range(1, 30):
        course.count(reps, 0.2 + 0.07 * reps, ("too_fast",) if reps % 3 else ("knee_bent",))
    assert len(course.said) > 10
    for line in course.announcer.said:
        assert line.said_s - line.time_s <= line.keeps_s + 1e-6
        assert line.keeps_s == PROMPT_S


def test_a_try_that_does_not_count_says_why(snapshot: Made) -> None:
    course = Course(snapshot)
    attempt = Attempt("both", 0.0, 0.5, 1.0, "too_shallow")
    course.run(2.0, [ev.TryAbandoned(0.0, "both", attempt)])
    assert course.said == ["Lift your heels higher"]


def test_somebody_out_of_view_is_called_back_and_not_nagged(snapshot: Made) -> None:
    course = Course(snapshot)
    course.run(0.4, phase="nobody", cue="nobody")
    assert course.said == []
    course.run(0.4, phase="nobody", cue="nobody")
    assert course.said == ["Step into view"]
    course.run(9.0, phase="nobody", cue="nobody")
    assert course.said == ["Step into view"]
    course.run(2.0, phase="nobody", cue="nobody")
    assert course.said == ["Step into view"] * 2


def hold(course: Course, seconds: float, target: float | None, start: float = 0.0) -> None:
    """A clock that runs from ``start`` for so many seconds."""
    for frame in range(round(start * FPS), round((start + seconds) * FPS)):
        course.run(
            1 / FPS,
            kind="hold",
            phase="holding",
            hold_s=frame / FPS,
            target_hold_s=target,
            target_reps=None,
            exercise="heel_raises",
        )


def test_seconds_are_called_while_a_position_is_held(snapshot: Made) -> None:
    course = Course(snapshot)
    course.run(
        1 / FPS, [ev.HoldStarted(0.0, "left")], kind="hold", phase="holding", target_hold_s=30.0
    )
    hold(course, 29.7, 30.0)
    assert course.said == [
        "Left leg. Hold it",
        *("five", "ten", "Halfway there", "Ten more seconds"),
        *("twenty-five", "three", "two", "one"),
    ]


def test_a_long_hold_is_called_every_ten_seconds(snapshot: Made) -> None:
    course = Course(snapshot)
    hold(course, 61.0, 120.0)
    assert course.said == ["ten", "twenty", "thirty", "40", "50", "Halfway there"]


def test_a_clock_that_stops_says_why_and_one_that_runs_again_says_so(snapshot: Made) -> None:
    course = Course(snapshot)
    course.run(0.1, [ev.HoldStarted(0.0, "both")], kind="hold", steps=3)
    course.run(5.0, kind="hold")
    course.run(5.0, [ev.HoldStopped(0.0, "both", "heels_dropped")], kind="hold", phase="stopped")
    course.run(3.0, [ev.HoldStarted(9.0, "both")], kind="hold", steps=9)
    assert course.said == [
        "The clock is running",
        "Heels up! Clock stopped",
        "The clock is running",
    ]


def test_another_exercise_s_clock_begins_and_does_not_run_again(snapshot: Made) -> None:
    course = Course(snapshot, kind="hold", phase="holding", target_hold_s=30.0)
    course.run(5.0, [ev.HoldStarted(0.0, "both")], hold_s=1.0)
    course.run(5.0, [ev.HoldStarted(5.0, "both")], hold_s=1.0)
    course.run(3.0, exercise="toe_stretch", title="Toe stretch", hold_s=0.0)
    course.run(3.0, [ev.HoldStarted(13.0, "both")], exercise="toe_stretch", hold_s=1.0)
    assert course.said == ["Hold it", "The clock is running", "Toe stretch", "Hold it"]


def test_a_correction_that_waits_goes_before_a_number(snapshot: Made) -> None:
    course = Course(snapshot)
    line = course.announcer.notice("camera_back")
    assert line is not None
    # Somebody has to come closer, which keeps; a rep is counted as the words before it end.
    course.run(line.about_s - 2 / FPS, [sev.SetupAsked(0.0, None, "step_nearer")])
    for reps in range(1, 6):
        course.count(reps, seconds=1 / FPS)
    course.run(2.0)
    assert course.said == ["The camera is back", "Come closer"]


def test_a_rep_that_is_held_is_released_when_it_was_long_enough(snapshot: Made) -> None:
    course = Course(snapshot, exercise="heel_raises")
    for frame in range(round(4 * FPS)):
        course.run(1 / FPS, phase="holding", hold_s=frame / FPS, target_hold_s=3.0)
    course.count(1)
    assert course.said == ["Hold it", "And release", "one"]


def test_rolling_is_called_in_seconds_and_not_in_rolls(snapshot: Made) -> None:
    course = Course(snapshot, kind="hold", target_hold_s=30.0, target_reps=None)
    course.run(2.0, [ev.HoldStarted(0.0, "right")], side="right")
    for frame in range(2 * round(FPS), round(9.5 * FPS)):
        rolled: list[Event] = [ev.RepCounted(0.0, "right", REP)] if frame % 60 == 0 else []
        course.run(1 / FPS, rolled, hold_s=frame / FPS, reps=frame // 60)
    assert course.said == ["Right leg. The clock is running", "five"]


def test_that_the_clock_counts_is_said_once(snapshot: Made) -> None:
    course = Course(snapshot, target_reps=None)
    course.run(4.0, cue="follow_the_clock", paced=True)
    for reps in range(1, 9):
        paced: list[Event] = [ev.RepCounted(0.0, "both", replace(REP, paced=True))]
        course.run(3.0, paced, reps=reps, cue="follow_the_clock", paced=True)
    assert course.said[0] == "Toes not seen. Follow the clock"
    assert course.said[1:] == [number(reps) for reps in range(1, 9)]


def test_an_exercise_of_one_s_own_is_corrected_in_its_own_words(snapshot: Made) -> None:
    own = {"too_fast": Word(say="Easy now"), "elbows_out": Word(say="Elbows in")}
    course = Course(snapshot, words=own)
    use_language("de")
    course.run(7.0, [ev.FaultSeen(0.0, "both", "too_fast")])
    course.run(3.0, cue="elbows_out")
    assert course.said == ["Easy now", "Elbows in"]


def test_a_pause_is_told_and_nothing_else_in_it(snapshot: Made) -> None:
    announcer = Announcer()
    announcer.update(snapshot(0.0))
    # A paused session's time stands still.
    for _ in range(60):
        announcer.update(snapshot(1.0, cue="nobody"), paused=True)
    announcer.update(snapshot(1.1))
    assert [line.cue for line in announcer.said] == ["exercise", "paused", "going_on"]


def test_a_clip_that_begins_anew_begins_anew(snapshot: Made) -> None:
    course = Course(snapshot)
    course.count(1, faults=("too_fast",))
    again = course.announcer.update(snapshot(0.0))
    assert again is not None
    assert again.cue == "exercise"


def test_it_speaks_the_language_in_use(snapshot: Made) -> None:
    course = Course(snapshot)
    use_language("fr")
    course.count(1)
    course.count(2, faults=("too_fast",))
    assert course.said == ["un", "Plus lentement"]
    assert number(16) == "seize"


def test_camera_trouble_is_told_at_once(snapshot: Made) -> None:
    course = Course(snapshot)
    course.count(1, seconds=0.1)
    line = course.announcer.notice("camera_reconnecting")
    assert line is not None
    assert course.said == ["one", "Camera lost: check its cable"]
