"""Settings as what options are where they are not given."""

from __future__ import annotations

from typing import Any

import click

from posecoach.record.settings import Settings, read_settings
from posecoach.resources import user_settings_file

_KEY = "posecoach.settings"


def settings_of(ctx: click.Context) -> Settings:
    """The user's settings, read once a run; what is wrong with them is told then.

    Args:
        ctx: Of any command.
    """
    known = ctx.meta.get(_KEY)
    if isinstance(known, Settings):
        return known
    kept = read_settings(user_settings_file())
    if kept.notice:
        click.echo(f"posecoach: {kept.notice}", err=True)
    ctx.meta[_KEY] = kept.settings
    return kept.settings


def defaults_of(command: click.Command, ctx: click.Context) -> dict[str, Any]:
    """What the options of a command are by the settings, for :attr:`click.Context.default_map`.

    The file is read only for a command with such an option.
    """
    options = {each.name: each for each in command.params if isinstance(each, click.Option)}
    named = options.keys() & {"camera", "mirror", "height_cm", "mute"}
    if not named:
        return {}
    settings = settings_of(ctx)
    values: dict[str, Any] = {
        "camera": settings.camera,
        "mirror": settings.mirror,
        "height_cm": settings.height_cm,
        "mute": not settings.voice,
    }
    if "camera" in named and options["camera"].multiple:
        values["camera"] = (settings.camera,)
    # Of what is found out by itself, the option's own default is in charge.
    return {name: values[name] for name in named if values[name] is not None}
