"""``posecoach list`` and ``posecoach describe``."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator

import click

from posecoach.checkers import Definition, find_definition, load_all

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
    """List the exercises, with the id that other commands take."""
    known = load_all()
    if as_json:
        values = [
            {"id": d.id, "name": d.name, "kind": d.kind, "dose": d.dose.text, "summary": d.summary}
            for d in known.values()
        ]
        click.echo(json.dumps(values, indent=2))
        return
    ids, names = max(map(len, known)), max(len(d.name) for d in known.values())
    for definition in known.values():
        click.echo(f"{definition.id:{ids}}  {definition.name:{names}}  {definition.dose.text}")
    click.echo("\nMore of one: posecoach describe ID")


@click.command(
    epilog="""\b
Examples:
  posecoach describe heel_raises"""
)
@click.argument("exercise", metavar="ID")
def describe(exercise: str) -> None:
    """Say what exercise ID is, its dose, where the camera goes, and what is looked for."""
    # Wording is beside the drawing, which loads OpenCV.
    from posecoach.feedback.wording import wording_of

    definition = find_definition(exercise)
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


def faults_of(definition: Definition) -> list[str]:
    """Ids of all that can be said to be wrong with how this exercise is done."""
    return list(dict.fromkeys(_faults(definition)))


def _faults(definition: Definition) -> Iterator[str]:
    if definition.reps is not None:
        tracks = definition.reps.tracks
        yield from (track.verdict or track.shallow for track in tracks)
        yield from ("too_short" for track in tracks if track.hold)
        yield from (fault.id for fault in definition.reps.faults)
        yield from (track.unrested for track in tracks if not track.verdict)
    if definition.hold is not None:
        for form in (definition.hold, *definition.hold.forms):
            yield from (condition.why for condition in form.position)
            yield from (drift.why for drift in form.drifts)
        yield from (fault.id for fault in definition.hold.faults)
    if definition.circles is not None:
        yield from ("only_up_and_down", "leg_swings")
        yield from (fault.id for fault in definition.circles.faults)
    if definition.walk is not None:
        yield from ("heels_dropped", "standing_still")
        yield from (condition.why for condition in definition.walk.only)
        yield from (f"feet_not_{phase.feet}" for phase in definition.dose.phases)


def _paragraph(title: str, text: str) -> list[str]:
    return textwrap.wrap(f"{title}: {text}", _WIDTH, subsequent_indent="  ")


def _item(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
