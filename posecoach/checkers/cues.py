"""Which cues an exercise can give, by id."""

from __future__ import annotations

from collections.abc import Iterator

from posecoach.checkers.definition import Definition, is_close_up
from posecoach.checkers.parts import Condition
from posecoach.checkers.places import Place
from posecoach.checkers.timed_rules import Hold


def faults_of(definition: Definition) -> list[str]:
    """Ids of all that can be said to be wrong with how an exercise is done."""
    return list(dict.fromkeys(cue for _, cue in _faults(definition)))


def cues_of(definition: Definition) -> list[tuple[Place, str]]:
    """Each cue that a definition names, and where; and those that its kind gives besides."""
    return [*_whys(("view", "position"), definition.view.position), *_faults(definition)]


def _faults(definition: Definition) -> Iterator[tuple[Place, str]]:
    if definition.reps is not None:
        for i, track in enumerate(definition.reps.tracks):
            at: Place = ("reps", "tracks", i)
            if track.verdict is not None:
                yield (*at, "verdict"), track.verdict
            else:
                yield (*at, "shallow"), track.shallow
                if track.hold:
                    yield (*at, "hold"), "too_short"
                yield (*at, "unrested"), track.unrested
            shown = track.side in ("one_foot", "feet") or is_close_up(track.signal)
            if shown or track.settle_s > 0:
                yield from _whys((*at, "only"), track.only)
        for i, fault in enumerate(definition.reps.faults):
            yield ("reps", "faults", i, "id"), fault.id
    if definition.hold is not None:
        yield from _hold(definition.hold)
    if definition.circles is not None:
        yield ("circles",), "only_up_and_down"
        yield ("circles",), "leg_swings"
        for i, fault in enumerate(definition.circles.faults):
            yield ("circles", "faults", i, "id"), fault.id
    if definition.walk is not None:
        yield ("walk",), "heels_dropped"
        yield ("walk",), "standing_still"
        yield from _whys(("walk", "only"), definition.walk.only)
        for i, phase in enumerate(definition.dose.phases):
            yield ("dose", "phases", i), f"feet_not_{phase.feet}"


def _hold(hold: Hold) -> Iterator[tuple[Place, str]]:
    for i, form in enumerate((hold, *hold.forms)):
        at: Place = ("hold", "forms", i - 1) if i else ("hold",)
        yield from _whys((*at, "position"), form.position)
        for j, drift in enumerate(form.drifts):
            yield (*at, "drifts", j, "why"), drift.why
    for i, fault in enumerate(hold.faults):
        yield ("hold", "faults", i, "id"), fault.id


def _whys(at: Place, conditions: tuple[Condition, ...]) -> Iterator[tuple[Place, str]]:
    for i, condition in enumerate(conditions):
        yield (*at, i, "why"), condition.why
