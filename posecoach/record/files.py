"""Output files that appear under their name only when they are whole."""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from posecoach.errors import PosecoachError

STDOUT = "-"
"""The output name that means standard output."""

# EFBIG: a file system's or user's limit on the size of one file.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class OutputError(PosecoachError):
    """An output file cannot be written."""


def output_error(target: Path, error: OSError) -> OutputError:
    """One line on why ``target`` could not be written, and what to do about it."""
    if error.errno in _FULL:
        return OutputError(
            f"Cannot write {target}: the disk is full; free some space or choose another folder."
        )
    if isinstance(error, PermissionError):
        return OutputError(f"Cannot write {target}: no permission; choose another folder.")
    return OutputError(
        f"Cannot write {target}: {error.strerror or error}; choose another file or folder."
    )


class PartFile:
    """An empty file beside the target, which becomes the target once it is whole.

    An older file of the target's name stays untouched until :meth:`keep`.

    Args:
        target: The file to make. A link is followed.

    Attributes:
        target: Where the whole file goes.
        part: What to write to meanwhile; it exists, empty.

    Raises:
        OutputError: If the folder is missing or not writable, or the target is a folder
            or a device.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        try:
            self._real = target.resolve()
            self._refuse_what_is_no_file()
            self.part = self._real.with_name(f".{self._real.name}.{os.getpid()}.part")
            self.part.open("wb").close()
        except OSError as error:
            raise output_error(target, error) from error

    def keep(self) -> None:
        """Give the part the target's name.

        Raises:
            OutputError: If that fails; the part is gone then too.
        """
        try:
            self.part.replace(self._real)
        except OSError as error:
            self.discard()
            raise output_error(self.target, error) from error

    def discard(self) -> None:
        """Remove the part; the target stays as it was."""
        self.part.unlink(missing_ok=True)

    def _refuse_what_is_no_file(self) -> None:
        if self._real.is_dir():
            raise OutputError(f"Cannot write {self.target}: it is a folder; give a file name.")
        if self._real.exists() and not self._real.is_file():
            raise OutputError(f"Cannot write {self.target}: it is not an ordinary file.")
        folder = self.target.parent
        if not folder.is_dir():
            raise OutputError(
                f"Cannot write {self.target}: the folder {folder} does not exist; create it."
            )


def ensure_writable(target: Path | str) -> None:
    """Ask early whether a file can be written, before the work that fills it.

    Args:
        target: A path, or ``-`` for standard output.

    Raises:
        OutputError: If it cannot.
    """
    if target != STDOUT:
        PartFile(Path(target)).discard()


def same_file(file: Path, other: Path) -> bool:
    """Whether both are one file, which exists."""
    try:
        return file.samefile(other)
    except OSError:  # one of them does not exist, or is not ours to see
        return False


def refuse_source(target: Path, source: Path | None, what: str = "clip") -> None:
    """Make sure that what is read is not written over.

    Args:
        target: The file to write.
        source: What is read; None if nothing is.
        what: What that is.

    Raises:
        OutputError: If both are one file.
    """
    if source is not None and same_file(target, source):
        raise OutputError(
            f"Cannot write {target}: it is the {what} being read; choose another name."
        )


def write_text(target: Path | str, text: str) -> None:
    """Write ``text`` as UTF-8 to a file, whole or not at all, or to standard output.

    Args:
        target: A path, or ``-`` for standard output.
        text: What to write; line ends stay as they are.

    Raises:
        OutputError: If it cannot be written. An older file is left as it was.
    """
    if target == STDOUT:
        if sys.stdout is not None:  # else it is closed, or there is no console
            _print(text)
        return
    write_texts(Path(target), (text,))


def write_texts(target: Path, texts: Iterable[str]) -> None:
    """Write pieces of text, one after the other, as :func:`write_text` does.

    Args:
        target: A path.
        texts: What to write, made as it is needed; whatever they raise leaves no new file.

    Raises:
        OutputError: If it cannot be written. An older file is left as it was.
    """
    file = PartFile(target)
    try:
        # The name of a clip may hold what is no letter: a question mark then.
        with file.part.open("w", encoding="utf-8", errors="replace", newline="") as part:
            part.writelines(texts)
    except OSError as error:
        raise output_error(file.target, error) from error
    else:
        file.keep()
    finally:
        file.discard()


def write_json(target: Path | str, value: Any) -> None:
    """Write ``value`` as indented JSON; equal values give equal bytes.

    Args:
        target: A path, or ``-`` for standard output.
        value: Anything that JSON knows, with finite numbers only.

    Raises:
        OutputError: If it cannot be written.
    """
    write_text(target, json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def _print(text: str) -> None:
    try:
        # What was said before goes first. Bytes, as a pipe on Windows would not take all letters.
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader (head, less) has seen enough
        # Or the interpreter would complain again when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise output_error(Path("standard output"), error) from error
