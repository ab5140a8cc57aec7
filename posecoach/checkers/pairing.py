"""Whose movement it was, where a model's left and right foot move at once.

Seen from the side one foot hides the other, and the model moves the hidden foot's
landmarks with the nearer one's: over the rendered clips by 0.9 to 1.1 of its movement. The
nearer foot's landmarks stay (within 0.2) when only the far one moves.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from posecoach.checkers.lane import Landed, Lane
from posecoach.checkers.results import BodySide

# Beyond this sine of the body's direction (about 20 degrees) one side is the nearer one.
BESIDE = 0.35
# The nearer foot moved itself if it moved by this share of the far one.
OWN_SHARE = 0.4
# Both moved if the other ankle bent by this share: 1.04 and more when both do in the
# rendered clips, up to 0.68 when the landmarks were only taken along.
ALIKE_SHARE = 0.75
# So long after one foot has come back, the other's movement is waited for; one that goes on
# is taken as far as it got.
PAIR_S = 0.6


class Pairs:
    """Brings together what the left and the right lane saw of one movement.

    Args:
        lanes: The left and the right lane of each paired track.
        forced: The side that was asked for: who asks knows better than the picture.
    """

    def __init__(self, lanes: Sequence[Lane], forced: BodySide | None) -> None:
        self._partner = {id(a): b for a in lanes for b in lanes if a.rank == b.rank and a is not b}
        self._forced = forced
        self._waiting: list[Landed] = []
        # The movements last told: what overlaps them is part of the same one.
        self._told: tuple[Landed, ...] = ()

    def add(self, landed: Landed) -> None:
        """Take a movement that ended on one side."""
        if landed.lane.close_up and landed.lane.track.side == "one_foot" and _taken_along(landed):
            return
        self._waiting.append(landed)

    def settled(self, time_s: float, last: BodySide | None) -> list[tuple[Landed, BodySide]]:
        """Movements of which it is clear whose they were, in order of their ends.

        Args:
            time_s: Now; infinite at the end of the frames.
            last: The side of the last movement.
        """
        found: list[tuple[Landed, BodySide]] = []
        while self._waiting:
            one = self._waiting[0]
            if any(_overlap(one, told) for told in self._told):
                self._waiting.remove(one)
                continue
            other, to_come = self._other(one)
            # The foot that moved itself is waited for; one taken along, only for a moment.
            if to_come and other is not None and time_s != math.inf:
                awaited = _own(one, other) is other
                if awaited or time_s - one.movement.end_s < PAIR_S:
                    break
            told = (one, one.side) if other is None else self._whose(one, other, last)
            self._told = (one,) if other is None else (one, other)
            self._waiting = [x for x in self._waiting if x not in self._told]
            found.append(told)
            last = told[1]
        return found

    def _other(self, one: Landed) -> tuple[Landed | None, bool]:
        """What the other lane saw at the same time, and whether that still goes on."""
        partner = self._partner[id(one.lane)]
        for landed in self._waiting:
            if landed.lane is partner and _overlap(one, landed):
                return landed, False
        so_far = partner.counter.so_far()
        if so_far is None:
            return None, False
        other = partner.landed(so_far)
        return (other, True) if _overlap(one, other) else (None, False)

    def _whose(self, one: Landed, other: Landed, last: BodySide | None) -> tuple[Landed, BodySide]:
        """The movement to tell of two at once, and whose it was."""
        mover = _own(one, other)
        rest = other if mover is one else one
        if self._forced is not None:
            return (rest if rest.side == self._forced else mover), self._forced
        if mover.lane.track.side == "one_foot":
            return mover, mover.side
        if not mover.movement.counts and last is not None:
            # Too small to say much: likely to be of the side that is being exercised.
            return (rest if rest.side == last else mover), last
        alike = rest.own >= ALIKE_SHARE * mover.own > 0
        return mover, "both" if alike else mover.side


def _overlap(a: Landed, b: Landed) -> bool:
    """Whether two movements share more than half of the shorter one's time."""
    m, n = a.movement, b.movement
    shared = min(m.end_s, n.end_s) - max(m.start_s, n.start_s)
    return shared > 0.5 * min(m.end_s - m.start_s, n.end_s - n.start_s)


def _own(one: Landed, other: Landed) -> Landed:
    """The movement that was the person's own, if only one of the two was."""
    beside = (one.beside + other.beside) / 2
    if abs(beside) < BESIDE:
        return max(one, other, key=lambda landed: landed.own)
    near, far = (one, other) if (one.side == "right") == (beside > 0) else (other, one)
    return near if near.movement.peak >= OWN_SHARE * far.movement.peak else far


def _taken_along(one: Landed) -> bool:
    """Whether this foot's close-up only showed the other foot's movement."""
    own, others = one.movement.peak, one.other
    if abs(one.beside) < BESIDE:
        return own < others
    is_near = (one.side == "right") == (one.beside > 0)
    return own < OWN_SHARE * others if is_near else others >= OWN_SHARE * own
