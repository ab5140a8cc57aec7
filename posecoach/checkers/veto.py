"""Something that shows that a movement is some other one."""

from __future__ import annotations

# Knees bent or feet moved for a shorter time are a flicker of the landmarks.
VETO_S = 0.1


class Veto:
    """Believes an objection once it lasts.

    Attributes:
        stands: Whether something shows, and not for a flicker only, that this is some other
            movement.
    """

    def __init__(self) -> None:
        self.stands = False
        self._since: float | None = None

    def update(self, shown: bool, time_s: float) -> bool:
        """Take a frame.

        Args:
            shown: Whether it shows in this frame.
            time_s: The frame's time.

        Returns:
            :attr:`stands`.
        """
        if not shown:
            self._since = None
        elif self._since is None:
            self._since = time_s
        self.stands = self._since is not None and time_s - self._since >= VETO_S
        return self.stands
