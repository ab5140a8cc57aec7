"""A drawn figure with exactly known motion, for tests that need no picture.

Metres in the body's own frame: x to the person's left, y up, z to the front; floor at 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from posecoach.pose import LANDMARK_COUNT, FootView, Landmark, Pose

L = Landmark
SIZE = (640, 480)
FPS = 30.0

# Left-right partners among the landmarks, for mirroring.
PARTNER = [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9]
PARTNER += [i + 1 if i % 2 else i - 1 for i in range(11, LANDMARK_COUNT)]


def standing(
    lift: tuple[float, float] = (0.0, 0.0),
    dip: float = 0.0,
    foot_up: tuple[float, float] = (0.0, 0.0),
    at: tuple[float, float] = (0.0, 0.0),
) -> NDArray[np.float64]:
    """Landmarks (33, 3) of somebody who stands.

    Args:
        lift: Heel lift of the left and right foot, the balls staying on the floor. The
            body rises by 0.7 of the lesser one; a leg that lifts more bends its knee.
        dip: How far the hips sink with knees bending, feet flat.
        foot_up: How far the whole left and right foot is lifted, the knee bending.
        at: Where on the floor (x, z) the person is.
    """
    on_floor = [i for i in (0, 1) if foot_up[i] == 0.0]
    rise = 0.7 * min(lift[i] for i in on_floor) - dip
    p = np.zeros((LANDMARK_COUNT, 3))
    p[L.NOSE] = (0, 1.55 + rise, 0.1)
    for i in range(1, 11):
        p[i] = (0.03 if i % 2 else -0.03, 1.58 + rise, 0.05)
    for i, sign in ((0, 1.0), (1, -1.0)):
        p[L.LEFT_SHOULDER + i] = (0.18 * sign, 1.38 + rise, 0)
        p[L.LEFT_ELBOW + i] = (0.24 * sign, 1.1 + rise, 0)
        for hand in (L.LEFT_WRIST, L.LEFT_PINKY, L.LEFT_INDEX, L.LEFT_THUMB):
            p[hand + i] = (0.25 * sign, 0.85 + rise, 0.05)
        hip = np.array((0.1 * sign, 0.88 + rise, 0))
        ankle = np.array((0.1 * sign, 0.08 + foot_up[i] + 0.7 * lift[i], 0.0 - 0.2 * foot_up[i]))
        p[L.LEFT_HIP + i], p[L.LEFT_ANKLE + i] = hip, ankle
        p[L.LEFT_KNEE + i] = _knee(hip, ankle, 0.41, 0.40)
        p[L.LEFT_HEEL + i] = (0.1 * sign, 0.02 + foot_up[i] + lift[i], -0.05)
        p[L.LEFT_FOOT_INDEX + i] = (0.1 * sign, 0.02 + foot_up[i], 0.14)
    return p + np.array((at[0], 0.0, at[1]))


def lying(raise_deg: tuple[float, float] = (0.0, 0.0), knee_deg: float = 180.0) -> NDArray:
    """Landmarks (33, 3) of somebody on the back, head towards -z, legs raised by degrees.

    Args:
        raise_deg: Elevation of the left and right leg's thigh.
        knee_deg: Angle of the knees of raised legs.
    """
    p = np.zeros((LANDMARK_COUNT, 3))
    p[: L.LEFT_SHOULDER] = (0, 0.2, -0.72)
    for i, sign in ((0, 1.0), (1, -1.0)):
        p[L.LEFT_SHOULDER + i] = (0.18 * sign, 0.1, -0.5)
        for arm in range(L.LEFT_ELBOW, L.LEFT_HIP, 2):
            p[arm + i] = (0.25 * sign, 0.1, -0.2)
        hip = np.array((0.1 * sign, 0.1, 0.0))
        thigh = math.radians(raise_deg[i])
        shank = thigh - math.radians(180.0 - knee_deg if raise_deg[i] > 20 else 0.0)
        knee = hip + 0.41 * np.array((0, math.sin(thigh), math.cos(thigh)))
        ankle = knee + 0.40 * np.array((0, math.sin(shank), math.cos(shank)))
        p[L.LEFT_HIP + i], p[L.LEFT_KNEE + i], p[L.LEFT_ANKLE + i] = hip, knee, ankle
        p[L.LEFT_HEEL + i] = ankle + 0.04 * np.array((0, math.sin(shank), math.cos(shank)))
        p[L.LEFT_FOOT_INDEX + i] = ankle + 0.14 * np.array((0, math.cos(shank), -math.sin(shank)))
    return p


def _knee(hip: NDArray, ankle: NDArray, thigh: float, shank: float) -> NDArray:
    """Where the knee is: forward of the line from hip to ankle, as far as bones allow."""
    line = ankle - hip
    length = min(float(np.linalg.norm(line)), thigh + shank - 1e-6)
    along = (thigh**2 - shank**2 + length**2) / (2 * length)
    out = math.sqrt(max(0.0, thigh**2 - along**2))
    unit = line / np.linalg.norm(line)
    forward = np.array((0.0, -unit[2], unit[1])) * -1.0
    return hip + along * unit + out * forward


def pose_of(
    points: NDArray[np.float64],
    time_s: float,
    yaw_deg: float = 0.0,
    px_per_m: float = 220.0,
    noise_px: float = 0.0,
    rng: np.random.Generator | None = None,
    size: tuple[int, int] = SIZE,
) -> Pose:
    """The pose that a level camera far away sees.

    Args:
        points: (33, 3) metres in the body's frame.
        time_s: Its time.
        yaw_deg: Where the body faces: 0 to the camera, 90 to the picture's right.
        px_per_m: Scale.
        noise_px: Standard deviation of noise on each landmark.
        rng: Where the noise comes from.
        size: Of the frame.
    """
    yaw = math.radians(yaw_deg)
    x, y, z = points[:, 0], points[:, 1], points[:, 2]
    # Facing the camera, the person's left is at the picture's right.
    across = x * math.cos(yaw) + z * math.sin(yaw)
    depth = x * math.sin(yaw) - z * math.cos(yaw)
    floor = size[1] / 2 + 0.85 * px_per_m
    pixels = np.stack([size[0] / 2 + across * px_per_m, floor - y * px_per_m], axis=1)
    if noise_px and rng is not None:
        pixels = pixels + rng.normal(0.0, noise_px, pixels.shape)
    world = np.stack([across, -y, depth], axis=1)
    world -= (world[L.LEFT_HIP] + world[L.RIGHT_HIP]) / 2
    return Pose(time_s, size, pixels, world, np.ones(LANDMARK_COUNT))


def film(
    motion: Callable[[float], NDArray[np.float64]],
    seconds: float,
    fps: float = FPS,
    start_s: float = 0.0,
    noise_px: float = 0.0,
    seed: int = 0,
    yaw_deg: float = 0.0,
    px_per_m: float = 220.0,
    size: tuple[int, int] = SIZE,
) -> Iterator[Pose]:
    """Poses of a motion given as landmarks by time."""
    rng = np.random.default_rng(seed)
    for i in range(int(seconds * fps)):
        yield pose_of(motion(i / fps), start_s + i / fps, yaw_deg, px_per_m, noise_px, rng, size)


def mirrored(pose: Pose) -> Pose:
    """What a camera sees of the same scene in a mirror: sides swap."""
    pixels = pose.pixels[PARTNER].copy()
    pixels[:, 0] = pose.size[0] - pixels[:, 0]
    world = pose.world[PARTNER] * np.array((-1.0, 1.0, 1.0))
    return Pose(pose.time_s, pose.size, pixels, world, pose.visibility[PARTNER])


def bump(time_s: float, start_s: float, up_s: float, top_s: float, down_s: float) -> float:
    """0 to 1 to 0 with smooth ramps."""
    t = time_s - start_s
    if t <= 0 or t >= up_s + top_s + down_s:
        return 0.0
    if t < up_s:
        u = t / up_s
    elif t < up_s + top_s:
        return 1.0
    else:
        u = (up_s + top_s + down_s - t) / down_s
    return u * u * (3 - 2 * u)


def heel_raises(
    count: int,
    lift_m: float = 0.07,
    first_s: float = 2.0,
    period_s: float = 2.5,
    sides: tuple[float, float] = (1.0, 1.0),
) -> Callable[[float], NDArray[np.float64]]:
    """A motion of so many heel raises; ``sides`` scales the left and right lift."""

    def motion(t: float) -> NDArray[np.float64]:
        level = sum(
            bump(t, first_s + i * period_s, 0.35 * period_s, 0.1 * period_s, 0.35 * period_s)
            for i in range(count)
        )
        return standing(lift=(lift_m * level * sides[0], lift_m * level * sides[1]))

    return motion


def circling(
    foot_deg: tuple[float, float],
    side: int = 1,
    raise_deg: float = 75.0,
    knee_deg: float = 175.0,
) -> NDArray[np.float64]:
    """Landmarks (33, 3) of somebody on the back whose one foot turns about its ankle.

    Args:
        foot_deg: How far the toes point, away from square to the shin, and to the person's left.
        side: 0 the left, 1 the right foot.
        raise_deg: Elevation of its thigh.
        knee_deg: Angle of its knee.
    """
    raised = (raise_deg, 0.0) if side == 0 else (0.0, raise_deg)
    p = lying(raised, knee_deg)
    ankle = p[L.LEFT_ANKLE + side]
    shin = (ankle - p[L.LEFT_KNEE + side]) / 0.40
    square = np.array((0.0, shin[2], -shin[1]))
    point, left = (math.radians(angle) for angle in foot_deg)
    along = math.cos(point) * square + math.sin(point) * shin
    foot = math.cos(left) * along + math.sin(left) * np.array((1.0, 0.0, 0.0))
    sole = math.cos(point) * shin - math.sin(point) * square
    p[L.LEFT_FOOT_INDEX + side] = ankle + 0.16 * foot
    p[L.LEFT_HEEL + side] = ankle + 0.05 * sole - 0.03 * foot
    return p


def circles(
    count: float,
    way: str = "cw",
    side: int = 1,
    period_s: float = 2.0,
    first_s: float = 2.0,
    across: float = 1.0,
    raise_deg: float = 75.0,
    knee_deg: float = 175.0,
) -> Callable[[float], NDArray[np.float64]]:
    """A motion of so many circles of one foot, of 20 degrees each way.

    A circle that the person sees clockwise goes from pointed to the person's right, to drawn
    up, to the left. ``across`` scales the way to the sides: 0 is up and down only.
    """

    def motion(t: float) -> NDArray[np.float64]:
        phase = 2 * math.pi * min(count, max(0.0, (t - first_s) / period_s))
        to_left = across * 20.0 * math.sin(phase) * (1 if way == "cw" else -1)
        # From rest into the first circle and out of the last one, half a second each.
        end_s = first_s + count * period_s
        there = bump(t, first_s - 0.5, 0.5, end_s - first_s, 0.5)
        up = 20.0 * math.cos(phase) * there
        return circling((27.0 - up, to_left), side, raise_deg, knee_deg)

    return motion


def sitting(
    drawn_deg: tuple[float, float] = (0.0, 0.0), knee_deg: float = 180.0, lean_deg: float = 10.0
) -> NDArray[np.float64]:
    """Landmarks (33, 3) of somebody on the floor, legs to the front, leaning back a little.

    Args:
        drawn_deg: How far the toes of the left and right foot are drawn to the shin, from
            an ankle that rests at 120 degrees.
        knee_deg: Angle of both knees, heels on the floor.
        lean_deg: Angle of the trunk from the vertical, backwards.
    """
    p = np.zeros((LANDMARK_COUNT, 3))
    lean = math.radians(lean_deg)
    up = np.array((0.0, math.cos(lean), -math.sin(lean)))
    p[: L.LEFT_SHOULDER] = 0.1 * np.array((0, 1, 0)) + 0.7 * up
    for i, sign in ((0, 1.0), (1, -1.0)):
        hip = np.array((0.1 * sign, 0.1, 0.0))
        p[L.LEFT_HIP + i] = hip
        p[L.LEFT_SHOULDER + i] = hip + 0.5 * up + np.array((0.08 * sign, 0, 0))
        for arm in range(L.LEFT_ELBOW, L.LEFT_HIP, 2):
            p[arm + i] = (0.3 * sign, 0.3, -0.1)
        bend = math.radians(180.0 - knee_deg)
        thigh, shin = bend / 2, -bend / 2
        knee = hip + 0.41 * np.array((0, math.sin(thigh), math.cos(thigh)))
        ankle = knee + 0.40 * np.array((0, math.sin(shin), math.cos(shin)))
        foot = shin + math.radians(180.0 - 120.0 + drawn_deg[i])
        p[L.LEFT_KNEE + i], p[L.LEFT_ANKLE + i] = knee, ankle
        p[L.LEFT_FOOT_INDEX + i] = ankle + 0.14 * np.array((0, math.sin(foot), math.cos(foot)))
        p[L.LEFT_HEEL + i] = ankle - 0.05 * np.array((0, math.sin(foot), math.cos(foot)))
    return p


def at_wall(
    step: float = 0.75,
    rear: int = 0,
    dip: float = 0.0,
    heel_up: float = 0.0,
    hips: float = 0.6,
) -> NDArray[np.float64]:
    """Landmarks (33, 3) of somebody who faces a wall with one leg back.

    Args:
        step: Metres from the rear ankle to the front one; 0 stands with feet together.
        rear: 0 the left leg is back, 1 the right one.
        dip: Metres that the hips sink, which bends the rear knee.
        heel_up: Height of the rear heel over the floor, the ball staying on it.
        hips: Where the hips are between the feet: 0 over the rear one, 1 over the front.
    """
    p = standing()
    rise = 0.7 * heel_up
    back = -hips * step
    height = 0.08 + rise + math.sqrt(0.809**2 - back**2) - dip
    lean = math.radians(20.0) * min(1.0, step / 0.5)
    for i, sign in ((0, 1.0), (1, -1.0)):
        z, up, heel = (back, rise, heel_up) if i == rear else (back + step, 0.0, 0.0)
        hip, ankle = np.array((0.1 * sign, height, 0.0)), np.array((0.1 * sign, 0.08 + up, z))
        p[L.LEFT_HIP + i], p[L.LEFT_ANKLE + i] = hip, ankle
        p[L.LEFT_KNEE + i] = _knee(hip, ankle, 0.41, 0.40)
        p[L.LEFT_HEEL + i] = (0.1 * sign, 0.02 + heel, z - 0.05)
        p[L.LEFT_FOOT_INDEX + i] = (0.1 * sign, 0.02, z + 0.14)
    _trunk(p, height, lean, hands=(0.5 + 0.3 * math.sin(lean), height + 0.5))
    return p


def foot_on_wall(front: int = 0, lean: float = 1.0, toes_up: float = 1.0) -> NDArray[np.float64]:
    """Landmarks (33, 3) of somebody whose front foot is propped up on the wall.

    Args:
        front: 0 the left foot, 1 the right one.
        lean: 0 upright over the rear foot, 1 leaning in.
        toes_up: 1 the toes are on the wall, 0 the foot is flat.
    """
    p = standing()
    z_rear, z_front = -0.05 - 0.08 * lean, 0.30 - 0.08 * lean
    slope = math.radians(35.0) * toes_up
    for i, sign in ((0, 1.0), (1, -1.0)):
        z, tilt = (z_front, slope) if i == front else (z_rear, 0.0)
        hip, ankle = np.array((0.1 * sign, 0.86, 0.0)), np.array((0.1 * sign, 0.08, z))
        p[L.LEFT_HIP + i], p[L.LEFT_ANKLE + i] = hip, ankle
        p[L.LEFT_KNEE + i] = _knee(hip, ankle, 0.41, 0.40)
        p[L.LEFT_HEEL + i] = (0.1 * sign, 0.02, z - 0.05)
        p[L.LEFT_FOOT_INDEX + i] = (
            0.1 * sign, 0.02 + 0.19 * math.sin(tilt), z - 0.05 + 0.19 * math.cos(tilt)
        )  # fmt: skip
    _trunk(p, 0.86, math.radians(12.0) * lean, hands=(0.35, 1.3))
    return p


def sitting_on_floor(
    straight: int = 0, reach: float = 0.2, knee_deg: float = 178.0
) -> NDArray[np.float64]:
    """Landmarks (33, 3) of somebody on the floor, one leg straight, the other bent in.

    Args:
        straight: 0 the left leg is straight, 1 the right one.
        reach: Where the hands are along the leg: 0 at the hip, 1.05 at the toes.
        knee_deg: Angle of the straight leg's knee.
    """
    p = standing()
    up = math.radians((180.0 - knee_deg) / 2)
    for i, sign in ((0, 1.0), (1, -1.0)):
        p[L.LEFT_HIP + i] = hip = np.array((0.1 * sign, 0.1, 0.0))
        if i == straight:
            knee = hip + 0.41 * np.array((0, math.sin(up), math.cos(up)))
            ankle = knee + 0.40 * np.array((0, -math.sin(up), math.cos(up)))
            toes = ankle + np.array((0, 0.14, 0.02))
        else:
            knee, ankle = hip + np.array((0.25 * sign, 0.05, 0.32)), np.array((0.0, 0.06, 0.30))
            toes = ankle + np.array((-0.1 * sign, 0.02, 0.08))
        p[L.LEFT_KNEE + i], p[L.LEFT_ANKLE + i] = knee, ankle
        p[L.LEFT_HEEL + i], p[L.LEFT_FOOT_INDEX + i] = ankle - np.array((0, 0.04, 0)), toes
    _trunk(p, 0.1, math.radians(max(0.0, 45.0 * (reach - 0.2))), hands=(0.81 * reach, 0.25))
    return p


def sitting_on_chair(crossed: int | None = 0, hand: float = 1.0) -> NDArray[np.float64]:
    """Landmarks (33, 3) of somebody on a chair, one ankle across the other thigh.

    Args:
        crossed: 0 the left leg, 1 the right one; None keeps both feet on the floor.
        hand: 1 the other side's hand is at the toes, 0 before the belly.
    """
    p = standing()
    for i, sign in ((0, 1.0), (1, -1.0)):
        p[L.LEFT_HIP + i] = (0.1 * sign, 0.5, 0.0)
        p[L.LEFT_KNEE + i] = (0.12 * sign, 0.48, 0.41)
        p[L.LEFT_ANKLE + i] = (0.12 * sign, 0.08, 0.41)
        p[L.LEFT_HEEL + i] = (0.12 * sign, 0.02, 0.36)
        p[L.LEFT_FOOT_INDEX + i] = (0.12 * sign, 0.02, 0.55)
    _trunk(p, 0.5, 0.0, hands=(0.1, 0.85))
    if crossed is not None:
        sign = 1.0 if crossed == 0 else -1.0
        toes = np.array((-0.32 * sign, 0.58, 0.30))
        p[L.LEFT_KNEE + crossed] = (0.32 * sign, 0.62, 0.30)
        p[L.LEFT_ANKLE + crossed] = (-0.12 * sign, 0.62, 0.30)
        p[L.LEFT_HEEL + crossed] = (-0.15 * sign, 0.58, 0.30)
        p[L.LEFT_FOOT_INDEX + crossed] = toes
        for mark in (L.LEFT_WRIST, L.LEFT_PINKY, L.LEFT_INDEX, L.LEFT_THUMB):
            at = p[mark + 1 - crossed]
            p[mark + 1 - crossed] = at + hand * (toes + np.array((0, 0.02, 0.02)) - at)
    return p


def _trunk(p: NDArray[np.float64], height: float, lean: float, hands: tuple[float, float]) -> None:
    """Put head, shoulders and arms over hips at ``height``; hands are at (z, y)."""
    forward, up = math.sin(lean), math.cos(lean)
    p[: L.LEFT_SHOULDER] = (0.0, height + 0.7 * up, 0.7 * forward + 0.08)
    for i, sign in ((0, 1.0), (1, -1.0)):
        shoulder = np.array((0.18 * sign, height + 0.5 * up, 0.5 * forward))
        hand = np.array((0.12 * sign, hands[1], hands[0]))
        p[L.LEFT_SHOULDER + i], p[L.LEFT_ELBOW + i] = shoulder, (shoulder + hand) / 2
        for mark in (L.LEFT_WRIST, L.LEFT_PINKY, L.LEFT_INDEX, L.LEFT_THUMB):
            p[mark + i] = hand


Way = tuple[float, float]
Look = Callable[[float], FootView | None]


def foot_view(
    toes: Way = (0.0, 0.0),
    hind: Way = (0.0, 0.0),
    *,
    began_s: float = 0.0,
    ahead: Way = (1.0, 0.0),
    px: float = 100.0,
) -> FootView:
    """What a close-up shows; ``toes`` and ``hind`` in lengths of the foot, y down."""
    return FootView(
        np.array(toes), np.array(hind), np.array(ahead), began_s, px, (200, 300, 440, 540)
    )


def with_feet(poses: Iterable[Pose], left: Look, right: Look) -> Iterator[Pose]:
    """The same poses with close-ups of the feet, given by time from the first pose."""
    first_s: float | None = None
    for pose in poses:
        first_s = pose.time_s if first_s is None else first_s
        t = pose.time_s - first_s
        yield replace(pose, feet=(left(t), right(t)))


def feet_alone(pose: Pose) -> Pose:
    """What is left of a pose where a camera sees no body: the close-ups."""
    return replace(Pose.nobody(pose.time_s, pose.size), feet=pose.feet)


def feet_swapped(pose: Pose) -> Pose:
    """A pose in the mirror, its close-ups too: left and right swap, and go the other way."""
    turned = [view and _turned(view) for view in pose.feet]
    return replace(mirrored(pose), feet=(turned[1], turned[0]))


def _turned(view: FootView) -> FootView:
    flip = np.array((-1.0, 1.0))
    return replace(view, toes=view.toes * flip, hind=view.hind * flip, ahead=view.ahead * flip)
