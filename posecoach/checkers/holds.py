"""The clock of a held position, and of a walk on the toes.

Both are the same machine: a condition is read frame by frame; a change must last to be
believed, and is then dated back to when it happened, so that a wobble shorter than the
grace costs nothing and a hold's seconds are those that were really held.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# Nobody knows what happened in a longer gap: the hold ends where it began. A dropped
# second of video goes on counting.
GAP_S = 1.6


@dataclass(frozen=True, slots=True)
class Span:
    """A hold that is over: seconds from ``start_s`` to ``end_s``."""

    start_s: float
    end_s: float
    why: str

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end_s - self.start_s


class HoldClock:
    """Turns "in position or not" into spans of time.

    Args:
        confirm_s: How long the position must last before the clock starts.
        grace_s: How long it may be left before the clock stops.
        min_s: A shorter span is none.
        settle_s: How long settling into the position takes, and letting go of it: that
            much at each end does not count.
    """

    def __init__(
        self, confirm_s: float, grace_s: float, min_s: float, settle_s: float = 0.0
    ) -> None:
        self._confirm_s = confirm_s
        self._grace_s = grace_s
        self._min_s = min_s
        self._settle_s = settle_s
        self.since: float | None = None
        self._good_since: float | None = None
        self._bad_since: float | None = None
        self._confirmed_from = self._bad_from = 0.0
        self._why = ""
        self._last_s: float | None = None

    @property
    def running(self) -> bool:
        """Whether the clock runs."""
        return self.since is not None

    def seconds(self, time_s: float) -> float:
        """Seconds of the span under way at that time; stands still in a wobble."""
        if self.since is None:
            return 0.0
        return (self._bad_since if self._bad_since is not None else time_s) - self.since

    def update(
        self, good: bool | None, time_s: float, why: str = "", changed_s: float | None = None
    ) -> tuple[Literal["started", "stopped"] | None, Span | None]:
        """Take a frame.

        Args:
            good: Whether the position is right; None where nobody can tell, which
                keeps the clock as it is for a short gap.
            time_s: The frame's time.
            why: What is wrong, when it is.
            changed_s: When what is true now became true, if that was earlier.

        Returns:
            What happened now, and the span that ended (None if it was too short).
        """
        if self._last_s is not None and time_s - self._last_s > GAP_S:
            span = self._stop(self._seen_until(self._last_s), "lost") if self.running else None
            self._good_since = self._bad_since = None
            self._last_s = time_s if good is not None else None
            if span is not None:
                return "stopped", self._kept(span)
        if good is None:
            return None, None
        self._last_s = time_s
        changed = time_s if changed_s is None else changed_s
        if good:
            self._bad_since = None
            if self._good_since is None:
                self._good_since, self._confirmed_from = changed, time_s
            if not self.running and time_s - self._confirmed_from >= self._confirm_s:
                self.since = self._good_since + self._settle_s
                return "started", None
            return None, None
        self._good_since = None
        if self.since is None:
            return None, None
        if self._bad_since is None:
            self._bad_since, self._bad_from, self._why = max(changed, self.since), time_s, why
        elif self._why == "moving":
            self._why = why  # what the movement led to says more than that it moved
        if time_s - self._bad_from > self._grace_s:
            left_s = max(self.since, self._bad_since - self._settle_s)
            return "stopped", self._kept(self._stop(left_s, self._why))
        return None, None

    def finish(self) -> Span | None:
        """End the span under way at the last frame seen."""
        if not self.running or self._last_s is None:
            return None
        return self._kept(self._stop(self._seen_until(self._last_s), "end"))

    def _seen_until(self, last_s: float) -> float:
        """Until when the position was seen to be right: a wobble under way may be its end."""
        return last_s if self._bad_since is None else self._bad_since

    def _stop(self, end_s: float, why: str) -> Span:
        assert self.since is not None
        span = Span(self.since, end_s, why)
        self.since = self._bad_since = None
        return span

    def _kept(self, span: Span) -> Span | None:
        return span if span.seconds >= self._min_s else None
