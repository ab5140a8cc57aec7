"""The system's speech engine for tests, and stand-ins for other systems' engines."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest


def espeak() -> str:
    """Path of espeak-ng; without it the test is skipped, but in CI it fails."""
    found = shutil.which("espeak-ng")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("espeak-ng is missing: the CI run must install it")
        pytest.skip("espeak-ng is not installed: apt-get install espeak-ng")
    return found


def program(folder: Path, name: str, script: str) -> Path:
    """A program of that name in a folder of its own, for PATH."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    path.chmod(0o755)
    return folder


def sound_server(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Have a sound server, whose player is a shell script, until the test is over."""
    places = program(folder / "bin", "paplay", script)
    monkeypatch.setenv("PATH", f"{places}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")


def voiced(samples: np.ndarray, rate: int) -> float:
    """The share of a sound that is voiced speech: pieces that repeat at a voice's pitch.

    A piece of 40 ms is voiced if it is loud and correlates with itself by 0.7 or more at the
    distance of one period of 70 to 350 Hz. Noise never does; a steady tone does everywhere.
    """
    size = round(0.04 * rate)
    pieces = samples[: len(samples) // size * size].reshape(-1, size)
    loud = np.sqrt((pieces**2).mean(axis=1))
    lags = range(rate // 350, rate // 70)
    found = 0
    for piece, level in zip(pieces, loud, strict=True):
        if level < 0.1 * loud.max():
            continue
        found += max(_alike(piece[:-lag], piece[lag:]) for lag in lags) > 0.7
    return found / len(pieces)


def _alike(one: np.ndarray, other: np.ndarray) -> float:
    return float((one * other).sum() / np.sqrt((one**2).sum() * (other**2).sum() + 1e-12))
