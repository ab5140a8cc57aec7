"""A pose coach for foot and leg exercises, in front of any laptop webcam.

The core is a library: :class:`Session` turns poses into events without camera, screen,
sound or disk.
"""

from posecoach.checkers import Definition, find_definition, load_definition
from posecoach.errors import PosecoachError
from posecoach.pose import Pose
from posecoach.session import Session, Snapshot

__version__ = "0.1.0"

__all__ = [
    "Definition",
    "Pose",
    "PosecoachError",
    "Session",
    "Snapshot",
    "__version__",
    "find_definition",
    "load_definition",
]
