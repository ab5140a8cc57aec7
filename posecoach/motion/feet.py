"""What close-ups of the feet say over time: how far toes and feet are from their rest."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from posecoach.pose import SIDES, FootView, Side

Vector = NDArray[np.float64]


class RestPoint:
    """Where a point in the picture rests: learned when it is calm, and followed.

    Args:
        calm: How far it may move within :attr:`LEARN_S` to be calm, in its own unit.
        adopt_s: After so long calm in another place, that place is its rest.
    """

    LEARN_S = 0.5
    FOLLOW_S = 4.0

    def __init__(self, calm: float, adopt_s: float) -> None:
        self._calm = calm
        self._adopt_s = adopt_s
        self.rest: Vector | None = None
        self._recent: deque[tuple[float, Vector]] = deque()
        self._calm_since: float | None = None
        self._last_s = 0.0

    def forget(self) -> None:
        """Give up the rest; the next calm moment makes a new one."""
        self.rest = None
        self._recent.clear()
        self._calm_since = None

    def update(self, point: Vector, time_s: float) -> Vector | None:
        """Take a reading; how far (2,) it is off its rest, None before there is one."""
        recent = self._recent
        recent.append((time_s, point))
        while recent[0][0] < time_s - self.LEARN_S - 1e-6:
            recent.popleft()
        points = np.array([each for _, each in recent])
        filled = time_s - recent[0][0] >= 0.8 * self.LEARN_S
        calm = filled and bool(np.ptp(points, axis=0).max() <= self._calm)
        step, self._last_s = time_s - self._last_s, time_s
        if self.rest is None:
            if calm:
                self.rest = np.median(points, axis=0)
        elif math.dist(point, self.rest) <= self._calm:
            self._calm_since = None
            self.rest = self.rest + min(1.0, step / self.FOLLOW_S) * (point - self.rest)
        elif not calm:
            self._calm_since = None
        elif self._calm_since is None:
            self._calm_since = time_s
        elif time_s - self._calm_since >= self._adopt_s:
            self.rest, self._calm_since = np.median(points, axis=0), None
        return None if self.rest is None else point - self.rest


@dataclass(frozen=True, slots=True)
class FootReading:
    """One foot's movement; lengths in lengths of the foot (heel to ball).

    Attributes:
        toes: How much further the toes are from their rest than the hind foot is: the foot
            of a standing person sways as a whole.
        hind: How far heel and ankle are from their rest.
        lift: How far the whole foot is above where it rests, toes and heel: the lower of
            the two.
        forward: How far the whole foot has gone forwards, the way its toes point, since
            the close-up began.
        stroke: How far it moved forwards and back within the last second.
        aside: How far it moved across that within the last second, as a lifted foot does.
        speed: How fast the foot moves, foot lengths a second.
        axis_deg: Direction of the movement's main axis in the picture, -90 to 90 degrees
            from the horizontal, upwards to the right positive; None without movement.
        pixels: Length of the foot in pixels of the frame.
        turn: Whether the toes go round: 1 clockwise in the picture, -1 the other way
            round, 0 to and fro; None without movement.
    """

    toes: float | None
    hind: float | None
    lift: float | None
    forward: float | None
    stroke: float
    aside: float
    speed: float | None
    axis_deg: float | None
    turn: float | None
    pixels: float


class FootMotion:
    """Follows one foot's close-ups.

    Resting toes and feet move by 0.002 to 0.006 of a foot, a curl or grip of the toes by
    0.008 to 0.05, a foot that lifts a pencil by 0.05 to 0.1, a foot that rolls on a ball
    by 0.15 to 0.3 (docs/decisions.md).
    """

    TOES_CALM = 0.008
    FOOT_CALM = 0.012
    # Longer than any hold of the exercises (10 s, 15 with a band) with its ramps.
    HELD_S = 45.0
    # A foot that was put this far off rests elsewhere, and its toes too.
    PUT_ELSEWHERE = 0.11
    PUT_S = 0.5
    WINDOW_S = 2.0
    LATELY_S = 1.0
    # A close-up that just began says so by showing nothing: whatever was before is over.
    SETTLE_S = 0.45
    SPEED_S = 0.15
    # A movement of less than this has no axis and no sense.
    MOVING = 0.01

    def __init__(self) -> None:
        self._began_s: float | None = None
        self._forget()

    def _forget(self) -> None:
        self._toes = RestPoint(self.TOES_CALM, self.HELD_S)
        self._hind = RestPoint(self.TOES_CALM, self.HELD_S)
        self._toes_down = RestPoint(self.FOOT_CALM, self.HELD_S)
        self._heel_down = RestPoint(self.FOOT_CALM, self.HELD_S)
        self._put: Vector | None = None
        self._put_since: float | None = None
        self._path: deque[tuple[float, Vector]] = deque()
        self._whole: deque[tuple[float, Vector]] = deque()

    def update(self, view: FootView | None, time_s: float) -> FootReading | None:
        """Take a frame's close-up; None without one."""
        if view is None:
            return None
        if view.began_s != self._began_s:
            self._forget()
            self._began_s = view.began_s
        foot = (view.toes + view.hind) / 2
        if self._was_put_elsewhere(view.hind, time_s):
            self._toes.forget()
            self._hind.forget()
        toes, hind = self._toes.update(view.toes, time_s), self._hind.update(view.hind, time_s)
        toes_off = self._toes_down.update(view.toes, time_s)
        heel_off = self._heel_down.update(view.hind, time_s)
        speed, axis, turn = self._follow(view.toes, time_s)
        return FootReading(
            None if toes is None or hind is None else _further(toes, hind),
            None if hind is None else math.hypot(*hind),
            None if toes_off is None or heel_off is None else -float(max(toes_off[1], heel_off[1])),
            None if time_s - view.began_s < self.SETTLE_S else float(foot @ view.ahead),
            *self._lately(foot, view.ahead, time_s),
            speed,
            axis,
            turn,
            view.foot_px,
        )

    def _was_put_elsewhere(self, hind: Vector, time_s: float) -> bool:
        """Whether the foot has been away for a while from where the toes learned their rest."""
        if self._toes.rest is None or self._put is None:
            self._put, self._put_since = hind, None
            return False
        if math.dist(hind, self._put) < self.PUT_ELSEWHERE:
            self._put_since = None
            return False
        if self._put_since is None:
            self._put_since = time_s
        if time_s - self._put_since < self.PUT_S:
            return False
        self._put, self._put_since = hind, None
        return True

    def _lately(self, foot: Vector, ahead: Vector, time_s: float) -> tuple[float, float]:
        """Stroke and aside."""
        whole = self._whole
        whole.append((time_s, foot))
        while whole[0][0] < time_s - self.LATELY_S - 1e-6:
            whole.popleft()
        points = np.array([each for _, each in whole])
        across = float(np.ptp(points @ np.array([-ahead[1], ahead[0]])))
        stroke = float(np.ptp(points @ ahead))
        return stroke, across

    def _follow(
        self, toes: Vector, time_s: float
    ) -> tuple[float | None, float | None, float | None]:
        """Speed, axis and sense of the toes' way over the last seconds."""
        path = self._path
        path.append((time_s, toes))
        while path[0][0] < time_s - self.WINDOW_S - 1e-6:
            path.popleft()
        before = next(each for each in path if each[0] >= time_s - self.SPEED_S - 1e-6)
        lasted = time_s - before[0]
        speed = math.dist(toes, before[1]) / lasted if lasted > 0 else None
        points = np.array([each for _, each in path])
        points = points - points.mean(axis=0)
        if len(points) < 3:
            return speed, None, None
        spread, axes = np.linalg.eigh(points.T @ points / len(points))
        if math.sqrt(spread[1]) < self.MOVING:
            return speed, None, None
        x, y = axes[:, 1] * (1 if axes[0, 1] >= 0 else -1)
        # Twice the area swept over that of as many round circles of the same size: for a
        # circle of radius r either variance is r^2 / 2.
        (x0, y0), (x1, y1) = points[:-1].T, points[1:].T
        swept = float((x0 * y1 - y0 * x1).sum())
        whole = sum(math.dist(a, b) for a, b in pairwise(points))
        turn = swept / (whole * math.sqrt(2 * spread[1])) if whole else 0.0
        return speed, math.degrees(math.atan2(-y, x)), max(-1.0, min(1.0, turn))


def _further(toes: Vector, hind: Vector) -> float:
    return max(0.0, math.hypot(*toes) - math.hypot(*hind))


class FeetMotion:
    """Follows both feet."""

    def __init__(self) -> None:
        self._feet = {side: FootMotion() for side in SIDES}
        self._now: dict[Side, FootReading | None] = dict.fromkeys(SIDES)

    def update(self, views: tuple[FootView | None, FootView | None], time_s: float) -> None:
        """Take a frame's close-ups."""
        for side, view in zip(SIDES, views, strict=True):
            self._now[side] = self._feet[side].update(view, time_s)

    def of(self, side: Side) -> FootReading | None:
        """What that foot does now; None without a close-up of it."""
        return self._now[side]
