"""What is said of a workout's course: a real workout, in front of an empty room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from posecoach.checkers import load_all
from posecoach.feedback.announcer import Announcer
from posecoach.feedback.course import shown
from posecoach.feedback.wording import use_language
from posecoach.pose import Pose
from posecoach.session import Step, Workout, plan
from posecoach.session.events import Event
from posecoach.session.program import Pauses

FPS = 10.0
KNOWN = load_all()


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use_language("en")


class Heard:
    """A workout in which only keys and time do anything, and what is said of it."""

    def __init__(self, steps: Sequence[Step], pauses: Pauses | None = None) -> None:
        self.workout = Workout(plan(steps, KNOWN, pauses))
        self.announcer = Announcer()
        self._frame = 0
        self._told: list[Event] = []

    def run(self, seconds: float) -> list[str]:
        """So many seconds; what was said in them."""
        before = len(self.announcer.said)
        for _ in range(round(seconds * FPS)):
            pose = Pose.nobody(self._frame / FPS, (640, 480))
            events = [*self._told, *self.workout.update(pose)]
            self._told = []
            state = self.workout.state
            # Nobody is in view, which is not what this is about.
            told = [event for event in events if event.name != "person_lost"]
            self.announcer.update(shown(state), told, paused=state.paused, state=state)
            self._frame += 1
        return [line.text for line in self.announcer.said[before:] if line.cue != "nobody"]

    def skip(self) -> None:
        self._told += self.workout.skip()


def test_a_workout_is_told_from_start_to_end() -> None:
    steps = [
        Step(exercise="heel_raises", side="each", reps=10, sets=1),
        Step(exercise="toe_walking", seconds=20, feet="out", sets=1),
    ]
    heard = Heard(steps, Pauses(side_s=8, exercise_s=25))
    assert heard.run(4) == ["Heel raises. Left leg. 10 reps"]
    heard.skip()
    assert heard.run(6.5) == ["Change sides. Now your right leg", "three", "two"]
    assert heard.run(3.5) == ["one", "Go"]
    heard.skip()
    said = heard.run(26)
    assert said[0] == "Rest for 25 seconds. Next: Toe walking. toes out. 20 seconds"
    assert said[1:] == ["Ten more seconds", "three", "two", "one", "Go"]
    heard.skip()
    assert heard.run(2) == ["0 of 2 exercises done"]
    assert heard.workout.finished


def test_a_rest_between_sets_says_how_long_it_is() -> None:
    heard = Heard([Step(exercise="toe_stand", reps=10, hold_s=3, sets=2, rest_s=30)])
    assert heard.run(6) == ["Stand on your toes. 10 reps, hold each one for 3 seconds"]
    heard.skip()
    assert heard.run(1) == ["Rest for 30 seconds"]


def test_stretches_without_a_rest_between_say_what_changes() -> None:
    step = Step.model_validate(
        {
            "exercise": "toe_walking",
            "sets": 1,
            "parts": [{"seconds": 20, "feet": "straight"}, {"seconds": 20, "feet": "out"}],
        }
    )
    heard = Heard([step])
    assert heard.run(4) == ["Toe walking. feet straight. 20 seconds"]
    heard.skip()
    assert heard.run(2) == ["toes out. 20 seconds"]


def test_a_pause_stops_the_countdown_and_is_told() -> None:
    heard = Heard([Step(exercise="heel_raises", side="each", reps=3, sets=1)], Pauses(side_s=10))
    heard.run(3)
    heard.skip()
    heard.run(4)
    heard.workout.pause()
    assert heard.run(20) == ["Paused"]
    heard.workout.resume()
    assert heard.run(7) == ["Going on", "three", "two", "one", "Go"]


def test_circles_say_which_way_and_the_language_is_whole() -> None:
    use_language("de")
    step = Step.model_validate(
        {
            "exercise": "ankle_circles",
            "side": "left",
            "sets": 1,
            "parts": [{"reps": 5, "way": "cw"}, {"reps": 1, "way": "ccw"}],
        }
    )
    heard = Heard([step])
    assert heard.run(6) == ["Fußkreisen. im Uhrzeigersinn. Linkes Bein. 5 Kreise"]
    heard.skip()
    assert heard.run(2) == ["gegen den Uhrzeigersinn. ein Kreis"]


def test_what_comes_of_a_skip_in_a_pause_is_said_and_not_only_that_it_goes_on() -> None:
    heard = Heard([Step(exercise="toe_stand", reps=10, sets=3, rest_s=30)])
    heard.run(6)
    heard.workout.pause()
    assert heard.run(1) == ["Paused"]
    heard.skip()
    assert heard.run(1) == ["Rest for 30 seconds"]


def test_a_workout_that_is_ended_in_a_pause_has_its_summary() -> None:
    heard = Heard([Step(exercise="toe_stand", reps=10, sets=1)])
    heard.run(6)
    heard.workout.pause()
    heard.run(1)
    heard.skip()
    assert heard.run(1) == ["Not finished"]
    heard = Heard([Step(exercise="toe_stand", reps=10, sets=1)])
    heard.run(6)
    heard.workout.pause()
    heard.run(1)
    heard.workout.resume()
    assert heard.run(1) == ["Going on"]
