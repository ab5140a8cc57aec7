from __future__ import annotations

import csv
from pathlib import Path

import cv2
import numpy as np
import pytest

from posecoach.checkers import find_definition
from posecoach.checkers.levels import levels_of
from posecoach.record.files import OutputError
from posecoach.record.plot import write_plot
from posecoach.record.traces import Spread, Traces


def traces(*values: float | None, name: str = "body_rise") -> Traces:
    found = Traces([name])
    for i, value in enumerate(values):
        found.add(i / 10, {name: value, "more": 1.0})
    return found


def test_spread_is_of_what_was_measured() -> None:
    assert traces(3.0, None, 1.0, 8.0).spread("body_rise") == Spread(1.0, 3.0, 8.0, 0.25)
    assert traces(None, None).spread("body_rise") == Spread(None, None, None, 1.0)
    assert traces().spread("body_rise") == Spread(None, None, None, 1.0)


def test_a_table_leaves_empty_what_was_not_measured(tmp_path: Path) -> None:
    traces(0.1234567, None, -0.0).write(tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["time_s", "body_rise"], ["0.0", "0.12346"], ["0.1", ""], ["0.2", "0.0"]]


@pytest.mark.parametrize("values", [(), (None, None), (0.5,), (0.1, 0.2, None, 0.3)])
def test_there_is_always_a_picture(tmp_path: Path, values: tuple[float | None, ...]) -> None:
    levels = list(levels_of(find_definition("heel_raises")))
    write_plot(traces(*values), tmp_path / "x.png", levels, "a title with \N{PILE OF POO} in it")
    picture = cv2.imread(str(tmp_path / "x.png"))
    assert picture is not None
    assert picture.min() == 0
    assert picture.shape[1] == 800


def test_the_picture_is_the_same_each_time(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        write_plot(traces(0.1, 0.2, 0.1), tmp_path / name, title="t")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_some_of_the_signals_alone() -> None:
    found = Traces(["body_rise", "travel"])
    found.add(0.0, {"body_rise": 1.0, "travel": 2.0})
    some = found.only(["travel"])
    assert some.names == ("travel",)
    assert np.array_equal(some.of("travel"), [2.0])
    assert list(some.times) == [0.0]


def test_a_picture_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist; create it"):
        write_plot(traces(0.1, 0.2), tmp_path / "none" / "x.png")
    assert list(tmp_path.iterdir()) == []
