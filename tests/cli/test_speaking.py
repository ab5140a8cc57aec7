"""The voice in whole runs: what is said, in which language, and how it ends."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from screens import eventually
from speech import espeak, sound_server, voiced

from posecoach.cli.speaking import Speech, speaking
from posecoach.sound.samples import RATE

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Xvfb and xdotool are for Linux"
)

Run = Callable[..., Any]


def said(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def commands() -> dict[int, bytes]:
    """Every process of this machine, with its arguments."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                found[int(entry.name)] = (entry / "cmdline").read_bytes()
    return found


def workers() -> set[int]:
    """Processes that speak."""
    return {pid for pid, line in commands().items() if b"posecoach.sound.worker" in line}


def playing(file: Path) -> set[int]:
    """Processes that still have that file open."""
    found = set()
    for pid in commands():
        with contextlib.suppress(OSError):
            if any(link.readlink() == file for link in Path(f"/proc/{pid}/fd").iterdir()):
                found.add(pid)
    return found


@pytest.fixture
def ears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound server's player that writes down what it is given, as 16-bit samples."""
    heard = tmp_path / "heard.raw"
    sound_server(tmp_path, monkeypatch, f"exec cat > {heard}")
    return heard


def test_a_clip_is_counted_aloud_to_the_beat_in_the_language_asked_for(
    run: Run, clips: Path, tmp_path: Path, ears: Path
) -> None:
    espeak()
    file = tmp_path / "said.jsonl"
    clip = str(clips / "hr_side_r_mixed.mp4")
    options = ("--language", "de", "--beat", "45", "--transcript", str(file), "--no-setup")
    status, output, errors = run("live", "heel_raises", "--camera", clip, *options).end()
    assert (status, errors) == (0, "")
    assert "Fersenheben: 4 Wiederholungen (beide Beine 4)" in output
    # Peaks are 2.8 to 5.8 s apart, two beats are 2.67 s.
    assert "Im Takt bleiben (2)" in output
    assert "sound" not in output
    lines = said(file)
    # A computer that is busy with other tests may say so, too.
    texts = [line["text"] for line in lines if line["cue"] != "machine_slow"]
    assert texts[0] == "Fersenheben"
    assert texts[1:3] == ["eins", "zwei"]
    assert {"Fersen höher heben", "Im Takt bleiben"} <= set(texts)
    # Decided at the very frame, or a moment later where something else was being said.
    assert all(0 <= line["said_s"] - line["t_s"] <= 0.3 for line in lines[1:])
    heard = [line for line in lines if line["heard"]]
    assert len(heard) >= len(lines) - 1
    # What is heard at all is heard in time, whatever else this machine had to do.
    assert all(line["begun_s"] <= 0.3 + 1e-3 for line in heard if line["cue"] != "exercise")
    samples = np.frombuffer(ears.read_bytes()[: ears.stat().st_size // 2 * 2], "<i2") / 32768.0
    assert len(samples) / RATE > 15
    assert 0.02 < voiced(samples, RATE) < 0.9


def test_mute_says_nothing_and_notices_nothing(
    run: Run, short_clip: Path, tmp_path: Path, ears: Path
) -> None:
    file = tmp_path / "said.jsonl"
    options = ("--camera", str(short_clip), "--transcript", str(file), "--mute", "--beat", "60")
    status, output, errors = run("live", "heel_raises", *options, "--no-setup").end()
    assert (status, errors) == (0, "")
    assert "heard" not in output
    assert [(line["text"], line["heard"]) for line in said(file)] == [("Heel raises", False)]
    assert not ears.exists()


@pytest.mark.skipif(bool(os.environ.get("PULSE_SERVER")), reason="there is a sound server here")
def test_without_a_sound_device_one_line_says_so_and_all_else_goes_on(
    run: Run, short_clip: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    if Path("/proc/asound/pcm").exists():
        pytest.skip("there is a sound card here")
    status, output, errors = run("live", "heel_raises", "--camera", str(short_clip)).end()
    assert (status, errors) == (0, "")
    assert output.startswith("Heel raises: ")
    assert output.count("Nothing could be heard: there is no sound device.") == 1


def test_ctrl_c_ends_whoever_speaks_and_plays_too(
    run: Run, clips: Path, tmp_path: Path, ears: Path
) -> None:
    before = workers()
    coached = run("live", "heel_raises", "--camera", str(clips / "hr_side_r_mixed.mp4"))
    coached.wait_for_window()
    assert eventually(lambda: ears.exists() and ears.stat().st_size > 0)
    ours = workers() - before
    assert ours
    coached.interrupt()
    status, _, errors = coached.end()
    assert status == 0
    assert "Traceback" not in errors
    assert eventually(lambda: not ours & workers())
    size = ears.stat().st_size
    assert eventually(lambda: not playing(ears))
    assert ears.stat().st_size == size


def test_sound_that_breaks_off_is_told_of_at_the_end(
    ears: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with speaking(Speech()) as voice:
        process = voice.process
        assert process is not None
        assert process.ready.wait(60.0)
        assert eventually(lambda: bool(playing(ears)))
        for pid in playing(ears):
            os.kill(pid, signal.SIGKILL)
        assert eventually(lambda: process.ended)
    output, errors = capfd.readouterr()
    assert output.startswith("Sound broke off: paplay plays no more. ")
    assert (output.count("\n"), errors) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--language", "xx"), "no words in 'xx'"),
        (("--beat", "500"), "500 beats a minute"),
        (("--transcript", "/no/such/place/t"), "/no/such/place"),
    ],
)
def test_what_cannot_be_is_one_line(
    run: Run, short_clip: Path, arguments: tuple[str, ...], says: str
) -> None:
    camera = ("--camera", str(short_clip))
    status, output, errors = run("live", "heel_raises", *camera, *arguments).end()
    assert status != 0
    assert output == ""
    assert errors.count("\n") == 1
    assert says in errors


def test_a_beat_is_for_reps(run: Run) -> None:
    status, _, errors = run("live", "leg_up_towel", "--beat", "60", visible=False).end()
    assert status == 2
    assert "--beat is for reps; leg_up_towel has none" in errors
