"""``posecoach replay``: recorded clips, coached."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from posecoach.checkers import Definition
from posecoach.checkers.walk_checker import Feet
from posecoach.cli.coaching import AskedSide, Wishes
from posecoach.cli.eyes import check_places, foot_option
from posecoach.cli.keeping import Remembering, keeping, record_to_be
from posecoach.cli.options import (
    exercises_of,
    exercises_option,
    language_option,
    model_option,
    session_options,
)
from posecoach.cli.stopping import Stop
from posecoach.cli.summary import details, summary
from posecoach.cli.watching import Seen, watch
from posecoach.errors import PosecoachError, UsageError
from posecoach.feedback import Window
from posecoach.pose import FootPlace, find_model
from posecoach.record.files import STDOUT, write_json
from posecoach.record.targets import Targets, targets_of


@click.command(
    epilog="""\b
Examples:
  posecoach replay clip.mp4 --exercise heel_raises --height 182
  posecoach replay clip.mp4 --exercise heel_raises --output annotated.mp4 --json result.json
  posecoach replay clip.mp4 --exercise leg_up_towel --json - | jq .summary
  posecoach replay *.mp4 --exercise toe_walking --csv tables/ --json results/
  posecoach replay feet.mp4 --exercise foot_massage --side right --foot right:45,70,60,88"""
)
@click.argument(
    "clips", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CLIP..."
)
@click.option("--exercise", required=True, metavar="ID", help="What is done; see posecoach list.")
@exercises_option
@session_options
@language_option
@model_option
@foot_option
@click.option(
    "--paced",
    is_flag=True,
    help="Let the clock count what close-ups of the feet cannot see, as live does; such reps "
    "are marked as paced.",
)
@click.option(
    "--output",
    "video",
    type=click.Path(path_type=Path),
    metavar="FILE.mp4",
    help="Write annotated video.",
)
@click.option(
    "--json",
    "json_",
    metavar="FILE|-",
    help="Write the result, or with - print it instead of the summary.",
)
@click.option(
    "--csv",
    "csv_",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a table with a row a frame: time, state and every signal.",
)
@click.option(
    "--show",
    is_flag=True,
    help="Show it in a window, at the clip's own speed. Space pauses, F fills the screen, Q ends.",
)
@click.option("--keep", is_flag=True, help="Keep what it shows, as of now, for posecoach history.")
def replay(
    clips: tuple[Path, ...],
    exercise: str,
    folder: Path | None,
    side: AskedSide,
    height_cm: float | None,
    hold_s: float | None,
    feet: Feet | None,
    beat: float | None,
    model: str,
    places: tuple[FootPlace, ...],
    paced: bool,
    video: Path | None,
    json_: str | None,
    csv_: Path | None,
    show: bool,
    keep: bool,
) -> int:
    """Coach recorded clips: count, time and judge what CLIP shows.

    Prints what was counted. With several clips, --output, --json and --csv name folders:
    walk.mp4 gives walk-annotated.mp4, walk.json and walk.csv there; --json - then prints a
    list. A clip that cannot be read is reported and the others are still done; the exit
    status is then 1. Ctrl-C keeps what was seen so far.
    """
    definition = exercises_of(folder, exercise).find(exercise)
    if feet is not None and definition.kind != "walk":
        raise UsageError(f"--feet is for walking; {exercise} is none. Leave it out.")
    check_places(definition, places)
    if beat is not None and definition.kind != "reps":
        raise UsageError(f"--beat is for reps; {exercise} has none. Leave it out.")
    find_model(model)
    printed = json_ == STDOUT
    json_place = None if json_ is None or printed else Path(json_)
    targets = targets_of(clips, video, json_place, csv_)
    wishes = Wishes(side, height_cm, hold_s, feet, places=places, pacing=paced, beat=beat)
    run = _Run(clips, targets, definition, wishes, model, keep)
    with ExitStack() as stack:
        window = stack.enter_context(Window("posecoach")) if show else None
        stop = stack.enter_context(Stop())
        results, status = run.all(stop, window, silent=printed)
    if printed:
        write_json(STDOUT, results if len(clips) > 1 else results[0])
    return stop.exit_status or status


@dataclass(frozen=True, slots=True)
class _Run:
    clips: tuple[Path, ...]
    targets: list[Targets]
    definition: Definition
    wishes: Wishes
    model: str
    keep: bool

    def all(
        self, stop: Stop, window: Window | None, *, silent: bool
    ) -> tuple[list[dict[str, Any]], int]:
        """Watch every clip; their results, and the exit status of what went wrong."""
        results: list[dict[str, Any]] = []
        status = 0
        for clip, targets in zip(self.clips, self.targets, strict=True):
            try:
                seen = self._watch(clip, targets, stop, window)
            except PosecoachError as error:
                if len(self.clips) == 1:
                    raise
                click.echo(f"posecoach: {error}", err=True)
                status = error.exit_status
                continue
            results.append(seen.result)
            for warning in seen.warnings:
                click.echo(f"posecoach: {warning}", err=True)
            if not silent:
                if len(self.clips) > 1:
                    click.echo(f"{clip.name}:")
                click.echo("\n".join([summary(seen.session), *details(seen.session)]))
                for file in targets.files:
                    click.echo(f"  Wrote {file}")
            if stop.asked:
                break
        return results, status

    def _watch(self, clip: Path, targets: Targets, stop: Stop, window: Window | None) -> Seen:
        wishes = self.wishes
        head = record_to_be(
            "replay", self.model, wishes.height_cm, beat=wishes.beat, clip=clip.name
        )
        with keeping(head if self.keep else None) as recorder:
            more = [] if recorder is None else [Remembering(recorder)]
            return watch(
                *(clip, self.definition, wishes, self.model, targets, stop),
                window=window,
                more=more,
            )
