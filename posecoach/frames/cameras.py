"""Several cameras, one in use: switching from one to the next while everything goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal

from posecoach.frames.camera import Camera
from posecoach.frames.choosing import CameraError, chosen
from posecoach.frames.frame import Frame
from posecoach.frames.names import Names, named_cameras
from posecoach.frames.newest import NewestFrames, Status
from posecoach.frames.timeline import SMALLEST_STEP_S

SETTLE_S = 2.0
"""Frame time between the last picture of one camera and the first of the next. Whatever
looks at times takes a gap of more than 1.6 s for an absence (``GAP_S`` of the checkers), so
another point of view is never taken for a movement, live or in a replay of the recording."""

SWITCH_S = 10.0
"""A camera without a picture by then is not switched to. Webcams take up to 5 s."""

News = Literal["camera_switching", "camera_alone", "camera_refused"]


class Cameras(NewestFrames):
    """One of several cameras at a time; used as a :class:`~posecoach.frames.Camera` is.

    :meth:`switch` opens the next one while the one in use goes on. Once it has given a
    picture, it takes over; if it gives none, nothing has changed but :attr:`news`. Frames'
    times and numbers go on over a switch.

    Args:
        sources: See :func:`~posecoach.frames.choosing.chosen`; the first one is begun with.
        names: Lists the cameras of this machine, which are switched to after ``sources``.

    Raises:
        CameraError: One of the sources cannot be a camera.
    """

    def __init__(self, sources: Sequence[int | str], *, names: Names = named_cameras) -> None:
        self._names = names
        self._sources = list(dict.fromkeys(chosen(source, names) for source in sources))
        # All of them, so that a mistake in the second is told now.
        cameras = [Camera(source) for source in self._sources]
        self._now = cameras[0]
        self._at = self._tried = self._sources[0]
        self._next: Camera | None = None
        self._asked_s = 0.0
        self._shift_s = 0.0
        self._taken_s: float | None = None
        self._last_s = 0.0
        self._handed_out = 0
        self._settled_s: float | None = None
        self._news: list[News] = []
        self.refused: str | None = None
        """Why the last switch failed, in one plain line; None if it did not."""

    def start(self) -> None:
        """Begin to open the first source; see :meth:`Camera.start`."""
        self._now.start()

    def close(self) -> None:
        """Stop all of them."""
        self._closed = True
        self._drop_next()
        self._now.close()

    def switch(self) -> None:
        """Begin to change to the next camera; nothing while another one is being opened."""
        if self._next is not None:
            return
        following = self._following()
        if following is None:
            self._news.append("camera_alone")
            return
        self._tried = following
        try:
            self._next = Camera(following)
            self._next.start()
        except CameraError as error:
            self._refuse(str(error))
            return
        self._asked_s = time.perf_counter()
        self._news.append("camera_switching")

    def read(self, timeout_s: float) -> Frame | None:
        """Take the newest frame of the camera in use; see :meth:`Camera.read`."""
        first = self._of_next()
        frame = first or self._now.read(timeout_s)
        if frame is None:
            return None
        time_s = max(frame.time_s + self._shift_s, self._last_s)
        if self._settled_s is not None:
            if time_s < self._settled_s:
                return None
            self._settled_s = None
        if self._handed_out:
            time_s = max(time_s, self._last_s + SMALLEST_STEP_S)
        self._taken_s, self._last_s = time.perf_counter(), time_s
        self._handed_out += 1
        return replace(frame, time_s=time_s, index=self._handed_out - 1)

    def take_news(self) -> list[News]:
        """What came of switching since the last call, as ids of wording."""
        news, self._news = self._news, []
        return news

    @property
    def is_clip(self) -> bool:
        """Whether it plays a recorded clip now."""
        return self._now.is_clip

    @property
    def pictures(self) -> int:
        """How many pictures the one in use has given; see :attr:`Camera.pictures`."""
        return self._now.pictures

    @property
    def status(self) -> Status:
        """How the one in use is doing: as a camera's, and ``changed`` just after a switch."""
        status = self._now.status
        if status == "running" and self._settled_s is not None:
            return "changed"
        # Another one is on its way, and may serve.
        return "opening" if status == "failed" and self._next is not None else status

    @property
    def problem(self) -> str | None:
        """What is wrong with the one in use; see :attr:`Camera.problem`."""
        return self._now.problem

    @cached_property
    def several(self) -> bool:
        """Whether there was another one to switch to at first."""
        return len(self._all()) > 1

    def _all(self) -> list[int | str]:
        listed = (each.index for each in self._names() or ())
        return list(dict.fromkeys([*self._sources, *listed]))

    def _following(self) -> int | str | None:
        """The one to try: after the last one tried, never the one in use."""
        all_of_them = self._all()
        at = all_of_them.index(self._tried) + 1 if self._tried in all_of_them else 0
        round_about = [*all_of_them[at:], *all_of_them[:at]]
        used = (self._at, self._now.device)
        return next((each for each in round_about if each not in used), None)

    def _of_next(self) -> Frame | None:
        """The first frame of the next camera, which takes over with it."""
        camera = self._next
        if camera is None:
            return None
        frame = camera.read(0)
        if frame is None:
            late = time.perf_counter() - self._asked_s > SWITCH_S
            if late or camera.status in ("failed", "ended"):
                self._drop_next()
                self._refuse(camera.problem or "The other camera gave no picture in time.")
            return None
        before, self._now, self._next = self._now, camera, None
        self._at, self.refused = self._tried, None
        # Closing waits for a camera that hangs.
        threading.Thread(target=before.close, daemon=True).start()
        if self._taken_s is not None:
            passed_s = time.perf_counter() - self._taken_s
            self._shift_s = self._last_s + passed_s - frame.time_s
            # Not with this frame, however late: that it has changed is to be seen first.
            self._settled_s = self._last_s + max(SETTLE_S, passed_s + SMALLEST_STEP_S)
        return frame

    def _drop_next(self) -> None:
        camera, self._next = self._next, None
        if camera is not None:
            threading.Thread(target=camera.close, daemon=True).start()

    def _refuse(self, why: str) -> None:
        self.refused = why
        self._news.append("camera_refused")
