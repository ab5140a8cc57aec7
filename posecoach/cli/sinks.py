"""What takes the frames of a clip while it is watched: a video, a table, a window, a bar."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import cv2
import numpy as np

from posecoach.cli.stopping import Stop
from posecoach.feedback import Key, Overlay, Window
from posecoach.feedback.course import titled
from posecoach.frames import Image
from posecoach.record.landmarks import LandmarkWriter
from posecoach.record.table import FrameTable
from posecoach.record.traces import Traces
from posecoach.record.video import VideoWriter
from posecoach.session import Session
from posecoach.session.replay import Step

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar  # public by click.progressbar alone

_KEYS_S = 0.01


class Screen(Protocol):
    """Takes drawn pictures."""

    def show(self, image: Image, time_s: float) -> None:
        """Take the picture of a frame."""
        ...


class VideoScreen:
    """Keeps the pictures in a file.

    Args:
        writer: Open.
        size: (width, height) of its pictures.
    """

    def __init__(self, writer: VideoWriter, size: tuple[int, int]) -> None:
        self._writer = writer
        self._size = size

    def show(self, image: Image, time_s: float) -> None:
        """Write the picture; one of another size, as after a change of cameras, is scaled."""
        if (image.shape[1], image.shape[0]) != self._size:
            image = np.asarray(cv2.resize(image, self._size), np.uint8)
        self._writer.write(image, time_s)


class WindowScreen:
    """Shows the pictures at the clip's own speed, or as fast as they come if that is slower.

    Space pauses, F fills the screen, Q or closing the window ends the replay.

    Args:
        window: Open.
        stop: Told when somebody ends it.
    """

    def __init__(self, window: Window, stop: Stop) -> None:
        self._window = window
        self._stop = stop
        self._paused = False
        self._began: float | None = None

    def show(self, image: Image, time_s: float) -> None:
        """Show the picture, and wait until its time is over."""
        self._window.show(image)
        now = time.monotonic()
        if self._began is None:
            self._began = now - time_s
        # Late frames are not made up for in a rush: the clip goes on from where it is.
        self._began = max(self._began, now - time_s - 1.0)
        while not self._stop.asked:
            self._take(self._window.poll_key())
            if self._paused:
                time.sleep(_KEYS_S)
                self._began = time.monotonic() - time_s
                continue
            left = self._began + time_s - time.monotonic()
            if left <= 0:
                break
            time.sleep(min(left, _KEYS_S))

    def _take(self, key: Key | None) -> None:
        if key is Key.QUIT:
            self._stop.asked = True
        elif key is Key.PAUSE:
            self._paused = not self._paused
        elif key is Key.FULL_SCREEN:
            self._window.toggle_full_screen()


class Drawn:
    """Draws each frame once, for every screen there is."""

    def __init__(self, screens: Sequence[Screen]) -> None:
        self._overlay = Overlay()
        self._screens = screens

    def take(self, step: Step, session: Session) -> None:
        """Draw a frame and show it."""
        snapshot = titled((step.guided or session).snapshot)
        image = self._overlay.draw(step.frame.image, step.pose, snapshot, step.events)
        for screen in self._screens:
            screen.show(image, step.frame.time_s)


class Rows:
    """Writes each frame's numbers to a table."""

    def __init__(self, table: FrameTable) -> None:
        self._table = table

    def take(self, step: Step, session: Session) -> None:
        """Write a row."""
        self._table.write(session)


class Poses:
    """Keeps the landmarks of each frame.

    Args:
        writer: Open.
    """

    def __init__(self, writer: LandmarkWriter) -> None:
        self._writer = writer

    def take(self, step: Step, session: Session) -> None:
        """Write the pose."""
        self._writer.write(step.pose)


class Log:
    """Keeps what each frame measured.

    Args:
        traces: Empty; filled as frames come.
    """

    def __init__(self, traces: Traces) -> None:
        self._traces = traces

    def take(self, step: Step, session: Session) -> None:
        """Keep a frame's values, whether the exercise could be counted from it or not."""
        self._traces.add(step.frame.time_s, session.measured)


class Progress:
    """Moves a progress bar along with the clip's time.

    Args:
        bar: Counts milliseconds.
    """

    def __init__(self, bar: ProgressBar[int]) -> None:
        self._bar = bar
        self._last_ms = 0

    def take(self, step: Step, session: Session) -> None:
        """Move on by as much as the clip did."""
        now_ms = round(step.frame.time_s * 1000)
        self._bar.update(now_ms - self._last_ms)
        self._last_ms = now_ms

    def finish(self) -> None:
        """Fill it: a clip may be a little shorter than it says."""
        self._bar.finish()
        self._bar.render_progress()
