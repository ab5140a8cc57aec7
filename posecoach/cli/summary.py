"""What came of a session, in a few plain lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Protocol

from posecoach.checkers import Word
from posecoach.checkers.results import BodySide
from posecoach.feedback import phrase
from posecoach.session import Session

_SIDES: tuple[BodySide, ...] = ("left", "right", "both")


class _Sided(Protocol):
    @property
    def side(self) -> BodySide: ...


def summary(session: Session) -> str:
    """Counts by side, seconds held, tries that did not count and faults; one to three lines.

    Example:
        ``Heel raises: 4 reps (both legs 4)`` and below it
        ``  2 tries did not count: lift your heels higher (2)``.
    """
    words = session.definition.words
    if session.definition.kind == "circles":
        done = _plural(len(session.reps), "circle") + _by_side(session.reps)
        ways = Counter(phrase(f"way_{rep.direction}").lower() for rep in session.reps)
        done += "".join(f", {count} {way}" for way, count in ways.items())
    elif session.definition.kind == "reps":
        done = _plural(len(session.reps), "rep") + _by_side(session.reps)
    else:
        seconds = {
            side: sum(hold.seconds for hold in session.holds if hold.side == side)
            for side in _SIDES
        }
        done = f"{sum(seconds.values()):.1f} s in {_plural(len(session.holds), 'hold')}"
        done += _bracketed({side: f"{s:.1f} s" for side, s in seconds.items() if s})
    lines = [f"{session.definition.name}: {done}"]
    if session.attempts:
        tries = _plural(len(session.attempts), "try", "tries")
        why = Counter(attempt.why for attempt in session.attempts)
        lines.append(f"  {tries} did not count: {_named(why, words)}")
    faults = Counter(fault for rep in session.reps for fault in rep.faults)
    faults.update(fault for hold in session.holds for fault in hold.faults)
    if faults:
        lines.append(f"  To work on: {_named(faults, words)}")
    if not session.reps and not session.holds and session.view_why:
        seen = phrase(session.view_why, words).lower()
        lines.append(f"  What kept the camera from seeing it: {seen}")
    return "\n".join(lines)


def details(session: Session) -> list[str]:
    """More of a session, in indented lines: heel lift, and each hold.

    Example:
        ``  Heel lift 6.9 cm at the median, for a height of 170 cm (assumed; see --height)``
    """
    lines = []
    lifts = [rep.metrics["heel_lift_cm"] for rep in session.reps if "heel_lift_cm" in rep.metrics]
    if lifts:
        origin = " (assumed; give yours with --height)" if session.height_assumed else ""
        lines.append(
            f"  Heel lift {median(lifts):.1f} cm at the median, "
            f"for a height of {session.height_cm:g} cm{origin}"
        )
    for hold in session.holds:
        side = phrase(f"side_{hold.side}").lower()
        lines.append(f"  {hold.start_s:.1f} s to {hold.end_s:.1f} s, {side}: {hold.seconds:.1f} s")
    steps = session.snapshot.steps
    if steps is not None:
        lines.append(f"  {_plural(steps, 'step')}")
    return lines


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"


def _by_side(results: Sequence[_Sided]) -> str:
    counts = Counter(result.side for result in results)
    return _bracketed({side: str(counts[side]) for side in _SIDES if counts[side]})


def _bracketed(values: dict[BodySide, str]) -> str:
    parts = [f"{phrase(f'side_{side}').lower()} {value}" for side, value in values.items()]
    return f" ({', '.join(parts)})" if parts else ""


def _named(counts: Counter[str], words: Mapping[str, Word]) -> str:
    return ", ".join(f"{phrase(why, words).lower()} ({n})" for why, n in counts.most_common())
