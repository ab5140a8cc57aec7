"""A turn of the foot, and what the loops of ball and heel say of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import median

import numpy as np

from posecoach.motion import Ellipse, ellipse_of, in_frame_of, loop_of, without_trail

# How uncertain the width of a single loop is, beside its roughness.
LOOP_NOISE = 0.05


@dataclass(frozen=True, slots=True)
class Foot:
    """One frame's foot: (x, y) in leg lengths in the picture, and what of it is seen tip-on."""

    time_s: float
    toe: tuple[float, float]
    heel: tuple[float, float]
    shin: tuple[float, float]
    leg: tuple[float, float]
    toe_to_camera: float
    heel_to_camera: float

    @property
    def point(self) -> float:
        """How far the toes point away from the knee, over the heel, along the shin."""
        x, y = self.shin
        size = math.hypot(x, y) or 1.0
        return ((self.toe[0] - self.heel[0]) * x + (self.toe[1] - self.heel[1]) * y) / size

    @property
    def angle_deg(self) -> float:
        """Angle from the shin to the line from heel to ball, degrees, always positive."""
        foot = (self.toe[0] - self.heel[0], self.toe[1] - self.heel[1])
        cross = self.shin[0] * foot[1] - self.shin[1] * foot[0]
        dot = self.shin[0] * foot[0] + self.shin[1] * foot[1]
        return abs(math.degrees(math.atan2(cross, dot)))


@dataclass(frozen=True, slots=True)
class Turn:
    """A full turn that is over.

    Attributes:
        start_s: When it began.
        end_s: When the foot was where it began.
        range_deg: How far the foot moved to and fro as seen in the picture.
        votes: Sum over ball and heel of (width seen x width expected of a clockwise
            circle), weighted by how sure the width is.
        weight: The same sum for a clockwise circle.
        ellipse: What the ball of the foot drew about its ankle, in leg lengths.
    """

    start_s: float
    end_s: float
    range_deg: float
    votes: float
    weight: float
    ellipse: Ellipse | None


@dataclass(slots=True)
class Run:
    """Turns without a pause between them."""

    turns: list[Turn] = field(default_factory=list)

    @property
    def round(self) -> float:
        """1 clockwise circles, -1 counter-clockwise ones, 0 back and forth."""
        weight = sum(turn.weight for turn in self.turns)
        return sum(turn.votes for turn in self.turns) / weight if weight else 0.0

    @property
    def doubt(self) -> float:
        """Standard error of :attr:`round`: a circle seen on edge hardly shows that it is one."""
        weight = sum(turn.weight for turn in self.turns)
        return weight**-0.5 if weight else math.inf


def votes_of(feet: list[Foot]) -> tuple[float, float]:
    """What ball and heel say of the way round, and what a clockwise circle would."""
    times = [foot.time_s for foot in feet]
    shin = np.array([foot.shin for foot in feet])
    votes = weight = 0.0
    for path, expected in (
        ([foot.toe for foot in feet], median(foot.toe_to_camera for foot in feet)),
        ([foot.heel for foot in feet], median(foot.heel_to_camera for foot in feet)),
    ):
        loop = loop_of(in_frame_of(without_trail(np.array(path), times), shin))
        if loop is None:
            continue
        sure = 1.0 / (LOOP_NOISE**2 + loop.noise**2)
        votes += sure * loop.width * expected
        weight += sure * expected**2
    return votes, weight


def drawn_by(feet: list[Foot]) -> Ellipse | None:
    """The ellipse that the ball of the foot drew about its ankle, in leg lengths."""
    return ellipse_of(np.array([foot.toe for foot in feet]))
