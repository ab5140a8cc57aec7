from __future__ import annotations

import pytest

from posecoach.resources import resource, user_data_folder


def test_a_checkout_has_models_and_demo_clip() -> None:
    assert (resource("models") / "pose_landmarker_full.task").is_file()
    assert resource("demo.mp4").suffix == ".mp4"
    assert resource("demo.mp4").is_file()
    assert resource("exercises").is_dir()


def test_an_unknown_name_is_a_defect_of_ours() -> None:
    with pytest.raises(KeyError):
        resource("no_such_thing")


def test_user_data_folder_is_named_after_posecoach() -> None:
    assert user_data_folder().is_absolute()
    assert user_data_folder().name == "posecoach"
