"""Choosing what to do in front of the camera, by keys or by raised arms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from posecoach.checkers import Definition
from posecoach.cli.coaching import Wishes
from posecoach.cli.dosing import Asked, program_of_one
from posecoach.cli.loop import Loop, Stage
from posecoach.cli.programs import programs_of
from posecoach.errors import UsageError
from posecoach.feedback import Key, Picker, PickerItem
from posecoach.feedback.course import doing
from posecoach.feedback.movements import HEEL_RAISE_TEST, sketch_of
from posecoach.feedback.picker_lines import PickerCaller
from posecoach.feedback.wording import counted, name_of, phrase
from posecoach.frames import Frame, Image
from posecoach.pose import Pose
from posecoach.session import Block, Program, Snapshot, WorkoutState, blocks_of, total_s
from posecoach.session.arm_menu import ArmMenu, Move
from posecoach.session.events import Event
from posecoach.session.heel_raise_run import LEGS, about_s

_DRAWINGS = 4
"""Drawings of a program: its first exercises that differ."""


class Picking(Loop):
    """Lets somebody choose in a window, and ends with what was chosen.

    Args:
        stage: Camera, estimator, window.
        items: What there is to choose from, in order.

    Attributes:
        chosen: What was chosen; None where it ended without.
    """

    def __init__(self, stage: Stage, items: Sequence[PickerItem]) -> None:
        super().__init__(stage)
        self._picker = Picker(items)
        self._menu = ArmMenu()
        self._caller = PickerCaller()
        self._begun = False
        self.chosen: PickerItem | None = None
        if stage.voice is not None:
            hints = [phrase(cue) for cue in ("pick_title", "say_pick_how", "say_pick_choose")]
            stage.voice.prepare([items[0].title, *hints, *(each.title for each in items[1:])])

    @property
    def _watching(self) -> bool:
        # Choosing is no part of a recording.
        return False

    @property
    def _needs_close_up(self) -> bool:
        return False

    def _watch(self, frame: Frame) -> Sequence[Event]:
        self._pose = self._estimate(frame)
        move = self._menu.update(self._pose)
        if move is not None:
            self._move(move)
        return ()

    def _count(self, pose: Pose) -> Sequence[Event]:
        return ()

    def _remember(self, events: Sequence[Event]) -> None:
        return

    def _drawn(self, image: Image, events: Sequence[Event]) -> Image:
        quiet = Snapshot(self._pose.time_s, "", "", kind="hold", phase="ready")
        snapshot, pose = self._noticed(quiet, image)
        return self._picker.draw(
            image,
            pose,
            mirrored=self._mirrored,
            progress=self._menu.progress,
            seen=self._menu.here,
            notice=phrase(snapshot.cue) if snapshot.cue else "",
        )

    @property
    def _heard(self) -> tuple[Snapshot, WorkoutState | None] | None:
        return None

    def _speak(self, events: Sequence[Event]) -> None:
        if self._voice is None or self._last is None:
            return
        now = self._last.time_s
        line = self._caller.line(now, self._picker.selected.title, self._menu.here)
        self._voice.tell(now, line, anew=not self._begun)
        self._begun = True

    def _handle(self, key: Key) -> None:
        self._take_choice(self._picker.handle(key))

    def _click(self, x: int, y: int) -> None:
        self._take_choice(self._picker.click(x, y))

    def _move(self, move: Move) -> None:
        if move == "choose":
            self._take_choice(self._picker.selected)
        else:
            self._picker.step(1 if move == "next" else -1)

    def _take_choice(self, item: PickerItem | None) -> None:
        if item is not None:
            self.chosen = item
            self._stopping = True

    def _go_back(self) -> None:
        # Where P leads to is here.
        return

    def _finish(self) -> None:
        return


def items_of(definitions: Mapping[str, Definition]) -> list[PickerItem]:
    """All programs, the heel-raise test, then all exercises, in the language in use.

    Args:
        definitions: The exercises by id.
    """
    programs = programs_of(definitions).values()
    found = [_of_program(each, definitions) for each in programs if isinstance(each, Program)]
    return [*found, _of_test(), *(_of_exercise(each) for each in definitions.values())]


def dosed(definition: Definition, wishes: Wishes) -> Program | None:
    """An exercise with its own dose as a program of one; None where it has no dose."""
    try:
        return program_of_one(definition, Asked(dose=True), wishes)
    except UsageError:
        return None


def _of_program(program: Program, definitions: Mapping[str, Definition]) -> PickerItem:
    blocks = blocks_of(program, definitions)
    used = list(dict.fromkeys(block.definition.id for block in blocks))
    return PickerItem(
        "program",
        program.id,
        name_of("program", program.id, program.name),
        counted("n_exercises", len(program.steps)),
        _about(blocks),
        tuple(sketch_of(definitions[each]) for each in used[:_DRAWINGS]),
    )


def _of_exercise(definition: Definition) -> PickerItem:
    program = dosed(definition, Wishes())
    line, time = phrase("no_end"), ""
    if program is not None:
        blocks = blocks_of(program, {definition.id: definition})
        line, time = doing(program.steps[0], blocks), _about(blocks)
    return PickerItem(
        "exercise",
        definition.id,
        name_of("exercise", definition.id, definition.name),
        line,
        time,
        (sketch_of(definition),),
    )


def _of_test() -> PickerItem:
    return PickerItem(
        "test",
        "heel_raise_test",
        phrase("heel_raise_test"),
        phrase("test_short"),
        _minutes(about_s(LEGS)),
        (HEEL_RAISE_TEST,),
    )


def _about(blocks: Sequence[Block]) -> str:
    return _minutes(total_s(blocks))


def _minutes(seconds: float) -> str:
    return phrase("about_minutes", n=max(1, round(seconds / 60)))
