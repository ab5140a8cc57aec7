"""From a body to numbers over time. Pure: no pictures, no thresholds of exercises."""

from posecoach.motion.signals import REGISTRY, Signal, names, parse
from posecoach.motion.smoothing import MedianFilter, Slope, Spread
from posecoach.motion.tracker import MotionTracker, Readings

__all__ = [
    "REGISTRY",
    "MedianFilter",
    "MotionTracker",
    "Readings",
    "Signal",
    "Slope",
    "Spread",
    "names",
    "parse",
]
