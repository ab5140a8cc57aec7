"""What one camera and several have in common: the newest frame, and how they are doing."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import Literal, Self

from posecoach.closing import Closing
from posecoach.frames.frame import Frame

Status = Literal["opening", "running", "changed", "stalled", "reconnecting", "ended", "failed"]
"""``changed``, just after another camera took over, is never a single camera's: see
:class:`~posecoach.frames.Cameras`."""


class NewestFrames(Closing):
    """A source that is begun on entering a ``with`` block, and keeps the newest frame only."""

    _closed = False

    def __enter__(self) -> Self:
        self.start()
        return self

    def __iter__(self) -> Iterator[Frame]:
        """Frames until the source has ended, failed or been closed."""
        while not self._closed and self.status not in ("ended", "failed"):
            frame = self.read(timeout_s=0.2)
            if frame is not None:
                yield frame

    @abstractmethod
    def start(self) -> None:
        """Begin to open the source."""

    @abstractmethod
    def read(self, timeout_s: float) -> Frame | None:
        """Take the newest frame, waiting for it if there is none yet.

        Args:
            timeout_s: Longest wait in seconds.

        Returns:
            The frame, or None if no new one came in time: ask ``status`` why.
        """

    @property
    @abstractmethod
    def status(self) -> Status:
        """How the source is doing now."""
