"""What a record of a session holds: plain frozen values, with nothing of any language in it.

A *session* is one run of ``posecoach live`` or ``posecoach program``, or one clip of
``posecoach replay --keep``. It has *sets*; a set has reps, holds, attempts (tries that did not
count), moments (whatever else happened) and traces (its main signals over time).

All times are seconds of the session, the frames' own; :meth:`SessionRecord.at` makes a time of
day of one. Sides are anatomical. What is measured is in :mod:`.metrics`. The names
of metrics, faults and causes are ids; :mod:`posecoach.feedback.wording` has the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from posecoach.record.history.metrics import Measure, Tempo, main_measure
from posecoach.record.history.trace import Traces

Side = Literal["left", "right", "both"]
AskedSide = Literal["left", "right", "both", "auto"]
Source = Literal["live", "program", "replay"]
Kind = Literal["reps", "hold", "walk", "circles"]
Direction = Literal["cw", "ccw"]
CloseUp = Literal["no", "yes", "alone"]
How = Literal["done", "skipped", "stopped"]
Sex = Literal["f", "m"]
SIDES: tuple[Side, ...] = ("left", "right", "both")
HEEL_RAISE_TEST = "heel_raise_test"
"""What a heel-raise test is kept as: the id of its program. Its sets are its legs."""

_STRICT: dict[str, object] = {"extra": "forbid", "allow_inf_nan": False}


@dataclass(frozen=True, slots=True)
class RepRecord:
    """A movement that counted; see :class:`posecoach.checkers.results.Rep`.

    Attributes:
        side: Whose movement it was.
        start_s: When it left the resting position.
        peak_s: When it was furthest.
        end_s: When it was back at rest.
        metrics: ``heel_lift_cm``, ``up_s``, ``top_s``, ``down_s`` ...
        faults: Ids of what was wrong with it, although it counts.
        confidence: 0 to 1, how well the landmarks were seen.
        paced: Whether the clock counted it, and not the camera.
        direction: Of a circle, which way round it went.
    """

    __pydantic_config__: ClassVar = _STRICT
    side: Side
    start_s: float
    peak_s: float
    end_s: float
    metrics: Mapping[str, float] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    confidence: float = 1.0
    paced: bool = False
    direction: Direction | None = None

    @property
    def measure(self) -> Measure | None:
        """How far it went; see :func:`.metrics.main_measure`."""
        return main_measure(self)

    @property
    def tempo(self) -> Tempo:
        """How long going up, staying at the top and coming down took."""
        got = self.metrics.get
        return Tempo(got("up_s"), got("held_s", got("top_s")), got("down_s"))


@dataclass(frozen=True, slots=True)
class HoldRecord:
    """A stretch of time that counted; ``seconds`` is what counted of it."""

    __pydantic_config__: ClassVar = _STRICT
    side: Side
    start_s: float
    end_s: float
    seconds: float
    metrics: Mapping[str, float] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    paced: bool = False

    @property
    def measure(self) -> Measure | None:
        """The main angle or distance; see :func:`.metrics.main_measure`."""
        return main_measure(self)


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """A movement that was tried and did not count; ``why`` is a fault's id."""

    __pydantic_config__: ClassVar = _STRICT
    side: Side
    start_s: float
    peak_s: float
    end_s: float
    why: str
    metrics: Mapping[str, float] = field(default_factory=dict)

    @property
    def measure(self) -> Measure | None:
        """How far it went; see :func:`.metrics.main_measure`."""
        return main_measure(self)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something else that happened in a set.

    Attributes:
        time_s: When.
        name: The event's name: ``fault``, ``person_lost``, ``person_found``,
            ``view_refused``, ``view_accepted``, ``hold_started``, ``hold_stopped``,
            ``target_reached``, ``workout_paused`` ...
        side: Whose movement it concerns, or None.
        why: Id of the fault or cue, or empty.
    """

    __pydantic_config__: ClassVar = _STRICT
    time_s: float
    name: str
    side: Side | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class SetRecord:
    """One exercise, done once through.

    In ``live`` each start of an exercise is a set (R, N and S begin another); in a workout each
    block is, so a set with several parts is several of these with one :attr:`set_number`.

    Attributes:
        order: Its place in the session, from 1.
        exercise: The definition's id.
        name: The exercise's name in its definition, in English for those that ship.
        kind: How it is counted.
        side: The side asked for.
        started_s: When it began.
        ended_s: When it ended; while it goes on, or if the program was killed in it, the last
            moment that was stored.
        how: How it ended; None while it goes on, if the program was killed in it, and where
            nothing was asked for.
        set_number: Which set of the exercise it belongs to, from 1; None outside workouts.
        sets: How many there are (on each side); None outside workouts.
        label: What is different here, in the program's own words, or None.
        target_reps: Reps asked for, or None.
        target_s: Seconds asked for, or None.
        hold_s: How long each rep, or each hold, shall be held; None where it is not.
        feet: Where the feet of a walk should point, or None.
        way: Which way round circles should go, or None.
        paced: Whether the clock counted the whole of it, and not the camera.
        close_up: Whether it was counted from close-ups of the feet, or from those alone.
        view_why: Cue id of what kept the camera from seeing it; empty if nothing did.
        steps: Steps of a walk, else None.
        reps: In the order in which they were counted, as are the next three.
        holds: What counted in seconds.
        attempts: What did not count.
        moments: What else happened.
        traces: The main signals over time.
    """

    __pydantic_config__: ClassVar = _STRICT
    order: int
    exercise: str
    name: str
    kind: Kind
    side: AskedSide
    started_s: float
    ended_s: float
    how: How | None = None
    set_number: int | None = None
    sets: int | None = None
    label: str | None = None
    target_reps: int | None = None
    target_s: float | None = None
    hold_s: float | None = None
    feet: str | None = None
    way: Direction | None = None
    paced: bool = False
    close_up: CloseUp = "no"
    view_why: str = ""
    steps: int | None = None
    reps: tuple[RepRecord, ...] = ()
    holds: tuple[HoldRecord, ...] = ()
    attempts: tuple[AttemptRecord, ...] = ()
    moments: tuple[Moment, ...] = ()
    traces: Traces = field(default_factory=Traces)

    @property
    def empty(self) -> bool:
        """Whether nothing was counted or tried in it."""
        return not (self.reps or self.holds or self.attempts)

    @property
    def held_s(self) -> float:
        """Seconds that counted, of all sides."""
        return sum(hold.seconds for hold in self.holds)

    def faults(self) -> dict[str, int]:
        """How often each fault was seen: in reps, in holds, and why tries did not count."""
        found: dict[str, int] = {}
        for fault in self._faults():
            found[fault] = found.get(fault, 0) + 1
        return dict(sorted(found.items()))

    def _faults(self) -> Iterator[str]:
        for rep in self.reps:
            yield from rep.faults
        for hold in self.holds:
            yield from hold.faults
        for attempt in self.attempts:
            yield attempt.why


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One run in front of a camera, or one clip.

    Attributes:
        uid: 32 hexadecimal digits, the same wherever the record goes.
        started_at: When its first set began, with the offset of the time zone it was in.
        started_s: Seconds of the session at that moment.
        ended_s: When it ended, or the last moment that was stored.
        source: Where it came from.
        finished: Whether it was ended, in whatever way, rather than killed.
        program: Id of the program, or None.
        program_name: The program's name, or None.
        complete: Whether it went to the end of what was asked for; None where nothing was, and
            if the program was killed in it.
        clip: Name of the clip, without the folder, or None.
        height_cm: Body height that lifts in centimetres are counted with.
        height_assumed: Whether nobody gave it.
        beat: Beats a minute of the metronome, or None.
        age: Of the person, in years, where it was given; so is ``sex``.
        sex: ``f`` or ``m``.
        model: The pose model: a name, or a file's name.
        version: posecoach's.
        sets: In order.
        id: Its number in the history of this machine, from 1; 0 before it has one.
    """

    __pydantic_config__: ClassVar = _STRICT
    uid: str
    started_at: datetime
    source: Source
    started_s: float = 0.0
    ended_s: float = 0.0
    finished: bool = False
    program: str | None = None
    program_name: str | None = None
    complete: bool | None = None
    clip: str | None = None
    height_cm: float = 170.0
    height_assumed: bool = True
    beat: float | None = None
    age: int | None = None
    sex: Sex | None = None
    model: str = ""
    version: str = ""
    sets: tuple[SetRecord, ...] = ()
    id: int = field(default=0, compare=False)

    @property
    def day(self) -> date:
        """The date where and when it was done."""
        return self.started_at.date()

    @property
    def seconds(self) -> float:
        """From the first set's beginning to the end, rests and pauses among them."""
        return max(0.0, self.ended_s - self.started_s)

    def at(self, time_s: float) -> datetime:
        """The time of day of a moment of the session."""
        return self.started_at + timedelta(seconds=time_s - self.started_s)

    def sets_of(self, exercise: str) -> tuple[SetRecord, ...]:
        """The sets of that exercise."""
        return tuple(one for one in self.sets if one.exercise == exercise)

    @property
    def exercises(self) -> tuple[str, ...]:
        """Ids of its exercises, each once, in order."""
        return tuple(dict.fromkeys(one.exercise for one in self.sets))
