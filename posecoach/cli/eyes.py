"""What looks at frames: the pose model, or the places of feet that a person gave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from posecoach.checkers import Definition
from posecoach.errors import UsageError
from posecoach.frames import Frame
from posecoach.pose import FootPlace, Pose, PoseEstimator, placed_feet


@contextmanager
def eyes(model_path: Path, places: Sequence[FootPlace] = ()) -> Iterator[Callable[[Frame], Pose]]:
    """A function from a frame to what is in it; for one source.

    Args:
        model_path: The pose model.
        places: Where feet are in the picture; with any, no body is looked for.

    Raises:
        PosecoachError: If the model cannot be loaded.
    """
    if places:
        yield placed_feet(places)
        return
    with PoseEstimator(model_path) as estimator:
        yield estimator.estimate


def _place(ctx: click.Context, option: click.Parameter, values: tuple[str, ...]) -> Any:
    places = tuple(_parsed(value) for value in values)
    if len({place.side for place in places}) < len(places):
        raise click.BadParameter("gives the same foot twice; give each side once.")
    return places


def _parsed(value: str) -> FootPlace:
    side, _, numbers = value.partition(":")
    try:
        heel_x, heel_y, toes_x, toes_y = (float(n) / 100 for n in numbers.split(","))
    except ValueError:
        heel_x = -1.0
    shares = () if heel_x < 0 else (heel_x, heel_y, toes_x, toes_y)
    if side not in ("left", "right") or not shares or not all(0 <= s <= 1 for s in shares):
        raise click.BadParameter(
            f"'{value}' is no foot; write the side, and in percent of the picture's width and "
            "height where heel and tip of the toes are, such as right:42,70,55,85."
        )
    if (heel_x, heel_y) == (toes_x, toes_y):
        raise click.BadParameter(f"'{value}' has heel and toes at the same place.")
    return FootPlace("left" if side == "left" else "right", (heel_x, heel_y), (toes_x, toes_y))


foot_option = click.option(
    "--foot",
    "places",
    multiple=True,
    callback=_place,
    metavar="SIDE:X,Y,X,Y",
    help="Only legs and feet are in view: count from a close-up of the foot alone, whose heel "
    "and tip of the toes are there, in percent of the picture's width and height. Give it "
    "twice for both feet.",
)
"""``--foot``: the close-up alone."""


def check_places(definition: Definition, places: Sequence[FootPlace]) -> None:
    """Make sure that an exercise can be counted from close-ups alone, if it shall be.

    Raises:
        UsageError: If it cannot.
    """
    if places and not definition.view.close_up_alone:
        raise UsageError(
            f"{definition.id} cannot be counted from close-ups of the feet alone; leave out "
            "--foot, and place the camera so that the whole body is in the picture."
        )
