"""Signals of somebody who stands: rises over the resting level, steps, places."""

from __future__ import annotations

import math

from posecoach.motion.geometry import finite
from posecoach.motion.signals.registry import (
    ALL_ROUND,
    BESIDE,
    NOT_BEHIND,
    Moment,
    other,
    plain,
    sided,
)
from posecoach.pose import SIDES, Side


@plain("leg", (-0.7, 0.15), ALL_ROUND)
def body_rise(moment: Moment) -> float | None:
    """How far the body stands above its resting level, over the foot that stays."""
    if moment.rest.levels is None:
        return None
    return finite(moment.rest.rise(moment.now, moment.body.leg))


@sided("leg", (-0.15, 0.34), NOT_BEHIND)
def heel_lift(moment: Moment, side: Side) -> float | None:
    """Height of the heel over the ball of its foot, above a flat foot's."""
    flat = moment.rest.heel
    if flat is None:
        return None
    return finite(moment.now.heel[SIDES.index(side)] - flat[SIDES.index(side)])


@plain("leg", (-0.16, 0.09), NOT_BEHIND, smooth_s=0.25)
def heels_up(moment: Moment) -> float | None:
    """Height of the lower heel over the ball of its foot: both heels are this far up."""
    lifts = [lift for side in SIDES if (lift := heel_lift(moment, side)) is not None]
    return min(lifts, default=None)


# While one heel rises and the body stays level, the knee over it bends: about 24 degrees
# for a heel raised 0.05 leg lengths in the labelled clips.
KNEE_LEG_PER_DEG = 0.0015
# Facing the camera the bending knee cannot be seen, and only the foot speaks.
FRONTAL = 0.9
FRONTAL_TRUST = 0.7


@sided("leg", (-0.38, 0.08), ALL_ROUND)
def lone_heel_rise(moment: Moment, side: Side) -> float | None:
    """How far one heel and its ankle rise above their rest while the other foot's stay.

    Two independent measures must both say so, the lesser counts: the foot itself (mean
    of heel and ankle) and the bend of its knee; facing the camera, heel and ankle. What
    the other side seems to do at the same time (a shaken camera, a swaying body) is
    taken off.
    """
    rest, now = moment.rest.levels, moment.now
    if rest is None:
        return None
    own, still = SIDES.index(side), SIDES.index(other(side))

    def ankle(i: int) -> float:
        return (rest.ankle[i] - now.ankle[i]) / moment.body.leg

    def heel(i: int) -> float:
        return now.heel[i] - rest.heel[i]

    ankles, heels = ankle(own) - ankle(still), heel(own) - heel(still)
    if abs(math.cos(moment.body.heading_rad)) > FRONTAL:
        return finite(FRONTAL_TRUST * min(ankles, heels))
    knee = (rest.knees[own] - now.knees[own]) - (rest.knees[still] - now.knees[still])
    return finite(min((ankles + heels) / 2, KNEE_LEG_PER_DEG * knee))


@sided("leg", (0, 0.85), ALL_ROUND)
def toe_shift(moment: Moment, side: Side) -> float | None:
    """How far the ball of the foot is from where it rested."""
    rest = moment.rest.levels
    if rest is None:
        return None
    (x0, y0), (x1, y1) = rest.ball[SIDES.index(side)], moment.now.ball[SIDES.index(side)]
    return finite(math.hypot(x1 - x0, y1 - y0) / moment.body.leg)


@plain("leg", (0, 0.97), ALL_ROUND)
def feet_moved(moment: Moment) -> float | None:
    """How far the foot that moved most is from where it rested: a step, a lifted leg."""
    shifts = [shift for side in SIDES if (shift := toe_shift(moment, side)) is not None]
    return max(shifts, default=None)


@plain("leg", (0, 0.38), ALL_ROUND)
def travel(moment: Moment) -> float | None:
    """How far the hips have gone sideways from where they rested."""
    rest = moment.rest.levels
    if rest is None:
        return None
    return finite(abs(moment.now.hip_x - rest.hip_x) / moment.body.leg)


@plain("leg", (-1.1, 1.5), ALL_ROUND)
def ankle_split(moment: Moment) -> float | None:
    """How much lower the left ankle is than the right: one leg is lifted if far from 0."""
    return finite((moment.now.ankle[0] - moment.now.ankle[1]) / moment.body.leg)


@plain("leg", (0, 0.71), ALL_ROUND)
def stepping(moment: Moment) -> float | None:
    """How much one ankle has risen over the other, against how they rested: steps."""
    rest, now = moment.rest.levels, moment.now
    if rest is None:
        return None
    left, right = (rest.ankle[i] - now.ankle[i] for i in (0, 1))
    return finite(abs(left - right) / moment.body.leg)


@plain("leg", (-0.82, 0.6), ALL_ROUND)
def step_phase(moment: Moment) -> float | None:
    """How much higher the left foot is than the right: swings to and fro with steps."""
    left, right = moment.now.ball[0][1], moment.now.ball[1][1]
    lift = (right - left) / moment.body.leg
    return finite((lift + moment.now.heel[0] - moment.now.heel[1]) / 2)


@plain("leg", (-0.91, 0.9), BESIDE)
def stride(moment: Moment) -> float | None:
    """How far the left ankle is before the right along the picture's width."""
    body = moment.body
    return finite((body.at("ankle", "left")[0] - body.at("ankle", "right")[0]) / body.leg)
