"""Where the panels go: beside the person, and calmly.

There are two panels, the card (count, bar, trace) and the slot in which the cue
appears. Every pair of places on a grid has a cost; head and feet dominate it, then where
they were in the last seconds, then the rest of the body, then the distance from the
picture's edges. The panels stay where they are until they would cover head or feet, or
until a clearly better place has been better for a while.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.geometry import Rect, Zones
from posecoach.feedback.theme import Sizes

CardShape = Literal["tall", "wide", "narrow", "compact"]

_ACROSS, _DOWN = 9, 17
"""Places tried along each axis; more down, where a standing person leaves least room."""
_TOUCHED, _COVERED, _NEAR, _RECENT, _BODY = 100.0, 1000.0, 30.0, 20.0, 4.0
"""Costs of touching a head or foot, of covering all of it, its surroundings, where it was
lately, and the whole body. Chosen so that each outweighs all that follow."""
_AHEAD_S, _LATELY_S = 0.4, 0.2
"""How far ahead head and feet are thought on, from how they moved lately: a leg that is being
raised would else push a panel before it, from place to place."""
_REVIEW_S = 0.5
_REMEMBER_S = 12.0
_PATIENCE_S = 1.5
"""How long another layout must have been better before the panels move."""
_BETTER_BY = 0.8
"""How much better: about covering a fifth of the body less."""
_STAYS_S = 0.4
"""How long panels stay where they were put, whatever comes into their way."""
_LARGE = 1.15
"""How many times as large a card is where there is room for it."""
_RELIEF = 0.5
"""To what share the cost must fall for panels to move at once when they cover head or
feet. Where nothing is free they would else hop between places that are all bad."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of the panels, in pixels of the shown picture.

    Attributes:
        card: Of the panel with count, bar and trace.
        shape: How the card is arranged.
        cue: The slot within which a cue's panel appears.
        scale: How many times as large as usual all on the card is.
    """

    card: Rect
    shape: CardShape
    cue: Rect
    scale: float = 1.0


class _Places:
    """All places of one panel in all its shapes, with what they cost by themselves."""

    def __init__(self, sizes: Sizes, shapes: list[tuple[str, int, int, float]]) -> None:
        self.names: list[str] = []
        rects: list[tuple[int, int, int, int]] = []
        costs: list[float] = []
        gap = sizes.margin
        for name, width, height, cost in shapes:
            xs = np.unique(np.linspace(gap, sizes.width - width - gap, _ACROSS).astype(int))
            ys = np.unique(np.linspace(gap, sizes.height - height - gap, _DOWN).astype(int))
            for x in xs:
                for y in ys:
                    aside = min(x - gap, sizes.width - gap - width - x) / sizes.width
                    below = min(y - gap, sizes.height - gap - height - y) / sizes.height
                    self.names.append(name)
                    rects.append((int(x), int(y), width, height))
                    costs.append(cost + 1.5 * aside + 0.9 * below + 0.2 * y / sizes.height)
        self.rects = np.array(rects, dtype=np.float64)
        self.costs = np.array(costs)

    def rect(self, index: int) -> Rect:
        x, y, w, h = (int(value) for value in self.rects[index])
        return Rect(x, y, w, h)

    def cost(
        self,
        zones: Zones,
        coming: NDArray[np.float64],
        remembered: NDArray[np.float64],
        weights: NDArray[np.float64],
        pad: int,
    ) -> NDArray[np.float64]:
        now = np.array(zones.kept_free, dtype=np.float64)
        around = now + np.array([-pad, -pad, 2 * pad, 2 * pad])
        x, y, w, h = (self.rects[:, [i]] for i in range(4))
        px, py = zones.body.T
        inside = (px >= x) & (px < x + w) & (py >= y) & (py < y + h)
        covered = _shares(self.rects, now)
        cost = (
            self.costs
            + _TOUCHED * (covered > 0).sum(axis=1)
            + _COVERED * covered.sum(axis=1)
            + _NEAR * _shares(self.rects, around).sum(axis=1)
            + _NEAR * _shares(self.rects, coming).sum(axis=1)
            + _BODY * inside @ zones.weights
        )
        if len(remembered):
            cost += _RECENT * _shares(self.rects, remembered) @ weights
        return np.asarray(cost)


def _shares(rects: NDArray[np.float64], zones: NDArray[np.float64]) -> NDArray[np.float64]:
    """(N, Z) shares of each zone's area that each rectangle covers."""
    ax, ay, aw, ah = (rects[:, [i]] for i in range(4))
    bx, by, bw, bh = zones.T
    width = np.clip(np.minimum(ax + aw, bx + bw) - np.maximum(ax, bx), 0, None)
    height = np.clip(np.minimum(ay + ah, by + bh) - np.maximum(ay, by), 0, None)
    return np.asarray(width * height / np.maximum(1.0, bw * bh))


@dataclass(frozen=True, slots=True, eq=False)
class _Costs:
    """Of each place of the card and of each of the cue."""

    cards: NDArray[np.float64]
    cues: NDArray[np.float64]

    def of(self, place: tuple[int, int]) -> float:
        return float(self.cards[place[0]] + self.cues[place[1]])


class Arranger:
    """Chooses the layout for pictures of one size, frame by frame.

    Args:
        sizes: Of the pictures.
    """

    def __init__(self, sizes: Sizes) -> None:
        self._pad = sizes.px(0.02)
        room = sizes.width - 2 * sizes.margin
        wide = min(room, sizes.px(1.30))
        tall = (sizes.px(0.46), sizes.px(0.76))
        self._scale = min(_LARGE, (sizes.height - 2 * sizes.margin) / tall[1], room / tall[0])
        self._cards = _Places(
            sizes,
            [
                ("large", int(self._scale * tall[0]), int(self._scale * tall[1]), 0.0),
                ("tall", min(room, tall[0]), tall[1], 0.2),
                ("wide", wide, sizes.px(0.27), 0.5),
                ("narrow", min(room, sizes.px(0.31)), sizes.px(0.66), 0.7),
                ("compact", min(room, sizes.px(0.44)), sizes.px(0.44), 0.8),
            ],
        )
        cues = [
            ("large", min(room, sizes.px(0.62)), sizes.px(0.44), 0.0),
            ("block", min(room, sizes.px(0.50)), sizes.px(0.42), 0.3),
            ("band", min(room, sizes.px(0.80)), sizes.px(0.245), 0.2),
            ("slim", min(room, sizes.px(0.42)), sizes.px(0.345), 0.5),
        ]
        if wide >= sizes.px(1.1):
            cues.append(("strip", wide, sizes.px(0.16), 0.3))
        self._cues = _Places(sizes, cues)
        gap = sizes.margin
        grown = self._cards.rects + np.array([-gap, -gap, 2 * gap, 2 * gap]) * 0.999
        self._clash = np.where(_shares(grown, self._cues.rects) > 0, np.inf, 0.0)
        apart = np.abs(self._cards.rects[:, [1]] - self._cues.rects[:, 1]) / sizes.height
        self._clash += 0.1 * apart
        self._remembered: deque[tuple[float, Zones]] = deque()
        self._lately: deque[tuple[float, NDArray[np.float64]]] = deque()
        self._reviewed = -np.inf
        self._wanted_since = np.inf
        self._moved = -np.inf
        self._cue_shown = False
        self._place = (0, 0)
        # Before anybody is seen they lie where they will for somebody who stands there.
        self._place = self._best(self._costs(0.0, _expected(sizes)))

    @property
    def layout(self) -> Layout:
        """The layout now."""
        card, cue = self._place
        name = self._cards.names[card]
        shape: CardShape = "tall" if name == "large" else name  # type: ignore[assignment]
        scale = self._scale if name == "large" else 1.0
        return Layout(self._cards.rect(card), shape, self._cues.rect(cue), scale)

    @property
    def cue_places(self) -> NDArray[np.float64]:
        """(N, 4) every slot that a cue may get: left, top, width, height."""
        return self._cues.rects

    def arrange(self, time_s: float, zones: Zones | None, cue_shown: bool) -> Layout:
        """The layout for the frame at ``time_s``.

        Args:
            time_s: The frame's time. A time before the last one starts anew.
            zones: Where the person is in the shown picture, None for nobody.
            cue_shown: Whether a cue is up; while none is, its slot moves freely.
        """
        if time_s < self._reviewed:
            self._remembered.clear()
            self._lately.clear()
            self._reviewed = -np.inf
            self._wanted_since = np.inf
            self._moved = -np.inf
        now = self.layout
        if zones is None:
            return now
        self._lately.append((time_s, np.array(zones.kept_free, dtype=np.float64)))
        while time_s - self._lately[0][0] > _LATELY_S:
            self._lately.popleft()
        card_covers = any(now.card.overlaps(zone) for zone in zones.kept_free)
        cue_covers = any(now.cue.overlaps(zone) for zone in zones.kept_free)
        due = time_s - self._reviewed >= _REVIEW_S
        appears = cue_shown and not self._cue_shown
        self._cue_shown = cue_shown
        stays = time_s - self._moved < _STAYS_S and not appears
        if not stays and (due or appears or card_covers or (cue_covers and cue_shown)):
            cost = self._costs(time_s, zones)
            if not card_covers:
                self._move_cue(cost, cue_covers or appears or not cue_shown)
            self._move_both(time_s, cost, card_covers or (cue_covers and cue_shown))
            moved = self.layout.card != now.card or (cue_shown and self.layout.cue != now.cue)
            if moved or appears:
                self._moved = time_s
        if due:
            self._reviewed = time_s
            self._remembered.append((time_s, zones))
            while time_s - self._remembered[0][0] > _REMEMBER_S:
                self._remembered.popleft()
        return self.layout

    def _move_cue(self, cost: _Costs, at_once: bool) -> None:
        """Look for a better slot beside the card where it is: that moves the least."""
        card, cue = self._place
        best = int(np.argmin(cost.cues + self._clash[card]))
        if at_once and cost.of((card, best)) < _RELIEF * cost.of((card, cue)):
            self._place = (card, best)

    def _move_both(self, time_s: float, cost: _Costs, at_once: bool) -> None:
        now = cost.of(self._place)
        # No pair costs less than the best of either alone, and looking through all pairs
        # takes milliseconds.
        if now - cost.cards.min() - cost.cues.min() < _BETTER_BY:
            self._wanted_since = np.inf
            return
        best = self._best(cost)
        gain = now - cost.of(best)
        if at_once and cost.of(best) < _RELIEF * now:
            self._place = best
            gain = 0.0
        if gain < _BETTER_BY:
            self._wanted_since = np.inf
            return
        self._wanted_since = min(self._wanted_since, time_s)
        if time_s - self._wanted_since >= _PATIENCE_S:
            self._place = best
            self._wanted_since = np.inf

    def _costs(self, time_s: float, zones: Zones) -> _Costs:
        ages = np.array([time_s - t for t, z in self._remembered for _ in z.kept_free])
        weights = np.exp(-ages / _REMEMBER_S) / max(1, len(self._remembered))
        remembered = np.array(
            [zone for _, z in self._remembered for zone in z.kept_free], dtype=np.float64
        )
        coming = self._coming(zones)
        return _Costs(
            self._cards.cost(zones, coming, remembered, weights, self._pad),
            self._cues.cost(zones, coming, remembered, weights, self._pad),
        )

    def _coming(self, zones: Zones) -> NDArray[np.float64]:
        """Where head and feet will be if they go on as they moved lately."""
        if not self._lately:
            return np.array(zones.kept_free, dtype=np.float64)
        (before_s, before), (now_s, now) = self._lately[0], self._lately[-1]
        if now_s <= before_s:
            return now
        return np.asarray(now + (now - before) * (_AHEAD_S / (now_s - before_s)) * [1, 1, 0, 0])

    def _best(self, cost: _Costs) -> tuple[int, int]:
        pairs = np.add.outer(cost.cards, cost.cues)
        pairs += self._clash
        card, cue = np.unravel_index(np.argmin(pairs), pairs.shape)
        return int(card), int(cue)


def _expected(sizes: Sizes) -> Zones:
    """Where somebody is who stands in the middle, as far away as the setup asks for."""
    high = (0.57 if sizes.height > 1.2 * sizes.width else 0.78) * sizes.height
    floor, middle = 0.5 * (sizes.height + high), sizes.width / 2

    def box(x: float, up: float, w: float, h: float) -> Rect:
        x, y = middle + (x - w / 2) * high, floor - (up + h) * high
        return Rect(round(x), round(y), round(w * high), round(h * high))

    across, up = np.meshgrid((-0.12, 0.0, 0.12), np.linspace(0.05, 0.85, 20))
    body = np.column_stack([middle + high * across.ravel(), floor - high * up.ravel()])
    feet = (box(0.06, 0.0, 0.14, 0.1), box(-0.06, 0.0, 0.14, 0.1))
    return Zones(box(0.0, 0.85, 0.15, 0.15), feet, body, np.full(len(body), 1 / len(body)))
