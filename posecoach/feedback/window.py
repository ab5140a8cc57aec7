"""The window: pictures out, keys and clicks in."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2

from posecoach.errors import PosecoachError
from posecoach.feedback.display import display_problem
from posecoach.feedback.keys import Key, key_of
from posecoach.frames import Image


class WindowError(PosecoachError):
    """No window can be opened here."""


class Window:
    """A resizable window that keeps the picture's aspect ratio. A context manager.

    Use it from the main thread, and poll its keys often: that is also when the desktop
    gets to draw it.

    Args:
        title: What the title bar says.

    Raises:
        WindowError: On entering, when there is no screen to open it on.
    """

    def __init__(self, title: str) -> None:
        self._title = title
        self._size = (0, 0)
        self._seen = False
        self._early: Key | None = None
        self._full_screen = False
        self._clicks: list[tuple[int, int]] = []

    def __enter__(self) -> Self:
        problem = display_problem()
        if problem:
            raise WindowError(
                f"cannot open a window: {problem}; run it on a desktop, or use `posecoach replay`"
            )
        if sys.platform.startswith("linux"):
            # OpenCV's wheel brings Qt with its X11 plugin only. A desktop that asks all
            # Qt programs for Wayland would make it abort.
            os.environ["QT_QPA_PLATFORM"] = "xcb"
            if _pyav_came_first():
                raise WindowError(
                    "cannot open a window: PyAV was loaded before OpenCV, and they share a "
                    "library; import posecoach, or cv2, before av"
                )
        try:
            cv2.namedWindow(
                self._title, cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL
            )
            cv2.setMouseCallback(self._title, self._on_mouse)
        except cv2.error as error:
            raise WindowError(
                "cannot open a window: this OpenCV was built without one; "
                "reinstall opencv-contrib-python and remove opencv-python-headless"
            ) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_open():
            cv2.destroyWindow(self._title)
            cv2.waitKeyEx(1)

    def show(self, image: Image) -> None:
        """Show a picture, (height, width, 3) RGB. After the window was closed: nothing."""
        if self._seen and not self._is_open():
            return
        height, width = image.shape[:2]
        cv2.imshow(self._title, cv2.cvtColor(image, cv2.COLOR_RGB2BGR))
        if self._size != (width, height):
            # Qt works out the aspect ratio when the window is resized, and only then.
            cv2.resizeWindow(self._title, width, height)
            self._size = (width, height)
        if not self._seen:
            self._early = key_of(cv2.waitKeyEx(1))
            self._seen = True

    def poll_key(self) -> Key | None:
        """The key that was pressed since the last call; QUIT when the window was closed."""
        key = key_of(cv2.waitKeyEx(1))
        if self._seen and not self._is_open():
            return Key.QUIT
        # Somebody may be quicker than the first picture.
        early, self._early = self._early, None
        return early or key

    def poll_clicks(self) -> list[tuple[int, int]]:
        """Where the left button was pressed since the last call, in the picture's pixels."""
        clicks, self._clicks = self._clicks, []
        return clicks

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back to a window."""
        self._full_screen = not self._full_screen
        mode = cv2.WINDOW_FULLSCREEN if self._full_screen else cv2.WINDOW_NORMAL
        cv2.setWindowProperty(self._title, cv2.WND_PROP_FULLSCREEN, mode)

    def _is_open(self) -> bool:
        try:
            return cv2.getWindowProperty(self._title, cv2.WND_PROP_VISIBLE) >= 1
        except cv2.error:
            return False

    def _on_mouse(self, event: int, x: int, y: int, flags: int, data: object) -> None:
        width, height = self._size
        if event == cv2.EVENT_LBUTTONDOWN and 0 <= x < width and 0 <= y < height:
            self._clicks.append((x, y))


def _pyav_came_first() -> bool:
    """Whether OpenCV's window would hang for good: see :mod:`posecoach.frames`."""
    try:
        return "/av.libs/libxcb-shm" in Path("/proc/self/maps").read_text("utf-8", "replace")
    except OSError:
        return False
