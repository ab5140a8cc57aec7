"""What came of an evaluation, as lines to read and as values for a JSON file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import posecoach
from posecoach.evaluation.accuracy import Accuracy, accuracy
from posecoach.evaluation.foreign import Foreign, Part
from posecoach.evaluation.labels import Entry
from posecoach.evaluation.matching import Tally, Verdict, median_size
from posecoach.evaluation.running import Judged

FORMAT = 1
_DECIMALS = 3
# Of the table's columns with one row a clip: what happened, expected, counted.
_STATUS, _PARTS = 8, 21
HEAD = ("clips", "right", "exact", "reps MAE", "off by 1", "hold s", "missed", "false", "lift cm")
"""Names of the columns of an accuracy."""


class ClipTable:
    """One row a clip, each made as soon as it is judged.

    Args:
        entries: What is going to be judged, for the width of the columns.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._clip = max((len(entry.clip) for entry in entries), default=4)
        self._exercise = max((len(entry.exercise) for entry in entries), default=8)

    def head(self) -> str:
        """The line above the rows."""
        return self._line("", "clip", "exercise", "true", "counted", "lift error")

    def row(self, judged: Judged) -> str:
        """The line of a clip, and one below it for each thing that is wrong."""
        entry, verdict = judged.entry, judged.verdict
        status = "WRONG" if judged.status == "wrong" else judged.status
        if verdict is None:
            return self._line(status, entry.clip, entry.exercise, judged.note)
        lift = median_size(verdict.lift_errors_cm)
        line = self._line(
            status,
            entry.clip,
            entry.exercise,
            _true(entry),
            _counted(verdict),
            "" if lift is None else f"{lift:.1f} cm",
        )
        notes = (*verdict.problems, judged.note) if judged.note else verdict.problems
        return "\n".join([line, *(f"{'':{_STATUS}}- {note}" for note in notes)])

    def _line(self, status: str, clip: str, exercise: str, *rest: str) -> str:
        cells = [f"{status:{_STATUS}}{clip:{self._clip}}", f"{exercise:{self._exercise}}"]
        cells += [f"{cell:{_PARTS}}" for cell in rest]
        return "  ".join(cells).rstrip()


def totals(judged: Sequence[Judged]) -> Iterator[str]:
    """The table by exercise and in all, and what was left out, line by line."""
    by_exercise = accuracies(judged)
    rows = [*by_exercise.items(), ("all", overall(judged))]
    width = max(len(name) for name, _ in rows)
    yield f"{'':{width}}" + "".join(f"{cell:>10}" for cell in HEAD)
    for name, score in rows:
        yield f"{name:{width}}" + "".join(f"{cell:>10}" for cell in cells(score))
    paced = overall(judged).paced
    skipped = [each for each in judged if each.status == "skipped"]
    failed = [each for each in judged if each.status == "failed"]
    if paced:
        yield f"{paced} not judged, as their results are paced by the clock."
    if skipped:
        names = ", ".join(sorted({each.entry.exercise for each in skipped}))
        yield f"{len(skipped)} skipped, as their exercises are not known: {names}."
    if failed:
        yield f"{len(failed)} failed: the clips could not be watched."


def foreign_lines(judged: Sequence[Judged], unexplained: Sequence[str]) -> Iterator[str]:
    """What exercises counted in clips of others, line by line."""
    found = [each for one in judged for each in one.foreign]
    some = [each for each in found if each.kinds]
    yield ""
    yield (
        f"Exercises run over clips of others: {len(found)} times, "
        f"{len(some)} with a count that is not zero, {len(unexplained)} not explained."
    )
    yield from (f"- {line}" for line in unexplained)


def accuracies(judged: Sequence[Judged]) -> dict[str, Accuracy]:
    """The accuracy of each exercise that was judged, by id in order of name."""
    ids = sorted({each.entry.exercise for each in judged if each.verdict is not None})
    return {name: accuracy(_verdicts(judged, name)) for name in ids}


def overall(judged: Sequence[Judged]) -> Accuracy:
    """The accuracy over all clips."""
    return accuracy(_verdicts(judged))


def as_json(judged: Sequence[Judged], labels: str, model: str) -> dict[str, Any]:
    """All of it as plain values; ``docs/formats.md`` has every key.

    Args:
        judged: Every entry.
        labels: Name of the label file.
        model: The pose model: a name, or a file name.
    """
    return {
        "format": FORMAT,
        "posecoach": posecoach.__version__,
        "labels": labels,
        "model": model,
        "clips": [_clip_json(each) for each in judged],
        "exercises": {name: _score_json(each) for name, each in accuracies(judged).items()},
        "total": _score_json(overall(judged)),
        "foreign": [_foreign_json(found) for each in judged for found in each.foreign],
    }


def _verdicts(judged: Sequence[Judged], exercise: str | None = None) -> list[Verdict]:
    return [
        each.verdict
        for each in judged
        if each.verdict is not None and exercise in (None, each.entry.exercise)
    ]


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _true(entry: Entry) -> str:
    truth = entry.truth
    parts = []
    if truth.reps is not None:
        parts.append(_plural(len(truth.reps), "rep", "reps"))
    if truth.attempts is not None:
        parts.append(_plural(len(truth.attempts), "try", "tries"))
    if truth.holds is not None:
        parts.append(_plural(len(truth.holds), "hold", "holds"))
    if truth.refuse is not None:
        parts.append("refuse")
    return ", ".join(parts)


def _counted(verdict: Verdict) -> str:
    kinds = (
        (verdict.reps, "rep", "reps"),
        (verdict.attempts, "try", "tries"),
        (verdict.holds, "hold", "holds"),
    )
    parts = [_plural(each.counted, one, many) for each, one, many in kinds if each is not None]
    return ", ".join([*parts, "refused"] if verdict.refused else parts)


def cells(score: Accuracy) -> list[str]:
    """An accuracy as the cells below :data:`HEAD`."""
    return [
        str(score.clips),
        str(score.right),
        _percent(score.exact),
        _decimal(score.mae_reps),
        _percent(score.off_by_one),
        _decimal(score.mae_hold_s),
        str(score.missed),
        str(score.false),
        _decimal(score.lift_cm),
    ]


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"


def _decimal(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, _DECIMALS) + 0.0


def _score_json(score: Accuracy) -> dict[str, Any]:
    values = asdict(score) | {"exact": score.exact}
    return {k: _number(v) if isinstance(v, float) else v for k, v in values.items()}


def _clip_json(judged: Judged) -> dict[str, Any]:
    verdict = judged.verdict
    found: dict[str, Any] = {
        "clip": judged.entry.clip,
        "exercise": judged.entry.exercise,
        "status": judged.status,
        "note": judged.note,
    }
    if verdict is not None:
        found |= {
            "problems": list(verdict.problems),
            "refused": verdict.refused,
            "reps": _tally_json(verdict.reps),
            "attempts": _tally_json(verdict.attempts),
            "holds": _tally_json(verdict.holds),
            "heel_lift_error_cm": _number(median_size(verdict.lift_errors_cm)),
        }
    return found


def _tally_json(tally: Tally | None) -> dict[str, Any] | None:
    if tally is None:
        return None
    return {
        "true": tally.true,
        "counted": tally.counted,
        "missed": tally.missed,
        "false": tally.false,
        "errors_s": [_number(error) for error in tally.errors],
    }


def _foreign_json(found: Foreign) -> dict[str, Any]:
    def at(part: Part) -> dict[str, Any]:
        value: dict[str, Any] = {"side": part.side, "at_s": _number(part.at_s)}
        if part.end_s is not None:
            value["end_s"] = _number(part.end_s)
        return value | ({"why": part.why} if part.why else {})

    return {
        "clip": found.clip,
        "exercise": found.exercise,
        "reps": [at(part) for part in found.reps],
        "attempts": [at(part) for part in found.attempts],
        "holds": [at(part) for part in found.holds],
    }
