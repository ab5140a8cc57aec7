"""On which line of a TOML file each key stands.

The standard library's parser gives values without their places, and so do the libraries
that are alive (docs/decisions.md). So the text is gone through a second time, for places
alone. It was parsed before, so it is known to be valid, which makes that short: nothing
here decides what a value is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

Place = tuple[str | int, ...]
"""Keys and, in arrays, indices from 0: ``("reps", "tracks", 0, "count")``."""

_BLANK = re.compile(r"[ \t]*")
_BETWEEN = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""+' r"|'''.*?'''+" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n]*")


def lines_of(text: str) -> dict[Place, int]:
    """The line, from 1, on which each table, key and element of an array first stands.

    Args:
        text: A valid TOML document.
    """
    return _Walk(text).lines


def line_of(place: Place, lines: dict[Place, int]) -> int:
    """The line of a place, or of the nearest one around it; 1 where there is none."""
    for length in range(len(place), 0, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return 1


class _Walk:
    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {}
        self._text = text.replace("\r\n", "\n")
        self._at = 0
        self._counted = (0, 1)
        # How many tables each array of tables has so far.
        self._tables: dict[Place, int] = {}
        self._document()

    def _document(self) -> None:
        table: Place = ()
        self._skip(_BETWEEN)
        while self._at < len(self._text):
            if self._ahead("["):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_BETWEEN)

    def _header(self) -> Place:
        double = self._ahead("[[")
        line = self._line()
        self._at += 2 if double else 1
        keys = list(self._keys())
        self._at += 2 if double else 1
        place: Place = ()
        for key in keys[:-1]:
            place = self._inside((*place, key))
            self.lines.setdefault(place, line)
        place = (*place, keys[-1])
        self.lines.setdefault(place, line)
        if double:
            self._tables[place] = self._tables.get(place, 0) + 1
        place = self._inside(place)
        self.lines.setdefault(place, line)
        return place

    def _inside(self, place: Place) -> Place:
        """A table's own place, or for an array of tables that of its last one."""
        return (*place, self._tables[place] - 1) if place in self._tables else place

    def _pair(self, table: Place) -> None:
        line, place = self._line(), table
        for key in self._keys():
            place = (*place, key)
            self.lines.setdefault(place, line)
        self._at += 1  # the equals sign
        self._skip(_BLANK)
        self._value(place)

    def _value(self, place: Place) -> None:
        if self._ahead("["):
            self._at += 1
            self._skip(_BETWEEN)
            index = 0
            while not self._ahead("]"):
                element = (*place, index)
                self.lines[element] = self._line()
                self._value(element)
                self._skip(_BETWEEN)
                index += 1
            self._at += 1
        elif self._ahead("{"):
            self._at += 1
            self._skip(_BETWEEN)
            while not self._ahead("}"):
                self._pair(place)
                self._skip(_BETWEEN)
            self._at += 1
        elif self._ahead('"') or self._ahead("'"):
            self._skip(_STRING)
        else:
            self._skip(_BARE_VALUE)

    def _keys(self) -> Iterator[str]:
        """The parts of a dotted key, up to what follows it."""
        while True:
            self._skip(_BLANK)
            quoted = self._ahead('"') or self._ahead("'")
            part = self._skip(_STRING if quoted else _BARE_KEY)
            yield str(tomllib.loads(f"key = {part}")["key"]) if quoted else part
            self._skip(_BLANK)
            if not self._ahead("."):
                return
            self._at += 1

    def _ahead(self, start: str) -> bool:
        return self._text.startswith(start, self._at)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        assert found is not None, "not valid TOML"
        self._at = found.end()
        return found.group()

    def _line(self) -> int:
        at, line = self._counted
        line += self._text.count("\n", at, self._at)
        self._counted = (self._at, line)
        return line
