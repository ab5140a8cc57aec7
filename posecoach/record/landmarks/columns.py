"""Poses as bytes and back, without losing a bit.

Measured over 30 of the labelled clips, in chunks of 30 frames: 0.86 MB for a minute at 30
frames a second. Uncompressed, as 32-bit numbers, it is 1.43 MB; docs/decisions.md has more.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from posecoach.pose import LANDMARK_COUNT, FootView, Light, Pose

Values = NDArray[np.float64]
Code = Literal["-", "f", "d", "s"]
"""How a column's numbers are kept in a chunk: not at all (NaN in every frame), as 32-bit or
64-bit floating point, or as 32-bit shares of the frame's width and height."""

COLUMNS: Mapping[str, int] = {
    "time_s": 1,
    "size": 2,
    "pixels": 2 * LANDMARK_COUNT,
    "world": 3 * LANDMARK_COUNT,
    "visibility": LANDMARK_COUNT,
    "light": 2,
    "left_foot": 12,
    "right_foot": 12,
}
"""Columns by name, and how many numbers a frame has in each."""
_FEET = ("left_foot", "right_foot")
_OPTIONAL = ("light", *_FEET)
_REQUIRED = ("time_s", "size", "pixels", "world", "visibility")

MOST_FRAMES = 256
"""Most frames in a chunk; a second of the fastest webcam has 120."""
MOST_WIDTH = 1024
"""Most numbers a frame: five times what there are, for columns yet to come."""
_LEVEL = 6
_COUNT = struct.Struct("<H")
_DTYPES: Mapping[str, np.dtype[np.floating]] = {
    "f": np.dtype("<f4"),
    "s": np.dtype("<f4"),
    "d": np.dtype("<f8"),
}
# What a model can mean: landmarks outside the picture are guessed, but not that far.
_FURTHEST_PX = 1e6
_FURTHEST_M = 1e3
_LATEST_S = 1e7
_BRIGHTEST = 256.0
_LARGEST_PX = 8192
"""As large as the pictures that are decoded; see ``posecoach.frames.upright``."""


class BadValuesError(Exception):
    """What is in a chunk cannot be poses."""


def packed_poses(poses: Sequence[Pose]) -> bytes:
    """A chunk of poses, from one to :data:`MOST_FRAMES`."""
    columns = {
        "time_s": np.array([[pose.time_s] for pose in poses]),
        "size": np.array([pose.size for pose in poses], np.float64),
        "pixels": np.array([pose.pixels.ravel() for pose in poses]),
        "world": np.array([pose.world.ravel() for pose in poses]),
        "visibility": np.array([pose.visibility for pose in poses]),
        "light": np.array([_light_values(pose.light) for pose in poses]),
        **{
            name: np.array([_foot_values(pose.feet[number]) for pose in poses])
            for number, name in enumerate(_FEET)
        },
    }
    codes, parts = "", []
    for name in COLUMNS:
        code, values = _narrowest(name, columns[name], columns["size"])
        codes += code
        if code != "-":
            parts.append(_filtered(values))
    return _COUNT.pack(len(poses)) + codes.encode() + zlib.compress(b"".join(parts), _LEVEL)


def unpacked_poses(chunk: bytes, columns: Mapping[str, int]) -> list[Pose]:
    """The poses of a chunk.

    Args:
        chunk: As :func:`packed_poses` makes it.
        columns: Names and widths of what is in it; names that are unknown are passed over.

    Raises:
        BadValuesError: If these are no poses.
    """
    count = frames_in(chunk)
    codes = chunk[_COUNT.size : _COUNT.size + len(columns)].decode("ascii", "replace")
    if len(codes) < len(columns) or not set(codes) <= {"-", *_DTYPES}:
        raise BadValuesError("unknown kind of numbers")
    sizes = [
        0 if code == "-" else count * width * _DTYPES[code].itemsize
        for code, width in zip(codes, columns.values(), strict=True)
    ]
    raw = _inflated(chunk[_COUNT.size + len(columns) :], sum(sizes))
    found: dict[str, Values] = {}
    begin = 0
    for (name, width), code, size in zip(columns.items(), codes, sizes, strict=True):
        if code != "-" and name in COLUMNS:
            found[name] = _unfiltered(raw[begin : begin + size], _DTYPES[code], count, width)
        begin += size
    if not all(name in found for name in _REQUIRED):
        raise BadValuesError("a column is empty")
    if dict(zip(columns, codes, strict=True))["pixels"] == "s":
        found["pixels"] = _to_pixels(found["pixels"], found["size"])
    return _poses(found, count)


def frames_in(chunk: bytes) -> int:
    """How many frames a chunk says that it has.

    Raises:
        BadValuesError: If it can be none.
    """
    count = _COUNT.unpack_from(chunk)[0] if len(chunk) >= _COUNT.size else 0
    if not 0 < count <= MOST_FRAMES:
        raise BadValuesError("no frames, or too many")
    return int(count)


def check_columns(columns: Mapping[str, int]) -> None:
    """Make sure that poses can be had from such columns.

    Raises:
        BadValuesError: If not.
    """
    for name in _REQUIRED:
        if name not in columns:
            raise BadValuesError(f"no column '{name}'")
    for name, width in columns.items():
        if COLUMNS.get(name, width) != width:
            raise BadValuesError(f"column '{name}' of {width}")
    if sum(columns.values()) > MOST_WIDTH:
        raise BadValuesError("too many columns")


def _light_values(light: Light | None) -> list[float]:
    return [math.nan, math.nan] if light is None else [light.mean, light.contrast]


def _foot_values(view: FootView | None) -> list[float]:
    if view is None:
        return [math.nan] * COLUMNS["left_foot"]
    return [*view.toes, *view.hind, *view.ahead, view.began_s, view.foot_px, *view.box]


def _narrowest(name: str, values: Values, size: Values) -> tuple[Code, NDArray[np.floating]]:
    """The shortest numbers from which the values come back bit by bit."""
    if name in _OPTIONAL and np.isnan(values).all():
        return "-", values
    with np.errstate(all="ignore"):
        if name == "pixels":
            # What the model gives are 32-bit shares; times the size they need 64 bits.
            shares = (values.reshape(len(values), -1, 2) / size[:, None]).astype("<f4")
            if _same(_to_pixels(shares.astype(np.float64), size), values):
                return "s", shares.reshape(len(values), -1)
        narrow = values.astype("<f4")
        if _same(narrow.astype(np.float64), values):
            return "f", narrow
    return "d", values.astype("<f8")


def _same(a: Values, b: Values) -> bool:
    return a.tobytes() == b.tobytes()


def _to_pixels(shares: Values, size: Values) -> Values:
    with np.errstate(all="ignore"):
        return (shares.reshape(len(shares), -1, 2) * size[:, None]).reshape(len(shares), -1)


def _filtered(values: NDArray[np.floating]) -> bytes:
    """Numbers of one kind, so turned that a general compressor finds little in them.

    Each frame's bits less those of the frame before, as whole numbers, the sign in the
    lowest bit; then the first byte of all of them, the second one, and so on.
    """
    bits = values.dtype.itemsize * 8
    whole = np.ascontiguousarray(values).view(f"<u{bits // 8}")
    steps = whole.copy()
    steps[1:] -= whole[:-1]
    signs = steps >> (bits - 1)
    turned = (steps << 1) ^ (0 - signs)
    return np.ascontiguousarray(turned.T).view(np.uint8).reshape(-1, bits // 8).T.tobytes()


def _unfiltered(raw: bytes, dtype: np.dtype[np.floating], count: int, width: int) -> Values:
    size = dtype.itemsize
    planes = np.frombuffer(raw, np.uint8).reshape(size, -1)
    turned = np.ascontiguousarray(planes.T).view(f"<u{size}").reshape(width, count).T
    steps = (turned >> 1) ^ (0 - (turned & 1))
    whole = np.add.accumulate(steps, axis=0, dtype=steps.dtype)
    return np.ascontiguousarray(whole).view(dtype).astype(np.float64)


def _inflated(packed: bytes, size: int) -> bytes:
    """Exactly so many bytes; never more memory than that, whatever they claim to be."""
    inflate = zlib.decompressobj()
    try:
        raw = inflate.decompress(packed, size + 1)
    except zlib.error:
        raise BadValuesError("it cannot be unpacked") from None
    if len(raw) != size or not inflate.eof or inflate.unused_data:
        raise BadValuesError("it is not as long as it says")
    return raw


def _poses(found: Mapping[str, Values], count: int) -> list[Pose]:
    times, sizes = found["time_s"][:, 0], found["size"]
    _require(bool(((times >= 0) & (times <= _LATEST_S)).all()), "times")
    _require(bool((np.diff(times) > 0).all()), "times that go backwards")
    whole = (sizes >= 1) & (sizes <= _LARGEST_PX) & (sizes == np.floor(sizes))
    _require(bool(whole.all()), "sizes")
    pixels = found["pixels"].reshape(count, LANDMARK_COUNT, 2)
    world = found["world"].reshape(count, LANDMARK_COUNT, 3)
    visibility = found["visibility"]
    _require(_within(pixels, _FURTHEST_PX), "places")
    _require(_within(world, _FURTHEST_M), "places")
    _require(bool(((visibility >= 0) & (visibility <= 1)).all()), "visibilities")
    unlit = np.full((count, 2), np.nan)
    lights = [_light(values) for values in found.get("light", unlit)]
    feet = [
        [_foot(found[name][i]) if name in found else None for name in _FEET] for i in range(count)
    ]
    return [
        Pose(
            float(times[i]),
            (int(sizes[i, 0]), int(sizes[i, 1])),
            pixels[i],
            world[i],
            visibility[i],
            (feet[i][0], feet[i][1]),
            lights[i],
        )
        for i in range(count)
    ]


def _light(values: Values) -> Light | None:
    if np.isnan(values).all():
        return None
    _require(bool(((values >= 0) & (values <= _BRIGHTEST)).all()), "brightness")
    return Light(float(values[0]), float(values[1]))


def _foot(values: Values) -> FootView | None:
    if np.isnan(values).all():
        return None
    began_s, foot_px, *box = (float(value) for value in values[6:])
    left, top, right, bottom = box
    within = bool((np.abs(values) <= _FURTHEST_PX).all())
    _require(within and foot_px > 0 and left < right and top < bottom, "close-ups")
    return FootView(
        values[0:2],
        values[2:4],
        values[4:6],
        began_s,
        foot_px,
        (int(left), int(top), int(right), int(bottom)),
    )


def _within(values: Values, furthest: float) -> bool:
    """Whether all are no further than that, or not there at all."""
    return bool((np.isnan(values) | (np.abs(values) <= furthest)).all())


def _require(good: bool, what: str) -> None:
    if not good:
        raise BadValuesError(f"{what} that cannot be")
