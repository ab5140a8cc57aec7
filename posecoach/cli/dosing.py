"""Sets, reps and rests of a single exercise: from options to a program of one."""

from __future__ import annotations

from dataclasses import dataclass

import click

from posecoach.checkers import Definition
from posecoach.cli.coaching import Wishes
from posecoach.cli.options import together
from posecoach.errors import UsageError
from posecoach.session import Program, Step


@dataclass(frozen=True, slots=True)
class Asked:
    """How much was asked for; None where it was not.

    Attributes:
        sets: Sets, on each side.
        reps: Reps of a set.
        seconds: Seconds of a set.
        rest_s: Rest between two sets.
        dose: Whether what is not given is the exercise's own dose.
    """

    sets: int | None = None
    reps: int | None = None
    seconds: float | None = None
    rest_s: float | None = None
    dose: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is an end to it."""
        given = (self.sets, self.reps, self.seconds, self.rest_s)
        return self.dose or any(value is not None for value in given)


dose_options = together(
    click.option(
        "--sets",
        type=click.IntRange(1, 100),
        help="How many sets (of each leg, where legs take turns).",
    ),
    click.option("--reps", type=click.IntRange(1, 1000), help="Reps of a set."),
    click.option(
        "--seconds",
        type=click.FloatRange(0, 3600, min_open=True),
        metavar="SECONDS",
        help="Seconds of a set, instead of reps.",
    ),
    click.option(
        "--rest",
        "rest_s",
        type=click.FloatRange(0, 600),
        metavar="SECONDS",
        help="Rest between two sets.",
    ),
    click.option(
        "--dose",
        is_flag=True,
        help="Do what the exercise asks for; without any of these five options it "
        "counts until you end it.",
    ),
)
"""``--sets``, ``--reps``, ``--seconds``, ``--rest`` and ``--dose``."""


def program_of_one(definition: Definition, asked: Asked, wishes: Wishes) -> Program:
    """A program with that exercise alone.

    Args:
        definition: The exercise.
        asked: How much; what it leaves open is the exercise's own dose.
        wishes: What was asked for besides.

    Raises:
        UsageError: If that cannot be done.
    """
    name, seconds, counted = definition.id, asked.seconds, definition.counts_reps
    if asked.reps is not None and seconds is not None:
        raise UsageError("--reps and --seconds exclude each other; give one of them.")
    if asked.reps is not None and not counted:
        raise UsageError(f"--reps: {name} is timed, not counted; use --seconds.")
    if not counted and seconds is None and asked.reps is None:
        seconds = wishes.hold_s
    dose = definition.dose
    own = dose.reps if counted else dose.phases or dose.hold_s
    if asked.reps is None and seconds is None and not own:
        raise UsageError(f"{name} has no dose of its own; give --reps or --seconds.")
    held = definition.reps is not None and any(track.hold for track in definition.reps.tracks)
    step = Step(
        exercise=name,
        side=None if wishes.side == "auto" else wishes.side,
        sets=asked.sets,
        rest_s=asked.rest_s,
        reps=asked.reps,
        seconds=seconds,
        hold_s=wishes.hold_s if held else None,
        feet=wishes.feet,
    )
    return Program(
        format=1, id=name, name=definition.name, summary=definition.summary, steps=(step,)
    )
