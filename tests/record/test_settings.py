"""Settings: what is right in a file is used, what is wrong is told, comments stay."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from posecoach.errors import PosecoachError, UsageError
from posecoach.feedback.wording import LANGUAGES
from posecoach.record.files import OutputError
from posecoach.record.setting_values import SETTINGS, as_text, parse, template
from posecoach.record.settings import Settings, SettingsError, change, read_settings, reset

QUICK = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
GOOD: dict[str, st.SearchStrategy[Any]] = {
    "camera": st.integers(0, 999) | st.sampled_from(["/dev/video2", "http://10.0.0.7:8080/video"]),
    "mirror": st.booleans() | st.just("auto"),
    "height": st.integers(80, 250) | st.floats(80, 250) | st.just("unknown"),
    "language": st.sampled_from(["system", *LANGUAGES]),
    "voice": st.booleans(),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a folder" / "settings.toml"


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path, name: str, value: str | int | float | bool) -> str:
    """Why a setting cannot be changed; empty if it was."""
    try:
        change(path, name, value)
    except PosecoachError as error:
        return str(error)
    return ""


def test_without_a_file_all_is_as_at_first(path: Path) -> None:
    kept = read_settings(path)
    assert (kept.exists, kept.notice, kept.settings) == (False, "", Settings())
    assert not path.parent.exists()


def test_a_new_file_has_every_setting_at_its_default_with_what_it_is(path: Path) -> None:
    values = tomllib.loads(template())
    assert values == {name: each.default for name, each in SETTINGS.items()}
    written(path, template())
    assert read_settings(path).settings == Settings()
    for each in SETTINGS.values():
        assert f"# {each.meaning}\n" in template()


@QUICK
@given(data=st.data())
def test_what_is_set_is_read_again_and_all_else_stays(path: Path, data: st.DataObject) -> None:
    path.unlink(missing_ok=True)
    expected: dict[str, Any] = {}
    for _ in range(4):
        name = data.draw(st.sampled_from(sorted(SETTINGS)))
        expected[name] = data.draw(GOOD[name])
        # As on a command line, and back.
        value = parse(name, as_text(expected[name]))
        assert value == expected[name]
        change(path, name, value)
    kept = read_settings(path)
    assert kept.problems == ()
    assert {name: kept.value(name) for name in expected} == expected
    text = path.read_text(encoding="utf-8")
    comments = [line for line in template().splitlines() if line.startswith("#")]
    assert [line for line in text.splitlines() if line.startswith("#")] == comments


def test_comments_of_one_s_own_and_unknown_keys_stay(path: Path) -> None:
    text = '# mine\nheight = 180  # in shoes\nfuture = [1, 2]\n\n[more]\nx = "y"\n'
    written(path, text)
    change(path, "height", 172)
    assert path.read_text(encoding="utf-8") == text.replace("180", "172")
    change(path, "camera", "front door")
    after = path.read_text(encoding="utf-8")
    assert tomllib.loads(after) == {
        "camera": "front door",
        "height": 172,
        "future": [1, 2],
        "more": {"x": "y"},
    }
    assert "# in shoes" in after


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("camera", "1", 1),
        ("camera", " /dev/video2 ", "/dev/video2"),
        ("camera", "1234", "1234"),
        ("mirror", "off", False),
        ("mirror", "AUTO", "AUTO"),
        ("height", "172.5", 172.5),
        ("language", "DE", "de"),
        ("voice", "On", True),
    ],
)
def test_values_as_on_a_command_line(name: str, text: str, value: object) -> None:
    if SETTINGS[name].fits(value):
        assert parse(name, text) == value
    else:
        with pytest.raises(UsageError, match="it must be"):
            parse(name, text)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("height", "1.72", "a number from 80 to 250"),
        ("height", "nan", "a number from 80 to 250"),
        ("height", "tall", "cannot be tall"),
        ("language", "nl", "de, en, es, fr, it, pt, or system"),
        ("voice", "loud", "true or false"),
        ("mirror", "2", "true, false or auto"),
        ("camera", " ", "a number from 0"),
        ("camera", "a\x00b", "a number from 0"),
        ("hight", "172", "did you mean 'height'"),
        ("zzz", "1", "there are camera, mirror, height, language, voice"),
    ],
)
def test_what_cannot_be_is_told_with_what_can(name: str, text: str, says: str) -> None:
    with pytest.raises(UsageError) as error:
        parse(name, text)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_languages_are_those_there_are_words_in() -> None:
    for language in LANGUAGES:
        assert SETTINGS["language"].fits(language)
        assert language in SETTINGS["language"].right
    assert not SETTINGS["language"].fits("nl")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("height = 3", "height: cannot be 3; it must be a number from 80 to 250, or unknown"),
        ("height = true", "height: cannot be True"),
        ("camera = -1", "camera: cannot be -1"),
        ("voice = 1", "voice: cannot be 1"),
        ("hieght = 172", "hieght: there is no such setting; did you mean 'height'?"),
        ("camera.x = 1", "camera: cannot be"),
        ("camera = ", "is not valid TOML"),
        ("camera = 1\ncamera = 2", "is not valid TOML"),
        ("x = " + "[" * 3000, "is not valid TOML"),
        ("a = 1\n" * 40_000, "is too large"),
    ],
)
def test_a_wrong_file_is_told_on_one_line(path: Path, text: str, says: str) -> None:
    kept = read_settings(written(path, text))
    assert kept.settings == Settings()
    assert kept.notice.startswith(f"{path}: {says}")
    assert "\n" not in kept.notice
    assert len(kept.notice) < len(str(path)) + 300


def test_what_is_right_beside_something_wrong_is_used(path: Path) -> None:
    kept = read_settings(written(path, "height = 3\nlanguage = 'de'\ncamera = 2\nfoo = 1"))
    assert kept.settings == Settings(camera="2", language="de")
    assert len(kept.problems) == 2


def test_many_mistakes_are_counted_not_listed(path: Path) -> None:
    text = "\n".join(f"key{i} = {i}" for i in range(500))
    assert "and 497 more" in read_settings(written(path, text)).notice


@pytest.mark.parametrize("what", ["folder", "bytes", "locked"])
def test_a_file_that_cannot_be_read_is_told(path: Path, what: str) -> None:
    path.parent.mkdir()
    if what == "folder":
        path.mkdir()
    elif what == "bytes":
        path.write_bytes(b"camera = \xff\xfe")
    else:
        path.symlink_to(path)
    kept = read_settings(path)
    assert kept.settings == Settings()
    assert str(path) in kept.notice
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        change(path, "camera", 1)


@pytest.mark.parametrize("text", ["camera = ", "camera.x = 1\ncamera.y = 2", "x = [\n"])
def test_what_cannot_be_changed_in_place_is_left_and_reset_keeps_it_aside(
    path: Path, text: str
) -> None:
    written(path, text)
    refused = refusal(path, "camera", 1)
    if refused:
        assert "posecoach settings reset" in refused
        assert path.read_text(encoding="utf-8") == text
    else:
        assert read_settings(path).value("camera") == 1
    before = path.read_text(encoding="utf-8")
    old = reset(path)
    assert old is not None
    assert old.read_text(encoding="utf-8") == before
    assert path.read_text(encoding="utf-8") == template()
    change(path, "camera", 1)
    assert read_settings(path).settings == Settings(camera="1")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(SettingsError, match="cannot be read"):
        change(blocked / "settings.toml", "camera", 1)
    with pytest.raises(OutputError, match="Cannot write"):
        reset(blocked / "settings.toml")


VALUES = st.recursive(
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec="utf-8"), max_size=30)
    | st.sampled_from(["de", "auto", "unknown", "http://x/y"]),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)
KEYS = st.sampled_from([*SETTINGS, "x", "a b", "", "é"]) | st.text(max_size=10)


@st.composite
def toml(draw: st.DrawFn) -> str:
    """Text that is TOML, or nearly."""
    lines = []
    for _ in range(draw(st.integers(0, 6))):
        key = json.dumps(draw(KEYS), ensure_ascii=True)
        value = json.dumps(draw(VALUES), ensure_ascii=True)
        shape = draw(st.sampled_from(["{k} = {v}", "[{k}]", "{k}.y = {v}", "# {k}", "{v}"]))
        lines.append(shape.format(k=key, v=value))
    return "\n".join(lines)


@QUICK
@given(text=toml() | st.text(max_size=200), name=st.sampled_from(sorted(SETTINGS)))
def test_no_file_whatever_is_in_it_breaks_anything(path: Path, text: str, name: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    kept = read_settings(path)
    assert "\n" not in kept.notice
    for each, value in kept.values.items():
        assert SETTINGS[each].fits(value)
    assert isinstance(kept.settings, Settings)
    before = path.read_bytes()
    refused = refusal(path, name, SETTINGS[name].default)
    assert "\n" not in refused
    if refused:
        assert path.read_bytes() == before
    else:
        after = read_settings(path)
        assert after.value(name) == SETTINGS[name].default
        rest = {k: v for k, v in kept.values.items() if k != name}
        assert {k: v for k, v in after.values.items() if k != name} == rest
