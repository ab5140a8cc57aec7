"""The one exception that a person is meant to read.

Every room raises a subclass of :class:`PosecoachError` for anything that a user can
cause. The command line prints it as one line and exits with its status; nothing else
is caught there, so a traceback always means a defect of ours.
"""

from __future__ import annotations


class PosecoachError(Exception):
    """Something a user can cause or mend.

    The message is one line of plain words: what happened, why, and what to do.

    Attributes:
        exit_status: Status that the process ends with when nobody handles the error.
    """

    exit_status: int = 1


class UsageError(PosecoachError):
    """The call itself is off: an unknown exercise, an option that cannot be."""

    exit_status = 2
