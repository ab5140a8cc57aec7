"""``posecoach program``: exercises one after the other, with rests between them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import click

from posecoach.cli.course_loop import CourseLoop
from posecoach.cli.keeping import record_to_be
from posecoach.cli.loop import Stage
from posecoach.cli.opening import Opening, on_stage, require_screen, stage_options
from posecoach.cli.options import exercises_of, exercises_option, height_option
from posecoach.cli.recorded import asked_program, landmarks_option
from posecoach.cli.summary import program_summary
from posecoach.feedback.closing import Closing
from posecoach.feedback.course import course_of, shown
from posecoach.feedback.tally import heading, outcomes
from posecoach.feedback.wording import name_of
from posecoach.frames import Frame, Image
from posecoach.session import Program, Snapshot, Workout, WorkoutState, blocks_of, find_program
from posecoach.session.events import Event


@click.command(
    epilog="""\b
Examples:
  posecoach program short_five
  posecoach program daily_relief --camera 1 --height 182
  posecoach program my_own.toml --record today.mp4"""
)
@click.argument("name", metavar="ID|FILE")
@exercises_option
@height_option
@stage_options
@landmarks_option
def program(
    name: str,
    folder: Path | None,
    height_cm: float | None,
    landmarks: Path | None,
    opening: Opening,
) -> None:
    """Run through program ID, or one of your own in FILE (.toml), in front of a camera.

    N goes on to what comes next, the right arrow key to the next exercise, Space pauses. So
    does a straight arm held up (the other one down), and both arms overhead.
    Ends with Q, Esc, the window's close button or Ctrl-C, and then prints what was done.
    See the programs with: posecoach list
    """
    known = exercises_of(folder).definitions
    chosen = find_program(name, known)
    workout = Workout(blocks_of(chosen, known), height_cm, setup=opening.setup)
    require_screen()
    history = None
    if opening.keep:
        history = record_to_be("program", opening.model, height_cm, program=chosen)
    with on_stage(opening, landmarks=landmarks, history=history) as stage:
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


class Guide(CourseLoop):
    """Guides through a workout in a window; at its end shows what was done.

    Args:
        stage: Camera, estimator, window.
        program: For its name.
        workout: Of its blocks, not begun.
    """

    def __init__(self, stage: Stage, program: Program, workout: Workout) -> None:
        super().__init__(stage, workout)
        self._program = program
        self._workout = workout
        self._closing: Closing | None = None
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
        events = super()._watch(frame)
        if paused and not self._workout.finished:
            # In a pause the workout must know that time goes by.
            return [*self._count(self._pose), *events]
        return events

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
            return self._draw_end(image, self._closing.draw)
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
