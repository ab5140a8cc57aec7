"""The live loop: the newest frame in, the drawn picture out, keys in between.

One thread is enough: measured on 2 cores at 1280x720, a frame takes 17 ms in the full
model and 6 ms in everything else together, beside 33 ms between two frames. The camera has
a thread of its own and keeps one frame only, so a slower machine shows fewer frames, but
never old ones.
"""

from __future__ import annotations

import math
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from posecoach.cli.stopping import Stop
from posecoach.feedback import Key, Overlay, Window
from posecoach.feedback.camera_notes import PATIENT, CameraNotes
from posecoach.feedback.voice import Voice
from posecoach.frames import CameraError, Cameras, Frame, Image
from posecoach.pose import Pose, without
from posecoach.pose.closeup import CloseUp
from posecoach.record.event_log import EventLog
from posecoach.record.history.recorder import Recorder
from posecoach.record.landmarks import LandmarkWriter
from posecoach.record.recording import Recording
from posecoach.session import WorkoutState
from posecoach.session.events import Event
from posecoach.session.gestures import Gesture, GestureWatch
from posecoach.session.same_person import SamePerson
from posecoach.session.setup_events import GestureMade
from posecoach.session.snapshot import Snapshot

_KEYS_S = 0.03
"""Longest wait for a frame, so that a key never waits longer."""
_FIRST_S = 1.0
"""Longest wait for the first frame before the window opens without one: most cameras have
given it by then, and a window that opens in its final size does not jump."""
_EMPTY_SIZE = (1280, 720)
_DIMMED = 0.35
_KEY_OF: dict[Gesture, Key] = {"pause": Key.PAUSE, "next": Key.NEXT}


@dataclass(frozen=True, slots=True)
class Stage:
    """What a live loop needs.

    Attributes:
        camera: Started; where frames come from.
        estimate: Finds the body in a frame; for these frames alone.
        window: Open.
        mirrored: Show the picture as in a mirror.
        recording: Keeps the raw frames that were watched; None keeps none.
        landmarks: Keeps the poses that were counted from; None keeps none.
        voice: Says what happens; None says nothing.
        log: Keeps what happens; None keeps nothing.
        history: Keeps what is done; None keeps nothing.
        picker: Whether there is a choice to go back to.
    """

    camera: Cameras
    estimate: Callable[[Frame], Pose]
    window: Window
    mirrored: bool = True
    recording: Recording | None = None
    landmarks: LandmarkWriter | None = None
    voice: Voice | None = None
    log: EventLog | None = None
    history: Recorder | None = None
    picker: bool = False


class Loop(ABC):
    """Runs one window from the first frame to the last; what it coaches is a subclass's.

    Args:
        stage: Camera, estimator, window.

    Attributes:
        back: It has ended because somebody wants to choose again.
    """

    def __init__(self, stage: Stage) -> None:
        self._has_picker = stage.picker
        self.back = False
        self._camera = stage.camera
        self._estimate = stage.estimate
        self._close_up = CloseUp(stage.estimate)
        self._window = stage.window
        self._mirrored = stage.mirrored
        self._recording = stage.recording
        self._landmarks = stage.landmarks
        self._voice = stage.voice
        self._log = stage.log
        # Arms that have just chosen this mean nothing here.
        self._gestures = GestureWatch(lowered=not stage.picker)
        self._same = SamePerson()
        self._history = stage.history
        self._paused = False
        self._stopping = False
        self._notes = CameraNotes()
        self._told_s = time.perf_counter()
        self._last: Frame | None = None
        self._pose = Pose.nobody(0.0, _EMPTY_SIZE)
        self._overlay = self._new_overlay()

    def run(self) -> None:
        """Coach until the window is closed, the clip is over, or a signal asks to end.

        Raises:
            CameraError: The camera never gave a picture, or the clip cannot be read.
            OutputError: The recording cannot go on.
        """
        try:
            with Stop() as stop:
                self._step(_FIRST_S)
                while not (self._stopping or stop.asked):
                    self._step(_KEYS_S)
        finally:
            self._finish()
            self._remember(())

    @property
    @abstractmethod
    def _watching(self) -> bool:
        """Whether frames are looked at, and recorded."""

    @property
    @abstractmethod
    def _needs_close_up(self) -> bool:
        """Whether poses should carry close-ups of the feet."""

    @abstractmethod
    def _count(self, pose: Pose) -> Sequence[Event]:
        """Take the body in the newest frame; what happened."""

    @abstractmethod
    def _remember(self, events: Sequence[Event]) -> None:
        """Tell the history what happened, and how things stand."""

    @abstractmethod
    def _drawn(self, image: Image, events: Sequence[Event]) -> Image:
        """What to show for a picture."""

    @property
    @abstractmethod
    def _heard(self) -> tuple[Snapshot, WorkoutState | None] | None:
        """What is spoken of: how things stand, and in which workout; None for nothing."""

    @abstractmethod
    def _handle(self, key: Key) -> None:
        """Take a key that is not the window's own."""

    @abstractmethod
    def _finish(self) -> None:
        """It is over, for whatever reason; keep what there is."""

    def _keep_pose(self, pose: Pose) -> None:
        """Record what is counted from, whether in a pause or not."""
        if self._landmarks is not None:
            self._landmarks.write(pose)

    def _click(self, x: int, y: int) -> None:
        """Take a click, in the picture's pixels."""
        return

    def _step(self, wait_s: float) -> None:
        frame = self._camera.read(wait_s)
        if frame is not None:
            self._last, self._told_s = frame, time.perf_counter()
            watching = self._watching
            events = self._watch(frame)
            self._remember(events)
            self._speak(events)
            self._keep(events)
            news = self._camera.take_news()
            self._tell(self._notes.frame(frame.time_s, *self._looks(), news))
            self._draw(events)
            if self._recording is not None and watching:
                self._recording.write(frame)
        else:
            self._ask_camera()
        key = self._window.poll_key()
        if key is not None:
            self._take(key)
        clicks = self._window.poll_clicks()
        for x, y in clicks:
            self._click(x, y)
        if frame is None and (key is not None or clicks):
            self._draw()

    def _watch(self, frame: Frame) -> Sequence[Event]:
        """Look for the body, its gestures, and count; what happened."""
        nobody = Pose.nobody(frame.time_s, frame.size)
        if not self._watching and not self._paused:
            self._pose = nobody
            return ()
        # Somebody else whom the model went over to is hidden, or it would stay with them.
        estimate = self._estimate
        if self._watching and self._needs_close_up:
            estimate = self._close_up.estimate
        self._pose = estimate(without(frame, self._same.hidden(frame.time_s)))
        # Somebody else's arms mean nothing either. In a pause nobody is told apart.
        other = self._watching and not self._paused and self._same.other
        gesture = self._gestures.update(nobody if other else self._pose)
        events: list[Event] = []
        if self._watching:
            events += self._count(self._pose)
        else:
            self._pose = nobody
        if gesture is not None:
            events.append(GestureMade(frame.time_s, gesture=gesture))
            self._handle(_KEY_OF[gesture])
        return events

    def _keep(self, events: Sequence[Event]) -> None:
        if self._log is not None:
            self._log.write(events)

    def _looks(self) -> tuple[int, float, bool]:
        """Pictures so far, how bright the person is, whether one is in a set; for the notes."""
        heard, light = self._heard, self._pose.light
        # The setup check asks for light by itself.
        setup = heard is None or heard[0].phase == "setup"
        bright = math.inf if light is None or setup else light.mean
        return self._camera.pictures, bright, self._pose.found and not (setup or self._resting)

    @property
    def _resting(self) -> bool:
        """Whether nobody need be seen well just now."""
        heard = self._heard
        return heard is not None and heard[1] is not None and heard[1].stage == "rest"

    def _ask_camera(self) -> None:
        """No frame came: find out why, and show it."""
        status = self._camera.status
        if status == "failed":
            raise CameraError(self._camera.problem or "The camera gives no picture.")
        if status == "ended":
            self._stopping = True
        if status == "changed":
            # Elsewhere in the picture, and of another size, without having moved.
            self._same.forget()
            if self._landmarks is not None:
                self._landmarks.press("camera")
        before = self._notes.notice
        waited_s = time.perf_counter() - self._told_s
        self._tell(self._notes.silence(status, waited_s, self._camera.take_news()))
        if self._notes.notice != before:
            self._draw()

    def _tell(self, cues: Sequence[str]) -> None:
        """Say what there is to say of the camera; it is shown with the next picture."""
        for cue in cues:
            if self._voice is not None:
                self._voice.notice(cue, urgent=cue not in PATIENT)

    def _speak(self, events: Sequence[Event]) -> None:
        heard = self._heard
        if self._voice is not None and heard is not None:
            snapshot, state = heard
            self._voice.take(snapshot, events, paused=self._paused, state=state)

    def _draw(self, events: Sequence[Event] = ()) -> None:
        self._window.show(self._drawn(self._picture(), events))

    def _noticed(self, snapshot: Snapshot, image: Image) -> tuple[Snapshot, Pose]:
        """Snapshot and pose to draw: the last ones, or a camera's trouble instead."""
        notice = self._notes.notice
        if notice is None:
            remark = self._notes.remark
            return (replace(snapshot, cue=remark) if remark else snapshot), self._pose
        height, width = image.shape[:2]
        nobody = Pose.nobody(snapshot.time_s, (width, height))
        return replace(snapshot, phase="nobody", cue=notice), nobody

    def _picture(self) -> Image:
        """The last frame; darkened when it is no longer true, and black before the first."""
        if self._last is None:
            width, height = _EMPTY_SIZE
            return np.zeros((height, width, 3), np.uint8)
        if self._notes.notice is None:
            return self._last.image
        return np.asarray(cv2.convertScaleAbs(self._last.image, alpha=_DIMMED), np.uint8)

    def _take(self, key: Key) -> None:
        if key is Key.QUIT:
            self._stopping = True
        elif key is Key.PICKER:
            self._go_back()
        elif key is Key.MIRROR:
            self._mirrored = self._overlay.mirrored = not self._mirrored
        elif key is Key.FULL_SCREEN:
            self._window.toggle_full_screen()
        elif key is Key.CAMERA:
            self._camera.switch()
        else:
            self._handle(key)

    def _go_back(self) -> None:
        """End it for another choice, where there is one."""
        if self._has_picker:
            self.back = self._stopping = True

    def _new_overlay(self) -> Overlay:
        return Overlay(
            self._mirrored, keys=True, cameras=self._camera.several, picker=self._has_picker
        )
