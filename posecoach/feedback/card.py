"""The card: exercise, side, state, the big number, the bar of the range, the trace."""

from __future__ import annotations

from collections.abc import Iterable
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
    LINE_HEIGHT,
    REGULAR,
    Fitted,
    draw_fitted,
    draw_line,
    fit,
)
from posecoach.feedback.theme import INK, MUTED, RIGHT, WRONG, Colour, Sizes
from posecoach.feedback.wording import phrase
from posecoach.session.snapshot import Snapshot

_TITLE_FITS = ((1, 0.041), (2, 0.041), (3, 0.034), (4, 0.024))
"""How many lines an exercise's name may take, and with which letters at least, as a share of
the unit: a card beside a person in a portrait picture is narrower than many a word."""
_STATE: dict[CardShape, tuple[float, bool]] = {
    "tall": (1.0, True),
    "wide": (1.0, False),
    "narrow": (0.7, True),
    "compact": (0.83, False),
}
"""Letters of side and state, as a share of the theme's, and whether they are on two lines."""
_BOTH = 0.044
"""Letters, as a share of the unit, below which side and state are not on one line."""
_AFTER_MARK = 0.018
"""Between the state's mark and words, as a share of the unit."""
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
    title_h = fit_title(title, title_w, sizes).height
    share, two = _STATE[shape]
    state_h = round(share * sizes.state * (CAP_HEIGHT + LINE_HEIGHT * two))
    row2 = pad + title_h + px(0.022)
    top = row2 + state_h + px(0.034)
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
        foot = Rect(pad, height - pad - px(0.09), inner, px(0.09))
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
        trace = Rect(pad, height - pad - px(0.10), inner, px(0.10))
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
    _draw_state(face, text, areas.state, shape, sizes)
    if text.ring:
        _draw_ring_number(face, text, areas.number, sizes)
    else:
        _draw_number(face, text, areas.number, sizes)
    if areas.extra and text.extra:
        extra = fit(text.extra, areas.extra.w, sizes.small, sizes.px(0.03, 8))
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
    # Below the middle a ring is narrower than across it.
    room = round(1.35 * (radius - thickness))
    target = fit(text.target, room, max(8, round(sizes.small * share)), 6)
    gap = sizes.px(0.022 * share)
    top = y - (count.height + gap + target.height) // 2 + sizes.px(0.006)
    draw_fitted(face, count, x - count.width // 2, top, _number_colour(text))
    draw_fitted(face, target, x - target.width // 2, top + count.height + gap, MUTED)


def _draw_state(
    face: NDArray[np.uint8], text: CardText, area: Rect, shape: CardShape, sizes: Sizes
) -> None:
    """Side and state, after a mark whose shape tells the state as well as its colour does."""
    colour = _STATE_COLOURS.get(text.state, MUTED)
    lines, size = fit_state(text, shape, area.w, sizes)
    high = round(size * CAP_HEIGHT)
    baseline = area.y + high
    for line in lines[:-1]:
        draw_line(face, line, area.x, baseline, size, colour, REGULAR)
        baseline += round(size * LINE_HEIGHT)
    _draw_mark(face, text.state, Rect(area.x, baseline - high, high, high), colour)
    draw_line(face, lines[-1], area.x + high + sizes.px(_AFTER_MARK), baseline, size, colour)


def fit_state(
    text: CardText, shape: CardShape, width: int, sizes: Sizes
) -> tuple[tuple[str, ...], int]:
    """The lines of side and state, the last of them after the mark, and their font size.

    On one line the state is left out where it would need small letters: the mark tells it, and
    nothing else tells the side.
    """
    share, two = _STATE[shape]
    most = round(share * sizes.state)
    room = width - round(most * CAP_HEIGHT) - sizes.px(_AFTER_MARK)
    # One size for all states of a set, or the words would grow and shrink with each rep.
    states = {text.state_words, *(phrase(f"state_{each}") for each in _STATE_COLOURS)}
    if not text.side:
        return (text.state_words,), _letters(states, room, most)
    if two:
        size = min(_letters(states, room, most), _letters({text.side}, width, most))
        return (text.side, text.state_words), size
    size = _letters({f"{text.side} · {each}" for each in states}, room, most)
    if size < sizes.px(_BOTH):
        return (text.side,), _letters({text.side}, room, most)
    return (f"{text.side} · {text.state_words}",), size


def _letters(texts: Iterable[str], width: int, most: int) -> int:
    """The largest letters in which each of them fits on a line."""
    return min(fit(each, width, most, 6).size for each in texts)


def _draw_mark(face: NDArray[np.uint8], state: str, area: Rect, colour: Colour) -> None:
    r = area.h // 2
    x, y = area.x + r, area.y + r
    line = max(1, r // 3)
    if state in ("moving", "holding"):
        cv2.circle(face, (x, y), r, colour, -1, cv2.LINE_AA)
    elif state == "stopped":
        cv2.rectangle(face, (x - r + line, y - r + line), (x + r - line, y + r - line), colour, -1)
    elif state == "paused":
        for left in (x - r + line, x + line):
            cv2.rectangle(face, (left, y - r), (left + r - 2 * line, y + r), colour, -1)
    else:
        cv2.circle(face, (x, y), r - line // 2, colour, line, cv2.LINE_AA)
