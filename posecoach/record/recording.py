"""The raw picture of a live session, kept as a clip that can be replayed."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from posecoach.frames.frame import Frame
from posecoach.record.video import VideoWriter

_PROBE_SIZE = (16, 16)


class Recording:
    """Writes frames as they came: not drawn on, not mirrored, at their own times.

    The size is that of the first frame; should a camera come back with another one, its
    pictures are scaled to it. See :class:`VideoWriter` for what is left of a run cut short.

    Args:
        path: The file to write; its name ends in ``.mp4``.
        source: A clip that is being played: never overwritten.

    Raises:
        OutputError: If such a file cannot be written there; asked at once, not when the
            first frame comes.
    """

    def __init__(self, path: Path, *, source: Path | None = None) -> None:
        # A writer without a picture leaves nothing behind.
        VideoWriter(path, _PROBE_SIZE, source=source).close()
        self._path = path
        self._source = source
        self._writer: VideoWriter | None = None
        self._size = _PROBE_SIZE

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._writer is not None:
            self._writer.__exit__(kind, error, trace)

    @property
    def begun(self) -> bool:
        """Whether there is a picture in it."""
        return self._writer is not None

    def write(self, frame: Frame) -> None:
        """Add a frame.

        Raises:
            OutputError: If the disk is full or gone.
        """
        if self._writer is None:
            self._writer = VideoWriter(self._path, frame.size, source=self._source)
            self._size = frame.size
        image = frame.image
        if frame.size != self._size:
            image = np.asarray(
                cv2.resize(image, self._size, interpolation=cv2.INTER_AREA), np.uint8
            )
        self._writer.write(image, frame.time_s)
