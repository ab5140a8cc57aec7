"""Draws the pictures of docs/gallery.md, and on request every state of the screen at once.

Run by ``make gallery``. What is shown are rendered people from tests/clips, as the model sees
them and the session counts them, and drawn figures where no clip has the state.

    python tools/gallery.py                            the gallery
    python tools/gallery.py --sheet 720x1280 de FILE   all states at one size, to look at
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

from colours import SIGHTS, as_seen  # noqa: E402
from raised import raising, waiting  # noqa: E402
from splices import FPS, empty  # noqa: E402
from states import STATES, Picture, show  # noqa: E402

from posecoach.checkers import load_all  # noqa: E402
from posecoach.cli.picking import items_of  # noqa: E402
from posecoach.feedback.closing import Closing  # noqa: E402
from posecoach.feedback.course import course_of, shown, titled  # noqa: E402
from posecoach.feedback.heel_raise_screen import draw_test  # noqa: E402
from posecoach.feedback.overlay import Overlay  # noqa: E402
from posecoach.feedback.picker import Picker  # noqa: E402
from posecoach.feedback.tally import heading, outcomes  # noqa: E402
from posecoach.feedback.wording import use_language  # noqa: E402
from posecoach.frames import Clip, Frame  # noqa: E402
from posecoach.pose import Pose, PoseEstimator, find_model  # noqa: E402
from posecoach.pose.closeup import CloseUp  # noqa: E402
from posecoach.session import Session, Step, Workout, plan  # noqa: E402
from posecoach.session.arm_menu import ArmMenu  # noqa: E402
from posecoach.session.guided import Guided  # noqa: E402
from posecoach.session.heel_raise_run import HeelRaiseTest  # noqa: E402

CLIPS = ROOT / "tests" / "clips"
PICTURES = ROOT / "docs" / "pictures"
QUALITY = 84
"""Of the JPEGs: letters have clean edges, and twenty pictures stay below two megabytes."""


@dataclass(frozen=True)
class Shot:
    """One picture: where it comes from.

    Attributes:
        clip: A clip of tests/clips.
        exercise: What is coached in it.
        at_s: Which moment is shown.
        size: (width, height) of the frame, cut out of the clip or widened.
        saved: Width of the picture in pixels.
        language: Of the words.
        mirrored: Whether it is a mirror.
        setup: Whether it is of the setup, for which the clip's first moment stands still.
        side: The side that is to work.
        changes: To the snapshot that is drawn: states which the clip does not show.
        paused: Whether somebody paused.
        dimmed: By what the frame is multiplied.
    """

    clip: str
    exercise: str
    at_s: float
    size: tuple[int, int] = (1280, 720)
    saved: int = 960
    language: str = "en"
    mirrored: bool = False
    setup: bool = False
    side: str = "auto"
    changes: tuple[tuple[str, Any], ...] = ()
    paused: bool = False
    dimmed: float = 1.0


SHOTS = {
    "lie-the-other-way": Shot(
        "ac_side_r_cw",
        "ankle_circles",
        4.0,
        (640, 480),
        640,
        mirrored=True,
        setup=True,
        side="left",
    ),
    "count-in": Shot("hr_side_r_mixed", "heel_raises", 3.0, setup=True),
    "heel-raises": Shot("hr_side_r_mixed", "heel_raises", 9.4),
    "leg-up-towel": Shot("lr_side_r_kneefault", "leg_up_towel", 9.0, (640, 480), 640),
    "ankle-circles": Shot("ac_side_r_cw", "ankle_circles", 12.4, (640, 480), 640),
    "close-up": Shot("tc_3q_l", "toe_curls", 7.5, (640, 480), 640),
    "german": Shot("ws_side_r_L_heelfault", "heel_tendon_stretch", 7.4, language="de"),
    "portrait": Shot("hr_front", "heel_raises", 11.9, (720, 1280), 405),
    "ultrawide": Shot("tw_spot_side_l_drops", "toe_walking", 8.0, (2560, 1080), 1200),
    "camera-lost": Shot(
        *("hr_alternate_3q_l", "heel_raises", 6.8),
        changes=(("phase", "nobody"), ("cue", "camera_reconnecting")),
        dimmed=0.35,
    ),
    "paused": Shot("hr_alternate_3q_l", "heel_raises", 8.0, (640, 480), 640, paused=True),
}


def framed(image: Picture, size: tuple[int, int]) -> Picture:
    """A clip's frame at another size: its middle, or with its edges mirrored outwards."""
    width, height = size
    rows, columns = image.shape[:2]
    wanted = round(rows * width / height)
    if wanted > columns:
        side = (wanted - columns) // 2
        image = np.asarray(
            cv2.copyMakeBorder(image, 0, 0, side, side, cv2.BORDER_REFLECT), np.uint8
        )
    elif wanted < columns:
        # Not the full height of the clip: its people would fill a picture on edge.
        wanted, more = round(1.28 * wanted), round(0.14 * rows)
        left = (columns - wanted) // 2
        image = np.asarray(
            cv2.copyMakeBorder(
                image[:, left : left + wanted], more, more, 0, 0, cv2.BORDER_REFLECT
            ),
            np.uint8,
        )
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def frames_of(shot: Shot) -> Iterator[Frame]:
    """The frames up to the shot's moment."""
    with Clip(CLIPS / f"{shot.clip}.mp4") as clip:
        if not shot.setup:
            for frame in clip:
                yield replace(frame, image=framed(frame.image, shot.size))
                if frame.time_s >= shot.at_s:
                    return
        found = list(itertools.islice(clip, 12))
    there_and_back = itertools.cycle([*found, *found[::-1]])
    for i in range(round(shot.at_s * 24)):
        image = framed(next(there_and_back).image, shot.size)
        yield Frame(i / 24, image, i)


def drawn(shot: Shot, estimate: Callable[[Frame], Pose]) -> Picture:
    """What a shot shows."""
    use_language(shot.language)
    definition = load_all()[shot.exercise]

    def session() -> Session:
        return Session(definition, shot.side)  # type: ignore[arg-type]

    guided = Guided(session(), session, check=shot.setup, again=shot.setup)
    overlay = Overlay(shot.mirrored, keys=True)
    look = CloseUp(estimate).estimate if session().needs_close_up else estimate
    picture: Picture | None = None
    for frame in frames_of(shot):
        events = guided.update(look(frame))
        pose = guided.pose
        assert pose is not None
        snapshot = titled(guided.snapshot)
        picture = overlay.draw(frame.image, pose, snapshot, events)
    assert picture is not None
    if shot.paused or shot.changes:
        image = np.asarray(cv2.convertScaleAbs(frame.image, alpha=shot.dimmed), np.uint8)
        pose = Pose.nobody(frame.time_s, shot.size)
        told = replace(snapshot, **dict(shot.changes))
        picture = overlay.draw(image, pose, told, paused=shot.paused)
    return picture


def workout(estimate: Callable[[Frame], Pose]) -> Iterator[tuple[str, Picture]]:
    """The rest between two sets, and the end, of a workout of three exercises."""
    steps = [
        Step(exercise="heel_raises", side="both", sets=2, reps=2, rest_s=3.5),
        Step(exercise="leg_up_towel", sets=1, seconds=30),
        Step(exercise="ankle_circles", sets=1, reps=10),
    ]
    done = Workout(plan(steps, load_all()))
    overlay = Overlay(keys=True)
    use_language("en")
    rested = False
    for frame in frames_of(Shot("hr_side_r_mixed", "heel_raises", 20.0)):
        pose = estimate(frame)
        events = done.update(pose)
        state = done.state
        if state.block is None or state.number > 1:
            break
        course, pose = course_of(state), done.pose or pose
        picture = overlay.draw(frame.image, pose, shown(state), events, course=course)
        if state.stage == "rest" and 0 < state.left_s < 2.2 and not rested:
            rested = True
            yield "rest", picture
    done.finish()
    found = outcomes(done.state.blocks, done.state.results)
    yield "closing", Closing(heading("Morning", found), found).draw(frame.image)


def choosing(estimate: Callable[[Frame], Pose]) -> Picture:
    """The choice, while a raised arm is about to go on to the next one."""
    use_language("en")
    picker, menu = Picker(items_of(load_all())), ArmMenu()
    while picker.selected.id != "heel_raises":
        picker.step(1)
    for i, picture in enumerate([*waiting(2.0), *raising(2.0, "right")]):
        image = np.asarray(
            cv2.resize(picture[18:378], (1280, 720), interpolation=cv2.INTER_CUBIC), np.uint8
        )
        pose = estimate(Frame(i / FPS, image, i))
        menu.update(pose)
        progress = menu.progress
        if progress is not None and progress.share > 0.6:
            break
    return picker.draw(image, pose, progress=progress)


def heel_raise_test(estimate: Callable[[Frame], Pose]) -> Picture:
    """A leg at work in the test: one raise of a clip over and over."""
    use_language("en")
    begin_s, end_s, beats_s = 4.75, 7.63, 2.0
    raised = []
    with Clip(CLIPS / "hr_single_L_side_l.mp4") as clip:
        for frame in clip:
            pose = estimate(frame)
            if begin_s <= frame.time_s < end_s:
                raised.append((frame, pose, (frame.time_s - begin_s) / (end_s - begin_s) * beats_s))
    test = HeelRaiseTest(load_all()["heel_raises"], ["left", "right"], 170.0)
    overlay = Overlay()
    picture: Picture | None = None
    # Standing still first, as whoever is tested does.
    steps = [(raised[0][0], raised[0][1], i / 15) for i in range(60)]
    steps += [(f, p, 4.0 + n * beats_s + s) for n in range(12) for f, p, s in raised]
    steps += [(f, p, 28.0 + s) for f, p, s in raised[: len(raised) * 2 // 3]]
    for frame, pose, time_s in steps:
        pose = replace(pose, time_s=time_s)
        events = test.update(pose)
        state = test.state
        picture = draw_test(overlay, frame.image, pose, state, state.snapshot, events)
    assert picture is not None
    return picture


def colour_blind(picture: Picture) -> Picture:
    """A picture as most people see it, and with the three kinds of colour blindness."""
    half = np.asarray(
        cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8
    )
    seen = [half, *(as_seen(half, sight) for sight in SIGHTS)]
    return np.vstack([np.hstack(seen[:2]), np.hstack(seen[2:])])


def contact_sheet(size: tuple[int, int], language: str) -> Picture:
    """Every state at one size over light, dark and busy backgrounds in turn."""
    use_language(language)
    kinds = itertools.cycle(("light", "dark", "busy"))
    tiles = []
    width = 640 if size[0] > size[1] else 300
    for name, kind in zip(STATES, kinds, strict=False):
        picture = show(name, size, kind).picture
        high = round(picture.shape[0] * width / picture.shape[1])
        tile = cv2.resize(picture, (width, high), interpolation=cv2.INTER_AREA)
        tiles.append(cv2.copyMakeBorder(tile, 0, 20, 0, 6, cv2.BORDER_CONSTANT, value=(255,) * 3))
        cv2.putText(tiles[-1], name, (4, high + 14), 0, 0.4, (160, 0, 0), 1, cv2.LINE_AA)
    most = max(tile.shape[0] for tile in tiles)
    tiles += [np.full_like(tiles[0], 255)] * (-len(tiles) % 4)
    full = [
        cv2.copyMakeBorder(t, 0, most - t.shape[0], 0, 0, cv2.BORDER_CONSTANT, value=(255,) * 3)
        for t in tiles
    ]
    return np.vstack([np.hstack(full[i : i + 4]) for i in range(0, len(full), 4)])


def save(name: str, picture: Picture, width: int) -> None:
    """Write a picture of the gallery."""
    height = round(picture.shape[0] * width / picture.shape[1])
    small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    path = PICTURES / f"{name}.jpg"
    cv2.imwrite(str(path), small[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1000:.0f} kB")


def main() -> None:
    """Draw all of it."""
    if sys.argv[1:2] == ["--sheet"]:
        width, height = (int(side) for side in sys.argv[2].split("x"))
        sheet = contact_sheet((width, height), sys.argv[3])
        cv2.imwrite(sys.argv[4], sheet[:, :, ::-1])
        return
    for name, shot in SHOTS.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        with PoseEstimator(find_model("full")) as estimator:
            picture = drawn(shot, estimator.estimate)
        save(name, picture, shot.saved)
        if name == "leg-up-towel":
            save("colour-blind", colour_blind(picture), shot.saved)
    if not sys.argv[1:] or "choosing" in sys.argv[1:]:
        with PoseEstimator(find_model("full")) as estimator:
            save("choosing", choosing(estimator.estimate), 960)
    if not sys.argv[1:] or "heel-raise-test" in sys.argv[1:]:
        with PoseEstimator(find_model("full")) as estimator:
            save("heel-raise-test", heel_raise_test(estimator.estimate), 640)
    if sys.argv[1:] and not {"gesture", "rest", "closing"} & set(sys.argv[1:]):
        return
    use_language("en")
    room = framed(empty(0.1)[0], (1280, 720))
    save("gesture", show("gesture_pause", (1280, 720), room).picture, 960)
    with PoseEstimator(find_model("full")) as estimator:
        for name, picture in workout(estimator.estimate):
            save(name, picture, 960)


if __name__ == "__main__":
    main()
