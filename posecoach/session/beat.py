"""Reps judged against a metronome: up on one beat, down on the next."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from posecoach.checkers.results import Rep

OFF_BEAT = "off_beat"
BEATS_A_REP = 2
"""As in the clinical heel-raise test: 60 beats, 30 reps a minute."""
_HALF = 0.5
"""Of a beat, by which a rep may be early or late. At 60 beats a minute that is 0.5 s; the
time between two peaks is measured to 0.05 s at the median and 0.38 s at worst (67 pairs of
rendered heel raises), so that measuring alone makes no rep a late one."""
_BACK = 4
"""Reps back with which a rep is compared. Somebody who is 0.2 s too quick each time is
within the limit from rep to rep, and off the beat after three."""


class Beat:
    """Keeps the peaks of reps, and tells which come off the beat.

    Only the time between reps is looked at: how much later than the tick somebody moves,
    and how late tick and picture are, differs from person to person and room to room, but
    not from rep to rep.

    Args:
        beats_a_minute: Of the metronome.
    """

    def __init__(self, beats_a_minute: float) -> None:
        self.beats_a_minute = beats_a_minute
        self.period_s = 60.0 / beats_a_minute
        self._peaks: deque[float] = deque(maxlen=_BACK)

    def judged(self, rep: Rep) -> Rep:
        """The rep with ``off_beat`` among its faults if it is.

        Also with the metric ``beat_late_s``: how much later it came than two beats after the
        rep before; the first one has none.
        """
        if not self._peaks:
            self._peaks.append(rep.peak_s)
            return rep
        late = [after - BEATS_A_REP * n * self.period_s for n, after in self._since(rep)]
        rep = replace(rep, metrics={**rep.metrics, "beat_late_s": round(late[0], 3)})
        if any(abs(one) > _HALF * self.period_s for one in late):
            # From here on it may be right again.
            self._peaks.clear()
            rep = replace(rep, faults=(*rep.faults, OFF_BEAT))
        self._peaks.append(rep.peak_s)
        return rep

    def _since(self, rep: Rep) -> Iterator[tuple[int, float]]:
        """How many reps back, and how long ago, the nearest first."""
        for n, peak_s in enumerate(reversed(self._peaks), 1):
            yield n, rep.peak_s - peak_s


def next_beat(time_s: float, period_s: float) -> tuple[int, float]:
    """The first beat at or after a frame's time: its number from 0, and its time.

    Beats are counted from the frames' time 0.
    """
    number = math.ceil(time_s / period_s - 1e-9)
    return number, number * period_s
