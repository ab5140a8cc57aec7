"""Running labelled clips, one after another or in several processes, and judging each."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from posecoach.checkers import Definition
from posecoach.errors import PosecoachError
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
    """

    entry: Entry
    status: Status
    verdict: Verdict | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Task:
    entry: Entry
    clip: Path
    definition: Definition
    model: Path


def evaluate(
    entries: Sequence[Entry],
    folder: Path,
    known: Mapping[str, Definition],
    model: Path,
    jobs: int = 1,
) -> Generator[Judged, None, None]:
    """Watch each entry's clip and judge it, in the entries' order.

    What comes out does not depend on ``jobs``: every clip has a pose model and a session
    of its own. Close the generator to end the processes early.

    Args:
        entries: What to run.
        folder: Where the paths in them start.
        known: The exercises there are, by id.
        model: The pose model's file.
        jobs: How many processes; 1 runs them all in this one.

    Raises:
        WorkerError: If a process was killed or crashed.
    """
    tasks = [
        _Task(entry, folder / entry.clip, known[entry.exercise], model)
        for entry in entries
        if entry.exercise in known
    ]
    judged = _in_processes(tasks, min(jobs, len(tasks))) if jobs > 1 else map(_run, tasks)
    for entry in entries:
        if entry.exercise in known:
            yield next(judged)
        else:
            yield Judged(entry, "skipped", note=f"no exercise is called '{entry.exercise}'")


def _in_processes(tasks: Sequence[_Task], jobs: int) -> Iterator[Judged]:
    if not tasks:
        return
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


def _run(task: _Task) -> Judged:
    entry = task.entry
    session = Session(task.definition, entry.side, entry.height_cm, target_hold_s=entry.hold_s)
    try:
        with Clip(task.clip) as clip, PoseEstimator(task.model) as estimator:
            replay(clip, estimator.estimate, session)
            note = clip.warning or ""
    except PosecoachError as error:
        return Judged(entry, "failed", note=str(error))
    counted = Counted(session.reps, session.attempts, session.holds, session.view_ok)
    verdict = judge(entry.truth, counted, entry.tolerance_s)
    return Judged(entry, verdict.outcome, verdict, note)
