"""The heel-raise test before a camera, and over a clip: the same frames, the same result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from posecoach.cli.course_loop import CourseLoop
from posecoach.cli.loop import Stage
from posecoach.cli.recorded import press
from posecoach.cli.stopping import Stop
from posecoach.feedback.heel_raise_card import ResultCard
from posecoach.feedback.heel_raise_lines import lines_of_test
from posecoach.feedback.heel_raise_screen import draw_test
from posecoach.frames import Clip, Image
from posecoach.pose import Pose, PoseEstimator, find_model, without
from posecoach.record.event_log import EventLog
from posecoach.record.landmarks import AskedExercise, Key, KeyName, LandmarkReader
from posecoach.session import Snapshot, WorkoutState
from posecoach.session.events import Event
from posecoach.session.gestures import Gesture, GestureWatch
from posecoach.session.heel_raise_run import HeelRaiseTest
from posecoach.session.heel_raise_watch import LegRun
from posecoach.session.norms import Subject
from posecoach.session.setup_events import GestureMade


class HeelRaiseLoop(CourseLoop):
    """Guides through the test in a window; at its end shows what came of it.

    Args:
        stage: Camera, estimator, window.
        test: Not begun.
        subject: Who is tested.
    """

    def __init__(self, stage: Stage, test: HeelRaiseTest, subject: Subject) -> None:
        super().__init__(stage, test)
        self._test = test
        self._subject = subject
        if self._landmarks is not None:
            self._landmarks.begin(asked_of(test))
        self._card: ResultCard | None = None
        self._overlay.keys = False
        # The leg whose frame this is, also where the frame ends its turn.
        self._leg: LegRun | None = None

    def run(self) -> None:
        """Guide until the window is closed, with the beat that is to be kept."""
        if self._voice is None:
            super().run()
            return
        with self._voice.beating(self._test.beat):
            super().run()

    @property
    def _watching(self) -> bool:
        # In a pause too: a recording must hold the gesture that ends it.
        return not self._test.finished

    @property
    def _needs_close_up(self) -> bool:
        return False

    def _count(self, pose: Pose) -> Sequence[Event]:
        self._leg = self._test.run
        events = super()._count(pose)
        self._leg = self._test.run or self._leg
        return events

    def _remember(self, events: Sequence[Event]) -> None:
        leg = self._leg
        if self._history is not None and self._last is not None and leg is not None:
            self._history.watch(leg.session, events, self._last.time_s, leg)

    def _drawn(self, image: Image, events: Sequence[Event]) -> Image:
        state = self._test.state
        if state.stage == "finished":
            if self._card is None:
                self._card = ResultCard(state.results, self._subject, self._has_picker)
            return self._draw_end(image, self._card.draw)
        snapshot, pose = self._noticed(state.snapshot, image)
        gesture = self._gestures.progress
        return draw_test(self._overlay, image, pose, state, snapshot, events, gesture=gesture)

    @property
    def _heard(self) -> tuple[Snapshot, WorkoutState | None] | None:
        return self._test.state.snapshot, None

    @property
    def _resting(self) -> bool:
        return self._test.state.stage in ("briefing", "rest")

    def _tell_course(self, events: Sequence[Event]) -> None:
        if self._voice is None:
            return
        state = self._test.state
        self._voice.take(
            state.snapshot,
            events,
            paused=state.paused,
            course=lines_of_test(state, events, self._subject),
            beats=state.stage in ("setup", "work"),
        )


def asked_of(test: HeelRaiseTest) -> AskedExercise:
    """What a recording of landmarks keeps of what was asked for."""
    sides = test.state.sides
    return AskedExercise(
        exercise=test.definition.id,
        side=sides[0] if len(sides) == 1 else "both",
        height_cm=test.height_cm,
        beat=test.beat,
        setup=test.setup,
        rest_s=test.rest_s,
    )


def watch_clip(
    path: Path, test: HeelRaiseTest, model: str, stop: Stop, log: EventLog | None = None
) -> None:
    """Run the test over a clip, gestures included, as fast as it can be read.

    Args:
        path: The clip.
        test: Not begun; finished afterwards.
        model: See :func:`~posecoach.pose.find_model`.
        stop: Asked before each frame.
        log: Keeps what happens; None keeps nothing.

    Raises:
        PosecoachError: On a clip or model that does not serve.
    """
    with Clip(path) as clip, PoseEstimator(find_model(model)) as estimator:
        same = test.same
        seen = (estimator.estimate(without(each, same.hidden(each.time_s))) for each in clip)
        watch_poses(seen, test, stop, log)


def watch_poses(
    poses: Iterable[Pose], test: HeelRaiseTest, stop: Stop, log: EventLog | None = None
) -> None:
    """Run the test over poses, gestures included; see :func:`watch_clip`."""
    gestures = GestureWatch()
    told: list[Event] = []
    for pose in poses:
        if stop.asked or test.finished:
            break
        # As live: somebody else's arms mean nothing, and in a pause nobody is told apart.
        other = test.same.other and not test.paused
        gesture = gestures.update(Pose.nobody(pose.time_s, pose.size) if other else pose)
        events = [*told, *test.update(pose)]
        told = []
        if gesture is not None:
            events.append(GestureMade(pose.time_s, gesture=gesture))
            told = press(test, _key_of(test, gesture))
        _keep(log, events)
    _keep(log, [*told, *test.finish()])


def watch_recording(
    path: Path, test: HeelRaiseTest, stop: Stop, log: EventLog | None = None
) -> None:
    """Run the test over a recording of landmarks, with the keys that were pressed.

    See :func:`watch_clip`.

    Raises:
        LandmarksError: If it cannot be read.
    """
    with LandmarkReader(path) as recording:
        for each in recording.course():
            if stop.asked or test.finished:
                break
            _keep(log, press(test, each.name) if isinstance(each, Key) else test.update(each))
    _keep(log, test.finish())


def _key_of(test: HeelRaiseTest, gesture: Gesture) -> KeyName:
    if gesture == "next":
        return "skip"
    return "resume" if test.paused else "pause"


def _keep(log: EventLog | None, events: Sequence[Event]) -> None:
    if log is not None:
        log.write(events)
