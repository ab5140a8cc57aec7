"""What was chosen last is kept, and is no reason to fail."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from posecoach.record.recents import MOST, Recents

A, B, C = ("exercise", "a"), ("program", "a"), ("exercise", "c")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "recent.json"


def test_the_last_one_is_first_each_once(path: Path) -> None:
    recents = Recents(path)
    assert (recents.choices, recents.problem) == ([], "")
    for choice in (A, B, A, C, A):
        recents.add(choice)
    again = Recents(path)
    assert (again.choices, again.problem) == ([A, C, B], "")
    assert list(path.parent.iterdir()) == [path]


def test_what_was_never_used_keeps_its_order_after_the_others(path: Path) -> None:
    recents = Recents(path)
    recents.add(C)
    recents.add(("exercise", "gone"))
    assert recents.first(["A", "B", "C"], [A, B, C]) == ["C", "A", "B"]
    assert Recents(path.with_name("none")).first(["A", "B"], [A, B]) == ["A", "B"]


def test_it_does_not_grow_for_ever(path: Path) -> None:
    recents = Recents(path)
    for i in range(MOST + 5):
        recents.add(("exercise", str(i)))
    found = Recents(path).choices
    assert len(found) == MOST
    assert found[0] == ("exercise", str(MOST + 4))


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"format": 2, "recent": []}', "[" * 5000, " " * 70_000, "\x00"],
)
def test_a_broken_file_is_told_in_one_line_and_written_anew(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    recents = Recents(path)
    assert recents.choices == []
    assert recents.problem.startswith(f"{path}: cannot be read")
    assert "\n" not in recents.problem
    recents.add(A)
    assert (Recents(path).choices, Recents(path).problem) == ([A], "")


def test_where_nothing_can_be_written_it_is_told_and_kept_in_mind(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    recents = Recents(blocked / "recent.json")
    recents.add(A)
    assert recents.choices == [A]
    assert "Cannot write" in recents.problem


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    recent=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
        max_leaves=12,
    )
)
def test_no_content_breaks_it(path: Path, recent: object) -> None:
    import json

    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"format": 1, "recent": recent}))
    for kind, name in Recents(path).choices:
        assert isinstance(kind, str)
        assert isinstance(name, str)
