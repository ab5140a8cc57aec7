"""The live loop of what ends by itself: a workout, a heel-raise test."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from posecoach.cli.loop import Loop, Stage
from posecoach.cli.recorded import press
from posecoach.feedback import Key
from posecoach.feedback.count_in import draw_gesture
from posecoach.feedback.line import Line, Rank
from posecoach.feedback.theme import Sizes
from posecoach.feedback.wording import phrase
from posecoach.frames import Frame, Image
from posecoach.pose import Pose
from posecoach.record.landmarks import KeyName
from posecoach.session.course import Course
from posecoach.session.events import Event
from posecoach.session.heel_raise_events import HeelRaiseTestFinished
from posecoach.session.setup_events import GestureMade
from posecoach.session.workout_events import ProgramFinished

_ENDS = (ProgramFinished, HeelRaiseTestFinished)
_INVITED_S = 20.0
"""How late it may be said how to choose again: the summary takes up to 15 s."""


class CourseLoop(Loop):
    """Guides through a course in a window; at its end shows what was done.

    Where there is a choice to go back to, raised arms lead there then.

    Args:
        stage: Camera, estimator, window.
        course: Not begun.
    """

    def __init__(self, stage: Stage, course: Course) -> None:
        super().__init__(stage)
        self._same = course.same
        self._course = course
        # What keys caused, for the next frame.
        self._told: list[Event] = []
        self._invited = False

    def _tell_course(self, events: Sequence[Event]) -> None:
        """Say what there is to say of a frame, up to the end and of it."""
        super()._speak(events)

    def _watch(self, frame: Frame) -> Sequence[Event]:
        events = self._watch_end(frame) if self._course.finished else super()._watch(frame)
        if self._course.finished:
            # A key may have ended it: nothing is counted any more, but that is told.
            events, self._told = [*events, *self._told], []
        return events

    def _watch_end(self, frame: Frame) -> Sequence[Event]:
        """After the end, where there is a choice: raised arms lead back to it."""
        self._pose = Pose.nobody(frame.time_s, frame.size)
        if not self._has_picker:
            return ()
        gesture = self._gestures.update(self._estimate(frame))
        if gesture != "pause":
            return ()
        self._go_back()
        return [GestureMade(frame.time_s, gesture=gesture)]

    def _count(self, pose: Pose) -> Sequence[Event]:
        self._keep_pose(pose)
        events = [*self._told, *self._course.update(pose)]
        self._told = []
        self._pose = self._course.pose or pose
        return events

    def _finish(self) -> None:
        self._keep([*self._told, *self._course.finish()])

    def _speak(self, events: Sequence[Event]) -> None:
        over = self._course.finished and not any(isinstance(event, _ENDS) for event in events)
        if not over or not self._has_picker or self._last is None:
            self._tell_course(events)
        elif self._voice is not None:
            # The course's own time stands still now; this waits until its summary is said.
            now, cue, line = self._last.time_s, "say_pick_again", None
            if not self._invited:
                line = Line(now, cue, (phrase(cue),), Rank.REMARK, _INVITED_S)
            self._invited = True
            self._voice.tell(now, line)

    def _draw_end(self, image: Image, draw: Callable[[Image], Image]) -> Image:
        """What was done over a picture, and the gesture that leads back to the choice."""
        if self._mirrored:
            image = np.asarray(cv2.flip(image, 1), np.uint8)
        drawn = draw(image)
        gesture = self._gestures.progress
        if self._has_picker and gesture is not None and gesture.gesture == "pause":
            height, width = drawn.shape[:2]
            draw_gesture(drawn, gesture, None, Sizes.of(width, height), "gesture_again")
        return drawn

    def _handle(self, key: Key) -> None:
        if key is Key.PAUSE:
            self._press("resume" if self._course.paused else "pause")
        elif key is Key.NEXT:
            self._press("skip")
        elif key is Key.RIGHT:
            self._press("skip_exercise")
        self._paused = self._course.paused

    def _press(self, key: KeyName) -> None:
        self._told += press(self._course, key)
        if self._landmarks is not None:
            self._landmarks.press(key)
