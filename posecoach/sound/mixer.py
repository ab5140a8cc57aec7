"""What is to be heard at each sample: one line of speech, and ticks beside it."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from posecoach.sound.samples import RATE, Samples

_GAP_S = 0.06
"""Between the parts of a line, as between words that are set apart by a comma."""
_FADE_S = 0.008
"""In which a line that is cut off fades: a sudden end would click."""


class Mixer:
    """Hands out samples to whatever plays them. Safe between threads.

    Time is counted in samples that were handed out.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: Samples = np.zeros(0, np.float32)
        self._at = 0
        self._ticks: list[tuple[int, Samples]] = []
        self._fading: Samples = np.zeros(0, np.float32)
        self.handed_out = 0

    @property
    def busy(self) -> bool:
        """Whether a line is being spoken."""
        with self._lock:
            return self._at < len(self._line)

    def say(self, parts: Sequence[Samples]) -> float:
        """Speak from the next sample on, in place of what is being spoken; its length in s."""
        gap = np.zeros(round(_GAP_S * RATE), np.float32)
        pieces = [piece for part in parts for piece in (part, gap)][:-1]
        line = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
        with self._lock:
            self._cut()
            self._line, self._at = line, 0
        return len(line) / RATE

    def stop(self) -> None:
        """Break off what is being spoken."""
        with self._lock:
            self._cut()

    def tick(self, samples: Samples, in_s: float) -> None:
        """Play a short sound beside the line, so many seconds from now."""
        with self._lock:
            self._ticks.append((self.handed_out + max(0, round(in_s * RATE)), samples))

    def pull(self, count: int) -> Samples:
        """The next samples."""
        mixed = np.zeros(count, np.float32)
        with self._lock:
            for source, start in ((self._line, self._at), (self._fading, 0)):
                piece = source[start : start + count]
                mixed[: len(piece)] += piece
            self._at = min(self._at + count, len(self._line))
            self._fading = self._fading[count:]
            begin, self.handed_out = self.handed_out, self.handed_out + count
            for at, samples in self._ticks:
                first = max(0, begin - at)
                into = max(0, at - begin)
                piece = samples[first : first + max(0, count - into)]
                mixed[into : into + len(piece)] += piece
            self._ticks = [(at, s) for at, s in self._ticks if at + len(s) > self.handed_out]
        return mixed

    def _cut(self) -> None:
        rest = self._line[self._at : self._at + round(_FADE_S * RATE)]
        self._fading = rest * np.linspace(1.0, 0.0, len(rest), dtype=np.float32)
        self._line, self._at = self._line[:0], 0
