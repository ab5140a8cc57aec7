"""The close-up of the feet: what moves in them, at the camera's full resolution.

The pose model sees a foot as some 15 pixels: no toes, no small movement. Here a square
around each foot is cut out of the frame itself and compared, by dense optical flow, with
how it looked when the foot was last still. The square stands still while the foot stays
in it, so it has no movement of its own that would have to be taken out.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from posecoach.pose.footcrop import (
    FootCrop,
    foot_box,
    foot_middle,
    foot_px,
    share_inside,
    softened,
)
from posecoach.pose.footview import FootView, Vector
from posecoach.pose.landmarks import SIDES, Side, of_side

if TYPE_CHECKING:
    from posecoach.frames.frame import Frame, Image
    from posecoach.pose.pose import Pose

LEAST_PX = 18.0
"""A foot shorter than this in the frame shows no toes: a curl (0.016 foot lengths) would be
0.3 pixels, and rest alone ranges over 0.1 to 0.2."""


class FootCloseUp:
    """Follows one foot.

    Args:
        side: Whose foot.
    """

    # The landmarks jitter by 1 to 2 pixels and jump for moments where feet overlap.
    FOLLOW_S = 0.4
    # The square is put anew when the foot's middle is this far off its own, or the foot's
    # length differs by as much, in foot lengths and shares: a rolling foot moves by 0.3.
    AWAY = 0.5
    RESIZED = 0.35
    AWAY_S = 0.2
    # Longer without the foot, and it may be another one.
    LOST_S = 0.7
    # Toes and hind foot that moved no further than STILL foot lengths within STILL_S are
    # still: noise is 0.002, the slowest curl 0.02 in a second.
    STILL_S = 0.4
    STILL = 0.006
    # A foot that stands still is looked at anew: where it was last looked at, every few
    # seconds, as light and clothes change slowly; and where it was put elsewhere, at once,
    # as it looks different there and the flow may have been misled. Between the two it is
    # holding something, and will come back to how it looked (gripping toes move by 0.05, a
    # foot that lifts a pencil by 0.09, one that is put on a ball by 0.15 and more).
    FRESH_S = 2.0
    NEAR = 0.008
    FAR = 0.11
    # Share of the look's contours below which a frame is too blurred.
    SHARP = 0.5
    # Share of the square that must lie inside the frame.
    INSIDE = 0.75

    def __init__(self, side: Side) -> None:
        names = ("ankle", "heel", "foot_index", "knee")
        sides: tuple[Side, Side] = ("left", "right") if side == "left" else ("right", "left")
        # Its own landmarks, then the other foot's.
        self._landmarks = [[int(of_side(name, s)) for name in names] for s in sides]
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
        self._marks: Vector | None = None
        self._marks_s = 0.0
        self._crop: FootCrop | None = None
        self._began_s = self._looked_s = 0.0
        self._away_since: float | None = None
        self._blurred_since: float | None = None
        self._offset: Vector = np.zeros((3, 2))
        self._recent: deque[tuple[float, Vector]] = deque()

    def update(self, image: Image, pose: Pose) -> FootView | None:
        """Take a frame.

        Args:
            image: (height, width, 3) RGB.
            pose: The body in it.

        Returns:
            None where the foot is out of the frame, too small or too blurred.
        """
        marks = self._follow(pose)
        if marks is None:
            return None
        crop = self._place(image, marks, pose.time_s)
        if crop is None or not crop.shows_toes:
            return None
        now = crop.cut(image)
        if self._blurred(crop.sharpness(now) < self.SHARP, pose.time_s):
            return None
        flow = np.asarray(self._flow.calc(crop.look, softened(now), None), np.float32)  # type: ignore[call-overload]
        moved = self._offset + crop.moved(flow)
        if self._still(moved, pose.time_s):
            self._look_again(crop, image, marks, moved, pose.time_s)
        return FootView(moved[0], moved[1], _ahead(marks[0]), self._began_s, crop.foot_px, crop.box)

    def _follow(self, pose: Pose) -> Vector | None:
        """Smoothed pixel positions (2, 4, 2) of this foot and the other; None if not there."""
        now: Vector = pose.pixels[self._landmarks]
        if not np.isfinite(now[0]).all():
            return None
        now = np.where(np.isfinite(now), now, np.nan)
        gap_s = pose.time_s - self._marks_s
        if self._marks is None or gap_s > self.LOST_S:
            self._marks, self._crop = now.copy(), None
        else:
            followed = self._marks + min(1.0, gap_s / self.FOLLOW_S) * (now - self._marks)
            # The other foot may be unseen for a while.
            self._marks = np.where(np.isnan(followed), now, followed)
        self._marks_s = pose.time_s
        return self._marks

    def _place(self, image: Image, marks: Vector, time_s: float) -> FootCrop | None:
        """The square around the foot, a new one where the foot has left it; None without one."""
        crop = self._crop
        if crop is not None:
            off = float(np.hypot(*(foot_middle(marks[0]) - crop.middle))) / crop.foot_px
            resized = abs(foot_px(marks[0]) / crop.foot_px - 1)
            if off < self.AWAY and resized < self.RESIZED:
                self._away_since = None
                return crop
            if self._away_since is None:
                self._away_since = time_s
            if time_s - self._away_since < self.AWAY_S:
                return crop
        self._crop, self._away_since, self._blurred_since = None, None, None
        height, width = image.shape[:2]
        inside = share_inside(foot_box(marks[0]), (width, height))
        if foot_px(marks[0]) < LEAST_PX or inside < self.INSIDE:
            return None
        self._crop = crop = FootCrop(image, *marks)
        self._began_s = self._looked_s = time_s
        self._offset = np.zeros((3, 2))
        self._recent.clear()
        return crop

    def _blurred(self, now: bool, time_s: float) -> bool:
        """Whether a frame is too blurred; where all are for long, the light has changed."""
        if not now:
            self._blurred_since = None
        elif self._blurred_since is None:
            self._blurred_since = time_s
        elif time_s - self._blurred_since > self.FRESH_S:
            self._crop = None
        return now

    def _still(self, moved: Vector, time_s: float) -> bool:
        recent = self._recent
        recent.append((time_s, moved))
        while recent[0][0] < time_s - self.STILL_S - 1e-6:
            recent.popleft()
        if time_s - recent[0][0] < 0.8 * self.STILL_S:
            return False
        feet = np.array([each[:2] for _, each in recent])
        return bool(np.ptp(feet, axis=0).max() < self.STILL)

    def _look_again(
        self, crop: FootCrop, image: Image, marks: Vector, moved: Vector, time_s: float
    ) -> None:
        """Remember how a foot that stands still looks, where the last look is no good."""
        toes, hind = (float(np.hypot(*part)) for part in (moved - self._offset)[:2])
        stale = time_s - self._looked_s > self.FRESH_S and max(toes, hind) < self.NEAR
        if stale or hind > self.FAR:
            crop.take(image, *marks)
            self._offset, self._looked_s = moved, time_s


def _ahead(marks: Vector) -> Vector:
    """Direction from heel to ball of (4, 2) marks; upwards where it points at the camera."""
    foot = marks[2] - marks[1]
    size = float(np.hypot(*foot))
    return foot / size if size > 1e-6 else np.array([0.0, -1.0])


class CloseUp:
    """Adds a close-up of both feet to each pose.

    Use one for each source, as the estimator itself.

    Args:
        estimate: Finds the body in a frame, such as ``PoseEstimator.estimate``.

    Example:
        >>> from posecoach.pose import PoseEstimator, find_model
        >>> from posecoach.pose.closeup import CloseUp
        >>> with PoseEstimator(find_model("full")) as estimator:  # doctest: +SKIP
        ...     poses = [CloseUp(estimator.estimate).estimate(frame) for frame in source]
    """

    def __init__(self, estimate: Callable[[Frame], Pose]) -> None:
        self._estimate = estimate
        self._feet = tuple(FootCloseUp(side) for side in SIDES)

    def estimate(self, frame: Frame) -> Pose:
        """The body in this frame, with what the close-ups show in ``Pose.feet``."""
        pose = self._estimate(frame)
        left, right = (foot.update(frame.image, pose) for foot in self._feet)
        return replace(pose, feet=(left, right))
