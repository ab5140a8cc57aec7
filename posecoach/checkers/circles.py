"""Finding full turns of a foot about its ankle.

::

            foot turns back after `swing`      ... and again: a full turn
    STILL ------------------------------> HALF ----------------------------> HALF
      ^                                     | a pause, a small swing, the leg moves, unseen
      +-------------------------------------+

From the side a circle is the foot pointing and drawing up in turn, and hardly anything
else can be seen of it. So turns are found in that one movement, which shows in every view
but from the feet, two half turns to a full one. Whether it went round at all, and which
way, is judged from the loops that ball and heel draw, over all turns since the last pause:
one loop from the side is too thin to tell.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from statistics import fmean, median

import numpy as np

from posecoach.checkers.timed_rules import Circles
from posecoach.checkers.turns import Foot, Run, Turn, drawn_by, votes_of

GAP_S = 0.7
# The foot's movement is averaged over so long: the ball's landmark jumps by a third of its
# way for up to 0.2 s where the foot looks alike from two sides.
SMOOTH_S = 0.3
# A swing turns back when it has come this share of the last one, and `swing`, back.
TURN_SHARE = 0.35
# Swings of one movement are alike in size and pace: of two, the lesser has at least this
# share of the greater's size and time.
ALIKE = 0.6
EVEN = 0.3
# Where a swing has left the one end and arrived at the other: the middle half of its way,
# a third of its time in a circle.
MIDDLE = 0.25
# From one middle to the next a circle takes twice as long as through one; so many times as
# long (and this many seconds) is a pause.
PAUSE_SHARE = 4.0
PAUSE_S = 0.5
# A frozen picture makes a swing a jump; no swing is told from another below this.
QUICK_S = 0.2
# A swing that ends without turning back is over after so long.
REST_S = 0.6
REST_SHARE = 0.8
# A foot that did not turn back for so long starts anew.
KEEP_S = 30.0


@dataclass(frozen=True, slots=True)
class _Half:
    start: int
    end: int
    size: float
    leave_s: float
    arrive_s: float


class CircleCounter:
    """The state machine for one foot.

    Args:
        rule: Levels and times.

    Attributes:
        run: The turns since the last pause.
    """

    def __init__(self, rule: Circles) -> None:
        self._rule = rule
        self._recent: deque[Foot] = deque()
        self._feet: list[Foot] = []
        self._points: list[float] = []
        self._way = 0  # 1 pointing, -1 drawing up, 0 unknown
        self._from = self._low = self._high = 0
        self._open: _Half | None = None
        self._last: _Half | None = None
        self._sizes: deque[float] = deque(maxlen=6)
        self._took: deque[float] = deque(maxlen=3)
        self.run = Run()

    @property
    def under_way(self) -> bool:
        """Whether half a turn was made and may become a whole one."""
        return self._open is not None

    @property
    def level(self) -> float | None:
        """Size of the last swing, in leg lengths."""
        return self._sizes[-1] if self._sizes else None

    def update(self, foot: Foot | None, time_s: float) -> tuple[Run | None, Turn | None]:
        """Take a frame.

        Returns:
            The run that ended, if one did, and the turn that was completed, if one was;
            the turn belongs to :attr:`run`.
        """
        ended = None
        if self._feet and (
            time_s - self._feet[-1].time_s > GAP_S
            or time_s - self._feet[self._from].time_s > KEEP_S
        ):
            ended = self.finish()
        if foot is None:
            return ended, None
        self._recent.append(foot)
        while self._recent[0].time_s < time_s - SMOOTH_S - 1e-6:
            self._recent.popleft()
        self._feet.append(foot)
        self._points.append(fmean(f.point for f in self._recent))
        half = self._swing()
        if half is None:
            return ended, None
        closed, turn = self._take(half)
        self._forget()
        return ended or closed, turn

    def finish(self) -> Run | None:
        """Give up what is under way; the run that this ends."""
        self._feet, self._points = [], []
        self._recent.clear()
        self._way = self._from = self._low = self._high = 0
        return self._break()

    def last_half(self) -> tuple[Run | None, Turn | None]:
        """At the last frame: a swing that is all but done counts."""
        if self._way and len(self._points) > 1:
            end = self._high if self._way > 0 else self._low
            size = abs(self._points[end] - self._points[self._from])
            if self._open is not None and size >= REST_SHARE * self._open.size:
                return self._take(self._half(end))
        return None, None

    def _break(self) -> Run | None:
        run, self.run = self.run, Run()
        self._open = self._last = None
        self._sizes.clear()
        self._took.clear()
        return run if run.turns else None

    def _swing(self) -> _Half | None:
        """The half turn that is over now, if one is."""
        points, i = self._points, len(self._points) - 1
        self._low = i if points[i] <= points[self._low] else self._low
        self._high = i if points[i] >= points[self._high] else self._high
        back = max(self._rule.swing, TURN_SHARE * median(self._sizes) if self._sizes else 0.0)
        fell = points[self._high] - points[i] > back
        rose = points[i] - points[self._low] > back
        if self._way == 0:
            if fell or rose:
                self._way = -1 if fell else 1
                self._from = self._high if fell else self._low
                self._low = self._high = i
            return None
        end = self._high if self._way > 0 else self._low
        if not (fell if self._way > 0 else rose) and not self._rests(end):
            return None
        half = self._half(end)
        self._way, self._from = -self._way, end
        self._low = self._high = i
        return half

    def _rests(self, end: int) -> bool:
        """Whether the foot stays where this swing ended, as far as swings go here."""
        size = abs(self._points[end] - self._points[self._from])
        return (
            self._open is not None
            and size >= REST_SHARE * self._open.size
            and self._feet[-1].time_s - self._feet[end].time_s > REST_S
        )

    def _half(self, end: int) -> _Half:
        start = self._from
        size = abs(self._points[end] - self._points[start])
        leave_s = self._crossing(range(start, end + 1), MIDDLE * size)
        arrive_s = self._crossing(range(end, start - 1, -1), MIDDLE * size)
        return _Half(start, end, size, leave_s, max(leave_s, arrive_s))

    def _crossing(self, frames: range, way: float) -> float:
        """When the foot was so far from where it is at the first of these frames."""
        before = frames[0]
        for i in frames:
            gone = abs(self._points[i] - self._points[frames[0]])
            if gone >= way:
                left = abs(self._points[before] - self._points[frames[0]])
                share = (way - left) / (gone - left) if gone > left else 0.0
                since = self._feet[before].time_s
                return since + share * (self._feet[i].time_s - since)
            before = i
        return self._feet[frames[-1]].time_s

    def _take(self, half: _Half) -> tuple[Run | None, Turn | None]:
        rule, took = self._rule, half.arrive_s - half.leave_s
        if self._leg_range(half) > rule.still or half.size < rule.swing or took > rule.max_s / 6:
            return self._break(), None
        ended = None if self._last is None or self._goes_on(self._last, half) else self._break()
        self._last = half
        self._sizes.append(half.size)
        self._took.append(took)
        if self._open is None:
            self._open = half
            return ended, None
        turn = self._turn(self._open, half)
        self._open = None
        if turn.end_s - turn.start_s < rule.min_s:
            return self._break(), None
        self.run.turns.append(turn)
        return ended, turn

    def _goes_on(self, before: _Half, after: _Half) -> bool:
        """Whether two swings are of one movement: alike, even, and without a pause."""
        size, usual = median(self._sizes), max(QUICK_S, median(self._took))
        took = max(QUICK_S, after.arrive_s - after.leave_s)
        between = self._open is None or not self.run.turns
        if between and self._took[-1] > took + PAUSE_S:
            return False  # a foot that drifts while it pauses
        return (
            min(size, after.size) >= ALIKE * max(size, after.size)
            and min(usual, took) >= EVEN * max(usual, took)
            and after.leave_s - before.arrive_s
            <= max(PAUSE_S, PAUSE_SHARE * fmean([*self._took, took]))
        )

    def _leg_range(self, half: _Half) -> float:
        legs = np.array([foot.leg for foot in self._feet[half.start : half.end + 1]])
        return float(np.max(np.ptp(legs, axis=0)))

    def _turn(self, first: _Half, second: _Half) -> Turn:
        feet = self._feet[first.start : second.end + 1]
        angles = [foot.angle_deg for foot in feet]
        # A twentieth of the time at each end is what a jumping landmark may take.
        range_deg = float(np.percentile(angles, 95) - np.percentile(angles, 5))
        votes, weight = votes_of(feet)
        # An end of a circle is the middle of the time there, or where a pause ends.
        start_s = max(feet[0].time_s, first.leave_s - (first.arrive_s - first.leave_s))
        end_s = min(feet[-1].time_s, second.arrive_s + (second.arrive_s - second.leave_s))
        return Turn(start_s, end_s, range_deg, votes, weight, drawn_by(feet))

    def _forget(self) -> None:
        """Drop what no turn under way needs any more."""
        keep = min(self._from, self._open.start if self._open else self._from)
        if keep == 0 or self._feet[-1].time_s - self._feet[0].time_s < KEEP_S:
            return
        self._feet, self._points = self._feet[keep:], self._points[keep:]
        self._from, self._low, self._high = self._from - keep, self._low - keep, self._high - keep
        self._open = _moved(self._open, keep)
        self._last = _moved(self._last, keep)


def _moved(half: _Half | None, by: int) -> _Half | None:
    if half is None:
        return None
    return _Half(half.start - by, half.end - by, half.size, half.leave_s, half.arrive_s)
