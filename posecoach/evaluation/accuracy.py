"""Accuracy over many clips, by exercise and in all.

The measures are those of the repetition counting literature (mean absolute error and
off-by-one accuracy, Dwibedi et al., "Counting Out Time", CVPR 2020), the error in plain
reps rather than in shares of the true count, which is often 0 here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from posecoach.evaluation.matching import Tally, Verdict, median_size


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How right the counting is over some clips.

    Attributes:
        clips: Clips that were judged.
        right: Those without any mistake.
        paced: Clips not judged because their result is paced.
        mae_reps: Mean difference between counted and true number of reps; None where no
            reps were judged.
        off_by_one: Share of clips whose number of reps is off by one at most; None likewise.
        mae_hold_s: Mean error of a matched hold's seconds; None where there is none.
        missed: True reps and holds that nothing counted stands for.
        false: Counted reps and holds that stand for nothing true.
        lift_cm: Median error of the heel lift over all reps; None where it is not known.
    """

    clips: int
    right: int
    paced: int
    mae_reps: float | None
    off_by_one: float | None
    mae_hold_s: float | None
    missed: int
    false: int
    lift_cm: float | None

    @property
    def exact(self) -> float | None:
        """Share of the judged clips that are right; None where none was judged."""
        return self.right / self.clips if self.clips else None


def accuracy(verdicts: Sequence[Verdict]) -> Accuracy:
    """Sum up verdicts; a clip whose view was rightly refused is right and counts nothing."""
    outcomes = Counter(verdict.outcome for verdict in verdicts)
    reps = [verdict.reps for verdict in verdicts if verdict.reps is not None]
    holds = [verdict.holds for verdict in verdicts if verdict.holds is not None]
    differences = [abs(tally.counted - tally.true) for tally in reps]
    hold_errors = [abs(error) for tally in holds for error in tally.errors]
    parts: list[Tally] = [*reps, *holds]
    return Accuracy(
        clips=outcomes["right"] + outcomes["wrong"],
        right=outcomes["right"],
        paced=outcomes["paced"],
        mae_reps=fmean(differences) if differences else None,
        off_by_one=fmean(each <= 1 for each in differences) if differences else None,
        mae_hold_s=fmean(hold_errors) if hold_errors else None,
        missed=sum(tally.missed for tally in parts),
        false=sum(tally.false for tally in parts),
        lift_cm=median_size([error for v in verdicts for error in v.lift_errors_cm]),
    )
