"""Whether somebody is placed so that a set can begin, and the one thing to change if not.

Stricter than the check within a set (:mod:`.view`): what is asked for here has some room to
spare, so that the set does not stop at its first movement. Driven by the frames' times alone.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from posecoach.checkers import Definition
from posecoach.checkers.conditions import Checks
from posecoach.checkers.pacer import GAP_S
from posecoach.motion import Readings
from posecoach.motion.body import leg_px
from posecoach.pose import SIDES, Landmark, Pose, Side, of_side

LEAST_S = 1.5
"""An instruction stays so long, or it cannot be read."""
SURE_S = 0.4
"""Something must be wrong for so long to become an instruction."""
RIGHT_S = 1.0
"""All must be right for so long."""
SOFT_S = 6.0
"""What may be mistaken, or cannot be helped, is asked for no longer than this in all."""
SOFT = ("more_light", "level_camera", "one_person", "settling")
# Room to spare: once right, the limit in brackets will do. Shares of the frame that what is
# needed must lie inside; leg length over the definition's least one.
_INSIDE, _STILL_INSIDE = 0.01, -0.02
_LARGE, _STILL_LARGE = 1.15, 1.0
# How far one side is nearer to the camera than the other one: 1 seen exactly from the side,
# 0 from the front. Over the labelled clips side views have 0.9 to 1, three-quarter views 0.5
# to 0.8, front views up to 0.2 either way.
_TURNED, _STILL_TURNED = 0.1, -0.3
# Brightness of the person's box, 0 to 255. The darkest labelled clips have 45 and count in
# full; darkened further, bodies are still found at 15 and lost at 11 (docs/decisions.md).
_LIT, _STILL_LIT = 30.0, 22.0
# The roll of the camera, in degrees, as a standing body shows it from the front.
_LEVEL, _STILL_LEVEL = 8.0, 11.0
_FRONTAL = 0.4


class SetupCheck:
    """Judges one setup, pose by pose.

    Args:
        definition: The exercise.
        side: The side that is to work.

    Attributes:
        cue: Id of the instruction to give now, or None.
        side: The side that must be towards the camera, or None.
    """

    def __init__(self, definition: Definition, side: Literal["left", "right", "both", "auto"]):
        self._view = definition.view
        self._lying = definition.view.posture in ("lying", "leg_up")
        self._stands = definition.view.posture == "standing"
        self.side: Side | None = None
        if definition.view.near_side and side in ("left", "right"):
            self.side = side
        self._position = Checks(definition.view.position)
        self._right: set[str] = set()
        self._asked_s: dict[str, float] = {}
        self._why: str | None = "nobody"
        self._since: float | None = None
        self._now = 0.0
        self._changed_s = 0.0
        self._shown_s = -math.inf
        self.cue: str | None = None

    @property
    def wrong_s(self) -> float:
        """For how long something has been wrong without a break; 0 while nothing is."""
        return 0.0 if self._why is None or self._since is None else self._now - self._since

    @property
    def right(self) -> bool:
        """Whether all has been right for long enough, and no instruction stands."""
        if self._why is not None or self._since is None or self.cue is not None:
            return False
        return self._now - self._since >= RIGHT_S

    def update(self, pose: Pose, measured: Readings, *, settled: bool, alone: bool) -> None:
        """Take a pose.

        Args:
            pose: The body, or nobody.
            measured: Values of the signals of the definition's ``view.position``.
            settled: Whether the resting level is known.
            alone: Whether nobody else was taken for the person lately.
        """
        passed = 0.0 if self._since is None else pose.time_s - self._now
        self._now = pose.time_s
        why = self._wrong(pose, measured, settled, alone)
        if why in SOFT:
            self._asked_s[why] = self._asked_s.get(why, 0.0) + min(0.5, passed)
        # Nobody knows what was right in a longer gap between two frames.
        if self._since is None or passed > GAP_S or (why is None) != (self._why is None):
            self._since = self._now
            self._changed_s = self._now
        elif why != self._why:
            self._changed_s = self._now
        self._why = why
        self._choose()

    def _choose(self) -> None:
        """Which instruction stands: it neither flickers nor goes before it was read."""
        if self._why == self.cue:
            return
        read = self._now - self._shown_s >= LEAST_S
        if read and self._now - self._changed_s >= SURE_S:
            self.cue, self._shown_s = self._why, self._now

    def _wrong(self, pose: Pose, measured: Readings, settled: bool, alone: bool) -> str | None:
        """The first thing that is wrong: what hides the rest comes first."""
        if not self._is("light", _brightness(pose), _LIT, _STILL_LIT) and self._asks("more_light"):
            return "more_light"
        if not alone and self._asks("one_person"):
            return "one_person"
        if not pose.found:
            return "nobody"
        missing = self._missing(pose)
        if missing is not None:
            return missing
        least = self._view.leg_share * min(pose.size)
        if not self._is("size", leg_px(pose) / least, _LARGE, _STILL_LARGE):
            return "step_nearer"
        position = self._position.failing(measured)
        if position is not None:
            return position
        if self.side is not None:
            nearer = nearer_side(pose) * (1 if self.side == "left" else -1)
            if not self._is("side", nearer, _TURNED, _STILL_TURNED):
                return f"lie_head_{self.side}" if self._lying else f"turn_{self.side}_side"
        if self._stands:
            roll = camera_roll_deg(pose)
            if not self._is("level", -abs(roll), -_LEVEL, -_STILL_LEVEL) and self._asks(
                "level_camera"
            ):
                return "level_camera"
        if not settled and self._asks("settling"):
            return "settling"
        return None

    def _is(self, name: str, value: float, least: float, still: float) -> bool:
        """Whether a value is enough, which is judged more kindly once it was."""
        good = value >= (still if name in self._right else least)
        (self._right.add if good else self._right.discard)(name)
        return good

    def _asks(self, why: str) -> bool:
        return self._asked_s.get(why, 0.0) < SOFT_S

    def _missing(self, pose: Pose) -> str | None:
        """What to do about parts outside the picture; one whole side is enough."""
        inside = _STILL_INSIDE if "inside" in self._right else _INSIDE
        lacking = min(
            (
                [name for name in self._view.needs if not pose.in_frame(of_side(name, s), -inside)]
                for s in SIDES
            ),
            key=len,
        )
        head = pose.in_frame(Landmark.NOSE, -inside)
        if not lacking and head:
            self._right.add("inside")
            return None
        self._right.discard("inside")
        # A tenth of it less would do: the picture is wide enough, and so only the place wrong.
        x, y = pose.pixels[:, 0], pose.pixels[:, 1]
        width, height = pose.size
        if np.ptp(x) < 0.8 * width and y.min() >= 0 and y.max() <= height:
            return "to_the_middle"
        if head and not {"shoulder", "hip"} & set(lacking):
            return "feet_hidden"
        return "step_back"


def nearer_side(pose: Pose) -> float:
    """Which side is nearer to the camera: 1 the left one, -1 the right one, 0 neither.

    From the depth of the lines through shoulders and hips in world landmarks.
    """
    world = pose.world
    line = (
        world[Landmark.LEFT_SHOULDER]
        - world[Landmark.RIGHT_SHOULDER]
        + world[Landmark.LEFT_HIP]
        - world[Landmark.RIGHT_HIP]
    )
    size = float(np.linalg.norm(line))
    return float(-line[2] / size) if size else 0.0


def camera_roll_deg(pose: Pose) -> float:
    """By how much the camera is tilted sideways, as a body that stands upright shows it.

    Only from the front or behind: there the body's axis stands upright and the lines through
    shoulders and hips lie level, so a tilted camera turns all of them alike and a person who
    leans does not. The least of the three is given, and 0 where they disagree or the view is
    another one.
    """
    if abs(nearer_side(pose)) > _FRONTAL:
        return 0.0
    p = pose.pixels
    ankles, shoulders = (
        (p[of_side(name, "left")] + p[of_side(name, "right")]) / 2 for name in ("ankle", "shoulder")
    )
    up = shoulders - ankles
    rolls = [math.degrees(math.atan2(up[0], -up[1]))]
    for name in ("shoulder", "hip"):
        line = p[of_side(name, "left")] - p[of_side(name, "right")]
        line = line if line[0] > 0 else -line
        rolls.append(math.degrees(math.atan2(line[1], line[0])))
    if min(rolls) < 0 < max(rolls):
        return 0.0
    return min(rolls, key=abs)


def _brightness(pose: Pose) -> float:
    return math.inf if pose.light is None else pose.light.mean
