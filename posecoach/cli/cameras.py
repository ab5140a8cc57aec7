"""``posecoach cameras``: which there are, what each gives, and why one gives nothing."""

from __future__ import annotations

from dataclasses import asdict

import click

from posecoach.frames import CameraFound, list_cameras
from posecoach.record.files import STDOUT, write_json

ASKED = (1280, 720)
ASKED_FPS = 30.0
NONE_FOUND = "Plug one in, or use a phone's address: posecoach live EXERCISE --camera URL"
# A rate that is measured over a second is off by a frame or two.
_NEARLY = 0.9


@click.command(
    epilog="""\b
Examples:
  posecoach cameras
  posecoach live heel_raises --camera 1
  posecoach live heel_raises --camera logitech"""
)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def cameras(as_json: bool) -> None:
    """List the cameras of this machine, and try each: about two seconds a camera.

    What stands before a camera is its number, for --camera; a part of its name will do, too.
    """
    found = list_cameras(ASKED, ASKED_FPS)
    if as_json:
        write_json(STDOUT, {"format": 1, "cameras": [asdict(camera) for camera in found]})
    elif not found:
        click.echo(f"No camera was found. {NONE_FOUND}")
    else:
        for camera in found:
            click.echo(f"{camera.index}  {camera_line(camera)}")


def camera_line(camera: CameraFound) -> str:
    """A camera's name, and what it gives or why it gives nothing."""
    name = camera.name or camera.path or "unnamed"
    if camera.fps is None:
        return f"{name}: {camera.problem or 'gives no picture'}"
    line = f"{name}: {camera.width}x{camera.height}, {camera.fps:.0f} frames a second"
    less = (camera.width, camera.height) != ASKED or camera.fps < _NEARLY * ASKED_FPS
    asked = f"; {ASKED[0]}x{ASKED[1]} at {ASKED_FPS:.0f} was asked for"
    return f"{line}{asked if less else ''}"
