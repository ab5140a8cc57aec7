"""``posecoach doctor`` as a process, and its checks where something is wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from speech import espeak

from posecoach.cli import checkup

ROOT = Path(__file__).parents[2]

Run = Callable[..., Any]


def findings(output: str) -> dict[str, dict[str, str]]:
    return {check["check"]: check for check in json.loads(output)["checks"]}


def test_it_says_line_by_line_what_works_here(run: Run) -> None:
    status, output, errors = run("doctor", visible=False).end()
    assert (status, errors) == (0, "")
    lines = [line for line in output.splitlines() if not line.startswith(" ")]
    assert lines[-1] == "Nothing keeps posecoach from working."
    assert {line.split()[0] for line in lines[:-1]} <= {"ok", "warning"}
    assert any(line.startswith("ok       Model full: ") for line in lines)
    assert any("ms a frame (full)" in line for line in lines)
    screen = output.splitlines().index("warning  Screen: DISPLAY is not set")
    assert "posecoach replay" in output.splitlines()[screen + 1]


def test_every_package_that_it_needs_is_looked_at() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[^\w-]", each)[0] for each in project["dependencies"]}
    assert needed - set(checkup.PACKAGES) == {"cv2-enumerate-cameras"}  # not on Linux


def test_json_tells_the_same_and_sees_a_screen(run: Run) -> None:
    status, output, errors = run("doctor", "--json").end()
    assert (status, errors) == (0, "")
    checks = findings(output)
    assert json.loads(output)["ok"] is True
    assert checks["Screen"]["state"] == "ok"
    assert checks["Python"]["found"].startswith("3.")
    assert {"av", "mediapipe", "opencv-contrib-python", "Sound", "Speech", "Data folder"} <= set(
        checks
    )
    assert all(check["remedy"] for check in checks.values() if check["state"] == "problem")


def test_it_says_whether_there_is_speech_and_in_which_languages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    espeak()
    found = checkup.speech()
    assert found.state == "ok"
    assert found.found.startswith("espeak-ng: English, Deutsch, ")
    monkeypatch.setenv("PATH", "")
    found = checkup.speech()
    assert (found.state, found.found) == ("warning", "none: tones stand in for words")
    assert "espeak-ng" in found.remedy


def test_a_damaged_model_is_a_problem(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another checkout with a model of which the last bytes are lost.
    root = Path(checkup.__file__).parents[2]
    for name in ("posecoach", "exercises", "models"):
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(root / name, tmp_path / name, ignore=ignore)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "clips").symlink_to(root / "tests" / "clips")
    model = tmp_path / "models" / "pose_landmarker_full.task"
    os.truncate(model, model.stat().st_size - 1000)
    monkeypatch.chdir(tmp_path)
    script = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from posecoach.cli.main import main\nmain(['doctor', '--json'])"
    )
    status, output, errors = run(script=script).end()
    assert (status, errors) == (1, "")
    checks = findings(output)
    assert checks["Model full"]["state"] == "problem"
    assert "damaged" in checks["Model full"]["found"]
    assert checks["Model lite"]["state"] == "ok"
    assert checks["Pose model"]["state"] == "problem"


def test_two_packages_in_one_cv2_folder_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As pip leaves it when opencv-python is installed beside opencv-contrib-python.
    info = tmp_path / "opencv_python-5.0.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: opencv-python\nVersion: 5.0.0\n")
    (info / "top_level.txt").write_text("cv2\n")
    assert checkup.opencv().state == "ok"
    monkeypatch.syspath_prepend(tmp_path)
    found = checkup.opencv()
    assert found.state == "warning"
    assert "opencv-python" in found.found
    assert "opencv-contrib-python" in found.found
    assert "pip uninstall --yes opencv-contrib-python opencv-python" in found.remedy


@pytest.mark.skipif(os.name == "nt", reason="XDG folders are for Linux")
def test_a_data_folder_that_cannot_be_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    found = checkup.data_folder()
    assert found.state == "warning"
    assert str(tmp_path / "file") in found.found
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    assert checkup.data_folder().state == "ok"
