"""Which file each output of each clip goes to, settled before any work is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from posecoach.errors import UsageError
from posecoach.record.files import OutputError, output_error, refuse_source

_ENDINGS = {
    "video": "-annotated.mp4",
    "json": ".json",
    "csv": ".csv",
    "landmarks": ".landmarks",
    "report": "-report.html",
}


@dataclass(frozen=True, slots=True)
class Targets:
    """Where the outputs of one clip go; None where one was not asked for."""

    video: Path | None = None
    json: Path | None = None
    csv: Path | None = None
    landmarks: Path | None = None
    report: Path | None = None

    @property
    def files(self) -> Iterator[Path]:
        """Those that were asked for."""
        every = (self.video, self.json, self.csv, self.landmarks, self.report)
        return (file for file in every if file is not None)


def targets_of(
    clips: Sequence[Path],
    video: Path | None = None,
    json: Path | None = None,
    csv: Path | None = None,
    landmarks: Path | None = None,
    report: Path | None = None,
) -> list[Targets]:
    """The outputs of each clip.

    With one clip the names are file names, or folders that exist. With several they are
    folders, made where they are missing, and each clip's files are named after it:
    ``walk.mp4`` gives ``walk-annotated.mp4``, ``walk.json``, ``walk.csv``, ``walk.landmarks``
    and ``walk-report.html``.

    Args:
        clips: What is going to be read.
        video: File or folder for annotated video.
        json: File or folder for results.
        csv: File or folder for tables.
        landmarks: File or folder for recordings of landmarks.
        report: File or folder for reports.

    Raises:
        OutputError: If a folder cannot be had, or an output is one of the clips.
        UsageError: If two outputs would be the same file.
    """
    names = _names(clips)
    places = {"video": video, "json": json, "csv": csv, "landmarks": landmarks}
    places["report"] = report
    several = len(clips) > 1
    for place in places.values():
        if place is not None and several:
            _make_folder(place)
    targets = [
        Targets(**{kind: _target(place, name, kind) for kind, place in places.items()})
        for name in names
    ]
    refuse_clashes(clips, [file for target in targets for file in target.files])
    return targets


def _names(clips: Sequence[Path]) -> list[str]:
    """A name for each clip: its own without the ending, numbered where two are alike."""
    names: list[str] = []
    for clip in clips:
        stem, number = clip.stem, 1
        while stem.lower() in (name.lower() for name in names):
            number += 1
            stem = f"{clip.stem}-{number}"
        names.append(stem)
    return names


def _make_folder(place: Path) -> None:
    if place.is_dir():
        return
    if place.suffix.lower() in (".mp4", ".json", ".csv", ".landmarks", ".html"):
        raise OutputError(
            f"Cannot write {place}: there are several clips; give a folder instead of a file."
        )
    try:
        place.mkdir()
    except OSError as error:
        raise output_error(place, error) from error


def _target(place: Path | None, name: str, kind: str) -> Path | None:
    if place is None or not place.is_dir():
        return place
    return place / f"{name}{_ENDINGS[kind]}"


def refuse_clashes(clips: Sequence[Path], files: Sequence[Path]) -> None:
    """Make sure that outputs harm neither what is read nor each other.

    Args:
        clips: What is going to be read.
        files: What is going to be written.

    Raises:
        OutputError: If an output is one of the clips.
        UsageError: If two outputs would be the same file.
    """
    written: set[Path] = set()
    for file in files:
        real = file.resolve()
        for clip in clips:
            refuse_source(file, clip)
        if real in written:
            raise UsageError(f"Cannot write two outputs to {file}; give each its own name.")
        written.add(real)
