"""Arms raised so that nobody does it by chance: what a body can say without a word.

Measured along the trunk and in trunk lengths, so that it is the same standing, sitting and
lying. What a gesture means is not known here.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posecoach.pose import SIDES, Pose, Side, of_side

Arms = Literal["both_up", "one_up"]

# A straight arm overhead reaches 1.1 trunk lengths beyond its shoulder. Over all labelled
# clips both hands stay above 0.7 for 0.7 s at the most (a squat with the arms swung up), and
# one hand above 0.5 with the other below its shoulder never (docs/decisions.md).
UP = 0.7
# Once raised, an arm may sink a little.
STILL_UP = 0.55
# The other hand is at least so far below its shoulder.
DOWN = 0.0
# Where the model only guesses at a body, as in a picture of feet, it raises arms as well;
# hands over the head may leave a picture that the body fills.
_TRUNK_MARGIN, _HAND_MARGIN = 0.03, 0.30


def raised_arms(pose: Pose, before: Arms | None = None) -> Arms | None:
    """Which arms are raised overhead, if any.

    Args:
        pose: The body.
        before: What was so in the frame before, which is believed a little longer.
    """
    if not arms_seen(pose):
        return None
    reach = {side: min(_along(at, side) for at in (pose.pixels, pose.world)) for side in SIDES}
    low, high = sorted(reach.values())
    if low > (STILL_UP if before == "both_up" else UP):
        return "both_up"
    lowered = max(
        _along(at, side) for side in SIDES if reach[side] == low for at in (pose.pixels, pose.world)
    )
    if high > (STILL_UP if before == "one_up" else UP) and lowered < DOWN:
        return "one_up"
    return None


def _along(at: NDArray[np.float64], side: Side) -> float:
    """How far a hand is beyond its shoulder, away from the hips, in trunk lengths."""
    shoulder = (at[of_side("shoulder", "left")] + at[of_side("shoulder", "right")]) / 2
    hip = (at[of_side("hip", "left")] + at[of_side("hip", "right")]) / 2
    trunk = shoulder - hip
    square = float(trunk @ trunk)
    if square == 0.0:
        return -1.0
    return float((at[of_side("wrist", side)] - at[of_side("shoulder", side)]) @ trunk) / square


def higher_arm(pose: Pose) -> Side:
    """The person's own side whose hand is farther overhead in the picture."""
    left, right = (_along(pose.pixels, side) for side in SIDES)
    return "left" if left >= right else "right"


def arms_seen(pose: Pose) -> bool:
    """Whether a body is seen well enough to tell its arms: trunk and hands about in the picture."""
    return pose.found and all(
        pose.in_frame(of_side(name, side), margin)
        for name, margin in (
            ("shoulder", _TRUNK_MARGIN),
            ("hip", _TRUNK_MARGIN),
            ("wrist", _HAND_MARGIN),
        )
        for side in SIDES
    )
