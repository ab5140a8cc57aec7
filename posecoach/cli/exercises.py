"""``posecoach list`` and ``posecoach describe``."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from pathlib import Path

import click

from posecoach.checkers import Definition
from posecoach.checkers.cues import faults_of
from posecoach.cli.options import exercises_of, exercises_option
from posecoach.cli.programs import (
    described,
    is_program,
    minutes,
    program_lines,
    program_values,
    unknown,
)
from posecoach.resources import user_exercises_folder
from posecoach.session import blocks_of, find_program

_KINDS = {"reps": "counted", "hold": "held", "walk": "walked, timed", "circles": "circles, counted"}
_ORIGINS = {"shipped": "", "general": "general example", "own": "your own"}
_WIDTH = 88


@click.command(
    "list",
    epilog="""\b
Examples:
  posecoach list
  posecoach list --json""",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
@exercises_option
def list_exercises(as_json: bool, folder: Path | None) -> None:
    """List the exercises and the programs, with the ids that other commands take.

    Exercises of your own, from your folder or from DIR, come last.
    """
    catalogue = exercises_of(folder)
    known = catalogue.definitions
    origins = {name: each.origin for name, each in catalogue.listed.items()}
    if as_json:
        values = [
            {
                "id": d.id,
                "name": d.name,
                "kind": d.kind,
                "dose": d.dose.text,
                "summary": d.summary,
                "origin": origins[d.id],
            }
            for d in known.values()
        ]
        found = {"exercises": values, "programs": program_values(known)}
        click.echo(json.dumps(found, indent=2))
        return
    ids, names = max(map(len, known)), max(len(d.name) for d in known.values())
    for definition in known.values():
        origin = _ORIGINS[origins[definition.id]]
        click.echo(
            f"{definition.id:{ids}}  {definition.name:{names}}  {definition.dose.text}"
            + (f" ({origin})" if origin else "")
        )
    click.echo("\nPrograms:")
    click.echo("\n".join(program_lines(known)))
    click.echo("\nMore of one: posecoach describe ID")
    click.echo(f"Your own go in {user_exercises_folder()}")


@click.command(
    epilog="""\b
Examples:
  posecoach describe heel_raises
  posecoach describe short_five"""
)
@click.argument("exercise", metavar="ID")
@exercises_option
def describe(exercise: str, folder: Path | None) -> None:
    """Say what exercise or program ID is.

    Of an exercise: its dose, where the camera goes, and what is looked for. Of a program
    (its id, or a file of your own): what is done in it, and how long that takes.
    """
    catalogue = exercises_of(folder, exercise)
    if is_program(exercise):
        _describe_program(exercise, catalogue.definitions)
        return
    # Wording is beside the drawing, which loads OpenCV.
    from posecoach.feedback.wording import wording_of

    if exercise not in {*catalogue.listed, *catalogue.broken}:
        raise unknown(exercise, catalogue.listed)
    definition = catalogue.find(exercise)
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
        wording = wording_of(fault, definition.words)
        lines += _item(f"{wording.say}. {wording.explain}".strip())
    click.echo("\n".join(lines))


def _describe_program(name: str, known: Mapping[str, Definition]) -> None:
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


def _paragraph(title: str, text: str) -> list[str]:
    return textwrap.wrap(f"{title}: {text}", _WIDTH, subsequent_indent="  ")


def _item(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
