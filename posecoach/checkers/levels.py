"""Which levels a definition compares its signals with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from posecoach.checkers.conditions import resolve
from posecoach.checkers.definition import Definition
from posecoach.checkers.parts import Condition
from posecoach.checkers.places import Place
from posecoach.checkers.rep_rules import Track
from posecoach.checkers.timed_rules import Form
from posecoach.pose import SIDES, Side

SIDED_TRACKS = ("each", "one_foot", "feet", "together")
"""Side rules under which left and right are counted apart."""


@dataclass(frozen=True, slots=True)
class Level:
    """A number that a signal is compared with.

    Attributes:
        place: The key that holds it.
        signal: The signal's name as the definition writes it.
        value: In the signal's unit, as the signal itself reads: below 0 where a track
            counts movements downwards.
        label: What it means, in a word or two.
        apart: Whether left and right are counted apart there.
    """

    place: Place
    signal: str
    value: float
    label: str
    apart: bool

    @property
    def full_names(self) -> tuple[str, ...]:
        """The signals that are compared with it: of both sides where they count apart."""
        sides: tuple[Side, ...] = SIDES if self.apart else ("left",)
        return tuple(dict.fromkeys(resolve(self.signal, side) for side in sides))


def conditions_of(definition: Definition) -> Iterator[tuple[Place, Condition, bool]]:
    """Every condition, its place, and whether left and right are counted apart there."""
    yield from _listed(("view", "position"), definition.view.position, False)
    if definition.reps is not None:
        for i, track in enumerate(definition.reps.tracks):
            apart = track.side in SIDED_TRACKS
            yield from _listed(("reps", "tracks", i, "only"), track.only, apart)
    for at, form in forms_of(definition):
        yield from _listed((*at, "position"), form.position, True)
        if form.try_from is not None:
            yield (*at, "try_from"), form.try_from, True
    if definition.walk is not None:
        yield from _listed(("walk", "only"), definition.walk.only, False)


def forms_of(definition: Definition) -> Iterator[tuple[Place, Form]]:
    """The ways in which an exercise is held; none if it is not."""
    if definition.hold is not None:
        yield ("hold",), definition.hold
        for i, form in enumerate(definition.hold.forms):
            yield ("hold", "forms", i), form


def levels_of(definition: Definition) -> Iterator[Level]:
    """Every level, in the definition's order.

    Changes within a hold (``drifts``, ``steady``), steps and circles are not compared with
    a level of a signal, and not among them.
    """
    if definition.reps is not None:
        for i, track in enumerate(definition.reps.tracks):
            yield from _track(("reps", "tracks", i), track)
    if definition.walk is not None:
        for key in ("on", "off"):
            value = getattr(definition.walk, key)
            yield Level(("walk", key), definition.walk.signal, value, key, False)
    for at, condition, apart in conditions_of(definition):
        for key in ("above", "below"):
            value = getattr(condition, key)
            if value is not None:
                yield Level((*at, key), condition.signal, value, key, apart)


def _track(at: Place, track: Track) -> Iterator[Level]:
    sign = -1.0 if track.invert else 1.0
    for key in ("leave", "attempt", "count", "standard"):
        value = getattr(track, key)
        if value is not None:
            apart = track.side in SIDED_TRACKS
            yield Level((*at, key), track.signal, sign * value, key, apart)


def _listed(
    at: Place, conditions: Iterable[Condition], apart: bool
) -> Iterator[tuple[Place, Condition, bool]]:
    for i, condition in enumerate(conditions):
        yield (*at, i), condition, apart
