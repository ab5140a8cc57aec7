"""What a workout adds to the screen: the bar above, rests, and what was done at the end."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from posecoach.checkers import Hold, Rep, load_all
from posecoach.feedback.closing import Closing
from posecoach.feedback.course import block_title, course_of, in_a_line, previews, shown
from posecoach.feedback.cue import fit_cue
from posecoach.feedback.geometry import zones_of
from posecoach.feedback.header import header_height
from posecoach.feedback.layout import Arranger
from posecoach.feedback.overlay import Overlay
from posecoach.feedback.tally import heading, outcomes
from posecoach.feedback.theme import RIGHT, Sizes
from posecoach.pose import Pose
from posecoach.session import Block, BlockResult, Step, Workout, WorkoutState, plan
from posecoach.session.program import Pauses, Portion, Program
from posecoach.session.program_loader import program_files

KNOWN = load_all()
SIZES = [(320, 240), (640, 480), (1280, 720), (720, 1280), (2560, 1080), (160, 120)]
CIRCLES = Step(
    exercise="ankle_circles",
    side="each",
    sets=2,
    rest_s=20,
    parts=(Portion(reps=5, way="cw"), Portion(seconds=10, label="shake it", paced=True)),
)
STEPS = (CIRCLES, Step(exercise="toe_walking", sets=1, seconds=20, feet="out"))
BLOCKS = plan(STEPS, KNOWN, Pauses(side_s=8, exercise_s=20))


def at(number: int, left_s: float = 0.0) -> WorkoutState:
    """A workout at a block, or in the rest before it."""
    rest_s = BLOCKS[number].pause_s if left_s else 0.0
    stage = "rest" if left_s else "work"
    return WorkoutState(1.0, stage, False, BLOCKS, number, None, rest_s, left_s, ())  # type: ignore[arg-type]


def test_the_bar_says_where_one_is_and_what_comes_then() -> None:
    assert len(BLOCKS) == 9
    course = course_of(at(0))
    assert course.now == "Exercise 1 of 2 · Set 1 of 2"
    assert [course_of(at(i)).then for i in (0, 1, 3, 7, 8)] == [
        "Then: shake it, by the clock",
        "Then: set 2 of 2",
        "Then: right leg",
        "Then: Toe walking, toes out",
        "The last one",
    ]
    assert course.rest is None
    assert course.shares == (0.0, 0.0)
    assert course_of(at(2)).shares == (0.25, 0.0)
    assert course_of(at(8)).shares == (1.0, 0.0)


def test_a_rest_says_what_it_is_for_and_what_comes_next() -> None:
    titles = {n: course_of(at(n, 3.2)).rest for n in (2, 4, 8)}
    assert [rest.title for rest in titles.values() if rest] == ["Rest", "Change sides", "Get ready"]
    side = titles[4]
    assert side is not None
    assert side.says[0] == "Next: Ankle circles, clockwise, right leg, 5 circles"
    assert side.left_s == 4  # a second that has begun is still to come
    assert side.share == pytest.approx(1 - 3.2 / 8)


def test_a_block_is_named_with_what_is_different_about_it() -> None:
    assert [block_title(BLOCKS[i]) for i in (0, 1, 8)] == [
        "Ankle circles, clockwise",
        "Ankle circles, shake it, by the clock",
        "Toe walking, toes out",
    ]
    assert shown(at(8)).title == "Toe walking, toes out"
    assert in_a_line(CIRCLES, BLOCKS[:8]) == (
        "Ankle circles: clockwise, 5 circles; shake it, by the clock, 10 s; 2 sets; each side"
    )


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (720, 1280), (2560, 1080)])
def test_what_comes_next_is_never_cut_short(size: tuple[int, int]) -> None:
    sizes = Sizes.of(*size)
    slots = {(int(w), int(h)) for _, _, w, h in Arranger(sizes).cue_places}
    blocks: list[Block] = list(BLOCKS)
    for path in program_files().values():
        program = Program.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
        steps = [step for step in program.steps if step.exercise in KNOWN]
        blocks += plan(steps, KNOWN, program.pauses)
    wide = [slot for slot in slots if slot[0] >= sizes.px(0.5)]
    assert wide
    for block in blocks:
        for width, height in wide:
            texts = [f"Next: {text}" for text in previews(block)]
            assert any(
                " ".join(fit_cue(text, width, height, sizes).lines) == text for text in texts
            ), (block_title(block), width, height)


def pixels_of(image: np.ndarray, colour: tuple[int, int, int]) -> int:
    return int((np.abs(image.astype(int) - colour).max(axis=2) < 12).sum())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", [at(0), at(4, 5.0)], ids=["work", "rest"])
def test_the_bar_is_above_the_picture_and_covers_none_of_it(
    size: tuple[int, int], state: WorkoutState
) -> None:
    width, height = size
    image = np.full((height, width, 3), 90, np.uint8)
    overlay = Overlay()
    nobody = Pose.nobody(1.0, size)
    drawn = overlay.draw(image, nobody, shown(state), course=course_of(state))
    head = header_height(Sizes.of(*size))
    assert drawn.shape == (height + head, width, 3)
    assert all(panel.y >= head and panel.bottom <= head + height for panel in overlay.panels)
    # In both lower corners nothing is drawn.
    assert (drawn[-3:, -3:] == 90).all() or (drawn[-3:, :3] == 90).all()


def test_the_ring_of_a_rest_empties_and_its_number_changes() -> None:
    image = np.full((720, 1280, 3), 20, np.uint8)
    nobody = Pose.nobody(1.0, (1280, 720))

    def drawn(left_s: float) -> np.ndarray:
        state = at(4, left_s)
        return Overlay().draw(image, nobody, shown(state), course=course_of(state))

    full, half, least = (pixels_of(drawn(s), RIGHT) for s in (8.0, 4.0, 0.1))
    bar = least  # what the bar above has of this colour, and the last of the ring
    assert full - bar == pytest.approx(2 * (half - bar), rel=0.15)
    assert (drawn(6.0) != drawn(5.0)).any()
    assert np.array_equal(drawn(4.0), drawn(4.0))


def test_a_pause_in_a_rest_is_said() -> None:
    image = np.full((480, 640, 3), 90, np.uint8)
    state = at(4, 5.0)
    nobody = Pose.nobody(1.0, (640, 480))
    rests, paused = (
        Overlay().draw(image, nobody, shown(state), course=course_of(state), paused=paused)
        for paused in (False, True)
    )
    assert (rests != paused).any()


@pytest.mark.parametrize("clip", ["hr_front", "lr_side_l_towel", "tw_toward_front"])
def test_no_panel_of_a_rest_covers_head_or_feet_for_long(
    poses: Callable[..., list[Pose]], clip: str
) -> None:
    overlay = Overlay()
    image = np.zeros((480, 640, 3), np.uint8)
    state = at(4, 5.0)
    head = header_height(Sizes.of(640, 480))
    free_s = 0.0
    for pose in poses(clip):
        now = replace(state, time_s=pose.time_s)
        overlay.draw(image, pose, shown(now), course=course_of(now))
        zones = zones_of(pose)
        panels = [panel._replace(y=panel.y - head) for panel in overlay.panels]
        if zones is None or not any(p.overlaps(z) for p in panels for z in zones.kept_free):
            free_s = pose.time_s
        # A panel that has just moved stays for a moment.
        assert pose.time_s - free_s < 0.4


def rep(side: str) -> Rep:
    return Rep(side, 0.0, 1.0, 2.0, direction="cw")  # type: ignore[arg-type]


def results() -> list[BlockResult]:
    """The left leg's sets done, the right leg's first one skipped, then stopped."""
    found = []
    for block in BLOCKS[:4]:
        if block.paced:
            hold = Hold("left", 0.0, 10.0, 10.0, paced=True)
            found.append(BlockResult(block, "done", 0.0, 10.0, holds=(hold,)))
        else:
            found.append(BlockResult(block, "done", 0.0, 10.0, reps=(rep("left"),) * 5))
    found.append(BlockResult(BLOCKS[4], "skipped", 0.0, 1.0, reps=(rep("right"),)))
    return found


def test_what_was_done_is_told_by_exercise() -> None:
    circles, walk = outcomes(BLOCKS, results())
    assert circles.how == "partly"
    assert circles.words == (
        "11 circles (left leg 10, right leg 1), 11 clockwise, 20 s by the clock, partly skipped"
    )
    assert (walk.how, walk.words) == ("not", "Not begun")
    assert heading("Mine", [circles, walk]) == "Mine: 0 of 2 exercises done"
    assert heading("Circles", [circles]) == "Circles: not finished"

    only = [BlockResult(block, "skipped", 0.0, 0.0) for block in BLOCKS[:8]]
    assert [o.words for o in outcomes(BLOCKS, only)] == ["Skipped", "Not begun"]
    hold = Hold("both", 0.0, 20.0, 20.0)
    ended = [*only, BlockResult(BLOCKS[8], "stopped", 0.0, 20.0, holds=(hold,))]
    assert outcomes(BLOCKS, ended)[1].words == ("20.0 s in 1 hold (both legs 20.0 s), ended early")
    done = [*only, BlockResult(BLOCKS[8], "done", 0.0, 20.0, holds=(hold,))]
    assert [o.how for o in outcomes(BLOCKS, done)] == ["not", "done"]


def test_a_workout_that_is_done_says_so() -> None:
    blocks = plan([Step(exercise="toe_walking", sets=1, seconds=20)], KNOWN)
    hold = Hold("both", 0.0, 20.0, 20.0)
    found = outcomes(blocks, [BlockResult(blocks[0], "done", 0.0, 20.0, holds=(hold,))])
    assert heading("Mine", found) == "Mine: done"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [1, 5, 10])
def test_the_last_picture_has_room_for_every_exercise(size: tuple[int, int], count: int) -> None:
    width, height = size
    image = np.full((height, width, 3), 200, np.uint8)
    step = Step(exercise="heel_raises", side="both", sets=1, reps=1)
    blocks = plan([step] * count, KNOWN)
    done = [BlockResult(block, "done", 0.0, 2.0, reps=(rep("both"),)) for block in blocks]
    drawn = Closing("A name: done", outcomes(blocks, done)).draw(image)
    assert drawn.shape == image.shape
    assert (image == 200).all()
    # A mark for each exercise, one above the other.
    marks = (np.abs(drawn.astype(int) - RIGHT).max(axis=2) < 30).any(axis=1)
    if width >= 320:
        assert np.count_nonzero(np.diff(marks.astype(int)) == 1) == count


def test_a_workout_that_begins_shows_its_first_block() -> None:
    workout = Workout(BLOCKS)
    state = workout.state
    assert shown(state).title == "Ankle circles, clockwise"
    assert course_of(state).rest is None
