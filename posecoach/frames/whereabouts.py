"""Finding a camera again that was plugged in anew and got another number."""

from __future__ import annotations

from posecoach.frames.names import Names, named_cameras


class Whereabouts:
    """Where a camera is that was opened by its number.

    A camera that is pulled out while it is in use often comes back under another number: Linux
    keeps the old one for as long as somebody holds it open, and Windows counts anew. Its name
    stays. Cameras of the same name that were there beside it are never taken for it.

    Args:
        number: What it was opened by.
        names: Lists the cameras.
    """

    def __init__(self, number: int, names: Names = named_cameras) -> None:
        self._number = number
        self._names = names
        self._name: str | None = None
        self._twins: frozenset[int] = frozenset()

    def note(self) -> None:
        """It is open: remember, the first time, what it is called."""
        listed = () if self._name is not None else self._names() or ()
        own = next((each for each in listed if each.index == self._number), None)
        if own is not None:
            self._name = own.name
            self._twins = frozenset(
                each.index for each in listed if each.name == own.name and each is not own
            )

    def find(self) -> int | None:
        """Its number now; None while it is not there, or cannot be told from another one."""
        listed = self._names() if self._name is not None else None
        if listed is None:
            return self._number
        there = {each.index for each in listed if each.name == self._name}
        if self._number not in there:
            new = there - self._twins
            if len(new) != 1:
                return None
            (self._number,) = new
        return self._number
