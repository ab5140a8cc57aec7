"""``posecoach live``, and what ``posecoach`` does without arguments."""

from __future__ import annotations

from pathlib import Path

import click

from posecoach.checkers import find_definition
from posecoach.checkers.loader import load_all
from posecoach.checkers.walk_checker import Feet
from posecoach.cli.coaching import AskedSide, Coach, Wishes
from posecoach.cli.opening import (
    camera_option,
    on_stage,
    picture_options,
    require_screen,
    say_of,
)
from posecoach.cli.options import language_option, model_option, session_options
from posecoach.cli.speaking import Speech, speech_options
from posecoach.cli.summary import summary
from posecoach.errors import UsageError
from posecoach.feedback import display_problem
from posecoach.feedback.wording import language_in_use
from posecoach.frames import CameraError
from posecoach.pose import DEFAULT_MODEL


@click.command(
    epilog="""\b
Examples:
  posecoach live heel_raises
  posecoach live toe_walking --camera 1 --feet out
  posecoach live leg_up_towel --side left --hold 30 --record set.mp4
  posecoach live heel_raises --camera http://192.168.1.20:8080/video"""
)
@click.argument("exercise")
@camera_option
@session_options
@model_option
@speech_options
@language_option
@picture_options
def live(
    exercise: str,
    camera: str,
    side: AskedSide,
    height_cm: float | None,
    hold_s: float | None,
    feet: Feet | None,
    beat: float | None,
    model: str,
    record: Path | None,
    mirror: bool | None,
    mute: bool,
    transcript: Path | None,
) -> None:
    """Coach EXERCISE in front of a camera, in a window.

    Ends with Q, Esc, the window's close button or Ctrl-C, and then prints what was counted.
    See the exercises with: posecoach list
    """
    definition = find_definition(exercise)
    if feet is not None and definition.kind != "walk":
        raise UsageError(f"--feet is for walking; {exercise} is none. Leave it out.")
    if beat is not None and definition.kind != "reps":
        raise UsageError(f"--beat is for reps; {exercise} has none. Leave it out.")
    require_screen()
    wishes = Wishes(side, height_cm, hold_s, feet, beat)
    coach(exercise, camera, wishes, model, record, mirror, Speech(mute, transcript))


def start() -> None:
    """Coach from camera 0 with a choice of exercises; without camera or screen, the demo."""
    problem = display_problem()
    if problem is not None:
        click.echo(f"No window can be opened: {problem}.")
    else:
        try:
            coach(None, "0", Wishes())
            return
        except CameraError as error:
            click.echo(str(error))
    click.echo("Coaching the demo clip instead. With a camera and a screen, run posecoach again.")
    from posecoach.cli.demo import demo

    demo.main(args=["--language", language_in_use()], standalone_mode=False)


def coach(
    exercise: str | None,
    source: str,
    wishes: Wishes,
    model: str = DEFAULT_MODEL,
    record: Path | None = None,
    mirrored: bool | None = None,
    speech: Speech | None = None,
) -> None:
    """Open all that a live session needs, run it, and print what came of it.

    Args:
        exercise: Id of the first exercise; None lets the picker ask.
        source: See :class:`~posecoach.frames.Camera`.
        wishes: What was asked for.
        model: See :func:`~posecoach.pose.find_model`.
        record: Where to keep the raw picture.
        mirrored: None mirrors cameras and no clips.
        speech: What is to be heard; None is all of it.

    Raises:
        PosecoachError: On a source, model, window or recording that does not serve.
    """
    exercises = list(load_all().values())
    with on_stage(source, model, record, mirrored, speech, wishes.beat) as stage:
        loop = Coach(stage, exercises, exercise, wishes)
        try:
            loop.run()
        finally:
            told = [each for each in loop.sessions if each.reps or each.holds or each.attempts]
            for session in told or loop.sessions[-1:]:
                click.echo(summary(session))
            say_of(stage, record)
