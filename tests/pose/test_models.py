from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from posecoach.errors import UsageError
from posecoach.pose import DEFAULT_MODEL, ModelError, find_model
from posecoach.pose.models import SHA256, file_name, sha256_of, user_models_folder
from posecoach.resources import resource


def one_line(error: BaseException) -> str:
    text = str(error)
    assert "\n" not in text
    return text


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's models folder, empty and in a temporary home."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    if tmp_path not in user_models_folder().parents:
        pytest.skip("this system's data folder does not follow XDG_DATA_HOME")
    user_models_folder().mkdir(parents=True)
    return user_models_folder()


def test_full_is_the_default() -> None:
    assert DEFAULT_MODEL == "full"
    assert find_model() == resource("models") / "pose_landmarker_full.task"


@pytest.mark.parametrize("name", ["lite", "full"])
def test_shipped_models_are_found_whole(name: str) -> None:
    assert sha256_of(find_model(name)) == SHA256[name]


def test_the_sums_in_the_folder_are_the_ones_in_the_code() -> None:
    lines = (resource("models") / "SHA256SUMS").read_text().splitlines()
    listed = {line.split()[1]: line.split()[0] for line in lines}
    assert listed == {file_name(name): digest for name, digest in SHA256.items()}


def test_heavy_missing_says_where_it_goes_and_what_it_must_be(own_folder: Path) -> None:
    if (resource("models") / file_name("heavy")).exists():
        pytest.skip("the heavy model was put into models/")
    with pytest.raises(ModelError) as caught:
        find_model("heavy")
    text = one_line(caught.value)
    assert file_name("heavy") in text
    assert SHA256["heavy"] in text
    assert str(own_folder) in text


def test_another_file_under_heavys_name_is_refused_by_name(own_folder: Path) -> None:
    if (resource("models") / file_name("heavy")).exists():
        pytest.skip("the heavy model was put into models/")
    wrong = own_folder / file_name("heavy")
    shutil.copy(find_model("lite"), wrong)
    with pytest.raises(ModelError) as caught:
        find_model("heavy")
    assert str(wrong) in one_line(caught.value)
    assert SHA256["heavy"] in str(caught.value)


def test_a_bundle_is_found_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.task"
    shutil.copy(find_model("lite"), path)
    assert find_model(str(path)) == path


@pytest.mark.parametrize("choice", ["huge", "~nobody-here/mine.task", "a" * 300, "folder", "pipe"])
def test_neither_a_name_nor_a_file(
    choice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match=rf"'{choice}'.*lite, full, heavy") as caught:
        find_model(choice)
    one_line(caught.value)


def cut(path: Path) -> None:
    path.write_bytes(find_model("lite").read_bytes()[:1_000_000])


def flipped(path: Path) -> None:
    data = bytearray(find_model("lite").read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def other_bundle(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("hand_detector.tflite", b"weights")


def locked(path: Path) -> None:
    """As a bundle with a password says of itself."""
    shutil.copy(find_model("lite"), path)
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: path.write_text("not a model"), "not a pose model"),
        (lambda path: path.write_bytes(b""), "not a pose model"),
        (cut, "not a pose model"),
        (flipped, "damaged"),
        (other_bundle, "lacks pose_detector.tflite and pose_landmarks_detector.tflite"),
        (locked, "not a pose model"),
    ],
    ids=["text", "empty", "cut", "flipped bit", "other bundle", "password"],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, make: object, why: str) -> None:
    path = tmp_path / "wrong.task"
    assert callable(make)
    make(path)
    with pytest.raises(ModelError, match=why) as caught:
        find_model(str(path))
    assert str(path) in one_line(caught.value)


def test_finding_a_model_does_not_import_mediapipe() -> None:
    code = (
        "import sys; from posecoach.pose import find_model; find_model(); "
        "sys.exit('mediapipe' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], env=dict(os.environ)).returncode == 0
