"""An evaluation as a page to read: ``docs/accuracy.md`` is made by this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import posecoach
from posecoach.evaluation.foreign import OTHER, Cell, Foreign, Part, groups_of, matrix
from posecoach.evaluation.labels import Entry
from posecoach.evaluation.notes import Notes
from posecoach.evaluation.report import HEAD, accuracies, cells, overall
from posecoach.evaluation.running import Judged


def as_markdown(
    judged: Sequence[Judged], entries: Sequence[Entry], notes: Notes, labels: str, model: str
) -> str:
    """The whole page.

    Args:
        judged: Every entry that was run.
        entries: All entries there are, from which it follows what each clip shows.
        notes: Explanations and clips counted by eye.
        labels: Name of the label file.
        model: The pose model's name.
    """
    found = [each for one in judged for each in one.foreign]
    parts = [_accuracy(judged, labels, model), _wrong(judged), _by_eye(notes, judged)]
    if found:
        groups = groups_of(entries)
        parts += [_matrix(found, groups), _explained(found, notes), _bare(found, notes)]
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part))) + "\n"


def _accuracy(judged: Sequence[Judged], labels: str, model: str) -> Iterator[str]:
    clips = len({each.entry.clip for each in judged})
    yield "# Accuracy"
    yield ""
    yield (
        f"Made by `posecoach evaluate {labels}` with posecoach {posecoach.__version__} and the "
        f"{model} model over {len(judged)} entries of {clips} clips; run it again rather than edit "
        "this page. What the columns mean is in [formats.md](formats.md)."
    )
    yield ""
    rows = [*accuracies(judged).items(), ("**all**", overall(judged))]
    yield from _table(["exercise", *HEAD], ([name, *cells(score)] for name, score in rows))


def _wrong(judged: Sequence[Judged]) -> Iterator[str]:
    rows = [
        [each.entry.exercise, each.entry.clip, "; ".join(each.verdict.problems)]
        for each in judged
        if each.status == "wrong" and each.verdict is not None
    ]
    yield "## What is not right"
    yield ""
    if rows:
        yield from _table(["exercise", "clip", "what"], rows)
    else:
        yield "Nothing."


def _by_eye(notes: Notes, judged: Sequence[Judged]) -> Iterator[str]:
    status = {(each.entry.clip, each.entry.exercise): each.status for each in judged}
    rows = [
        [
            seen.exercise,
            f"{seen.what} (`{seen.clip}`)",
            _truth(seen),
            status[seen.clip, seen.exercise],
        ]
        for seen in notes.seen
        if (seen.clip, seen.exercise) in status
    ]
    if rows:
        yield "## Counted by eye"
        yield ""
        yield (
            "Clips of the label file that were looked at picture by picture for exercises that it "
            "does not name. They are among the entries above."
        )
        yield ""
        yield from _table(["exercise", "clip", "what it shows", "counted"], rows)


def _truth(entry: Entry) -> str:
    truth = entry.truth
    told = []
    for part, name in ((truth.reps, "reps"), (truth.attempts, "tries")):
        if part:
            peaks = ", ".join(f"{each.peak_s:.1f} {each.side}" for each in part)
            told.append(f"{len(part)} {name}: {peaks} s")
    return "; ".join(told) or "nothing to count"


def _matrix(found: Sequence[Foreign], groups: dict[str, str]) -> Iterator[str]:
    rows = matrix(found, groups)
    columns = sorted({groups[each.clip] for each in found}, key=lambda name: (name == OTHER, name))
    sizes = {name: len({c.clip for c in found if groups[c.clip] == name}) for name in columns}
    yield "## Foreign exercises"
    yield ""
    yield (
        "Every exercise (rows) was run over every clip that is labelled for others. A cell is what "
        "it counted in all clips that show the exercise above it: reps / tries / holds; a dot is "
        "nothing at all. In brackets, how many clips there are. Clips in which the exercise "
        "of the row is labelled too are left out of it."
    )
    yield ""
    head = ["", *(f"{name} ({sizes[name]})" for name in columns)]
    yield from _table(
        head, ([name, *(_cell(row.get(c)) for c in columns)] for name, row in sorted(rows.items()))
    )


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return ""
    counts = (cell.reps, cell.attempts, cell.holds)
    return " / ".join(map(str, counts)) if any(counts) else "·"


def _explained(found: Sequence[Foreign], notes: Notes) -> Iterator[str]:
    yield "## Counts that are not zero"
    yield ""
    rows = []
    for each in _in_order(found):
        whys, _ = notes.of(each)
        if whys:
            rows.append([each.exercise, each.clip, _what(each), " ".join(whys)])
    if rows:
        yield from _table(["exercise", "clip", "counted", "why"], rows)
    else:
        yield "None is explained."


def _bare(found: Sequence[Foreign], notes: Notes) -> Iterator[str]:
    yield "## Counts without an explanation"
    yield ""
    lines = unexplained(found, notes)
    yield from (f"- {line}" for line in lines)
    if not lines:
        yield "None."
    unused = notes.unused(found)
    if unused:
        yield ""
        yield "Explanations of counts that there are none of any more:"
        yield ""
        yield from (f"- {each.exercise} in {', '.join(each.clips)}" for each in unused)


def unexplained(found: Sequence[Foreign], notes: Notes) -> list[str]:
    """A line for each foreign count that nothing explains."""
    lines = []
    for each in _in_order(found):
        _, bare = notes.of(each)
        if bare:
            lines.append(f"{each.exercise} in {each.clip}: {_what(each, bare)}")
    return lines


def _in_order(found: Iterable[Foreign]) -> list[Foreign]:
    return sorted((f for f in found if f.kinds), key=lambda f: (f.exercise, f.clip))


def _what(found: Foreign, kinds: Sequence[str] = ("reps", "attempts", "holds")) -> str:
    parts: dict[str, tuple[str, str, tuple[Part, ...]]] = {
        "reps": ("rep", "reps", found.reps),
        "attempts": ("try", "tries", found.attempts),
        "holds": ("hold", "holds", found.holds),
    }
    told = []
    for one, many, them in (parts[kind] for kind in kinds):
        if them:
            name = one if len(them) == 1 else many
            told.append(f"{len(them)} {name}: {', '.join(_at(each) for each in them)}")
    return "; ".join(told)


def _at(part: Part) -> str:
    if part.end_s is not None:
        return f"{part.at_s:.1f}-{part.end_s:.1f} s ({part.side})"
    why = f", {part.why}" if part.why else ""
    return f"{part.at_s:.1f} s ({part.side}{why})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _row(head)
    yield "|" + "---|" * len(head)
    yield from map(_row, rows)


def _row(cells_: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells_) + " |"
