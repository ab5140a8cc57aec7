"""What is said while somebody chooses: the name that is highlighted, and how to choose it."""

from __future__ import annotations

from posecoach.feedback.line import Line, Rank
from posecoach.feedback.wording import phrase

QUIET_S = 2.0
"""So long after the last words the way to choose is said: who knows it has moved on."""
_KEEPS_S = 2.0


class PickerCaller:
    """Turns what is highlighted into lines, frame by frame, by the frames' times alone."""

    def __init__(self) -> None:
        self._item: str | None = None
        self._until = 0.0
        self._hinted = False
        self._told_how = False

    def line(self, time_s: float, title: str, seen: bool) -> Line | None:
        """What to say at this frame, if anything.

        Args:
            time_s: The frame's time.
            title: Name of what is highlighted.
            seen: Whether somebody is there who could raise an arm.
        """
        if title != self._item:
            first = self._item is None
            parts = (phrase("pick_title"), title) if first else (title,)
            self._item, self._hinted = title, False
            return self._said(Line(time_s, "pick", parts, Rank.STEP, _KEEPS_S))
        if not seen or self._hinted or time_s < self._until + QUIET_S:
            return None
        cue = "say_pick_choose" if self._told_how else "say_pick_how"
        self._hinted = self._told_how = True
        return self._said(Line(time_s, cue, (phrase(cue),), Rank.REMARK, _KEEPS_S))

    def _said(self, line: Line) -> Line:
        self._until = line.time_s + line.about_s
        return line
