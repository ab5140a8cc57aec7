"""Where a standing person rests: the level that every rise is measured from.

It learns itself from the first calm moment upright and follows slow change. It belongs
to a place: whoever walks off, comes nearer or is lost has no resting level until they
have stood calm again, so that stepping into place is never a rep.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import fmean, median, median_low

import numpy as np
from numpy.typing import NDArray

from posecoach.motion.body import Body, Y
from posecoach.motion.geometry import angle_deg
from posecoach.motion.smoothing import MedianFilter
from posecoach.pose import SIDES, Side

# Somebody is calm if what is counted is, and that is smoothed over so long.
SMOOTH_S = 0.2


@dataclass(frozen=True, slots=True)
class Levels:
    """Heights and places of one standing body, pixels unless said otherwise.

    Attributes:
        time_s: The frame's time.
        parts: Image y of nose, shoulders, hips and the standing legs' knees.
        ankle: Image y of the left and the right ankle.
        ball: Image (x, y) of the left and right ball of the foot.
        heel: Height of each heel over its ball, leg lengths.
        hip_x: Image x of the hips' middle.
        knees: Angle of the left and the right knee, degrees, 180 straight.
    """

    time_s: float
    parts: tuple[float, float, float, float]
    ankle: tuple[float, float]
    ball: tuple[tuple[float, float], tuple[float, float]]
    heel: tuple[float, float]
    hip_x: float
    knees: tuple[float, float]

    @classmethod
    def of(cls, body: Body) -> Levels:
        """Read the levels of a body."""
        balls = [body.at("foot_index", s) for s in SIDES]
        return cls(
            body.pose.time_s,
            (
                float(body.nose[Y]),
                float(body.mid("shoulder")[Y]),
                float(body.mid("hip")[Y]),
                fmean(float(body.at("knee", s)[Y]) for s in body.standing_sides()),
            ),
            (float(body.at("ankle", "left")[Y]), float(body.at("ankle", "right")[Y])),
            (
                (float(balls[0][0]), float(balls[0][Y])),
                (float(balls[1][0]), float(balls[1][Y])),
            ),
            (body.heel_above_ball("left"), body.heel_above_ball("right")),
            float(body.mid("hip")[0]),
            (knee_angle(body, "left"), knee_angle(body, "right")),
        )

    @property
    def knee(self) -> float:
        """Angle of the straighter knee, degrees."""
        return max(self.knees)

    def vector(self) -> NDArray[np.float64]:
        """All levels but time as one array, for averages."""
        return np.array(
            [*self.parts, *self.ankle, *np.ravel(self.ball), *self.heel, self.hip_x, *self.knees]
        )

    def with_vector(self, v: NDArray[np.float64]) -> Levels:
        """These levels with the numbers of such an array."""
        n = [float(x) for x in v]
        return replace(
            self,
            parts=(n[0], n[1], n[2], n[3]),
            ankle=(n[4], n[5]),
            ball=((n[6], n[7]), (n[8], n[9])),
            heel=(n[10], n[11]),
            hip_x=n[12],
            knees=(n[13], n[14]),
        )


def knee_angle(body: Body, side: Side) -> float:
    """Hip-knee-ankle in the picture, degrees, 180 straight."""
    return angle_deg(body.at("hip", side), body.at("knee", side), body.at("ankle", side))


def upright(body: Body) -> bool:
    """Whether the trunk stands up and the feet are below the hips."""
    shoulder, hip = body.mid("shoulder"), body.mid("hip")
    feet = max(body.at("ankle", s)[Y] for s in SIDES)
    return bool(hip[Y] - shoulder[Y] > abs(hip[0] - shoulder[0]) and feet > hip[Y])


class Rest:
    """Learns and keeps the resting level of somebody who stands.

    The constants are in leg lengths (a leg is about 80 cm) and seconds. They come from
    the labelled clips: calm standing jitters by 0.002 to 0.006 a landmark, a heel raise
    is 0.05 to 0.12, a step moves the hips by 0.3 or more, one foot against the other by 0.1.
    """

    LEARN_S = 0.4
    CALM = 0.012
    SWAY = 0.05
    STEP = 0.045
    FOLLOW_S = 4.0
    FOLLOW_WITHIN = 0.012
    AWAY = 0.3
    AWAY_S = 0.3
    LOST_S = 1.5
    LOWER = -0.03
    HIGHER = 0.2
    RELEARN_S = 0.7
    STRAIGHT_DEG = 150.0

    # A later calm moment may be one on tiptoe: it may lower what is known of the flat
    # foot, but hardly raise it.
    HEEL_STEP = 0.015

    def __init__(self) -> None:
        self.levels: Levels | None = None
        self.heel: tuple[float, float] | None = None
        self._recent: deque[Levels] = deque()
        self._epoch = -1
        self._away_since: float | None = None
        self._wrong_since: float | None = None
        self._last_s: float | None = None
        self._learned_s = 0.0
        self._lowest: tuple[float, float] | None = None

    @property
    def recent(self) -> Sequence[Levels]:
        """Levels of the last :attr:`RELEARN_S` upright, the newest last."""
        return self._recent

    def update(self, body: Body | None, time_s: float, epoch: int) -> None:
        """Take a frame.

        Args:
            body: The person, or None when nobody is in view.
            time_s: The frame's time.
            epoch: The scale's epoch; another one ends what was learned.
        """
        if self._last_s is not None and time_s - self._last_s > self.LOST_S:
            self.forget()
        if body is None:
            return  # one frame without anybody does not end a calm moment
        if not upright(body):
            self._recent.clear()
            return
        self._last_s = time_s
        if epoch != self._epoch:
            self.forget()
            self._epoch = epoch
        now = Levels.of(body)
        self._recent.append(now)
        while self._recent[0].time_s < time_s - self.RELEARN_S:
            self._recent.popleft()
        if self.levels is None:
            self._learn(body, time_s)
        else:
            self._keep(body, now, time_s)

    def forget(self) -> None:
        """Give up the place; the next calm moment makes a new one.

        What a flat foot looks like (:attr:`heel`) does not depend on the place and stays.
        """
        self.levels = None
        self._recent.clear()
        self._away_since = self._wrong_since = None

    def _calm_levels(self, body: Body, span_s: float, time_s: float) -> Levels | None:
        """The middle of the last ``span_s`` seconds, or None if they were not calm."""
        recent = [level for level in self._recent if level.time_s >= time_s - span_s - 1e-6]
        if len(recent) < 3 or recent[-1].time_s - recent[0].time_s < span_s * 0.8:
            return None
        if any(level.knee < self.STRAIGHT_DEG for level in recent):
            return None
        limit = self.CALM * body.leg
        heights = [median_low(level.parts) for level in recent]
        # Over the feet too, so that a shaking camera does not make a restless person.
        over_feet = [
            h - min(y for _, y in level.ball) for h, level in zip(heights, recent, strict=True)
        ]
        times = [level.time_s for level in recent]
        if min(_spread(_smooth(heights, times)), _spread(_smooth(over_feet, times))) > limit:
            return None
        if _spread([level.hip_x for level in recent]) > self.SWAY * body.leg:
            return None
        # A step moves one foot against the other, a shaking camera both alike.
        for axis in (0, 1):
            apart = [level.ball[0][axis] - level.ball[1][axis] for level in recent]
            if _spread(apart) > self.STEP * body.leg:
                return None
        return recent[-1].with_vector(np.median([level.vector() for level in recent], axis=0))

    def _learn(self, body: Body, time_s: float) -> None:
        self.levels = self._calm_levels(body, self.LEARN_S, time_s)
        if self.levels is None:
            return
        self._learned_s = time_s
        left, right = self.levels.heel
        if self._lowest is None:
            self._lowest = (left, right)
        self.heel = (
            min(left, self._lowest[0] + self.HEEL_STEP),
            min(right, self._lowest[1] + self.HEEL_STEP),
        )
        self._lowest = (min(left, self._lowest[0]), min(right, self._lowest[1]))

    def _keep(self, body: Body, now: Levels, time_s: float) -> None:
        assert self.levels is not None
        rest = self.levels
        rise = self.rise(now, body.leg)
        if abs(now.hip_x - rest.hip_x) > self.AWAY * body.leg:
            if self._away_since is None:
                self._away_since = time_s
            elif time_s - self._away_since > self.AWAY_S:
                self.forget()
                return
        else:
            self._away_since = None
        if self.LOWER < rise < self.HIGHER or now.knee < self.STRAIGHT_DEG:
            self._wrong_since = None
        elif self._wrong_since is None:
            self._wrong_since = time_s
        elif time_s - self._wrong_since > self.RELEARN_S:
            # Calm and straight at another height: the level was learned on tiptoe, the
            # camera was moved, or the person stands elsewhere now.
            fresh = self._calm_levels(body, self.LEARN_S, time_s)
            if fresh is not None:
                self.levels, self._wrong_since, self._learned_s = fresh, None, time_s
                return
        if abs(rise) < self.FOLLOW_WITHIN and len(self._recent) > 1:
            step = fmean(b.time_s - a.time_s for a, b in pairwise(self._recent))
            # As a mean over all that was calm here, which is worth little while it is young.
            age_s = time_s - self._learned_s + self.LEARN_S
            weight = min(1.0, step / min(self.FOLLOW_S, age_s))
            mixed = rest.vector() * (1 - weight) + now.vector() * weight
            self.levels = rest.with_vector(mixed)

    def rise(self, now: Levels, leg: float) -> float:
        """How far the body stands above its resting level, in leg lengths.

        In a heel raise everything above the balls of the feet goes up alike. The lower
        median of nose, shoulders, hips and knees: a nod or a raised arm moves one of
        them, straightening the back two, a heel raise all four. What the feet do in the
        same instant is taken off, so that neither a shaking camera nor a jump counts.
        """
        assert self.levels is not None
        parts = median_low(r - n for r, n in zip(self.levels.parts, now.parts, strict=True))
        return (parts + self._shake(now)) / leg

    def _shake(self, now: Levels) -> float:
        """How far the whole picture just jumped down, pixels: what all of it does alike."""
        before = self._recent or (now,)
        jumps = [
            now.ball[0][1] - median(level.ball[0][1] for level in before),
            now.ball[1][1] - median(level.ball[1][1] for level in before),
            *(now.parts[i] - median(level.parts[i] for level in before) for i in range(4)),
        ]
        if all(jump > 0 for jump in jumps) or all(jump < 0 for jump in jumps):
            return min(jumps, key=abs)
        return 0.0


def _spread(values: Sequence[float]) -> float:
    return max(values) - min(values)


def _smooth(values: list[float], times: list[float]) -> list[float]:
    """The values as signals are smoothed; without the first two, which have too few before them."""
    smooth = MedianFilter(SMOOTH_S)
    found = [smooth.update(value, time_s) for value, time_s in zip(values, times, strict=True)]
    return [value for value in found[2:] if value is not None]
