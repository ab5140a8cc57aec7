"""The numbers behind a result: a CSV file with one row a frame."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from posecoach.closing import Closing
from posecoach.record.files import PartFile, output_error
from posecoach.session import Session

COLUMNS = (
    "time_s",
    "phase",
    "side",
    "reps",
    "attempts",
    "hold_s",
    "total_hold_s",
)
"""The columns before those of the signals; ``docs/formats.md`` says what they hold."""

_TIME_DECIMALS = 4
_SIGNAL_DECIMALS = 5


class FrameTable(Closing):
    """Writes a row for each frame. A context manager.

    The file appears under its name on closing; a run cut short by an exception or Ctrl-C
    leaves the rows written so far. After a failed write there is no new file, and an older
    one of that name stays as it was.

    Args:
        path: The file to write.
        signals: Names of the signals, as ``session.signals`` gives them; a column each.

    Raises:
        OutputError: If it cannot be written.

    Example:
        >>> with FrameTable(Path("out.csv"), session.signals) as table:  # doctest: +SKIP
        ...     for pose in poses:
        ...         session.update(pose)
        ...         table.write(session)
    """

    def __init__(self, path: Path, signals: Sequence[str]) -> None:
        self._signals = tuple(signals)
        self._file = PartFile(path)
        self._failed = False
        try:
            # Kept open over many frames; close() sees to it.
            self._out = self._file.part.open("w", encoding="utf-8", newline="")
        except OSError as error:
            self._file.discard()
            raise output_error(path, error) from error
        self._writer = csv.writer(self._out, lineterminator="\n")
        self._row((*COLUMNS, *self._signals))

    def write(self, session: Session) -> None:
        """Add the state of a session after a frame.

        Raises:
            OutputError: If the disk is full or gone.
        """
        snapshot = session.snapshot
        readings = session.readings
        self._row(
            (
                _text(snapshot.time_s, _TIME_DECIMALS),
                snapshot.phase,
                snapshot.side or "",
                str(snapshot.reps),
                str(snapshot.attempts),
                _text(snapshot.hold_s, _TIME_DECIMALS),
                _text(snapshot.total_hold_s, _TIME_DECIMALS),
                *(_text(readings[name], _SIGNAL_DECIMALS) for name in self._signals),
            )
        )

    def close(self) -> None:
        """Finish the file and give it its name. Closing twice is fine.

        Raises:
            OutputError: If it cannot be finished; no file is left then.
        """
        if self._out.closed:
            return
        try:
            self._out.close()
            if not self._failed:
                self._file.keep()
        except OSError as error:
            if not self._failed:
                raise output_error(self._file.target, error) from error
        finally:
            self._file.discard()

    def _row(self, values: Sequence[str]) -> None:
        try:
            self._writer.writerow(values)
        except OSError as error:
            self._failed = True
            self.close()
            raise output_error(self._file.target, error) from error


def _text(value: float | None, decimals: int) -> str:
    return "" if value is None else str(round(value, decimals) + 0.0)
