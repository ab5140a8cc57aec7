"""Several cameras: real streams on loopback, switched while they run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from streams import Stream, jpeg, pictures_of

from posecoach.checkers import find_definition
from posecoach.frames import CameraError, Cameras, Frame, NamedCamera
from posecoach.frames.cameras import SETTLE_S
from posecoach.pose import PoseEstimator, find_model
from posecoach.session import Session

Eventually = Callable[..., bool]
LIMIT_S = 60.0


def nothing_else() -> list[NamedCamera]:
    """A machine that has no camera of its own."""
    return []


def shades(first: int) -> list[bytes]:
    return [jpeg(np.full((48, 64, 3), first + i, np.uint8)) for i in range(0, 40, 8)]


@pytest.fixture
def dark() -> Iterator[Stream]:
    with Stream(shades(20), fps=25) as stream:
        yield stream


@pytest.fixture
def light() -> Iterator[Stream]:
    with Stream(shades(200), fps=25) as stream:
        yield stream


def bright(frame: Frame) -> bool:
    return float(frame.image.mean()) > 128


def take(cameras: Cameras, until: Callable[[Frame], bool]) -> list[Frame]:
    """Frames up to the first for which it is true."""
    frames = []
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end:
        frame = cameras.read(0.1)
        if frame is not None:
            frames.append(frame)
            if until(frame):
                return frames
    raise AssertionError((cameras.status, cameras.problem, cameras.take_news()))


def test_a_switch_goes_on_in_time_and_number_after_a_gap(dark: Stream, light: Stream) -> None:
    with Cameras([dark.url, light.url], names=nothing_else) as cameras:
        frames = take(cameras, lambda frame: frame.index >= 5)
        cameras.switch()
        assert cameras.take_news() == ["camera_switching"]
        # The first goes on until the other gives its first picture, which is not shown yet.
        frames += take(cameras, bright)
        assert cameras.status == "running"
        frames += take(cameras, lambda frame: frame.index >= frames[-1].index + 5)
        cameras.switch()
        frames += take(cameras, lambda frame: not bright(frame))
        assert cameras.take_news() == ["camera_switching"]
        assert cameras.refused is None
    assert [frame.index for frame in frames] == list(range(len(frames)))
    jumps = []
    for before, after in pairwise(frames):
        assert before.time_s < after.time_s
        if bright(before) != bright(after):
            jumps.append(after.time_s - before.time_s)
    assert len(jumps) == 2
    assert min(jumps) >= SETTLE_S


def test_just_after_a_switch_it_says_so(
    dark: Stream, light: Stream, eventually: Eventually
) -> None:
    with Cameras([dark.url, light.url], names=nothing_else) as cameras:
        take(cameras, lambda frame: True)
        cameras.switch()
        assert eventually(lambda: (cameras.read(0.01), cameras.status)[1] == "changed")
        assert cameras.read(0.1) is None
        take(cameras, bright)
        assert cameras.status == "running"


def test_a_switch_away_from_a_camera_that_gave_nothing_for_long_says_so_too(
    dark: Stream, light: Stream, eventually: Eventually
) -> None:
    with Cameras([dark.url, light.url], names=nothing_else) as cameras:
        last = take(cameras, lambda frame: frame.index >= 3)[-1]
        dark.silent = True
        # It gives nothing more, and that for longer than a switch takes to settle.
        silent = time.monotonic()
        while time.monotonic() - silent < SETTLE_S + 0.5:
            last = cameras.read(0.1) or last
        cameras.switch()
        assert eventually(lambda: (cameras.read(0.01), cameras.status)[1] == "changed")
        first = take(cameras, bright)[-1]
        assert first.time_s - last.time_s >= SETTLE_S
        assert cameras.status == "running"


def test_a_switch_that_fails_changes_nothing_and_the_next_one_is_tried_then(
    dark: Stream, light: Stream
) -> None:
    sources = [dark.url, "no_such_clip.mp4", light.url]
    with Cameras(sources, names=nothing_else) as cameras:
        take(cameras, lambda frame: True)
        cameras.switch()
        frames = take(cameras, lambda frame: "camera_refused" in cameras.take_news())
        assert not any(bright(frame) for frame in frames)
        assert all(b.time_s - a.time_s < SETTLE_S for a, b in pairwise(frames))
        assert "no_such_clip.mp4" in (cameras.refused or "")
        assert cameras.status == "running"
        cameras.switch()
        take(cameras, bright)
        assert cameras.refused is None


def test_alone_it_says_that_there_is_no_other(dark: Stream) -> None:
    with Cameras([dark.url], names=nothing_else) as cameras:
        take(cameras, lambda frame: True)
        cameras.switch()
        assert cameras.take_news() == ["camera_alone"]
        take(cameras, lambda frame: frame.index >= 3)


def test_the_cameras_of_the_machine_come_after_those_named(dark: Stream) -> None:
    with Cameras([dark.url], names=lambda: [NamedCamera(93, "Nine three")]) as cameras:
        take(cameras, lambda frame: True)
        cameras.switch()
        take(cameras, lambda frame: "camera_refused" in cameras.take_news())
        assert "camera 93" in (cameras.refused or "")


def test_a_camera_that_hangs_in_opening_can_be_left_for_another(
    dark: Stream, light: Stream
) -> None:
    dark.wait_s = 3.0
    with Cameras([dark.url, light.url], names=nothing_else) as cameras:
        assert cameras.read(0.01) is None
        cameras.switch()
        first = take(cameras, lambda frame: True)[0]
        assert bright(first)
        assert (first.time_s, first.index) == (0.0, 0)


def test_a_mistake_in_the_second_is_told_at_once(dark: Stream) -> None:
    with pytest.raises(CameraError, match="ftp"):
        Cameras([dark.url, "ftp://host/video"], names=nothing_else)


def test_a_set_goes_on_over_a_switch_and_nothing_is_counted_from_the_jump(clips: Path) -> None:
    side = pictures_of(clips / "hr_side_r_mixed.mp4", 1.0, 8.0)
    front = pictures_of(clips / "hr_front.mp4", 0.0, 6.0)
    # Seen from the front they stand a while first: the set goes on when it is known how.
    front = [*front[:36], *front[:36], *front]
    session = Session(find_definition("heel_raises"))
    before: int | None = None
    last_s, gaps = None, []
    end = time.monotonic() + LIMIT_S
    with (
        Stream(side, fps=24) as one,
        Stream(front, fps=24) as other,
        Cameras([one.url, other.url], names=nothing_else) as cameras,
        PoseEstimator(find_model("lite")) as estimator,
    ):
        asked = False
        while time.monotonic() < end:
            frame = cameras.read(0.1)
            if cameras.status == "changed" and before is None:
                before = len(session.reps)
            if frame is None:
                continue
            session.update(estimator.estimate(frame))
            if last_s is not None and frame.time_s - last_s >= SETTLE_S:
                gaps.append(frame.time_s)
            last_s = frame.time_s
            rising = session.snapshot.level is not None and session.snapshot.level > 0.6
            if len(session.reps) == 1 and rising and not asked:
                asked = True
                cameras.switch()
            if before is not None and len(session.reps) > before and frame.time_s > gaps[0] + 1:
                break
    session.finish()
    # In mid-rise, or just down again if the other camera took its time.
    assert before in (1, 2)
    assert len(gaps) == 1
    assert len(session.reps) == before + 1
    assert session.reps[-1].start_s > gaps[0]
    assert not [attempt for attempt in session.attempts if attempt.end_s > gaps[0]]
