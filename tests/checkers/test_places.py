"""The line of every key, against the parser of the standard library."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posecoach.checkers.loader import shipped
from posecoach.checkers.places import Place, line_of, lines_of

KEYS = st.one_of(
    st.from_regex(r"[a-z0-9_-]{1,4}", fullmatch=True),
    st.sampled_from(['"a.b"', "'x = 1'", '"#"', '"\\u00e9"', '""', "'['", '"\\""']),
)
STRINGS = st.sampled_from(
    [
        *('"a # b"', "'it ] } , ='", '"""one\ntwo # = [\n"""', "'''\n[x]\n'''", '"\\""', '""'),
        *('"""a\\\n  b"""', "''", '""""quoted""""', "'''it''''"),
    ]
)
PLAIN = st.sampled_from(["1", "-0.5", "true", "1979-05-27T07:32:00Z", "0x_f".replace("_", "")])


def arrays(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    between = st.sampled_from([",", ", ", ",\n  ", " , # a comment, with ] in it\n"])
    return st.builds(
        lambda values, comma, end: f"[{comma.join(values)}{comma if values and end else ''}]",
        st.lists(inner, max_size=3),
        between,
        st.booleans(),
    )


def tables(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.lists(st.tuples(KEYS, inner), max_size=3, unique_by=lambda pair: pair[0])
    return st.builds(lambda p: "{ " + ", ".join(f"{k} = {v}" for k, v in p) + " }", pairs)


VALUES = st.recursive(st.one_of(STRINGS, PLAIN), lambda v: st.one_of(arrays(v), tables(v)))
DOTTED = st.lists(KEYS, min_size=1, max_size=3).map(" . ".join)
LINES = st.one_of(
    st.builds("{} = {}".format, DOTTED, VALUES),
    st.builds("  [{}]  # table".format, DOTTED),
    st.builds("[[ {} ]]".format, DOTTED),
    st.sampled_from(["", "# [a] b = 1", "   "]),
)


def places_in(value: Any, at: Place = ()) -> set[Place]:
    found = {at} if at else set()
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inner:
        place = (*at, key)
        found.add(place)
        if isinstance(each, (dict, list)):
            found |= places_in(each, place)
    return found


@given(st.lists(LINES, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_every_place_of_a_document_is_found_and_no_other(lines: list[str], end: str) -> None:
    text = end.join(lines)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    found = lines_of(text)
    assert set(found) == places_in(values)
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())


def test_lines() -> None:
    text = """\
# a comment
id = "x"
[a]            # line 3
b.c = [
    1,
    { d = 2, e = 3 },
]
[[t.u]]
v = \"\"\"
[not.a.table]
\"\"\"
[[t.u]]
v = 1
w = 2
"""
    lines = lines_of(text)
    expected: dict[Place, int] = {
        ("id",): 2,
        ("a",): 3,
        ("a", "b"): 4,
        ("a", "b", "c", 0): 5,
        ("a", "b", "c", 1, "e"): 6,
        ("t", "u", 0): 8,
        ("t", "u", 0, "v"): 9,
        ("t", "u", 1): 12,
        ("t", "u", 1, "w"): 14,
    }
    assert {place: lines[place] for place in expected} == expected
    assert line_of(("t", "u", 1, "missing"), lines) == 12
    assert line_of(("missing",), lines) == 1


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_shipped_definitions(path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    found = lines_of(text)
    assert set(found) == places_in(tomllib.loads(text))
    lines = text.splitlines()
    for place, line in found.items():
        if len(place) == 1 and f"{place[0]} = " in text:
            assert lines[line - 1].startswith((f"{place[0]} = ", f"[{place[0]}", f"[[{place[0]}"))
