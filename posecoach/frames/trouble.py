"""Why a camera of this machine gives nothing: absent, forbidden, busy, or none of these.

OpenCV tells only that it does not work, so the system is asked. Each answer comes with what
to do about it on that system, in one line.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import struct
import sys
from pathlib import Path
from typing import Literal

from posecoach.frames.names import named_cameras

Why = Literal["absent", "forbidden", "busy", "no_camera", "silent"]

_VIDIOC_REQBUFS = 0xC0145608
_NO_BUFFERS = struct.pack("=III4xB3x", 0, 1, 1, 0)
"""Asks for no buffers (video capture, memory mapped), which changes nothing; a driver whose
camera another program streams from refuses it with EBUSY (linux/videodev2.h; the kernel's
Userspace API, VIDIOC_REQBUFS)."""


def remedy(why: Why, name: str, system: str, detail: str = "") -> str:
    """One line: what is wrong with a camera, and what to do about it.

    Args:
        why: What was found out.
        name: How the camera is called in the sentence, such as ``camera 0``.
        system: As ``sys.platform`` has it.
        detail: Of ``busy``, which program uses it; of ``forbidden`` on Linux, the group that
            may; of ``absent``, its device path. May be empty.
    """
    match why:
        case "absent":
            where = f" ({detail})" if detail not in name else ""
            return (
                f"There is no {name}{where}: plug one in, or name another with --camera. "
                "posecoach cameras lists them."
            )
        case "busy":
            what = f"by {detail}: close it" if detail else "by another program: close that"
            return f"The {name} is in use {what}, or name another camera with --camera."
        case "no_camera":
            return f"The {name} is not a camera: posecoach cameras lists those that are."
        case "forbidden" if system == "darwin":
            return (
                f"macOS does not let your terminal use the {name}: allow it in System Settings > "
                "Privacy & Security > Camera, and open the terminal anew."
            )
        case "forbidden" if system == "win32":
            return (
                f"Windows does not let desktop apps use the {name}: turn on both switches in "
                "Settings > Privacy & security > Camera."
            )
        case "forbidden" if detail:
            return (
                f"The {name} may not be used by you: run 'sudo usermod -aG {detail} $USER', then "
                "log in again."
            )
        case "forbidden":
            return (
                f"The {name} may not be used by you: ask whoever looks after this machine for "
                "the right to read and write it."
            )
    return (
        f"The {name} gives no picture: plug it out and in again, close other programs that may "
        "use it, or name another with --camera."
    )


def why_not(device: int | str) -> tuple[Why, str]:
    """Find out why a camera does not open, or opens and gives no picture.

    Args:
        device: Number from 0, or a device path.

    Returns:
        What is the matter, and a detail for :func:`remedy`.
    """
    if sys.platform == "darwin":
        return _why_not_on_macos(device)
    if sys.platform == "win32":
        return _why_not_on_windows(device)
    return _why_not_on_linux(Path(f"/dev/video{device}" if isinstance(device, int) else device))


def plainly_not(device: int | str) -> tuple[Why, str] | None:
    """What can be told on Linux before a camera is opened: that it is absent, or forbidden."""
    path = Path(f"/dev/video{device}" if isinstance(device, int) else device)
    if not path.exists():
        return "absent", str(path)
    if not os.access(path, os.R_OK | os.W_OK):
        return "forbidden", _group_of(path)
    return None


def users_of(path: Path) -> list[str]:
    """Names of other programs that hold a device, as far as Linux lets one see."""
    found = set()
    target = os.path.realpath(path)
    for process in Path("/proc").glob("[0-9]*"):
        if process.name == str(os.getpid()):
            continue
        # Somebody else's process, or one that has just ended.
        with contextlib.suppress(OSError):
            if any(str(link.readlink()) == target for link in (process / "fd").iterdir()):
                found.add((process / "comm").read_text("utf-8", "replace").strip())
    return sorted(found)


def _why_not_on_linux(path: Path) -> tuple[Why, str]:
    plain = plainly_not(str(path))
    if plain is not None:
        return plain
    if sys.platform == "win32":
        return "silent", ""
    try:
        handle = os.open(path, os.O_RDWR | os.O_NONBLOCK)
    except OSError as error:
        match error.errno:
            case errno.EACCES | errno.EPERM:
                return "forbidden", _group_of(path)
            case errno.EBUSY:
                return "busy", ", ".join(users_of(path))
            case errno.ENODEV | errno.ENXIO | errno.ENOENT:
                return "absent", str(path)
        return "silent", ""
    try:
        return _asked(handle, path)
    finally:
        os.close(handle)


def _asked(handle: int, path: Path) -> tuple[Why, str]:
    """What the driver behind an open device says."""
    if sys.platform != "linux":
        return "silent", ""
    import fcntl

    try:
        fcntl.ioctl(handle, _VIDIOC_REQBUFS, _NO_BUFFERS)
    except OSError as error:
        if error.errno == errno.EBUSY:
            return "busy", ", ".join(users_of(path))
        if error.errno == errno.ENODEV:
            return "absent", str(path)
        if error.errno == errno.ENOTTY:
            return "no_camera", ""
    users = users_of(path)
    return ("busy", ", ".join(users)) if users else ("silent", "")


def _group_of(path: Path) -> str:
    """The group that may use a device; empty where belonging to one would not help."""
    if sys.platform == "win32":
        return ""
    import grp

    try:
        facts = path.stat()
        name = grp.getgrgid(facts.st_gid).gr_name
    except (OSError, KeyError):
        return ""
    both = stat.S_IRGRP | stat.S_IWGRP
    return name if facts.st_mode & both == both and name != "root" else ""


def _why_not_on_macos(device: int | str) -> tuple[Why, str]:
    known = named_cameras()
    if known and isinstance(device, int) and device not in {each.index for each in known}:
        return "absent", ""
    try:
        import AVFoundation
    except ImportError:
        return "forbidden", ""
    status = AVFoundation.AVCaptureDevice.authorizationStatusForMediaType_(
        AVFoundation.AVMediaTypeVideo
    )
    # 3 is authorised; not asked yet (0), restricted (1) and denied (2) all show nothing.
    return ("busy" if status == 3 else "forbidden"), ""


def _why_not_on_windows(device: int | str) -> tuple[Why, str]:
    if sys.platform != "win32":
        return "silent", ""
    import winreg

    # Where the Settings keep their switches: for the machine, for this user, and for this
    # user's desktop apps.
    store = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\webcam"
    for root, key in (
        (winreg.HKEY_LOCAL_MACHINE, store),
        (winreg.HKEY_CURRENT_USER, store),
        (winreg.HKEY_CURRENT_USER, rf"{store}\NonPackaged"),
    ):
        with contextlib.suppress(OSError), winreg.OpenKey(root, key) as opened:
            if winreg.QueryValueEx(opened, "Value")[0] == "Deny":
                return "forbidden", ""
    known = named_cameras()
    if isinstance(device, int) and known is not None:
        return ("busy" if device in {each.index for each in known} else "absent"), ""
    return "silent", ""
