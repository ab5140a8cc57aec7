"""``posecoach start``, and what ``posecoach`` does without arguments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from posecoach.checkers import Catalogue
from posecoach.cli.coaching import Wishes
from posecoach.cli.defaults import defaults_of
from posecoach.cli.keeping import history_option, keeping, record_to_be
from posecoach.cli.live import coach_on
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
    height_option,
    language_option,
    model_option,
)
from posecoach.cli.picking import Picking, dosed, items_of
from posecoach.cli.program import guide
from posecoach.cli.speaking import Speech, speech_options
from posecoach.errors import PosecoachError
from posecoach.feedback import PickerItem, display_problem
from posecoach.feedback.wording import language_in_use
from posecoach.frames import CameraError
from posecoach.record.history.model import Source
from posecoach.record.recents import Recents
from posecoach.resources import user_state_folder
from posecoach.session import Workout, blocks_of, find_program


@click.command(
    epilog="""\b
Examples:
  posecoach start
  posecoach start --camera 1 --height 172
  posecoach start --events today.jsonl"""
)
@camera_option
@exercises_option
@height_option
@model_option
@speech_options
@language_option
@picture_options
@history_option
def start(
    camera: tuple[str, ...],
    folder: Path | None,
    height_cm: float | None,
    model: str,
    record: Path | None,
    events: Path | None,
    mirror: bool | None,
    mute: bool,
    transcript: Path | None,
    setup: bool,
    keep: bool,
) -> None:
    """Choose exercises and programs in the window, and do one after the other.

    What was done last comes first. The right arm straight up goes on to the next one, the left
    arm to the one before; both arms overhead choose, and at the end lead back to the choice.
    Arrow keys, Enter and clicks do the same, P goes back to the choice, Q or Esc ends it.
    """
    require_screen()
    known = exercises_of(folder)
    wishes = Wishes(height_cm=height_cm, setup=setup, pacing=True)
    speech = Speech(mute, transcript)
    recents = Recents(user_state_folder() / "recent.json")
    chosen = None
    try:
        with on_stage(camera, model, record, mirror, events, speech=speech) as stage:
            stage = replace(stage, picker=True)
            items = items_of(known.definitions)
            back = True
            while back:
                keys = [(item.kind, item.id) for item in items]
                picking = Picking(stage, recents.first(items, keys))
                picking.run()
                if picking.chosen is None:
                    break
                chosen = picking.chosen
                recents.add((chosen.kind, chosen.id))
                back = _do(stage, chosen, known, wishes, model if keep else None)
    except CameraError as error:
        # Without a choice there was nothing to lose, and the demo may stand in for it.
        if chosen is None:
            raise
        raise PosecoachError(str(error)) from error
    finally:
        if recents.problem:
            click.echo(f"posecoach: {recents.problem}", err=True)


def start_or_demo(ctx: click.Context) -> None:
    """Let somebody choose; without camera or screen, coach the demo.

    Args:
        ctx: Of ``posecoach`` itself, with its language chosen.
    """
    problem = display_problem()
    if problem is not None:
        click.echo(f"No window can be opened: {problem}.")
    else:
        ctx.default_map = {"start": defaults_of(start, ctx)}
        try:
            with start.make_context("start", [], parent=ctx) as inner:
                start.invoke(inner)
            return
        except CameraError as error:
            click.echo(str(error))
    click.echo("Coaching the demo clip instead. With a camera and a screen, run posecoach again.")
    from posecoach.cli.demo import demo

    demo.main(args=["--language", language_in_use()], standalone_mode=False)


def _do(
    stage: Stage,
    chosen: PickerItem,
    known: Catalogue,
    wishes: Wishes,
    model: str | None,
) -> bool:
    """Coach what was chosen; whether somebody wants to choose again.

    Each is a session of its own in the history; without ``model`` it is kept in none.
    """
    definitions = known.definitions
    program = find_program(chosen.id, definitions) if chosen.kind == "program" else None
    head = None
    if model is not None:
        source: Source = "live" if program is None else "program"
        head = record_to_be(source, model, wishes.height_cm, program=program)
    with keeping(head) as recorder:
        stage = replace(stage, history=recorder)
        if program is None:
            program = dosed(definitions[chosen.id], wishes)
        if program is None:
            return coach_on(stage, [definitions[chosen.id]], chosen.id, wishes)
        workout = Workout(blocks_of(program, definitions), wishes.height_cm, setup=wishes.setup)
        return guide(stage, program, workout)
