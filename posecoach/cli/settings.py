"""``posecoach settings``: shows and changes what is remembered."""

from __future__ import annotations

import json
import textwrap

import click

from posecoach.errors import UsageError
from posecoach.record.setting_values import SETTINGS, as_text, parse, unknown
from posecoach.record.settings import Kept, change, read_settings, reset
from posecoach.resources import user_settings_file

_RESET = "reset"
_WIDTH = 88


@click.command(
    epilog="""\b
Examples:
  posecoach settings
  posecoach settings camera 1
  posecoach settings height 172
  posecoach settings language de
  posecoach settings voice off
  posecoach settings reset height
  posecoach settings reset"""
)
@click.argument("name", required=False, metavar="[NAME|reset]")
@click.argument("value", required=False, metavar="[VALUE]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
def settings(name: str | None, value: str | None, as_json: bool) -> int:
    """Show all settings, show or change setting NAME, or set it back with reset.

    Names: camera, mirror, height, language, voice. They are what live, program, start, replay
    and demo do without options; an option always goes before its setting. reset alone begins
    with a new file. The exit status is 1 when something in the file is wrong.
    """
    path = user_settings_file()
    done = ""
    if name == _RESET:
        done = _reset(value)
    elif name is not None and name not in SETTINGS:
        raise UsageError(unknown(name))
    elif name is not None and value is not None:
        new = parse(name, value)
        change(path, name, new)
        done = f"{name} is {as_text(new)} now, in {path}"
    kept = read_settings(path)
    if as_json:
        _print_json(kept)
    elif done:
        click.echo(done)
    else:
        _print(kept, name)
    for problem in kept.problems:
        click.echo(f"posecoach: {path}: {problem}", err=True)
    return 1 if kept.problems else 0


def _reset(name: str | None) -> str:
    """Set one back, or all; what to say of it."""
    path = user_settings_file()
    if name is None:
        old = reset(path)
        kept = f"; what was there is in {old}" if old is not None else ""
        return f"All settings are as at first, in {path}{kept}"
    if name not in SETTINGS:
        raise UsageError(unknown(name))
    default = SETTINGS[name].default
    if path.exists():
        change(path, name, default)
    return f"{name} is {as_text(default)} again, as at first"


def _print(kept: Kept, name: str | None) -> None:
    if name is not None:
        click.echo(as_text(kept.value(name)))
        return
    click.echo(f"{kept.path}{'' if kept.exists else ' (not there yet)'}\n")
    wide = max(map(len, SETTINGS)) + 2
    for each in SETTINGS.values():
        value = as_text(kept.value(each.name))
        default = as_text(each.default)
        note = "" if value == default else f"  (default: {default})"
        click.echo(f"{each.name:{wide}}{value}{note}")
        for line in textwrap.wrap(f"{each.meaning} It may be {each.right}.", _WIDTH - wide):
            click.echo(f"{'':{wide}}{line}")
    click.echo("\nChange one: posecoach settings NAME VALUE")


def _print_json(kept: Kept) -> None:
    value = {
        "format": 1,
        "file": str(kept.path),
        "exists": kept.exists,
        "settings": {
            each.name: {
                "value": kept.value(each.name),
                "default": each.default,
                "meaning": each.meaning,
                "allowed": each.right,
            }
            for each in SETTINGS.values()
        },
        "problems": list(kept.problems),
    }
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
