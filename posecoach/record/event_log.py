"""What happens in a live session, as it happens: a line of JSON for each event."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from posecoach.checkers.results import Attempt, Hold, Rep
from posecoach.record.files import output_error
from posecoach.session import events as ev
from posecoach.session import heel_raise_events as hev
from posecoach.session import setup_events as sev
from posecoach.session import workout_events as wev
from posecoach.session.heel_raise_leg import LegResult
from posecoach.session.plan import Block


class EventLog:
    """Writes events to a file while they come; each line is there at once.

    A context manager. An older file of that name is replaced.

    Args:
        path: Where to.

    Raises:
        OutputError: On entering, if the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Self:
        try:
            self._file = self._path.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise output_error(self._path, error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._file.close()
        except OSError as failed:
            # What cut the run short is the news; most likely it is the same full disk.
            if error is None:
                raise output_error(self._path, failed) from failed

    def write(self, events: Iterable[ev.Event]) -> None:
        """Write what happened at a frame.

        Raises:
            OutputError: If the disk is full, or the file is gone.
        """
        lines = [json.dumps(values_of(event), ensure_ascii=False) + "\n" for event in events]
        if not lines:
            return
        try:
            self._file.write("".join(lines))
            self._file.flush()
        except OSError as error:
            raise output_error(self._path, error) from error


def values_of(event: ev.Event) -> dict[str, Any]:
    """An event as plain values; see docs/formats.md."""
    found: dict[str, Any] = {"t_s": _number(event.time_s), "event": event.name, "side": event.side}
    match event:
        case ev.RepCounted(rep=Rep() as rep):
            found |= {"start_s": _number(rep.start_s), "end_s": _number(rep.end_s)}
            found |= {"faults": list(rep.faults)}
        case ev.TryAbandoned(attempt=Attempt(why=why)):
            found["why"] = why
        case ev.ViewRefused(why=why) | ev.HoldStopped(why=why) | sev.SetupAsked(why=why):
            found["why"] = why
        case ev.HoldEnded(hold=Hold() as hold):
            found |= {"start_s": _number(hold.start_s), "seconds": _number(hold.seconds)}
        case ev.FaultSeen(fault=fault):
            found["fault"] = fault
        case sev.CountIn(left=left) | wev.RestTick(left_s=left):
            found["left_s"] = left
        case sev.SetBegun(again=again):
            found["again"] = again
        case sev.GestureMade(gesture=gesture):
            found["gesture"] = gesture
        case wev.BlockStarted(block=Block() as block):
            found |= _block(block)
        case wev.BlockEnded(block=Block() as block, how=how):
            found |= {**_block(block), "how": how}
        case wev.SetFinished(set_number=number, sets=sets):
            found |= {"set": number, "sets": sets}
        case wev.RestStarted(seconds=seconds, change=change, following=following):
            found |= {"seconds": _number(seconds), "change": change}
            found["next"] = following.definition.id if following is not None else None
        case wev.ProgramFinished(complete=complete):
            found["complete"] = complete
        case hev.LegEnded(result=LegResult(reps=reps, end=end)):
            found |= {"reps": reps, "end": end}
        case hev.HeelRaiseTestFinished(complete=complete):
            found["complete"] = complete
    return found


def _block(block: Block) -> dict[str, Any]:
    return {"exercise": block.definition.id, "set": block.set_number, "sets": block.sets}


def _number(value: float) -> float:
    return round(value, 3)
