"""Why a camera gives nothing: real files, real rights, real processes that hold them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from posecoach.frames.trouble import Why, plainly_not, remedy, users_of, why_not

ROOT = Path(__file__).parents[2]
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="device files are Linux's")


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_each_trouble_has_a_remedy_of_its_own_on_one_line(system: str) -> None:
    said = [remedy(why, "camera 0", system) for why in get_args(Why)]
    assert len(set(said)) == len(said)
    for line in said:
        assert "camera 0" in line
        assert "\n" not in line
        assert len(line) < 200


@pytest.mark.parametrize(
    ("system", "detail", "part"),
    [
        ("linux", "video", "sudo usermod -aG video $USER"),
        ("linux", "", "ask whoever looks after this machine"),
        ("darwin", "", "System Settings > Privacy & Security > Camera"),
        ("win32", "", "Settings > Privacy & security > Camera"),
    ],
)
def test_what_is_forbidden_is_allowed_where_that_system_does_it(
    system: str, detail: str, part: str
) -> None:
    assert part in remedy("forbidden", "camera 0", system, detail)
    assert "in use" not in remedy("forbidden", "camera 0", system, detail)


def test_who_uses_it_is_named() -> None:
    assert "in use by zoom: close it" in remedy("busy", "camera 1", "linux", "zoom")


@linux
def test_absent_and_no_camera(tmp_path: Path) -> None:
    assert why_not(str(tmp_path / "video0")) == ("absent", str(tmp_path / "video0"))
    assert plainly_not(97) == ("absent", "/dev/video97")
    assert plainly_not("/dev/null") is None
    # A device that is something else knows nothing of buffers.
    assert why_not("/dev/zero")[0] == "no_camera"


@linux
@pytest.mark.skipif(shutil.which("tail") is None, reason="needs a program that holds a file")
def test_busy_is_told_with_who_holds_it(tmp_path: Path, eventually: Callable[..., bool]) -> None:
    device = tmp_path / "video0"
    os.mkfifo(device)
    # Open for both, or a pipe waits for its other end.
    holder = subprocess.Popen(["tail", "-f", "/dev/null"], stdin=os.open(device, os.O_RDWR))
    try:
        assert eventually(lambda: users_of(device) == ["tail"])
    finally:
        holder.kill()
        holder.wait()
    assert eventually(lambda: users_of(device) == [])


ASK = """
import grp, os, sys
sys.path.insert(0, sys.argv[1])
from posecoach.frames.device import DeviceSource
from posecoach.frames.sources import SourceError
# Only now: somebody else may not be able to read this checkout.
os.setgroups([])
os.setresgid(65534, 65534, 65534)
os.setresuid(65534, 65534, 65534)
try:
    DeviceSource(sys.argv[2], (1280, 720), 30).open()
except SourceError as error:
    print(error.final, error.problem)
"""


@linux
@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0,
    reason="only root can become somebody whom a file is closed to",
)
@pytest.mark.parametrize(
    ("mode", "part"), [(0o600, "ask whoever looks after"), (0o660, "sudo usermod -aG audio")]
)
def test_a_device_that_is_closed_to_somebody_is_forbidden_and_not_busy(
    tmp_path: Path, mode: int, part: str
) -> None:
    import grp

    device = Path("/dev/shm") / f"posecoach-{os.getpid()}-video0"
    device.touch()
    try:
        device.chmod(mode)
        os.chown(device, 0, grp.getgrnam("audio").gr_gid)
        done = subprocess.run(
            [sys.executable, "-c", ASK, str(ROOT), str(device)],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        device.unlink()
    assert done.stderr == ""
    assert done.stdout.startswith("True The camera")
    assert part in done.stdout
    assert "in use" not in done.stdout
