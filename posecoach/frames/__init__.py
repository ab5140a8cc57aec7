"""Where pictures come from: a camera, a clip, a stream."""

# First, before PyAV: both bring a libxcb-shm of the same name, and whichever is loaded
# first serves both. With PyAV's, OpenCV's first window on Linux hangs for good (seen with
# PyAV 18.1 and OpenCV 5.0).
import cv2  # noqa: F401

# isort: split
from posecoach.frames.camera import Camera
from posecoach.frames.cameras import Cameras
from posecoach.frames.choosing import CameraError
from posecoach.frames.clip import Clip, ClipError, ClipInfo
from posecoach.frames.frame import Frame, Image
from posecoach.frames.listing import CameraFound, list_cameras
from posecoach.frames.names import NamedCamera, named_cameras
from posecoach.frames.newest import Status

__all__ = [
    "Camera",
    "CameraError",
    "CameraFound",
    "Cameras",
    "Clip",
    "ClipError",
    "ClipInfo",
    "Frame",
    "Image",
    "NamedCamera",
    "Status",
    "list_cameras",
    "named_cameras",
]
