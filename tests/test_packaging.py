from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, built without any network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_a_wheel_holds_all_that_runs_need(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    modules = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("posecoach/**/*.py")}
    assert modules <= names
    inside = {
        path.relative_to(ROOT).as_posix() for path in ROOT.glob("posecoach/**/words/**/*.toml")
    }
    pages = {
        p.relative_to(ROOT).as_posix() for p in ROOT.glob("posecoach/record/report/templates/*")
    }
    assert len(inside) == 12
    assert len(pages) == 7
    assert inside | pages <= names
    exercises = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("exercises/**/*.toml")}
    assert exercises
    assert {f"posecoach/_data/{name}" for name in exercises} <= names
    for name in ("lite.task", "full.task"):
        assert f"posecoach/_data/models/pose_landmarker_{name}" in names
    assert {"posecoach/_data/demo.mp4", "posecoach/_data/models/NOTICE"} <= names
    assert not any(name.startswith("tests/") for name in names)
    assert "posecoach/_data/models/pose_landmarker_heavy.task" not in names


def test_an_unpacked_wheel_finds_its_own_files(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = (
        "from posecoach.pose import find_model\n"
        "from posecoach.resources import resource\n"
        "for path in (find_model(), resource('exercises'), resource('demo.mp4')): print(path)\n"
    )
    # Isolated, so that nothing but the unpacked wheel can be meant by the name.
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{code}"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    data = tmp_path / "posecoach" / "_data"
    assert done.stdout.splitlines() == [
        str(data / "models" / "pose_landmarker_full.task"),
        str(data / "exercises"),
        str(data / "demo.mp4"),
    ]


def test_only_one_opencv_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    builds = [name for name in project["dependencies"] if name.startswith("opencv")]
    assert [name.split(">")[0] for name in builds] == ["opencv-contrib-python"]
