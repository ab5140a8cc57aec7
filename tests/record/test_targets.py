from __future__ import annotations

import os
from pathlib import Path

import pytest

from posecoach.errors import UsageError
from posecoach.record.files import OutputError
from posecoach.record.targets import targets_of


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.mp4", "b.mp4", "other/a.mp4"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_bytes(name.encode())
    return tmp_path


def test_one_clip_has_files_of_the_names_given(here: Path) -> None:
    (targets,) = targets_of([Path("a.mp4")], Path("o.mp4"), Path("o.json"), None)
    assert (targets.video, targets.json, targets.csv) == (Path("o.mp4"), Path("o.json"), None)
    assert list(targets.files) == [Path("o.mp4"), Path("o.json")]


def test_one_clip_in_a_folder_that_exists(here: Path) -> None:
    (targets,) = targets_of([Path("a.mp4")], Path("other"), Path("other"), Path("other"))
    assert [file.as_posix() for file in targets.files] == [
        "other/a-annotated.mp4",
        "other/a.json",
        "other/a.csv",
    ]


def test_several_clips_share_a_folder_which_is_made(here: Path) -> None:
    clips = [Path("a.mp4"), Path("b.mp4"), Path("other/a.mp4")]
    targets = targets_of(clips, json=Path("results"))
    assert [each.json and each.json.as_posix() for each in targets] == [
        "results/a.json",
        "results/b.json",
        "results/a-2.json",
    ]
    assert Path("results").is_dir()


def test_nothing_asked_for_is_nothing(here: Path) -> None:
    targets = targets_of([Path("a.mp4"), Path("b.mp4")])
    assert [list(each.files) for each in targets] == [[], []]


@pytest.mark.parametrize("place", ["a.mp4", "./a.mp4", "other/../a.mp4", "link.mp4", "hard.mp4"])
@pytest.mark.parametrize("kind", ["video", "json", "csv"])
def test_the_clip_is_never_overwritten(here: Path, place: str, kind: str) -> None:
    Path("link.mp4").symlink_to("a.mp4")
    os.link("a.mp4", "hard.mp4")
    with pytest.raises(OutputError, match="it is the clip being read"):
        targets_of([Path("a.mp4")], **{kind: Path(place)})


def test_no_clip_is_overwritten_by_anothers_video(here: Path) -> None:
    Path("a-annotated.mp4").write_bytes(b"")
    with pytest.raises(OutputError, match="it is the clip being read"):
        targets_of([Path("a.mp4"), Path("a-annotated.mp4")], video=Path())


def test_two_outputs_in_one_file(here: Path) -> None:
    with pytest.raises(UsageError, match="two outputs"):
        targets_of([Path("a.mp4")], json=Path("out"), csv=Path("./out"))


@pytest.mark.parametrize("place", ["out.json", "a.mp4"])
def test_a_file_name_for_several_clips(here: Path, place: str) -> None:
    with pytest.raises(OutputError, match="several clips; give a folder"):
        targets_of([Path("a.mp4"), Path("b.mp4")], json=Path(place))
    assert not Path("out.json").exists()


def test_a_folder_that_cannot_be_made(here: Path) -> None:
    with pytest.raises(OutputError, match="Cannot write"):
        targets_of([Path("a.mp4"), Path("b.mp4")], json=Path("no/such"))
