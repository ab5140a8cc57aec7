"""What is valid in a definition and yet hardly meant is told, with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from posecoach.checkers.doubts import CIRCLE_METRICS, doubts_about, metrics_of_track
from posecoach.checkers.loader import examine, load_definition, shipped
from posecoach.checkers.problems import Problem
from posecoach.feedback.wording import known_ids
from posecoach.resources import resource

Find = Callable[..., list[Problem]]
EXERCISES = resource("exercises")


@pytest.fixture
def doubts(tmp_path: Path) -> Find:
    """`doubts(exercise, old, new, ...)`: warnings about a shipped one after changes."""

    def find(exercise: str, *changes: str) -> list[Problem]:
        text = (EXERCISES / f"{exercise}.toml").read_text(encoding="utf-8")
        for old, new in zip(changes[::2], changes[1::2], strict=True):
            assert old in text, old
            text = text.replace(old, new, 1)
        path = tmp_path / f"{exercise}.toml"
        path.write_text(text, encoding="utf-8")
        examined = examine(path)
        assert examined.definition is not None, examined.problems
        found = doubts_about(examined.definition, examined.text, known_ids())
        assert all(problem.kind == "warning" for problem in found)
        return found

    return find


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_there_are_none_about_the_shipped_ones(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert doubts_about(load_definition(path), text, known_ids()) == []


@pytest.mark.parametrize(
    ("exercise", "old", "new", "key", "says"),
    [
        (
            "heel_raises",
            'id = "too_fast"',
            'id = "too_fasst"',
            "reps.faults.2.id",
            "no words for 'too_fasst'; did you mean 'too_fast'?",
        ),
        (
            "heel_raises",
            "below = 0.35",
            'below = 0.35\n[words.nobodys]\nsay = "x"',
            "words.nobodys",
            "nothing in this exercise says 'nobodys'",
        ),
        (
            "heel_raises",
            'metric = "rep_s"',
            'metric = "reps_s"',
            "reps.faults.2.metric",
            "nothing here measures 'reps_s'; did you mean 'rep_s'?",
        ),
        (
            "heel_raises",
            'metric = "rep_s"',
            'metric = "pulse"',
            "reps.faults.2.metric",
            "measured here: down_s, heel_lift_cm, knee_drop_deg",
        ),
        (
            "leg_up_towel",
            'metric = "',
            'metric = "x',
            "hold.faults.1.metric",
            "nothing here measures 'x",
        ),
        (
            "heel_raises",
            'metric = "rep_s"\nbelow = 1.0',
            'metric = "rep_s"\nabove = 1\nbelow = 4',
            "reps.faults.2.above",
            "always a fault",
        ),
        ("heel_raises", "below = 35", "above = 300", "view.position.1.above", "never above 300"),
        ("heel_raises", "below = 35", "below = -5", "view.position.1.below", "never below -5"),
        ("heel_raises", "below = 35", "below = 3500", "view.position.1.below", "always below"),
        (
            "heel_raises",
            "standard = 0.068      # 6.5 cm of heel",
            "standard = 6.5",
            "reps.tracks.1.standard",
            "outside of what counts",
        ),
        (
            "heel_raises",
            "standard = 0.068      # 6.5 cm of heel",
            "standard = 0.01",
            "reps.tracks.1.standard",
            "outside of what counts, 0.035 to 0.2",
        ),
        (
            "toe_walking",
            "on = 0.020",
            "on = 2.0",
            "walk.on",
            "which never gets to 2",
        ),
        (
            "heel_tendon_stretch",
            'signal = "leg_span", drop = 0.03',
            'signal = "leg_span", drop = 3.0',
            "hold.drifts.2.drop",
            "never changes by 3",
        ),
        (
            "heel_tendon_stretch",
            "range = 0.1, near = 0.02",
            "range = 10, near = 0.02",
            "hold.steady.range",
            "never changes by 10",
        ),
        (
            "heel_raises",
            'signal = "toe_shift", below',
            'signal = "toe_shift.left", below',
            "reps.tracks.2.only.1.signal",
            "the left one's for either side; write 'toe_shift'",
        ),
        (
            "heel_raises",
            'signal = "trunk_lean", below = 35',
            'signal = "knee_bend", above = 90',
            "view.position.1.signal",
            "means 'knee_bend.left'",
        ),
        (
            "heel_tendon_stretch",
            'knee_angle_deg = "knee_bend"',
            'knee_angle_deg = "knee_bend.right"',
            "hold.metrics.knee_angle_deg",
            "the right one's for either side",
        ),
        (
            "heel_raises",
            'signal = "lone_heel_rise"',
            'signal = "stepping"',
            "reps.tracks.2.signal",
            'write side = "both"',
        ),
        (
            "heel_raises",
            'signal = "hip_height", above = 0.6, slack = 0.1',
            'signal = "trunk_lean", above = 40',
            "view.position.2",
            "can never be so together with view.position.1",
        ),
        (
            "heel_raises",
            "each_side = true",
            'phases = [{ feet = "in", seconds = 5 }]',
            "dose.phases",
            "phases are for walking",
        ),
        ("heel_raises", "sets = 2", "hold_s = 2", "dose.hold_s", "nothing is held"),
        ("leg_up_towel", "hold_s = 30", "reps = 3\nhold_s = 30", "dose.reps", "write hold_s"),
        ("ankle_circles", "reps = 10", "hold_s = 9", "dose.hold_s", "write reps"),
        ("tibialis_anterior", "max_s = 60", "max_s = 2", "reps.tracks.1.max_s", "given up after"),
        ("ankle_circles", '"circle_s"', '"rep_s"', "circles.faults.2.metric", "circle_s"),
    ],
)
def test_what_is_hardly_meant(
    doubts: Find, tmp_path: Path, exercise: str, old: str, new: str, key: str, says: str
) -> None:
    (problem,) = doubts(exercise, old, new)
    assert problem.key == key
    assert says in problem.message
    # The line is the one that was changed.
    line = (
        (tmp_path / f"{exercise}.toml").read_text(encoding="utf-8").splitlines()[problem.line - 1]
    )
    assert any(line.strip() in changed or changed in line for changed in new.splitlines())


def test_words_of_ones_own_are_words(doubts: Find) -> None:
    words = '\n[words.my_fault]\nsay = "Mine"\n'
    renamed = ('id = "too_fast"', 'id = "my_fault"')
    assert doubts("heel_raises", *renamed, "below = 0.35", f"below = 0.35\n{words}") == []


def test_the_metrics_are_those_that_the_checkers_measure() -> None:
    """Read in their sources, where they are written: a new one must be told here as well."""
    folder = Path(metrics_of_track.__code__.co_filename).parent
    lane = (folder / "lane.py").read_text(encoding="utf-8")
    circle = (folder / "circle_checker.py").read_text(encoding="utf-8")
    tracks = [t for path in shipped() if (r := load_definition(path).reps) for t in r.tracks]
    told = {name for track in tracks for name in metrics_of_track(track)}
    # These are named in the definitions.
    own = {name for t in tracks for name in (t.degrees, t.sag, *t.lows, *t.highs) if name}
    for name in told - own:
        assert f'"{name}"' in lane, name
    for name in CIRCLE_METRICS:
        assert f'"{name}"' in circle, name
