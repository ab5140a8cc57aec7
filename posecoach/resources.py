"""Where the files are that come with posecoach: exercises, models, the demo clip.

An installed wheel carries them inside the package; in a checkout they lie at the top of
the repository, where people edit them. Every room asks here, so that nothing else knows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import platformdirs

from posecoach.errors import PosecoachError

_PACKAGE = Path(__file__).resolve().parent

# Name inside the wheel (see force-include in pyproject.toml) -> path in a checkout.
_PLACES = {
    "exercises": "exercises",
    "models": "models",
    "demo.mp4": "tests/clips/hr_side_r_mixed.mp4",
}


class ResourceError(PosecoachError):
    """A file that belongs to posecoach itself, or the folder of the user's own, is not there."""


def resource(name: str) -> Path:
    """The path of a file or folder that ships with posecoach.

    Args:
        name: ``exercises``, ``models`` or ``demo.mp4``.

    Raises:
        KeyError: If posecoach ships nothing of that name.
        ResourceError: If it is missing from this installation.
    """
    in_checkout = _PLACES[name]
    for path in (_PACKAGE / "_data" / name, _PACKAGE.parent / in_checkout):
        if path.exists():
            return path
    raise ResourceError(
        f"posecoach's own {in_checkout} is missing from {_PACKAGE.parent}: "
        "the installation is incomplete; install posecoach again."
    )


def user_data_folder() -> Path:
    """The folder of this user's own posecoach data. It need not exist yet.

    This and the three below raise :class:`ResourceError` where nobody's home is known.
    """
    return _users(platformdirs.user_data_path)


def user_exercises_folder() -> Path:
    """The folder in which this user keeps exercises of their own. It need not exist."""
    return _users(platformdirs.user_config_path) / "exercises"


def user_settings_file() -> Path:
    """Where this user's settings are kept. It need not exist."""
    return _users(platformdirs.user_config_path) / "settings.toml"


def user_state_folder() -> Path:
    """The folder of what posecoach remembers by itself. It need not exist."""
    return _users(platformdirs.user_state_path)


def _users(folder: Callable[..., Path]) -> Path:
    try:
        return folder("posecoach", appauthor=False)
    except RuntimeError as error:
        raise ResourceError(
            "Nothing tells where your home folder is, in which posecoach keeps what is yours: set "
            "the environment variable HOME to it."
        ) from error
