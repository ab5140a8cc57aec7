"""The history in words.

As in ``posecoach list``, in English: other languages' words are beside the drawing, which loads
OpenCV.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from posecoach.record.history.metrics import Measure
from posecoach.record.history.model import SIDES, SessionRecord, SetRecord, Side
from posecoach.record.history.overview import Done, Outline, Totals

UNTIL_NOW_EMPTY = (
    "Nothing yet. What you do is kept here by itself, on this computer alone; begin with: "
    "posecoach live heel_raises"
)
_WIDTH = 26
_SIDE_WORDS: dict[Side, str] = {"left": "left", "right": "right", "both": "both"}
_ENDS = {"done": "", "skipped": ", skipped", "stopped": ", ended early", None: ""}


def lines_of(one: Outline) -> list[str]:
    """A session in the table: its number and time, and a line for each exercise.

    Example:
        ``   12  18:03  Short five, 11 min`` and below it
        ``              Heel raises                20 reps (left 10, right 10), 2 sets, 3 tries``.
    """
    begin = f"{one.id:5}  {one.started_at:%H:%M}"
    indent = " " * len(begin)
    done = [f"{each.name:{_WIDTH}} {done_words(each)}" for each in one.done]
    name = one.program_name or (one.clip and f"Clip {one.clip}")
    if name is not None:
        return [
            f"{begin}  {name}, {length(one.seconds)}",
            *(f"{indent}    {each}" for each in done),
        ]
    return [f"{begin if not at else indent}  {each}" for at, each in enumerate(done or [""])]


def done_words(done: Done) -> str:
    """What was done of an exercise.

    Example:
        ``20 reps (left 10, right 10), 2 sets, 3 tries``.
    """
    parts = []
    if done.reps:
        what = "circle" if done.kind == "circles" else "rep"
        parts.append(counted(sum(done.reps.values()), what) + _sides(done.reps))
        if done.paced_reps:
            parts.append(f"{done.paced_reps} of them by the clock")
    if done.held_s:
        held = {side: f"{seconds:.0f} s" for side, seconds in done.held_s.items()}
        parts.append(f"{sum(done.held_s.values()):.0f} s" + _sides(held))
        if done.paced_s:
            parts.append(f"{done.paced_s:.0f} s of them by the clock")
    if done.sets > 1:
        parts.append(counted(done.sets, "set"))
    if done.attempts:
        parts.append(counted(done.attempts, "try", "tries"))
    return ", ".join(parts) or "nothing counted"


def totals_words(together: Totals) -> str:
    """Totals and streaks in two sentences."""
    parts = [f"{counted(together.sessions, 'session')} on {counted(together.days, 'day')}"]
    parts.append(length(together.seconds))
    if together.reps:
        parts.append(_of_clock(counted(together.reps, "rep"), together.paced_reps))
    if together.held_s:
        paced = length(together.paced_s) if together.paced_s else 0
        parts.append(_of_clock(f"{length(together.held_s)} held or walked", paced))
    if together.attempts:
        parts.append(counted(together.attempts, "try", "tries"))
    rows = f"{counted(together.streak, 'day')} in a row" if together.streak else "No streak now"
    return f"{', '.join(parts)}.\n{rows} (longest {counted(together.longest, 'day')})."


def heading_of(record: SessionRecord) -> str:
    """A session in one line."""
    at = record.started_at
    names = dict.fromkeys(one.name for one in record.sets)
    name = record.program_name or record.clip or ", ".join(names)
    return f"Session {record.id}, {_day(at)} {at:%H:%M}: {name}, {length(record.seconds)}"


def report_of(record: SessionRecord) -> list[str]:
    """A session with everything that was counted and tried in it."""
    lines = [heading_of(record)]
    if not record.finished:
        lines.append("  It was not ended; this is how far it got.")
    origin = " (assumed)" if record.height_assumed else ""
    known = [f"Body height {record.height_cm:g} cm{origin}"]
    known += [f"age {record.age}"] if record.age is not None else []
    known += [{"f": "female", "m": "male"}[record.sex]] if record.sex is not None else []
    lines.append(f"  {', '.join(known)}, model {record.model or 'unknown'}")
    for one in record.sets:
        lines += ["", *_set(record, one)]
    return lines


def length(seconds: float) -> str:
    """A time as people say it.

    Example:
        ``45 s``, ``11 min``, ``2 h 10 min``.
    """
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def counted(count: int, one: str, more: str | None = None) -> str:
    """A number of things."""
    return f"{count} {one if count == 1 else more or one + 's'}"


def _day(at: datetime) -> str:
    return f"{at:%a} {at.day} {at:%b %Y}"


def _of_clock(words: str, paced: object) -> str:
    return f"{words} ({paced} of them by the clock)" if paced else words


def _sides(values: Mapping[Side, Any]) -> str:
    told = [f"{_SIDE_WORDS[side]} {values[side]}" for side in SIDES if values.get(side)]
    return f" ({', '.join(told)})" if told else ""


def _set(record: SessionRecord, one: SetRecord) -> list[str]:
    number = f", set {one.set_number} of {one.sets}" if one.set_number else ""
    label = f", {one.label}" if one.label else ""
    side = f", {one.side}" if one.side != "auto" else ""
    asked = ""
    if one.target_reps:
        asked = f" of {one.target_reps}"
    elif one.target_s:
        asked = f" of {one.target_s:g} s"
    clock = ", by the clock" if one.paced else ""
    got = f"{len(one.reps)}" if one.target_reps else f"{one.held_s:.1f} s"
    if not one.target_reps and one.reps:
        got = f"{counted(len(one.reps), 'rep')}, {got}" if one.holds else str(len(one.reps))
    at = record.at(one.started_s)
    head = f"{at:%H:%M:%S}  {one.name}{label}{side}{number}: {got}{asked}{clock}{_ENDS[one.how]}"
    return [head, *(line for _, line in sorted(_parts(one)))]


def _parts(one: SetRecord) -> Iterator[tuple[float, str]]:
    for number, rep in enumerate(one.reps, 1):
        tempo = rep.tempo
        told = [f"rep {number}", rep.side, rep.direction, _measured(rep.measure)]
        told += [_seconds("up", tempo.up_s), _seconds("held", tempo.hold_s)]
        told += [_seconds("down", tempo.down_s), *map(_plain, rep.faults)]
        yield rep.end_s, _line(rep.start_s, told + ["by the clock"] * rep.paced)
    for hold in one.holds:
        told = [f"{hold.seconds:.1f} s", hold.side, _measured(hold.measure)]
        told += map(_plain, hold.faults)
        yield hold.end_s, _line(hold.start_s, told + ["by the clock"] * hold.paced)
    for attempt in one.attempts:
        told = ["try", attempt.side, _measured(attempt.measure), _plain(attempt.why)]
        yield attempt.end_s, _line(attempt.start_s, told)


def _line(start_s: float, told: list[str | None]) -> str:
    return f"  {start_s:7.1f} s  " + ", ".join(part for part in told if part)


def _measured(measure: Measure | None) -> str | None:
    if measure is None:
        return None
    what = measure.metric.removesuffix(f"_{measure.unit}").replace("_", " ")
    unit = {"deg": " degrees", "cm": " cm", "s": " s"}.get(measure.unit, "")
    return f"{what} {measure.value:.1f}{unit}"


def _seconds(what: str, value: float | None) -> str | None:
    return None if value is None else f"{what} {value:.1f} s"


def _plain(fault: str) -> str:
    return fault.replace("_", " ")
