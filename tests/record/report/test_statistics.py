"""What is told of some measurements, and what is not."""

from __future__ import annotations

import random

import pytest

from posecoach.record.report.statistics import differ, middle_of, trend, uncertainty


def test_median_and_quartiles_lie_between_values() -> None:
    middle = middle_of([4.0, 1.0, 3.0, 2.0])
    assert middle is not None
    assert (middle.count, middle.low, middle.middle, middle.high) == (4, 1.75, 2.5, 3.25)
    assert middle_of([]) is None
    assert middle_of([5.0]) == middle_of([5.0])


def test_a_clear_fall_is_told_with_its_ends() -> None:
    change = trend([8.0, 7.9, 7.6, 7.5, 7.1, 7.0, 6.6, 6.5], "cm")
    assert change is not None
    assert change.first == pytest.approx(8.0, abs=0.15)
    assert change.last == pytest.approx(6.5, abs=0.15)


def test_one_outlier_does_not_turn_it() -> None:
    change = trend([8.0, 7.9, 7.6, 1.0, 7.1, 7.0, 6.6, 6.5, 6.2, 6.1], "cm")
    assert change is not None
    assert change.first == pytest.approx(8.0, abs=0.3)


@pytest.mark.parametrize(
    "values",
    [
        [8.0, 7.0, 6.0, 5.0, 4.0],  # too few
        [8.0, 7.99, 7.98, 7.97, 7.96, 7.95, 7.94],  # less than a camera can tell
        [7.0] * 12,
        [8.0, 6.0, 8.1, 6.1, 7.9, 6.2, 8.0, 6.0, 7.8],  # to and fro
    ],
)
def test_what_is_not_clear_is_not_told(values: list[float]) -> None:
    assert trend(values, "cm") is None


def test_noise_is_rarely_taken_for_a_trend() -> None:
    rng = random.Random(3)
    told = sum(trend([rng.gauss(7, 1.5) for _ in range(12)], "cm") is not None for _ in range(400))
    assert told / 400 < 0.06


def test_days_apart_weigh_by_their_distance() -> None:
    places = [0.0, 1.0, 2.0, 30.0, 31.0, 32.0]
    change = trend([6.0 + x / 16 for x in places], "cm", places)
    assert change is not None
    assert (change.first, change.last) == pytest.approx((6.0, 8.0))


def test_a_year_of_days_is_quick_enough_and_right() -> None:
    change = trend([6.0 + n / 365 for n in range(2000)], "cm")
    assert change is not None
    assert change.last == pytest.approx(11.5, abs=0.1)


def test_differences_need_size_number_and_agreement() -> None:
    low, high = [6.0, 6.1, 6.2, 6.1], [7.5, 7.4, 7.6, 7.5]
    assert differ(low, high, "cm") == pytest.approx(1.4)
    assert differ(high, low, "cm") == pytest.approx(-1.4)
    assert differ(low, high[:2], "cm") is None
    assert differ(low, [6.5, 6.6, 6.6, 6.5], "cm") is None  # within 0.6 cm
    assert differ([2.0, 6.0, 10.0], [3.0, 7.5, 12.0], "cm") is None  # all over the place


def test_an_unknown_unit_has_a_tenth() -> None:
    assert uncertainty("furlong", -40.0) == 4.0
    assert uncertainty("deg", 90.0) == 5.0
