"""From a body to numbers over time. Pure: no pictures, no thresholds of exercises."""

from posecoach.motion.loops import Ellipse, Loop, ellipse_of, in_frame_of, loop_of, without_trail
from posecoach.motion.signals import REGISTRY, Signal, names, parse
from posecoach.motion.smoothing import MedianFilter, Slope, Spread
from posecoach.motion.tracker import MotionTracker, Readings

__all__ = [
    "REGISTRY",
    "Ellipse",
    "Loop",
    "MedianFilter",
    "MotionTracker",
    "Readings",
    "Signal",
    "Slope",
    "Spread",
    "ellipse_of",
    "in_frame_of",
    "loop_of",
    "names",
    "parse",
    "without_trail",
]
