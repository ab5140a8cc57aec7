"""The pose model files: which there are, where they lie, and whether they are whole."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from pathlib import Path
from typing import Final

from posecoach.errors import PosecoachError, UsageError
from posecoach.resources import resource, user_data_folder

DEFAULT_MODEL: Final = "full"

SHA256: Final[dict[str, str]] = {
    "lite": "aed1cbacd74af1e2b64827ed9088116a4d1b50abf37976e72e9f1fe5666a5f12",
    "full": "f9cac2d02ce99e9bd5b35ef2770fe17eac020d56fd28e4ce6ca1f1b0146af64d",
    "heavy": "67f1d3f0e861ba2220281b4bd23572ed5675299480a051a54adb51d4b53293f9",
}
"""Checksum of each known bundle by name, as in ``models/SHA256SUMS``."""

_MEMBERS = frozenset({"pose_detector.tflite", "pose_landmarks_detector.tflite"})


class ModelError(PosecoachError):
    """A model file is missing, damaged, or not a pose model."""


def find_model(choice: str = DEFAULT_MODEL) -> Path:
    """The model file that was chosen, checked to be whole.

    A name is looked for in the ``models`` folder that ships with posecoach and in the
    user's own (:func:`user_models_folder`), and must have its known checksum; hashing
    the full model takes about 10 ms. Anything else is the path of a bundle.

    Args:
        choice: ``lite``, ``full``, ``heavy`` or the path of a ``.task`` file.

    Raises:
        ModelError: If the file is not there, damaged, or not a pose model.
        UsageError: If ``choice`` is neither a name nor a file.
    """
    if choice in SHA256:
        return _named(choice)
    try:
        path = Path(choice).expanduser()
        there = path.is_file()
    except (OSError, RuntimeError):  # a name that is too long, the home of nobody known
        there = False
    if not there:
        raise UsageError(
            f"No model {choice!r}: choose {', '.join(SHA256)} or the path of a .task file."
        )
    _check_bundle(path)
    return path


def file_name(name: str) -> str:
    """The file name of the bundle ``name``."""
    return f"pose_landmarker_{name}.task"


def user_models_folder() -> Path:
    """Where a user puts model files that do not ship. It need not exist yet."""
    return user_data_folder() / "models"


def sha256_of(path: Path) -> str:
    """The file's SHA-256 in hex.

    Raises:
        ModelError: If the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error


def _named(name: str) -> Path:
    for folder in (resource("models"), user_models_folder()):
        path = folder / file_name(name)
        if path.exists():
            found = sha256_of(path)
            if found != SHA256[name]:
                raise ModelError(
                    f"{path} is damaged or not the {name} model: its sha256 is {found[:8]}..., "
                    f"it must be {SHA256[name]}; replace the file."
                )
            return path
    raise ModelError(
        f"The {name} model is not here: put {file_name(name)} with sha256 {SHA256[name]} "
        f"into {user_models_folder()}, or choose --model {DEFAULT_MODEL}."
    )


def _check_bundle(path: Path) -> None:
    remedy = f"give a PoseLandmarker .task bundle, or choose {', '.join(SHA256)}."
    try:
        with zipfile.ZipFile(path) as bundle:
            missing = _MEMBERS - set(bundle.namelist())
            broken = None if missing else bundle.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise ModelError(f"{path} is not a pose model: no bundle ({error}); {remedy}") from error
    except OSError as error:
        raise _unreadable(path, error) from error
    if missing:
        raise ModelError(
            f"{path} is not a pose model: it lacks {' and '.join(sorted(missing))}; {remedy}"
        )
    if broken:
        raise ModelError(f"{path} is damaged: {broken} in it is broken; {remedy}")


def _unreadable(path: Path, error: OSError) -> ModelError:
    return ModelError(f"Cannot read the model {path}: {error.strerror or error}.")
