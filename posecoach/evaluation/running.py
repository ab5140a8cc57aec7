"""Running labelled clips, one after another or in several processes, and judging each."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from posecoach.checkers import Definition
from posecoach.errors import PosecoachError
from posecoach.evaluation.foreign import Foreign, foreign_of
from posecoach.evaluation.labels import Entry
from posecoach.evaluation.matching import Counted, Verdict, judge
from posecoach.frames import Clip
from posecoach.pose import PoseEstimator
from posecoach.session import Session
from posecoach.session.replay import replay

Status = Literal["right", "wrong", "paced", "skipped", "failed"]


class WorkerError(PosecoachError):
    """A process that ran clips is gone."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of an entry.

    Attributes:
        entry: The label.
        status: ``skipped``: there is no such exercise. ``failed``: the clip could not be
            watched. Else the verdict's outcome.
        verdict: None if skipped or failed.
        note: Why it was skipped or failed, or what was amiss with the clip.
        foreign: What the exercises that the clip is not labelled for counted in it; with
            the first entry of the clip only.
    """

    entry: Entry
    status: Status
    verdict: Verdict | None = None
    note: str = ""
    foreign: tuple[Foreign, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    """A clip, watched once for all its entries.

    Attributes:
        entries: Its entries, each with the exercise's definition or None for an unknown one.
        foreign: Exercises to watch it as beside them.
    """

    entries: tuple[tuple[Entry, Definition | None], ...]
    foreign: tuple[Definition, ...]
    clip: Path
    model: Path


def evaluate(
    entries: Sequence[Entry],
    folder: Path,
    known: Mapping[str, Definition],
    model: Path,
    jobs: int = 1,
    foreign: Mapping[str, Sequence[Definition]] | None = None,
) -> Generator[Judged, None, None]:
    """Watch each clip and judge its entries, in the entries' order.

    What comes out does not depend on ``jobs``: every clip has a pose model and every entry a
    session of its own. Close the generator to end the processes early.

    Args:
        entries: What to run.
        folder: Where the paths in them start.
        known: The exercises there are, by id.
        model: The pose model's file.
        jobs: How many processes; 1 runs them all in this one.
        foreign: Exercises to watch each clip as beside its own, by clip.

    Raises:
        WorkerError: If a process was killed or crashed.
    """
    clips = dict.fromkeys(entry.clip for entry in entries)
    tasks = [
        _Task(
            tuple((entry, known.get(entry.exercise)) for entry in entries if entry.clip == clip),
            tuple((foreign or {}).get(clip, ())),
            folder / clip,
            model,
        )
        for clip in clips
    ]
    watched = _in_processes(tasks, min(jobs, len(tasks))) if jobs > 1 else map(_run, tasks)
    done: dict[str, list[Judged]] = {}
    for entry in entries:
        if entry.clip not in done:
            done[entry.clip] = next(watched)
        yield done[entry.clip].pop(0)


def _in_processes(tasks: Sequence[_Task], jobs: int) -> Iterator[list[Judged]]:
    # Spawned, as MediaPipe's threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_quietly)
    futures = [executor.submit(_run, task) for task in tasks]
    try:
        for future in futures:
            yield future.result()
    except BrokenProcessPool as error:
        raise WorkerError(
            "A process that ran clips was ended from outside, perhaps for lack of memory; "
            "try fewer with --jobs."
        ) from error
    finally:
        if not all(future.done() for future in futures):
            # Clips under way are not worth waiting for when somebody has had enough.
            for process in set(multiprocessing.active_children()) - before:
                process.terminate()
        # Waited for, as Python's own end otherwise trips over the pool's closing pipe.
        executor.shutdown(wait=True, cancel_futures=True)


def _end_quietly() -> None:
    """Ctrl-C reaches every process of the terminal; the first one alone speaks of it."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))


def _run(task: _Task) -> list[Judged]:
    """Watch a clip once, with a session for each entry and each foreign exercise."""
    own = [
        None
        if definition is None
        else Session(definition, entry.side, entry.height_cm, target_hold_s=entry.hold_s)
        for entry, definition in task.entries
    ]
    height_cm = next((e.height_cm for e, _ in task.entries if e.height_cm is not None), None)
    foreign = [Session(definition, height_cm=height_cm) for definition in task.foreign]
    sessions = [*(session for session in own if session is not None), *foreign]
    note, failed = "", False
    if sessions:
        try:
            with Clip(task.clip) as clip, PoseEstimator(task.model) as estimator:
                replay(clip, estimator.estimate, sessions[0], beside=sessions[1:])
                note = clip.warning or ""
        except PosecoachError as error:
            note, failed = str(error), True
    judged = [
        _judged(entry, session, note, failed)
        for (entry, _), session in zip(task.entries, own, strict=True)
    ]
    if not failed:
        seen = tuple(
            foreign_of(each.definition.id, task.entries[0][0].clip, _counted(each))
            for each in foreign
        )
        judged[0] = replace(judged[0], foreign=seen)
    return judged


def _judged(entry: Entry, session: Session | None, note: str, failed: bool) -> Judged:
    if session is None:
        return Judged(entry, "skipped", note=f"no exercise is called '{entry.exercise}'")
    if failed:
        return Judged(entry, "failed", note=note)
    verdict = judge(entry.truth, _counted(session), entry.tolerance_s)
    return Judged(entry, verdict.outcome, verdict, note)


def _counted(session: Session) -> Counted:
    return Counted(session.reps, session.attempts, session.holds, session.view_ok)
