"""``posecoach start``, and what ``posecoach`` does without arguments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from posecoach.checkers import Catalogue, find_definition
from posecoach.cli.coaching import Wishes
from posecoach.cli.defaults import defaults_of
from posecoach.cli.heel_raise_test import (
    TestReport,
    guide_test,
    subject_options,
    test_to_be,
)
from posecoach.cli.keeping import keeping, record_to_be
from posecoach.cli.live import coach_on
from posecoach.cli.loop import Stage
from posecoach.cli.opening import Opening, on_stage, require_screen, stage_options
from posecoach.cli.options import exercises_of, exercises_option, height_option
from posecoach.cli.picking import Picking, dosed, items_of
from posecoach.cli.program import guide
from posecoach.errors import PosecoachError
from posecoach.feedback import PickerItem, display_problem
from posecoach.feedback.wording import language_in_use
from posecoach.frames import CameraError
from posecoach.frames.network import without_password
from posecoach.record.history.model import Source
from posecoach.record.recents import Recents
from posecoach.resources import user_state_folder
from posecoach.session import Workout, blocks_of, find_program
from posecoach.session.heel_raise_run import LEGS, HeelRaiseTest
from posecoach.session.norms import Sex, Subject


@click.command(
    epilog="""\b
Examples:
  posecoach start
  posecoach start --camera 1 --height 172 --age 45 --sex f
  posecoach start --events today.jsonl"""
)
@exercises_option
@height_option
@subject_options
@stage_options
def start(
    folder: Path | None,
    height_cm: float | None,
    age: int | None,
    sex: Sex | None,
    opening: Opening,
) -> None:
    """Choose in the window what to do, and do one thing after the other.

    There are programs, the heel-raise test, and exercises, which end with their dose.

    What was done last comes first. The right arm straight up goes on to the next one, the left
    arm to the one before; both arms overhead choose, and at the end lead back to the choice.
    Arrow keys, Enter and clicks do the same, P goes back to the choice, Q or Esc ends it.
    """
    require_screen()
    known = exercises_of(folder)
    wishes = Wishes(height_cm=height_cm, setup=opening.setup, pacing=True)
    recents = Recents(user_state_folder() / "recent.json")
    chosen = None
    try:
        with on_stage(opening) as stage:
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
                if chosen.kind == "test":
                    back = _test(stage, wishes, Subject(age, sex), opening)
                else:
                    back = _do(stage, chosen, known, wishes, opening)
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
    opening: Opening,
) -> bool:
    """Coach an exercise or a program; whether somebody wants to choose again.

    Each is a session of its own in the history.
    """
    definitions = known.definitions
    program = find_program(chosen.id, definitions) if chosen.kind == "program" else None
    head = None
    if opening.keep:
        source: Source = "live" if program is None else "program"
        head = record_to_be(source, opening.model, wishes.height_cm, program=program)
    with keeping(head) as recorder:
        stage = replace(stage, history=recorder)
        if program is None:
            program = dosed(definitions[chosen.id], wishes)
        if program is None:
            return coach_on(stage, [definitions[chosen.id]], chosen.id, wishes)
        workout = Workout(blocks_of(program, definitions), wishes.height_cm, setup=wishes.setup)
        return guide(stage, program, workout)


def _test(stage: Stage, wishes: Wishes, subject: Subject, opening: Opening) -> bool:
    """Guide through the heel-raise test; whether somebody wants to choose again."""
    test = HeelRaiseTest(find_definition("heel_raises"), LEGS, wishes.height_cm, setup=wishes.setup)
    source = without_password(opening.camera[0])
    with keeping(test_to_be(test, opening.model, subject) if opening.keep else None) as recorder:
        stage = replace(stage, history=recorder)
        return guide_test(stage, TestReport(test, subject, source, opening.model))
