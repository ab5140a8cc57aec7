"""The heel-raise test shown and said: real runs of it, in front of figures and empty rooms."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from figures import bump, film, standing

from posecoach.checkers import find_definition
from posecoach.feedback import Overlay
from posecoach.feedback.announcer import Announcer
from posecoach.feedback.count_in import draw_gesture
from posecoach.feedback.geometry import Rect
from posecoach.feedback.heel_raise_card import ResultCard
from posecoach.feedback.heel_raise_lines import lines_of_test
from posecoach.feedback.heel_raise_screen import course_of_test, draw_strip, draw_test, strip_height
from posecoach.feedback.heel_raise_words import words_of
from posecoach.feedback.height_curve import draw_heights
from posecoach.feedback.theme import PANEL, RIGHT, WRONG, Sizes
from posecoach.feedback.wording import LANGUAGES, use_language
from posecoach.pose import Pose
from posecoach.session.gestures import GestureProgress
from posecoach.session.heel_raise_leg import LegResult, Raise
from posecoach.session.heel_raise_run import HeelRaiseTest
from posecoach.session.norms import Subject

HEEL_RAISES = find_definition("heel_raises")
WOMAN = Subject(45, "f")


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


def result(side: str, reps: int, top_cm: float, end: str = "height") -> LegResult:
    """A leg whose raises lose a quarter of their height, and then two that do not count."""
    raises = [Raise(2.0 * i, top_cm * (1 - 0.25 * i / max(1, reps - 1))) for i in range(reps)]
    raises += [Raise(2.0 * (reps + i), 0.4 * top_cm, 0.0, "height_lost") for i in range(2)]
    return LegResult("left" if side == "left" else "right", 0, 60, end, tuple(raises))  # type: ignore[arg-type]


BOTH = [result("left", 27, 9.0), result("right", 20, 8.0, "pace")]


def run(seconds: float, heights: list[float], *sides: str, **wishes: object) -> list[str]:
    """What is said in a test in front of somebody on the left leg."""

    def motion(t: float) -> np.ndarray:
        lift = sum(h * bump(t, 2.0 + 2 * i, 0.8, 0.2, 0.8) for i, h in enumerate(heights))
        return standing(lift=(lift, 0.0), foot_up=(0.0, 0.2))

    asked = ["left" if side == "left" else "right" for side in sides]
    test = HeelRaiseTest(HEEL_RAISES, asked, 170.0, **wishes)  # type: ignore[arg-type]
    announcer = Announcer()
    for pose in film(motion, seconds):
        events = test.update(pose)
        state = test.state
        lines = lines_of_test(state, events, WOMAN)
        announcer.update(state.snapshot, events, paused=state.paused, course=lines)
    return [line.text for line in announcer.said]


def test_reps_are_called_and_what_is_lost_is_told() -> None:
    said = run(24.0, [0.1] * 4 + [0.035] + [0.1] + [0.035] * 2, "left")
    assert said[0] == "Left leg. Go"
    assert said[1:5] == ["one", "two", "three", "four"]
    assert said[5] in ("As high as at the start", "Lift your heels higher")
    assert said[6] == "five"
    assert said[-1] == (
        "Height lost twice in a row. 5 reps. Done. "
        "Healthy women of 40 to 49: 24 reps at the median; left leg 21 % of it. "
        "This is no diagnosis"
    )


def test_it_explains_counts_down_the_rest_and_asks_for_the_other_leg() -> None:
    said = run(47.0, [0.1] * 3, "left", "right", rest_s=25.0)
    assert said[4].startswith("No more raises came. 3 reps. Rest for 25 seconds. Now your right")
    assert said[5:9] == ["Ten more seconds", "three", "two", "one"]
    assert said[9] == "Right leg. Go"
    explained = run(15.5, [], "left", setup=True)
    assert explained[0].startswith("Heel-raise test. Now your left leg. Rise as high as you can")
    assert explained[1:4] == ["three", "two", "one"]


def test_a_result_in_words() -> None:
    words = words_of(BOTH, WOMAN)
    assert words.legs == (
        "Left leg: 27 reps, highest 9.0 cm, 23 % lower at the end. Height lost twice in a row",
        "Right leg: 20 reps, highest 8.0 cm, 23 % lower at the end. Pace lost twice in a row",
    )
    assert words.both.startswith("The weaker leg against the other: 74 % of the reps, 66 %")
    assert words.norm.endswith("24 reps at the median; left leg 112 %, right leg 83 % of it")
    assert words.notes[-1] == words.lines[-1] == "This is no diagnosis"
    none = words_of([BOTH[0], LegResult("right", 0.0, 1.0, "ended", ())], WOMAN)
    assert none.norm.endswith("24 reps at the median; left leg 112 % of it")


@pytest.mark.parametrize(
    ("subject", "says"),
    [
        (Subject(None, "f"), "For a norm, give your age and sex: --age 45 --sex f"),
        (Subject(45, None), "For a norm, give your age and sex: --age 45 --sex f"),
        (Subject(85, "m"), "There are norms from 20 to 79 years only"),
        (Subject(45, "m", 40.0), "Norms are for 60 beats a minute only"),
    ],
)
def test_without_a_norm_it_says_how_to_get_one(subject: Subject, says: str) -> None:
    words = words_of(BOTH, subject)
    assert words.norm == says
    assert "Losier" not in " ".join(words.lines)
    assert words.lines[-1] == "This is no diagnosis"


def near(image: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    return np.abs(image.astype(int) - colour).max(axis=2) < 24


def test_the_curve_has_a_dot_for_each_raise_and_a_cross_where_one_is_lost() -> None:
    image = np.full((300, 700, 3), PANEL, np.uint8)
    raises = [Raise(2.0 * i, 5.0) for i in range(6)] + [Raise(12.0, 5.0, 1.0, "off_beat")]
    draw_heights(image, Rect(0, 0, 700, 300), raises, None, 16)
    columns = near(image, RIGHT).any(axis=0)
    assert int((columns[1:] & ~columns[:-1]).sum()) == 6
    crosses = np.flatnonzero(near(image, WRONG).any(axis=0))
    assert crosses.min() > np.flatnonzero(columns).max()
    before = near(image, WRONG).sum()
    draw_heights(image, Rect(0, 0, 700, 300), raises, 2.5, 16)
    assert near(image, WRONG).sum() > before


def test_the_lamps_follow_the_beat_of_the_frames_time() -> None:
    test = HeelRaiseTest(HEEL_RAISES, ["left"], 170.0)
    sizes = Sizes.of(640, 480)
    lit = []
    for i in range(40):
        test.update(Pose.nobody(i / 10, (640, 480)))
        strip = np.empty((strip_height(sizes), 640, 3), np.uint8)
        draw_strip(strip, test.state, sizes)
        first, second = (
            near(strip[:, half], RIGHT).sum() for half in (slice(0, 62), slice(62, 130))
        )
        lit.append("up" if first > second else "down" if second > first else "")
    assert lit == (["up"] * 4 + [""] * 6 + ["down"] * 4 + [""] * 6) * 2


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (2560, 1080), (480, 854)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_drawn_in_every_size(language: str, size: tuple[int, int]) -> None:
    use_language(language)
    width, height = size
    image = np.full((height, width, 3), 120, np.uint8)
    test = HeelRaiseTest(HEEL_RAISES, ["left", "right"], 170.0, setup=True)
    overlay, stages = Overlay(), []
    for i in range(12):
        pose = Pose.nobody(i * 2.0, size)
        events = test.update(pose)
        state = test.state
        stages.append(state.stage)
        drawn = draw_test(overlay, image, pose, state, state.snapshot, events)
        assert drawn.shape[1] == width
        assert drawn.shape[0] > height + strip_height(Sizes.of(*size))
    assert set(stages) == {"briefing", "setup"}
    card = ResultCard(BOTH, WOMAN).draw(image)
    assert card.shape == image.shape
    # Both curves are there, as wide as they are readable.
    assert near(card, RIGHT).any(axis=0).sum() > 0.3 * min(size)
    assert near(card, WRONG).any(axis=1).sum() > 6


def test_arms_held_up_are_told_to_end_a_leg_at_work_and_to_pause_before_it() -> None:
    size, gesture = (640, 480), GestureProgress("pause", 0.5)
    image = np.full((480, 640, 3), 120, np.uint8)

    def width(does: str) -> int:
        return draw_gesture(image.copy(), gesture, None, Sizes.of(*size), does).w

    assert width("gesture_end_leg") != width("gesture_pause")
    for setup, does in ((False, "gesture_end_leg"), (True, "gesture_pause")):
        test = HeelRaiseTest(HEEL_RAISES, ["left"], 170.0, setup=setup)
        pose = Pose.nobody(0.0, size)
        test.update(pose)
        overlay = Overlay()
        draw_test(overlay, image, pose, test.state, test.state.snapshot, gesture=gesture)
        assert overlay.panels[-1].w == width(does)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keys_say_what_space_does(language: str) -> None:
    use_language(language)
    size = (640, 480)
    image = np.full((480, 640, 3), 120, np.uint8)
    bars = []
    for setup in (False, True):
        test = HeelRaiseTest(HEEL_RAISES, ["left"], 170.0, setup=setup)
        pose = Pose.nobody(0.0, size)
        test.update(pose)
        bars.append(draw_test(Overlay(), image, pose, test.state, test.state.snapshot))
    at_work, before = bars
    # The window does not jump when the leg begins.
    assert at_work.shape == before.shape
    assert (at_work[-16:] != before[-16:]).any()


def test_the_bar_says_which_leg_it_is_and_which_comes_then() -> None:
    test = HeelRaiseTest(HEEL_RAISES, ["left", "right"], 170.0)
    test.update(Pose.nobody(0.0, (640, 480)))
    assert course_of_test(test.state).now == "Left leg · Heel-raise test"
    assert course_of_test(test.state).then == "Then: right leg"
    test.skip()
    course = course_of_test(test.state)
    assert course.rest is not None
    assert (course.rest.left_s, course.shares) == (120, (1.0, 0.0))
    assert course.then == "The last one"
