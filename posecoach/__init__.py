"""A pose coach for foot and leg exercises, in front of any laptop webcam.

The core is a library: :class:`Session` turns poses into events without camera, screen,
sound or disk.
"""

# First, before PyAV: both bring a libxcb-shm of the same name, and whichever is loaded
# first serves both. With PyAV's, OpenCV's first window on Linux hangs for good (seen with
# PyAV 18.1 and OpenCV 5.0).
import cv2  # noqa: F401

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
