from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from posecoach.frames import Clip, Frame
from posecoach.record.files import OutputError
from posecoach.record.recording import Recording


def frame(index: int, time_s: float, size: tuple[int, int] = (64, 48)) -> Frame:
    image = np.full((size[1], size[0], 3), 20 * index, np.uint8)
    return Frame(time_s, image, index)


def test_frames_keep_their_times_also_over_a_pause(tmp_path: Path) -> None:
    path = tmp_path / "raw.mp4"
    times = [0.5, 0.53, 0.57, 9.0, 9.03]
    with Recording(path) as recording:
        assert not recording.begun
        for index, time_s in enumerate(times):
            recording.write(frame(index, time_s))
        assert recording.begun
    with Clip(path) as clip:
        again = [f.time_s for f in clip]
    assert again == pytest.approx([t - times[0] for t in times], abs=1e-4)


def test_a_camera_that_comes_back_with_another_size_is_scaled(tmp_path: Path) -> None:
    path = tmp_path / "raw.mp4"
    with Recording(path) as recording:
        recording.write(frame(1, 0.0))
        recording.write(frame(2, 0.1, size=(128, 96)))
    with Clip(path) as clip:
        assert [f.size for f in clip] == [(64, 48), (64, 48)]


def test_nothing_recorded_leaves_nothing(tmp_path: Path) -> None:
    with Recording(tmp_path / "raw.mp4"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_said_before_the_first_frame(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"precious")
    with pytest.raises(OutputError, match="does not exist"):
        Recording(tmp_path / "nowhere" / "raw.mp4")
    with pytest.raises(OutputError, match="clip being read"):
        Recording(clip, source=clip)
    assert clip.read_bytes() == b"precious"
