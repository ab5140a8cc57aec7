"""What came of a session, in a few plain lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from posecoach.checkers import Attempt, Hold, Rep, Word
from posecoach.feedback.tally import done_words, heading, outcomes
from posecoach.feedback.wording import counted, name_of, phrase, within
from posecoach.session import Program, Session, WorkoutState


def summary(session: Session, why: str = "") -> str:
    """Counts by side, seconds held, tries that did not count and faults; one to three lines.

    Args:
        session: It.
        why: Cue id of what kept it from beginning, if anything did.

    Example:
        ``Heel raises: 4 reps (both legs 4)`` and below it
        ``  2 tries did not count: lift your heels higher (2)``.
    """
    words = session.definition.words
    done = done_words(session.definition, session.reps, session.holds)
    definition = session.definition
    lines = [f"{name_of('exercise', definition.id, definition.name)}: {done}"]
    lines += _to_improve(session.attempts, session.reps, session.holds, words)
    why = why or session.view_why
    if not session.reps and not session.holds and why:
        lines.append(_not_seen(why, words))
        if session.definition.view.close_up_alone:
            lines.append("  Are only legs and feet in view? Say where with --foot.")
    return "\n".join(lines)


def program_summary(program: Program, state: WorkoutState) -> str:
    """What came of each exercise of a program; one to three lines each.

    Example:
        ``Short five: 1 of 5 exercises done`` and below it
        ``  Heel raises: 14 reps (left leg 10, right leg 4), ended early``.
    """
    found = outcomes(state.blocks, state.results)
    lines = [heading(name_of("program", program.id, program.name), found)]
    for outcome in found:
        results = outcome.results
        lines.append(f"  {outcome.name}: {_lowered(outcome.words)}")
        lines += _to_improve(
            [attempt for result in results for attempt in result.attempts],
            [rep for result in results for rep in result.reps],
            [hold for result in results for hold in result.holds],
            outcome.definition.words,
            "    ",
        )
        whys = [result.view_why for result in results if result.view_why]
        if outcome.how == "not" and whys:
            lines.append(_not_seen(whys[0], outcome.definition.words, "    "))
    return "\n".join(lines)


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _to_improve(
    attempts: Sequence[Attempt],
    reps: Sequence[Rep],
    holds: Sequence[Hold],
    words: Mapping[str, Word],
    indent: str = "  ",
) -> list[str]:
    lines = []
    if attempts:
        tries = counted("tries_not_counted", len(attempts))
        why = Counter(attempt.why for attempt in attempts)
        lines.append(f"{indent}{tries}: {_named(why, words)}")
    faults = Counter(fault for rep in reps for fault in rep.faults)
    faults.update(fault for hold in holds for fault in hold.faults)
    if faults:
        lines.append(f"{indent}{phrase('to_work_on')}: {_named(faults, words)}")
    return lines


def _not_seen(why: str, words: Mapping[str, Word], indent: str = "  ") -> str:
    return f"{indent}{phrase('not_seen')}: {within(why, words)}"


def details(session: Session) -> list[str]:
    """More of a session, in indented lines: heel lift, and each hold.

    Example:
        ``  Heel lift 6.9 cm at the median, for a height of 170 cm (assumed; see --height)``
    """
    lines = []
    lifts = [rep.metrics["heel_lift_cm"] for rep in session.reps if "heel_lift_cm" in rep.metrics]
    if lifts:
        origin = f" ({phrase('assumed_height')})" if session.height_assumed else ""
        lift, height = f"{median(lifts):.1f}", f"{session.height_cm:g}"
        lines.append(f"  {phrase('median_lift', lift=lift, height=height)}{origin}")
    for hold in session.holds:
        told = phrase(
            "from_to",
            start=f"{hold.start_s:.1f}",
            end=f"{hold.end_s:.1f}",
            side=within(f"side_{hold.side}"),
            seconds=f"{hold.seconds:.1f}",
        )
        lines.append(f"  {told}")
    steps = session.snapshot.steps
    if steps is not None:
        lines.append(f"  {counted('n_steps', steps)}")
    return lines


def _named(counts: Counter[str], words: Mapping[str, Word]) -> str:
    return ", ".join(f"{within(why, words)} ({n})" for why, n in counts.most_common())
