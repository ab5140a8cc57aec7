"""A live source: the newest picture at any moment, and a plain word on how it is doing."""

from __future__ import annotations

import sys
import threading
import time
import zlib
from pathlib import Path

from posecoach.frames.choosing import live_source
from posecoach.frames.clip import Clip, ClipError
from posecoach.frames.device import DeviceSource
from posecoach.frames.frame import Frame, Image
from posecoach.frames.newest import NewestFrames, Status
from posecoach.frames.sources import LiveSource, SourceError
from posecoach.frames.timeline import SMALLEST_STEP_S

STALL_S = 1.5
"""Without a new picture for this long, what is on the screen is no longer true. Told within
two seconds, with half a second for the thread, the window and the voice."""

FROZEN_S = (5.0, 60.0)
"""A picture that stands still for so long is opened anew, for a camera that hangs; each time
it did not help, after twice as long, up to the second number."""

BACKOFF_S = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Waits between attempts to open again; the last one repeats."""

CLOSE_WAIT_S = 1.0


class Camera(NewestFrames):
    """The newest frame of a camera, a stream, or a clip played at real speed.

    A thread reads the source and keeps one picture only, so a slow reader skips frames and
    never falls behind. A picture that is the same, byte for byte, as the one before tells
    nothing new and is not handed out: a frozen camera looks like a silent one.

    Time is when a picture was taken off the source, from the first one handed out; for a
    clip it is the clip's own, and its clock starts when the first frame is taken.

    Args:
        source: Number of a camera, its device path, an ``http``, ``https`` or ``rtsp``
            address, or the path of a clip.
        size: (width, height) to ask of a device.
        fps: Rate to ask of a device.
        open_timeout_s: A source without a first picture by then has failed.

    Raises:
        CameraError: The source is none of these.

    Example:
        >>> with Camera(0) as camera:  # doctest: +SKIP
        ...     while camera.status not in ("ended", "failed"):
        ...         frame = camera.read(timeout_s=0.1)
    """

    def __init__(
        self,
        source: int | str,
        size: tuple[int, int] = (1280, 720),
        fps: float = 30,
        *,
        open_timeout_s: float = 15.0,
    ) -> None:
        self._live: LiveSource | None = live_source(source, size, fps)
        self._path = Path(str(source))
        self._open_timeout_s = open_timeout_s
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        # All that follows is shared with the thread and guarded by this.
        self._changed = threading.Condition()
        self._state: Status = "opening"
        self._problem: str | None = None
        self._slot: tuple[float, Image] | None = None
        self._started_s = 0.0
        self._picture_s = 0.0
        self._sign_of_life_s = 0.0
        self._fingerprint: int | None = None
        self._frozen_s = FROZEN_S[0]
        self._pictures = 0
        self._origin_s: float | None = None
        self._last_time_s = 0.0
        self._handed_out = 0

    def start(self) -> None:
        """Begin to open the source; returns at once, except on macOS.

        macOS asks for permission to use a camera on the main thread only, so there a
        device is opened here.
        """
        if self._thread is not None:
            return
        self._started_s = time.perf_counter()
        if sys.platform == "darwin" and isinstance(self._live, DeviceSource):
            error = _try_to_open(self._live)
            if error is not None:
                self._set("failed", error.problem)
                return
        work = self._play_clip if self._live is None else self._follow_live
        self._thread = threading.Thread(target=work, name="camera", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop. Returns within about a second, even while the system hangs in opening."""
        self._stop.set()
        with self._changed:
            self._closed = True
            self._slot = None
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(CLOSE_WAIT_S)

    def read(self, timeout_s: float) -> Frame | None:
        """Take the newest frame; see :meth:`NewestFrames.read`."""
        with self._changed:
            self._changed.wait_for(lambda: self._slot or self._closed, timeout_s)
            if self._slot is None:
                return None
            taken_s, image = self._slot
            self._slot = None
            self._changed.notify_all()
            if self._origin_s is None:
                self._origin_s = taken_s
                time_s = 0.0
            else:
                time_s = max(taken_s - self._origin_s, self._last_time_s + SMALLEST_STEP_S)
            self._last_time_s = time_s
            frame = Frame(time_s=time_s, image=image, index=self._handed_out)
            self._handed_out += 1
            return frame

    @property
    def is_clip(self) -> bool:
        """Whether it plays a recorded clip."""
        return self._live is None

    @property
    def device(self) -> int | str | None:
        """Number or path of this machine's camera, which may change on replugging; or None."""
        return self._live.device if isinstance(self._live, DeviceSource) else None

    @property
    def pictures(self) -> int:
        """How many pictures it has given, those that nobody took among them."""
        with self._changed:
            return self._pictures

    @property
    def status(self) -> Status:
        """How the source is doing now.

        ``opening`` until the first picture; ``running``; ``stalled`` without a new picture
        for 1.5 s; ``reconnecting`` after the connection broke; ``ended`` when a clip was
        played out and its last frame taken; ``failed`` when it never gave a picture.
        """
        with self._changed:
            return self._status()

    @property
    def problem(self) -> str | None:
        """One plain line on what is wrong and what to do; None if nothing is."""
        with self._changed:
            if self._status() != "stalled" or self._live is None:
                return self._problem
            if time.perf_counter() - self._sign_of_life_s < STALL_S:
                return (
                    f"The picture of {self._live.name} is frozen: uncover the lens, or restart "
                    "the camera."
                )
            return f"{self._live.name} is silent: check its cable or network."

    def _status(self) -> Status:
        now = time.perf_counter()
        if self._state == "opening" and self._thread is not None:
            if now - self._started_s > self._open_timeout_s:
                self._state = "failed"
                self._stop.set()
                name = self._live.name if self._live else self._path.name
                self._problem = self._problem or (
                    f"No picture came from {name} in {self._open_timeout_s:.0f} seconds: see that "
                    "it is on and that nothing else uses it, and try again."
                )
        elif self._state == "running" and self._live is not None:
            if now - self._picture_s > STALL_S:
                return "stalled"
        elif self._state == "ended" and self._slot is not None:
            return "running"
        return self._state

    def _set(self, state: Status, problem: str | None) -> None:
        with self._changed:
            if self._state != "failed":
                self._state, self._problem = state, problem

    def _publish(self, taken_s: float, image: Image) -> None:
        with self._changed:
            if not self._stop.is_set() and self._state != "failed":
                self._state, self._problem = "running", None
                self._picture_s = taken_s
                self._pictures += 1
                self._slot = (taken_s, image)
                self._changed.notify_all()

    def _follow_live(self) -> None:
        live = self._live
        assert live is not None
        attempt = 0
        ever = False
        while not self._stop.is_set():
            error = _try_to_open(live)
            if error is None:
                seen, error = self._read_on(live)
                live.close()
                if seen:
                    ever, attempt = True, 0
                if error is None:
                    # Told to stop, or frozen: then it is opened anew at once.
                    continue
            if error.final and not ever:
                self._set("failed", error.problem)
                return
            self._set("reconnecting" if ever else "opening", error.problem)
            self._stop.wait(BACKOFF_S[min(attempt, len(BACKOFF_S) - 1)])
            attempt += 1

    def _read_on(self, live: LiveSource) -> tuple[bool, SourceError | None]:
        """Hand on pictures until told to stop, or frozen; whether one came, and why it broke off.

        What the last picture was like is kept over a new opening: one that shows the same
        again is frozen still.
        """
        seen = False
        opened_s = time.perf_counter()
        while not self._stop.is_set():
            try:
                image = live.read()
            except SourceError as error:
                return seen, error
            taken_s = time.perf_counter()
            with self._changed:
                self._sign_of_life_s = taken_s
                if self._state == "reconnecting":
                    self._state, self._problem = "running", None
            before, self._fingerprint = self._fingerprint, zlib.crc32(image.data)
            if self._fingerprint != before:
                seen, self._frozen_s = True, FROZEN_S[0]
                self._publish(taken_s, image)
            elif taken_s - max(self._picture_s, opened_s) > self._frozen_s:
                self._frozen_s = min(2 * self._frozen_s, FROZEN_S[1])
                return seen, None
        return seen, None

    def _play_clip(self) -> None:
        try:
            with Clip(self._path) as clip:
                start_s: float | None = None
                for frame in clip:
                    if start_s is not None:
                        self._stop.wait(max(0.0, start_s + frame.time_s - time.perf_counter()))
                    if self._stop.is_set():
                        return
                    self._publish(frame.time_s, frame.image)
                    if start_s is None:
                        with self._changed:
                            self._changed.wait_for(lambda: not self._slot or self._stop.is_set())
                        start_s = time.perf_counter()
                self._set("ended", clip.warning)
        except ClipError as error:
            self._set("failed", str(error))


def _try_to_open(live: LiveSource) -> SourceError | None:
    try:
        live.open()
    except SourceError as error:
        return error
    return None
