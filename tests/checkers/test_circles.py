"""Circles are full turns of the foot about its ankle, in the right direction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest
from figures import L, bump, circles, circling, film, lying, mirrored, standing
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from posecoach import Pose, Session, find_definition
from posecoach.checkers import DefinitionError, load_definition
from posecoach.resources import resource
from posecoach.session.events import FaultSeen

Motion = Callable[[float], NDArray[np.float64]]

many = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
OTHER = {"cw": "ccw", "ccw": "cw"}


def watch(poses: Iterable[Pose], **options: object) -> Session:
    session = Session(find_definition("ankle_circles"), **options)  # type: ignore[arg-type]
    for pose in poses:
        session.update(pose)
    session.finish()
    return session


def seen(session: Session) -> list[tuple[str, str | None]]:
    return [(rep.side, rep.direction) for rep in session.reps]


@many
@given(
    count=st.integers(2, 5),
    way=st.sampled_from(["cw", "ccw"]),
    side=st.sampled_from([0, 1]),
    yaw=st.sampled_from([50.0, 65.0, -50.0, -65.0, 130.0, -130.0]),
    period=st.floats(1.4, 3.5),
    posture=st.sampled_from([(75.0, 175.0), (98.0, 95.0)]),
    noise=st.floats(0.0, 0.4),
    seed=st.integers(0, 1000),
)
def test_counts_circles_by_side_and_direction(
    count: int,
    way: str,
    side: int,
    yaw: float,
    period: float,
    posture: tuple[float, float],
    noise: float,
    seed: int,
) -> None:
    motion = circles(count, way, side, period, raise_deg=posture[0], knee_deg=posture[1])
    poses = film(motion, 4 + count * period, yaw_deg=yaw, noise_px=noise, seed=seed)
    assert seen(watch(poses)) == [(("left", "right")[side], way)] * count


def test_start_middle_and_end_of_each() -> None:
    session = watch(film(circles(4), 12, yaw_deg=50))
    for i, rep in enumerate(session.reps):
        assert rep.start_s == pytest.approx(2.0 + 2 * i, abs=0.3)
        assert rep.peak_s == pytest.approx(3.0 + 2 * i, abs=0.3)
        assert rep.end_s == pytest.approx(4.0 + 2 * i, abs=0.3)
        assert rep.metrics["circle_s"] == pytest.approx(2.0, abs=0.3)


def test_a_mirror_swaps_side_and_direction() -> None:
    session = watch(map(mirrored, film(circles(3), 10, yaw_deg=50)))
    assert seen(session) == [("left", "ccw")] * 3


@pytest.mark.parametrize("fps", [10, 15, 29.97, 60])
def test_frame_rate_changes_nothing(fps: float) -> None:
    assert seen(watch(film(circles(4, "ccw"), 12, fps=fps, yaw_deg=65))) == [("right", "ccw")] * 4


def test_a_change_of_direction_after_a_pause() -> None:
    first, second = circles(3, "cw"), circles(3, "ccw", first_s=2.0)
    session = watch(film(lambda t: first(t) if t < 9.5 else second(t - 7.5), 17.5, yaw_deg=50))
    assert seen(session) == [("right", "cw")] * 3 + [("right", "ccw")] * 3


@pytest.mark.parametrize("yaw", [50.0, 65.0, -50.0, 130.0])
def test_up_and_down_is_no_circle_and_is_said(yaw: float) -> None:
    session = watch(film(circles(5, across=0.0), 14, yaw_deg=yaw))
    assert session.reps == []
    assert {attempt.why for attempt in session.attempts} == {"only_up_and_down"}


def test_half_a_circle_and_back_is_no_circle() -> None:
    whole = circles(1, period_s=2.0, first_s=0.0)

    def motion(t: float) -> NDArray[np.float64]:
        swing = 0.0 if t < 2 else (t - 2) % 2.0
        return whole(min(swing, 2.0 - swing))

    assert watch(film(motion, 14, yaw_deg=50)).reps == []


@pytest.mark.parametrize("yaw", [50.0, 90.0, -65.0])
def test_the_leg_circling_as_a_whole_is_no_circle(yaw: float) -> None:
    def motion(t: float) -> NDArray[np.float64]:
        phase = np.pi * max(0.0, t - 2)
        return circling((27.0 + 20 * np.sin(phase), 0.0), raise_deg=65.0 + 15 * np.cos(phase))

    session = watch(film(motion, 14, yaw_deg=yaw))
    assert session.reps == []
    assert "leg_swings" in {e.fault for e in session.events if isinstance(e, FaultSeen)}
    assert session.snapshot.cue == "leg_swings"


@pytest.mark.parametrize("yaw", [50.0, 90.0, -65.0])
def test_a_stiff_leg_that_circles_is_told_to_keep_still(yaw: float) -> None:
    """No swing of the foot at all, so nothing else would be said."""

    def motion(t: float) -> NDArray[np.float64]:
        return circling((27.0, 0.0), raise_deg=65.0 + 12 * np.cos(np.pi * max(0.0, t - 2)))

    session = watch(film(motion, 10, yaw_deg=yaw))
    assert (session.reps, session.attempts) == ([], [])
    assert session.snapshot.cue == "leg_swings"


def test_raising_a_leg_to_circle_its_foot_is_no_swinging() -> None:
    whole = circles(4, first_s=4.0)

    def motion(t: float) -> NDArray[np.float64]:
        up = bump(t, 1.0, 1.0, 12.0, 1.0)
        return lying((0.0, 75.0 * up)) if up < 1 else whole(t)

    session = watch(film(motion, 17, yaw_deg=50))
    assert len(session.reps) == 4
    assert [e for e in session.events if isinstance(e, FaultSeen)] == []


@pytest.mark.parametrize("yaw", [50.0, 130.0])
@pytest.mark.parametrize(
    ("size", "px_per_m"), [((640, 480), 220.0), ((720, 1280), 300.0), ((1920, 1080), 500.0)]
)
def test_the_ellipse_lies_where_the_ball_of_the_foot_went(
    size: tuple[int, int], px_per_m: float, yaw: float
) -> None:
    session = Session(find_definition("ankle_circles"))
    poses = list(film(circles(4), 9.0, yaw_deg=yaw, size=size, px_per_m=px_per_m))
    for pose in poses:
        session.update(pose)
    circle = session.snapshot.circle
    assert circle is not None
    assert circle.side == "right"
    path = np.array([p.pixels[L.RIGHT_FOOT_INDEX] - p.pixels[L.RIGHT_ANKLE] for p in poses[75:]])
    (x, y), (long, short) = circle.ellipse.centre, circle.ellipse.half_axes
    slope = np.radians(circle.ellipse.slope_deg)
    along = np.array((np.cos(slope), np.sin(slope)))
    across = np.array((-along[1], along[0]))
    off = path - (x, y)
    # Every point of the way lies on the ellipse: 1 from its middle, in its own axes.
    radius = np.hypot(off @ along / long, off @ across / short)
    assert np.median(radius) == pytest.approx(1.0, abs=0.08)
    assert 0.75 < radius.min() < radius.max() < 1.25
    assert circle.range_deg > 15


def test_no_ellipse_of_a_foot_that_rests() -> None:
    still = lying((75.0, 0.0))
    session = watch(film(lambda t: still, 8, yaw_deg=50))
    assert session.snapshot.circle is None


@pytest.mark.parametrize("yaw", [50.0, 90.0])
def test_drawing_up_and_holding_is_no_circle(yaw: float) -> None:
    """A stretch that is held swings the same way, with pauses."""
    whole = circles(1, across=0.0, period_s=2.0, first_s=0.0)

    def motion(t: float) -> NDArray[np.float64]:
        swing = 0.0 if t < 2 else (t - 2) % 6.0
        return whole(min(swing, 1.0) if swing < 3 else min(swing - 2.0, 2.0))

    assert watch(film(motion, 26, yaw_deg=yaw)).reps == []


@many
@given(noise=st.floats(0.0, 2.0), seed=st.integers(0, 10_000), yaw=st.floats(-180, 180))
def test_noise_alone_counts_nothing(noise: float, seed: int, yaw: float) -> None:
    still = lying((75.0, 0.0))
    session = watch(film(lambda t: still, 8, noise_px=noise, seed=seed, yaw_deg=yaw))
    assert session.reps == []


def test_only_the_side_asked_for() -> None:
    poses = list(film(circles(3), 10, yaw_deg=50))
    assert watch(poses, side="left").reps == []
    assert len(watch(poses, side="right").reps) == 3


def test_a_gap_ends_the_circle_under_way() -> None:
    poses = [
        Pose.nobody(pose.time_s, pose.size) if 4.5 < pose.time_s < 7.0 else pose
        for pose in film(circles(5), 14, yaw_deg=50)
    ]
    assert len(watch(poses).reps) in (2, 3)


def test_standing_is_refused() -> None:
    session = watch(film(lambda t: standing(), 4, yaw_deg=90))
    assert (session.view_ok, session.view_why) == (False, "lie_or_sit")


def test_a_target_is_reached() -> None:
    session = watch(film(circles(4), 12, yaw_deg=50), target_reps=3)
    assert [e.side for e in session.events if e.name == "target_reached"] == ["right"]
    assert session.snapshot.reps == 4


def test_a_definition_whose_times_cross_is_refused(tmp_path: Path) -> None:
    text = (resource("exercises") / "ankle_circles.toml").read_text(encoding="utf-8")
    file = tmp_path / "ankle_circles.toml"
    file.write_text(text.replace("min_s = 0.7", "min_s = 70.0"), encoding="utf-8")
    with pytest.raises(DefinitionError, match="'min_s' must be less than 'max_s'"):
        load_definition(file)


def test_a_long_rest_before_and_between_changes_nothing() -> None:
    first, second = circles(2, first_s=45.0), circles(2, "ccw", first_s=2.0)
    session = watch(film(lambda t: first(t) if t < 50 else second(t - 88), 96, fps=12, yaw_deg=50))
    assert seen(session) == [("right", "cw")] * 2 + [("right", "ccw")] * 2
