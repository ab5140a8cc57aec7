"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from posecoach.checkers import Catalogue, read_catalogue
from posecoach.cli import LANGUAGE
from posecoach.cli.defaults import settings_of
from posecoach.record.setting_values import HEIGHT_CM

_Command = TypeVar("_Command", bound=Callable[..., Any])

# Two beats a rep: from a rep in 12 s to one a second, of which the quickest took 0.9 s.
BEATS = (10.0, 120.0)


def together(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    """Several options as one decorator, in the order in which help lists them."""

    def add(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def file_option(*names: str, **how: Any) -> Callable[[_Command], _Command]:
    """An option that names a file or folder; see :func:`click.option`."""
    return click.option(*names, type=click.Path(path_type=Path), **how)


def _height(ctx: click.Context, option: click.Parameter, value: float | None) -> float | None:
    low, high = HEIGHT_CM
    if value is not None and not low <= value <= high:
        raise click.BadParameter(
            f"{value:g} is no body height in centimetres; it must be from {low:g} to {high:g}."
        )
    return value


def _hold(ctx: click.Context, option: click.Parameter, value: float | None) -> float | None:
    if value is not None and not 0 < value <= 3600:
        raise click.BadParameter(f"{value:g} is no time to hold; it must be from 0 to 3600 s.")
    return value


height_option = click.option(
    "--height",
    "height_cm",
    type=float,
    callback=_height,
    metavar="CM",
    help="Body height, for lifts in centimetres. [default: the setting height, or 170]",
)
"""``--height``."""


def beat_of(ctx: click.Context, option: click.Parameter, value: float | None) -> float | None:
    """The callback of ``--beat``.

    Raises:
        click.BadParameter: Nobody moves to such a beat.
    """
    low, high = BEATS
    if value is not None and not low <= value <= high:
        raise click.BadParameter(
            f"{value:g} beats a minute cannot be moved to; it must be from {low:g} to {high:g}."
        )
    return value


def _language(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    choose_language(ctx, value)


def choose_language(ctx: click.Context, value: str | None = None) -> None:
    """Use a language for this run: this one, that given before the command, the setting's.

    Or else the system's.

    Args:
        ctx: Of the command.
        value: What ``--language`` gave.

    Raises:
        click.BadParameter: There are no words in it.
    """
    # Wording is beside the drawing, which loads OpenCV: not for --help.
    from posecoach.feedback.wording import LANGUAGES, use_language

    value = value or ctx.meta.get(LANGUAGE) or settings_of(ctx).language
    if value is not None and value not in LANGUAGES:
        known = ", ".join(f"{code} ({name})" for code, name in LANGUAGES.items())
        raise click.BadParameter(f"there are no words in '{value}'; there are in {known}.", ctx)
    use_language(value)


language_option = click.option(
    "--language",
    metavar="de|en|es|fr|it|pt",
    callback=_language,
    expose_value=False,
    help="Language of what is shown and said. [default: the setting language, or the system's]",
)
"""``--language``: the words of this run, shown and spoken."""

session_options = together(
    click.option(
        "--side",
        type=click.Choice(["left", "right", "both", "auto"]),
        default="auto",
        show_default=True,
        help="Count only this side; auto counts what it sees.",
    ),
    height_option,
    click.option(
        "--hold",
        "hold_s",
        type=float,
        callback=_hold,
        metavar="SECONDS",
        help="How long a hold, or a rep that is held, aims for.",
    ),
    click.option(
        "--feet",
        type=click.Choice(["straight", "out", "in"]),
        help="How the feet should point in a walk; without it that is not judged.",
    ),
    click.option(
        "--beat",
        type=float,
        callback=beat_of,
        metavar="PER_MINUTE",
        help="Judge reps by a beat: up on one, down on the next. Live it is heard.",
    ),
)
"""``--side``, ``--height``, ``--hold``, ``--feet``, ``--beat``: how to watch an exercise."""

model_option = click.option(
    "--model",
    default="full",
    show_default=True,
    metavar="lite|full|heavy|PATH",
    help="The pose model: lite is faster, heavy sees more.",
)
"""``--model``."""

exercises_option = file_option(
    "--exercises",
    "folder",
    metavar="DIR",
    help="A folder with definitions of your own, beside those that are there.",
)
"""``--exercises``: see :func:`exercises_of`."""


def model_label(model: str) -> str:
    """How a model is named in results: by its name, or by its file without the folder."""
    return Path(model).name


def exercises_of(folder: Path | None, exercise: str | None = None) -> Catalogue:
    """All exercises, with a line on standard error for each of one's own that needs one.

    Args:
        folder: What ``--exercises`` gave.
        exercise: The one that is asked for; None where all of them are.

    Raises:
        PosecoachError: If the folder cannot be read.
    """
    known = read_catalogue(folder)
    for note in known.notes(exercise):
        click.echo(f"posecoach: {note}", err=True)
    return known
