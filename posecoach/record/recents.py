"""What was chosen last, so that the picker can offer it first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from posecoach.record.files import OutputError, output_error, write_json

Choice = tuple[str, str]
"""A kind, ``exercise``, ``program`` or ``test``, and an id."""

MOST = 30
MAX_BYTES = 64 * 1024
_FORMAT = 1
_Item = TypeVar("_Item")


class Recents:
    """Remembers choices in a small file, the last one first.

    The file is not precious: one that cannot be read or written is told once in
    :attr:`problem`, and done without.

    Args:
        path: A JSON file; it need not exist.

    Attributes:
        choices: The last one first, each once.
        problem: One line on what went wrong; empty where nothing did.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.choices: list[Choice] = []
        self.problem = ""
        try:
            self.choices = _read(path)
        except FileNotFoundError:
            pass
        except (OSError, ValueError, RecursionError):
            self.problem = f"{path}: cannot be read; what you did last is forgotten."

    def add(self, choice: Choice) -> None:
        """Put a choice first, and keep that."""
        self.choices = [choice, *(each for each in self.choices if each != choice)][:MOST]
        value = {"format": _FORMAT, "recent": [list(each) for each in self.choices]}
        try:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise output_error(self._path, error) from error
            write_json(self._path, value)
        except OutputError as error:
            self.problem = str(error)

    def first(self, items: Sequence[_Item], of: Sequence[Choice]) -> list[_Item]:
        """Items in the order of their last use; those that were never used after them.

        Args:
            items: In their usual order.
            of: What each one is.
        """
        rank = {choice: i for i, choice in enumerate(self.choices)}
        order = sorted(range(len(items)), key=lambda i: rank.get(of[i], len(rank)))
        return [items[i] for i in order]


def _read(path: Path) -> list[Choice]:
    if path.stat().st_size > MAX_BYTES:
        raise ValueError("too large")
    value = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(value, dict) or value.get("format") != _FORMAT:
        raise ValueError("no such format")
    found: list[Choice] = []
    for each in value["recent"] if isinstance(value.get("recent"), list) else []:
        if isinstance(each, list) and len(each) == 2 and all(isinstance(e, str) for e in each):
            found.append((each[0], each[1]))
    return list(dict.fromkeys(found))[:MOST]
