"""Settings that are remembered: a commented TOML file in the user's config folder.

A file that is wrong never keeps a workout from starting: what is right in it is used, and
what is not is told.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posecoach.errors import PosecoachError
from posecoach.record.files import output_error, write_text
from posecoach.record.setting_values import (
    SETTINGS,
    Value,
    line_of,
    shown,
    template,
    unknown,
    wrong,
)

MAX_BYTES = 64 * 1024
"""The file has about 1 KiB."""
_TOLD = 3
"""Problems told in one line; more are only counted."""


class SettingsError(PosecoachError):
    """Settings cannot be changed; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set; None stands for what is found out by itself.

    Attributes:
        camera: A camera, as ``--camera`` takes it.
        mirror: Whether the picture is shown as in a mirror; None mirrors cameras only.
        height_cm: Body height.
        language: Two letters; None takes the system's.
        voice: Whether anything is to be heard.
    """

    camera: str = "0"
    mirror: bool | None = None
    height_cm: float | None = None
    language: str | None = None
    voice: bool = True


@dataclass(frozen=True, slots=True)
class Kept:
    """What a settings file holds.

    Attributes:
        path: The file.
        exists: Whether there is one.
        values: What is right in it, by name.
        problems: What is not, each with what would be right.
    """

    path: Path
    exists: bool
    values: Mapping[str, Value]
    problems: tuple[str, ...]

    def value(self, name: str) -> Value:
        """A setting's value: the file's, or the default."""
        return self.values.get(name, SETTINGS[name].default)

    @property
    def settings(self) -> Settings:
        """All values, ready for use."""
        mirror, height = self.value("mirror"), self.value("height")
        language = str(self.value("language"))
        return Settings(
            camera=str(self.value("camera")),
            mirror=mirror if isinstance(mirror, bool) else None,
            height_cm=None if isinstance(height, str) else float(height),
            language=None if language == "system" else language,
            voice=bool(self.value("voice")),
        )

    @property
    def notice(self) -> str:
        """One line on what is wrong; empty where nothing is."""
        if not self.problems:
            return ""
        more = len(self.problems) - _TOLD
        told = "; ".join(self.problems[:_TOLD]) + (f"; and {more} more" if more > 0 else "")
        return f"{self.path}: {told}. Going on without; see: posecoach settings"


def read_settings(path: Path) -> Kept:
    """Read a settings file. Raises nothing: what is wrong is among the problems."""
    try:
        text = _text(path)
        found = tomllib.loads(text)
    except FileNotFoundError:
        return Kept(path, False, {}, ())
    except SettingsError as error:
        return Kept(path, True, {}, (str(error),))
    except OSError as error:
        return Kept(path, True, {}, (f"cannot be read ({error.strerror})",))
    except UnicodeDecodeError:
        return Kept(path, True, {}, ("is not UTF-8 text; save it as UTF-8",))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return Kept(path, True, {}, (f"is not valid TOML: {shown(error)}",))
    right: dict[str, Value] = {}
    problems = []
    for name, value in found.items():
        if name not in SETTINGS:
            problems.append(unknown(name))
        elif not SETTINGS[name].fits(value):
            problems.append(wrong(name, value))
        else:
            right[name] = value
    return Kept(path, True, right, tuple(problems))


def change(path: Path, name: str, value: Value) -> None:
    """Set one setting, and leave all else in the file as it is, comments too.

    Args:
        path: The file; it and its folder are made where they are missing.
        name: Which setting.
        value: One that fits.

    Raises:
        SettingsError: If what is in the file cannot be kept.
        OutputError: If it cannot be written.
    """
    # Only for writing: it takes time to load, and reading must not.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    remedy = "mend it, or begin anew with: posecoach settings reset"
    try:
        text = _text(path)
        before: dict[str, Any] = tomllib.loads(text)
    except FileNotFoundError:
        text = template()
        before = tomllib.loads(text)
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}); check the path") from None
    except (SettingsError, ValueError, RecursionError) as error:
        raise SettingsError(f"{path} is no settings file ({shown(error)}); {remedy}") from None
    try:
        document = tomlkit.parse(text)
        document[name] = value
        after = tomlkit.dumps(document)
        kept = tomllib.loads(after) == {**before, name: value}
    except (TOMLKitError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        kept = False
    if not kept and name not in before:
        after = f"{line_of(name, value)}\n{text}"
        kept = True
    if not kept:
        raise SettingsError(f"{path}: {name} cannot be changed in there; {remedy}")
    _write(path, after)


def reset(path: Path) -> Path | None:
    """Write a new file with all defaults.

    Returns:
        Where the file that was there is now, or None where there was none.

    Raises:
        OutputError: If it cannot be written.
    """
    old: Path | None = None
    try:
        if path.exists():
            old = path.with_name(f"{path.name}.old")
            path.replace(old)
    except OSError as error:
        raise output_error(path, error) from error
    _write(path, template())
    return old


def _text(path: Path) -> str:
    if path.is_dir() or (path.exists() and not path.is_file()):
        raise SettingsError("is no file; move it away")
    if path.stat().st_size > MAX_BYTES:
        raise SettingsError("is too large for settings; the limit is 64 KiB")
    return path.read_text(encoding="utf-8-sig")


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(path, error) from error
    write_text(path, text)
