"""From a picture to a body. The only room that names MediaPipe.

Importing this room does not import MediaPipe; making a :class:`PoseEstimator` does.
"""

from posecoach.pose.estimator import PoseEstimator
from posecoach.pose.footview import FootView
from posecoach.pose.hiding import without
from posecoach.pose.landmarks import BONES, SIDES, Landmark, Side, of_side
from posecoach.pose.light import Light, light_on
from posecoach.pose.models import DEFAULT_MODEL, ModelError, find_model
from posecoach.pose.placed import FootPlace, placed_feet
from posecoach.pose.pose import LANDMARK_COUNT, Pose

__all__ = [
    "BONES",
    "DEFAULT_MODEL",
    "LANDMARK_COUNT",
    "SIDES",
    "FootPlace",
    "FootView",
    "Landmark",
    "Light",
    "ModelError",
    "Pose",
    "PoseEstimator",
    "Side",
    "find_model",
    "light_on",
    "of_side",
    "placed_feet",
    "without",
]
