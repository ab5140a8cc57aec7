"""The blocks that a recording of landmarks is made of: a kind, a length, checksums.

Nothing is believed before its checksum was looked at, and no memory is given to a length
that no block of ours has.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from posecoach.errors import PosecoachError

VERSION = 1
_MAGIC = b"posecoach landmarks "
_MOST_DIGITS = 6
MOST_BYTES = 1 << 20
"""Longest block that is read. A second of landmarks is 15 KiB, 1.4 KiB uncompressed a frame."""
# Kind, length and checksum of what follows, and checksum of these three: a length that was
# damaged must not pass for a recording that was cut off.
_FACTS = struct.Struct("<4sII")
_CHECK = struct.Struct("<I")

HEAD, EXERCISE, PROGRAM, KEY = b"HEAD", b"EXER", b"PROG", b"KEY "
POSES, DONE = b"POSE", b"DONE"


class LandmarksError(PosecoachError):
    """A recording of landmarks that cannot be read; the message names the file."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block, whole and with the right checksums.

    Attributes:
        kind: Four bytes.
        payload: What is in it.
    """

    kind: bytes
    payload: bytes


def first_line() -> bytes:
    """What a recording of this version begins with."""
    return _MAGIC + str(VERSION).encode() + b"\n"


def packed(kind: bytes, payload: bytes) -> bytes:
    """A block as it is in a file."""
    facts = _FACTS.pack(kind, len(payload), zlib.crc32(payload))
    return facts + _CHECK.pack(zlib.crc32(facts)) + payload


def is_recording(path: Path) -> bool:
    """Whether a file begins as a recording of landmarks does, whatever its name ends in."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def check_version(file: BinaryIO, name: str) -> None:
    """Read the first line.

    Raises:
        LandmarksError: If this is no recording, or one of another version.
    """
    line = file.read(len(_MAGIC) + _MOST_DIGITS + 1).partition(b"\n")
    digits = line[0].removeprefix(_MAGIC)
    if not line[0].startswith(_MAGIC) or not line[1] or not digits.isdigit():
        raise LandmarksError(
            f"{name}: this is no recording of landmarks; make one with: posecoach replay CLIP "
            "--exercise ID --landmarks FILE"
        )
    if int(digits) != VERSION:
        raise LandmarksError(
            f"{name}: a recording of format {int(digits)}, and this posecoach reads format "
            f"{VERSION}; install the newest posecoach"
        )
    file.seek(len(line[0]) + 1)


def blocks(file: BinaryIO, name: str) -> Iterator[Block]:
    """The whole blocks from here on; where the last one is not whole, the file was cut off.

    The file is left behind the last whole block.

    Raises:
        LandmarksError: If a block is damaged.
    """
    while True:
        begin = file.tell()
        facts = file.read(_FACTS.size)
        check = file.read(_CHECK.size)
        if len(check) < _CHECK.size:
            file.seek(begin)
            return
        kind, length, checksum = _FACTS.unpack(facts)
        if _CHECK.unpack(check)[0] != zlib.crc32(facts) or length > MOST_BYTES:
            raise damaged(name, f"at byte {begin}")
        payload = file.read(length)
        if len(payload) < length:
            file.seek(begin)
            return
        if zlib.crc32(payload) != checksum:
            raise damaged(name, f"at byte {begin}")
        yield Block(kind, payload)


def damaged(name: str, where: str) -> LandmarksError:
    """The error for a recording that is not as it was written."""
    return LandmarksError(f"{name}: this recording is damaged {where}; copy or record it again")
