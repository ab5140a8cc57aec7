"""What came of a clip, as plain values for a JSON file. ``docs/formats.md`` has every key."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import posecoach
from posecoach.checkers.results import Attempt, BodySide, Hold, Rep
from posecoach.session import Session
from posecoach.session import events as ev

FORMAT = 1
_SIDES: tuple[BodySide, ...] = ("left", "right", "both")
# A thousandth of a second, centimetre or degree is below what any camera tells.
_DECIMALS = 3


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """What was seen of a clip.

    Attributes:
        file: Its name without the folder.
        width: Pixels across, upright.
        height: Pixels down, upright.
        frames: Number of frames that were watched.
        last_s: Time of the last of them, seconds from the first.
        stated_fps: The rate that the file states, for a clip of a single frame.
    """

    file: str
    width: int
    height: int
    frames: int
    last_s: float
    stated_fps: float | None = None

    @property
    def mean_fps(self) -> float:
        """Mean frames per second; 0 where there is nothing to tell it from."""
        if self.frames > 1 and self.last_s > 0:
            return (self.frames - 1) / self.last_s
        return self.stated_fps or 0.0

    @property
    def seconds(self) -> float:
        """How long it lasts, the last frame for as long as the mean one."""
        return self.last_s + (1 / self.mean_fps if self.frames and self.mean_fps else 0.0)


def build_result(
    session: Session,
    clip: ClipFacts,
    *,
    model: str,
    view_why: str = "",
    warnings: Sequence[str] = (),
) -> dict[str, Any]:
    """The result of a finished session over a clip; equal sessions give equal values.

    Args:
        session: Finished.
        clip: What was watched.
        model: The pose model: a name, or a file name.
        view_why: In words, why the view could not serve (``session.view_why`` has the id).
        warnings: What somebody should know of the clip, a line each.
    """
    steps = session.snapshot.steps
    return {
        "format": FORMAT,
        "posecoach": posecoach.__version__,
        "clip": {
            "file": clip.file,
            "seconds": _number(clip.seconds),
            "frames": clip.frames,
            "width": clip.width,
            "height": clip.height,
            "mean_fps": _number(clip.mean_fps),
        },
        "exercise": session.definition.id,
        "side": session.asked_side,
        "model": model,
        "close_up": session.snapshot.close_up,
        "height_cm": {
            "value": _number(session.height_cm),
            "origin": "assumed" if session.height_assumed else "given",
        },
        "view": {"ok": session.view_ok, "why": "" if session.view_ok else view_why},
        "warnings": list(warnings),
        "summary": {
            "reps": _counts(session.reps),
            "attempts": _counts(session.attempts),
            "hold_s": _seconds(session.holds),
            "turns": {way: sum(r.direction == way for r in session.reps) for way in ("cw", "ccw")},
            "faults": _faults(session),
            **({} if steps is None else {"steps": steps}),
        },
        "reps": [_rep(index, rep) for index, rep in enumerate(session.reps, 1)],
        "attempts": [_attempt(attempt) for attempt in session.attempts],
        "holds": [_hold(hold) for hold in session.holds],
        "events": _events(session.events),
    }


def _number(value: float) -> float:
    return round(value, _DECIMALS) + 0.0  # adding 0.0 turns -0.0 into 0.0


def _metrics(metrics: Mapping[str, float]) -> dict[str, float]:
    """What could be measured; a number that is none has no place in JSON."""
    return {name: _number(value) for name, value in metrics.items() if math.isfinite(value)}


def _counts(results: Iterable[Rep | Attempt]) -> dict[str, int]:
    sides = Counter(result.side for result in results)
    return {"total": sides.total(), **{side: sides[side] for side in _SIDES}}


def _seconds(holds: Sequence[Hold]) -> dict[str, float]:
    by_side: dict[str, float] = {
        side: _number(sum(hold.seconds for hold in holds if hold.side == side)) for side in _SIDES
    }
    return {"total": _number(sum(hold.seconds for hold in holds)), **by_side}


def _faults(session: Session) -> dict[str, int]:
    faults = Counter(fault for rep in session.reps for fault in rep.faults)
    faults.update(fault for hold in session.holds for fault in hold.faults)
    faults.update(attempt.why for attempt in session.attempts)
    return dict(sorted(faults.items()))


def _rep(index: int, rep: Rep) -> dict[str, Any]:
    return {
        "index": index,
        "side": rep.side,
        "start_s": _number(rep.start_s),
        "peak_s": _number(rep.peak_s),
        "end_s": _number(rep.end_s),
        "metrics": _metrics(rep.metrics),
        "faults": list(rep.faults),
        "confidence": _number(rep.confidence),
        **({} if rep.direction is None else {"direction": rep.direction}),
        **_paced(rep),
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "side": attempt.side,
        "start_s": _number(attempt.start_s),
        "peak_s": _number(attempt.peak_s),
        "end_s": _number(attempt.end_s),
        "why": attempt.why,
        "metrics": _metrics(attempt.metrics),
    }


def _hold(hold: Hold) -> dict[str, Any]:
    return {
        "side": hold.side,
        "start_s": _number(hold.start_s),
        "end_s": _number(hold.end_s),
        "seconds": _number(hold.seconds),
        "metrics": _metrics(hold.metrics),
        "faults": list(hold.faults),
        **_paced(hold),
    }


def _paced(part: Rep | Hold) -> dict[str, bool]:
    return {"paced": True} if part.paced else {}


def _events(events: Iterable[ev.Event]) -> list[dict[str, Any]]:
    reps = 0
    found = []
    for event in events:
        extra: dict[str, Any] = {}
        match event:
            case ev.RepCounted():
                reps += 1
                extra = {"rep": reps}
            case ev.TryAbandoned(attempt=Attempt(why=why)):
                extra = {"why": why}
            case ev.ViewRefused(why=why) | ev.HoldStopped(why=why):
                extra = {"why": why}
            case ev.HoldEnded(hold=Hold(seconds=seconds)):
                extra = {"seconds": _number(seconds)}
            case ev.FaultSeen(fault=fault):
                extra = {"fault": fault}
        found.append(
            {"t_s": _number(event.time_s), "event": event.name, "side": event.side, **extra}
        )
    return found
