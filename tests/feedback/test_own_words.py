"""The words that a definition brings for its own ids."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from posecoach.checkers import Word, load_definition
from posecoach.feedback import Overlay, explanation, phrase
from posecoach.feedback.cue import fit_cue
from posecoach.feedback.geometry import Rect
from posecoach.feedback.theme import Sizes
from posecoach.feedback.wording import wording_of
from posecoach.pose import Pose
from posecoach.session import Session, Snapshot

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "chair_stand.toml"
OWN = {
    "mine": Word(say="Mine alone", explain="Nobody else's.", tone="info"),
    "too_shallow": Word(say="Deeper"),
}


def test_own_words_go_before_the_catalogues() -> None:
    assert phrase("mine", OWN) == "Mine alone"
    assert wording_of("mine", OWN).tone == "info"
    assert explanation("mine", OWN) == "Nobody else's."
    assert phrase("too_shallow", OWN) == "Deeper"
    assert explanation("too_shallow", OWN) == "Deeper"
    assert phrase("too_shallow") == "Lift your heels higher"
    assert phrase("too_fast", OWN) == "Slow down"


@pytest.mark.parametrize(
    "say", ["", "two\nlines", "{target}", "brace }", "bell \a", "\x1b[2J", "x" * 49]
)
def test_words_that_cannot_be_shown_are_refused(say: str) -> None:
    with pytest.raises(ValidationError):
        Word(say=say)


def test_a_session_hands_them_to_the_screen_which_shows_them() -> None:
    session = Session(load_definition(EXAMPLE))
    words = session.snapshot.words
    assert words["dropped"].say == "Sit down slowly"
    size = (1280, 720)
    image = np.full((size[1], size[0], 3), 128, np.uint8)

    def drawn(cue: str, own: dict[str, Word]) -> np.ndarray:
        snapshot = Snapshot(
            0.0, "x", "X", "reps", "moving", cue=cue, words=own, level=0.5, fault=cue
        )
        return Overlay().draw(image, Pose.nobody(0.0, size), snapshot)

    own = drawn("dropped", dict(words))
    # The same words from the catalogue look the same; without them the id is shown.
    same = {"other_id": Word(say="Sit down slowly")}
    assert np.array_equal(own, drawn("other_id", same))
    assert not np.array_equal(own, drawn("dropped", {}))


@pytest.mark.parametrize("size", [(640, 480), (1280, 720), (720, 1280)])
def test_the_longest_words_are_shown_whole(size: tuple[int, int]) -> None:
    say = "Straighten your left knee, then bend the right 1"
    assert len(say) == 48
    Word(say=say)
    sizes = Sizes.of(*size)
    slot = Rect(0, 0, min(size[0] - 2 * sizes.margin, sizes.px(0.9)), sizes.px(0.4))
    assert " ".join(fit_cue(say, slot.w, slot.h, sizes).lines) == say
