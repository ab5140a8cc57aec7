from __future__ import annotations

import sys
from pathlib import Path

import pytest

from posecoach.frames import CameraError, NamedCamera, named_cameras
from posecoach.frames.choosing import chosen

DESK = [
    NamedCamera(0, "Integrated Camera: Integrated C"),
    NamedCamera(2, "HD Pro Webcam C920"),
    NamedCamera(4, "HD Pro Webcam C922"),
]


def desk() -> list[NamedCamera]:
    return DESK


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (1, 1),
        ("1", 1),
        (" 2 ", 2),
        ("integrated", 0),
        ("C920", 2),
        ("hd pro webcam c922", 4),
        ("http://192.168.1.20:8080/video", "http://192.168.1.20:8080/video"),
        ("rtsp://me:secret@door/live", "rtsp://me:secret@door/live"),
        ("/dev/v4l/by-id/cam", "/dev/v4l/by-id/cam"),
        ("no_such.mp4", "no_such.mp4"),
        ("somewhere/clip", "somewhere/clip"),
        ("", ""),
    ],
)
def test_what_is_written_means_one_camera(written: int | str, meant: int | str) -> None:
    assert chosen(written, desk) == meant


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="device files are Linux's")
def test_a_device_and_its_number_are_the_same() -> None:
    assert chosen("/dev/video3", desk) == 3


def test_a_file_that_exists_is_itself_whatever_cameras_are_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "integrated").write_bytes(b"")
    assert chosen("integrated", desk) == "integrated"


@pytest.mark.parametrize("written", ["--5", "9" * 5000])
def test_what_is_no_number_of_any_camera_is_refused(written: str) -> None:
    with pytest.raises(CameraError, match="There is no camera, clip or address called"):
        chosen(written, desk)


def test_a_name_that_two_have_is_refused_with_both() -> None:
    with pytest.raises(CameraError) as caught:
        chosen("webcam", desk)
    assert "2 (HD Pro Webcam C920) or 4 (HD Pro Webcam C922)" in str(caught.value)


def test_a_name_that_none_has_is_refused_with_all() -> None:
    with pytest.raises(CameraError) as caught:
        chosen("kitchen", desk)
    for camera in DESK:
        assert camera.name in str(caught.value)
    with pytest.raises(CameraError, match="no camera is listed"):
        chosen("kitchen", lambda: None)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the folder is Linux's")
def test_names_are_read_from_the_systems_list(tmp_path: Path) -> None:
    for node, name, index in (
        ("video10", "Second", "0"),
        ("video0", "First", "0"),
        ("video1", "First", "1"),  # its second node: data about the picture
        ("video2", "", "0"),
        ("radio0", "Radio", "0"),
    ):
        folder = tmp_path / node
        folder.mkdir()
        (folder / "name").write_text(f"{name}\n", encoding="utf-8")
        (folder / "index").write_text(f"{index}\n", encoding="utf-8")
    assert named_cameras(tmp_path) == [
        NamedCamera(0, "First"),
        NamedCamera(2, "video2"),
        NamedCamera(10, "Second"),
    ]
    assert named_cameras(tmp_path / "nothing here") == []
