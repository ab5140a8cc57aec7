"""Finding reps in one signal over time.

::

            leaves its rest            falls to `back` of its peak
    RESTING ----------------> MOVING ------------------------------> LANDING
       ^                        | beyond `limit`, too long,             | down, or
       | stays below `leave`    | vetoed or unseen                      | after LAND_S
    UNKNOWN <-------------------+                                       v  (counted)
       ^                                                            RETURNING
       RESTING <---------------- at rest again ------------------------+
       MOVING  <---------------- turns up again before it (heels not down)

Levels are measured from the person's own rest, which the signal already carries. A
movement that gets as far as ``count`` counts; one that only gets as far as ``attempt`` is
reported as tried. Nothing can count before a true rest was seen. A reading of None keeps
the state for :data:`GAP_S`, then the movement is given up. Once a movement is landing
nothing can take it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from posecoach.checkers.plateau import DIP_S, EASE_S, plateau
from posecoach.checkers.rep_rules import Track
from posecoach.checkers.veto import Veto

# A dropped second of video must not cost a rep; after longer nobody knows what happened.
GAP_S = 1.6
# The same for a close-up, which is None when the foot was put elsewhere: whatever it showed
# before is over. (Its filter bridges 0.2 of the 0.4 s without readings.)
CLOSE_UP_GAP_S = 0.15
# How long the signal must stay at rest before the first movement is believed.
REST_S = 0.15
# A peak lasts while the signal is within this share of its highest.
PEAK_SHARE = 0.9
# A new movement that starts before rest was reached must rise by this share of `count`.
RISE_AGAIN = 0.7

# A movement that fell to `back` of its peak is over for sure; its end is looked for so long.
LAND_S = 0.35

State = Literal["unknown", "resting", "moving", "landing", "returning"]


@dataclass(frozen=True, slots=True)
class Movement:
    """A movement that is over.

    Attributes:
        start_s: When it left rest.
        peak_s: Middle of the time that it spent near its peak.
        end_s: When it was back.
        up_s: Seconds from the start to near the peak.
        top_s: Seconds near the peak.
        down_s: Seconds from there to the end.
        peak: Highest level, in the signal's unit.
        counts: Whether it got as far as ``count``.
        sag: How far it fell between two moments near its peak, in shares of the peak.
        from_rest: Whether it started at rest rather than half-way down.
    """

    start_s: float
    peak_s: float
    end_s: float
    up_s: float
    top_s: float
    down_s: float
    peak: float
    counts: bool
    sag: float
    from_rest: bool


class RepCounter:
    """The state machine for one signal.

    Args:
        track: Levels and times.
        gap_s: For so long readings may be missing from frames; frames themselves may be
            missing for :data:`GAP_S`.

    Attributes:
        veto: Whether what it counts is some other movement.
    """

    def __init__(self, track: Track, gap_s: float = GAP_S) -> None:
        self._track = track
        self._gap_s = gap_s
        self.state: State = "unknown"
        self.level: float | None = None
        self.veto = Veto()
        self._sign = -1.0 if track.invert else 1.0
        self._samples: list[tuple[float, float]] = []
        self._rest_since: float | None = None
        self._rest_at = 0.0
        self._valley = (0.0, 0.0)
        self._fell_s = 0.0
        self._seen_s: float | None = None
        self._blind = False
        self._from_rest = True

    @property
    def under_way(self) -> bool:
        """Whether a movement has left its rest and not ended yet."""
        return self.state in ("moving", "landing")

    @property
    def held_s(self) -> float:
        """Seconds that the movement under way has been near its top; 0 once it left it."""
        if self.state != "moving" or self.peak < self._track.count:
            return 0.0
        top, now_s = plateau(self._samples), self._samples[-1][0]
        still_up = now_s - top.end_s < EASE_S + DIP_S
        return top.seconds if still_up else 0.0

    @property
    def peak(self) -> float:
        """Highest level of the movement under way, 0 at rest."""
        return max((v for _, v in self._samples), default=0.0) if self.under_way else 0.0

    def so_far(self) -> Movement | None:
        """The movement under way as if it ended now, if it is at least a try."""
        if self.peak < self._track.attempt:
            return None
        return self._finish(self.peak, self._samples[-1][0])

    def finish(self) -> Movement | None:
        """The movement that was landing when the frames ended, or None."""
        movement = self._landed() if self.state == "landing" else None
        self._to_unknown()
        return movement

    def update(self, value: float | None, time_s: float, vetoed: bool = False) -> Movement | None:
        """Take a reading.

        Args:
            value: The signal, or None where it cannot be measured.
            time_s: The frame's time.
            vetoed: Whether something shows that this is another movement.

        Returns:
            The movement that ended with this frame, if it got at least as far as a try.
        """
        self._blind = self._blind or value is None
        gap_s = self._gap_s if self._blind else GAP_S
        if self._seen_s is not None and time_s - self._seen_s > gap_s:
            self._seen_s = None
            movement = self.finish()
            if movement is not None:
                return movement
        if value is None:
            self.level = None
            return None
        self._seen_s, self._blind = time_s, False
        level = self.level = self._sign * value
        if self.veto.update(vetoed, time_s):
            return self.finish()
        if self.state == "unknown":
            self._wait_for_rest(level, time_s)
        elif self.state == "resting":
            self._watch_rest(level, time_s)
        elif self.state == "moving":
            self._follow(level, time_s)
        elif self.state == "landing":
            return self._land(level, time_s)
        else:
            self._watch_return(level, time_s)
        return None

    def _to_unknown(self) -> None:
        self.state = "unknown"
        self._samples = []
        self._rest_since = None

    def _wait_for_rest(self, level: float, time_s: float) -> None:
        if level >= self._track.leave:
            self._rest_since = None
        elif self._rest_since is None:
            self._rest_since = time_s
        elif time_s - self._rest_since >= REST_S:
            self.state, self._rest_at = "resting", time_s

    def _watch_rest(self, level: float, time_s: float) -> None:
        if level < self._track.leave:
            self._rest_at = time_s
            return
        self._start(self._rest_at, level, time_s, from_rest=True)

    def _start(self, start_s: float, level: float, time_s: float, *, from_rest: bool) -> None:
        self.state, self._from_rest = "moving", from_rest
        self._samples = [(start_s, min(level, self._track.leave)), (time_s, level)]

    def _follow(self, level: float, time_s: float) -> None:
        track = self._track
        self._samples.append((time_s, level))
        peak = self.peak
        if peak > track.limit or time_s - self._samples[0][0] > track.max_s:
            self._to_unknown()
        elif level <= max(track.leave, track.back * peak):
            self.state, self._fell_s = "landing", time_s
            self._valley = (time_s, level)

    def _land(self, level: float, time_s: float) -> Movement | None:
        if level < self._valley[1]:
            self._valley = (time_s, level)
        if self._valley[1] >= self._track.leave and time_s - self._fell_s < LAND_S:
            return None
        movement = self._landed()
        self.state = "returning" if level >= self._track.leave else "resting"
        self._rest_at = time_s
        self._samples = []
        return movement

    def _landed(self) -> Movement | None:
        """The movement that just ended, if it was long and large enough to be one."""
        peak = max(v for _, v in self._samples)
        movement = self._finish(peak, self._valley[0])
        long_enough = movement.end_s - movement.start_s >= self._track.min_s
        return movement if long_enough and peak >= self._track.attempt else None

    def _finish(self, peak: float, time_s: float) -> Movement:
        start_s = self._samples[0][0]
        near = [t for t, v in self._samples if v >= PEAK_SHARE * peak]
        first, last = near[0], near[-1]
        middle_s = (first + last) / 2
        if self._track.hold:
            top = plateau(self._samples)
            first, last, peak = top.start_s, top.end_s, top.level
            # What stays too low to count sways out of so narrow a band, and is one try still.
            middle_s = top.middle_s if peak < self._track.count else (first + last) / 2
        return Movement(
            start_s=start_s,
            peak_s=middle_s,
            end_s=time_s,
            up_s=first - start_s,
            top_s=last - first,
            down_s=time_s - last,
            peak=peak,
            counts=peak >= self._track.count,
            sag=self._sag(near[0], near[-1]),
            from_rest=self._from_rest,
        )

    def _sag(self, first_s: float, last_s: float) -> float:
        between = [v for t, v in self._samples if first_s <= t <= last_s]
        return 1 - min(between) / max(between)

    def _watch_return(self, level: float, time_s: float) -> None:
        if level < self._track.leave:
            self.state, self._rest_at = "resting", time_s
        elif level <= self._valley[1]:
            self._valley = (time_s, level)
        elif level - self._valley[1] > RISE_AGAIN * self._track.count:
            self._start(self._valley[0], level, time_s, from_rest=False)
