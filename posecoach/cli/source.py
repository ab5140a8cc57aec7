"""What a replay watches: a clip with a pose model, or a recording of landmarks alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from posecoach.cli.coaching import Wishes
from posecoach.cli.eyes import eyes
from posecoach.cli.options import model_label
from posecoach.feedback.theme import PANEL
from posecoach.frames import Clip, Frame
from posecoach.pose import Pose, find_model
from posecoach.record.landmarks import LandmarkReader, is_recording


@dataclass(frozen=True, slots=True)
class Source:
    """Frames, and who is in them.

    Attributes:
        frames: In the order in which they were taken.
        estimate: Finds the body in a frame.
        size: (width, height) of the frames in pixels.
        fps: The rate that the clip states, or None.
        seconds: About how long the clip is, where it is worth a progress bar; or None.
        model: How the pose model is named in results.
        whole: Whether poses come with their close-ups of the feet, if there are any.
        warnings: After the last frame: lines on what was lost.
    """

    frames: Iterable[Frame]
    estimate: Callable[[Frame], Pose]
    size: tuple[int, int]
    fps: float | None
    seconds: float | None
    model: str
    whole: bool
    warnings: Callable[[], tuple[str, ...]]


@contextmanager
def source_of(
    path: Path,
    wishes: Wishes,
    model: str,
    part: int | None = None,
    elsewhere: Callable[[], None] | None = None,
) -> Iterator[Source]:
    """Open a clip and its pose model, or a recording of landmarks.

    Args:
        path: The file.
        wishes: Where feet are, if no body shall be looked for.
        model: See :func:`~posecoach.pose.find_model`; not for recordings.
        part: Of a recording, the number of the part, from 0; None is all of it.
        elsewhere: Of a recording, called before the first frame of another camera.

    Raises:
        PosecoachError: On a file or model that does not serve.
    """
    with ExitStack() as stack:
        if is_recording(path):
            recording = stack.enter_context(LandmarkReader(path))
            # A part may be another camera's.
            size = next((pose.size for pose in recording.poses(part)), recording.size)
            stage = _DarkStage(recording, part, size, elsewhere)
            yield Source(
                stage.frames(),
                stage.estimate,
                size,
                recording.head.fps,
                None,
                recording.head.model,
                True,
                lambda: recording.warnings,
            )
            return
        model_path = find_model(model)
        clip = stack.enter_context(Clip(path))
        info = clip.info
        yield Source(
            clip,
            stack.enter_context(eyes(model_path, wishes.places)),
            (info.width, info.height),
            info.mean_fps,
            info.seconds,
            model_label(model),
            False,
            lambda: (clip.warning,) if clip.warning else (),
        )


class _DarkStage:
    """Recorded landmarks as a source of frames: in front of nothing but a dark ground.

    So whatever draws over pictures draws the skeleton alone, and shows nobody.
    """

    def __init__(
        self,
        recording: LandmarkReader,
        part: int | None,
        size: tuple[int, int],
        elsewhere: Callable[[], None] | None,
    ) -> None:
        self._course = recording.course(part)
        self._elsewhere = elsewhere
        self._now = Pose.nobody(0.0, size)

    def frames(self) -> Iterator[Frame]:
        ground = np.array(PANEL, np.uint8)
        index = 0
        for each in self._course:
            if isinstance(each, Pose):
                self._now = each
                width, height = each.size
                # One pixel seen everywhere: no memory goes to pictures that nobody draws on.
                yield Frame(each.time_s, np.broadcast_to(ground, (height, width, 3)), index)
                index += 1
            elif each.name == "camera" and self._elsewhere is not None:
                self._elsewhere()

    def estimate(self, frame: Frame) -> Pose:
        """What was recorded with the frame handed out last."""
        return self._now
