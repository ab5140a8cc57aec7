"""What a live command refuses before it opens anything; neither camera nor screen is needed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from posecoach.cli.opening import Opening, on_stage
from posecoach.cli.speaking import Speech
from posecoach.errors import PosecoachError, UsageError
from posecoach.record.files import OutputError


def refused(sources: list[str], **outputs: Path) -> PosecoachError:
    asked: dict[str, Any] = {name: outputs.get(name) for name in ("record", "events")}
    speech = Speech(transcript=outputs.get("transcript"))
    opening = Opening(
        tuple(sources), "lite", speech, mirrored=None, setup=False, keep=False, **asked
    )
    with (
        pytest.raises(PosecoachError) as caught,
        on_stage(opening, landmarks=outputs.get("landmarks")),
    ):
        pass
    return caught.value


@pytest.mark.parametrize("output", ["record", "events", "landmarks", "transcript"])
def test_no_output_goes_over_the_clip_that_is_played(
    output: str, short_clip: Path, tmp_path: Path
) -> None:
    first, second = (Path(shutil.copy(short_clip, tmp_path / f"{n}.mp4")) for n in "ab")
    before = second.read_bytes()
    for sources in ([str(second)], [str(first), str(second)]):
        error = refused(sources, **{output: second})
        assert isinstance(error, OutputError)
        assert "it is the clip being read" in str(error)
    assert second.read_bytes() == before


def test_two_outputs_are_two_files(short_clip: Path, tmp_path: Path) -> None:
    file = tmp_path / "o.jsonl"
    error = refused([str(short_clip)], events=file, transcript=file)
    assert isinstance(error, UsageError)
    assert "Cannot write two outputs to" in str(error)
    assert list(tmp_path.iterdir()) == []
