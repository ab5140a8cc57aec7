"""The screen of the heel-raise test: the picture, and below it beat, curve and rule."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from posecoach.feedback.course import Course, Rest, titled
from posecoach.feedback.geometry import Rect
from posecoach.feedback.height_curve import draw_heights
from posecoach.feedback.keybar import draw_key_bar, key_bar_height
from posecoach.feedback.overlay import Overlay
from posecoach.feedback.text import draw_fitted, fit
from posecoach.feedback.theme import FAINT, INK, MUTED, PANEL, RIGHT, WRONG, Sizes
from posecoach.feedback.wording import phrase, within
from posecoach.frames import Image
from posecoach.pose import Pose
from posecoach.session.beat import BEATS_A_REP
from posecoach.session.events import Event
from posecoach.session.gestures import GestureProgress
from posecoach.session.heel_raise_events import HeelRaiseState
from posecoach.session.heel_raise_leg import LOST_IN_A_ROW, Raise
from posecoach.session.snapshot import Snapshot

_KEYS = ("key_skip", "key_mirror", "key_full_screen", "key_quit")
_LIT = 0.35
"""Share of a beat for which its lamp is lit."""


def draw_test(
    overlay: Overlay,
    image: Image,
    pose: Pose,
    state: HeelRaiseState,
    snapshot: Snapshot,
    events: Sequence[Event] = (),
    *,
    gesture: GestureProgress | None = None,
    keys: bool = True,
) -> Image:
    """Draw one frame of the test.

    Args:
        overlay: Of this run of frames, without a bar of keys of its own.
        image: (height, width, 3) RGB, not mirrored.
        pose: The body in it.
        state: Of the test, after this frame.
        snapshot: Its snapshot, or a camera's trouble instead.
        events: What happened at this frame.
        gesture: One that is being held.
        keys: Whether to add the bar of keys.

    Returns:
        A new picture, higher by the strip with beat and curve.
    """
    height, width = image.shape[:2]
    # A leg at work cannot pause.
    ends = state.stage == "work" and gesture is not None and gesture.gesture == "pause"
    picture = overlay.draw(
        image,
        pose,
        titled(snapshot),
        events,
        paused=state.paused,
        course=course_of_test(state),
        gesture=gesture,
        does="gesture_end_leg" if ends else None,
    )
    sizes = Sizes.of(width, height)
    strip = np.full((strip_height(sizes), width, 3), PANEL, np.uint8)
    draw_strip(strip, state, sizes)
    parts = [picture, strip]
    if keys:
        others = (*_KEYS, *overlay.more_keys)
        first = "key_end_leg" if state.stage == "work" else "key_pause"
        # As high as for the longer words: the window must not jump.
        high = max(key_bar_height(sizes, (key, *others)) for key in ("key_end_leg", "key_pause"))
        bar = np.empty((high, width, 3), np.uint8)
        draw_key_bar(bar, sizes, (first, *others))
        parts.append(bar)
    return np.vstack(parts)


def course_of_test(state: HeelRaiseState) -> Course:
    """Which leg it is and which comes then, for the bar above the picture."""
    side = state.side or state.sides[-1]
    after = state.sides[state.number + 1 :]
    now = f"{phrase(f'side_{side}')} · {phrase('heel_raise_test')}"
    then = phrase("then", what=within(f"side_{after[0]}")) if after else phrase("then_nothing")
    done = tuple(1.0 if i < state.number else 0.0 for i in range(len(state.sides)))
    rest = None
    if state.stage in ("briefing", "rest"):
        title = phrase("heel_raise_test" if state.stage == "briefing" else "rest_set")
        then_on = phrase("next_is", what=within(f"side_{side}"))
        how = (phrase("test_how"), phrase("test_how_short")) if state.stage == "briefing" else ()
        says = (*how, then_on)
        left = int(-(-state.left_s // 1))
        rest = Rest(title, says, left, 1 - state.left_s / state.rest_s if state.rest_s else 1.0)
    return Course(now, then, done, rest)


def strip_height(sizes: Sizes) -> int:
    """Height in pixels. Even, because video encoders want even sizes."""
    return 2 * round(sizes.px(0.21) / 2)


def draw_strip(strip: NDArray[np.uint8], state: HeelRaiseState, sizes: Sizes) -> None:
    """Fill the strip's pixels: the beat's lamps and the rule at the left, the curve beside."""
    height, width = strip.shape[:2]
    raises, least = state.raises, state.least_cm
    if not raises and state.results and state.stage in ("rest", "finished"):
        raises, least = state.results[-1].raises, None
    working = state.stage == "work" and not state.paused
    lost = state.lost_in_a_row if working else None
    np.copyto(strip, _face(width, height, sizes, raises, least, lost))
    area = _areas(width, height, sizes)[0]
    beat = state.time_s * state.beat / 60.0
    for i in range(BEATS_A_REP):
        lit = working and int(beat) % BEATS_A_REP == i and beat % 1.0 < _LIT
        _draw_lamp(strip, area, i, lit)


def _areas(width: int, height: int, sizes: Sizes) -> tuple[Rect, Rect, Rect]:
    """Where lamps, rule and curve are."""
    pad = sizes.padding
    left = min(round(0.42 * width), sizes.px(0.66))
    inner = height - 2 * pad
    lamps = Rect(pad, pad, min(sizes.px(0.2), left // 3), inner)
    x = lamps.right + pad
    rule = Rect(x, pad, left - x, inner)
    return lamps, rule, Rect(left + pad, pad // 2, width - left - 2 * pad, height - pad)


@lru_cache(maxsize=4)
def _face(
    width: int,
    height: int,
    sizes: Sizes,
    raises: tuple[Raise, ...],
    least_cm: float | None,
    lost: int | None,
) -> NDArray[np.uint8]:
    """All of the strip that stays until the next raise."""
    face = np.full((height, width, 3), PANEL, np.uint8)
    _, rule, curve = _areas(width, height, sizes)
    draw_heights(face, curve, raises, least_cm, sizes.px(0.034, 8))
    if lost is not None:
        words = phrase("lost_in_a_row", n=lost, most=LOST_IN_A_ROW)
        first = fit(words, rule.w, sizes.small, sizes.px(0.03, 8), 2)
        draw_fitted(face, first, rule.x, rule.y + sizes.px(0.005), WRONG if lost else INK)
    if lost is not None and least_cm is not None:
        needs = phrase("least_height", cm=f"{least_cm:.1f}")
        second = fit(needs, rule.w, sizes.small, sizes.px(0.03, 8), 1)
        draw_fitted(face, second, rule.x, rule.bottom - second.height, MUTED)
    return face


def _draw_lamp(strip: NDArray[np.uint8], area: Rect, number: int, lit: bool) -> None:
    """A triangle that points up on the first beat, down on the second."""
    half = area.w // 2
    middle = area.x + half // 2 + number * half
    r = min(half, area.h) * 2 // 5
    y = area.y + area.h // 2
    sign = 1 if number else -1
    corners = np.array(
        [(middle - r, y - sign * r), (middle + r, y - sign * r), (middle, y + sign * r)]
    )
    if lit:
        cv2.fillPoly(strip, [corners], RIGHT, cv2.LINE_AA)
    cv2.polylines(strip, [corners], True, RIGHT if lit else FAINT, max(1, r // 8), cv2.LINE_AA)
