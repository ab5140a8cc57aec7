"""Going through recorded clips, one after another: what ``posecoach replay`` does."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from posecoach.checkers import Catalogue
from posecoach.cli.clip_report import ClipReport
from posecoach.cli.keeping import Remembering, keeping, record_to_be
from posecoach.cli.recorded import Asking, Job, ProgramJob, go_through
from posecoach.cli.stopping import Stop
from posecoach.cli.summary import details, program_summary, summary
from posecoach.cli.watching import watch
from posecoach.errors import PosecoachError, UsageError
from posecoach.feedback import Window
from posecoach.record.history.recorder import Recorder
from posecoach.record.landmarks import is_recording
from posecoach.record.targets import Targets
from posecoach.session import Program
from posecoach.session.replay import Sink


@dataclass(frozen=True, slots=True)
class Replay:
    """Clips and recordings, to be gone through one after another.

    Attributes:
        clips: The files.
        targets: Where the outputs of each go.
        asking: What the call says.
        known: All exercises.
        model: See :func:`~posecoach.pose.find_model`; for clips.
        keep: Whether to keep them in the history.
    """

    clips: tuple[Path, ...]
    targets: list[Targets]
    asking: Asking
    known: Catalogue
    model: str
    keep: bool

    def all(
        self, stop: Stop, window: Window | None, *, silent: bool
    ) -> tuple[list[dict[str, Any]], int]:
        """Watch every clip, and print what came of it.

        Args:
            stop: Asked before each frame.
            window: Open, to show the frames in; None shows none.
            silent: Print no summaries.

        Returns:
            The results of what could be watched, and the exit status of what went wrong.

        Raises:
            PosecoachError: If the only one there is cannot be watched.
        """
        results: list[dict[str, Any]] = []
        status = 0
        for clip, targets in zip(self.clips, self.targets, strict=True):
            kept = silent or window is not None or any(True for _ in targets.files)
            try:
                for job in self._jobs(clip, kept=kept):
                    if isinstance(job, ProgramJob):
                        self._go_through(clip, job, stop)
                    else:
                        results.append(self._watch(clip, job, targets, stop, window, silent))
                    if stop.asked:
                        break
            except PosecoachError as error:
                if len(self.clips) == 1:
                    raise
                click.echo(f"posecoach: {error}", err=True)
                status = error.exit_status
                continue
            if stop.asked:
                break
        return results, status

    def _jobs(self, clip: Path, *, kept: bool) -> Sequence[Job | ProgramJob]:
        """What to count in a clip; where something is kept of it, one exercise."""
        if not is_recording(clip):
            assert self.asking.definition is not None
            return [Job(self.asking.definition, self.asking.wishes)]
        jobs = self.asking.jobs(clip, self.known)
        if kept and len(jobs) > 1:
            parts = ", ".join(f"{n} {_name(job)}" for n, job in enumerate(jobs, 1))
            raise UsageError(
                f"{clip.name} has several parts ({parts}); choose one with --part N, or count "
                "one exercise in all of it with --exercise ID."
            )
        if kept and isinstance(jobs[0], ProgramJob):
            raise UsageError(
                f"{clip.name} is a recording of a program, of which only the summary can be "
                "had; choose an exercise with --exercise ID."
            )
        return jobs

    def _watch(
        self,
        clip: Path,
        job: Job,
        targets: Targets,
        stop: Stop,
        window: Window | None,
        silent: bool,
    ) -> dict[str, Any]:
        with ExitStack() as stack:
            more: list[Sink] = []
            height_cm, beat = job.wishes.height_cm, job.wishes.beat
            recorder = stack.enter_context(self._keeping(clip, height_cm, beat))
            if recorder is not None:
                more.append(Remembering(recorder))
            report = None
            if targets.report is not None:
                report = stack.enter_context(ClipReport(targets, clip))
                more.append(report.kept)
            seen = watch(
                clip,
                job.definition,
                job.wishes,
                self.model,
                targets if report is None else report.targets,
                stop,
                window=window,
                more=more,
                part=job.part,
                guide=job.guide,
            )
            told = [summary(seen.session, seen.why), *details(seen.session)]
            lines = [line for each in told for line in each.splitlines()]
            beside = []
            if report is not None:
                beside = report.write(clip.name, seen.session, lines, self.known)
        for warning in seen.warnings:
            click.echo(f"posecoach: {warning}", err=True)
        if not silent:
            if len(self.clips) > 1:
                click.echo(f"{clip.name}:")
            click.echo("\n".join(lines))
            for file in (*targets.files, *beside):
                click.echo(f"  Wrote {file}")
        return seen.result

    def _go_through(self, clip: Path, job: ProgramJob, stop: Stop) -> None:
        asked = job.asked
        with self._keeping(clip, asked.height_cm, asked.beat, asked.program) as recorder:
            workout = go_through(clip, job, self.known, stop, recorder)
        click.echo(program_summary(asked.program, workout.state))

    def _keeping(
        self,
        clip: Path,
        height_cm: float | None,
        beat: float | None,
        program: Program | None = None,
    ) -> AbstractContextManager[Recorder | None]:
        """Keep a clip in the history, if that was asked for."""
        if not self.keep:
            return keeping(None)
        # Which model a recording is of was said when it was made, not now.
        model = "" if is_recording(clip) else self.model
        return keeping(
            record_to_be("replay", model, height_cm, beat=beat, program=program, clip=clip.name)
        )


def _name(job: Job | ProgramJob) -> str:
    return job.asked.program.id if isinstance(job, ProgramJob) else job.definition.id
