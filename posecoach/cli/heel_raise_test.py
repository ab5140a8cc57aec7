"""``posecoach heel-raise-test``: the clinical test, guided, or from a recorded clip."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeVar

import click
from click.core import ParameterSource

from posecoach.checkers import find_definition
from posecoach.cli.heel_raise_loop import HeelRaiseLoop, watch_clip, watch_recording
from posecoach.cli.keeping import record_to_be
from posecoach.cli.loop import Stage
from posecoach.cli.opening import Opening, on_stage, require_screen, stage_options
from posecoach.cli.options import beat_of, height_option, model_label
from posecoach.cli.recorded import landmarks_option
from posecoach.cli.stopping import Stop
from posecoach.errors import UsageError
from posecoach.feedback import explanation
from posecoach.feedback.heel_raise_card import ResultCard
from posecoach.feedback.heel_raise_words import words_of
from posecoach.feedback.wording import phrase
from posecoach.frames.network import without_password
from posecoach.pose import Side
from posecoach.record.event_log import EventLog
from posecoach.record.files import STDOUT, ensure_writable, write_json
from posecoach.record.heel_raise_result import build_test_result, write_picture
from posecoach.record.history.model import HEEL_RAISE_TEST, SessionRecord
from posecoach.record.landmarks import AskedExercise, LandmarkReader, is_recording
from posecoach.session.heel_raise_run import LEGS, REST_S, HeelRaiseTest
from posecoach.session.norms import NORM_BEAT, Sex, Subject

_SIDES: dict[str, tuple[Side, ...]] = {
    "left": ("left",),
    "right": ("right",),
    "both": LEGS,
}
# From the youngest of whom anybody asks for this to the oldest people there are.
_AGES = (5, 120)
_Command = TypeVar("_Command", bound=Callable[..., Any])


def subject_options(command: _Command) -> _Command:
    """``--age`` and ``--sex``: what the norm depends on."""
    for option in (
        click.option("--sex", type=click.Choice(["f", "m"]), help="Your sex, for the norm."),
        click.option("--age", type=click.IntRange(*_AGES), help="Your age in years, for the norm."),
    ):
        command = option(command)
    return command


@click.command(
    "heel-raise-test",
    epilog="""\b
Examples:
  posecoach heel-raise-test --age 45 --sex f --height 168
  posecoach heel-raise-test --side right --rest 60 --json result.json --picture result.png
  posecoach heel-raise-test recorded.mp4 --side left --height 168""",
)
@click.argument("clip", required=False, type=click.Path(path_type=Path))
@click.option(
    "--side",
    type=click.Choice(list(_SIDES)),
    default="both",
    show_default=True,
    help="The leg to test; both are tested one after the other.",
)
@subject_options
@height_option
@click.option(
    "--rest",
    "rest_s",
    type=click.FloatRange(0, 600),
    default=REST_S,
    show_default=True,
    metavar="SECONDS",
    help="Rest between the legs.",
)
@click.option(
    "--beat",
    type=float,
    callback=beat_of,
    default=NORM_BEAT,
    show_default=True,
    metavar="PER_MINUTE",
    help="Up on one beat, down on the next. The norms are for 60.",
)
@click.option(
    "--json", "json_", metavar="FILE", help="Write the result as JSON; - prints it instead."
)
@click.option(
    "--picture",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the result with its curves as a picture (.png).",
)
@stage_options
@landmarks_option
@click.pass_context
def heel_raise_test(
    ctx: click.Context,
    clip: Path | None,
    side: Literal["left", "right", "both"],
    age: int | None,
    sex: Sex | None,
    height_cm: float | None,
    rest_s: float,
    beat: float,
    json_: str | None,
    picture: Path | None,
    landmarks: Path | None,
    opening: Opening,
) -> int:
    """Count how many heel raises one leg can do to a beat, and compare with the norm.

    The test of the clinic: on one leg, up on one beat and down on the next, 30 a minute, as
    high as you can, until two in a row lose the beat, half of the starting height, or the
    straight knee. It says what to do, counts in, ends by itself, and rests before the other
    leg. Space or both arms overhead end a leg, N skips a rest, Q ends it all.

    It tells what a calf can do. It is no diagnosis. Warm up first; stop if something hurts.

    With CLIP, a recorded test is judged instead; --setup then waits in it for the count-in,
    as in a clip that --record kept. What --landmarks kept may stand for a clip, and knows
    side, beat, rest, height and setup.
    """

    def default(name: str) -> bool:
        # Settings stand for what was not asked for, as defaults do.
        return ctx.get_parameter_source(name) is not ParameterSource.COMMANDLINE

    setup = opening.setup
    if clip is not None:
        for name in ("camera", "record", "landmarks", "mute", "transcript", "mirror", "keep"):
            if not default(name):
                name = "history" if name == "keep" else name
                raise UsageError(f"--{name} is for a camera, not for a clip; leave it out.")
        asked = recorded(clip)
        if asked is None and default("setup"):
            setup = False
        if asked is not None:
            setup = asked.setup if default("setup") else setup
            height_cm = asked.height_cm if default("height_cm") else height_cm
            beat = asked.beat or beat if default("beat") else beat
            if default("rest_s") and asked.rest_s is not None:
                rest_s = asked.rest_s
            if default("side") and asked.side != "auto":
                side = asked.side
    for target in (json_, picture):
        if target is not None:
            ensure_writable(target)
    test = HeelRaiseTest(
        find_definition("heel_raises"),
        _SIDES[side],
        height_cm,
        beat=beat,
        rest_s=rest_s,
        setup=setup,
    )
    subject = Subject(age, sex, beat)
    source = clip.name if clip else without_password(opening.camera[0])
    report = TestReport(test, subject, source, opening.model, json_, picture)
    if clip is not None:
        with ExitStack() as stack:
            events = opening.events
            log = stack.enter_context(EventLog(events)) if events is not None else None
            stop = stack.enter_context(Stop())
            if is_recording(clip):
                watch_recording(clip, test, stop, log)
            else:
                watch_clip(clip, test, opening.model, stop, log)
            report.give()
            return stop.exit_status
    require_screen()
    history = test_to_be(test, opening.model, subject) if opening.keep else None
    with on_stage(opening, landmarks=landmarks, history=history) as stage:
        guide_test(stage, report)
    return 0


def test_to_be(test: HeelRaiseTest, model: str, subject: Subject) -> SessionRecord:
    """What is known of a test before it begins, for the history."""
    head = record_to_be("program", model, test.height_cm, beat=test.beat)
    return replace(
        head,
        program=HEEL_RAISE_TEST,
        program_name="Heel-raise test",
        age=subject.age,
        sex=subject.sex,
    )


def guide_test(stage: Stage, report: TestReport) -> bool:
    """Guide through a test, and tell what came of it.

    Returns:
        Whether it was ended to choose something else.
    """
    loop = HeelRaiseLoop(stage, report.test, report.subject)
    try:
        loop.run()
    finally:
        report.give()
    return loop.back


def recorded(path: Path) -> AskedExercise | None:
    """What a recording of landmarks says was asked for; None for anything else.

    Raises:
        LandmarksError: If it cannot be read.
    """
    if not is_recording(path):
        return None
    with LandmarkReader(path) as recording:
        asked = recording.parts[0].asked
    return asked if isinstance(asked, AskedExercise) else None


@dataclass(frozen=True, slots=True)
class TestReport:
    """What is printed and written at the end.

    Attributes:
        test: What it is about.
        subject: Who is tested.
        source: The camera, or the clip's name.
        model: As given to ``--model``.
        json: Where to write the result, or None.
        picture: Where to draw it, or None.
    """

    test: HeelRaiseTest
    subject: Subject
    source: str
    model: str
    json: str | None = None
    picture: Path | None = None

    def give(self) -> None:
        """Print and write it, however far the test got."""
        test, words = self.test, self.test.definition.words
        why = explanation(test.why, words) if test.why else ""
        result = build_test_result(
            test, self.subject, source=self.source, model=model_label(self.model), view_why=why
        )
        if self.json is not None:
            write_json(self.json, result)
        if self.json != STDOUT:
            self._print(why)
        if self.picture is not None:
            write_picture(self.picture, ResultCard(test.results, self.subject).alone())
            if self.json != STDOUT:
                click.echo(f"  Wrote {self.picture}")

    def _print(self, why: str) -> None:
        test = self.test
        if not test.results:
            click.echo(f"{phrase('heel_raise_test')}: {phrase('not_begun')}")
            return
        click.echo(phrase("heel_raise_test"))
        for line in words_of(test.results, self.subject).lines:
            click.echo(f"  {line}")
        height, assumed = test.height
        if assumed and any(result.reps for result in test.results):
            click.echo(f"  {height:g} cm: {phrase('assumed_height')}")
        if why:
            click.echo(f"  {phrase('not_seen')}: {why}")
        if self.json is not None:
            click.echo(f"  Wrote {self.json}")
