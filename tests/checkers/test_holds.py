"""The clock of a held position."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posecoach.checkers.holds import HoldClock, Span


def run(
    good: Callable[[float], bool | None], seconds: float = 12.0, fps: float = 30.0
) -> list[Span]:
    clock = HoldClock(confirm_s=0.3, grace_s=0.5, min_s=0.4)
    spans = []
    for i in range(int(seconds * fps)):
        _, span = clock.update(good(i / fps), i / fps, "fault")
        spans += [span] if span else []
    last = clock.finish()
    return spans + ([last] if last else [])


def test_a_hold_is_dated_back_to_where_it_began() -> None:
    (span,) = run(lambda t: 2 <= t < 7)
    assert span.start_s == pytest.approx(2.0, abs=0.04)
    assert span.end_s == pytest.approx(7.0, abs=0.04)
    assert span.why == "fault"


@pytest.mark.parametrize(("wobble_s", "pieces"), [(0.1, 1), (0.45, 1), (0.7, 2), (3.0, 2)])
def test_a_short_wobble_costs_nothing(wobble_s: float, pieces: int) -> None:
    spans = run(lambda t: 1 <= t < 9 and not 4 <= t < 4 + wobble_s)
    assert len(spans) == pieces
    total = sum(span.seconds for span in spans)
    assert total == pytest.approx(8.0 - (0 if pieces == 1 else wobble_s), abs=0.1)


def test_shorter_than_the_least_is_none() -> None:
    assert run(lambda t: 2 <= t < 2.25) == []


def test_a_hold_at_the_end_counts_as_far_as_it_got() -> None:
    (span,) = run(lambda t: t >= 8)
    assert span.seconds == pytest.approx(4.0, abs=0.1)
    assert span.why == "end"


def test_not_knowing_pauses_for_a_moment_and_then_ends_where_it_was_seen() -> None:
    (span,) = run(lambda t: None if 4 < t < 5 else 1 <= t < 9)
    assert span.seconds == pytest.approx(8.0, abs=0.1)
    spans = run(lambda t: None if 4 < t < 8 else 1 <= t < 11)
    assert spans[0].end_s == pytest.approx(4.0, abs=0.1)
    assert spans[0].why == "lost"
    assert sum(s.seconds for s in spans) == pytest.approx(6.0, abs=0.2)


@given(st.floats(10, 120), st.floats(1.0, 8.0))
def test_the_frame_rate_does_not_change_the_seconds(fps: float, held_s: float) -> None:
    (span,) = run(lambda t: 1.5 <= t < 1.5 + held_s, fps=fps)
    assert span.seconds == pytest.approx(held_s, abs=2 / fps + 1e-6)


@given(st.lists(st.sampled_from([True, False, None]), max_size=300))
def test_spans_never_overlap_and_never_exceed_the_time(values: list[bool | None]) -> None:
    spans = run(lambda t: values[round(t * 30)], seconds=len(values) / 30)
    assert all(a.end_s <= b.start_s for a, b in itertools.pairwise(spans))
    assert all(0.4 <= span.seconds <= len(values) / 30 for span in spans)


def test_who_is_lost_in_a_wobble_was_last_in_position_before_it() -> None:
    clock = HoldClock(confirm_s=0.3, grace_s=0.5, min_s=0.4)
    for i in range(90):
        clock.update(True, i / 30)
    for i in range(90, 102):
        clock.update(False, i / 30, "fault")
    happened, span = clock.update(True, 10.0)
    assert happened == "stopped"
    assert span == Span(0.0, 3.0, "lost")
