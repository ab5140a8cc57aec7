from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import pytest

Run = Callable[..., Any]


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept in another way")
def test_coaches_the_bundled_clip_where_it_may_write(posecoach: Run, tmp_path: Path) -> None:
    # A file of that name that cannot be replaced: a folder stops even root.
    (tmp_path / "posecoach-demo.mp4").mkdir()
    home = tmp_path / "home"
    home.mkdir()
    done = posecoach("demo", "--model", "lite", HOME=str(home))
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Heel raises: 4 reps (both legs 4)\n")
    video = home / "posecoach-demo.mp4"
    assert done.out.endswith(f"Annotated video: {video}{os.linesep}")
    with av.open(str(video)) as container:
        assert container.streams.video[0].codec_context.name == "h264"
        assert sum(1 for _ in container.decode(video=0)) > 400


def test_a_place_that_was_asked_for_is_not_swapped(posecoach: Run) -> None:
    done = posecoach("demo", "--output", "none/o.mp4")
    assert (done.status, done.out) == (1, "")
    assert "the folder none does not exist" in done.complaint
