"""``posecoach doctor``: what works here, what does not, and what to do about it."""

from __future__ import annotations

from dataclasses import asdict

import click

from posecoach.cli.checkup import Finding, checkup
from posecoach.record.files import STDOUT, write_json

_COLOURS = {"ok": "green", "warning": "yellow", "problem": "red"}


@click.command(
    epilog="""\b
Examples:
  posecoach doctor
  posecoach doctor --json"""
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Look over Python, packages, models, cameras, screen, sound and speech, and time the model.

    Each line is ok, a warning (something is missing that you may not need) or a problem.
    The exit status is 1 when there is a problem, else 0. Takes a few seconds.
    """
    findings = []
    for finding in checkup():
        findings.append(finding)
        if not as_json:
            _print(finding)
    problems = sum(finding.state == "problem" for finding in findings)
    if as_json:
        checks = [asdict(finding) for finding in findings]
        write_json(STDOUT, {"format": 1, "ok": not problems, "checks": checks})
    elif problems:
        click.echo(
            f"{problems} {'thing keeps' if problems == 1 else 'things keep'} posecoach "
            "from working."
        )
    else:
        click.echo("Nothing keeps posecoach from working.")
    context.exit(1 if problems else 0)


def _print(finding: Finding) -> None:
    mark = click.style(f"{finding.state:8}", fg=_COLOURS[finding.state])
    click.echo(f"{mark} {finding.check}: {finding.found}")
    if finding.remedy:
        click.echo(f"{'':8} -> {finding.remedy}")
