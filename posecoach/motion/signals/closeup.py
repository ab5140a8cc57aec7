"""Signals of the close-ups of the feet, in lengths of the foot (heel to ball, about 18 cm).

None where the camera does not see the foot well enough, and for who runs without close-ups.
"""

from __future__ import annotations

from posecoach.motion.feet import FootReading
from posecoach.motion.signals.registry import NOT_BEHIND, close_up


@close_up("foot", (0, 0.25), NOT_BEHIND)
def toe_flow(foot: FootReading) -> float | None:
    """How far the toes have moved from their rest, less what the hind foot has."""
    return foot.toes


@close_up("foot", (0, 0.25), NOT_BEHIND)
def hind_flow(foot: FootReading) -> float | None:
    """How far heel and ankle have moved from their rest."""
    return foot.hind


@close_up("foot", (-0.25, 0.25), NOT_BEHIND)
def foot_lift(foot: FootReading) -> float | None:
    """How far the whole foot, toes and heel, is above where it rests."""
    return foot.lift


@close_up("foot", (-0.25, 0.2), NOT_BEHIND, smooth_s=0.1)
def foot_flow(foot: FootReading) -> float | None:
    """How far the whole foot has gone forwards, the way its toes point."""
    return foot.forward


@close_up("foot", (0, 0.45), NOT_BEHIND)
def foot_stroke(foot: FootReading) -> float | None:
    """How far the whole foot moved forwards and back within the last second."""
    return foot.stroke


@close_up("foot", (0, 0.4), NOT_BEHIND)
def foot_aside(foot: FootReading) -> float | None:
    """How far the foot moved across its own direction within the last second."""
    return foot.aside


@close_up("foot/s", (0, 2.5), NOT_BEHIND)
def foot_speed(foot: FootReading) -> float | None:
    """How fast the toes move, in foot lengths a second: 0.02 and less is rest."""
    return foot.speed


@close_up("deg", (-90, 90), NOT_BEHIND)
def foot_axis(foot: FootReading) -> float | None:
    """Direction of the toes' movement in the picture: 0 level, 90 up and down."""
    return foot.axis_deg


@close_up("share", (-0.65, 0.65), NOT_BEHIND)
def foot_turn(foot: FootReading) -> float | None:
    """Whether the toes go round: 1 clockwise in the picture, -1 the other way, 0 to and fro."""
    return foot.turn


@close_up("px", (25, 165), NOT_BEHIND)
def foot_pixels(foot: FootReading) -> float | None:
    """Length of the foot in pixels of the picture: below 60 a small grip cannot be seen."""
    return foot.pixels
