"""``posecoach live``: one exercise in front of a camera."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from posecoach.checkers import Catalogue, Definition
from posecoach.checkers.walk_checker import Feet
from posecoach.cli.coaching import AskedSide, Coach, Wishes
from posecoach.cli.dosing import Asked, dose_options, program_of_one
from posecoach.cli.eyes import foot_option
from posecoach.cli.keeping import history_option, record_to_be
from posecoach.cli.loop import Stage
from posecoach.cli.opening import (
    camera_option,
    on_stage,
    picture_options,
    require_screen,
)
from posecoach.cli.options import (
    exercises_of,
    exercises_option,
    language_option,
    model_option,
    session_options,
)
from posecoach.cli.program import guide
from posecoach.cli.recorded import check_wishes, landmarks_option
from posecoach.cli.speaking import Speech, speech_options
from posecoach.cli.summary import summary
from posecoach.errors import UsageError
from posecoach.pose import DEFAULT_MODEL, FootPlace
from posecoach.session import Workout, blocks_of


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
@camera_option
@exercises_option
@session_options
@dose_options
@model_option
@speech_options
@language_option
@picture_options
@landmarks_option
@foot_option
@history_option
def live(
    exercise: str,
    camera: tuple[str, ...],
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
    model: str,
    record: Path | None,
    events: Path | None,
    mirror: bool | None,
    landmarks: Path | None,
    setup: bool,
    places: tuple[FootPlace, ...],
    mute: bool,
    transcript: Path | None,
    keep: bool,
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
    setup = setup and not places
    wishes = Wishes(
        side, height_cm, hold_s, feet, setup=setup, places=places, pacing=True, beat=beat
    )
    check_wishes(definition, wishes)
    speech = Speech(mute, transcript)
    asked = Asked(sets, reps, seconds, rest_s, dose)
    if asked.anything:
        if places:
            raise UsageError("--foot is for counting until you end it; leave out sets and dose.")
        chosen = program_of_one(definition, asked, wishes)
        workout = Workout(
            blocks_of(chosen, known.definitions), height_cm, setup=wishes.setup, beat=beat
        )
        require_screen()
        history = record_to_be("live", model, height_cm, beat=beat) if keep else None
        with on_stage(
            camera,
            model,
            record,
            mirror,
            events,
            speech=speech,
            beat=beat,
            landmarks=landmarks,
            history=history,
        ) as stage:
            guide(stage, chosen, workout)
        return
    require_screen()
    coach(
        *(exercise, camera, wishes, model, record, mirror, known, events, speech, landmarks),
        keep=keep,
    )


def coach(
    exercise: str,
    source: str | Sequence[str],
    wishes: Wishes,
    model: str = DEFAULT_MODEL,
    record: Path | None = None,
    mirrored: bool | None = None,
    known: Catalogue | None = None,
    events: Path | None = None,
    speech: Speech | None = None,
    landmarks: Path | None = None,
    keep: bool = True,
) -> None:
    """Open all that a live session needs, run it, and print what came of it.

    Args:
        exercise: Id of the first exercise.
        source: See :func:`~posecoach.cli.opening.on_stage`.
        wishes: What was asked for.
        model: See :func:`~posecoach.pose.find_model`.
        record: Where to keep the raw picture.
        mirrored: None mirrors cameras and no clips.
        known: The exercises to choose from; None takes all there are.
        events: Where to keep what happens.
        speech: What is to be heard; None is all of it.
        landmarks: Where to keep what the model sees.
        keep: Whether to keep it in the history.

    Raises:
        PosecoachError: On a source, model, window or recording that does not serve.
    """
    known = known or exercises_of(None)
    exercises = [
        each for each in known.definitions.values() if each.view.close_up_alone or not wishes.places
    ]
    history = record_to_be("live", model, wishes.height_cm, beat=wishes.beat) if keep else None
    with on_stage(
        source,
        model,
        record,
        mirrored,
        events,
        places=wishes.places,
        speech=speech,
        beat=wishes.beat,
        landmarks=landmarks,
        history=history,
    ) as stage:
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
