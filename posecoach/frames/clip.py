"""A recorded clip: upright pictures at their true times."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import av
import av.error
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from posecoach.closing import Closing
from posecoach.errors import PosecoachError
from posecoach.frames.frame import Frame
from posecoach.frames.timeline import Timeline
from posecoach.frames.upright import SAFE_SIZE, PictureTooLargeError, Upright, check_size

USUAL_FPS = 30.0
"""Rate assumed where a file tells none."""


class ClipError(PosecoachError):
    """A clip that cannot be read; the message names the file and says what to do."""


@dataclass(frozen=True, slots=True)
class ClipInfo:
    """What a clip says of itself.

    Attributes:
        name: File name without its folder.
        width: Pixels across, after rotation and with square pixels.
        height: Pixels down, likewise.
        frames: About how many frames; None where the file does not tell.
        seconds: About how long; None where the file does not tell.
        mean_fps: Mean frames per second; None where the file does not tell.
    """

    name: str
    width: int
    height: int
    frames: int | None
    seconds: float | None
    mean_fps: float | None


class Clip(Closing):
    """Iterator over the frames of a recorded clip, once through.

    Args:
        path: The video file.

    Attributes:
        info: Size, length and rate.
        warning: After the last frame: one plain line if something was lost, else None.
        truncated: After the last frame: True if the file ends before it should.

    Raises:
        ClipError: There is no picture to be had from this file.

    Example:
        >>> with Clip("heel_raises.mp4") as clip:  # doctest: +SKIP
        ...     for frame in clip:
        ...         print(frame.time_s, frame.size)
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        file = Path(path)
        self.warning: str | None = None
        self.truncated = False
        self._name = file.name
        self._index = 0
        self._damaged = 0
        self._cut = False
        self._end_s = 0.0
        self._last_is_whole = True
        self._container = _opened(file)
        try:
            self._stream = _picture_stream(self._container, self._name)
            self._stream.thread_type = "AUTO"
            self._stream.codec_context.options = SAFE_SIZE
            self._decoded = self._decode()
            first = next(self._decoded, None)
            if first is None:
                raise ClipError(
                    f"{self._name}: not one picture in it could be decoded "
                    f"({self._stream.codec_context.name}): it is damaged or far too large; record "
                    "or export it again"
                )
            self._first: av.VideoFrame | None = first
            self._upright = Upright(first, self._stream.sample_aspect_ratio)
        except PictureTooLargeError as error:
            self.close()
            raise ClipError(f"{self._name}: {error}") from error
        except BaseException:
            self.close()
            raise
        self.info = _info(self._name, self._container, self._stream, self._upright.size)
        self._step_s = 1.0 / (self.info.mean_fps or USUAL_FPS)
        self._timeline = Timeline(self._step_s)

    def close(self) -> None:
        """Let go of the file. Frames already handed out stay valid."""
        self._container.close()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Frame:
        """The next frame.

        Raises:
            ClipError: The picture grew beyond all measure, or is of a kind that cannot be shown.
        """
        frame, self._first = self._first, None
        if frame is None:
            frame = next(self._decoded, None)
        if frame is None:
            self._finish()
            raise StopIteration
        try:
            image = self._upright(frame)
        except PictureTooLargeError as error:
            raise ClipError(f"{self._name}: {error}") from error
        except (av.error.FFmpegError, OSError, ValueError) as error:
            raise ClipError(
                f"{self._name}: pictures of its kind ({frame.format.name}) cannot be shown: export "
                "it as H.264 mp4"
            ) from error
        time_s = self._timeline.place(_stamp(frame))
        self._end_s = time_s + self._step_s
        self._last_is_whole = not frame.is_corrupt
        placed = Frame(time_s=time_s, image=image, index=self._index)
        self._index += 1
        return placed

    def _decode(self) -> Iterator[av.VideoFrame]:
        """Every frame that can be had, whatever is wrong around it."""
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError:
                self._cut = True
                packet = None
            if packet is None:
                break
            try:
                yield from packet.decode()
            except av.error.EOFError:
                break
            except av.error.FFmpegError:
                self._damaged += 1
                self._cut = True
            else:
                # Damage counts as a cut only if nothing good follows it.
                if packet.size:
                    self._cut = packet.is_corrupt
        if self._cut:
            try:
                yield from self._stream.codec_context.decode(None)
            except av.error.FFmpegError:
                return

    def _finish(self) -> None:
        stated, slack = _stated_seconds(self._container, self._stream)
        missing = 0.0 if stated is None else stated - self._end_s
        self.truncated = self._cut or missing > slack or not self._last_is_whole
        if stated is not None and missing > slack:
            self.warning = (
                f"{self._name} ends at {self._end_s:.1f} s although it says {stated:.1f} s: it "
                "was cut short in recording or copying; what is there was used"
            )
        elif self.truncated:
            self.warning = (
                f"{self._name} breaks off at {self._end_s:.1f} s: it was cut short in recording "
                "or copying; what is there was used"
            )
        elif self._damaged:
            self.warning = (
                f"{self._name} is damaged in {self._damaged} places: those pictures were left out"
            )


def _opened(file: Path) -> InputContainer:
    name = file.name or str(file)
    try:
        if not file.exists():
            raise ClipError(f"{file}: there is no such file: check the name and the folder")
        if file.is_dir():
            raise ClipError(f"{file}: this is a folder: name a video file in it")
        if not file.is_file():
            raise ClipError(f"{file}: this is not a file: name a video file")
        if file.stat().st_size == 0:
            raise ClipError(f"{name}: the file is empty: record or copy it again")
        with file.open("rb"):
            pass
        # The absolute path keeps a name such as "http:x.mp4" from being read as an address,
        # and the whitelist keeps a playlist from fetching anything.
        return av.open(
            str(file.absolute()),
            mode="r",
            options={"protocol_whitelist": "file,crypto,data", **SAFE_SIZE},
        )
    except av.error.FFmpegError as error:
        raise ClipError(
            f"{name}: this is not a video that can be read, or its end is missing "
            f"({error.strerror}): play it in another program, and record or export it again"
        ) from error
    except PermissionError as error:
        raise ClipError(
            f"{file}: no permission to read it: change its rights or copy it"
        ) from error
    except (OSError, ValueError) as error:
        raise ClipError(f"{file}: it cannot be opened ({error}): check the name") from error


def _picture_stream(container: InputContainer, name: str) -> VideoStream:
    """The moving picture: not a cover, the one marked as default, else the largest."""
    moving = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if not moving:
        kind = "only sound" if container.streams.audio else "no video"
        raise ClipError(f"{name}: there is {kind} in it, no moving picture: choose another file")
    known = [s for s in moving if s.codec_context is not None]
    if not known:
        raise ClipError(
            f"{name}: its picture is in a format that cannot be decoded: export it as H.264 mp4"
        )
    stream = max(
        known,
        key=lambda s: (bool(s.disposition & Disposition.default), s.width * s.height),
    )
    check_size(stream.width, stream.height)
    return stream


def _stamp(frame: av.VideoFrame) -> float | None:
    ticks = frame.pts if frame.pts is not None else frame.dts
    if ticks is None or not frame.time_base:
        return None
    return float(ticks * frame.time_base)


def _stated_seconds(container: InputContainer, stream: VideoStream) -> tuple[float | None, float]:
    """How long the picture should last, and how far off that statement may be (seconds).

    The container's own length is that of its longest stream, often the sound, hence the
    greater slack.
    """
    if stream.duration and stream.time_base:
        stated = float(stream.duration * stream.time_base)
        return stated, max(0.5, 0.05 * stated)
    if container.duration and container.duration > 0:
        stated = container.duration / av.time_base
        return stated, max(1.0, 0.1 * stated) if container.streams.audio else max(
            0.5, 0.05 * stated
        )
    return None, 0.0


def _info(
    name: str, container: InputContainer, stream: VideoStream, size: tuple[int, int]
) -> ClipInfo:
    seconds, _ = _stated_seconds(container, stream)
    frames = stream.frames or None
    rate = stream.average_rate or stream.guessed_rate
    # Raw streams claim rates up to the resolution of their clock; no camera does.
    fps = float(rate) if rate and 0 < rate <= 1000 else None
    if fps is None and frames and seconds:
        fps = frames / seconds
    if frames is None and seconds and fps:
        frames = round(seconds * fps)
    return ClipInfo(
        name=name, width=size[0], height=size[1], frames=frames, seconds=seconds, mean_fps=fps
    )
