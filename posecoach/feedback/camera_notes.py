"""What is shown and said of the camera: its trouble, a switch, too few pictures, the dark."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from posecoach.frames import Status

FEW_FPS = 12.0
"""Below so many pictures a second counts cannot be relied on. Labelled clips that are counted
right at their own 24 to 30, thinned out: 98 % right at 12, 95 % at 10, 78 % at 7
(docs/decisions.md)."""
_TOLD_FPS = 0.92 * FEW_FPS
"""A camera that just keeps :data:`FEW_FPS` is not told of for a late picture."""
_RATE_S = 4.0
"""Rates are taken over so long: a pause of a second while a window is moved tells nothing."""

DARK = 22.0
"""Mean brightness, 0 to 255, below which more light is asked for: two clips darkened were
counted in full at 15 and more, nobody was found at 11 (docs/decisions.md)."""
_DARK_S = 2.0

_LATE_S = 5.0
"""Webcams take up to 5 s to their first picture; after that, a question of permission may be
open, or a plug not in."""
_REMARK_S = 4.0

_TROUBLE = {
    "opening": "camera_opening",
    "changed": "camera_changed",
    "stalled": "camera_stalled",
    "reconnecting": "camera_reconnecting",
}


PATIENT = ("camera_slow", "machine_slow", "too_dark")
"""Cues that are as true a moment later: they break off nothing that is being said."""


class CameraNotes:
    """Follows a camera, frame by frame.

    Attributes:
        notice: Cue id of why the picture on the screen is not the present; None while it is.
    """

    def __init__(self) -> None:
        self.notice: str | None = None
        self._remark: tuple[str, float] | None = None
        self._now = 0.0
        self._rates: deque[tuple[float, int]] = deque()
        self._slow = False
        self._dark_since: float | None = None
        self._dark = False

    @property
    def remark(self) -> str | None:
        """Cue id of what is to be said beside a picture that is right."""
        return None if self._remark is None else self._remark[0]

    def frame(
        self,
        time_s: float,
        pictures: int,
        brightness: float,
        here: bool,
        news: Iterable[str] = (),
    ) -> list[str]:
        """Take a frame; cue ids of what to say now.

        Args:
            time_s: Its time.
            pictures: How many the camera has given by now, those not taken among them.
            brightness: Mean of the picture, or of the person in it, 0 to 255.
            here: Whether a set goes on and somebody is in view: else too few pictures harm
                nobody.
            news: Cue ids of what came of switching until this frame.
        """
        self._now = time_s
        if self._remark is not None and time_s >= self._remark[1]:
            self._remark = None
        back = self.notice in ("camera_stalled", "camera_reconnecting")
        if self.notice is not None or not here:
            self._rates.clear()
        self.notice = None
        return self._beside(
            [
                *news,
                *(["camera_back"] if back else []),
                *self._slowness(time_s, pictures),
                *self._darkness(time_s, brightness),
            ]
        )

    def silence(self, status: Status, waited_s: float, news: Iterable[str] = ()) -> list[str]:
        """No frame came; cue ids of what to say now.

        Args:
            status: Why.
            waited_s: Seconds since anything was expected.
            news: Cue ids of what came of switching until then. It came before the status: the
                next camera may give its first picture as soon as it is asked for.
        """
        told = self._beside(news)
        before = self.notice
        self.notice = _TROUBLE.get(status)
        if status == "changed":
            # What was told of the switch is over with it.
            self._remark = None
        if self.notice == "camera_opening" and waited_s >= _LATE_S:
            self.notice = "camera_late"
        if self.notice not in (before, None):
            told.append(self.notice)
        return told

    def _beside(self, cues: Iterable[str]) -> list[str]:
        """Show these beside the picture, the last one longest; what to say, which is these."""
        told = list(cues)
        for cue in told:
            self._remark = cue, self._now + _REMARK_S
        return told

    def _slowness(self, time_s: float, pictures: int) -> list[str]:
        rates = self._rates
        rates.append((time_s, pictures))
        while time_s - rates[0][0] > _RATE_S:
            rates.popleft()
        passed_s = time_s - rates[0][0]
        if passed_s < 0.75 * _RATE_S:
            return []
        watched = (len(rates) - 1) / passed_s
        was, self._slow = self._slow, watched < (FEW_FPS if self._slow else _TOLD_FPS)
        if not self._slow or was:
            return []
        given = (pictures - rates[0][1]) / passed_s
        return ["camera_slow" if given < FEW_FPS else "machine_slow"]

    def _darkness(self, time_s: float, brightness: float) -> list[str]:
        if brightness >= DARK:
            self._dark_since, self._dark = None, False
            return []
        if self._dark_since is None:
            self._dark_since = time_s
        if self._dark or time_s - self._dark_since < _DARK_S:
            return []
        self._dark = True
        return ["too_dark"]
