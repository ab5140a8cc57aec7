"""``posecoach heel-raise-test``: over clips, and live from a camera in the network."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from arms import with_arms
from figures import bump, film, pose_of, standing
from processes import Ended

from posecoach.checkers import find_definition
from posecoach.cli.heel_raise_loop import asked_of, watch_poses
from posecoach.cli.recorded import head_of
from posecoach.cli.stopping import Stop
from posecoach.feedback.theme import RIGHT
from posecoach.pose import Pose
from posecoach.record.landmarks import LandmarkWriter
from posecoach.session.heel_raise_run import LEGS, HeelRaiseTest

Posecoach = Callable[..., Ended]
CLIP = "hr_single_L_side_l.mp4"


def near(image: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    return np.abs(image.astype(int) - colour).max(axis=2) < 24


def test_a_recorded_clip_gives_reps_heights_and_a_picture(
    posecoach: Posecoach, clips: Path, tmp_path: Path
) -> None:
    result, picture = tmp_path / "result.json", tmp_path / "result.png"
    # The clip's raises come every 2.9 s.
    ended = posecoach(
        *("heel-raise-test", clips / CLIP, "--side", "left", "--height", "170", "--beat", "41"),
        *("--age", "40", "--sex", "f", "--json", result, "--picture", picture),
    )
    assert (ended.status, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0] == "Heel-raise test"
    assert lines[1].startswith("  Left leg: 4 reps, highest 8.")
    assert "  Norms are for 60 beats a minute only" in lines
    assert "  This is no diagnosis" in lines
    (leg,) = (found := json.loads(result.read_text(encoding="utf-8")))["legs"]
    assert (leg["side"], leg["reps"], leg["end"]) == ("left", 4, "ended")
    truth = [(3.2, 9.0), (6.19, 7.4), (9.07, 6.5), (11.78, 7.0)]
    for one, (peak_s, lift_cm) in zip(leg["raises"], truth, strict=True):
        assert one["counted"]
        # 95 % of all labelled peaks are found within 0.26 s.
        assert one["peak_s"] == pytest.approx(peak_s, abs=0.3)
        assert one["heel_lift_cm"] == pytest.approx(lift_cm, abs=1.0)
    assert (found["norm"]["reps"], found["norm"]["why"]) == (None, "norm_other_beat")
    assert (found["diagnosis"], found["complete"], found["symmetry"]) == (False, False, None)
    drawn = cv2.imread(str(picture))
    assert drawn.shape == (720, 1280, 3)
    assert near(drawn[:, :, ::-1], RIGHT).mean() > 0.005


def test_at_sixty_beats_the_same_clip_loses_the_pace_and_ends(
    posecoach: Posecoach, clips: Path, tmp_path: Path
) -> None:
    events = tmp_path / "events.jsonl"
    ended = posecoach(
        *("heel-raise-test", clips / CLIP, "--side", "left", "--age", "40", "--sex", "m"),
        *("--json", "-", "--events", events),
    )
    assert (ended.status, ended.err) == (0, "")
    found = json.loads(ended.out)
    (leg,) = found["legs"]
    assert (leg["reps"], leg["end"], leg["norm_percent"]) == (1, "pace", 4)
    assert [one["why"] for one in leg["raises"]] == ["", "off_beat", "off_beat"]
    assert found["complete"]
    assert (found["norm"]["reps"], found["norm"]["from_age"]) == (28, 40)
    names = [json.loads(line)["event"] for line in events.read_text().splitlines()]
    assert names[0] == "side_asked"
    assert names[-2:] == ["leg_ended", "test_finished"]


def test_on_both_feet_it_says_why_nothing_counts(posecoach: Posecoach, short_clip: Path) -> None:
    ended = posecoach("heel-raise-test", short_clip, "--side", "right")
    assert (ended.status, ended.err) == (0, "")
    assert "Right leg: 0 reps. Ended before its end" in ended.out
    assert "What kept the camera from seeing it: Only the right leg works now." in ended.out


@pytest.mark.parametrize(
    ("options", "status", "says"),
    [
        (["no.mp4"], 1, "no.mp4"),
        (["--age", "3"], 2, "3 is not in the range"),
        (["--sex", "x"], 2, "'x' is not one of"),
        (["--beat", "500"], 2, "500 beats a minute cannot be moved to"),
        (["a.mp4", "--record", "b.mp4"], 2, "--record is for a camera, not for a clip"),
        (["a.mp4", "--json", "no/folder.json"], 1, "the folder no does not exist"),
        (["a.mp4", "--picture", "no/r.png"], 1, "the folder no does not exist"),
    ],
)
def test_what_cannot_be_done_is_said_on_one_line(
    posecoach: Posecoach, options: list[str], status: int, says: str
) -> None:
    ended = posecoach("heel-raise-test", *options)
    assert (ended.status, ended.out) == (status, "")
    assert says in ended.err.splitlines()[-1]


@pytest.mark.parametrize("x", [-1.0, 0.9])
def test_only_the_arms_of_who_is_tested_end_a_leg(x: float) -> None:
    def seen(t: float) -> Pose:
        raised = 3.0 < t < 6.0
        body = standing(foot_up=(0.0, 0.2), at=(x if raised else -1.0, 0.0))
        body = with_arms(body, (1.0, 1.0) if raised else (-1.0, -1.0))
        return pose_of(body, t, px_per_m=300.0, size=(1280, 720))

    test = HeelRaiseTest(find_definition("heel_raises"), ["left"], 170.0)
    watch_poses(map(seen, np.arange(0, 8, 1 / 15)), test, Stop())
    # By their own arms; or, where somebody else raised theirs, only with the clip.
    assert test.results[0].end_s == pytest.approx(4.6 if x < 0 else 8.0, abs=0.15)


def test_a_recording_of_both_legs_rests_between_them_as_it_did(
    posecoach: Posecoach, tmp_path: Path
) -> None:
    def motion(t: float) -> np.ndarray:
        ups = (bump(t, first + 2 * i, 0.8, 0.2, 0.8) for first in (2.0, 22.0) for i in range(3))
        lift, left = 0.09 * sum(ups), t < 15.0
        up = {"lift": (lift, 0.0), "foot_up": (0.0, 0.2)}
        return standing(**(up if left else {key: pair[::-1] for key, pair in up.items()}))

    test = HeelRaiseTest(find_definition("heel_raises"), LEGS, 170.0, rest_s=5.0)
    path = tmp_path / "both.landmarks"
    with LandmarkWriter(path, head_of("full")) as recording:
        recording.begin(asked_of(test))
        for pose in film(motion, 40.0, 15.0):
            test.update(pose)
            recording.write(pose)
    assert [(result.side, result.reps) for result in test.results] == [("left", 3), ("right", 3)]
    ended = posecoach("heel-raise-test", path, "--json", "-")
    assert (ended.status, ended.err) == (0, "")
    legs = json.loads(ended.out)["legs"]
    assert [leg["start_s"] for leg in legs] == [round(r.start_s, 3) for r in test.results]
    assert [leg["reps"] for leg in legs] == [3, 3]
