"""The file for what the history could not take."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from posecoach.record.history.exchange import heading, line_of
from posecoach.record.history.leftovers import lock
from posecoach.record.history.model import SessionRecord

_NAME = "{place}{when:%Y%m%d-%H%M%S}-{process}.jsonl"


class Unsaved:
    """A file in the first place that takes one; each line reaches it at once.

    Args:
        places: Where it may be, and what its name begins with; see
            :func:`.leftovers.places_of`.

    Attributes:
        path: The file; None where none can be written, or once it cannot be any more.
    """

    def __init__(self, places: Sequence[Path]) -> None:
        now = datetime.now()
        self.path: Path | None = None
        self._lines = 0
        for place in places:
            name = _NAME.format(place=place.name, when=now, process=os.getpid())
            path = place.with_name(name)
            try:
                # Kept open over many lines; close() sees to it.
                self._file = path.open("x", encoding="utf-8", newline="\n")
            except OSError:
                continue
            try:
                path.chmod(0o600)
                # Before its first line: nobody takes one without.
                lock(self._file)
                self._put(heading(None))
            except OSError:
                self._drop(path)
                continue
            self.path = path
            return

    def write(self, record: SessionRecord) -> None:
        """Add a line; where that fails, :attr:`path` is None from then on."""
        if self.path is None:
            return
        try:
            self._put(line_of(record))
            self._lines += 1
        except OSError:
            with suppress(OSError):
                self._file.close()
            self.path = None

    def close(self) -> None:
        """Close it; one without a line is removed."""
        if self.path is None:
            return
        if self._lines:
            with suppress(OSError):
                self._file.close()
        else:
            self._drop(self.path)

    def _put(self, text: str) -> None:
        self._file.write(text)
        self._file.flush()

    def _drop(self, path: Path) -> None:
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            path.unlink()
