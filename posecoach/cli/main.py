"""The command ``posecoach``: its commands, and errors on one line."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path

import click

from posecoach import __version__
from posecoach.cli import LANGUAGE
from posecoach.cli.defaults import defaults_of
from posecoach.errors import PosecoachError

INTERRUPTED = 130
"""Exit status of a process that Ctrl-C ended, as shells count it."""

# Each command by name: its module in this package, and its help in the list of commands.
# Modules are imported when a command runs, so that help does not wait for OpenCV.
_COMMANDS = {
    "start": ("start", "Choose in front of the camera what to do; also without a command."),
    "live": ("live", "Coach in front of a camera, in a window."),
    "program": ("program", "Run through several exercises, with rests, in a window."),
    "heel-raise-test": ("heel_raise_test", "Count one leg's heel raises, as the clinic does."),
    "replay": ("replay", "Coach recorded clips."),
    "report": ("report", "Write a page on a session, or on progress."),
    "compare": ("compare", "Compare two clips or sessions of one exercise."),
    "export": ("export", "Write recorded landmarks as TRC or CSV."),
    "demo": ("demo", "Coach the clip that comes with posecoach."),
    "history": ("history", "Show what you have done, day by day."),
    "list": ("exercises", "List the exercises and programs."),
    "describe": ("exercises", "Say what an exercise or a program is."),
    "check": ("check", "Say what is wrong with exercises of your own."),
    "signals": ("signals", "Show what the signals do on a clip."),
    "settings": ("settings", "Show and change camera, mirror, height, language and voice."),
    "evaluate": ("evaluate", "Compare what is counted with labelled clips."),
    "cameras": ("cameras", "List the cameras and what each gives."),
    "doctor": ("doctor", "Check the camera, the screen and the installation."),
}
_FUNCTIONS = {"list": "list_exercises", "heel-raise-test": "heel_raise_test"}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"posecoach.cli.{_COMMANDS[cmd_name][0]}")
        command = getattr(module, _FUNCTIONS.get(cmd_name, cmd_name))
        assert isinstance(command, click.Command)
        ctx.default_map = {**(ctx.default_map or {}), cmd_name: defaults_of(command, ctx)}
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in _COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0].lower(), _COMMANDS, 1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            raise click.UsageError(f"No such command '{args[0]}'.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(
    cls=_LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  posecoach
  posecoach live heel_raises
  posecoach program short_five
  posecoach replay clip.mp4 --exercise heel_raises --output annotated.mp4
  posecoach COMMAND --help""",
)
@click.option(
    "--language",
    metavar="de|en|es|fr|it|pt",
    help="Language of what is shown and said. [default: the setting language, or the system's]",
)
@click.version_option(__version__, prog_name="posecoach", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, language: str | None) -> None:
    """Coach foot and leg exercises in front of a webcam, or from recorded clips.

    Without a command it opens the camera with a choice of what to do.
    """
    ctx.meta[LANGUAGE] = language
    if ctx.invoked_subcommand is None:
        from posecoach.cli.options import choose_language
        from posecoach.cli.start import start_or_demo

        choose_language(ctx)
        start_or_demo(ctx)


def main(args: Sequence[str] | None = None) -> None:
    """Run the command line, and end the process with its exit status.

    What a user can cause becomes one line on standard error; anything else is a defect and
    keeps its traceback.

    Args:
        args: What comes after the program's name; None takes the process's own.
    """
    sys.exit(_run(args))


def _run(args: Sequence[str] | None) -> int:
    if isinstance(sys.stdout, TextIOWrapper):
        # A file's name may hold bytes that are no text.
        sys.stdout.reconfigure(errors="replace")
    try:
        status = cli.main(args, prog_name="posecoach", standalone_mode=False)
        if sys.stdout is not None:  # as without a console
            sys.stdout.flush()
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "posecoach"
        _complain(f"{error.format_message()} See {path} --help")
        return error.exit_code
    except click.ClickException as error:
        _complain(error.format_message())
        return error.exit_code
    except PosecoachError as error:
        _complain(str(error))
        return error.exit_status
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has seen enough.
        _close_output()
        return 0
    except ImportError as error:
        if (error.name or "").startswith("posecoach"):
            raise
        _complain(
            f"A library cannot be loaded ({error}): install posecoach again; on Debian or Ubuntu "
            "also: sudo apt-get install libgl1 libegl1 libgles2 libglib2.0-0"
        )
        return 1
    except OSError as error:
        # A full disk behind standard output, a name too long: what the system refuses is no
        # defect, whether a room had words for it or not.
        _close_output()
        _complain(_refused(error))
        return 1
    return status if isinstance(status, int) else 0


def _refused(error: OSError) -> str:
    """One line on what the system refused."""
    from posecoach.record.files import output_error

    if error.filename is None:  # files that are written have words of their own
        return str(output_error(Path("standard output"), error))
    why = error.strerror or type(error).__name__
    return f"{error.filename}: {why}; check the name, its rights and the space there."


def _close_output() -> None:
    """Drop what is not printed yet: the interpreter would complain of it at its end."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _complain(message: str) -> None:
    click.echo(f"posecoach: {' '.join(message.split())}", err=True)
