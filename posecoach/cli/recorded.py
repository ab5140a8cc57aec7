"""What is written into recordings of landmarks, and what they ask for when replayed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

import posecoach
from posecoach.checkers import Catalogue, Definition
from posecoach.cli.coaching import Wishes
from posecoach.cli.eyes import check_places
from posecoach.cli.options import file_option
from posecoach.cli.stopping import Stop
from posecoach.errors import UsageError
from posecoach.pose import Pose
from posecoach.record.history.recorder import Recorder
from posecoach.record.landmarks import (
    AskedExercise,
    AskedProgram,
    Head,
    Key,
    KeyName,
    LandmarkReader,
    LandmarksError,
    Part,
)
from posecoach.record.texts import one_line
from posecoach.session import Program, Session, Workout, blocks_of
from posecoach.session.course import Course
from posecoach.session.events import Event
from posecoach.session.guided import Guided
from posecoach.session.plan import has_sides, problems
from posecoach.session.same_person import SamePerson

_SEE = "See the exercises with: posecoach list"


landmarks_option = file_option(
    "--landmarks",
    metavar="FILE",
    help="Keep what the pose model saw in FILE (.landmarks), without a picture, for "
    "posecoach replay and export; about 1 MB a minute.",
)
"""``--landmarks``."""


def head_of(model: str, *, mirrored: bool = False, fps: float | None = None) -> Head:
    """What a recording of this run begins with.

    Args:
        model: How the pose model is named in results.
        mirrored: Whether the person sees the picture as in a mirror.
        fps: The rate that a clip states, or None.
    """
    usable = fps if fps is not None and 0 < fps <= 1000 else None
    name = one_line(model)
    return Head(posecoach=posecoach.__version__, model=name, mirrored=mirrored, fps=usable)


def asked_program(program: Program, workout: Workout) -> AskedProgram:
    """What is asked for, as a recording keeps it."""
    blocks = workout.state.blocks
    return AskedProgram(
        program=program,
        height_cm=workout.height_cm,
        beat=workout.beat,
        setup=workout.setup,
        close_up=any(Session(block.definition).needs_close_up for block in blocks),
    )


@dataclass(frozen=True, slots=True)
class Job:
    """An exercise to count in a file.

    Attributes:
        definition: The exercise.
        wishes: What is asked for.
        part: Which part of a recording, from 0; None is the whole file.
        guide: Makes what lets the session begin and wait, as live does; None for nothing.
    """

    definition: Definition
    wishes: Wishes
    part: int | None = None
    guide: Callable[[Session], Guided] | None = None


@dataclass(frozen=True, slots=True)
class ProgramJob:
    """A program to go through again.

    Attributes:
        asked: The program.
        part: Which part of a recording, from 0.
    """

    asked: AskedProgram
    part: int


@dataclass(frozen=True, slots=True)
class Asking:
    """What a call says, for files that may themselves say what was asked for.

    Attributes:
        definition: The exercise; None takes what a recording says.
        wishes: What is asked for.
        said: Names of the wishes that the call itself gives; the others are a recording's.
        part: Number of a part of a recording, from 0; None is all of them.
    """

    definition: Definition | None
    wishes: Wishes
    said: frozenset[str]
    part: int | None = None

    def jobs(self, path: Path, known: Catalogue) -> list[Job | ProgramJob]:
        """What to count in a recording.

        Raises:
            PosecoachError: If it cannot be read, or what is asked for is not in it.
        """
        with LandmarkReader(path) as recording:
            parts = recording.parts
        if self.part is not None and self.part >= len(parts):
            raise UsageError(f"{path.name} has {len(parts)} parts; there is none after them.")
        if self.definition is not None:
            return [self._one(path.name, parts, self.definition)]
        chosen = range(len(parts)) if self.part is None else [self.part]
        return [self._as_recorded(path, number, parts[number], known) for number in chosen]

    def _as_recorded(
        self, path: Path, number: int, part: Part, known: Catalogue
    ) -> Job | ProgramJob:
        """What a part was recorded with, as it was counted then."""
        name = path.name
        match part.asked:
            case AskedExercise() as asked:
                definition, wishes = known.find(asked.exercise), self._wishes(_wishes_of(asked))
                check_wishes(definition, wishes)

                def guide(session: Session) -> Guided:
                    return _guided(path, number, session, known)

                return Job(definition, wishes, number, guide if asked.live else None)
            case AskedProgram() as asked:
                wrong = problems(asked.program, known.definitions)
                if wrong:
                    raise LandmarksError(f"{name}: the program in it cannot be run: {wrong[0]}")
                return ProgramJob(asked, number)
        raise UsageError(f"{name} does not say what was done; add --exercise ID. {_SEE}")

    def _one(self, name: str, parts: Sequence[Part], definition: Definition) -> Job:
        """One exercise over a part or all of a recording, as over a clip of it.

        Only what no such clip could tell is taken over: the height, and where feet are.
        """
        watched = [part.asked for part in (parts if self.part is None else [parts[self.part]])]
        asked = watched[0]
        before = Wishes(height_cm=None if asked is None else asked.height_cm)
        if isinstance(asked, AskedExercise):
            before = replace(before, places=_wishes_of(asked).places)
        wishes = self._wishes(before)
        check_wishes(definition, wishes)
        looked = any(each is not None and each.close_up for each in watched)
        if wishes.session(definition).needs_close_up and not looked:
            raise LandmarksError(
                f"{name}: this recording has no close-ups of the feet, which {definition.id} is "
                f"counted from; record it with --exercise {definition.id}"
            )
        return Job(definition, wishes, self.part)

    def _wishes(self, recorded: Wishes) -> Wishes:
        """What was recorded, but where the call says something else."""
        return replace(recorded, **{name: getattr(self.wishes, name) for name in self.said})


def check_wishes(definition: Definition, wishes: Wishes) -> None:
    """Make sure that an exercise can be watched as is wished.

    Raises:
        UsageError: If it cannot.
    """
    if wishes.feet is not None and definition.kind != "walk":
        raise UsageError(f"--feet is for walking; {definition.id} is none. Leave it out.")
    if wishes.side in ("left", "right") and not has_sides(definition):
        raise UsageError(f"--side: {definition.id} moves both legs together; leave it out.")
    check_places(definition, wishes.places)
    if wishes.beat is not None and definition.kind != "reps":
        raise UsageError(f"--beat is for reps; {definition.id} has none. Leave it out.")


def press(course: Course, key: KeyName) -> list[Event]:
    """Change the course of a workout or a test; what happened."""
    keys = {
        "pause": course.pause,
        "resume": course.resume,
        "skip": course.skip,
        "skip_exercise": course.skip_exercise,
        "camera": course.look_elsewhere,
    }
    return keys[key]()


def go_through(
    path: Path,
    job: ProgramJob,
    known: Catalogue,
    stop: Stop,
    recorder: Recorder | None = None,
) -> Workout:
    """A recorded program, gone through again; what was lost of it is said on standard error.

    Raises:
        LandmarksError: If the recording cannot be read.
    """
    program = job.asked.program
    blocks = blocks_of(program, known.definitions)
    asked = job.asked
    workout = Workout(blocks, asked.height_cm, setup=asked.setup, beat=asked.beat)
    told: list[Event] = []
    time_s = 0.0
    with LandmarkReader(path) as recording:
        for warning in recording.warnings:
            click.echo(f"posecoach: {warning}", err=True)
        for each in recording.course(job.part):
            if stop.asked:
                break
            if isinstance(each, Key):
                told += press(workout, each.name)
                continue
            told, events = [], [*told, *workout.update(each)]
            time_s = each.time_s
            if recorder is not None:
                recorder.follow(workout, events, time_s)
    workout.finish()
    if recorder is not None:
        recorder.follow(workout, (), time_s)
    return workout


def _wishes_of(asked: AskedExercise) -> Wishes:
    return Wishes(
        asked.side,
        asked.height_cm,
        asked.hold_s,
        asked.feet,
        places=tuple(place.place for place in asked.places),
        pacing=asked.pacing,
        beat=asked.beat,
        setup=asked.setup,
    )


def _guided(path: Path, part: int, session: Session, known: Catalogue) -> Guided:
    """What guided a session live, at the first frame of its part.

    Whom live follows is told by all frames before it, so these are gone through first.
    """
    same = SamePerson()
    with LandmarkReader(path) as recording:
        for number, watched in enumerate(recording.parts[:part]):
            if isinstance(watched.asked, AskedExercise) and watched.asked.live:
                definition = known.find(watched.asked.exercise)
                before = _wishes_of(watched.asked)
                earlier = _guide_of(before.session(definition), before, definition, same)
                for each in recording.course(number):
                    if isinstance(each, Pose):
                        earlier.update(each)
                    elif each.name == "camera":
                        earlier.look_elsewhere()
        asked = recording.parts[part].asked
    assert isinstance(asked, AskedExercise)
    return _guide_of(session, _wishes_of(asked), known.find(asked.exercise), same)


def _guide_of(session: Session, wishes: Wishes, definition: Definition, same: SamePerson) -> Guided:
    return Guided(
        session,
        lambda: wishes.session(definition),
        same,
        check=wishes.setup,
        again=wishes.setup,
    )
