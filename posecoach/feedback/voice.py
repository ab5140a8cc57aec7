"""The voice: what the announcer decides goes to the process that speaks, and beats with it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from posecoach.checkers import Word
from posecoach.feedback.announcer import Announcer
from posecoach.feedback.line import Line, Rank
from posecoach.feedback.wording import catalogue, language_in_use, number
from posecoach.session import Snapshot, WorkoutState
from posecoach.session.beat import BEATS_A_REP, next_beat
from posecoach.session.events import Event
from posecoach.sound import Heard, SoundProcess

_AHEAD_S = 0.4
"""How long before it is due a tick is asked for: longer than any sound card's own delay and
than a few frames that are late."""
_NUMBERS = 30
_SOONEST = ("set_done", "done", "halfway", "three_more", "last_one", "ten_seconds", "hold_it")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line, and what became of it.

    Attributes:
        line: What was decided.
        heard: What the process said of it; None where nothing is to be heard, or not yet.
        begun_s: From the frame's event to the first sound, in seconds, or None.
    """

    line: Line
    heard: Heard | None
    begun_s: float | None


class Voice:
    """Takes what happens, frame by frame, and has it said. Never waits for anything.

    A context manager; leaving it ends whatever is being said at once.

    Args:
        beat: Beats a minute to tick; None ticks none.
        silent: Decide what would be said, and say nothing.
        file: Write what would be heard to this WAV file, and play nothing.
    """

    def __init__(
        self, *, beat: float | None = None, silent: bool = False, file: Path | None = None
    ) -> None:
        self._announcer = Announcer()
        self._period_s = 60.0 / beat if beat is not None else None
        self._ticked: int | None = None
        self._sent: list[tuple[Line, float]] = []
        self._own: Mapping[str, Word] = {}
        self._process = None if silent else SoundProcess(language_in_use(), file)
        if self._process is not None:
            self._process.load(vocabulary())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            self._process.close()

    @property
    def process(self) -> SoundProcess | None:
        """What speaks and plays; None where all is silent."""
        return self._process

    @contextmanager
    def beating(self, beat: float) -> Iterator[None]:
        """Tick so many beats a minute meanwhile, whatever was asked for before."""
        before, self._period_s = self._period_s, 60.0 / beat
        try:
            yield
        finally:
            self._period_s, self._ticked = before, None

    @property
    def spoken(self) -> list[Spoken]:
        """Every line so far, with what is known of it by now."""
        answers = {h.id: h for h in (self._process.heard if self._process else ())}
        found = []
        for i, (line, sent) in enumerate(self._sent):
            heard = answers.get(i)
            begun = None
            if heard is not None and heard.at is not None:
                begun = heard.at - sent + line.said_s - line.time_s
            found.append(Spoken(line, heard, begun))
        return found

    def take(
        self,
        snapshot: Snapshot,
        events: Sequence[Event] = (),
        *,
        paused: bool = False,
        state: WorkoutState | None = None,
        course: Sequence[Line] | None = None,
        beats: bool = True,
    ) -> None:
        """Take a frame's outcome; see :meth:`Announcer.update`. ``beats`` lets the beat tick."""
        if self._process is not None and snapshot.words != self._own:
            self._own = snapshot.words
            self._process.load([word.say for word in self._own.values()])
        # While somebody is being placed, the beat would only be in the way of the words.
        placing = snapshot.setup is not None and snapshot.setup.left is None
        if self._period_s is not None and beats and not paused and not placing:
            self._tick(snapshot.time_s, self._period_s)
        line = self._announcer.update(snapshot, events, paused=paused, state=state, course=course)
        self._say(line)

    def tell(self, time_s: float, line: Line | None, *, anew: bool = False) -> None:
        """Say something where nothing is coached; see :meth:`Announcer.tell`."""
        self._say(self._announcer.tell(time_s, line, anew=anew))

    def prepare(self, texts: Sequence[str]) -> None:
        """Have words ready that are likely to be said soon."""
        if self._process is not None:
            self._process.load(texts)

    def notice(self, cue: str, *, urgent: bool = True) -> None:
        """Say what is not a frame's doing; see :meth:`Announcer.notice`."""
        self._say(self._announcer.notice(cue, urgent=urgent))

    def _say(self, line: Line | None) -> None:
        if line is None:
            return
        now = time.monotonic()
        before = self._sent[-1][0] if self._sent else None
        self._sent.append((line, now))
        if self._process is not None:
            self._process.say(
                len(self._sent) - 1,
                line.parts,
                line.tone,
                cut=before is None or _breaks_off(line, before),
                by=now + line.keeps_s - (line.said_s - line.time_s),
            )

    def _tick(self, time_s: float, period_s: float) -> None:
        """Ask for the next beat's tick as soon as it is near."""
        beat, due_s = next_beat(time_s, period_s)
        if due_s - time_s <= _AHEAD_S and beat != self._ticked:
            self._ticked = beat
            if self._process is not None:
                at = time.monotonic() + due_s - time_s
                self._process.tick(at, accent=beat % BEATS_A_REP == 0)


def _breaks_off(line: Line, before: Line) -> bool:
    same = line.rank == before.rank and line.rank in (Rank.COUNT, Rank.STEP)
    return line.rank > before.rank or same


def vocabulary() -> list[str]:
    """What is likely to be said in the language in use, the likeliest first."""
    known = catalogue()
    texts = [number(n) for n in range(1, _NUMBERS + 1)]
    texts += [known[cue].say for cue in _SOONEST]
    texts += [each.say for each in known.values() if each.tone != "label" and "{" not in each.say]
    return list(dict.fromkeys(texts))


def transcript(voice: Voice) -> Iterator[dict[str, Any]]:
    """What was said, a value for each line: frame times in seconds, cue and words.

    ``heard`` is false where nothing was to be heard of it; ``begun_s`` is how long after its
    event the first sound came.
    """
    for spoken in voice.spoken:
        line = spoken.line
        begun = None if spoken.begun_s is None else round(spoken.begun_s, 3)
        yield {
            "t_s": round(line.time_s, 3),
            "said_s": round(line.said_s, 3),
            "cue": line.cue,
            "text": line.text,
            "heard": begun is not None,
            "begun_s": begun,
        }
