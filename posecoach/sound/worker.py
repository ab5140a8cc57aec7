"""The process that speaks: takes wishes, a line each, and says what became of them.

Run as ``python -m posecoach.sound.worker LANGUAGE [FILE.wav]``. Wishes and answers are JSON
objects, see :mod:`posecoach.sound.process`. It ends when its input does.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from posecoach.sound.engines import Engine, find_engine
from posecoach.sound.mixer import Mixer
from posecoach.sound.player import FilePlayer, Player, open_player
from posecoach.sound.samples import Samples, tick, tone

_LOOK_S = 0.01
"""How often a line that waits for another one to end is looked at."""
_WATCH_S = 1.0
"""How often it is looked whether the player still takes samples."""
_IDLE = 3
"""A player that took none for more looks hangs, or its device is gone."""
_PATIENT = 10
_LATE_TICK_S = 0.05
_FAILURES = 3
"""An engine that failed so often in a row is not asked again."""


class Voice:
    """Renders words and remembers them; safe between threads.

    Args:
        engine: None where there is none.
        language: Two letters.
    """

    def __init__(self, engine: Engine | None, language: str) -> None:
        self._engine = engine
        self._language = language
        self._known: dict[str, Samples] = {}
        self._failed = 0

    @property
    def silent(self) -> bool:
        """Whether there is no speech, or none any more."""
        return self._engine is None or self._failed >= _FAILURES

    def render(self, text: str) -> Samples | None:
        """The samples of a text; None where it cannot be spoken."""
        if text in self._known:
            return self._known[text]
        if self._engine is None or self.silent:
            return None
        try:
            samples = self._engine.render(text, self._language)
        except (OSError, subprocess.SubprocessError):
            self._failed += 1
            return None
        self._failed = 0
        self._known[text] = samples
        return samples


class Worker:
    """Does what is wished, in the order of its coming.

    Args:
        voice: Renders words.
        mixer: Takes what is to be heard.
        player: Plays it, which takes some time of its own.
    """

    def __init__(self, voice: Voice, mixer: Mixer, player: Player) -> None:
        self._voice = voice
        self._mixer = mixer
        self._player = player
        self._waiting: tuple[dict[str, Any], list[Samples]] | None = None
        self._taken = self._idle = 0
        self._looked_s = time.monotonic()
        self._ahead: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._render_ahead, name="ahead", daemon=True).start()

    def run(self, wishes: queue.SimpleQueue[dict[str, Any] | None]) -> None:
        """Until None comes, or nothing is played any more."""
        while not self._is_over():
            try:
                wish = wishes.get(timeout=_LOOK_S if self._waiting else _WATCH_S)
            except queue.Empty:
                self._look()
                continue
            if wish is None:
                return
            self._do(wish)
            self._look()
        self._give_up("stopped")

    def _is_over(self) -> bool:
        """Whether the player is broken, or has taken nothing for several looks.

        Looks and no clock: a computer that slept for an hour has lost one of them.
        """
        now = time.monotonic()
        if self._mixer.handed_out != self._taken:
            self._taken, self._idle = self._mixer.handed_out, 0
        elif now - self._looked_s >= _WATCH_S:
            self._idle += 1
        if now - self._looked_s >= _WATCH_S:
            self._looked_s = now
        return self._player.broken or self._idle > _IDLE

    def _do(self, wish: dict[str, Any]) -> None:
        what = wish["do"]
        if what == "say":
            self._say(wish)
        elif what == "tick":
            in_s = wish["at"] - time.monotonic()
            # What was held up by an engine that hung must not rattle down at once.
            if in_s > -_LATE_TICK_S:
                self._mixer.tick(tick(wish["accent"]), in_s)
        elif what == "load":
            for text in wish["texts"]:
                self._ahead.put(text)
        elif what == "stop":
            self._give_up("stopped")
            self._mixer.stop()

    def _say(self, wish: dict[str, Any]) -> None:
        if wish["cut"]:
            # Before rendering: what was being said is over, however long that takes.
            self._mixer.stop()
        self._give_up("replaced")
        if self._is_late(wish):
            # Held up by an engine that hung, which would hang at this, too.
            _answer(dropped=wish["id"], why="late")
            return
        parts = [self._voice.render(text) for text in wish["parts"]]
        spoken = [part for part in parts if part is not None]
        if len(spoken) < len(parts):
            spoken = [tone(wish["tone"])]
        self._waiting = wish, spoken

    def _look(self) -> None:
        """Begin the line that waits, if it may; or give it up, if it is too late."""
        if self._waiting is None:
            return
        wish, parts = self._waiting
        if self._is_late(wish):
            self._give_up("late")
        elif not self._mixer.busy:
            at = time.monotonic() + self._player.latency_s
            seconds = self._mixer.say(parts)
            self._waiting = None
            _answer(said=wish["id"], at=at, seconds=seconds)

    def _is_late(self, wish: dict[str, Any]) -> bool:
        return bool(time.monotonic() + self._player.latency_s > wish["by"])

    def _give_up(self, why: str) -> None:
        if self._waiting is not None:
            _answer(dropped=self._waiting[0]["id"], why=why)
            self._waiting = None

    def _render_ahead(self) -> None:
        if sys.platform.startswith("linux"):
            # There a thread has a priority of its own, which the engines that it starts
            # inherit: what may be needed later must not cost the picture frames now.
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _PATIENT)
        while not self._voice.silent:
            self._voice.render(self._ahead.get())


_printing = threading.Lock()


def _answer(**values: Any) -> None:
    with _printing:
        print(json.dumps(values), flush=True)


def _read(wishes: queue.SimpleQueue[dict[str, Any] | None]) -> None:
    for line in sys.stdin:
        wishes.put(json.loads(line))
    wishes.put(None)


def main(arguments: Sequence[str]) -> None:
    """Run until the input ends."""
    # Ctrl-C in a terminal reaches every process in it; who started this one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    language = arguments[0]
    file = Path(arguments[1]) if len(arguments) > 1 else None
    wishes: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(wishes,), name="wishes", daemon=True).start()
    mixer = Mixer()
    player = FilePlayer(mixer, file) if file else open_player(mixer)
    engine = find_engine()
    try:
        speaks = engine is not None and language in engine.languages()
    except (OSError, subprocess.SubprocessError):
        speaks = False
    _answer(
        player=player.name if player else None, engine=engine.name if engine and speaks else None
    )
    if player is not None:
        Worker(Voice(engine if speaks else None, language), mixer, player).run(wishes)
        player.close()
    if engine is not None:
        engine.close()


if __name__ == "__main__":
    main(sys.argv[1:])
