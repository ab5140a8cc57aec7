"""Fixtures: pages as files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from posecoach.feedback.report_words import ReportWords

NOW = datetime(2026, 11, 21, 18, 0)


@pytest.fixture
def words() -> ReportWords:
    return ReportWords({})


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[str], Path]:
    """`saved(html)`: the page as a file."""

    def save(html: str) -> Path:
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        return path

    return save
