from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from figures import film, heel_raises

from posecoach.checkers import load_all
from posecoach.record.event_log import EventLog, values_of
from posecoach.record.files import OutputError
from posecoach.session import Step, Workout, plan
from posecoach.session import setup_events as sev
from posecoach.session.program import Pauses


@pytest.fixture(scope="module")
def coached() -> Workout:
    steps = [Step(exercise="heel_raises", side="each", sets=1, reps=1, rest_s=3)]
    coach = Workout(plan(steps, load_all(), Pauses(side_s=2.0)), setup=True)
    for pose in film(heel_raises(6), 20.0, fps=15.0):
        coach.update(pose)
    coach.finish()
    return coach


def test_a_line_for_each_event_that_json_reads_again(tmp_path: Path, coached: Workout) -> None:
    path = tmp_path / "events.jsonl"
    with EventLog(path) as log:
        log.write(coached.events[:3])
        # There at once, for whoever reads along.
        assert len(path.read_text(encoding="utf-8").splitlines()) == 3
        log.write(coached.events[3:])
        log.write([])
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert lines == [values_of(event) for event in coached.events]
    assert {"setup_started", "count_in", "set_begun", "block_started", "program_finished"} <= {
        line["event"] for line in lines
    }
    times = [line["t_s"] for line in lines]
    assert times == sorted(times)
    started = next(line for line in lines if line["event"] == "block_started")
    assert (started["exercise"], started["set"], started["side"]) == ("heel_raises", 1, "left")
    gesture = values_of(sev.GestureMade(1.0, gesture="next"))
    assert gesture == {"t_s": 1.0, "event": "gesture", "side": None, "gesture": "next"}


def test_every_event_is_in_the_document(coached: Workout) -> None:
    text = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    section = text.partition("## Events")[2].partition("\n## ")[0]
    told = set(re.findall(r"`(\w+)`", section))
    for event in [*coached.events, sev.GestureMade(0.0), sev.CountInBroken(0.0)]:
        assert set(values_of(event)) | {event.name} <= told | {"t_s", "event", "side"}, event


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk is always full here")
def test_a_full_disk_is_said_once_and_in_words(coached: Workout) -> None:
    with (
        pytest.raises(OutputError, match=r"^Cannot write /dev/full: the disk is full"),
        EventLog(Path("/dev/full")) as log,
    ):
        log.write(coached.events[:1])


@pytest.mark.parametrize("name", ["no/such/folder.jsonl", "."])
def test_what_cannot_be_written_is_said_in_one_line(tmp_path: Path, name: str) -> None:
    with (
        pytest.raises(OutputError, match=r"^Cannot write .*choose another"),
        EventLog(tmp_path / name),
    ):
        pass
