from __future__ import annotations

import sys

import pytest

from posecoach.cli.checkup import data_folder, settings_file
from posecoach.resources import (
    ResourceError,
    resource,
    user_data_folder,
    user_exercises_folder,
    user_settings_file,
    user_state_folder,
)


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


@pytest.mark.skipif(sys.platform == "win32", reason="homes are found in another way there")
def test_without_a_home_it_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    import pwd

    def nobody_known(number: int) -> None:
        raise KeyError(number)

    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody_known)
    for place in (user_data_folder, user_exercises_folder, user_settings_file, user_state_folder):
        with pytest.raises(ResourceError, match="set the environment variable HOME"):
            place()
    for check in (data_folder, settings_file):
        assert check().state == "problem"
        assert "HOME" in check().remedy
