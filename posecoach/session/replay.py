"""The loop from frames to counts, for everything that has frames to hand out.

Nothing here reads a clock: the same frames give the same events, however fast they come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from posecoach.pose import Pose
from posecoach.session.events import Event
from posecoach.session.guided import Guided
from posecoach.session.session import Session

if TYPE_CHECKING:
    from posecoach.frames.frame import Frame


@dataclass(frozen=True, slots=True)
class Step:
    """One frame, watched.

    Attributes:
        frame: The picture and its time.
        pose: The body in it.
        events: What the session made of it.
        guided: What lets the session begin and wait, or None.
    """

    frame: Frame
    pose: Pose
    events: Sequence[Event]
    guided: Guided | None = None


class Sink(Protocol):
    """Takes what came of each frame: a video, a table, a window."""

    def take(self, step: Step, session: Session) -> None:
        """Take one frame, after the session has."""
        ...


@dataclass(frozen=True, slots=True)
class Watched:
    """How much was seen.

    Attributes:
        frames: Number of frames.
        last_s: Time of the last frame, seconds from the first.
        stopped: Whether somebody ended it before the frames did.
    """

    frames: int
    last_s: float
    stopped: bool


def replay(
    frames: Iterable[Frame],
    estimate: Callable[[Frame], Pose],
    session: Session,
    sinks: Sequence[Sink] = (),
    stop: Callable[[], bool] = lambda: False,
    beside: Sequence[Session] = (),
    *,
    whole: bool = False,
    guided: Guided | None = None,
) -> Watched:
    """Watch frames to their end, and finish the session.

    Args:
        frames: In the order in which they were taken, as a clip hands them out.
        estimate: Finds the body in a frame; the close-ups of the feet are added here where
            the session needs them.
        session: A new one.
        sinks: Take each frame in this order.
        stop: Asked before each frame; once true, no further frame is watched and what was
            seen so far counts.
        beside: More new sessions that watch the same poses, as finding those is what costs.
        guided: Lets this session begin, wait and follow one person, as live does; None counts
            from the first frame to the last.
        whole: The poses come with their close-ups, as recorded ones do: add none.

    Raises:
        PosecoachError: Whatever the frames or a sink raise; the session is not finished then.
    """
    if not whole and any(each.needs_close_up for each in (session, *beside)):
        # Loads OpenCV, which what only lists exercises need not wait for.
        from posecoach.pose.closeup import CloseUp

        estimate = CloseUp(estimate).estimate
    count, first_s, last_s, stopped = 0, 0.0, 0.0, False
    for frame in frames:
        if stop():
            stopped = True
            break
        pose = estimate(frame)
        step = Step(frame, pose, (guided or session).update(pose), guided)
        for other in beside:
            other.update(pose)
        if not count:
            first_s = frame.time_s
        count, last_s = count + 1, frame.time_s
        for sink in sinks:
            sink.take(step, session)
    for each in (session, *beside):
        each.finish()
    return Watched(count, last_s - first_s, stopped)
