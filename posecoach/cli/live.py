"""``posecoach live``: one exercise in front of a camera."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from posecoach.checkers import Definition
from posecoach.checkers.walk_checker import Feet
from posecoach.cli.coaching import AskedSide, Coach, Wishes
from posecoach.cli.dosing import Asked, dose_options, program_of_one
from posecoach.cli.eyes import foot_option
from posecoach.cli.keeping import record_to_be
from posecoach.cli.loop import Stage
from posecoach.cli.opening import Opening, on_stage, require_screen, stage_options
from posecoach.cli.options import exercises_of, exercises_option, session_options
from posecoach.cli.program import guide
from posecoach.cli.recorded import check_wishes, landmarks_option
from posecoach.cli.summary import summary
from posecoach.errors import UsageError
from posecoach.pose import FootPlace
from posecoach.session import Program, Workout, blocks_of


@click.command(
    epilog="""\b
Examples:
  posecoach live heel_raises
  posecoach live heel_raises --sets 2 --reps 10 --rest 30
  posecoach live toe_walking --camera 1 --feet out
  posecoach live leg_up_towel --side left --hold 30 --record set.mp4
  posecoach live heel_raises --camera http://192.168.1.20:8080/video
  posecoach live toe_curls --foot right:40,70,55,88"""
)
@click.argument("exercise")
@exercises_option
@session_options
@dose_options
@stage_options
@landmarks_option
@foot_option
def live(
    exercise: str,
    folder: Path | None,
    side: AskedSide,
    height_cm: float | None,
    hold_s: float | None,
    feet: Feet | None,
    beat: float | None,
    sets: int | None,
    reps: int | None,
    seconds: float | None,
    rest_s: float | None,
    dose: bool,
    landmarks: Path | None,
    places: tuple[FootPlace, ...],
    opening: Opening,
) -> None:
    """Coach EXERCISE in front of a camera, in a window.

    The set begins by itself, once you are placed right, after a count-in. Both arms overhead
    for a moment pause and go on; one straight arm up goes on to what comes next.

    Ends with Q, Esc, the window's close button or Ctrl-C, and then prints what was counted.
    See the exercises with: posecoach list
    """
    known = exercises_of(folder)
    definition = known.find(exercise)
    # Where no body is in view, there is none to be placed.
    setup = opening.setup and not places
    wishes = Wishes(
        side, height_cm, hold_s, feet, setup=setup, places=places, pacing=True, beat=beat
    )
    check_wishes(definition, wishes)
    asked = Asked(sets, reps, seconds, rest_s, dose)
    chosen: Program | None = None
    if asked.anything:
        if places:
            raise UsageError("--foot is for counting until you end it; leave out sets and dose.")
        chosen = program_of_one(definition, asked, wishes)
    require_screen()
    history = record_to_be("live", opening.model, height_cm, beat=beat) if opening.keep else None
    with on_stage(opening, places=places, beat=beat, landmarks=landmarks, history=history) as stage:
        if chosen is not None:
            blocks = blocks_of(chosen, known.definitions)
            workout = Workout(blocks, height_cm, setup=setup, beat=beat)
            guide(stage, chosen, workout)
            return
        exercises = [
            each for each in known.definitions.values() if each.view.close_up_alone or not places
        ]
        coach_on(stage, exercises, exercise, wishes)


def coach_on(
    stage: Stage,
    exercises: Sequence[Definition],
    first: str,
    wishes: Wishes,
) -> bool:
    """Coach exercises until somebody ends it, and print what came of it.

    Returns:
        Whether it was ended to choose something else.
    """
    loop = Coach(stage, exercises, first, wishes)
    try:
        loop.run()
    finally:
        told = [each for each in loop.sessions if each.reps or each.holds or each.attempts]
        for session in told or loop.sessions[-1:]:
            click.echo(summary(session, "" if told else loop.why))
    return loop.back
