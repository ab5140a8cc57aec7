"""What the README shows is true."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click

from posecoach.cli.main import cli

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_runs_and_counts() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("4 reps,")


def test_pictures_and_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)]+)\)", TEXT)
    assert any(target.endswith(".jpg") for target in targets)
    for target in targets:
        assert target.startswith("https://") or (ROOT / target).exists(), target


def shown_calls() -> list[list[str]]:
    """Every call of posecoach in the text: a command with its arguments and options."""
    code = "\n".join(
        re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) + re.findall(r"`([^`\n]+)`", TEXT)
    )
    lines = (line.partition("#")[0].strip() for line in code.splitlines())
    return [shlex.split(line)[1:] for line in lines if line.startswith("posecoach ")]


def test_commands_and_options_named_there_exist() -> None:
    calls = shown_calls()
    context = click.Context(cli)
    for name, *arguments in calls:
        command = cli.get_command(context, name)
        assert command is not None, name
        options = {option for parameter in command.params for option in parameter.opts}
        options |= {option for parameter in command.params for option in parameter.secondary_opts}
        if isinstance(command, click.Group):
            continue
        for argument in arguments:
            assert not argument.startswith("-") or argument in options, (name, argument)
    # All but the choice itself, which is posecoach without a command.
    assert {name for name, *_ in calls} >= set(cli.list_commands(context)) - {"start", "demo"}


def test_exercises_and_programs_named_there_exist() -> None:
    for program in re.findall(r"posecoach program ([a-z]+_[a-z_]+)`", TEXT):
        assert (ROOT / "exercises" / "programs" / f"{program}.toml").exists(), program
    for exercise in set(re.findall(r"(?:live|describe|--exercise) ([a-z]+_[a-z_]+)", TEXT)):
        assert (ROOT / "exercises" / f"{exercise}.toml").exists(), exercise
