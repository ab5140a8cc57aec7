"""What is said of the heel-raise test's course: what to do, rests, and the result."""

from __future__ import annotations

from collections.abc import Sequence

from posecoach.feedback.course_lines import rest_tick
from posecoach.feedback.heel_raise_words import both_words, norm_words
from posecoach.feedback.line import Line, Rank
from posecoach.feedback.wording import counted, phrase
from posecoach.session import setup_events as sev
from posecoach.session import workout_events as wev
from posecoach.session.events import Event
from posecoach.session.heel_raise_events import (
    HeelRaiseState,
    HeelRaiseTestFinished,
    LegEnded,
    LegStarted,
)
from posecoach.session.heel_raise_leg import LegResult
from posecoach.session.norms import Subject

_KEEPS_S = 4.0
_GO_KEEPS_S = 1.0
_RESULT_KEEPS_S = 10.0


def lines_of_test(state: HeelRaiseState, events: Sequence[Event], subject: Subject) -> list[Line]:
    """What to say of the events of one frame: at most one line."""
    now = state.time_s
    ended = [e.result for e in events if isinstance(e, LegEnded) and e.result is not None]
    for event in events:
        if isinstance(event, HeelRaiseTestFinished):
            words = (*_ended(ended), *_result(state.results, subject))
            return [Line(now, "summary", words, Rank.STEP, _RESULT_KEEPS_S, "praise")]
    for event in events:
        if isinstance(event, wev.RestStarted):
            return [_rest(now, event, state, ended)]
    set_up = any(isinstance(event, sev.SetBegun) for event in events)
    for event in events:
        if isinstance(event, LegStarted) and not set_up:
            words = (phrase(f"side_{event.side}"), phrase("go"))
            return [Line(now, "go", (*_ended(ended), *words), Rank.STEP, _GO_KEEPS_S, "praise")]
        if isinstance(event, wev.RestTick):
            line = rest_tick(now, event.left_s, state.rest_s)
            return [line] if line is not None else []
    return []


def _rest(
    now: float, event: wev.RestStarted, state: HeelRaiseState, ended: Sequence[LegResult]
) -> Line:
    side = phrase(f"now_{state.side}")
    if event.change == "start":
        words: tuple[str, ...] = (phrase("heel_raise_test"), side, phrase("test_how"))
    else:
        words = (*_ended(ended), phrase("rest_for", seconds=round(event.seconds)), side)
    return Line(now, "rest", words, Rank.STEP, min(_KEEPS_S, event.seconds))


def _ended(results: Sequence[LegResult]) -> tuple[str, ...]:
    """Why a leg's turn is over, and what it did."""
    return tuple(
        part
        for result in results
        for part in (phrase(f"end_{result.end}"), counted("spoken_reps", result.reps))
    )


def _result(results: Sequence[LegResult], subject: Subject) -> tuple[str, ...]:
    legs = tuple(
        f"{phrase(f'side_{result.side}')}: {counted('spoken_reps', result.reps)}"
        for result in results
        if len(results) > 1
    )
    # Options are read, not heard.
    norm = (norm_words(results, subject),) if subject.norm is not None and results else ()
    both = (both_words(results),) if both_words(results) else ()
    return (phrase("set_done"), *legs, *both, *norm, phrase("not_a_diagnosis"))
