"""Settings that are remembered: a commented TOML file in the user's config folder.

A file that is wrong never keeps a workout from starting: what is right in it is used, and
what is not is told.
"""

from __future__ import annotations

import difflib
import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from posecoach.errors import PosecoachError, UsageError
from posecoach.record.files import output_error, write_text

HEIGHT_CM = (80.0, 250.0)
"""From a small child to the tallest people there are; outside, metres or inches were meant."""
MAX_BYTES = 64 * 1024
"""The file has about 1 KiB."""
_LANGUAGES = ("de", "en", "es", "fr", "it", "pt")
_LONGEST = 500
_TOLD = 3
"""Problems told in one line; more are only counted."""
_HEAD = """\
# Settings of posecoach. "posecoach settings" shows and changes them, and so may you.
# An option on the command line goes before the setting.
"""

Value = str | int | float | bool


class SettingsError(PosecoachError):
    """Settings cannot be changed; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        name: Its key.
        default: What it is where nothing is said.
        meaning: What it does.
        right: What it may be.
        fits: Whether a value of a TOML file is one of these.
    """

    name: str
    default: Value
    meaning: str
    right: str
    fits: Callable[[object], bool]


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


def _is_camera(value: object) -> bool:
    if isinstance(value, str):
        return 0 < len(value.strip()) <= _LONGEST and value.isprintable()
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 999


def _is_height(value: object) -> bool:
    if value == "unknown":
        return True
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and HEIGHT_CM[0] <= value <= HEIGHT_CM[1]  # type: ignore[operator,arg-type]


SETTINGS: dict[str, Setting] = {
    each.name: each
    for each in (
        Setting(
            "camera",
            0,
            "The camera to open.",
            "a number from 0, a device path, the address of a network camera, or a name",
            _is_camera,
        ),
        Setting(
            "mirror",
            "auto",
            "Whether the picture is shown as in a mirror; auto mirrors cameras, not clips.",
            "true, false or auto",
            lambda value: isinstance(value, bool) or value == "auto",
        ),
        Setting(
            "height",
            "unknown",
            "Your height in centimetres, for lifts in centimetres; unknown assumes 170.",
            f"a number from {HEIGHT_CM[0]:g} to {HEIGHT_CM[1]:g}, or unknown",
            _is_height,
        ),
        Setting(
            "language",
            "system",
            "The language of what is shown and said; system takes your system's.",
            f"{', '.join(_LANGUAGES)}, or system",
            lambda value: value == "system" or value in _LANGUAGES,
        ),
        Setting(
            "voice",
            True,
            "Whether you hear posecoach: voice, tones and beats.",
            "true or false",
            lambda value: isinstance(value, bool),
        ),
    )
}


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
        return Kept(path, True, {}, (f"is not valid TOML: {_shown(error)}",))
    right: dict[str, Value] = {}
    problems = []
    for name, value in found.items():
        if name not in SETTINGS:
            problems.append(unknown(name))
        elif not SETTINGS[name].fits(value):
            problems.append(_wrong(name, value))
        else:
            right[name] = value
    return Kept(path, True, right, tuple(problems))


def parse(name: str, text: str) -> Value:
    """A value as it is written on a command line.

    Raises:
        UsageError: If there is no such setting, or it cannot be that.
    """
    if name not in SETTINGS:
        raise UsageError(unknown(name))
    value: Value = text.strip()
    words = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}
    if isinstance(SETTINGS[name].default, bool) or name == "mirror":
        value = words.get(text.strip().lower(), value)
    elif name == "camera" and text.strip().isascii() and text.strip().isdigit():
        value = int(text) if len(text.strip()) < 4 else value
    elif name == "height":
        value = _number(text.strip())
    elif name == "language":
        value = text.strip().lower()
    if not SETTINGS[name].fits(value):
        raise UsageError(_wrong(name, text))
    return value


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
        raise SettingsError(f"{path} is no settings file ({_shown(error)}); {remedy}") from None
    try:
        document = tomlkit.parse(text)
        document[name] = value
        after = tomlkit.dumps(document)
        kept = tomllib.loads(after) == {**before, name: value}
    except (TOMLKitError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        kept = False
    if not kept and name not in before:
        after = f"{_line(name, value)}\n{text}"
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


def template() -> str:
    """A file with every setting at its default, and what each one is."""
    parts = [_HEAD]
    for each in SETTINGS.values():
        parts.append(
            f"# {each.meaning}\n# It may be {each.right}.\n{_line(each.name, each.default)}\n"
        )
    return "\n".join(parts)


def unknown(name: str) -> str:
    """What to say of a name that no setting has."""
    near = difflib.get_close_matches(name[:40].lower(), SETTINGS, 1, 0.5)
    remedy = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(SETTINGS)}"
    return f"{_shown(name)}: there is no such setting; {remedy}"


def as_text(value: Value) -> str:
    """A value as it is written on a command line."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _wrong(name: str, value: object) -> str:
    return f"{name}: cannot be {_shown(value)}; it must be {SETTINGS[name].right}"


def _shown(value: object) -> str:
    """Whatever was found, short and on one line."""
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return text if len(text) <= 60 else f"{text[:57]}..."


def _number(text: str) -> Value:
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


def _line(name: str, value: Value) -> str:
    if isinstance(value, bool):
        return f"{name} = {str(value).lower()}"
    if isinstance(value, int | float):
        return f"{name} = {value}"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{name} = "{escaped}"'


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
