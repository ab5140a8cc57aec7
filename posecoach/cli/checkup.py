"""The checks of ``posecoach doctor``: each says what it found and what to do about it."""

from __future__ import annotations

import importlib.metadata as metadata
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from posecoach.cli.cameras import ASKED, ASKED_FPS, NONE_FOUND, camera_line
from posecoach.errors import PosecoachError
from posecoach.feedback import display_problem
from posecoach.feedback.camera_notes import FEW_FPS
from posecoach.feedback.wording import LANGUAGES, system_language
from posecoach.frames import Clip, list_cameras
from posecoach.pose import DEFAULT_MODEL, ModelError, PoseEstimator, find_model
from posecoach.pose.models import SHA256
from posecoach.record.settings import read_settings
from posecoach.resources import ResourceError, resource, user_data_folder, user_settings_file
from posecoach.sound import find_engine
from posecoach.sound.player import can_play, sound_device

State = Literal["ok", "warning", "problem"]

OLDEST_PYTHON = (3, 11)
PACKAGES = (
    "av",
    "click",
    "jinja2",
    "matplotlib",
    "mediapipe",
    "numpy",
    "opencv-contrib-python",
    "platformdirs",
    "pydantic",
    "sounddevice",
    "tomlkit",
)
TIMED_FRAMES = 15
SLOW_MS = 33.0
"""Above this the model alone cannot keep up with 30 frames a second."""
_MORE_SPEECH = {
    "darwin": "Add voices in System Settings, Accessibility, Spoken Content.",
    "win32": "Add voices in Settings, Time & language, Speech.",
}.get(sys.platform, "Install espeak-ng with your package manager: sudo apt-get install espeak-ng")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Attributes:
        check: What was looked at.
        state: ``problem`` keeps posecoach from working, ``warning`` takes something away.
        found: What is there.
        remedy: What to do; empty where there is nothing to do.
    """

    check: str
    state: State
    found: str
    remedy: str = ""


def checkup() -> Iterator[Finding]:
    """All checks, the quick ones first; each finding as soon as it is known."""
    yield python()
    yield from packages()
    yield opencv()
    for name in SHA256:
        yield model(name)
    yield inference()
    yield from cameras()
    yield screen()
    yield sound()
    yield speech()
    yield data_folder()
    yield settings_file()


def python() -> Finding:
    """The interpreter and the system."""
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    if sys.version_info < OLDEST_PYTHON:
        return Finding("Python", "problem", found, "Install Python 3.11 or newer.")
    return Finding("Python", "ok", found)


def packages() -> Iterator[Finding]:
    """The libraries that posecoach stands on."""
    for name in PACKAGES:
        try:
            yield Finding(name, "ok", metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(name, "problem", "not installed", f"Run: pip install {name}")


def opencv() -> Finding:
    """Whether one distribution alone brings the ``cv2`` package, and brings windows."""
    import cv2

    brought_by = sorted(set(metadata.packages_distributions().get("cv2", [])))
    found = ", ".join(brought_by) or "not from a package"
    if len(brought_by) > 1:
        return Finding(
            "OpenCV",
            "warning",
            f"{len(brought_by)} packages share one cv2 folder: {found}",
            f"Run: pip uninstall --yes {' '.join(brought_by)} && pip install opencv-contrib-python",
        )
    if cv2.currentUIFramework() == "":
        return Finding(
            "OpenCV",
            "warning",
            f"{found} cannot open windows",
            "Use posecoach replay, or install opencv-contrib-python in its place.",
        )
    return Finding("OpenCV", "ok", found)


def model(name: str) -> Finding:
    """One model file and its checksum."""
    check = f"Model {name}"
    try:
        path = find_model(name)
    except PosecoachError as error:
        if name == "heavy" and not _is_damage(error):
            return Finding(check, "ok", "not installed; it does not ship and is not needed")
        state: State = "problem" if name == DEFAULT_MODEL else "warning"
        return Finding(check, state, str(error), "Install posecoach again, or put the file back.")
    return Finding(check, "ok", f"{path.name}, checksum right")


def _is_damage(error: PosecoachError) -> bool:
    return isinstance(error, ModelError) and "damaged" in str(error)


def inference() -> Finding:
    """The default model on the demo clip, timed."""
    check = "Pose model"
    try:
        with Clip(resource("demo.mp4")) as clip:
            frames = [frame for frame, _ in zip(clip, range(TIMED_FRAMES), strict=False)]
        begin = time.perf_counter()
        with PoseEstimator(find_model(DEFAULT_MODEL)) as estimator:
            started_s = time.perf_counter() - begin
            times = []
            for frame in frames:
                begin = time.perf_counter()
                pose = estimator.estimate(frame)
                times.append((time.perf_counter() - begin) * 1000)
    except PosecoachError as error:
        return Finding(check, "problem", str(error), "Mend this first: nothing works without.")
    took = statistics.median(times)
    found = f"{took:.0f} ms a frame ({DEFAULT_MODEL}), {started_s:.1f} s to start"
    if not pose.found:
        return Finding(
            check, "problem", "finds nobody in the demo clip", "Install posecoach again."
        )
    if took > SLOW_MS:
        return Finding(
            check, "warning", f"{found}: too slow for 30 frames a second", "Use --model lite."
        )
    return Finding(check, "ok", found)


def cameras() -> Iterator[Finding]:
    """Every camera, with the size and speed that it really gives."""
    found = list_cameras(ASKED, ASKED_FPS)
    if not found:
        yield Finding("Camera", "warning", "none found", NONE_FOUND)
    for camera in found:
        check = f"Camera {camera.index}"
        says = camera_line(camera)
        if camera.fps is None:
            yield Finding(check, "warning", says)
        elif camera.fps < FEW_FPS:
            remedy = "Too few to count well: turn on more light, or use another USB port."
            yield Finding(check, "warning", says, remedy)
        else:
            yield Finding(check, "ok", says)


def screen() -> Finding:
    """Whether a window can be opened."""
    problem = display_problem()
    if problem is None:
        return Finding("Screen", "ok", "a window can be opened")
    return Finding(
        "Screen",
        "warning",
        problem,
        "Run it on a desktop, or use posecoach replay, which needs none.",
    )


def sound() -> Finding:
    """Whether there is something to hear with; nothing is played."""
    device = sound_device()
    if device is None:
        return Finding(
            "Sound", "warning", "no device found", "Nothing can be heard; everything is also shown."
        )
    player = can_play()
    if player is None:
        remedy = "Install libportaudio2, pulseaudio-utils or alsa-utils with your package manager."
        return Finding("Sound", "warning", f"{device}, but nothing that plays on it", remedy)
    return Finding("Sound", "ok", f"{device}, played on by {player}")


def speech() -> Finding:
    """Whether there is a voice, and in which of posecoach's languages."""
    engine = find_engine()
    spoken: frozenset[str] = frozenset()
    if engine is not None:
        try:
            spoken = engine.languages()
        except (OSError, subprocess.SubprocessError):
            engine = None
        else:
            engine.close()
    if engine is None:
        return Finding("Speech", "warning", "none: tones stand in for words", _MORE_SPEECH)
    found = f"{engine.name}: {', '.join(n for code, n in LANGUAGES.items() if code in spoken)}"
    lacking = [name for code, name in LANGUAGES.items() if code not in spoken]
    if not lacking:
        return Finding("Speech", "ok", found)
    state: State = "warning" if system_language() not in spoken else "ok"
    return Finding("Speech", state, f"{found}; tones in {', '.join(lacking)}", _MORE_SPEECH)


def data_folder() -> Finding:
    """Whether the user's own folder can be written to."""
    try:
        folder = user_data_folder()
    except ResourceError as error:
        return Finding("Data folder", "problem", "none", str(error))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Finding(
            "Data folder",
            "warning",
            f"{folder} cannot be written to ({error.strerror})",
            "Give yourself the right to write there.",
        )
    return Finding("Data folder", "ok", str(folder))


def settings_file() -> Finding:
    """Where the settings are, and whether they can be used."""
    try:
        kept = read_settings(user_settings_file())
    except ResourceError as error:
        return Finding("Settings", "problem", "nowhere", str(error))
    if kept.problems:
        found = f"{kept.path}: {'; '.join(kept.problems)}"
        return Finding("Settings", "warning", found, "Change them with: posecoach settings")
    found = str(kept.path) if kept.exists else f"all as at first ({kept.path} is not there yet)"
    return Finding("Settings", "ok", found)
