"""The live loop: the newest frame in, the drawn picture out, keys in between.

One thread is enough: measured on 2 cores at 1280x720, a frame takes 17 ms in the full
model and 6 ms in everything else together, beside 33 ms between two frames. The camera has
a thread of its own and keeps one frame only, so a slower machine shows fewer frames, but
never old ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import cv2
import numpy as np

from posecoach.checkers import Definition
from posecoach.checkers.walk_checker import Feet
from posecoach.cli.stopping import Stop
from posecoach.feedback import Key, Overlay, Picker, PickerItem, Window
from posecoach.frames import Camera, CameraError, Frame, Image
from posecoach.pose import Pose, PoseEstimator
from posecoach.record.recording import Recording
from posecoach.session import Session
from posecoach.session.events import Event

AskedSide = Literal["left", "right", "both", "auto"]

_KEYS_S = 0.03
"""Longest wait for a frame, so that a key never waits longer."""
_FIRST_S = 1.0
"""Longest wait for the first frame before the window opens without one: most cameras have
given it by then, and a window that opens in its final size does not jump."""
_EMPTY_SIZE = (1280, 720)
_DIMMED = 0.35
_NOTICES = {
    "opening": "camera_opening",
    "stalled": "camera_stalled",
    "reconnecting": "camera_reconnecting",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody asked for, whichever exercise it is.

    Attributes:
        side: The side to count.
        height_cm: Body height; None where it was not given.
        hold_s: Seconds that a hold aims for; None takes the exercise's own.
        feet: Where the feet of a walk should point; None judges nothing.
        also: Signals to measure beside those that the exercise is counted from.
    """

    side: AskedSide = "auto"
    height_cm: float | None = None
    hold_s: float | None = None
    feet: Feet | None = None
    also: tuple[str, ...] = ()

    def session(self, definition: Definition) -> Session:
        """A new session of that exercise."""
        return Session(
            definition,
            self.side,
            self.height_cm,
            target_hold_s=self.hold_s,
            feet=self.feet,
            also=self.also,
        )


class Coach:
    """Runs one window from the first frame to the last.

    Space pauses: frames are shown but not watched, and not recorded either. R starts the
    exercise over, N goes on to the next one, S to the other side; each begins a new
    session, and those before it are kept.

    Args:
        camera: Started; where frames come from.
        estimator: For these frames alone.
        window: Open.
        exercises: All there are, in the order of the picker and of N.
        first: Id of the one to begin with; None lets the picker ask.
        wishes: What was asked for.
        mirrored: Show the picture as in a mirror.
        recording: Keeps the raw frames that were watched.

    Attributes:
        sessions: Every session so far, the one under way last.
    """

    def __init__(
        self,
        camera: Camera,
        estimator: PoseEstimator,
        window: Window,
        exercises: Sequence[Definition],
        first: str | None = None,
        wishes: Wishes | None = None,
        *,
        mirrored: bool = True,
        recording: Recording | None = None,
    ) -> None:
        self._camera = camera
        self._estimator = estimator
        self._window = window
        self._exercises = {definition.id: definition for definition in exercises}
        self._wishes = wishes or Wishes()
        self._mirrored = mirrored
        self._recording = recording
        self._paused = False
        self._stopping = False
        self._notice: str | None = None
        self._last: Frame | None = None
        self._pose = Pose.nobody(0.0, _EMPTY_SIZE)
        self._overlay = Overlay(mirrored, keys=True)
        self._picker: Picker | None = None
        self.sessions: list[Session] = []
        if first is None:
            self._picker = Picker(
                [PickerItem(each.id, each.name, each.dose.text) for each in exercises]
            )
        else:
            self._begin(first)

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
            if self.sessions:
                self.sessions[-1].finish()

    def _step(self, wait_s: float) -> None:
        frame = self._camera.read(wait_s)
        if frame is not None:
            self._last, self._notice = frame, None
            self._draw(self._watch(frame))
            if self._recording is not None and self._watching:
                self._recording.write(frame)
        else:
            self._ask_camera()
        key = self._window.poll_key()
        if key is not None:
            self._take(key)
        clicks = self._window.poll_clicks()
        for x, y in clicks:
            if self._picker is not None:
                self._choose(self._picker.click(x, y))
        if frame is None and (key is not None or clicks):
            self._draw()

    @property
    def _watching(self) -> bool:
        return self._picker is None and not self._paused

    def _watch(self, frame: Frame) -> Sequence[Event]:
        """Look for the body and count; what happened."""
        if not self._watching:
            self._pose = Pose.nobody(frame.time_s, frame.size)
            return ()
        self._pose = self._estimator.estimate(frame)
        return self.sessions[-1].update(self._pose)

    def _ask_camera(self) -> None:
        """No frame came: find out why, and show it."""
        status = self._camera.status
        if status == "failed":
            raise CameraError(self._camera.problem or "The camera gives no picture.")
        if status == "ended":
            self._stopping = True
        notice = _NOTICES.get(status)
        if notice != self._notice:
            self._notice = notice
            self._draw()

    def _draw(self, events: Sequence[Event] = ()) -> None:
        image = self._picture()
        if self._picker is not None:
            if self._mirrored:
                image = np.asarray(cv2.flip(image, 1), np.uint8)
            self._window.show(self._picker.draw(image))
            return
        snapshot = self.sessions[-1].snapshot
        pose = self._pose
        if self._notice is not None:
            snapshot = replace(snapshot, phase="nobody", cue=self._notice)
            height, width = image.shape[:2]
            pose = Pose.nobody(snapshot.time_s, (width, height))
        drawn = self._overlay.draw(image, pose, snapshot, events, paused=self._paused)
        self._window.show(drawn)

    def _picture(self) -> Image:
        """The last frame; darkened when it is no longer true, and black before the first."""
        if self._last is None:
            width, height = _EMPTY_SIZE
            return np.zeros((height, width, 3), np.uint8)
        if self._notice is None:
            return self._last.image
        return np.asarray(cv2.convertScaleAbs(self._last.image, alpha=_DIMMED), np.uint8)

    def _take(self, key: Key) -> None:
        if key is Key.QUIT:
            self._stopping = True
        elif key is Key.MIRROR:
            self._mirrored = self._overlay.mirrored = not self._mirrored
        elif key is Key.FULL_SCREEN:
            self._window.toggle_full_screen()
        elif self._picker is not None:
            self._choose(self._picker.handle(key))
        elif key is Key.PAUSE:
            self._paused = not self._paused
        elif key is Key.RESET:
            self._begin(self.sessions[-1].definition.id)
        elif key is Key.NEXT:
            ids = list(self._exercises)
            at = ids.index(self.sessions[-1].definition.id)
            self._begin(ids[(at + 1) % len(ids)])
        elif key is Key.SWITCH_SIDE:
            self._wishes = replace(self._wishes, side=self._other_side())
            self._begin(self.sessions[-1].definition.id)

    def _other_side(self) -> AskedSide:
        """From the side asked for, or else from the one seen: left, right, as seen, left."""
        if self._wishes.side == "right":
            return "auto"
        return "right" if self.sessions[-1].snapshot.side == "left" else "left"

    def _choose(self, exercise: str | None) -> None:
        if exercise is not None:
            self._picker = None
            self._begin(exercise)

    def _begin(self, exercise: str) -> None:
        if self.sessions:
            self.sessions[-1].finish()
        self.sessions.append(self._wishes.session(self._exercises[exercise]))
        self._overlay = Overlay(self._mirrored, keys=True)
        self._paused = False
