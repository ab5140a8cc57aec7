"""``posecoach program``: exercises one after the other, with rests between them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import click
import cv2
import numpy as np

from posecoach.cli.keeping import history_option, record_to_be
from posecoach.cli.loop import Loop, Stage
from posecoach.cli.opening import camera_option, on_stage, picture_options, require_screen
from posecoach.cli.options import (
    exercises_of,
    exercises_option,
    height_option,
    language_option,
    model_option,
)
from posecoach.cli.recorded import asked_program, landmarks_option, press
from posecoach.cli.speaking import Speech, speech_options
from posecoach.cli.summary import program_summary
from posecoach.feedback import Key
from posecoach.feedback.closing import Closing
from posecoach.feedback.count_in import draw_gesture
from posecoach.feedback.course import course_of, shown
from posecoach.feedback.line import Line, Rank
from posecoach.feedback.tally import heading, outcomes
from posecoach.feedback.theme import Sizes
from posecoach.feedback.wording import name_of, phrase
from posecoach.frames import Frame, Image
from posecoach.pose import Pose
from posecoach.record.landmarks import KeyName
from posecoach.session import Program, Snapshot, Workout, WorkoutState, blocks_of, find_program
from posecoach.session.events import Event
from posecoach.session.setup_events import GestureMade
from posecoach.session.workout_events import ProgramFinished

_INVITED_S = 20.0
"""How late it may be said how to choose again: the summary takes up to 15 s."""


@click.command(
    epilog="""\b
Examples:
  posecoach program short_five
  posecoach program daily_relief --camera 1 --height 182
  posecoach program my_own.toml --record today.mp4"""
)
@click.argument("name", metavar="ID|FILE")
@camera_option
@exercises_option
@height_option
@model_option
@speech_options
@language_option
@picture_options
@landmarks_option
@history_option
def program(
    name: str,
    camera: tuple[str, ...],
    folder: Path | None,
    height_cm: float | None,
    model: str,
    record: Path | None,
    events: Path | None,
    mirror: bool | None,
    landmarks: Path | None,
    mute: bool,
    transcript: Path | None,
    setup: bool,
    keep: bool,
) -> None:
    """Run through program ID, or one of your own in FILE (.toml), in front of a camera.

    N goes on to what comes next, the right arrow key to the next exercise, Space pauses. So
    does a straight arm held up (the other one down), and both arms overhead.
    Ends with Q, Esc, the window's close button or Ctrl-C, and then prints what was done.
    See the programs with: posecoach list
    """
    known = exercises_of(folder).definitions
    chosen = find_program(name, known)
    workout = Workout(blocks_of(chosen, known), height_cm, setup=setup)
    require_screen()
    speech = Speech(mute, transcript)
    history = record_to_be("program", model, height_cm, program=chosen) if keep else None
    with on_stage(
        camera,
        model,
        record,
        mirror,
        events,
        speech=speech,
        landmarks=landmarks,
        history=history,
    ) as stage:
        guide(stage, chosen, workout)


def guide(stage: Stage, chosen: Program, workout: Workout) -> bool:
    """Run through a workout, and print what came of it.

    Returns:
        Whether it was ended to choose something else.
    """
    loop = Guide(stage, chosen, workout)
    try:
        loop.run()
    finally:
        click.echo(program_summary(chosen, workout.state))
    return loop.back


class Guide(Loop):
    """Guides through a workout in a window; at its end shows what was done.

    Args:
        stage: Camera, estimator, window.
        program: For its name.
        workout: Of its blocks, not begun.
    """

    def __init__(self, stage: Stage, program: Program, workout: Workout) -> None:
        super().__init__(stage)
        self._same = workout.same
        self._program = program
        self._workout = workout
        self._closing: Closing | None = None
        # What keys caused, for the next picture.
        self._told: list[Event] = []
        self._invited = False
        if stage.landmarks is not None:
            stage.landmarks.begin(asked_program(program, workout))

    @property
    def _watching(self) -> bool:
        return not self._workout.finished and not self._paused

    @property
    def _needs_close_up(self) -> bool:
        return self._workout.needs_close_up

    def _watch(self, frame: Frame) -> Sequence[Event]:
        paused = self._paused
        events = self._watch_closing(frame) if self._workout.finished else super()._watch(frame)
        if self._workout.finished:
            # A key may have ended it: nothing is counted any more, but that is told.
            events, self._told = [*events, *self._told], []
            return events
        # In a pause the workout must know that time goes by.
        return [*self._count(self._pose), *events] if paused else events

    def _watch_closing(self, frame: Frame) -> Sequence[Event]:
        """After the end, where there is a choice: raised arms lead back to it."""
        if not self._has_picker:
            return ()
        gesture = self._gestures.update(self._estimate(frame))
        if gesture != "pause":
            return ()
        self._go_back()
        return [GestureMade(frame.time_s, gesture=gesture)]

    def _speak(self, events: Sequence[Event]) -> None:
        ends = any(isinstance(event, ProgramFinished) for event in events)
        if ends or not self._workout.finished or not self._has_picker or self._last is None:
            super()._speak(events)
        elif self._voice is not None:
            # The workout's own time stands still now; this waits until its summary is said.
            now, cue, line = self._last.time_s, "say_pick_again", None
            if not self._invited:
                line = Line(now, cue, (phrase(cue),), Rank.REMARK, _INVITED_S)
            self._invited = True
            self._voice.tell(now, line)

    def _count(self, pose: Pose) -> Sequence[Event]:
        self._keep_pose(pose)
        events = [*self._told, *self._workout.update(pose)]
        self._told = []
        self._pose = self._workout.pose or pose
        return events

    def _finish(self) -> None:
        self._keep([*self._told, *self._workout.finish()])

    def _remember(self, events: Sequence[Event]) -> None:
        if self._history is not None and self._last is not None:
            self._history.follow(self._workout, events, self._last.time_s)

    def _drawn(self, image: Image, events: Sequence[Event]) -> Image:
        state = self._workout.state
        if state.stage == "finished":
            if self._closing is None:
                found = outcomes(state.blocks, state.results)
                single = self._program.id == state.blocks[0].definition.id
                kind: Literal["exercise", "program"] = "exercise" if single else "program"
                name = name_of(kind, self._program.id, self._program.name)
                self._closing = Closing(heading(name, found), found, self._has_picker)
            if self._mirrored:
                image = np.asarray(cv2.flip(image, 1), np.uint8)
            drawn = self._closing.draw(image)
            gesture = self._gestures.progress
            if self._has_picker and gesture is not None and gesture.gesture == "pause":
                height, width = drawn.shape[:2]
                draw_gesture(drawn, gesture, None, Sizes.of(width, height), "gesture_again")
            return drawn
        snapshot, pose = self._noticed(shown(state), image)
        return self._overlay.draw(
            image,
            pose,
            snapshot,
            events,
            paused=self._paused,
            course=course_of(state),
            gesture=self._gestures.progress,
        )

    @property
    def _heard(self) -> tuple[Snapshot, WorkoutState | None] | None:
        state = self._workout.state
        return shown(state), state

    def _handle(self, key: Key) -> None:
        if key is Key.PAUSE:
            self._press("resume" if self._paused else "pause")
        elif key is Key.NEXT:
            self._press("skip")
        elif key is Key.RIGHT:
            self._press("skip_exercise")
        self._paused = self._workout.state.paused

    def _press(self, key: KeyName) -> None:
        self._told += press(self._workout, key)
        if self._landmarks is not None:
            self._landmarks.press(key)
