"""Named signals: each a small function from a body to a number.

A name with a side (``knee_bend.left``) is one function asked for one side. A signal
that cannot be measured now is None. Lengths are in leg lengths (hip to knee to ankle as
first seen, about 80 cm on a grown person), angles in degrees in the picture unless said
otherwise. A new kind of measurement is one function in a module of this package.
"""

from posecoach.motion.signals import ankle, circles, closeup, legs, posture, reach, standing
from posecoach.motion.signals.registry import REGISTRY, Moment, Signal, names, parse

__all__ = [
    "REGISTRY",
    "Moment",
    "Signal",
    "ankle",
    "circles",
    "closeup",
    "legs",
    "names",
    "parse",
    "posture",
    "reach",
    "standing",
]
