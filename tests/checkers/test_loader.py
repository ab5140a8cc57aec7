"""A definition with a mistake gives one line that names file, key and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from posecoach.checkers import DefinitionError, find_definition, load_all, load_definition
from posecoach.checkers.definition import Definition, without_body
from posecoach.errors import UsageError
from posecoach.feedback.wording import known_ids
from posecoach.resources import resource

GOOD = (resource("exercises") / "heel_raises.toml").read_text(encoding="utf-8")


def write(folder: Path, text: str, name: str = "heel_raises.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_ones_load_and_agree_with_their_file_names() -> None:
    found = load_all()
    assert {"heel_raises", "toe_walking", "leg_up_towel", "ankle_circles"} <= set(found)
    assert all(isinstance(d, Definition) and d.id == name for name, d in found.items())


def test_every_cue_and_fault_of_the_shipped_ones_has_words() -> None:
    known = set(known_ids())
    for definition in load_all().values():
        used = {c.why for c in definition.view.position}
        if definition.reps:
            used |= {f.id for f in definition.reps.faults}
            used |= {t.verdict for t in definition.reps.tracks if t.verdict}
            used |= {t.shallow for t in definition.reps.tracks}
            used |= {t.unrested for t in definition.reps.tracks}
            used |= {c.why for t in definition.reps.tracks for c in t.only}
            used |= {c.why for c in definition.reps.measured}
            used |= {"too_short"} if any(t.hold for t in definition.reps.tracks) else set()
        if definition.hold:
            used |= {c.why for c in definition.hold.position}
            used |= {d.why for d in definition.hold.drifts}
            used |= {f.id for f in definition.hold.faults}
        if definition.walk:
            used |= {c.why for c in definition.walk.only}
            used |= {"heels_dropped", "standing_still"}
        if definition.circles:
            used |= {f.id for f in definition.circles.faults} | {"only_up_and_down"}
        assert used <= known, used - known


def test_what_is_said_of_close_ups_has_words() -> None:
    assert {"show_feet", "follow_the_clock", "only_feet", "paced"} <= set(known_ids())
    assert {"close_up", "close_up_alone"} <= set(known_ids())


@pytest.mark.parametrize(
    ("old", "new", "key", "remedy"),
    [
        ("count = 0.035", "cuont = 0.035", "reps.tracks.1.cuont", "did you mean 'count'?"),
        ("count = 0.035", "count = 0.001", "reps.tracks.1", "ordered: leave < attempt <= count"),
        ("count = 0.035", "count = -1", "reps.tracks.1.count", "greater than 0"),
        ("count = 0.035", "count = nan", "reps.tracks.1.count", "finite number"),
        ("count = 0.035", "count = inf", "reps.tracks.1.count", "finite number"),
        ("count = 0.035", 'count = "a lot"', "reps.tracks.1.count", "valid number"),
        (
            'signal = "body_rise"\nside',
            'signal = "body_rice"\nside',
            "reps.tracks.1.signal",
            "did you mean 'body_rise'?",
        ),
        (
            'side = "stance"',
            'side = "port"',
            "reps.tracks.1.side",
            "'both', 'stance', 'each', 'one_foot', 'feet' or 'together'",
        ),
        ('kind = "reps"', 'kind = "hold"', "file", "needs the table [hold]"),
        ('kind = "reps"', 'kind = "dance"', "kind", "'reps', 'hold', 'walk' or 'circles'"),
        ('id = "heel_raises"', 'id = "toe_raises"', "id", "rename one of them"),
        ('id = "heel_raises"', 'id = "Heel Raises!"', "id", "pattern"),
        ("format = 1", "format = 7", "format", "1"),
        ("format = 1\n", "", "format", "is missing; add it"),
        ('"foot_index"]', '"toes"]', "view.needs", "known: shoulder"),
        ("above = 150, ", "", "reps.tracks.1.only.1", "needs 'above' or 'below'"),
        ("reps = 10", "reps = 0", "dose.reps", "greater than or equal to 1"),
        ("reps = 10", "reps = 1_000_000_000_000", "dose.reps", "less than or equal to 1000"),
        ('metric = "rep_s"\nbelow = 1.0', 'metric = "rep_s"', "reps.faults.2", "needs 'above'"),
        ('signal = "travel"', 'signal = "travel.left"', "reps.tracks.1.only.2", "without a side"),
    ],
)
def test_a_mistake_names_file_key_and_remedy(
    tmp_path: Path, old: str, new: str, key: str, remedy: str
) -> None:
    assert old in GOOD
    path = write(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(DefinitionError) as caught:
        load_definition(path)
    message = str(caught.value)
    assert str(path) in message
    assert key in message
    assert remedy in message
    assert "\n" not in message


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("reps = 10", "reps = 0").replace('side = "each"', 'side = "any"')
    with pytest.raises(DefinitionError, match=r"dose\.reps: .*; reps\.tracks\.2\.side: "):
        load_definition(write(tmp_path, text))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "format: is missing"),
        (b"this is not toml", "is not valid TOML"),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"x = " + b"[" * 5000, "is not valid TOML"),
        (b"a = 1\n" * 60000, "too large"),
        (b"[[reps]]\n", "format: is missing"),
    ],
)
def test_what_is_no_definition_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(DefinitionError, match=says) as caught:
        load_definition(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="cannot be read"):
        load_definition(tmp_path / "none.toml")
    with pytest.raises(DefinitionError, match="cannot be read"):
        load_definition(tmp_path)


def test_nothing_in_a_definition_is_run(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    text = GOOD.replace("count = 0.035", f"count = \"__import__('os').mkdir('{trap}')\"")
    with pytest.raises(DefinitionError):
        load_definition(write(tmp_path, text))
    assert not trap.exists()


@pytest.mark.parametrize(
    ("asked", "near"), [("heel_raise", "heel_raises"), ("toe-walking", "toe_walking")]
)
def test_an_unknown_exercise_names_the_nearest(asked: str, near: str) -> None:
    with pytest.raises(UsageError, match=f"did you mean '{near}'"):
        find_definition(asked)


@pytest.mark.parametrize("asked", ["qqqq", "../heel_raises", "/etc/passwd", ""])
def test_an_unknown_exercise_is_no_path(asked: str) -> None:
    with pytest.raises(UsageError, match="no exercise is called"):
        find_definition(asked)


# --- what is counted from close-ups -------------------------------------------------------

CURLS = (resource("exercises") / "toe_curls.toml").read_text(encoding="utf-8")
ROLLS = (resource("exercises") / "foot_massage.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "old", "new", "key", "remedy"),
    [
        (ROLLS, "swing = true", "swing = true\nhold = true", "reps.tracks.1", "has no 'hold'"),
        (
            CURLS,
            'signal = "toe_flow"\nside = "together"',
            'signal = "body_rise"\nside = "both"',
            "file",
            "'close_up_alone' is for reps whose signals are of the close-up",
        ),
        (ROLLS, "clock = { gap_s = 1.0 }", "clock = { gap_s = 0 }", "reps.clock.gap_s", "than 0"),
        (ROLLS, "clock = { gap_s = 1.0 }", "clock = {}", "reps.clock.gap_s", "is missing"),
        (
            CURLS,
            'signal = "toe_flow"',
            'signal = "toe_flaw"',
            "reps.tracks.1.signal",
            "'toe_flow.left'",
        ),
        (CURLS, 'side = "together"', 'side = "togehter"', "reps.tracks.1.side", "'together'"),
        (
            ROLLS,
            'side = "one_foot"\nswing',
            'side = "one_foot"\nswng',
            "reps.tracks.1.swng",
            "'swing'",
        ),
    ],
)
def test_mistakes_in_what_close_ups_count(
    tmp_path: Path, text: str, old: str, new: str, key: str, remedy: str
) -> None:
    assert old in text
    name = "toe_curls.toml" if text is CURLS else "foot_massage.toml"
    with pytest.raises(DefinitionError) as caught:
        load_definition(write(tmp_path, text.replace(old, new, 1), name))
    assert key in str(caught.value)
    assert remedy in str(caught.value)


def test_a_hold_exercise_has_no_close_up_alone(tmp_path: Path) -> None:
    text = (resource("exercises") / "leg_up_towel.toml").read_text(encoding="utf-8")
    text = text.replace("[view]\n", "[view]\nclose_up_alone = true\n", 1)
    with pytest.raises(DefinitionError, match="'close_up_alone' is for reps"):
        load_definition(write(tmp_path, text, "leg_up_towel.toml"))


def test_without_a_body_only_what_close_ups_show_is_asked_for() -> None:
    for name in ("toe_curls", "pencil_grip", "foot_massage"):
        alone = without_body(find_definition(name))
        assert alone.reps is not None
        asked = {c.signal.partition(".")[0] for t in alone.reps.tracks for c in t.only}
        assert asked <= {"hind_flow", "foot_stroke", "foot_aside"}
        whole = find_definition(name).reps
        assert whole is not None
        assert len(whole.tracks[0].only) > len(alone.reps.tracks[0].only)
    for name in ("heel_raises", "toe_press", "leg_up_towel"):
        with pytest.raises(ValueError, match="cannot be counted from close-ups"):
            without_body(find_definition(name))
