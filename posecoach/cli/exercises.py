"""``posecoach list`` and ``posecoach describe``."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

import click

from posecoach.checkers import Definition, load_all
from posecoach.cli.programs import (
    described,
    is_program,
    minutes,
    program_lines,
    program_values,
    unknown,
)
from posecoach.session import blocks_of, find_program

_KINDS = {"reps": "counted", "hold": "held", "walk": "walked, timed", "circles": "circles, counted"}
_WIDTH = 88


@click.command(
    "list",
    epilog="""\b
Examples:
  posecoach list
  posecoach list --json""",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
def list_exercises(as_json: bool) -> None:
    """List the exercises and the programs, with the ids that other commands take."""
    known = load_all()
    if as_json:
        values = [
            {"id": d.id, "name": d.name, "kind": d.kind, "dose": d.dose.text, "summary": d.summary}
            for d in known.values()
        ]
        found = {"exercises": values, "programs": program_values(known)}
        click.echo(json.dumps(found, indent=2))
        return
    ids, names = max(map(len, known)), max(len(d.name) for d in known.values())
    for definition in known.values():
        click.echo(f"{definition.id:{ids}}  {definition.name:{names}}  {definition.dose.text}")
    click.echo("\nPrograms:")
    click.echo("\n".join(program_lines(known)))
    click.echo("\nMore of one: posecoach describe ID")


@click.command(
    epilog="""\b
Examples:
  posecoach describe heel_raises
  posecoach describe short_five"""
)
@click.argument("exercise", metavar="ID")
def describe(exercise: str) -> None:
    """Say what exercise or program ID is.

    Of an exercise: its dose, where the camera goes, and what is looked for. Of a program
    (its id, or a file of your own): what is done in it, and how long that takes.
    """
    if is_program(exercise):
        _describe_program(exercise)
        return
    # Wording is beside the drawing, which loads OpenCV.
    from posecoach.feedback.wording import wording_of

    known = load_all()
    if exercise not in known:
        raise unknown(exercise, known)
    definition = known[exercise]
    lines = [
        f"{definition.name} ({definition.id}; {_KINDS[definition.kind]})",
        "",
        *textwrap.wrap(definition.summary, _WIDTH),
        "",
        *_paragraph("Dose", definition.dose.text),
        *_paragraph("Camera", definition.view.advice),
    ]
    if definition.cues:
        lines += ["", "How to do it:"]
        for cue in definition.cues:
            lines += _item(cue)
    lines += ["", "What is looked for:"]
    for fault in faults_of(definition):
        wording = wording_of(fault)
        lines += _item(f"{wording.say}. {wording.explain}".strip())
    click.echo("\n".join(lines))


def _describe_program(name: str) -> None:
    known = load_all()
    program = find_program(name, known)
    lines = [
        f"{program.name} ({program.id}; {minutes(blocks_of(program, known))})",
        "",
        *textwrap.wrap(program.summary, _WIDTH),
        "",
    ]
    for line, time in described(program, known):
        lines += _item(f"{line} ({time})")
    lines += ["", f"Start it with: posecoach program {name}"]
    click.echo("\n".join(lines))


def faults_of(definition: Definition) -> list[str]:
    """Ids of all that can be said to be wrong with how this exercise is done."""
    return list(dict.fromkeys(_faults(definition)))


def _faults(definition: Definition) -> Iterator[str]:
    if definition.reps is not None:
        yield "too_shallow"
        yield from (track.verdict for track in definition.reps.tracks if track.verdict)
        yield from (fault.id for fault in definition.reps.faults)
        yield "heels_not_down"
    if definition.hold is not None:
        for form in (definition.hold, *definition.hold.forms):
            yield from (condition.why for condition in form.position)
            yield from (drift.why for drift in form.drifts)
        yield from (fault.id for fault in definition.hold.faults)
    if definition.circles is not None:
        yield "only_up_and_down"
        yield from (fault.id for fault in definition.circles.faults)
    if definition.walk is not None:
        yield from ("heels_dropped", "standing_still")
        yield from (condition.why for condition in definition.walk.only)
        yield from (f"feet_not_{phase.feet}" for phase in definition.dose.phases)


def _paragraph(title: str, text: str) -> list[str]:
    return textwrap.wrap(f"{title}: {text}", _WIDTH, subsequent_indent="  ")


def _item(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
