"""Signals of the close-ups of the feet, in lengths of the foot (heel to ball, about 18 cm).

None where the camera does not see the foot well enough, and for who runs without close-ups.
"""

from __future__ import annotations

from posecoach.motion.signals.registry import Moment, sided
from posecoach.pose import SIDES, Side


@sided("foot", close_up=True)
def toe_flow(moment: Moment, side: Side) -> float | None:
    """How far the toes have moved from their rest, less what the hind foot has."""
    foot = moment.feet.of(side)
    return None if foot is None else foot.toes


@sided("foot", close_up=True)
def hind_flow(moment: Moment, side: Side) -> float | None:
    """How far heel and ankle have moved from their rest."""
    foot = moment.feet.of(side)
    return None if foot is None else foot.hind


@sided("foot", close_up=True)
def foot_lift(moment: Moment, side: Side) -> float | None:
    """How far the whole foot, toes and heel, is above where it rests."""
    foot = moment.feet.of(side)
    return None if foot is None else foot.lift


@sided("foot", close_up=True, smooth_s=0.1)
def foot_flow(moment: Moment, side: Side) -> float | None:
    """How far the whole foot has gone forwards, the way its toes point."""
    foot = moment.feet.of(side)
    return None if foot is None else foot.forward


@sided("foot", close_up=True)
def foot_stroke(moment: Moment, side: Side) -> float | None:
    """How far the whole foot moved forwards and back within the last second."""
    foot = moment.feet.of(side)
    return None if foot is None else foot.stroke


@sided("foot", close_up=True)
def foot_aside(moment: Moment, side: Side) -> float | None:
    """How far the foot moved across its own direction within the last second."""
    foot = moment.feet.of(side)
    return None if foot is None else foot.aside


@sided("foot/s", close_up=True)
def foot_speed(moment: Moment, side: Side) -> float | None:
    """How fast the toes move, in foot lengths a second: 0.02 and less is rest."""
    foot = moment.feet.of(side)
    return None if foot is None else foot.speed


@sided("deg", close_up=True)
def foot_axis(moment: Moment, side: Side) -> float | None:
    """Direction of the toes' movement in the picture: 0 level, 90 up and down."""
    foot = moment.feet.of(side)
    return None if foot is None else foot.axis_deg


@sided("share", close_up=True)
def foot_turn(moment: Moment, side: Side) -> float | None:
    """Whether the toes go round: 1 clockwise in the picture, -1 the other way, 0 to and fro."""
    foot = moment.feet.of(side)
    return None if foot is None else foot.turn


@sided("px", close_up=True)
def foot_pixels(moment: Moment, side: Side) -> float | None:
    """Length of the foot in pixels of the picture: below 60 a small grip cannot be seen."""
    view = moment.body.pose.feet[SIDES.index(side)]
    return None if view is None else view.foot_px
