"""What docs/exercises.md says is true: schema, signals, and the worked example."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import cv2
import pytest

from posecoach.checkers.doubts import doubts_about
from posecoach.checkers.loader import examine
from posecoach.feedback.wording import known_ids
from posecoach.motion import REGISTRY

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "exercises.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")
# Without exercises of whoever runs the tests.
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "XDG_CONFIG_HOME": str(ROOT / "tests" / "no-config"),
}


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """tools/exercise_docs.py, which makes the tables."""
    spec = importlib.util.spec_from_file_location("docs", ROOT / "tools" / "exercise_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_those_of_the_models_and_the_registry(tool: ModuleType) -> None:
    assert tool.updated(TEXT) == TEXT, "run: make docs"


def test_every_key_of_every_table_is_there_and_no_other(tool: ModuleType) -> None:
    schema = TEXT.partition("<!-- schema")[2].partition("<!-- end of schema")[0]
    told: dict[str, set[str]] = {}
    for part in schema.split("### ")[1:]:
        title, _, rest = part.partition("\n")
        told[title.strip("`[]")] = set(re.findall(r"^\| `(\w+)` \|", rest, re.MULTILINE))
    tables: dict[Any, str] = tool.tables()
    assert told == {
        path or "The file itself": set(model.model_fields) for model, path in tables.items()
    }
    assert sum(len(keys) for keys in told.values()) > 80


def test_every_signal_has_unit_range_views_meaning_and_picture(tool: ModuleType) -> None:
    for signal in REGISTRY.values():
        low, high = signal.span
        assert low < high
        assert signal.views
        assert signal.meaning.endswith(".")
        picture = cv2.imread(str(ROOT / "docs" / "pictures" / "signals" / f"{signal.name}.png"))
        assert picture is not None, signal.name
        assert f"### `{signal.name}`" in TEXT
    assert set(tool.CLIP_OF) == set(REGISTRY)
    for name in tool.CLIPS:
        assert (ROOT / "tests" / "clips" / f"{name}.mp4").exists()


def test_the_pictures_are_small_and_all_used() -> None:
    pictures = list((ROOT / "docs" / "pictures" / "signals").iterdir())
    assert sum(picture.stat().st_size for picture in pictures) < 2_000_000
    for picture in pictures:
        assert f"pictures/signals/{picture.name}" in TEXT


def test_links_lead_somewhere() -> None:
    headings = {
        re.sub(r"[^\w\- ]", "", line.lstrip("# ")).strip().lower().replace(" ", "-")
        for line in TEXT.splitlines()
        if line.startswith("#")
    }
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        path, _, anchor = target.partition("#")
        if path:
            assert (DOCUMENT.parent / path).exists(), target
        else:
            assert anchor in headings, target


def test_the_examples_are_flawless() -> None:
    for path in (ROOT / "docs" / "examples").glob("*.toml"):
        examined = examine(path)
        assert examined.problems == ()
        assert examined.definition is not None
        assert doubts_about(examined.definition, examined.text, known_ids()) == []


def test_the_example_of_words_is_the_examples_own() -> None:
    (block,) = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    example = (ROOT / "docs" / "examples" / "chair_stand.toml").read_text(encoding="utf-8")
    for line in block.splitlines():
        assert line.rstrip('"') in example


@pytest.mark.parametrize("command", re.findall(r"```sh\n(.*?)\n```", TEXT, re.DOTALL))
def test_the_commands_of_the_worked_example_run(command: str, tmp_path: Path) -> None:
    name, *arguments = shlex.split(command.replace("levels.png", str(tmp_path / "levels.png")))
    assert name == "posecoach"
    done = subprocess.run(
        [sys.executable, "-m", "posecoach", *arguments],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, done.stderr) == (0, "")
    # What the document shows below a command, where it is text and no numbers of a model.
    shown = TEXT.partition(f"{command}\n```")[2].lstrip()
    if shown.startswith("```text") and "signals" not in command:
        for line in shown.removeprefix("```text\n").partition("```")[0].splitlines():
            assert line in done.stdout
    assert ("levels.png" in command) == (tmp_path / "levels.png").exists()


def test_the_mistakes_that_the_document_shows(tmp_path: Path) -> None:
    """`posecoach check` says of them what is shown there."""
    good = (ROOT / "docs" / "examples" / "chair_stand.toml").read_text(encoding="utf-8")
    shown = [line for line in TEXT.splitlines() if line.startswith("chair_stand.toml:")]
    changes = [('why = "sit_up"', 'why = "sit_upp"'), ("count = 0.92", "count = 92")]
    assert len(shown) == len(changes)
    for line, (old, new) in zip(shown, changes, strict=True):
        assert old in good
        (tmp_path / "chair_stand.toml").write_text(good.replace(old, new))
        done = subprocess.run(
            [sys.executable, "-m", "posecoach", "check", "chair_stand.toml"],
            cwd=tmp_path,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
        )
        assert done.stdout.splitlines() == [line]
        assert done.returncode == 1
