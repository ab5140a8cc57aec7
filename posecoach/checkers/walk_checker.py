"""Times walking on the toes: the clock runs while both heels stay up and feet step."""

from __future__ import annotations

import math
from collections import deque
from statistics import median
from typing import Literal

from posecoach.checkers.conditions import Checks
from posecoach.checkers.holds import HoldClock, Span
from posecoach.checkers.results import Hold
from posecoach.checkers.timed_rules import Walk
from posecoach.checkers.update import Update
from posecoach.motion import Readings, Slope

Feet = Literal["straight", "out", "in"]

CADENCE_S = 4.0
# Over how long the heels' usual height is taken.
TYPICAL_S = 3.0
# How much of the past is kept to find where a walk began.
KEEP_S = 2.0
TURN_S = 0.4
DELAY_S = 0.12
# How much of a walk next to its end tells how high the heels were held there.
NEAR_S = 1.5
# From passing the edge to full height, and back: without it the ten holds of the labelled
# clips that do not end in a turn read 0.33 s too long on average.
ARRIVE_S = 0.15
# The sine of the outward angle beyond which feet count as out or in: 12 degrees.
# docs/decisions.md has the figures.
TURNED = 0.2
# A sway to one side and back is two turns of the swing, and gave stretches of 0.4 to 1.5 s in
# rises of one heel or of both; true walks of a second and more have three steps at least.
LEAST_STEPS = 3


class StepCounter:
    """Counts steps from how the feet swing over each other.

    A step is a turn of the swing: from its last turning point the signal has come back
    by ``step``. No level is needed, so a camera that sees one foot higher does no harm.

    Args:
        step: How far the signal must swing, in leg lengths.
    """

    def __init__(self, step: float) -> None:
        self._step = step
        self._low: float | None = None
        self._high = 0.0
        self._rising: bool | None = None
        self.count = 0
        self.last_s: float | None = None
        self._times: deque[float] = deque()

    def update(self, phase: float | None, time_s: float) -> None:
        """Take how much higher the left foot is than the right."""
        while self._times and self._times[0] < time_s - CADENCE_S:
            self._times.popleft()
        if phase is None:
            return
        if self._low is None:
            self._low = self._high = phase
        self._low, self._high = min(self._low, phase), max(self._high, phase)
        if self._rising is not True and phase - self._low > self._step:
            self._turn(True, phase, time_s)
        elif self._rising is not False and self._high - phase > self._step:
            self._turn(False, phase, time_s)

    def _turn(self, rising: bool, phase: float, time_s: float) -> None:
        self._rising = rising
        self._low = self._high = phase
        self.count += 1
        self.last_s = time_s
        self._times.append(time_s)

    @property
    def cadence(self) -> float | None:
        """Steps a minute over the last seconds, None before two steps."""
        if len(self._times) < 2:
            return None
        return 60.0 * (len(self._times) - 1) / (self._times[-1] - self._times[0])


class WalkChecker:
    """Times an exercise of steps.

    Args:
        rule: Levels and times.
        feet: Where the feet should point; None judges nothing.
    """

    def __init__(self, rule: Walk, feet: Feet | None = None) -> None:
        self._rule = rule
        self.feet = feet
        self._checks = Checks(rule.only)
        self._clock = HoldClock(rule.confirm_s, rule.drop_s, rule.min_s)
        self._steps = StepCounter(rule.step)
        self._turn = Slope(TURN_S)
        self._steps_at_start = 0
        self._outs: list[float] = []
        self._levels: deque[tuple[float, float]] = deque()
        self._up = False
        self._turning = False

    @property
    def signals(self) -> list[str]:
        """Full names of the signals it reads."""
        return [
            self._rule.signal,
            "step_phase",
            "facing",
            "foot_out.left",
            "foot_out.right",
            *self._checks.signals,
        ]

    def update(self, readings: Readings, time_s: float, visible: float) -> Update:
        """See :class:`~posecoach.checkers.update.Checker`."""
        level = readings[self._rule.signal]
        self._steps.update(readings["step_phase"], time_s)
        good, why = self._judge(readings, level, time_s)
        if level is not None and not self._turning:
            self._levels.append((time_s, level))
        happened, span = self._clock.update(good, time_s, why)
        span = self._trimmed(span) if span is not None else None
        if happened == "started":
            self._steps_at_start = max(0, self._steps.count - 1)
            self._outs = []
        outs = [v for s in ("left", "right") if (v := readings[f"foot_out.{s}"]) is not None]
        if self._clock.running and outs:
            self._outs.append(sum(outs) / len(outs))
        if not self._clock.running:
            while self._levels and self._levels[0][0] < time_s - KEEP_S:
                self._levels.popleft()
        fault = why or (self._feet_fault() if self._clock.running else None)
        return Update(
            hold_started=("both",) if happened == "started" else (),
            hold_stopped=(("both", span.why if span else why),) if happened == "stopped" else (),
            holds=(self._hold(span),) if span is not None else (),
            side="both",
            level=None if level is None else level / (2 * self._rule.on),
            moving=self._clock.running,
            hold_s=max(0.0, self._clock.seconds(time_s)),
            fault=fault or None,
            steps=self._steps.count,
            cadence=self._steps.cadence,
        )

    def finish(self) -> Update:
        """End the walk under way at the last frame."""
        span = self._clock.finish()
        span = self._trimmed(span) if span is not None else None
        return Update(
            holds=(self._hold(span),) if span is not None else (),
            side="both",
            steps=self._steps.count,
        )

    def _judge(
        self, readings: Readings, level: float | None, time_s: float
    ) -> tuple[bool | None, str]:
        """Whether the clock may run, and why not."""
        turn = self._turn.update(readings["facing"], time_s)
        self._turning = turn is not None and abs(turn) > self._rule.turning_deg_s
        if level is None:
            return None, ""
        why = self._checks.failing(readings)
        if why is not None:
            self._up = False
            return False, why
        if self._turning:
            return (None, "") if self._clock.running else (False, "")
        self._up = level > (self._off(time_s) if self._up else self._rule.on)
        if not self._up:
            return False, "heels_dropped"
        last = self._steps.last_s
        if last is None or time_s - last > self._rule.still_s:
            return False, "standing_still"
        return True, ""

    def _off(self, time_s: float) -> float:
        """Level below which the heels are down: against how high they were just held.

        Views and people differ by three in how much of a lifted heel can be seen; a heel
        on the floor reads nearly 0 in the worst of them.
        """
        if not self._clock.running:
            return self._rule.off
        recent = [v for t, v in self._levels if t >= time_s - TYPICAL_S]
        return max(self._rule.off, self._rule.keep * median(recent)) if recent else self._rule.off

    def direction(self) -> Feet | None:
        """Where the feet pointed in the walk under way, or None where it cannot be seen."""
        if not self._outs:
            return None
        out = median(self._outs)
        return "out" if out > TURNED else "in" if out < -TURNED else "straight"

    def _feet_fault(self) -> str | None:
        if self.feet is None or len(self._outs) < 10:
            return None
        return None if self.direction() == self.feet else f"feet_not_{self.feet}"

    def _trimmed(self, span: Span) -> Span | None:
        """The span from where the heels were up to where they began to come down."""
        inside = [(t, v) for t, v in self._levels if span.start_s <= t <= span.end_s]
        self._levels.clear()
        if not inside:
            return span
        # Against how high they were held next to each end: over a whole walk the view
        # changes, and with it the measured height. The ends are those of the readings, of
        # which there are none while the body turns.
        first = median(v for t, v in inside if t <= inside[0][0] + NEAR_S)
        last = median(v for t, v in inside if t >= inside[-1][0] - NEAR_S)
        begin = next((t for t, v in inside if v >= self._rule.edge * first), span.start_s)
        high = [t for t, v in inside if t >= begin and v >= self._rule.edge * last] or [begin]
        after = next((t for t, _ in inside if t > high[-1]), span.end_s)
        # While the body turned there are no readings, and nothing speaks against it.
        end_s = after if after - high[-1] > TURN_S / 2 else high[-1] - ARRIVE_S
        span = Span(begin + ARRIVE_S, end_s, span.why)
        walked = self._steps.count - self._steps_at_start >= LEAST_STEPS
        return span if walked and span.seconds >= self._rule.min_s else None

    def _hold(self, span: Span) -> Hold:
        steps = self._steps.count - self._steps_at_start
        metrics = {"steps": float(steps), "cadence_per_min": 60.0 * steps / span.seconds}
        if self._outs:
            out = max(-1.0, min(1.0, median(self._outs)))
            metrics["feet_out_deg"] = math.degrees(math.asin(out))
        faults = [span.why] if span.why not in ("", "end", "lost") else []
        feet = self._feet_fault()
        if feet:
            faults.append(feet)
        return Hold(
            side="both",
            start_s=max(0.0, span.start_s - DELAY_S),
            end_s=max(0.0, span.end_s - DELAY_S),
            seconds=span.seconds,
            metrics=metrics,
            faults=tuple(faults),
        )
