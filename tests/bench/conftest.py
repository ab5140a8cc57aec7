"""Measurements, printed; run them with ``make bench`` on a machine that does nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Callable[..., None]:
    """`report(what, value, unit, target)`: a line that is seen also when all is well."""

    def line(what: str, value: float, unit: str = "", target: str = "") -> None:
        with capsys.disabled():
            aim = f"   (target: {target})" if target else ""
            print(f"\n  {what}: {value:.2f} {unit}{aim}", end="", flush=True)

    return line
