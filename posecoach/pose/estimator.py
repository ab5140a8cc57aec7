"""The pose model at work: frames in, bodies out."""

from __future__ import annotations

import math
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from posecoach.closing import Closing
from posecoach.errors import PosecoachError
from posecoach.pose._mediapipe import import_mediapipe, quiet
from posecoach.pose.light import light_on
from posecoach.pose.models import ModelError
from posecoach.pose.pose import Pose

if TYPE_CHECKING:
    from posecoach.frames.frame import Frame


class EstimatorError(PosecoachError):
    """The pose library cannot run on this computer."""


class PoseEstimator(Closing):
    """Finds one person in each frame of a source, following them from frame to frame.

    Frames must come in the order in which they were taken: the model starts from where the
    body was and smooths over time. Use one estimator for each source; two estimators fed
    with the same frames give the same poses.

    Args:
        model_path: A PoseLandmarker bundle, usually from
            :func:`~posecoach.pose.models.find_model`.

    Raises:
        ModelError: If the file cannot be loaded as a pose model.
        EstimatorError: If MediaPipe itself cannot start.

    Example:
        >>> from posecoach.pose import PoseEstimator, find_model
        >>> with PoseEstimator(find_model("full")) as estimator:  # doctest: +SKIP
        ...     poses = [estimator.estimate(frame) for frame in source]
    """

    def __init__(self, model_path: Path) -> None:
        self._clock = _Clock()
        self._quieted = True
        try:
            self._mediapipe: Any = import_mediapipe()
        except (ImportError, OSError) as error:
            raise _cannot_start(error) from error
        self._landmarker = self._load(model_path)

    def close(self) -> None:
        """Let go of the model. Closing twice is fine."""
        landmarker, self._landmarker = self._landmarker, None
        if landmarker is not None:
            landmarker.close()

    def estimate(self, frame: Frame) -> Pose:
        """The body in this frame, or ``Pose.nobody`` where none is found.

        Any time is taken: equal, backward, far apart or not finite ones are mended for the
        model's inner clock; the pose carries the frame's own time.

        Args:
            frame: An upright RGB picture. It is not changed.
        """
        mp = self._mediapipe
        image = mp.Image(mp.ImageFormat.SRGB, np.ascontiguousarray(frame.image))
        time_ms = self._clock.milliseconds(frame.time_s)
        # MediaPipe's last warning comes with the first body that it projects.
        with quiet() if self._quieted else nullcontext():
            result = self._landmarker.detect_for_video(image, time_ms)
        if not result.pose_landmarks:
            corners = np.array([(0.0, 0.0), frame.size])
            light = light_on(frame.image, corners)
            return replace(Pose.nobody(frame.time_s, frame.size), light=light)
        self._quieted = False
        body = result.pose_landmarks[0]
        pixels = np.array([(mark.x, mark.y) for mark in body]) * frame.size
        return Pose(
            frame.time_s,
            frame.size,
            pixels,
            np.array([(mark.x, mark.y, mark.z) for mark in result.pose_world_landmarks[0]]),
            np.array([mark.visibility for mark in body], dtype=np.float64),
            light=light_on(frame.image, pixels),
        )

    def _load(self, model_path: Path) -> Any:
        # The bytes, not the path: MediaPipe cannot open some paths on Windows, and so an
        # OSError from here is the file's and one from there the library's.
        try:
            bundle = model_path.read_bytes()
        except OSError as error:
            raise ModelError(
                f"Cannot read the model {model_path}: {error.strerror or error}."
            ) from error
        tasks = self._mediapipe.tasks
        options = tasks.vision.PoseLandmarkerOptions(
            base_options=tasks.BaseOptions(model_asset_buffer=bundle),
            running_mode=tasks.vision.RunningMode.VIDEO,
            num_poses=1,  # with more, MediaPipe does not smooth
        )
        try:
            self._load_library()
            with quiet():
                return tasks.vision.PoseLandmarker.create_from_options(options)
        except (RuntimeError, ValueError, NotImplementedError, FileNotFoundError) as error:
            raise ModelError(
                f"Cannot load the model {model_path}: {_first_line(error)} "
                "Give another .task file, or choose --model full."
            ) from error
        except OSError as error:  # the shared library or one that it needs
            raise _cannot_start(error) from error

    def _load_library(self) -> None:
        # Before standard error is held back: where the library finds the system wanting (a
        # container without /sys), it aborts the process, and its last words must be seen.
        mp = self._mediapipe
        mp.Image(mp.ImageFormat.SRGB, np.zeros((1, 1, 3), np.uint8))


class _Clock:
    """Milliseconds that strictly increase, whatever times come.

    MediaPipe raises at an equal or earlier timestamp and does not recover. So only good
    steps are taken over; for a bad one (equal, backward, not finite) the last good one
    stands in, which also keeps the model's smoothing at the source's pace.
    """

    # Ends any smoothing in the model, and keeps sums of absurd times within its range.
    _LONGEST_STEP_S = 10.0
    # Longer is a pause, not the source's pace: slower than any camera in use.
    _GAP_S = 0.5

    def __init__(self) -> None:
        self._source_s: float | None = None
        self._pace_s = 1 / 30  # until the source shows its own
        self._elapsed_s = 0.0
        self._last_ms = -1

    def milliseconds(self, time_s: float) -> int:
        """The next timestamp for a frame taken at ``time_s``."""
        first = self._source_s is None
        step_s = time_s - (self._source_s or 0.0)
        if math.isfinite(time_s):
            self._source_s = time_s
        if not first:
            good = math.isfinite(step_s) and step_s > 0
            if good and step_s < self._GAP_S:
                self._pace_s = step_s
            self._elapsed_s += min(step_s, self._LONGEST_STEP_S) if good else self._pace_s
        self._last_ms = max(self._last_ms + 1, round(self._elapsed_s * 1000))
        return self._last_ms


def _first_line(error: BaseException) -> str:
    text = str(error).strip().partition("\n")[0] or type(error).__name__
    return text if text.endswith(".") else f"{text}."


def _cannot_start(error: BaseException) -> EstimatorError:
    return EstimatorError(
        f"MediaPipe cannot start: {_first_line(error)} Install posecoach again; on Debian or "
        "Ubuntu also: sudo apt-get install libegl1 libgles2 libgl1 libglib2.0-0"
    )
