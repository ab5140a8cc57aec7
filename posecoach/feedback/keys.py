"""Keys of the window, whatever code the desktop gives them."""

from __future__ import annotations

from enum import StrEnum


class Key(StrEnum):
    """What a key press asks for."""

    PAUSE = "pause"
    RESET = "reset"
    NEXT = "next"
    SWITCH_SIDE = "switch_side"
    MIRROR = "mirror"
    CAMERA = "camera"
    FULL_SCREEN = "full_screen"
    PICKER = "picker"
    QUIT = "quit"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    ENTER = "enter"
    DIGIT_1 = "1"
    DIGIT_2 = "2"
    DIGIT_3 = "3"
    DIGIT_4 = "4"
    DIGIT_5 = "5"
    DIGIT_6 = "6"
    DIGIT_7 = "7"
    DIGIT_8 = "8"
    DIGIT_9 = "9"

    @property
    def number(self) -> int | None:
        """The digit's value, or None for another key."""
        return int(self.value) if self.value.isdigit() else None


_CHARACTERS = {
    " ": Key.PAUSE,
    "r": Key.RESET,
    "n": Key.NEXT,
    "s": Key.SWITCH_SIDE,
    "m": Key.MIRROR,
    "c": Key.CAMERA,
    "f": Key.FULL_SCREEN,
    "p": Key.PICKER,
    "q": Key.QUIT,
    "\x1b": Key.QUIT,
    "\r": Key.ENTER,
    "\n": Key.ENTER,
    "\x03": Key.ENTER,  # the keypad's Enter on macOS (NSEnterCharacter)
    **{str(n): Key(str(n)) for n in range(1, 10)},
}

_ARROWS = (Key.LEFT, Key.UP, Key.RIGHT, Key.DOWN)

_CODES = {
    # X11 keysyms, which both the Qt and the GTK window give (X11/keysymdef.h): arrows,
    # the keypad's arrows with NumLock off, its Enter, and its digits.
    **{0xFF51 + i: key for i, key in enumerate(_ARROWS)},
    **{0xFF96 + i: key for i, key in enumerate(_ARROWS)},
    0xFF8D: Key.ENTER,
    0xFF0D: Key.ENTER,
    0xFF1B: Key.QUIT,
    0xFF80: Key.PAUSE,
    **{0xFFB0 + n: Key(str(n)) for n in range(1, 10)},
    # Windows: a virtual-key code (WinUser.h, VK_LEFT = 0x25) in the upper half.
    **{(0x25 + i) << 16: key for i, key in enumerate(_ARROWS)},
    # macOS: NSEvent's function keys.
    0xF700: Key.UP,
    0xF701: Key.DOWN,
    0xF702: Key.LEFT,
    0xF703: Key.RIGHT,
}

_MODIFIERS = 0xFFFF
"""What is left of an X11 code without the bits for Shift, Control and NumLock, which GTK
adds above it."""


def key_of(code: int) -> Key | None:
    """The key behind a code of ``cv2.waitKeyEx``, or None for none or an unknown one."""
    if code <= 0:
        return None
    if code in _CODES:
        return _CODES[code]
    code &= _MODIFIERS
    if code in _CODES:
        return _CODES[code]
    return _CHARACTERS.get(chr(code).lower())
