"""What the camera thread needs of a source of live pictures, and how a source fails.

Sources block; :class:`posecoach.frames.camera.Camera` runs them in a thread of its own.
"""

from __future__ import annotations

from typing import Protocol

from posecoach.frames.frame import Image

BAD_PICTURES_IN_A_ROW = 30
"""Over a weak cable or network a broken picture comes now and then; a second of nothing
else is a fault."""


class SourceError(Exception):
    """A source that does not open, or that stopped.

    Args:
        problem: One plain line: what, why, what to do.
        final: Trying again cannot help.
    """

    def __init__(self, problem: str, *, final: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.final = final


class LiveSource(Protocol):
    """What the camera thread needs of a source."""

    name: str

    def open(self) -> None:
        """Connect, unless connected; blocks. Raises ``SourceError``."""

    def read(self) -> Image:
        """Wait for the next picture, RGB and upright. Raises ``SourceError``."""

    def close(self) -> None:
        """Let go; may be called at any time by the thread that reads."""
