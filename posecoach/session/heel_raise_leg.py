"""One leg's turn in the heel-raise test: which raises count, and when it is over.

The test is that of the clinic: heel raises on one leg to a metronome, up on one beat and down
on the next, for as long as pace, height and form are kept. It says how many raises a calf can
do. It is no diagnosis.

Sources, besides those of :mod:`posecoach.session.norms`:
    Ends: the heel can no longer be lifted, the pace no longer followed, the knee's angle no
    longer kept; after two prompts in a row without an answer (Sleeswijk Visser 2025).

    The height is lost below half of what it was at the start (B. R. Lunsford, J. Perry, "The
    standing heel-rise test for ankle plantar flexion: criterion for normal", Physical Therapy
    75 (1995) 694-698, as it is usually cited; see docs/decisions.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

import numpy as np

from posecoach.checkers.results import Attempt, Rep
from posecoach.pose import Side
from posecoach.session.beat import BEATS_A_REP, OFF_BEAT, Beat
from posecoach.session.norms import NORM_BEAT

LOST_IN_A_ROW = 2
"""So many raises in a row that do not count end it: two prompts without an answer."""
HEIGHT_SHARE = 0.5
"""Below this share of the starting height a raise does not count (Lunsford and Perry)."""
START_RAISES = 3
"""The starting height is the median of so many first raises, so that one of them, measured or
done badly, does not set it; the end's height is that of as many last ones."""
BEGIN_S = 20.0
"""Whoever has not done a raise so long after the start cannot, or did not want to."""
_LATE_BEATS = 1.5
"""After the peaks of two raises that did not come: half a beat late, and down by the next."""
HEIGHT_LOST = "height_lost"
KNEE_BENT = "knee_bent"
_KNEE_DEG = 30.0
"""By which the knee must bend. In labelled raises on one leg it reads 0 to 4 degrees, where the
landmarks of both legs change places up to 18; knees that dip instead 20 to 34."""
FOOT_UP = 0.13
"""How much higher the other ankle must be, in leg lengths, about 10 cm. In the labelled clips
of raises on one leg it is 0.19 to 0.39 (5th percentile to 95th), with both feet down at most
0.10."""
_UPPER = 0.9
"""The quantile of a raise's frames that tells: where the feet overlap, the landmarks of left
and right change places in up to two thirds of them, and their distance its sign."""

End = Literal["pace", "height", "form", "lost", "stopped", "away", "not_begun", "ended"]
"""Why a leg's turn was over: two raises in a row lost the pace, the height, the form (knee or
other foot), or one this and one that (``lost``); no more came; nobody was in view; none ever
came; somebody, or the end of the clip, ended it."""

_CAUSE: dict[str, End] = {
    OFF_BEAT: "pace",
    HEIGHT_LOST: "height",
    "too_shallow": "height",
    KNEE_BENT: "form",
    "knees_instead": "form",
    "stand_on_left": "form",
    "stand_on_right": "form",
}


def stand_on(side: Side) -> str:
    """Cue id of what to say to somebody who does not stand on that leg alone."""
    return f"stand_on_{side}"


@dataclass(frozen=True, slots=True)
class Raise:
    """One raise, or a try at one.

    Attributes:
        peak_s: When the heel was highest.
        height_cm: How high; None for a dip of the knees.
        late_s: How much later it came than two beats after the one before; None for the first.
        lost: Cue id of why it does not count; empty if it does.
    """

    peak_s: float
    height_cm: float | None
    late_s: float | None = None
    lost: str = ""


@dataclass(frozen=True, slots=True)
class LegResult:
    """What came of a leg.

    Attributes:
        side: Which leg stood.
        start_s: The frame's time from which on raises counted.
        end_s: And at which it was over.
        end: Why.
        raises: All that were seen, those that do not count among them.
    """

    side: Side
    start_s: float
    end_s: float
    end: End
    raises: tuple[Raise, ...]

    @property
    def heights_cm(self) -> tuple[float, ...]:
        """Of the raises that count, in order."""
        return tuple(r.height_cm for r in self.raises if not r.lost and r.height_cm is not None)

    @property
    def reps(self) -> int:
        """Raises that count."""
        return sum(not one.lost for one in self.raises)

    @property
    def best_cm(self) -> float | None:
        """The highest raise; None without any."""
        return max(self.heights_cm, default=None)

    @property
    def start_cm(self) -> float | None:
        """The starting height; see :data:`START_RAISES`."""
        return starting_height(self.heights_cm)

    @property
    def drop(self) -> float | None:
        """By what share of the starting height the last raises were lower.

        None for fewer than twice :data:`START_RAISES`: there would be no last ones.
        """
        heights = self.heights_cm
        if len(heights) < 2 * START_RAISES:
            return None
        return 1 - median(heights[-START_RAISES:]) / median(heights[:START_RAISES])

    @property
    def total_cm(self) -> float:
        """All heights together: what reps and heights say in one number."""
        return sum(self.heights_cm)


def starting_height(heights_cm: Sequence[float]) -> float | None:
    """The median of the first :data:`START_RAISES`; None for none."""
    return median(heights_cm[:START_RAISES]) if heights_cm else None


class LegTest:
    """Judges one leg's raises.

    Args:
        side: The leg that stands.
        start_s: The frame's time from which on they count.
        beats_a_minute: Of the metronome.

    Attributes:
        raises: All so far.
        end: Why it is over; None while it is not.
    """

    def __init__(self, side: Side, start_s: float, beats_a_minute: float = NORM_BEAT) -> None:
        self.side = side
        self.start_s = start_s
        self.raises: list[Raise] = []
        self.end: End | None = None
        self._patience_s = (LOST_IN_A_ROW * BEATS_A_REP + _LATE_BEATS) * 60.0 / beats_a_minute
        self._beat = Beat(beats_a_minute)
        self._splits: list[float] = []
        self._last_s = start_s

    @property
    def reps(self) -> int:
        """Raises that count."""
        return sum(not one.lost for one in self.raises)

    @property
    def lost_in_a_row(self) -> int:
        """How many of the last raises do not count; 0 before the first that does."""
        if not self.reps:
            return 0
        return next(n for n, one in enumerate(reversed(self.raises)) if not one.lost)

    @property
    def least_cm(self) -> float | None:
        """The height that a raise must have now; None while the start is still measured."""
        heights = self._heights
        start = starting_height(heights) if len(heights) >= START_RAISES else None
        return None if start is None else HEIGHT_SHARE * start

    @property
    def _heights(self) -> list[float]:
        return [r.height_cm for r in self.raises if not r.lost and r.height_cm is not None]

    def see(self, ankle_split: float | None) -> None:
        """Take how much lower the left ankle is than the right one, in leg lengths."""
        if ankle_split is not None:
            self._splits.append(ankle_split if self.side == "left" else -ankle_split)

    def judge(self, rep: Rep) -> Raise:
        """Take a rep; whether it counts."""
        rep = self._on_the_beat(rep)
        return self._add(rep, self._why(rep))

    def take_try(self, attempt: Attempt) -> Raise:
        """Take a try that was none by the exercise's own rules."""
        times = (attempt.start_s, attempt.peak_s, attempt.end_s)
        # It keeps the pace, or not, for what comes after it.
        tried = self._on_the_beat(Rep(attempt.side, *times, attempt.metrics))
        return self._add(tried, stand_on(self.side) if self._on_both() else attempt.why)

    def look(self, time_s: float, *, in_view: bool) -> None:
        """Whether it is over because no more raises come.

        Args:
            time_s: The frame's time.
            in_view: Whether somebody is in view whose raises would be seen.
        """
        if self.end is not None:
            return
        if not self.reps:
            if time_s - self.start_s > BEGIN_S:
                self.end = "not_begun" if in_view else "away"
        elif time_s - self._last_s > self._patience_s:
            self.end = "stopped" if in_view else "away"

    def result(self, end_s: float) -> LegResult:
        """What came of it; a turn that is not over ends with it."""
        return LegResult(self.side, self.start_s, end_s, self.end or "ended", tuple(self.raises))

    def _on_the_beat(self, rep: Rep) -> Rep:
        if not self.reps:
            # The first raise that counts sets the pace, whatever was tried before it.
            self._beat = Beat(self._beat.beats_a_minute)
        return self._beat.judged(rep)

    def _why(self, rep: Rep) -> str:
        height, least = rep.metrics.get("heel_lift_cm"), self.least_cm
        if self._on_both():
            return stand_on(self.side)
        if rep.metrics.get("knee_drop_deg", 0.0) > _KNEE_DEG:
            return KNEE_BENT
        if OFF_BEAT in rep.faults:
            return OFF_BEAT
        return HEIGHT_LOST if least is not None and height is not None and height < least else ""

    def _on_both(self) -> bool:
        """Whether the other foot was down during the movement that just ended."""
        return bool(self._splits) and float(np.quantile(self._splits, _UPPER)) < FOOT_UP

    def _add(self, rep: Rep, lost: str) -> Raise:
        measures = rep.metrics.get("heel_lift_cm"), rep.metrics.get("beat_late_s")
        one = Raise(rep.peak_s, *measures, lost)
        self.raises.append(one)
        self._splits = []
        self._last_s = one.peak_s
        if self.end is None and self.lost_in_a_row >= LOST_IN_A_ROW:
            causes = {_CAUSE.get(r.lost, "lost") for r in self.raises[-LOST_IN_A_ROW:]}
            self.end = causes.pop() if len(causes) == 1 else "lost"
        return one


@dataclass(frozen=True, slots=True)
class Symmetry:
    """Both legs beside each other, the lesser in percent of the greater.

    As a limb symmetry index, here without a leg that is known to be the injured one; heights
    tell what reps hide (K. Grävare Silbernagel et al., Knee Surg Sports Traumatol Arthrosc 18
    (2010) 258-264). In healthy people the legs did not differ (Sleeswijk Visser 2025).

    Attributes:
        reps: Of the raises that count.
        best: Of the highest raises.
        total: Of all heights together.
    """

    reps: int
    best: int
    total: int


def symmetry(left: LegResult, right: LegResult) -> Symmetry | None:
    """How alike both legs are; None unless each has done a raise."""
    if left.best_cm is None or right.best_cm is None:
        return None
    return Symmetry(
        _percent(left.reps, right.reps),
        _percent(left.best_cm, right.best_cm),
        _percent(left.total_cm, right.total_cm),
    )


def _percent(one: float, other: float) -> int:
    return round(100 * min(one, other) / max(one, other))
