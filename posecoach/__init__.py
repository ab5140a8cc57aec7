"""A pose coach for foot and leg exercises, in front of any laptop webcam.

The core is a library: :class:`Session` turns poses into events without camera, screen,
sound or disk.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_ROOMS = {
    "Definition": "posecoach.checkers",
    "Pose": "posecoach.pose",
    "PosecoachError": "posecoach.errors",
    "Session": "posecoach.session",
    "Snapshot": "posecoach.session",
    "find_definition": "posecoach.checkers",
    "load_definition": "posecoach.checkers",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for only then: ``posecoach --help`` needs none of it."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)
