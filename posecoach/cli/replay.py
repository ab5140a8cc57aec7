"""``posecoach replay``: recorded clips, coached."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import click
from click.core import ParameterSource

from posecoach.checkers.walk_checker import Feet
from posecoach.cli.clip_report import report_option
from posecoach.cli.coaching import AskedSide, Wishes
from posecoach.cli.eyes import foot_option
from posecoach.cli.options import (
    exercises_of,
    exercises_option,
    file_option,
    language_option,
    model_option,
    session_options,
)
from posecoach.cli.recorded import (
    Asking,
    check_wishes,
    landmarks_option,
)
from posecoach.cli.replay_run import Replay
from posecoach.cli.stopping import Stop
from posecoach.errors import UsageError
from posecoach.feedback import Window
from posecoach.pose import FootPlace, find_model
from posecoach.record.files import STDOUT, write_json
from posecoach.record.landmarks import is_recording
from posecoach.record.targets import targets_of


@click.command(
    epilog="""\b
Examples:
  posecoach replay clip.mp4 --exercise heel_raises --height 182
  posecoach replay clip.mp4 --exercise heel_raises --output annotated.mp4 --json result.json
  posecoach replay clip.mp4 --exercise leg_up_towel --json - | jq .summary
  posecoach replay clip.mp4 --exercise heel_raises --report report.html
  posecoach replay *.mp4 --exercise toe_walking --csv tables/ --json results/
  posecoach replay feet.mp4 --exercise foot_massage --side right --foot right:45,70,60,88
  posecoach replay today.landmarks"""
)
@click.argument(
    "clips", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CLIP..."
)
@click.option(
    "--exercise",
    metavar="ID",
    help="What is done; see posecoach list. A recording of landmarks knows it.",
)
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
@file_option(
    "--output",
    "video",
    metavar="FILE.mp4",
    help="Write annotated video.",
)
@click.option(
    "--json",
    "json_",
    metavar="FILE|-",
    help="Write the result, or with - print it instead of the summary.",
)
@file_option(
    "--csv",
    "csv_",
    metavar="FILE",
    help="Write a table with a row a frame: time, state and every signal.",
)
@landmarks_option
@report_option
@click.option(
    "--part",
    type=click.IntRange(min=1),
    metavar="N",
    help="Only the Nth part of a recording of landmarks: a live session has one for each "
    "exercise begun.",
)
@click.option(
    "--show",
    is_flag=True,
    help="Show it in a window, at the clip's own speed. Space pauses, F fills the screen, Q ends.",
)
@click.option("--keep", is_flag=True, help="Keep what it shows, as of now, for posecoach history.")
def replay(
    clips: tuple[Path, ...],
    exercise: str | None,
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
    landmarks: Path | None,
    report: Path | None,
    part: int | None,
    show: bool,
    keep: bool,
) -> int:
    """Coach recorded clips: count, time and judge what CLIP shows.

    Prints what was counted. With several clips, --output, --json, --csv and --report name
    folders: walk.mp4 gives walk-annotated.mp4, walk.json, walk.csv and walk-report.html there;
    --json - then prints a list. A clip that cannot be read is reported and the others are still
    done; the exit status is then 1. Ctrl-C keeps what was seen so far.

    CLIP may be a recording of landmarks (--landmarks): it is counted as its clip was, or as
    live counted it, and drawn on a dark ground.
    """
    known = exercises_of(folder, exercise)
    definition = None if exercise is None else known.find(exercise)
    wishes = Wishes(side, height_cm, hold_s, feet, places=places, pacing=paced, beat=beat)
    if definition is not None:
        check_wishes(definition, wishes)
    said = _said()
    recordings = [clip for clip in clips if is_recording(clip)]
    _check_call(clips, recordings, exercise, said, part)
    if len(recordings) < len(clips):
        find_model(model)
    printed = json_ == STDOUT
    json_place = None if json_ is None or printed else Path(json_)
    targets = targets_of(clips, video, json_place, csv_, landmarks, report)
    asking = Asking(
        definition,
        wishes,
        frozenset(_WISHES[name] for name in said if name in _WISHES),
        None if part is None else part - 1,
    )
    run = Replay(clips, targets, asking, known, model, keep)
    with ExitStack() as stack:
        window = stack.enter_context(Window("posecoach")) if show else None
        stop = stack.enter_context(Stop())
        results, status = run.all(stop, window, silent=printed)
    if printed:
        write_json(STDOUT, results if len(clips) > 1 else results[0])
    return stop.exit_status or status


# Names of the call's parameters, and of what they are among the wishes.
_WISHES = {
    "side": "side",
    "height_cm": "height_cm",
    "hold_s": "hold_s",
    "feet": "feet",
    "paced": "pacing",
    "beat": "beat",
}


def _said() -> set[str]:
    """Names of the parameters that the call itself gives."""
    context = click.get_current_context()
    return {
        name
        for name in context.params
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }


def _check_call(
    clips: Sequence[Path],
    recordings: Sequence[Path],
    exercise: str | None,
    said: set[str],
    part: int | None,
) -> None:
    """Make sure that clips and recordings can be counted as the call says.

    Raises:
        UsageError: If not.
    """
    if exercise is None and len(recordings) < len(clips):
        raise UsageError(
            "Say what is done in the clip: add --exercise ID, such as --exercise heel_raises. "
            "See the exercises with: posecoach list"
        )
    for name, option in (("model", "--model"), ("places", "--foot")):
        if recordings and name in said:
            raise UsageError(
                f"{recordings[0]} is a recording of landmarks, in which the body was found "
                f"already; leave out {option}."
            )
    if part is not None and len(recordings) < len(clips):
        raise UsageError("--part is for recordings of landmarks; leave it out.")
