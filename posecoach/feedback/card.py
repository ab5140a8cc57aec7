"""The card: exercise, side, state, the big number, the bar of the range, the trace."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.gauges import ring
from posecoach.feedback.geometry import Rect
from posecoach.feedback.layout import CardShape
from posecoach.feedback.panel import Panel
from posecoach.feedback.text import (
    BOLD,
    CAP_HEIGHT,
    REGULAR,
    Fitted,
    draw_fitted,
    draw_line,
    fit,
    text_width,
)
from posecoach.feedback.theme import INK, MUTED, RIGHT, WRONG, Colour, Sizes
from posecoach.feedback.wording import phrase
from posecoach.session.snapshot import Snapshot

_TITLE_FITS = ((1, 0.041), (2, 0.041), (3, 0.034), (4, 0.024))
"""How many lines an exercise's name may take, and with which letters at least, as a share of
the unit: a card beside a person in a portrait picture is narrower than many a word."""
_LEAST_TRACE = 0.055
"""Height, as a share of the unit, below which a trace shows nothing."""
_STATE_COLOURS: dict[str, Colour] = {
    "moving": RIGHT,
    "holding": RIGHT,
    "stopped": WRONG,
    "ready": INK,
}


@dataclass(frozen=True, slots=True)
class CardText:
    """All words and numbers on a card; equal ones share one drawn panel.

    Attributes:
        title: The exercise.
        state: Id of the state: a phase, or ``paused``.
        state_words: The state in words.
        side: Side in words, or empty.
        count: The big number.
        target: "of 10", or empty.
        extra: A line of smaller facts, or empty.
        ring: Whether the number stands in a ring.
        fresh: Whether a rep was counted just now.
    """

    title: str
    state: str
    state_words: str
    side: str
    count: str
    target: str
    extra: str
    ring: bool
    fresh: bool

    @classmethod
    def of(cls, snapshot: Snapshot, paused: bool, fresh: bool) -> CardText:
        """What a card says of a session's state."""
        reps = snapshot.kind == "reps"
        if reps:
            count, target = snapshot.reps, snapshot.target_reps
            words = phrase("of_reps", target=target) if target else phrase("reps")
        else:
            # A clock shows whole seconds that are over; 29.95 s is shown as 30 because
            # a target counts as reached 0.2 s short of it.
            count, seconds = int(snapshot.hold_s + 0.2), snapshot.target_hold_s
            words = phrase("of_seconds", target=f"{seconds:g}") if seconds else phrase("seconds")
        state = "paused" if paused else snapshot.phase
        return cls(
            title=snapshot.title,
            state=state,
            state_words=phrase(f"state_{state}"),
            side=phrase(f"side_{snapshot.side}") if snapshot.side else "",
            count=str(count),
            target=words,
            extra=_extra(snapshot),
            ring=not reps or (snapshot.target_hold_s is not None and snapshot.phase == "holding"),
            fresh=fresh,
        )


def _extra(snapshot: Snapshot) -> str:
    left, right, _ = snapshot.reps_by_side
    if snapshot.paced:
        return phrase("paced")
    if snapshot.steps is not None:
        if snapshot.cadence:
            return phrase("steps_cadence", steps=snapshot.steps, cadence=f"{snapshot.cadence:.0f}")
        return phrase("steps", steps=snapshot.steps)
    if left or right:
        return phrase("by_side", left=left, right=right)
    if snapshot.kind == "hold" and snapshot.total_hold_s >= snapshot.hold_s + 0.5:
        return phrase("total_seconds", total=f"{snapshot.total_hold_s:.0f}")
    return ""


@dataclass(frozen=True, slots=True)
class CardAreas:
    """Where the parts are, relative to the card's upper left corner."""

    title: Rect
    state: Rect
    number: Rect
    bar: Rect
    extra: Rect | None
    trace: Rect | None


@lru_cache(maxsize=8)
def card_areas(title: str, shape: CardShape, width: int, height: int, sizes: Sizes) -> CardAreas:
    """The parts' places on a card of that title, shape and size."""
    pad, px = sizes.padding, sizes.px
    inner = width - 2 * pad
    bar = px(0.05)
    number_w = min(px(0.34), inner * 36 // 100) if shape == "wide" else inner - bar - pad
    title_w = width - number_w - bar - 4 * pad if shape == "wide" else inner
    title_h, state_h = fit_title(title, title_w, sizes).height, px(0.032)
    row2 = pad + title_h + px(0.022)
    top = row2 + state_h + px(0.026)
    if shape == "wide":
        x = pad + number_w + pad
        trace_h = height - pad - top
        return CardAreas(
            title=Rect(x, pad, title_w, title_h),
            state=Rect(x, row2, title_w, state_h),
            number=Rect(pad, pad, number_w, height - 2 * pad),
            bar=Rect(width - pad - bar, pad, bar, height - 2 * pad),
            extra=None,
            trace=Rect(x, top, title_w, trace_h) if trace_h >= px(_LEAST_TRACE) else None,
        )
    if shape == "narrow":
        foot = Rect(pad, height - pad - px(0.16), inner, px(0.16))
        return CardAreas(
            title=Rect(pad, pad, inner, title_h),
            state=Rect(pad, row2, inner, state_h),
            number=Rect(pad, top, inner, foot.y - pad - top),
            bar=Rect(foot.right - bar, foot.y, bar, foot.h),
            extra=None,
            trace=Rect(pad, foot.y, inner - bar - pad, foot.h),
        )
    trace: Rect | None = None
    extra: Rect | None = None
    bottom = height - pad
    if shape == "tall":
        trace = Rect(pad, height - pad - px(0.12), inner, px(0.12))
        extra = Rect(pad, trace.y - px(0.026) - px(0.032), inner, px(0.032))
        bottom = extra.y - px(0.024)
    return CardAreas(
        title=Rect(pad, pad, inner, title_h),
        state=Rect(pad, row2, inner, state_h),
        number=Rect(pad, top, number_w, bottom - top),
        bar=Rect(width - pad - bar, top, bar, bottom - top),
        extra=extra,
        trace=trace,
    )


@lru_cache(maxsize=16)
def card_panel(text: CardText, shape: CardShape, width: int, height: int, sizes: Sizes) -> Panel:
    """The card's panel with everything on it that does not change from frame to frame."""
    panel = Panel(width, height, sizes.radius)
    areas = card_areas(text.title, shape, width, height, sizes)
    face = panel.face
    title = fit_title(text.title, areas.title.w, sizes)
    draw_fitted(face, title, areas.title.x, areas.title.y, INK)
    _draw_state(face, text, areas.state, sizes)
    if text.ring:
        _draw_ring_number(face, text, areas.number, sizes)
    else:
        _draw_number(face, text, areas.number, sizes)
    if areas.extra and text.extra:
        extra = fit(text.extra, areas.extra.w, sizes.state, sizes.px(0.03, 8))
        draw_fitted(face, extra, areas.extra.x, areas.extra.y, MUTED)
    return panel


def fit_title(title: str, width: int, sizes: Sizes) -> Fitted:
    """On one line if it stays legible, else on more; smaller letters before any are lost."""
    for lines, least in _TITLE_FITS:
        fitted = fit(title, width, sizes.title, sizes.px(least, 8), lines, BOLD)
        if " ".join(fitted.lines) == title:
            break
    return fitted


def _number_colour(text: CardText) -> Colour:
    if text.state in ("paused", "setup", "nobody", "refused"):
        return MUTED
    return RIGHT if text.fresh else INK


def _draw_number(face: NDArray[np.uint8], text: CardText, area: Rect, sizes: Sizes) -> None:
    """The number with its target under it, standing on the area's lower edge."""
    target = fit(text.target, area.w, sizes.target, sizes.px(0.04, 8))
    draw_fitted(face, target, area.x, area.bottom - target.height, MUTED)
    gap = sizes.px(0.035)
    room = area.h - target.height - gap
    size = min(sizes.count, int(room / CAP_HEIGHT))
    count = fit(text.count, area.w, size, sizes.px(0.08, 8), 1, BOLD)
    top = area.bottom - target.height - gap - count.height
    # The digits' own side bearing would indent them against the words below.
    draw_fitted(face, count, area.x - count.size // 24, top, _number_colour(text))


def _draw_ring_number(face: NDArray[np.uint8], text: CardText, area: Rect, sizes: Sizes) -> None:
    """The number with its target under it, in the middle of the ring."""
    x, y, radius, thickness = ring(area, sizes)
    inside = round(1.62 * (radius - thickness))
    share = 2 * radius / sizes.px(0.30)
    count = fit(text.count, inside, round(sizes.ring_count * share), sizes.px(0.05, 8), 1, BOLD)
    target = fit(text.target, inside, max(8, round(sizes.state * share)), 6)
    gap = sizes.px(0.022 * share)
    top = y - (count.height + gap + target.height) // 2 + sizes.px(0.006)
    draw_fitted(face, count, x - count.width // 2, top, _number_colour(text))
    draw_fitted(face, target, x - target.width // 2, top + count.height + gap, MUTED)


def _draw_state(face: NDArray[np.uint8], text: CardText, area: Rect, sizes: Sizes) -> None:
    """A mark whose shape tells the state as well as its colour, then side and state."""
    colour = _STATE_COLOURS.get(text.state, MUTED)
    r = area.h // 2
    x, y = area.x + r, area.y + r
    line = max(1, r // 3)
    if text.state in ("moving", "holding"):
        cv2.circle(face, (x, y), r, colour, -1, cv2.LINE_AA)
    elif text.state == "stopped":
        cv2.rectangle(face, (x - r + line, y - r + line), (x + r - line, y + r - line), colour, -1)
    elif text.state == "paused":
        for left in (x - r + line, x + line):
            cv2.rectangle(face, (left, y - r), (left + r - 2 * line, y + r), colour, -1)
    else:
        cv2.circle(face, (x, y), r - line // 2, colour, line, cv2.LINE_AA)
    x = area.x + area.h + sizes.px(0.018)
    words = _side_and(text.state_words, text)
    # One size for all states of a set, or the words would grow and shrink with each rep.
    least = sizes.px(0.03, 8)
    all_words = {words, *(_side_and(phrase(f"state_{each}"), text) for each in _STATE_COLOURS)}
    size = min(fit(each, area.right - x, sizes.state, least).size for each in all_words)
    if any(text_width(each, size) > area.right - x for each in all_words):
        # The mark tells the state as well; nothing else tells the side.
        words = text.side or text.state_words
        size = fit(words, area.right - x, sizes.state, sizes.px(0.02, 8)).size
    draw_line(face, words, x, area.y + round(size * CAP_HEIGHT), size, colour, REGULAR)


def _side_and(state_words: str, text: CardText) -> str:
    return " · ".join(part for part in (text.side, state_words) if part)
