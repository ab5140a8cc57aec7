"""The worker from outside: wishes go in and never wait, answers come back when they come.

A wish is a JSON object: ``{"do": "say", "id", "parts", "tone", "cut", "by"}``, ``{"do":
"tick", "at", "accent"}``, ``{"do": "load", "texts"}`` or ``{"do": "stop"}``. Times are
:func:`time.monotonic`'s, which all processes of a computer share.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from posecoach.closing import Closing
from posecoach.sound.samples import ToneName

_CLOSE_S = 0.3
"""How long the worker may take to end by itself; then it is ended."""
_MOST_WISHES = 200


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a line.

    Attributes:
        id: The line's number.
        at: When it is heard, by :func:`time.monotonic`; None if it never is.
        seconds: How long it is.
        why: Why it is not heard: ``late``, ``replaced`` or ``stopped``.
    """

    id: int
    at: float | None
    seconds: float = 0.0
    why: Literal["", "late", "replaced", "stopped"] = ""


class SoundProcess(Closing):
    """A worker process; nothing here ever waits for it but closing, and that briefly.

    Args:
        language: Two letters.
        file: Writes what would be heard to this WAV file, and plays nothing.

    Attributes:
        ready: Set once it is known what there is.
        player: What plays; None where there is nothing to hear with, or not known yet.
        engine: What speaks; None where tones stand in, or not known yet.
        heard: What became of lines, in the order in which it was known. Grows.
    """

    def __init__(self, language: str, file: Path | None = None) -> None:
        self.ready = threading.Event()
        self.player: str | None = None
        self.engine: str | None = None
        self.heard: list[Heard] = []
        self._wishes: queue.Queue[dict[str, Any] | None] = queue.Queue(_MOST_WISHES)
        arguments = [language] if file is None else [language, str(file)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "posecoach.sound.worker", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
            # A group of its own, so that an engine that hangs ends with it.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._threads = [
            threading.Thread(target=run, name=f"sound {run.__name__}", daemon=True)
            for run in (self._write, self._read)
        ]
        for thread in self._threads:
            thread.start()

    def say(
        self, number: int, parts: Sequence[str], tone: ToneName, *, cut: bool, by: float
    ) -> None:
        """Speak.

        Args:
            number: For the answer.
            parts: Texts, one after the other. What is spoken often should be a part by
                itself, for parts are remembered.
            tone: Is heard where the text cannot be spoken.
            cut: Break off what is being spoken; otherwise wait for its end.
            by: Not if it would be heard later than this.
        """
        self._wish(do="say", id=number, parts=list(parts), tone=tone, cut=cut, by=by)

    def tick(self, at: float, *, accent: bool = False) -> None:
        """Tick at a time, beside what is being spoken."""
        self._wish(do="tick", at=at, accent=accent)

    def load(self, texts: Sequence[str]) -> None:
        """Render these when there is time, for they may be needed."""
        self._wish(do="load", texts=list(texts))

    def stop(self) -> None:
        """Be silent now."""
        self._wish(do="stop")

    @property
    def ended(self) -> bool:
        """Whether the worker is over: it was ended, or had nothing (any more) to play with."""
        return self._process.poll() is not None

    def close(self) -> None:
        """End the worker, whatever it is doing; takes a third of a second at most."""
        self._put(None)
        try:
            self._process.wait(_CLOSE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        # What it started and did not end: an engine that hangs, or speaks on.
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        for thread in self._threads:
            thread.join(_CLOSE_S)

    def _wish(self, **wish: Any) -> None:
        self._put(wish)

    def _put(self, wish: dict[str, Any] | None) -> None:
        # A worker that takes nothing any more hangs, and what it is told would be late.
        with contextlib.suppress(queue.Full):
            self._wishes.put_nowait(wish)

    def _write(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        with contextlib.suppress(OSError, ValueError):
            while (wish := self._wishes.get()) is not None:
                pipe.write(json.dumps(wish) + "\n")
                pipe.flush()
        with contextlib.suppress(OSError, ValueError):
            pipe.close()

    def _read(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        # A worker that is killed may leave half a line.
        with contextlib.suppress(ValueError):
            for line in pipe:
                answer = json.loads(line)
                if "said" in answer:
                    self.heard.append(Heard(answer["said"], answer["at"], answer["seconds"]))
                elif "dropped" in answer:
                    self.heard.append(Heard(answer["dropped"], None, why=answer["why"]))
                else:
                    self.player, self.engine = answer["player"], answer["engine"]
                    self.ready.set()
        self.ready.set()
        pipe.close()
