"""``posecoach list`` and ``posecoach describe``."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import click

from posecoach.checkers.cues import faults_of
from posecoach.cli.options import exercises_of, exercises_option
from posecoach.resources import user_exercises_folder

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
    """List the exercises, with the id that other commands take.

    Those of your own, from your folder of exercises or from DIR, come last.
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
        click.echo(json.dumps(values, indent=2))
        return
    ids, names = max(map(len, known)), max(len(d.name) for d in known.values())
    for definition in known.values():
        origin = _ORIGINS[origins[definition.id]]
        click.echo(
            f"{definition.id:{ids}}  {definition.name:{names}}  {definition.dose.text}"
            + (f" ({origin})" if origin else "")
        )
    click.echo("\nMore of one: posecoach describe ID")
    click.echo(f"Your own go in {user_exercises_folder()}")


@click.command(
    epilog="""\b
Examples:
  posecoach describe heel_raises"""
)
@click.argument("exercise", metavar="ID")
@exercises_option
def describe(exercise: str, folder: Path | None) -> None:
    """Say what exercise ID is, its dose, where the camera goes, and what is looked for."""
    # Wording is beside the drawing, which loads OpenCV.
    from posecoach.feedback.wording import wording_of

    definition = exercises_of(folder, exercise).find(exercise)
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


def _paragraph(title: str, text: str) -> list[str]:
    return textwrap.wrap(f"{title}: {text}", _WIDTH, subsequent_indent="  ")


def _item(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
