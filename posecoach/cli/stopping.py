"""Ctrl-C as a wish to end, heard between two frames."""

from __future__ import annotations

import signal
from types import FrameType, TracebackType
from typing import Any, Self


class Stop:
    """Whether somebody wants to end. While entered, Ctrl-C and a polite kill say so.

    Attributes:
        asked: Somebody does, by a signal or a key.
        exit_status: What the process should end with: 0 unless a signal asked.
    """

    def __init__(self) -> None:
        self.asked = False
        self.exit_status = 0
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._hear)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number in list(self._before):
            self._restore(number)

    def _hear(self, number: int, at: FrameType | None) -> None:
        self.asked = True
        self.exit_status = 128 + number
        # Should the frame under way never end, the next Ctrl-C does it.
        self._restore(number)

    def _restore(self, number: int) -> None:
        if number in self._before:
            signal.signal(number, self._before.pop(number) or signal.SIG_DFL)
