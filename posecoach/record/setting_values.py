"""Which settings there are, what each may be, and how it is written."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable
from dataclasses import dataclass

from posecoach.errors import UsageError

HEIGHT_CM = (80.0, 250.0)
"""From a small child to the tallest people there are; outside, metres or inches were meant."""
_LANGUAGES = ("de", "en", "es", "fr", "it", "pt")
_LONGEST = 500
_HEAD = """\
# Settings of posecoach. "posecoach settings" shows and changes them, and so may you.
# An option on the command line goes before the setting.
"""


Value = str | int | float | bool


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
        raise UsageError(wrong(name, text))
    return value


def template() -> str:
    """A file with every setting at its default, and what each one is."""
    parts = [_HEAD]
    for each in SETTINGS.values():
        parts.append(
            f"# {each.meaning}\n# It may be {each.right}.\n{line_of(each.name, each.default)}\n"
        )
    return "\n".join(parts)


def unknown(name: str) -> str:
    """What to say of a name that no setting has."""
    near = difflib.get_close_matches(name[:40].lower(), SETTINGS, 1, 0.5)
    remedy = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(SETTINGS)}"
    return f"{shown(name)}: there is no such setting; {remedy}"


def as_text(value: Value) -> str:
    """A value as it is written on a command line."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def wrong(name: str, value: object) -> str:
    """What to say of a value that a setting cannot be."""
    return f"{name}: cannot be {shown(value)}; it must be {SETTINGS[name].right}"


def shown(value: object) -> str:
    """Whatever was found, short and on one line."""
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return text if len(text) <= 60 else f"{text[:57]}..."


def _number(text: str) -> Value:
    try:
        value = float(text)
    except ValueError:
        return text
    return int(value) if value.is_integer() else value


def line_of(name: str, value: Value) -> str:
    """A setting as a line of TOML."""
    if isinstance(value, bool):
        return f"{name} = {str(value).lower()}"
    if isinstance(value, int | float):
        return f"{name} = {value}"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{name} = "{escaped}"'
