"""What is said before a set: one instruction at a time, the count-in, and that it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from posecoach.checkers import Word
from posecoach.feedback.line import Line, Rank
from posecoach.feedback.wording import number, phrase, wording_of
from posecoach.session import setup_events as sev
from posecoach.session.events import Event

_INSTRUCTION_KEEPS_S = 3.0
"""How late an instruction may be said: until what comes next, or its name, has been said."""
_GO_KEEPS_S = 1.0


def setup_line(time_s: float, events: Sequence[Event], own: Mapping[str, Word]) -> Line | None:
    """What to say of a setup's events at one frame: one line for all of them.

    Args:
        time_s: The frame's time.
        events: What happened at it.
        own: The definition's own words.
    """
    for event in events:
        if isinstance(event, sev.SetBegun):
            cue = "going_on" if event.again else "go"
            return Line(time_s, cue, (phrase(cue),), Rank.STEP, _GO_KEEPS_S, "praise")
    for event in events:
        if isinstance(event, sev.CountIn):
            # A step and no number: it breaks off whatever is being said, and nothing else.
            return Line(time_s, "count_in", (number(event.left),), Rank.STEP, tone="count")
        if isinstance(event, sev.SetupAsked):
            says = wording_of(event.why, own).say
            return Line(time_s, event.why, (says,), Rank.CORRECTION, _INSTRUCTION_KEEPS_S)
    return None
