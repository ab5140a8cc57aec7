"""Recordings of landmarks: nothing is lost, and nothing that is no recording does harm."""

from __future__ import annotations

import math
import os
import signal
import struct
import subprocess
import sys
import tracemalloc
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from posecoach import Pose, PosecoachError, Session, find_definition
from posecoach.pose import LANDMARK_COUNT, FootView, Light
from posecoach.record.files import OutputError
from posecoach.record.landmarks import (
    AskedExercise,
    AskedProgram,
    Head,
    Key,
    LandmarkReader,
    LandmarksError,
    LandmarkWriter,
    Part,
    is_recording,
)
from posecoach.record.landmarks.blocks import MOST_BYTES, first_line, packed
from posecoach.record.landmarks.columns import COLUMNS, packed_poses, unpacked_poses
from posecoach.session import Program

HEAD = Head(posecoach="0.1.0", model="full")
HEELS = AskedExercise(exercise="heel_raises", height_cm=181.7)
SIZE = (640, 480)

few = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def body(time_s: float, seed: int = 0, size: tuple[int, int] = SIZE) -> Pose:
    """Somebody, as the model gives them: 32-bit shares of the picture."""
    rng = np.random.default_rng(seed)
    shares = rng.uniform(-0.2, 1.2, (LANDMARK_COUNT, 2)).astype(np.float32)
    return Pose(
        time_s,
        size,
        shares.astype(np.float64) * size,
        rng.normal(0, 0.5, (LANDMARK_COUNT, 3)).astype(np.float32).astype(np.float64),
        rng.uniform(0, 1, LANDMARK_COUNT).astype(np.float32).astype(np.float64),
        light=Light(120.25, 31.7),
    )


def close_up(seed: int = 0) -> FootView:
    rng = np.random.default_rng(seed)
    parts = [rng.normal(0, 0.1, 2) for _ in range(3)]
    return FootView(*parts, 0.3333333333333333, 87.123456789, (10, -20, 130, 100))


def a_second(fps: int = 30, begin_s: float = 0.0, seed: int = 0) -> list[Pose]:
    return [body(begin_s + i / fps, seed + i) for i in range(fps)]


def written(path: Path, poses: list[Pose], **options: Any) -> Path:
    with LandmarkWriter(path, HEAD, **options) as landmarks:
        landmarks.begin(HEELS)
        for pose in poses:
            landmarks.write(pose)
    return path


def read(path: Path) -> list[Pose]:
    with LandmarkReader(path) as recording:
        return list(recording.poses())


def bits(pose: Pose) -> tuple[Any, ...]:
    """All of a pose; equal only where every bit is."""
    feet = [
        view
        and [
            *(part.tobytes() for part in (view.toes, view.hind, view.ahead)),
            *(view.began_s, view.foot_px, view.box),
        ]
        for view in pose.feet
    ]
    parts = (pose.pixels, pose.world, pose.visibility)
    return (pose.time_s, pose.size, *(part.tobytes() for part in parts), feet, pose.light)


def same(some: list[Pose], others: list[Pose]) -> bool:
    return [bits(pose) for pose in some] == [bits(pose) for pose in others]


def test_every_bit_comes_back(tmp_path: Path) -> None:
    poses = [pose for n in range(4) for pose in a_second(begin_s=n * 1.0, seed=100 * n)]
    poses[7] = Pose.nobody(poses[7].time_s, SIZE)
    poses[50] = replace(poses[50], feet=(close_up(1), None))
    poses[51] = replace(poses[51], feet=(close_up(2), close_up(3)), light=None)
    poses[80:] = [body(pose.time_s, 5, (1280, 720)) for pose in poses[80:]]
    # As --foot gives them: the places of feet, and no body.
    placed = Pose.nobody(9.0, SIZE)
    placed.pixels[27:33] = 400.123456789
    placed.visibility[27:33] = 1.0
    again = read(written(tmp_path / "a.landmarks", [*poses, placed]))
    assert same(again, [*poses, placed])
    assert not same(again, [*poses[:-1], replace(poses[-1], time_s=3.99), placed])


def floats(low: float, high: float, shape: Any) -> st.SearchStrategy[Any]:
    return arrays(np.float64, shape, elements=st.floats(low, high) | st.just(math.nan))


@few
@given(
    pixels=floats(-1e6, 1e6, (3, LANDMARK_COUNT, 2)),
    world=floats(-1e3, 1e3, (3, LANDMARK_COUNT, 3)),
    visible=arrays(np.float64, (3, LANDMARK_COUNT), elements=st.floats(0, 1)),
    times=st.lists(st.floats(0, 1e7), min_size=3, max_size=3, unique=True).map(sorted),
)
def test_whatever_numbers_they_are(pixels: Any, world: Any, visible: Any, times: Any) -> None:
    poses = [Pose(times[i], SIZE, pixels[i], world[i], visible[i]) for i in range(3)]
    assert same(unpacked_poses(packed_poses(poses), COLUMNS), poses)


def test_it_says_what_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.landmarks"
    toes = AskedExercise(exercise="toe_walking", side="left", feet="out", close_up=True)
    program = Program.model_validate(
        {"format": 1, "id": "mine", "name": "Mine", "summary": "x", "steps": [{"exercise": "a"}]}
    )
    with LandmarkWriter(path, Head(posecoach="9", model="my.task", mirrored=True)) as landmarks:
        landmarks.begin(HEELS)  # without a frame: R was pressed at once
        landmarks.begin(HEELS)
        for pose in a_second():
            landmarks.write(pose)
        landmarks.begin(toes)
        landmarks.write(body(3.0))
        landmarks.begin(AskedProgram(program=program, height_cm=160.0))
        landmarks.press("skip")
        landmarks.write(body(4.0))
        landmarks.press("pause")
        landmarks.press("resume")
    with LandmarkReader(path) as recording:
        assert (recording.head.model, recording.head.mirrored) == ("my.task", True)
        assert recording.parts == (
            Part(HEELS, 30),
            Part(toes, 1),
            Part(AskedProgram(program=program, height_cm=160.0), 1),
        )
        assert [pose.time_s for pose in recording.poses(1)] == [3.0]
        assert len(list(recording.poses(0))) == 30
        course = [each.name if isinstance(each, Key) else "pose" for each in recording.course(2)]
        assert course == ["skip", "pose", "pause", "resume"]
        assert (recording.size, recording.frames, recording.warnings) == (SIZE, 32, ())


def test_nothing_recorded_leaves_nothing_and_the_older_file(tmp_path: Path) -> None:
    older = written(tmp_path / "a.landmarks", a_second())
    before = older.read_bytes()
    with LandmarkWriter(older, HEAD) as landmarks:
        landmarks.begin(HEELS)
        assert not landmarks.begun
    assert older.read_bytes() == before


@pytest.mark.parametrize("name", ["none/a.landmarks", "folder"])
def test_a_file_that_cannot_be_written_is_told_of_at_once(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="Cannot write"):
        LandmarkWriter(tmp_path / name, HEAD)


def test_the_clip_is_never_overwritten(tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"film")
    os.link(clip, tmp_path / "hard.mp4")
    with pytest.raises(OutputError, match="it is the clip being read"):
        LandmarkWriter(tmp_path / "hard.mp4", HEAD, source=clip)


WRITES = """
import sys, time
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from posecoach import Pose
from posecoach.record.landmarks import Head, LandmarkWriter
with LandmarkWriter(Path(sys.argv[1]), Head(posecoach="0", model="full")) as landmarks:
    for i in range(100_000):
        landmarks.write(Pose.nobody(i / 30, (640, 480)))
        print(i, flush=True)
        time.sleep(0.0005)
"""


@pytest.mark.parametrize("after", [0, 31, 200])
def test_a_kill_costs_no_more_than_the_last_second(tmp_path: Path, after: int) -> None:
    path = tmp_path / "a.landmarks"
    process = subprocess.Popen(
        [sys.executable, "-c", WRITES, str(path), *sys.path], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for line in process.stdout:
        if int(line) >= after:
            break
    process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    last = [int(line) for line in process.communicate()[0].split()][-1:] or [after]
    if after == 0:
        # Not one second was over.
        with pytest.raises(LandmarksError, match="no frame"):
            LandmarkReader(path)
        return
    with LandmarkReader(path) as recording:
        assert recording.frames >= last[0] - 31
        assert recording.frames >= 30
        assert len(list(recording.poses())) == recording.frames
        (warning,) = recording.warnings
    assert warning.startswith("a.landmarks: the recording was cut off while it was made")


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
def test_a_full_disk_is_said_and_what_was_written_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.landmarks"
    code = """
import resource, sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
import numpy as np
from posecoach import Pose, PosecoachError
from posecoach.record.landmarks import Head, LandmarkWriter
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
rng = np.random.default_rng(0)
try:
    with LandmarkWriter(Path(sys.argv[1]), Head(posecoach="0", model="full")) as landmarks:
        for i in range(900):
            parts = rng.normal(size=(33, 2)), rng.normal(size=(33, 3)), rng.uniform(size=33)
            landmarks.write(Pose(i / 30, (640, 480), *parts))
except PosecoachError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(path), *sys.path],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(f"Cannot write {path}: the disk is full"), done.stderr
    assert done.stdout.count("\n") == 1
    with LandmarkReader(path) as recording:
        assert "cut off" in recording.warnings[0]
        assert len(list(recording.poses())) == recording.frames >= 30


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A recording of three seconds, of few frames, so that all of it can be tried."""
    poses = [body(i / 4, i) for i in range(12)]
    return written(tmp_path_factory.mktemp("whole") / "a.landmarks", poses).read_bytes()


def opened(path: Path, data: bytes) -> list[Pose] | str:
    """The poses in a file of these bytes, or the error's one line."""
    path.write_bytes(data)
    try:
        with LandmarkReader(path) as recording:
            poses = list(recording.poses())
            assert len(poses) == recording.frames
            assert all(line.isprintable() for line in recording.warnings)
            return poses
    except LandmarksError as error:
        message = str(error)
        assert message.startswith(path.name)
        assert "\n" not in message
        return message


def test_cut_off_anywhere_it_gives_the_seconds_before(tmp_path: Path, whole: bytes) -> None:
    path, poses = tmp_path / "cut.landmarks", []
    path.write_bytes(whole)
    all_of_it = read(path)
    counts = set()
    # Every byte of the beginning and the end, and of the middle every thirteenth.
    ends = {*range(400), *range(400, len(whole), 13), *range(len(whole) - 100, len(whole))}
    for end in sorted(ends):
        found = opened(path, whole[:end])
        if isinstance(found, str):
            assert not poses
            continue
        poses = found
        assert same(poses, all_of_it[: len(poses)])
        counts.add(len(poses))
    assert counts == {4, 8, 12}


def test_one_changed_byte_anywhere_is_noticed(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "flip.landmarks"
    for at in {*range(600), *range(0, len(whole), 11), *range(len(whole) - 60, len(whole))}:
        data = bytearray(whole)
        data[at] ^= 1 << (at % 8)
        assert isinstance(opened(path, bytes(data)), str), at


@few
@given(data=st.binary(max_size=300))
def test_rubbish_is_an_error(tmp_path: Path, data: bytes) -> None:
    assert isinstance(opened(tmp_path / "r.landmarks", data), str)
    assert isinstance(opened(tmp_path / "r.landmarks", first_line() + data), str)


def test_rubbish_behind_the_end_is_an_error(tmp_path: Path, whole: bytes) -> None:
    assert "damaged behind its end" in str(opened(tmp_path / "a.landmarks", whole + b"x"))


def test_a_newer_format_says_so(tmp_path: Path, whole: bytes) -> None:
    newer = whole.replace(b"landmarks 1\n", b"landmarks 12\n", 1)
    assert "a recording of format 12" in str(opened(tmp_path / "a.landmarks", newer))
    assert is_recording(tmp_path / "a.landmarks")


def head_block(**changes: Any) -> bytes:
    return packed(b"HEAD", HEAD.model_copy(update=changes).model_dump_json().encode())


@pytest.mark.parametrize(
    "blocks",
    [
        packed(b"POSE", packed_poses([body(0.0)])),
        packed(b"HEAD", b"{}"),
        packed(b"HEAD", b"[" * 100_000),
        packed(b"HEAD", b'{"posecoach": "\\u001b[2J", "model": "full"}'),
        head_block() + packed(b"EXER", b'{"exercise": "../../etc/passwd"}'),
        head_block() + packed(b"EXER", b'{"exercise": "heel_raises", "height_cm": 1e999}'),
        head_block() + packed(b"PROG", b'{"program": {"format": 1}}'),
        head_block() + packed(b"KEY ", b'{"key": "__class__"}') + packed(b"POSE", b""),
        head_block() + packed(b"POSE", struct.pack("<H", 60_000) + b"f" * 8),
        head_block() + packed(b"POSE", struct.pack("<H", 3) + b"ffffffff" + zlib.compress(b"")),
        head_block() + packed(b"POSE", struct.pack("<H", 1) + b"xxxxxxxx" + zlib.compress(b"")),
        head_block() + packed(b"POSE", struct.pack("<H", 1) + b"--------" + zlib.compress(b"")),
        head_block() + packed(b"POSE", packed_poses([body(0.0), body(0.0)])),
        head_block() + packed(b"POSE", packed_poses([body(2.0)])) * 2,
        head_block() + packed(b"POSE", packed_poses([body(0.0, size=(100_000, 480))])),
        head_block()
        + packed(b"POSE", packed_poses([replace(body(0.0), light=Light(-1, math.inf))])),
        head_block() + packed(b"POSE", packed_poses([body(math.inf)])),
        head_block() + packed(b"DONE", b'{"warnings": []}'),
        struct.pack("<4sII", b"HEAD", 0xFFFFFFFF, 0),
    ],
)
def test_well_packed_nonsense_is_an_error(tmp_path: Path, blocks: bytes) -> None:
    assert isinstance(opened(tmp_path / "a.landmarks", first_line() + blocks), str)


def test_a_bomb_takes_no_memory(tmp_path: Path) -> None:
    squeeze = zlib.compressobj(9)
    bomb = b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(900)) + squeeze.flush()
    assert len(bomb) < MOST_BYTES
    chunk = struct.pack("<H", 256) + b"d" * len(COLUMNS) + bomb
    data = first_line() + head_block() + packed(b"POSE", chunk)
    tracemalloc.start()
    assert "not as long as it says" in str(opened(tmp_path / "a.landmarks", data))
    assert tracemalloc.get_traced_memory()[1] < 30e6
    tracemalloc.stop()


def test_a_length_that_no_block_has_takes_no_memory(tmp_path: Path) -> None:
    facts = struct.pack("<4sII", b"POSE", 1 << 31, 0)
    block = facts + struct.pack("<I", zlib.crc32(facts))
    tracemalloc.start()
    assert "damaged" in str(opened(tmp_path / "a.landmarks", first_line() + head_block() + block))
    assert tracemalloc.get_traced_memory()[1] < 5e6
    tracemalloc.stop()


ANY = st.floats(allow_nan=True, allow_infinity=True, width=32)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    numbers=st.lists(arrays(np.float64, 90, elements=ANY), min_size=1, max_size=4),
    near=st.lists(st.floats(-2000, 2000), min_size=90, max_size=90),
)
def test_whatever_is_read_can_be_watched(numbers: list[Any], near: list[float]) -> None:
    """Numbers with the right checksums, that no model gives: refused, or harmless."""
    curls, heels = (Session(find_definition(each)) for each in ("toe_curls", "heel_raises"))
    rows = [*numbers, np.array(near)]
    poses = []
    for i, row in enumerate(rows):
        view = FootView(row[66:68], row[68:70], row[70:72], row[72], row[73], tuple(row[74:78]))
        pixels = row[:66].reshape(-1, 2)
        world = np.resize(row, (LANDMARK_COUNT, 3))
        visible = np.full(LANDMARK_COUNT, 0.9)
        poses.append(Pose(i / 10, SIZE, pixels, world, visible, (view, None)))
    with np.errstate(all="ignore"):
        for pose in poses:
            try:
                (found,) = unpacked_poses(packed_poses([pose]), COLUMNS)
            except Exception as error:
                assert type(error).__name__ == "BadValuesError"  # noqa: PT017
                continue
            for session in (curls, heels):
                session.update(found)
    assert not curls.finish()


def test_a_recording_is_known_by_its_beginning(tmp_path: Path, whole: bytes) -> None:
    (tmp_path / "film.mp4").write_bytes(whole)
    (tmp_path / "x.landmarks").write_bytes(b"no")
    assert is_recording(tmp_path / "film.mp4")
    assert not is_recording(tmp_path / "x.landmarks")
    assert not is_recording(tmp_path)
    assert not is_recording(tmp_path / "none")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files there")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.landmarks")
    for path in (tmp_path, tmp_path / "pipe.landmarks"):
        with pytest.raises(LandmarksError, match="this is not a file"):
            LandmarkReader(path)


def test_a_missing_file_is_an_error_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(PosecoachError, match="it cannot be opened"):
        LandmarkReader(tmp_path / "none.landmarks")
