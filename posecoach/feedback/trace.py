"""The last seconds of the movement as a line, with counted reps marked."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.geometry import Rect
from posecoach.feedback.theme import FAINT, INK, RIGHT, WRONG
from posecoach.session.events import Event, RepCounted, TryAbandoned
from posecoach.session.snapshot import Snapshot

SECONDS = 10.0
"""How much of the past is shown: two or three slow reps."""
_LOW, _HIGH = -0.15, 1.4
"""Shares of the full range at the trace's lower and upper edge."""
_SHIFT = 4
"""Fractional bits of drawn coordinates; without them a slow line crawls in steps."""


class Trace:
    """Remembers the movement's level and draws it."""

    def __init__(self) -> None:
        self._levels: deque[tuple[float, float]] = deque()
        self._marks: deque[tuple[float, bool]] = deque()

    def add(self, snapshot: Snapshot, events: Iterable[Event]) -> None:
        """Take in one frame. A time that runs backwards starts anew."""
        now = snapshot.time_s
        if self._levels and now < self._levels[-1][0]:
            self._levels.clear()
            self._marks.clear()
        self._levels.append((now, np.nan if snapshot.level is None else snapshot.level))
        for event in events:
            if isinstance(event, RepCounted):
                self._marks.append((event.rep.peak_s if event.rep else event.time_s, True))
            elif isinstance(event, TryAbandoned) and event.attempt is not None:
                self._marks.append((event.attempt.peak_s, False))
        for past in (self._levels, self._marks):
            while past and now - past[0][0] > SECONDS:
                past.popleft()

    def draw(self, image: NDArray[np.uint8], area: Rect, band: tuple[float, float]) -> None:
        """Draw on ``image``, in place.

        Args:
            image: The picture, with a panel under ``area``.
            area: Where to draw.
            band: (low, high) level that the movement should reach.
        """
        thick = max(1, round(area.h / 34))
        scale = _Scale(area)
        top, bottom, rest = scale.row(band[1]), scale.row(band[0]), scale.row(0.0)
        cv2.rectangle(image, (area.x, top), (area.right - 1, bottom), FAINT, -1)
        cv2.line(image, (area.x, rest), (area.right - 1, rest), FAINT)
        if not self._levels:
            return
        past = np.array(self._levels)
        # At most a point for each two pixels: a fast camera must not cost more.
        past = past[:: max(1, 2 * len(past) // max(1, area.w))]
        x = area.right - 1 - (self._levels[-1][0] - past[:, 0]) / SECONDS * (area.w - 1)
        points = np.column_stack([x, scale.rows(past[:, 1])])
        for run in _runs(points):
            cv2.polylines(
                image,
                [np.round(run * (1 << _SHIFT)).astype(np.int32)],
                False,
                INK,
                thick,
                cv2.LINE_AA,
                _SHIFT,
            )
        self._draw_marks(image, area, thick)

    def _draw_marks(self, image: NDArray[np.uint8], area: Rect, thick: int) -> None:
        now = self._levels[-1][0]
        radius = max(3, 2 * thick)
        for when, counted in self._marks:
            x = round(area.right - 1 - (now - when) / SECONDS * (area.w - 1))
            if not area.x + radius <= x <= area.right - radius:
                continue
            middle = (x, area.y + radius)
            if counted:
                cv2.circle(image, middle, radius, RIGHT, -1, cv2.LINE_AA)
            else:
                cv2.drawMarker(
                    image, middle, WRONG, cv2.MARKER_TILTED_CROSS, 2 * radius, thick, cv2.LINE_AA
                )


class _Scale:
    """From a level to a row of the picture."""

    def __init__(self, area: Rect) -> None:
        # The top is kept for the marks.
        self._top = area.y + area.h * 0.16
        self._bottom = float(area.bottom - 1)

    def rows(self, levels: NDArray[np.float64]) -> NDArray[np.float64]:
        shares = (np.clip(levels, _LOW, _HIGH) - _LOW) / (_HIGH - _LOW)
        return np.asarray(self._bottom - shares * (self._bottom - self._top))

    def row(self, level: float) -> int:
        return round(float(self.rows(np.array([level]))[0]))


def _runs(points: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """The stretches of at least two points in a row that are known."""
    known = np.isfinite(points[:, 1])
    cuts = np.flatnonzero(np.diff(known.astype(np.int8))) + 1
    return [run for run in np.split(points, cuts) if len(run) > 1 and np.isfinite(run[0, 1])]
