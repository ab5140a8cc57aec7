"""Finding swings to and fro in one signal over time, such as a foot that rolls on a ball.

A swing needs no rest: it goes from a valley to a peak and down again, wherever the valley
is. Beside :mod:`.reps`, which counts movements that leave a resting level and come back.
"""

from __future__ import annotations

import math

from posecoach.checkers.rep_rules import Track
from posecoach.checkers.reps import GAP_S, LAND_S, PEAK_SHARE, Movement
from posecoach.checkers.veto import Veto

# A valley older than this is no longer where the movement starts: the foot was moved.
VALLEY_S = 1.0
# A swing comes back to where it started; what goes on by this share of its height beyond
# that has gone elsewhere.
BEYOND_SHARE = 0.6
# A swing starts and ends where it has left its valley by this share of `leave`.
LEFT_SHARE = 0.2


class SwingCounter:
    """The state machine for one signal; the same interface as ``RepCounter``.

    Args:
        track: Levels and times. ``leave`` is how far the signal must rise from a valley,
            or fall from a peak, to have turned; levels are heights over the valley.
        gap_s: For so long readings may be missing from frames.

    Attributes:
        veto: See ``RepCounter``.
    """

    def __init__(self, track: Track, gap_s: float = GAP_S) -> None:
        self._track = track
        self._gap_s = gap_s
        self._sign = -1.0 if track.invert else 1.0
        self._samples: list[tuple[float, float]] = []
        self._moving = self._blind = False
        self._fell_s: float | None = None
        self.level: float | None = None
        self.veto = Veto()
        self.held_s = 0.0

    @property
    def under_way(self) -> bool:
        """Whether a swing has left its valley and not come back."""
        return self._moving

    @property
    def peak(self) -> float:
        """Height of the swing under way over the valley from which it started."""
        if not self._moving:
            return 0.0
        return max(v for _, v in self._samples) - self._samples[0][1]

    def so_far(self) -> Movement | None:
        """The swing under way as if it ended now, if it is at least a try."""
        return self._movement() if self.peak >= self._track.attempt else None

    def finish(self) -> Movement | None:
        """The swing that was all but back when the frames ended, or None."""
        movement = self._landed() if self._fell_s is not None else None
        self._forget()
        return movement

    def update(self, value: float | None, time_s: float, vetoed: bool = False) -> Movement | None:
        """Take a reading; see ``RepCounter.update``."""
        self._blind = self._blind or value is None
        gap_s = self._gap_s if self._blind else GAP_S
        if self._samples and time_s - self._samples[-1][0] > gap_s:
            return self.finish()
        if value is None:
            self.level = None
            return None
        self._blind = False
        self.level = self._sign * value
        if self.veto.update(vetoed, time_s):
            return self.finish()
        self._samples.append((time_s, self.level))
        if not self._moving:
            self._wait(time_s)
            return None
        return self._follow(time_s)

    def _forget(self) -> None:
        self._samples = []
        self._moving, self._fell_s = False, None

    def _wait(self, time_s: float) -> None:
        """Look for the valley that the signal leaves."""
        samples, track = self._samples, self._track
        while samples[0][0] < time_s - VALLEY_S:
            samples.pop(0)
        valley = min(v for _, v in samples)
        if samples[-1][1] - valley < track.leave:
            return
        near = valley + LEFT_SHARE * track.leave
        start = max(i for i, (_, v) in enumerate(samples) if v <= near)
        self._samples = [(samples[start][0], valley), *samples[start + 1 :]]
        self._moving, self._fell_s = True, None

    def _follow(self, time_s: float) -> Movement | None:
        track, samples = self._track, self._samples
        valley, level, height = samples[0][1], samples[-1][1], self.peak
        if height > track.limit or time_s - samples[0][0] > track.max_s:
            self._forget()
            return None
        if self._fell_s is None:
            if level > valley + track.back * height or height < track.leave:
                self._start_over()
                return None
            self._fell_s = time_s
        low = min(v for t, v in samples if t >= self._fell_s)
        turned = level - low >= LEFT_SHARE * track.leave
        if not turned and time_s - self._fell_s < LAND_S:
            return None
        movement = self._landed()
        # The next swing may start from this valley.
        self._samples = [each for each in samples if each[0] >= self._fell_s]
        self._moving, self._fell_s = False, None
        return movement

    def _start_over(self) -> None:
        """Where the foot turned twice without coming back, it was put there: start from there."""
        samples, least = self._samples, self._track.attempt
        level, highest, low = samples[-1][1], -math.inf, -1
        for i, (_, value) in enumerate(samples):
            highest = max(highest, value)
            if highest - value >= least and (low < 0 or value < samples[low][1]):
                low = i
        if low >= 0 and level - samples[low][1] >= least:
            self._samples = samples[low:]

    def _landed(self) -> Movement | None:
        movement, track = self._movement(), self._track
        lowest = min(v for _, v in self._samples)
        if self._samples[0][1] - lowest > BEYOND_SHARE * movement.peak:
            return None
        long_enough = movement.end_s - movement.start_s >= track.min_s
        return movement if long_enough and movement.peak >= track.attempt else None

    def _movement(self) -> Movement:
        samples, height = self._samples, self.peak
        start_s, valley = samples[0]
        near = [t for t, v in samples if v - valley >= PEAK_SHARE * height]
        after = [(t, v) for t, v in samples if t >= near[-1]]
        low = min(v for _, v in after)
        end_s = next(t for t, v in after if v <= low + LEFT_SHARE * self._track.leave)
        return Movement(
            start_s=start_s,
            peak_s=(near[0] + near[-1]) / 2,
            end_s=end_s,
            up_s=near[0] - start_s,
            top_s=near[-1] - near[0],
            down_s=end_s - near[-1],
            peak=height,
            counts=height >= self._track.count,
            from_rest=True,
            sag=0.0,
        )
