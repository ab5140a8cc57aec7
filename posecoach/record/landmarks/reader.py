"""Reading a recording of landmarks: checked as a whole first, then a chunk at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from pydantic import BaseModel

from posecoach.closing import Closing
from posecoach.pose import Pose
from posecoach.record.landmarks import blocks
from posecoach.record.landmarks.asked import (
    AskedExercise,
    AskedProgram,
    Done,
    Head,
    KeyName,
    Pressed,
    said,
)
from posecoach.record.landmarks.blocks import LandmarksError, damaged
from posecoach.record.landmarks.columns import (
    BadValuesError,
    check_columns,
    frames_in,
    unpacked_poses,
)

_MOST_PARTS = 10_000
"""More changes of the exercise than an evening of pressing keys gives."""
_BEGINNINGS: dict[bytes, type[AskedExercise] | type[AskedProgram]] = {
    blocks.EXERCISE: AskedExercise,
    blocks.PROGRAM: AskedProgram,
}
_Kind = TypeVar("_Kind", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Part:
    """Frames that were watched for one purpose.

    Attributes:
        asked: What was asked for; None where the recording does not say.
        frames: How many there are.
    """

    asked: AskedExercise | AskedProgram | None
    frames: int


@dataclass(frozen=True, slots=True)
class Key:
    """Somebody changed a program's course here."""

    name: KeyName


class LandmarkReader(Closing):
    """A recording, opened. A context manager.

    Opening reads all of it once, to see that it is whole; memory is needed for a second of
    it at a time.

    Args:
        path: The file.

    Attributes:
        name: File name without its folder.
        head: What holds for all of it.
        parts: What was watched, in order; those without a frame are left out.
        warnings: Plain lines on what was lost, in recording it or before.
        size: (width, height) of the first frame in pixels.
        frames: How many there are.

    Raises:
        LandmarksError: If the file cannot be read as a recording.

    Example:
        >>> with LandmarkReader(Path("today.landmarks")) as recording:  # doctest: +SKIP
        ...     for pose in recording.poses():
        ...         session.update(pose)
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._file = _opened(path)
        try:
            blocks.check_version(self._file, self.name)
            self.parts, self.warnings = self._survey()
            self.frames = sum(part.frames for part in self.parts)
            first = next(self.poses(), None)
        except BaseException:
            self.close()
            raise
        if first is None:
            self.close()
            raise LandmarksError(f"{self.name}: there is no frame in this recording")
        self.size = first.size

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def poses(self, part: int | None = None) -> Iterator[Pose]:
        """The poses from the first on; one such iterator at a time.

        Args:
            part: Number of a part, from 0; None is all of them.

        Raises:
            LandmarksError: If one of them cannot be a pose.
        """
        return (each for each in self.course(part) if isinstance(each, Pose))

    def course(self, part: int | None = None) -> Iterator[Pose | Key]:
        """The poses, and the keys between them; see :meth:`poses`."""
        # Keys pressed before a part's first frame wait for it: there may be none.
        now, new, last_s = -1, True, -1.0
        keys: list[Key] = []
        for block in self._blocks():
            if block.kind in _BEGINNINGS:
                new, keys = True, []
            elif block.kind == blocks.KEY:
                keys.append(Key(self._said(block, Pressed).key))
            elif block.kind == blocks.POSES:
                now, new = now + new, False
            if new or part not in (None, now):
                continue
            yield from keys
            keys = []
            if block.kind == blocks.POSES:
                poses = self._poses(block)
                if poses[0].time_s <= last_s:
                    raise damaged(self.name, f"after {last_s:.1f} s (times)")
                last_s = poses[-1].time_s
                yield from poses

    def _survey(self) -> tuple[tuple[Part, ...], tuple[str, ...]]:
        """Look at all blocks once."""
        self._begin = self._file.tell()
        self._end: int | None = None
        found = self._blocks()
        head = next(found, None)
        if head is None:
            raise LandmarksError(
                f"{self.name}: this recording was cut off before its first frame; nothing is in it"
            )
        if head.kind != blocks.HEAD:
            raise damaged(self.name, "at its beginning")
        self.head = self._said(head, Head)
        self._columns = {column.name: column.width for column in self.head.columns}
        try:
            check_columns(self._columns)
        except BadValuesError as error:
            raise damaged(self.name, f"({error})") from None
        parts: list[Part] = []
        asked: AskedExercise | AskedProgram | None = None
        new, done = True, None
        for block in found:
            if block.kind in _BEGINNINGS:
                asked, new = self._said(block, _BEGINNINGS[block.kind]), True
            elif block.kind == blocks.POSES:
                with_it = self._frames(block)
                before = 0 if new else parts.pop().frames
                parts.append(Part(asked, before + with_it))
                new = False
            elif block.kind == blocks.DONE:
                done = self._said(block, Done)
                break
            if len(parts) > _MOST_PARTS:
                raise damaged(self.name, "(too many parts)")
        self._end = self._file.tell()
        warnings = [f"{self.name}{warning}" for warning in done.warnings] if done else []
        if done is None:
            warnings.append(
                f"{self.name}: the recording was cut off while it was made; what is there was used"
            )
        elif self._file.read(1):
            raise damaged(self.name, "behind its end")
        return tuple(parts), tuple(warnings)

    def _blocks(self) -> Iterator[blocks.Block]:
        """All blocks; after the survey no further than it came, should the file still grow."""
        self._file.seek(self._begin)
        for block in blocks.blocks(self._file, self.name):
            yield block
            if self._end is not None and self._file.tell() >= self._end:
                return

    def _frames(self, block: blocks.Block) -> int:
        try:
            return frames_in(block.payload)
        except BadValuesError as error:
            raise damaged(self.name, f"({error})") from None

    def _poses(self, block: blocks.Block) -> list[Pose]:
        try:
            return unpacked_poses(block.payload, self._columns)
        except BadValuesError as error:
            raise damaged(self.name, f"({error})") from None

    def _said(self, block: blocks.Block, kind: type[_Kind]) -> _Kind:
        try:
            return said(block.payload, kind)
        except BadValuesError as error:
            raise damaged(self.name, f"({error})") from None


def _opened(path: Path) -> BinaryIO:
    try:
        if path.exists() and not path.is_file():
            raise LandmarksError(f"{path}: this is not a file; name a recording of landmarks")
        return path.open("rb")
    except OSError as error:
        raise LandmarksError(
            f"{path}: it cannot be opened ({error.strerror}); check the name and its rights"
        ) from None
