"""Fixtures: posecoach as a real process without a screen, and what it gives of one clip."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cuts import beginning

ROOT = Path(__file__).parents[2]
LIMIT_S = 300  # only so that a broken test ends


def environment(**changes: str | None) -> dict[str, str]:
    """This process's, in which posecoach is found from any folder, and without a screen.

    Without exercises, settings and language of whoever runs the tests, too.
    """
    found = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "DISPLAY": None,
        "LANGUAGE": "en",
        "XDG_CONFIG_HOME": str(ROOT / "tests" / "no-config"),
        "XDG_STATE_HOME": str(ROOT / "tests" / "no-config"),
        **changes,
    }
    return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True)
class Ended:
    """A process that is over."""

    status: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line on standard error."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("posecoach: ")
        return lines[0].removeprefix("posecoach: ")


def ended(arguments: tuple[object, ...], folder: Path, **env: str | None) -> Ended:
    done = subprocess.run(
        [sys.executable, "-m", "posecoach", *map(str, arguments)],
        cwd=folder,
        env=environment(**env),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_S,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def posecoach(tmp_path: Path) -> Callable[..., Ended]:
    """`posecoach(*arguments, **environment)`: run it in a folder of its own, to its end."""

    def ran(*arguments: object, **env: str | None) -> Ended:
        return ended(arguments, tmp_path, **env)

    return ran


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """`begin(*arguments, **environment)`: start it in a folder of its own."""
    processes = []

    def started(*arguments: object, **env: str | None) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "posecoach", *map(str, arguments)],
            cwd=tmp_path,
            env=environment(**env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    yield started
    for process in processes:
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdout, process.stderr):
            assert pipe is not None
            pipe.close()


@pytest.fixture(scope="session")
def short_clip(clips: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first two seconds of a clip: for tests of what happens, not of what is counted."""
    path = tmp_path_factory.mktemp("short") / "short.mp4"
    return beginning(clips / "hr_front.mp4", path, 2.0)


@dataclass(frozen=True)
class Replayed:
    """One clip replayed with every output."""

    folder: Path
    ended: Ended
    result: dict[str, Any]
    rows: list[dict[str, str]]
    video: Path


@pytest.fixture(scope="session")
def mixed(clips: Path, tmp_path_factory: pytest.TempPathFactory) -> Replayed:
    """The demo clip with all outputs: four reps and two tries."""
    folder = tmp_path_factory.mktemp("mixed")
    done = ended(
        (
            *("replay", clips / "hr_side_r_mixed.mp4", "--exercise", "heel_raises"),
            *("--height", "181.7", "--output", "o.mp4", "--json", "o.json", "--csv", "o.csv"),
            *("--landmarks", "o.landmarks"),
        ),
        folder,
    )
    assert done.status == 0, done.err
    with (folder / "o.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    result = json.loads((folder / "o.json").read_text(encoding="utf-8"))
    return Replayed(folder, done, result, rows, folder / "o.mp4")
