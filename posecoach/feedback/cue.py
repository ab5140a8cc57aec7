"""The one thing to say now: which it is, for how long, and its panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from posecoach.checkers import Word
from posecoach.feedback.calm import LEAST_S, Steady
from posecoach.feedback.geometry import Rect
from posecoach.feedback.panel import Panel
from posecoach.feedback.text import BOLD, CAP_HEIGHT, LINE_HEIGHT, Fitted, draw_fitted, fit
from posecoach.feedback.theme import (
    FILLED_OPACITY,
    INK,
    PANEL,
    PANEL_OPACITY,
    RIGHT,
    WRONG,
    Sizes,
)
from posecoach.feedback.wording import Tone, wording_of
from posecoach.session.events import Event, FaultSeen, TargetReached, TryAbandoned
from posecoach.session.snapshot import Snapshot
from posecoach.session.workout_events import SideAsked

_LEAST_S = 1.2
"""A cue stays this long although the session has dropped it: the time to notice and read
four words (about 250 ms to notice, then 240 words a minute)."""
_AFTER_S = 2.5
"""How long what an event gave rise to stays."""
_WIDEST = 0.25
"""Letters as a share of their slot's width: a slim slot lies partly on the person, and few words
need not fill it."""
_OF_PHASE = {"nobody": "nobody", "settling": "settling", "refused": "step_back"}
_FILL = {"fix": WRONG, "praise": RIGHT}


class CueBoard:
    """Decides what is shown. The session's own cue goes before what events tell."""

    def __init__(self) -> None:
        self._cue: str | None = None
        self._until = 0.0
        self._now = 0.0
        self._shown: Steady[str | None] = Steady(None)

    def update(self, snapshot: Snapshot, events: Iterable[Event], paused: bool) -> str | None:
        """The id of what to show for this frame, or None."""
        now = snapshot.time_s
        if now < self._now:
            self._cue = None
        self._now = now
        if paused:
            self._cue = None
            return self._shown.update(now, "paused", least_s=0.0)
        if snapshot.setup is not None:
            # The setup's own instructions neither flicker nor lag, and a count-in is alone.
            self._cue = None
            return self._shown.update(now, snapshot.cue, least_s=0.0)
        for event in events:
            told = _told(event)
            if told:
                self._cue, self._until = told, now + _AFTER_S
        wanted = snapshot.cue or _OF_PHASE.get(snapshot.phase)
        if wanted:
            self._cue, self._until = wanted, now + _LEAST_S
        elif now >= self._until:
            self._cue = None
        # No cue comes up in the moment after another one went: that would be a blink.
        least = LEAST_S if self._shown.value is None else _LEAST_S
        return self._shown.update(
            now, self._cue, least_s=0.0 if self._shown.value == "paused" else least
        )


def _told(event: Event) -> str | None:
    if isinstance(event, TryAbandoned):
        return event.attempt.why if event.attempt else None
    if isinstance(event, FaultSeen):
        return event.fault
    if isinstance(event, SideAsked):
        return f"now_{event.side}"
    return "done" if isinstance(event, TargetReached) else None


def draw_cue(
    image: NDArray[np.uint8],
    cue: str,
    slot: Rect,
    sizes: Sizes,
    own: Mapping[str, Word] | None = None,
) -> Rect:
    """Draw a cue's panel into its slot, in place, towards the picture's nearest edge.

    Args:
        image: What to draw on.
        cue: Its id.
        slot: The room for it.
        sizes: Of this picture.
        own: The exercise's own words.

    Returns:
        Where the panel lies, inside the slot.
    """
    known = wording_of(cue, own)
    return draw_said(image, (known.say,), known.tone, slot, sizes)


def draw_said(
    image: NDArray[np.uint8], texts: Sequence[str], tone: Tone, slot: Rect, sizes: Sizes
) -> Rect:
    """Draw words as a cue: the first of ``texts`` that fits; see :func:`draw_cue`."""
    fitting = (
        text for text in texts if " ".join(fit_cue(text, slot.w, slot.h, sizes).lines) == text
    )
    panel = _panel(next(fitting, texts[-1]), tone, slot.w, slot.h, sizes)
    height, width = panel.face.shape[:2]
    x = _towards_edge(slot.x, slot.w, width, sizes.width)
    y = _towards_edge(slot.y, slot.h, height, sizes.height)
    return panel.lay(image, x, y)


def _towards_edge(start: int, room: int, length: int, picture: int) -> int:
    before, after = start, picture - start - room
    if abs(before - after) <= picture // 20:
        return start + (room - length) // 2
    return start if before < after else start + room - length


def _padding(sizes: Sizes) -> int:
    return round(1.2 * sizes.padding)


@lru_cache(maxsize=64)
def fit_cue(text: str, slot_width: int, slot_height: int, sizes: Sizes) -> Fitted:
    """A cue's words as large as its slot takes them, on as many lines as it takes.

    Words that do not fit even at the smallest size lose their end to an ellipsis; the
    catalogue's tests see to it that none do.
    """
    width = slot_width - 2 * _padding(sizes)
    height = slot_height - 2 * _padding(sizes)
    lines, most = 1, min(sizes.cue, round(_WIDEST * slot_width))
    for size in range(most, sizes.cue_long - 1, -1):
        lines = max(1, 1 + int((height / size - CAP_HEIGHT) / LINE_HEIGHT))
        fitted = fit(text, width, size, size, lines, BOLD)
        if " ".join(fitted.lines) == text:
            return fitted
    return fit(text, width, sizes.cue_long, sizes.cue_long, lines, BOLD)


@lru_cache(maxsize=8)
def _panel(text: str, tone: Tone, width: int, height: int, sizes: Sizes) -> Panel:
    pad = _padding(sizes)
    fitted = fit_cue(text, width, height, sizes)
    if " ".join(fitted.lines) != text:
        # A name of one's own, longer than any cue: small letters say more than an ellipsis.
        inner, lines = width - 2 * pad, len(fitted.lines)
        fitted = fit(text, inner, sizes.cue_least, sizes.px(0.041, 8), lines, BOLD)
    fill = _FILL.get(tone)
    panel = Panel(
        fitted.width + 2 * pad,
        min(height, fitted.height + round(2.2 * pad)),
        sizes.radius,
        fill or PANEL,
        FILLED_OPACITY if fill else PANEL_OPACITY,
    )
    top = (panel.face.shape[0] - fitted.height) // 2
    draw_fitted(panel.face, fitted, pad, top, PANEL if fill else INK)
    return panel
