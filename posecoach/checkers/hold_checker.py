"""Times how long a position is held, left and right apart."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from statistics import median

from posecoach.checkers.conditions import Checks, resolve
from posecoach.checkers.grading import is_fault
from posecoach.checkers.holds import HoldClock, Span
from posecoach.checkers.results import BodySide, Hold
from posecoach.checkers.timed_rules import Form
from posecoach.checkers.timed_rules import Hold as HoldRule
from posecoach.checkers.update import Update
from posecoach.motion import Readings, Spread
from posecoach.pose import SIDES, Side

# The time over which "stands still" is judged: long against landmark jitter, short
# against raising a leg (1 to 2 s).
STEADY_S = 0.3
# How far back the moment of arriving or leaving is looked for.
PAST_S = 1.0
# In position for so long before the clock starts; it is dated back.
CONFIRM_S = 0.2
# Half the window of the signals' median filter.
DELAY_S = 0.1


@dataclass(slots=True)
class _SideState:
    side: Side
    form: Form
    checks: Checks
    trying: Checks | None
    clock: HoldClock
    spread: Spread
    past: deque[tuple[float, float]] = field(default_factory=deque)
    wrong_s: float = 0.0  # when something else than the steady signal was last wrong
    held: dict[str, list[float]] = field(default_factory=dict)  # of the drifts, in this try
    samples: dict[str, list[float]] = field(default_factory=dict)
    fault: str | None = None


class HoldChecker:
    """Times an exercise that is held, in one of its forms, on one side at a time.

    Args:
        rule: The exercise's position and faults.
        side: Time only this side; None times both.
    """

    def __init__(self, rule: HoldRule, side: BodySide | None) -> None:
        self._rule = rule
        self._sides = [
            _SideState(
                s,
                form,
                Checks(form.position, s),
                Checks([form.try_from], s) if form.try_from else None,
                # A wobble shows in the spread for as long as its window looks back.
                HoldClock(
                    CONFIRM_S,
                    rule.grace_s + (STEADY_S if form.steady else 0.0),
                    rule.min_s,
                    rule.settle_s,
                ),
                Spread(STEADY_S),
            )
            for form in (rule, *rule.forms)
            for s in SIDES
            if side in (None, "both", s)
        ]
        self._last: Side | None = None

    @property
    def signals(self) -> list[str]:
        """Full names of the signals it reads."""
        found: list[str] = []
        for state in self._sides:
            found += state.checks.signals
            found += state.trying.signals if state.trying else []
            found += [resolve(d.signal, state.side) for d in state.form.drifts]
            found += [resolve(n, state.side) for n in state.form.metrics.values()]
            if state.form.steady:
                found.append(resolve(state.form.steady.signal, state.side))
        return found

    def update(self, readings: Readings, time_s: float, visible: float) -> Update:
        """See :class:`~posecoach.checkers.update.Checker`."""
        started: list[BodySide] = []
        stopped: list[tuple[BodySide, str]] = []
        holds: list[Hold] = []
        for state in self._sides:
            state.fault = self._wrong(state, readings, time_s)
            if state.fault is not None and not self._is_about_steady(state, state.fault):
                state.wrong_s = time_s
            taken = any(s.clock.running for s in self._sides if s is not state)
            happened, span = state.clock.update(
                None if state.fault == "unseen" else state.fault is None and not taken,
                time_s,
                state.fault or "",
                self._changed_s(state, time_s),
            )
            if happened == "started":
                started.append(state.side)
                self._last = state.side
            if happened == "stopped":
                stopped.append((state.side, span.why if span else state.fault or ""))
            if span is not None:
                holds.append(self._hold(state, span))
            self._remember(state, readings)
        running = next((s for s in self._sides if s.clock.running), None)
        trying = running or self._trying(readings)
        return Update(
            hold_started=tuple(started),
            hold_stopped=tuple(stopped),
            holds=tuple(holds),
            side=(trying.side if trying else self._last),
            level=self._level(trying, readings),
            moving=running is not None,
            hold_s=max(0.0, running.clock.seconds(time_s)) if running else 0.0,
            fault=trying.fault if trying and trying.fault != "unseen" else None,
        )

    def finish(self) -> Update:
        """End the hold under way at the last frame."""
        holds = [
            self._hold(state, span)
            for state in self._sides
            if (span := state.clock.finish()) is not None
        ]
        return Update(holds=tuple(holds), side=self._last)

    def _trying(self, readings: Readings) -> _SideState | None:
        """What somebody who is not in position is nearest to."""
        tried = [
            state
            for state in self._sides
            if state.trying and state.trying.failing(readings) is None
        ]
        return max(tried, key=lambda state: state.checks.met, default=None)

    def _level(self, state: _SideState | None, readings: Readings) -> float | None:
        if state is None or (first := state.form.position[0]).above is None:
            return None
        value = readings[resolve(first.signal, state.side)]
        return None if value is None else value / first.above

    def _wrong(self, state: _SideState, readings: Readings, time_s: float) -> str | None:
        """The fault that keeps the clock from running, ``unseen`` where nobody can tell."""
        spread = None
        steady = state.form.steady
        if steady:
            value = readings[resolve(steady.signal, state.side)]
            spread = state.spread.update(value, time_s)
            if value is not None:
                state.past.append((time_s, value))
            while state.past and state.past[0][0] < time_s - PAST_S:
                state.past.popleft()
        if any(readings[name] is None for name in state.checks.signals):
            return "unseen"
        why = state.checks.failing(readings)
        if why is not None:
            return why
        if steady and (spread is None or spread > steady.range):
            return "moving"
        for drift in state.form.drifts:
            value = readings[resolve(drift.signal, state.side)]
            held = state.held.get(drift.signal)
            if value is None or not held:
                continue
            if drift.drop is not None and value < max(held) - drift.drop:
                return drift.why
            if drift.rise is not None and value > median(held) + drift.rise:
                return drift.why
        return None

    def _is_about_steady(self, state: _SideState, fault: str) -> bool:
        """Whether a fault only says that the steady signal has not arrived yet."""
        steady = state.form.steady
        return fault == "moving" or any(
            c.why == fault and steady is not None and c.signal == steady.signal
            for c in state.form.position
        )

    def _changed_s(self, state: _SideState, time_s: float) -> float:
        """When what is true now became true: arriving and leaving take a moment to show."""
        steady = state.form.steady
        if steady is None or not state.past:
            return time_s
        if state.fault is None:
            changed = time_s
            for t, v in reversed(state.past):
                if v < state.past[-1][1] - steady.near or t < state.wrong_s:
                    break
                changed = t
            return changed
        # Where it stood before it began to move, which shows with the window's delay.
        held = median([v for t, v in state.past if t <= time_s - STEADY_S] or [0.0])
        return max((t for t, v in state.past if v >= held - steady.near), default=time_s)

    def _remember(self, state: _SideState, readings: Readings) -> None:
        if state.fault == "unseen":
            return  # a frame without the body says nothing against the try
        if not state.clock.running:
            state.samples = {}
            # Where it was held stands until the try is given up altogether.
            if state.trying is None or state.trying.failing(readings) is not None:
                state.held = {}
            return
        for signal in {drift.signal for drift in state.form.drifts}:
            value = readings[resolve(signal, state.side)]
            if value is not None and state.fault is None:
                state.held.setdefault(signal, []).append(value)
        for metric, name in state.form.metrics.items():
            value = readings[resolve(name, state.side)]
            if value is not None and state.fault is None:
                state.samples.setdefault(metric, []).append(value)

    def _hold(self, state: _SideState, span: Span) -> Hold:
        metrics = {name: median(values) for name, values in state.samples.items()}
        faults = [fault.id for fault in self._rule.faults if is_fault(fault, metrics)]
        if span.why not in ("", "end", "lost", "moving"):
            faults.append(span.why)
        return Hold(
            side=state.side,
            start_s=max(0.0, span.start_s - DELAY_S),
            end_s=max(0.0, span.end_s - DELAY_S),
            seconds=span.seconds,
            metrics=metrics,
            faults=tuple(dict.fromkeys(faults)),
        )
