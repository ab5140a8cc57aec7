"""``posecoach signals``: what the signals do on a clip, to choose levels by."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

import click

from posecoach.checkers import Definition
from posecoach.checkers.levels import levels_of
from posecoach.cli.coaching import Wishes
from posecoach.cli.options import exercises_of, exercises_option, file_option, model_option
from posecoach.cli.sinks import Log
from posecoach.cli.stopping import Stop
from posecoach.cli.watching import watch
from posecoach.errors import UsageError
from posecoach.motion import REGISTRY
from posecoach.motion import names as all_names
from posecoach.pose import SIDES, find_model
from posecoach.record.files import ensure_writable
from posecoach.record.landmarks import is_recording
from posecoach.record.plot import write_plot
from posecoach.record.targets import Targets, refuse_clashes
from posecoach.record.traces import Traces


@click.command(
    epilog="""\b
Examples:
  posecoach signals clip.mp4
  posecoach signals clip.mp4 --exercise heel_raises --plot heel_raises.png
  posecoach signals clip.mp4 --signal knee_bend --signal hip_height --csv signals.csv"""
)
@click.argument("clip", type=click.Path(path_type=Path), metavar="CLIP")
@click.option(
    "--signal",
    "wanted",
    multiple=True,
    metavar="NAME",
    help="Only this signal, of one side (knee_bend.left) or of both (knee_bend); may be given "
    "several times. [default: all]",
)
@click.option(
    "--exercise", metavar="ID", help="Only the signals of this exercise, and its levels over them."
)
@exercises_option
@file_option(
    "--plot",
    metavar="FILE.png",
    help="Draw them over the clip's time.",
)
@file_option(
    "--csv",
    "csv_",
    metavar="FILE",
    help="Write a table with a row a frame.",
)
@model_option
def signals(
    clip: Path,
    wanted: tuple[str, ...],
    exercise: str | None,
    folder: Path | None,
    plot: Path | None,
    csv_: Path | None,
    model: str,
) -> int:
    """Show what the signals do on CLIP, which is how levels are chosen.

    CLIP may also be a recording of landmarks (replay --landmarks).

    Prints each signal's unit, its least, median and greatest value, and in how much of the
    clip it could not be measured. Ctrl-C keeps what was seen so far.
    """
    chosen = _chosen(wanted)
    known = exercises_of(folder, exercise)
    definition = None if exercise is None else known.find(exercise)
    levels = [] if definition is None else list(levels_of(definition))
    # Any exercise serves where none is asked for: only what is measured beside it is read.
    carrier = definition or next(iter(known.definitions.values()))
    if definition is not None:
        chosen = list(dict.fromkeys([*chosen, *_signals_of(definition)]))
    traces = Traces(chosen or all_names())
    if not is_recording(clip):
        find_model(model)
    files = [file for file in (plot, csv_) if file is not None]
    refuse_clashes([clip], files)
    for file in files:
        ensure_writable(file)
    with Stop() as stop:
        seen = watch(
            clip, carrier, Wishes(also=traces.names), model, Targets(), stop, more=[Log(traces)]
        )
    for warning in seen.warnings:
        click.echo(f"posecoach: {warning}", err=True)
    click.echo(
        f"{clip.name}: {seen.result['clip']['seconds']:.1f} s, {len(traces.times)} frames, "
        f"{seen.result['model']} model"
    )
    click.echo("\n".join(_table(traces)))
    if csv_ is not None:
        traces.write(csv_)
        click.echo(f"Wrote {csv_}")
    if plot is not None:
        title = clip.name if definition is None else f"{definition.name}: {clip.name}"
        write_plot(traces, plot, levels, title)
        click.echo(f"Wrote {plot}")
    return stop.exit_status


def _chosen(wanted: Sequence[str]) -> list[str]:
    """Full names of what was asked for.

    Raises:
        UsageError: If there is no such signal.
    """
    known = all_names()
    found: list[str] = []
    for name in wanted:
        both = [f"{name}.{side}" for side in SIDES]
        names = [name] if name in known else both
        if names[0] not in known:
            near = difflib.get_close_matches(name, [*REGISTRY, *known], 1, 0.4)
            hint = f"did you mean '{near[0]}'?" if near else "see docs/exercises.md for all."
            raise UsageError(f"No signal is called '{name}'; {hint}")
        found += names
    return list(dict.fromkeys(found))


def _signals_of(definition: Definition) -> list[str]:
    """Those that the definition names; for circles, those that its kind is counted from."""
    found = [name for level in levels_of(definition) for name in level.full_names]
    if definition.walk is not None:
        found.append("step_phase")
    if definition.circles is not None:
        found += [f"{part}.{side}" for part in ("toe_x", "toe_y") for side in SIDES]
    return list(dict.fromkeys(found))


def _table(traces: Traces) -> list[str]:
    width = max(len("signal"), *map(len, traces.names))
    lines = [f"{'signal':{width}}  unit    {'least':>9}{'median':>9}{'greatest':>9}  not measured"]
    for name in traces.names:
        unit = REGISTRY[name.partition(".")[0]].unit
        decimals = 1 if unit == "deg" else 3
        spread = traces.spread(name)
        values = "".join(
            f"{'-' if value is None else f'{value:.{decimals}f}':>9}"
            for value in (spread.low, spread.middle, spread.high)
        )
        lines.append(f"{name:{width}}  {unit:6} {values}  {spread.missing:11.0%}")
    return lines
