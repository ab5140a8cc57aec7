"""What is valid in a definition and yet hardly meant: doubts that help its author."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Collection, Iterator

from posecoach.checkers.conditions import resolve
from posecoach.checkers.cues import cues_of
from posecoach.checkers.definition import Definition
from posecoach.checkers.levels import SIDED_TRACKS, Level, conditions_of, forms_of, levels_of
from posecoach.checkers.parts import Condition, RepFault
from posecoach.checkers.places import Place, line_of, lines_of
from posecoach.checkers.problems import Problem, key_of
from posecoach.checkers.rep_rules import Track
from posecoach.motion import REGISTRY
from posecoach.pose import SIDES

Doubt = tuple[Place, str]


def doubts_about(definition: Definition, text: str, known_cues: Collection[str]) -> list[Problem]:
    """Warnings about a valid definition, in order of the lines.

    Args:
        definition: The exercise.
        text: Its file's, for the lines.
        known_cues: Ids that have words already.
    """
    found = [
        *_words(definition, known_cues),
        *_metrics(definition),
        *_levels(definition),
        *_sides(definition),
        *_contradictions(definition),
        *_dose(definition),
    ]
    lines = lines_of(text) if found else {}
    problems = [
        Problem(line_of(place, lines), key_of(place), message, kind="warning")
        for place, message in dict.fromkeys(found)
    ]
    return sorted(problems, key=lambda problem: problem.line)


def _words(definition: Definition, known_cues: Collection[str]) -> Iterator[Doubt]:
    cues = cues_of(definition)
    told = set()
    for place, cue in cues:
        if cue not in known_cues and cue not in definition.words and cue not in told:
            told.add(cue)
            yield (
                place,
                f"there are no words for '{cue}'; {_near(cue, known_cues)}add [words.{cue}] "
                'with say = "..."',
            )
    used = {cue for _, cue in cues}
    for cue in definition.words:
        if cue not in used and cue not in known_cues:
            yield ("words", cue), f"nothing in this exercise says '{cue}'; {_near(cue, used)}"


def _near(name: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(name, known, 1, 0.6)
    return f"did you mean '{near[0]}'? Or " if near else ""


def _metrics(definition: Definition) -> Iterator[Doubt]:
    if definition.reps is not None:
        counted = [track for track in definition.reps.tracks if track.verdict is None]
        names = {name for track in counted for name in metrics_of_track(track)}
        yield from _faults(("reps", "faults"), definition.reps.faults, names)
    if definition.hold is not None:
        names = {name for _, form in forms_of(definition) for name in form.metrics}
        yield from _faults(("hold", "faults"), definition.hold.faults, names)
    if definition.circles is not None:
        yield from _faults(("circles", "faults"), definition.circles.faults, CIRCLE_METRICS)


CIRCLE_METRICS = frozenset({"circle_s", "range_deg"})
"""What :class:`~posecoach.checkers.circle_checker.CircleChecker` measures of a circle."""


def metrics_of_track(track: Track) -> frozenset[str]:
    """What :class:`~posecoach.checkers.rep_checker.RepChecker` measures of a rep on a track."""
    names = {"up_s", "top_s", "down_s", "rep_s", "knee_drop_deg", "lean_deg"}
    if track.hold:
        names.add("held_s")
    if track.lift_height is not None:
        names.add("heel_lift_cm")
    names |= {name for name in (track.degrees, track.sag) if name is not None}
    names |= {*track.lows, *track.highs}
    if track.side not in SIDED_TRACKS:
        names.add("left_share")
    return frozenset(names)


def _faults(at: Place, faults: tuple[RepFault, ...], names: Collection[str]) -> Iterator[Doubt]:
    for i, fault in enumerate(faults):
        if fault.metric not in names:
            near = difflib.get_close_matches(fault.metric, names, 1, 0.6)
            there = ", ".join(sorted(names)) or "none, add some to its metrics"
            remedy = f"did you mean '{near[0]}'?" if near else f"measured here: {there}"
            yield (*at, i, "metric"), f"nothing here measures '{fault.metric}'; {remedy}"
        if fault.above is not None and fault.below is not None and fault.above < fault.below:
            yield (
                (*at, i, "above"),
                f"every value is above {fault.above:g} or below {fault.below:g}, so this is "
                "always a fault; exchange the two",
            )


def _levels(definition: Definition) -> Iterator[Doubt]:
    for level in levels_of(definition):
        doubt = _outside(level)
        # The full range is compared with what counts, below.
        if doubt is not None and level.label != "standard":
            yield level.place, f"{doubt}; see posecoach signals"
    for at, form in forms_of(definition):
        for j, drift in enumerate(form.drifts):
            for key in ("drop", "rise"):
                value = getattr(drift, key)
                if value is not None:
                    yield from _too_wide((*at, "drifts", j, key), drift.signal, value)
        if form.steady is not None:
            for key in ("range", "near"):
                value = getattr(form.steady, key)
                yield from _too_wide((*at, "steady", key), form.steady.signal, value)
    if definition.reps is not None:
        for i, track in enumerate(definition.reps.tracks):
            if track.standard is not None and not track.count <= track.standard <= track.limit:
                yield (
                    ("reps", "tracks", i, "standard"),
                    f"the full range lies outside of what counts, {track.count:g} to "
                    f"{track.limit:g}",
                )


def _outside(level: Level) -> str | None:
    """What a level outside of the signal's span comes to, or None."""
    signal = REGISTRY[level.signal.partition(".")[0]]
    low, high = signal.span
    what = f"{signal.name} measures {low:g} to {high:g} {signal.unit} as a rule"
    if level.label not in ("above", "below"):
        # Levels of a movement: it must get there.
        return (
            None if low <= level.value <= high else f"{what}, which never gets to {level.value:g}"
        )
    over = level.value - high if level.label == "above" else low - level.value
    if over >= 0:
        return f"{what}, so it is never {level.label} {level.value:g}"
    # A limit that is always met guards against the extraordinary; one that is met by far
    # is in another unit.
    if -over > 2 * (high - low):
        return f"{what}, so it is always {level.label} {level.value:g}"
    return None


def _too_wide(place: Place, name: str, value: float) -> Iterator[Doubt]:
    signal = REGISTRY[name.partition(".")[0]]
    low, high = signal.span
    if value > high - low:
        yield (
            place,
            f"{signal.name} measures {low:g} to {high:g} {signal.unit} as a rule, so it never "
            f"changes by {value:g}",
        )


def _sides(definition: Definition) -> Iterator[Doubt]:
    named = [(at, c.signal, apart) for at, c, apart in conditions_of(definition)]
    if definition.reps is not None:
        for i, track in enumerate(definition.reps.tracks):
            at: Place = ("reps", "tracks", i)
            apart = track.side in SIDED_TRACKS
            if apart and not REGISTRY[track.signal.partition(".")[0]].sided:
                yield (
                    (*at, "signal"),
                    f"'{track.signal}' is measured for the whole body, so side = "
                    f'"{track.side}" counts each movement for the left and for the right; '
                    'write side = "both"',
                )
            named.append((at, track.signal, apart))
    for at, form in forms_of(definition):
        named += [((*at, "drifts", j), d.signal, True) for j, d in enumerate(form.drifts)]
        if form.steady is not None:
            named.append(((*at, "steady"), form.steady.signal, True))
        for metric, name in form.metrics.items():
            yield from _side((*at, "metrics", metric), name, True)
    for at, name, apart in named:
        yield from _side((*at, "signal"), name, apart)


def _side(place: Place, name: str, apart: bool) -> Iterator[Doubt]:
    base, _, side = name.partition(".")
    if not REGISTRY[base].sided:
        return
    if apart and side in SIDES:
        yield (
            place,
            f"'{name}' is the {side} one's for either side; write '{base}' for the side that "
            f"is counted, '{base}.other' for the other",
        )
    if not apart and side not in SIDES:
        meant = resolve(name, "left")
        yield (
            place,
            f"no side is counted here, so '{name}' means '{meant}'; write the side, or take "
            "a signal of the whole body",
        )


def _contradictions(definition: Definition) -> Iterator[Doubt]:
    lists: dict[Place, list[tuple[Place, Condition]]] = defaultdict(list)
    for place, condition, _ in conditions_of(definition):
        if isinstance(place[-1], int):
            lists[place[:-1]].append((place, condition))
    for conditions in lists.values():
        for i, (place, later) in enumerate(conditions):
            for before, earlier in conditions[:i]:
                if later.signal == earlier.signal and _never_both(earlier, later):
                    yield (
                        place,
                        f"can never be so together with {key_of(before)}, which asks the "
                        f"contrary of '{later.signal}'; take one out",
                    )


def _never_both(a: Condition, b: Condition) -> bool:
    above = max((c.above for c in (a, b) if c.above is not None), default=None)
    below = min((c.below for c in (a, b) if c.below is not None), default=None)
    return above is not None and below is not None and above >= below


def _dose(definition: Definition) -> Iterator[Doubt]:
    dose = definition.dose
    if dose.phases and definition.kind != "walk":
        yield (
            ("dose", "phases"),
            f"phases are for walking; an exercise of kind "
            f"'{definition.kind}' has none; take them out",
        )
    if dose.reps is not None and not definition.counts_reps:
        yield (
            ("dose", "reps"),
            f"nothing is counted in an exercise of kind '{definition.kind}'; write hold_s",
        )
    if definition.reps is None:
        if dose.hold_s is not None and definition.kind == "circles":
            yield ("dose", "hold_s"), "circles are counted, not timed; write reps"
        return
    held = [(i, track) for i, track in enumerate(definition.reps.tracks) if track.hold]
    if dose.hold_s is not None and not held and not definition.adds_up:
        yield (
            ("dose", "hold_s"),
            "no track has hold = true, so nothing is held; add it or take this out",
        )
    for i, track in held:
        if dose.hold_s is not None and track.max_s <= dose.hold_s:
            yield (
                ("reps", "tracks", i, "max_s"),
                f"a movement is given up after {track.max_s:g} s, before it was held for "
                f"{dose.hold_s:g} s; write more",
            )
