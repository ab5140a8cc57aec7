"""What each exercise looks like, as a small drawing; others show their posture."""

from __future__ import annotations

import math
from dataclasses import replace

from posecoach.checkers import Definition
from posecoach.feedback.figures import (
    ARM,
    CHAIR_SIDE,
    FIGURES,
    FLOOR,
    FOOT,
    LEG,
    LEG_UP,
    LYING,
    STANDING_FRONT,
    STANDING_SIDE,
    WALL,
    Figure,
    Limb,
    Point,
    both,
)
from posecoach.feedback.sketch import Sketch

_GROUND = 0.0


def sketch_of(definition: Definition) -> Sketch:
    """The drawing of an exercise: its own, or that of its posture."""
    drawn = _SKETCHES.get(definition.id)
    view = definition.view
    return drawn or Sketch.of(FIGURES[view.posture, view.seen_from])


def _body(figure: Figure, *without: int) -> tuple[Limb, ...]:
    """A figure's neck and limbs, but for some of these."""
    limbs = tuple(limb for i, limb in enumerate(figure.limbs) if i not in without)
    return ((ARM, (figure.head, figure.neck)), *limbs)


def _floor(left: float, right: float) -> tuple[Point, ...]:
    return ((left, _GROUND), (right, _GROUND))


def _arc(x: float, y: float, r: float, start: float, end: float) -> tuple[Point, ...]:
    """Part of a circle, from one angle to another in degrees."""
    angles = (math.radians(start + (end - start) * i / 14) for i in range(15))
    return tuple((x + r * math.cos(a), y + r * math.sin(a)) for a in angles)


def _up(figure: Figure, by: float) -> tuple[tuple[Limb, ...], Point]:
    """A figure's neck and limbs, higher, and its head."""
    limbs = tuple((t, tuple((x, y + by) for x, y in line)) for t, line in _body(figure))
    return limbs, (figure.head[0], figure.head[1] + by)


# A foot from close by, in foot lengths; the toes are what moves.
_SHANK: Limb = (0.24, ((0.10, 0.95), (0.17, 0.42)))
_SOLE: Limb = (0.17, ((0.12, 0.15), (0.74, 0.13)))
_INSTEP: Limb = (0.17, ((0.18, 0.36), (0.45, 0.27), (0.72, 0.15)))
_CLOSE = (_SHANK, _SOLE, _INSTEP)


def _toes(*line: Point) -> Limb:
    return (0.13, ((0.76, 0.11), *line))


_RAISED, _RAISED_HEAD = _up(STANDING_FRONT, 0.07)
_ON_TOES = (
    *both(LEG, (0.055, 0.60), (0.06, 0.36), (0.06, 0.14)),
    *both(0.06, (0.06, 0.13), (0.07, 0.035)),
)

_HEEL_RAISE = Sketch(
    (
        (ARM, ((0.015, 0.98), (0.0, 0.82))),
        (0.14, ((0.0, 0.82), (0.0, 0.60))),
        (LEG, ((0.0, 0.58), (0.05, 0.36), (-0.15, 0.27))),
        (FOOT, ((-0.16, 0.28), (-0.19, 0.17))),
        (ARM, ((0.0, 0.84), (-0.015, 0.68), (0.09, 0.56))),
    ),
    (
        (LEG, ((0.0, 0.58), (0.01, 0.34), (-0.02, 0.13))),
        (0.06, ((-0.045, 0.115), (0.06, 0.035), (0.11, 0.03))),
    ),
    (((-0.16, 0.02), (-0.16, 0.11)),),
    (_floor(-0.3, 0.3),),
    (0.015, 0.98),
)
_METRONOME: tuple[tuple[Point, ...], ...] = (
    ((0.30, 0.02), (0.38, 0.50), (0.46, 0.50), (0.54, 0.02), (0.30, 0.02)),
    ((0.33, 0.17), (0.51, 0.17)),
    ((0.42, 0.17), (0.54, 0.56)),
)
HEEL_RAISE_TEST = replace(
    _HEEL_RAISE,
    arrows=(*_HEEL_RAISE.arrows, _arc(0.42, 0.17, 0.47, 100, 76)),
    things=(*_METRONOME, _floor(-0.3, 0.62)),
)
"""The heel-raise test: a heel raise beside its metronome."""

_SKETCHES: dict[str, Sketch] = {
    "heel_raises": _HEEL_RAISE,
    "toe_stand": Sketch(
        _RAISED[:3] + _RAISED[-2:],
        _ON_TOES,
        (((-0.2, 0.03), (-0.2, 0.19)), ((0.2, 0.03), (0.2, 0.19))),
        (_floor(-0.3, 0.3),),
        _RAISED_HEAD,
    ),
    "toe_walking": Sketch(
        (
            (ARM, ((0.02, 0.98), (0.0, 0.82))),
            (0.14, ((0.0, 0.82), (0.0, 0.60))),
            (ARM, ((0.0, 0.84), (-0.09, 0.70), (-0.06, 0.55))),
            (ARM, ((0.0, 0.84), (0.07, 0.70), (0.17, 0.62))),
        ),
        (
            (LEG, ((0.0, 0.58), (0.12, 0.37), (0.13, 0.14))),
            (FOOT, ((0.11, 0.12), (0.19, 0.03), (0.23, 0.03))),
            (LEG, ((0.0, 0.58), (-0.05, 0.34), (-0.18, 0.16))),
            (FOOT, ((-0.21, 0.15), (-0.14, 0.04), (-0.10, 0.03))),
        ),
        (((0.28, 0.38), (0.42, 0.38)),),
        (_floor(-0.35, 0.5),),
        (0.02, 0.98),
    ),
    "leg_up_towel": Sketch(
        (
            *_body(LYING, 3),
            (ARM, ((-0.27, 0.10), (-0.20, 0.24), (-0.10, 0.31))),
        ),
        (
            (LEG, ((0.0, 0.09), (0.03, 0.31), (0.0, 0.55))),
            (FOOT, ((0.01, 0.57), (-0.11, 0.57))),
        ),
        (_arc(0.02, 0.10, 0.40, 35, 68),),
        (((-0.10, 0.31), (-0.09, 0.60)), _floor(-0.52, 0.56)),
        LYING.head,
    ),
    "ankle_circles": Sketch(
        (*_body(LYING), (LEG, LEG_UP.limbs[-2][1])),
        (LEG_UP.limbs[-1],),
        (_arc(-0.03, 0.60, 0.17, 130, -140),),
        (_floor(-0.52, 0.56),),
        LYING.head,
    ),
    "tibialis_anterior": Sketch(
        (
            *_body(FLOOR, 2),
            (LEG, ((0.0, 0.09), (0.13, 0.27), (0.24, 0.06))),
            (FOOT, ((0.23, 0.03), (0.33, 0.03))),
        ),
        ((0.06, ((0.49, 0.045), (0.475, 0.17))),),
        (_arc(0.49, 0.06, 0.22, 42, 92),),
        (((0.48, 0.13), (0.76, 0.13)), ((0.76, 0.0), (0.76, 0.30)), _floor(-0.25, 0.8)),
        FLOOR.head,
    ),
    "band_stretch": Sketch(
        (
            *_body(FLOOR, 2, 3),
            (ARM, ((-0.05, 0.33), (0.05, 0.22), (0.18, 0.21))),
        ),
        ((0.06, ((0.49, 0.045), (0.48, 0.17))),),
        (((0.46, 0.30), (0.30, 0.30)),),
        (((0.18, 0.21), (0.50, 0.15)), _floor(-0.25, 0.6)),
        FLOOR.head,
    ),
    "toe_curls": Sketch(
        _CLOSE,
        (_toes((0.95, 0.17), (1.0, 0.06)),),
        ((*_arc(0.84, 0.14, 0.34, 65, -5)[::-1], (0.74, 0.44)),),
        (((0.40, 0.01), (0.95, 0.01), (1.02, 0.05), (1.10, 0.0), (1.2, 0.04), (1.35, 0.0)),),
    ),
    "toe_press": Sketch(
        _CLOSE,
        (_toes((0.88, 0.10), (1.02, 0.075)),),
        (((0.92, 0.48), (0.92, 0.30)),),
        (_floor(-0.15, 1.25),),
    ),
    "pencil_grip": Sketch(
        _CLOSE,
        (_toes((0.93, 0.20), (0.98, 0.08)),),
        (((1.14, 0.16), (1.14, 0.36)),),
        (((0.80, 0.015), (1.30, 0.06)), _floor(-0.15, 0.7)),
    ),
    "foot_massage": Sketch(
        (
            (0.24, ((0.10, 1.05), (0.17, 0.56))),
            (0.20, ((0.12, 0.31), (0.74, 0.27))),
            (0.20, ((0.18, 0.50), (0.45, 0.41), (0.72, 0.29))),
            (0.13, ((0.76, 0.25), (0.98, 0.24))),
        ),
        ((0.24, ((0.44, 0.08), (0.44, 0.08))),),
        (((0.62, 0.06), (0.82, 0.06)), ((0.26, 0.06), (0.06, 0.06))),
        (((-0.15, -0.05), (1.2, -0.05)),),
    ),
    "toe_stretch": Sketch(
        (
            *_body(CHAIR_SIDE, 3),
            (LEG, ((0.01, 0.32), (0.20, 0.44), (0.27, 0.36))),
        ),
        (
            (FOOT, ((0.26, 0.36), (0.36, 0.42))),
            (ARM, ((-0.015, 0.56), (0.12, 0.50), (0.35, 0.44))),
        ),
        (_arc(0.28, 0.36, 0.20, 20, 75),),
        (*CHAIR_SIDE.things, _floor(-0.25, 0.5)),
        CHAIR_SIDE.head,
    ),
    "heel_tendon_stretch": Sketch(
        _body(WALL, 3, 4),
        (WALL.limbs[3], WALL.limbs[4]),
        (((-0.24, 0.62), (-0.09, 0.62)),),
        (*WALL.things, _floor(-0.45, 0.45)),
        WALL.head,
    ),
    "heel_stretch": Sketch(
        (
            (ARM, ((0.16, 0.42), (0.10, 0.29))),
            (0.14, ((0.10, 0.29), (0.0, 0.11))),
            FLOOR.limbs[1],
            (LEG, ((0.0, 0.09), (0.18, 0.13), (0.22, 0.05))),
            FLOOR.limbs[2],
        ),
        ((ARM, ((0.11, 0.31), (0.27, 0.25), (0.46, 0.18))),),
        (((0.30, 0.40), (0.46, 0.32)),),
        (_floor(-0.2, 0.6),),
        (0.16, 0.42),
    ),
    "squat": Sketch(
        (
            (ARM, ((0.05, 0.70), (0.0, 0.56))),
            (0.14, ((0.0, 0.56), (-0.13, 0.36))),
            (ARM, ((0.01, 0.58), (0.14, 0.53), (0.29, 0.54))),
            (FOOT, ((-0.04, 0.03), (0.11, 0.03))),
        ),
        ((LEG, ((-0.14, 0.33), (0.10, 0.27), (-0.01, 0.06))),),
        (((-0.32, 0.52), (-0.32, 0.34)),),
        (_floor(-0.35, 0.35),),
        (0.05, 0.70),
    ),
    "glute_bridge": Sketch(
        (
            (ARM, ((-0.42, 0.08), (-0.28, 0.07))),
            (ARM, ((-0.28, 0.05), (-0.16, 0.03), (-0.02, 0.03))),
            (FOOT, ((0.22, 0.03), (0.34, 0.03))),
        ),
        (
            (0.13, ((-0.26, 0.08), (-0.04, 0.21))),
            (LEG, ((0.0, 0.23), (0.22, 0.30), (0.24, 0.06))),
        ),
        (((0.0, 0.36), (0.0, 0.48)),),
        (_floor(-0.52, 0.42),),
        (-0.42, 0.08),
    ),
    "standing_knee_lift": Sketch(
        _body(STANDING_SIDE),
        (
            (LEG, ((0.0, 0.53), (0.22, 0.49), (0.22, 0.26))),
            (FOOT, ((0.20, 0.24), (0.33, 0.24))),
        ),
        (((0.36, 0.34), (0.36, 0.50)),),
        (_floor(-0.2, 0.4),),
        STANDING_SIDE.head,
    ),
}
