"""One track on one side, with what is read during its movement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean, median

from posecoach.checkers.conditions import Checks, resolve
from posecoach.checkers.parts import Condition
from posecoach.checkers.rep_rules import Track
from posecoach.checkers.reps import CLOSE_UP_GAP_S, GAP_S, Movement, RepCounter
from posecoach.checkers.results import BodySide
from posecoach.checkers.swings import SwingCounter
from posecoach.motion import Readings, parse
from posecoach.motion.body import LIFTED_LEG
from posecoach.pose import SIDES, Side

# Heels can only be compared where both are seen alike: from the front or from behind.
FRONTAL_DEG = 25.0

# Signals read beside the tracks' own, for the standing side and for the rep's metrics.
EXTRA = ("ankle_split", "stance_knee", "heel_lift.left", "heel_lift.right", "facing", "trunk_lean")


@dataclass(slots=True)
class _Seen:
    """What was read during a movement."""

    visible: list[float] = field(default_factory=list)
    knees: list[float] = field(default_factory=list)
    heels: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))
    frontal: list[bool] = field(default_factory=list)
    trunk: list[float] = field(default_factory=list)
    bends: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    asked: dict[str, list[float]] = field(default_factory=dict)
    others: list[float] = field(default_factory=list)
    measured: bool = True


@dataclass(frozen=True, slots=True)
class Landed:
    """A movement that ended, with its measures.

    Attributes:
        lane: Where it was found.
        movement: It.
        side: Whose it is, as far as this lane can tell.
        metrics: Its measures.
        confidence: How well the landmarks were seen.
        own: How much the foot itself moved at the top, for lanes that are paired: by how
            much the ankle's angle fell, or what its close-up shows.
        beside: Which side was to the camera, for lanes that are paired.
        measured: Whether what matters could be seen.
        other: How far the other foot's close-up went meanwhile; 0 for lanes without one.
    """

    lane: Lane
    movement: Movement
    side: BodySide
    metrics: dict[str, float]
    confidence: float
    own: float
    beside: float
    measured: bool
    other: float


class Lane:
    """One track on one side.

    Args:
        track: The track.
        rank: Its place among the exercise's tracks, 0 the most trusted.
        name: ``left``, ``right`` or ``both``.
        height_cm: Body height, which turns lifts into centimetres.
        measured: What must be so throughout for a movement to be measured.
    """

    def __init__(
        self,
        track: Track,
        rank: int,
        name: BodySide,
        height_cm: float,
        measured: Sequence[Condition] = (),
    ) -> None:
        self.track = track
        self.rank = rank
        self.side = name
        own: Side = "right" if name == "right" else "left"
        self.signal = resolve(track.signal, own)
        together = track.side == "together" and name == "both"
        # What is read of each side: the signal, and what must be so.
        self._sides = [
            (resolve(track.signal, side), Checks(track.only, side))
            for side in (SIDES if together else (own,))
        ]
        self._measured = Checks(measured, own)
        self.stance: BodySide | None = None
        self.why: str | None = None
        self._height_cm = height_cm
        self._lows = {metric: resolve(name, own) for metric, name in track.lows.items()}
        self._highs = {metric: resolve(name, own) for metric, name in track.highs.items()}
        self.paired = track.side in ("one_foot", "feet")
        self._knee = f"knee_bend.{own}" if self.paired else "stance_knee"
        signal, _ = parse(self.signal)
        self.close_up = signal.close_up
        # A median filter lags by half its window.
        self.delay_s = signal.smooth_s / 2
        counter = SwingCounter if track.swing else RepCounter
        self.counter = counter(track, CLOSE_UP_GAP_S if self.close_up else GAP_S)
        self._bend = self.signal if self.close_up else f"ankle_flexion.{own}"
        # What the other foot's close-up shows meanwhile: of one moving foot, both show some.
        self._others = resolve(track.signal, "left" if own == "right" else "right")
        self._rest: dict[str, float | None] = {}
        self._seen = _Seen()

    @property
    def signals(self) -> list[str]:
        """Full names of the signals it reads."""
        pair = ["beside", self._bend, self._knee] if self.paired else []
        if self.paired and self.close_up:
            pair.append(self._others)
        read = [name for signal, checks in self._sides for name in (signal, *checks.signals)]
        asked = [*self._lows.values(), *self._highs.values()]
        return [*EXTRA, *pair, *read, *self._measured.signals, *asked]

    @property
    def is_try(self) -> bool:
        """Whether the movement under way is at least a try."""
        return self.counter.peak >= self.track.attempt

    def value(self, readings: Readings) -> float | None:
        """What is counted, of the side or of the foot that moves more."""
        values = [value for name, _ in self._sides if (value := readings[name]) is not None]
        return max(values, default=None)

    def read(self, readings: Readings, time_s: float) -> Movement | None:
        """Take a frame's readings; the movement that ended with it."""
        whys = [
            checks.failing(readings) for name, checks in self._sides if readings[name] is not None
        ]
        self.why = next((why for why in whys if why is not None), None)
        return self.counter.update(self.value(readings), time_s, self.why is not None)

    def begin(self, readings: Readings, forced: BodySide | None) -> BodySide:
        """A movement began; whose it seems to be."""
        self._seen = _Seen()
        self.stance = self.side
        if self.track.side == "stance":
            split = readings["ankle_split"]
            if split is None or abs(split) < LIFTED_LEG:
                # Both feet on the floor, as far as can be seen: who says which leg
                # works knows better than the picture.
                self.stance = forced or "both"
            else:
                self.stance = "left" if split > 0 else "right"
        return self.stance

    def observe(self, readings: Readings, visible: float) -> None:
        """Remember what a frame of the movement showed."""
        seen, facing = self._seen, readings["facing"]
        seen.visible.append(visible)
        seen.measured = seen.measured and self._measured.failing(readings) is None
        seen.frontal.append(facing is not None and min(facing, 180 - facing) < FRONTAL_DEG)
        found: list[tuple[list[float], str]] = [
            (seen.knees, self._knee),
            (seen.trunk, "trunk_lean"),
            *((seen.heels[i], f"heel_lift.{side}") for i, side in enumerate(SIDES)),
        ]
        if self.paired:
            found += [(seen.bends, self._bend), (seen.beside, "beside")]
            if self.close_up:
                found.append((seen.others, self._others))
        for name in (*self._lows.values(), *self._highs.values()):
            found.append((seen.asked.setdefault(name, []), name))
        for values, name in found:
            value = readings[name]
            if value is not None:
                values.append(value)

    def settle(self, readings: Readings) -> None:
        """Remember what a frame of rest showed."""
        self._rest = {name: readings[name] for name in (self._knee, "trunk_lean")}

    def landed(self, movement: Movement) -> Landed:
        """A movement that ended, with its measures."""
        seen = self._seen
        upper = sorted(seen.bends)[len(seen.bends) // 2 :]
        return Landed(
            self,
            movement,
            self.stance or self.side,
            self._metrics(movement),
            fmean(seen.visible) if seen.visible else 0.0,
            median(upper) if upper else 0.0,
            median(seen.beside) if seen.beside else 0.0,
            seen.measured,
            max(seen.others) - min(seen.others) if seen.others else 0.0,
        )

    def _metrics(self, movement: Movement) -> dict[str, float]:
        track, seen = self.track, self._seen
        metrics = {
            "up_s": movement.up_s,
            "top_s": movement.top_s,
            "down_s": movement.down_s,
            "rep_s": movement.end_s - movement.start_s,
        }
        if track.hold:
            metrics["held_s"] = movement.top_s
        if track.lift_height is not None:
            metrics["heel_lift_cm"] = movement.peak * track.lift_height * self._height_cm
        if track.degrees is not None:
            metrics[track.degrees] = movement.peak
        if track.sag is not None:
            metrics[track.sag] = movement.sag
        metrics |= {m: min(v) for m, name in self._lows.items() if (v := seen.asked.get(name))}
        metrics |= {m: max(v) for m, name in self._highs.items() if (v := seen.asked.get(name))}
        knee, trunk = self._rest.get(self._knee), self._rest.get("trunk_lean")
        if seen.knees and knee is not None:
            metrics["knee_drop_deg"] = max(0.0, knee - min(seen.knees))
        if seen.trunk and trunk is not None:
            metrics["lean_deg"] = max(abs(t - trunk) for t in seen.trunk)
        left, right = (max(heels, default=0.0) for heels in seen.heels)
        if self.stance == "both" and seen.frontal and all(seen.frontal) and left + right > 0:
            metrics["left_share"] = min(1.0, max(0.0, left / (left + right)))
        return metrics
