"""Where pictures come from: a camera, a clip, a stream."""

from posecoach.frames.camera import Camera, CameraError, Status
from posecoach.frames.clip import Clip, ClipError, ClipInfo
from posecoach.frames.frame import Frame, Image
from posecoach.frames.listing import CameraFound, list_cameras

__all__ = [
    "Camera",
    "CameraError",
    "CameraFound",
    "Clip",
    "ClipError",
    "ClipInfo",
    "Frame",
    "Image",
    "Status",
    "list_cameras",
]
