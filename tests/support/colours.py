"""How colours differ, and how they look to people who see fewer of them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color
# Vision Deficiency", 2009, table 1 at severity 1.0; for linear RGB.
SIGHTS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(rgb: ArrayLike) -> NDArray[np.float64]:
    """Light of sRGB colours, 0 to 255, as shares of white's (IEC 61966-2-1)."""
    c = np.asarray(rgb, np.float64) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def encoded(light: ArrayLike) -> NDArray[np.float64]:
    """The inverse of :func:`linear`; what no screen shows is cut off."""
    c = np.clip(np.asarray(light, np.float64), 0.0, 1.0)
    return 255 * np.where(c <= 0.0031308, 12.92 * c, 1.055 * c ** (1 / 2.4) - 0.055)


def contrast(a: ArrayLike, b: ArrayLike) -> float:
    """Contrast ratio of two sRGB colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted(float(linear(each) @ (0.2126, 0.7152, 0.0722)) for each in (a, b))
    return (high + 0.05) / (low + 0.05)


def as_seen(picture: ArrayLike, sight: str) -> NDArray[np.uint8]:
    """(..., 3) sRGB as somebody of that sight sees it."""
    light = linear(picture) @ np.array(SIGHTS[sight]).T
    return np.asarray(np.round(encoded(light)), np.uint8)


def lab(rgb: ArrayLike) -> NDArray[np.float64]:
    """CIELAB of one sRGB colour, for D65."""
    pixel = (np.asarray(rgb, np.float32) / 255).reshape(1, 1, 3)
    return np.asarray(cv2.cvtColor(pixel, cv2.COLOR_RGB2Lab)[0, 0], np.float64)


def difference(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """CIEDE2000 between two CIELAB colours.

    Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula", 2005.
    """
    mean_chroma = (np.hypot(*a[1:]) + np.hypot(*b[1:])) / 2
    g = 0.5 * (1 - np.sqrt(mean_chroma**7 / (mean_chroma**7 + 25.0**7)))
    (a1, b1), (a2, b2) = (((1 + g) * each[1], each[2]) for each in (a, b))
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = (np.degrees(np.arctan2(y, x)) % 360 for x, y in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    lightness, chroma = b[0] - a[0], c2 - c1
    hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    c = (c1 + c2) / 2
    middle = h1 + turn / 2 if c1 * c2 else h1 + h2
    t = 1 - 0.17 * np.cos(np.radians(middle - 30)) + 0.24 * np.cos(np.radians(2 * middle))
    t += 0.32 * np.cos(np.radians(3 * middle + 6)) - 0.20 * np.cos(np.radians(4 * middle - 63))
    light = ((a[0] + b[0]) / 2 - 50) ** 2
    in_l = lightness / (1 + 0.015 * light / np.sqrt(20 + light))
    in_c, in_h = chroma / (1 + 0.045 * c), hue / (1 + 0.015 * c * t)
    bent = 30 * np.exp(-((((middle % 360) - 275) / 25) ** 2))
    rotation = -2 * np.sqrt(c**7 / (c**7 + 25.0**7)) * np.sin(np.radians(2 * bent))
    return float(np.sqrt(in_l**2 + in_c**2 + in_h**2 + rotation * in_c * in_h))
