"""Coaching one exercise at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from posecoach.checkers import Definition
from posecoach.checkers.walk_checker import Feet
from posecoach.cli.loop import Loop, Stage
from posecoach.feedback import Key
from posecoach.feedback.course import titled
from posecoach.frames import Image
from posecoach.pose import FootPlace, Pose
from posecoach.record.landmarks import AskedExercise, Place
from posecoach.session import Session, Snapshot, WorkoutState
from posecoach.session.events import Event
from posecoach.session.guided import Guided
from posecoach.session.plan import has_sides

AskedSide = Literal["left", "right", "both", "auto"]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody asked for, whichever exercise it is.

    Attributes:
        side: The side to count.
        height_cm: Body height; None where it was not given.
        hold_s: Seconds that a hold aims for; None takes the exercise's own.
        feet: Where the feet of a walk should point; None judges nothing.
        also: Signals to measure beside those that the exercise is counted from.
        places: Where feet are in the picture, for a camera that sees no body; none looks
            for the body.
        pacing: Whether the clock may count what close-ups cannot see.
        beat: Beats a minute that reps should keep to, or None.
        setup: Whether a set begins once the person is placed right, with a count-in.
    """

    side: AskedSide = "auto"
    height_cm: float | None = None
    hold_s: float | None = None
    feet: Feet | None = None
    also: tuple[str, ...] = ()
    places: tuple[FootPlace, ...] = ()
    pacing: bool = False
    beat: float | None = None
    setup: bool = False

    def session(self, definition: Definition) -> Session:
        """A new session of that exercise."""
        return Session(
            definition,
            self._side_of(definition),
            self.height_cm,
            target_hold_s=self.hold_s,
            feet=self.feet,
            also=self.also,
            close_up_alone=bool(self.places),
            pacing=self.pacing,
            beat=self.beat,
        )

    def _side_of(self, definition: Definition) -> AskedSide:
        """The side to count of that exercise, which may be another one than it was asked for."""
        one = self.side in ("left", "right")
        return "auto" if one and not has_sides(definition) else self.side

    def asked(self, definition: Definition, *, live: bool = False) -> AskedExercise:
        """The same, as a recording of landmarks keeps it."""
        return AskedExercise(
            exercise=definition.id,
            side=self._side_of(definition),
            height_cm=self.height_cm,
            hold_s=self.hold_s,
            feet=self.feet,
            beat=self.beat,
            places=tuple(Place.of(place) for place in self.places),
            pacing=self.pacing,
            close_up=self.session(definition).needs_close_up,
            live=live,
            setup=self.setup,
        )


class Coach(Loop):
    """Coaches exercises in a window, one after another as asked.

    Space pauses: frames are shown but not watched, and not recorded either. R starts the
    exercise over, N goes on to the next one, S to the other side; each begins a new
    session, and those before it are kept. Where there is a choice to go back to, N does so.

    Args:
        stage: Camera, estimator, window.
        exercises: All there are, in the order of N.
        first: Id of the one to begin with.
        wishes: What was asked for.

    Attributes:
        sessions: Every session so far, the one under way last.
    """

    def __init__(
        self,
        stage: Stage,
        exercises: Sequence[Definition],
        first: str,
        wishes: Wishes | None = None,
    ) -> None:
        super().__init__(stage)
        self._exercises = {definition.id: definition for definition in exercises}
        self._wishes = wishes or Wishes()
        self._guided: Guided | None = None
        self.sessions: list[Session] = []
        self._begin(first)

    @property
    def _watching(self) -> bool:
        return not self._paused

    @property
    def _needs_close_up(self) -> bool:
        return self.sessions[-1].needs_close_up

    def _count(self, pose: Pose) -> Sequence[Event]:
        self._keep_pose(pose)
        assert self._guided is not None
        events = self._guided.update(pose)
        self._pose = self._guided.pose or pose
        return events

    def _finish(self) -> None:
        if self.sessions:
            self._keep(self.sessions[-1].finish())

    @property
    def why(self) -> str:
        """Cue id of what kept the last set from beginning; empty if it began."""
        return self._guided.why if self._guided is not None else ""

    def _remember(self, events: Sequence[Event]) -> None:
        if self._history is not None and self._last is not None and self.sessions:
            self._history.watch(self.sessions[-1], events, self._last.time_s)

    def _drawn(self, image: Image, events: Sequence[Event]) -> Image:
        assert self._guided is not None
        snapshot, pose = self._noticed(titled(self._guided.snapshot), image)
        gesture = self._gestures.progress
        return self._overlay.draw(
            image, pose, snapshot, events, paused=self._paused, gesture=gesture
        )

    @property
    def _heard(self) -> tuple[Snapshot, WorkoutState | None] | None:
        return None if self._guided is None else (self._guided.snapshot, None)

    def _handle(self, key: Key) -> None:
        if key is Key.PAUSE:
            self._paused = not self._paused
        elif key is Key.RESET:
            self._begin(self.sessions[-1].definition.id)
        elif key is Key.NEXT and self._has_picker:
            self._go_back()
        elif key is Key.NEXT:
            ids = list(self._exercises)
            at = ids.index(self.sessions[-1].definition.id)
            self._begin(ids[(at + 1) % len(ids)])
        elif key is Key.SWITCH_SIDE and has_sides(self.sessions[-1].definition):
            self._wishes = replace(self._wishes, side=self._other_side())
            self._begin(self.sessions[-1].definition.id)

    def _other_side(self) -> AskedSide:
        """From the side asked for, or else from the one seen: left, right, as seen, left."""
        if self._wishes.side == "right":
            return "auto"
        return "right" if self.sessions[-1].snapshot.side == "left" else "left"

    def _begin(self, exercise: str) -> None:
        if self.sessions:
            self._keep(self.sessions[-1].finish())
        wishes, definition = self._wishes, self._exercises[exercise]
        session = wishes.session(definition)
        if self._landmarks is not None:
            self._landmarks.begin(wishes.asked(definition, live=True))
        self.sessions.append(session)
        self._guided = Guided(
            session,
            lambda: wishes.session(definition),
            self._same,
            check=wishes.setup,
            again=wishes.setup,
        )
        self._overlay = self._new_overlay()
        self._paused = False
