"""Writing a recording of landmarks, a second at a time."""

from __future__ import annotations

from collections.abc import Iterable
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import BaseModel

from posecoach.pose import Pose
from posecoach.record.files import OutputError, ensure_writable, output_error, refuse_source
from posecoach.record.landmarks import blocks
from posecoach.record.landmarks.asked import (
    AskedExercise,
    AskedProgram,
    Done,
    Head,
    KeyName,
    Pressed,
)
from posecoach.record.landmarks.columns import MOST_FRAMES, packed_poses

_CHUNK_S = 1.0
"""What a kill can cost; half of it would cost 3 % more bytes."""


class LandmarkWriter:
    """Writes poses as they come. A context manager.

    The file is there with the first pose, under its own name: each second is written when
    it is over, so that whatever kills the process takes no more than the last one. An older
    file of that name is replaced only then.

    Args:
        path: The file to write.
        head: What holds for all of it.
        source: The clip that the poses come from: never overwritten.

    Attributes:
        path: The file.

    Raises:
        OutputError: If such a file cannot be written there.

    Example:
        >>> with LandmarkWriter(path, Head(posecoach="0.1.0", model="full")) as landmarks:
        ...     landmarks.begin(AskedExercise(exercise="heel_raises"))
        ...     for pose in poses:
        ...         landmarks.write(pose)  # doctest: +SKIP
    """

    def __init__(self, path: Path, head: Head, *, source: Path | None = None) -> None:
        ensure_writable(path)
        refuse_source(path, source)
        self.path = path
        self._waiting = blocks.first_line() + _json(blocks.HEAD, head)
        self._poses: list[Pose] = []
        self._file: FileIO | None = None
        self._over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self.finish()
            else:
                self._close(b"")
        except OutputError:
            # What cut the run short is the news.
            if error is None:
                raise

    @property
    def begun(self) -> bool:
        """Whether there is a pose in it."""
        return self._file is not None

    def begin(self, asked: AskedExercise | AskedProgram) -> None:
        """Say what is watched from the next pose on.

        Raises:
            OutputError: If the disk is full or gone.
        """
        self._flush()
        kind = blocks.PROGRAM if isinstance(asked, AskedProgram) else blocks.EXERCISE
        self._write(_json(kind, asked))

    def press(self, key: KeyName) -> None:
        """Say that somebody changed a program's course, or the camera, after the last pose.

        Raises:
            OutputError: If the disk is full or gone.
        """
        self._flush()
        self._write(_json(blocks.KEY, Pressed(key=key)))

    def write(self, pose: Pose) -> None:
        """Add a pose, later than the last one.

        Raises:
            OutputError: If the disk is full or gone.
        """
        full = len(self._poses) == MOST_FRAMES
        if self._poses and (full or pose.time_s - self._poses[0].time_s >= _CHUNK_S):
            self._flush()
        self._poses.append(pose)
        if self._file is None:
            self._open()

    def finish(self, warnings: Iterable[str] = ()) -> None:
        """Write what is left, and that this is the end. Finishing twice is fine.

        Args:
            warnings: What there is to say of the clip, without its name.

        Raises:
            OutputError: If the disk is full or gone.
        """
        if not self._over:
            self._close(_json(blocks.DONE, Done(warnings=tuple(warnings))))

    def _close(self, last: bytes) -> None:
        try:
            self._flush()
            self._write(last)
        finally:
            self._over = True
            if self._file is not None:
                self._file.close()

    def _open(self) -> None:
        try:
            self._file = FileIO(self.path, "wb")
        except OSError as error:
            self._over = True
            raise output_error(self.path, error) from error
        waiting, self._waiting = self._waiting, b""
        self._write(waiting)

    def _flush(self) -> None:
        if self._poses:
            poses, self._poses = self._poses, []
            self._write(blocks.packed(blocks.POSES, packed_poses(poses)))

    def _write(self, data: bytes) -> None:
        """Straight to the system, so that nothing is left to a buffer that a kill takes."""
        if self._over:
            return
        if self._file is None:
            self._waiting += data
            return
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            # What there is before the block that did not fit can still be read.
            self._over = True
            raise output_error(self.path, error) from error


def _json(kind: bytes, said: BaseModel) -> bytes:
    return blocks.packed(kind, said.model_dump_json(exclude_none=True).encode())
