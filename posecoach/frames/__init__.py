"""Where pictures come from: a camera, a clip, a stream."""

from posecoach.frames.frame import Frame, Image

__all__ = ["Frame", "Image"]
