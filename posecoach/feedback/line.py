"""One thing to say aloud: when, why, in which words, and what it goes before."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from posecoach.sound.samples import ToneName

PROMPT_S = 0.3
"""How long after its event a line may begin: a number or a correction that comes later is
heard as one for the next movement."""

# Speech takes about so long: least squares over 716 phrases of six catalogues, rendered by
# espeak-ng at 165 words a minute, give 0.14 s and 0.054 s a letter, 90 % of them within
# 0.28 s; to it comes the gap between parts.
_START_S = 0.2
_LETTER_S = 0.055


_ENDS = (".", "!", "?", "…")


class Rank(IntEnum):
    """What goes before what: a line breaks off those of a lower rank."""

    COUNT = 1
    """Numbers: the next one comes anyway."""
    REMARK = 2
    """Numbers with a remark, and what encourages."""
    CORRECTION = 3
    """What to do better, and what keeps the camera from seeing it."""
    STEP = 4
    """What happens next: it cannot be guessed, and is said once."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something to say.

    Attributes:
        time_s: The frame's time of what it tells of.
        cue: What it tells of: a wording's id, or ``count``, ``seconds``, ``rest``, ``block``,
            ``summary``.
        parts: The words, in pieces that recur.
        rank: See :class:`Rank`.
        keeps_s: How long after ``time_s`` it may begin, because it is still true then.
        tone: What stands for it where there is no speech.
        said_s: The frame's time at which it was decided to say it; it may have waited for
            another line to end.
    """

    time_s: float
    cue: str
    parts: tuple[str, ...]
    rank: Rank
    keeps_s: float = PROMPT_S
    tone: ToneName = "info"
    said_s: float = 0.0

    @property
    def text(self) -> str:
        """All words in a line."""
        *before, last = self.parts or ("",)
        sentences = [part if part[-1:] in _ENDS else f"{part}." for part in before]
        return " ".join([*sentences, last.rstrip(".")])

    @property
    def about_s(self) -> float:
        """About how long it takes to say."""
        return sum(_START_S + _LETTER_S * len(part) for part in self.parts)
