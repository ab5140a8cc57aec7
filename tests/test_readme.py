"""What the README shows is true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_runs_and_counts() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("4 reps,")


def test_pictures_and_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)]+)\)", TEXT)
    assert any(target.endswith(".jpg") for target in targets)
    for target in targets:
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_commands_and_exercises_named_there_exist() -> None:
    commands = set(
        re.findall(
            r"posecoach (live|history|replay|list|describe|demo|check|signals|evaluate|doctor"
            r"|export|settings)",
            TEXT,
        )
    )
    assert commands >= {
        *("live", "replay", "list", "describe", "check", "signals", "evaluate", "doctor", "export"),
        "settings",
    }
    for program in re.findall(r"posecoach program ([a-z]+_[a-z_]+)`", TEXT):
        assert (ROOT / "exercises" / "programs" / f"{program}.toml").exists(), program
    for exercise in set(re.findall(r"(?:live|describe|--exercise) ([a-z]+_[a-z_]+)", TEXT)):
        assert (ROOT / "exercises" / f"{exercise}.toml").exists(), exercise
