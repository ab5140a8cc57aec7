"""The process that speaks, as it is used: into a file, at the pace at which it is heard."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from screens import eventually
from speech import espeak, program, sound_server, voiced

from posecoach.sound import Heard, SoundProcess
from posecoach.sound.samples import RATE

FAR_S = 60.0  # a line that may come whenever the machine gets to it


def heard(process: SoundProcess, number: int) -> Heard:
    """What became of a line."""
    assert eventually(lambda: any(h.id == number for h in process.heard))
    return next(h for h in process.heard if h.id == number)


def recorded(path: Path) -> np.ndarray:
    with wave.open(str(path)) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768.0


def say(process: SoundProcess, number: int, *parts: str, cut: bool = False) -> None:
    process.say(number, parts, "count", cut=cut, by=time.monotonic() + FAR_S)


def test_words_come_out_as_speech_one_after_the_other(tmp_path: Path) -> None:
    espeak()
    file = tmp_path / "heard.wav"
    with SoundProcess("en", file) as process:
        assert process.ready.wait(FAR_S)
        assert (process.player, process.engine) == ("heard.wav", "espeak-ng")
        say(process, 0, "seven", "three more")
        first = heard(process, 0)
        say(process, 1, "lift your heels higher")
        second = heard(process, 1)
        assert first.at is not None
        assert second.at is not None
        # It waited for the first one to end.
        assert second.at >= first.at + first.seconds - 0.05
        time.sleep(max(0.0, second.at + second.seconds + 0.2 - time.monotonic()))
    samples = recorded(file)
    assert 0.3 < voiced(samples[np.flatnonzero(np.abs(samples) > 0.01)[0] :], RATE) < 0.99
    spoken = np.abs(samples) > 0.003
    assert spoken.sum() / RATE > 0.5 * (first.seconds + second.seconds)


def test_a_correction_breaks_off_what_is_being_said(tmp_path: Path) -> None:
    espeak()
    with SoundProcess("en", tmp_path / "heard.wav") as process:
        say(process, 0, "one two three four five six seven eight nine ten eleven twelve")
        long = heard(process, 0)
        say(process, 1, "slow down", cut=True)
        short = heard(process, 1)
        assert long.at is not None
        assert short.at is not None
        assert long.seconds > 3.0
        assert short.at < long.at + long.seconds - 0.5


def test_what_would_come_too_late_is_dropped(tmp_path: Path) -> None:
    espeak()
    with SoundProcess("en", tmp_path / "heard.wav") as process:
        say(process, 0, "one two three four five six seven eight nine ten eleven twelve")
        heard(process, 0)
        process.say(1, ["one"], "count", cut=False, by=time.monotonic() + 0.3)
        assert heard(process, 1) == Heard(1, None, why="late")
        # Nor is what was late already when it came.
        process.say(2, ["two"], "count", cut=True, by=time.monotonic() - 1.0)
        assert heard(process, 2) == Heard(2, None, why="late")


def test_of_two_lines_that_wait_the_newer_one_is_said(tmp_path: Path) -> None:
    espeak()
    with SoundProcess("en", tmp_path / "heard.wav") as process:
        say(process, 0, "one two three four five six")
        heard(process, 0)
        say(process, 1, "seven")
        say(process, 2, "eight")
        assert heard(process, 1).why == "replaced"
        assert heard(process, 2).at is not None


def test_ticks_keep_time(tmp_path: Path) -> None:
    file = tmp_path / "heard.wav"
    with SoundProcess("en", file) as process:
        assert process.ready.wait(FAR_S)
        begin = time.monotonic() + 0.5
        for beat in range(4):
            process.tick(begin + 0.5 * beat, accent=beat % 2 == 0)
        time.sleep(begin + 2.0 - time.monotonic())
    loud = np.flatnonzero(np.abs(recorded(file)) > 0.2)
    starts = loud[np.flatnonzero(np.diff(loud, prepend=-RATE) > RATE // 10)]
    assert len(starts) == 4
    assert np.diff(starts) / RATE == pytest.approx(0.5, abs=0.02)


def test_tones_stand_in_where_there_is_no_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    file = tmp_path / "heard.wav"
    with SoundProcess("en", file) as process:
        say(process, 0, "one")
        line = heard(process, 0)
        assert process.engine is None
        assert 0.05 < line.seconds < 0.3
        assert line.at is not None
        time.sleep(max(0.0, line.at + 0.3 - time.monotonic()))
    loud = recorded(file)
    spectrum = np.abs(np.fft.rfft(loud))
    assert np.argmax(spectrum) * RATE / len(loud) == pytest.approx(880, abs=15)


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """An engine that lists its voices and then hangs; whether one still runs."""
    pids = tmp_path / "pids"
    script = f"""
if [ "$1" = --voices ]; then echo head; echo " 5 en --/M English gmw/en"; exit; fi
echo $$ >> {pids}
exec sleep 600
"""
    folder = program(tmp_path / "bin", "espeak-ng", script)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    def runs() -> bool:
        if not pids.exists():
            return False
        return any(_alive(int(pid)) for pid in pids.read_text().split())

    return runs


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_an_engine_that_hangs_holds_up_nobody_and_ends_with_the_process(
    tmp_path: Path, hanging: Callable[[], bool]
) -> None:
    with SoundProcess("en", tmp_path / "heard.wav") as process:
        assert process.ready.wait(FAR_S)
        begin = time.monotonic()
        for number in range(500):
            process.say(number, ["one"], "count", cut=True, by=time.monotonic() + 0.3)
        asked_s = time.monotonic() - begin
        assert eventually(hanging)
        begin = time.monotonic()
    # Five hundred wishes, none of which waited; and an end that did not either.
    assert asked_s < 2.0
    assert time.monotonic() - begin < 5.0
    assert eventually(lambda: not hanging(), 10.0)


def test_after_an_engine_that_hung_nothing_late_is_rendered(
    tmp_path: Path, hanging: Callable[[], bool]
) -> None:
    with SoundProcess("en", tmp_path / "heard.wav") as process:
        assert process.ready.wait(FAR_S)
        # Each of them would hang for as long again as the engine is given.
        for number, word in enumerate(("one", "two", "three", "four")):
            process.say(number, [word], "count", cut=True, by=time.monotonic() + 0.3)
        assert [heard(process, number).why for number in range(4)] == ["late"] * 4
    asked = (tmp_path / "pids").read_text().split()
    assert len(asked) == 1


@pytest.fixture
def listening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound server's player that takes what is played, until it is killed; its pid."""
    pid = tmp_path / "player"
    sound_server(tmp_path, monkeypatch, f"echo $$ > {pid}\nexec cat > /dev/null")
    return pid


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a player of Linux")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_it_ends_when_nothing_is_played_any_more(listening: Path, how: signal.Signals) -> None:
    with SoundProcess("en") as process:
        assert process.ready.wait(FAR_S)
        assert process.player == "paplay"
        assert eventually(lambda: listening.exists() and listening.read_text().strip() != "")
        assert not process.ended
        os.kill(int(listening.read_text()), how)
        assert eventually(lambda: process.ended, FAR_S)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_a_worker_that_is_killed_leaves_no_trace_on_the_screen(tmp_path: Path) -> None:
    code = (
        "import os, signal, time; from pathlib import Path\n"
        "from posecoach.sound import SoundProcess\n"
        f"with SoundProcess('en', Path({str(tmp_path / 'heard.wav')!r})) as process:\n"
        "    process.ready.wait(60)\n"
        "    os.kill(process._process.pid, signal.SIGKILL)\n"
        "    while not process.ended: time.sleep(0.01)\n"
        "    for number in range(300): process.say(number, ['one'], 'count', cut=True, by=0.0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=90)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_it_ends_when_whoever_started_it_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path\n"
        "from posecoach.sound import SoundProcess\n"
        f"process = SoundProcess('en', Path({str(tmp_path / 'heard.wav')!r}))\n"
        "print(process._process.pid, flush=True)\n"
        "time.sleep(600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    assert _alive(worker)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert eventually(lambda: not _alive(worker))
