from __future__ import annotations

import pytest

from posecoach.feedback.keybar import KEY_IDS
from posecoach.feedback.keys import Key, key_of


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (ord(" "), Key.PAUSE),
        (ord("r"), Key.RESET),
        (ord("R"), Key.RESET),
        (ord("n"), Key.NEXT),
        (ord("S"), Key.SWITCH_SIDE),
        (ord("m"), Key.MIRROR),
        (ord("f"), Key.FULL_SCREEN),
        (ord("C"), Key.CAMERA),
        (ord("q"), Key.QUIT),
        (27, Key.QUIT),
        (13, Key.ENTER),
        (10, Key.ENTER),
        (ord("7"), Key.DIGIT_7),
        (0xFF52, Key.UP),  # X11
        (0xFF54, Key.DOWN),
        (0xFF97, Key.UP),  # X11 keypad without NumLock
        (0xFF8D, Key.ENTER),  # X11 keypad
        (0xFFB3, Key.DIGIT_3),
        (0x10FF51, Key.LEFT),  # GTK with NumLock
        (0x100000 | ord("q"), Key.QUIT),
        (0x110000 | ord("M"), Key.MIRROR),  # GTK with NumLock and Shift
        (2490368, Key.UP),  # Windows
        (2621440, Key.DOWN),
        (2424832, Key.LEFT),
        (2555904, Key.RIGHT),
        (63232, Key.UP),  # macOS
        (63233, Key.DOWN),
        (63234, Key.LEFT),
        (63235, Key.RIGHT),
        (3, Key.ENTER),  # macOS keypad
    ],
)
def test_a_key_is_known_whatever_the_desktop_calls_it(code: int, key: Key) -> None:
    assert key_of(code) is key


@pytest.mark.parametrize("code", [-1, 0, ord("x"), ord("0"), 0xFFE1, 0x70 << 16, 233])
def test_no_key_and_unknown_keys_are_none(code: int) -> None:
    assert key_of(code) is None


def test_digits_have_numbers_and_others_none() -> None:
    assert Key.DIGIT_4.number == 4
    assert Key.QUIT.number is None


def test_every_key_on_the_bar_exists() -> None:
    assert {name.removeprefix("key_") for name in KEY_IDS} <= {key.value for key in Key}
