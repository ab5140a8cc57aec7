"""Annotated video: H.264 in mp4, at the clip's own timing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

# OpenCV before PyAV: see posecoach.frames.
import cv2

# isort: split
import av
import numpy as np
from av.error import FFmpegError
from av.packet import Packet
from av.video.stream import VideoStream

from posecoach.frames.frame import Image
from posecoach.record.files import OutputError, PartFile, output_error, refuse_source

# Divides evenly by 24, 25, 30, 50, 60, 100 and 120 frames a second and by 1000/1001 of
# them closely enough (11 microseconds); usual for video in MPEG.
_TICKS = 90_000

# Measured on 2 cores: 1.4 ms a picture at 640x480 and 4.4 ms at 1280x720, conversion
# included, beside 15 ms or more of inference.
_X264 = {
    "preset": "veryfast",
    "crf": "23",
    # No frames out of order: decoding times equal showing times and the first is 0 without
    # an edit list, which not every player heeds.
    "bf": "0",
}

# What a mean rate can be: a clip of one frame, or of broken times, may state anything.
_FPS_RANGE = (1.0, 240.0)

# Values of ITU-T H.273, as H.264 carries them: SMPTE 170M (BT.601), which is what OpenCV
# converts to, limited range. Without them players take BT.709 for HD and shift colours.
_BT601 = 6
_LIMITED_RANGE = 1


class VideoWriter:
    """Writes pictures to an mp4 file that plays in browsers.

    Each picture is shown from its own time on, so a variable rate stays variable; the first
    one is at 0 and the last one lasts as long as the one before it. An odd width or height
    loses its last column or row, as H.264's 4:2:0 colours need even sizes.

    The file appears under its name when the writer closes; until then a hidden ``.part``
    file grows beside it. A run cut short by an exception or Ctrl-C leaves a playable file
    with the pictures written so far. If not even that can be finished (a full disk), or
    there was no picture, there is no new file and an older one of that name stays as it was.

    Args:
        path: The file to write; its name ends in ``.mp4``.
        size: (width, height) of the pictures in pixels.
        fps: The clip's mean rate in frames per second, for the codec's level and the
            distance of key frames only.
        source: The clip that the pictures come from: never overwritten.

    Raises:
        OutputError: If the name does not end in ``.mp4``, the folder is missing or not
            writable, or the file is ``source``.

    Example:
        >>> with VideoWriter(Path("out.mp4"), (640, 480)) as video:  # doctest: +SKIP
        ...     for frame in clip:
        ...         video.write(frame.image, frame.time_s)
    """

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        *,
        fps: float = 30.0,
        source: Path | None = None,
    ) -> None:
        if path.suffix.lower() != ".mp4":
            raise OutputError(
                f"Cannot write {path}: annotated video is mp4; name it {path.stem or 'video'}.mp4."
            )
        refuse_source(path, source)
        self._size = size
        self._width, self._height = (side - side % 2 for side in size)
        if min(self._width, self._height) < 2:
            raise OutputError(f"Cannot write {path}: pictures of {size} pixels are too small.")
        self._first_s: float | None = None
        self._last_pts = -1
        self._held: Packet[VideoStream] | None = None
        fps = min(max(fps, _FPS_RANGE[0]), _FPS_RANGE[1])
        self._held_ticks = round(_TICKS / fps)
        self._between_pictures = True
        self._muxed = False
        self._failed = False
        self._file = PartFile(path)
        try:
            self._container = av.open(
                str(self._file.part), "w", format="mp4", options={"movflags": "+faststart"}
            )
            self._stream = self._add_stream(fps)
        except (FFmpegError, OSError) as error:
            self._file.discard()
            raise output_error(path, _as_os_error(error)) from error
        self._open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.close()
        except OutputError:
            # What cut the run short is the news; that nothing could be kept follows from it.
            if error is None:
                raise

    def write(self, image: Image, time_s: float) -> None:
        """Add a picture.

        Args:
            image: (height, width, 3) uint8 RGB of the size that the writer was made with.
                It is not kept.
            time_s: When it is shown, in seconds on the clip's clock, later than the one
                before (else it follows that one by the shortest time there is).

        Raises:
            OutputError: If the disk is full or gone.
        """
        if (image.shape[1], image.shape[0]) != self._size:
            raise ValueError(f"a picture of {image.shape} in a video of {self._size}")
        if self._first_s is None:
            self._first_s = time_s
        self._last_pts = max(self._last_pts + 1, round((time_s - self._first_s) * _TICKS))
        even = np.ascontiguousarray(image[: self._height, : self._width])
        planes = np.asarray(cv2.cvtColor(even, cv2.COLOR_RGB2YUV_I420), dtype=np.uint8)
        frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        frame.pts = self._last_pts
        frame.time_base = Fraction(1, _TICKS)
        self._between_pictures = False
        self._mux(self._stream, frame)
        self._between_pictures = True

    def close(self) -> None:
        """Finish the file and give it its name. Closing twice is fine.

        Raises:
            OutputError: If it cannot be finished, as on a full disk; no file is left then.
        """
        if not self._open:
            return
        self._open = False
        try:
            # Interrupted inside write, a packet may be lost, and those that the encoder
            # still holds build on it: then the file ends with what it has.
            if self._between_pictures and not self._failed and self._first_s is not None:
                self._mux(self._stream, None)
                self._mux_held(self._held_ticks)
            try:
                self._container.close()
            except (FFmpegError, OSError) as error:
                raise output_error(self._file.target, _as_os_error(error)) from error
            if self._muxed and not self._failed:
                self._file.keep()
        finally:
            self._container.close()
            self._file.discard()

    def _add_stream(self, fps: float) -> VideoStream:
        rate = Fraction(fps).limit_denominator(1001)
        stream = self._container.add_stream("libx264", rate=rate, options=_X264)
        stream.width, stream.height, stream.pix_fmt = self._width, self._height, "yuv420p"
        stream.time_base = Fraction(1, _TICKS)
        codec = stream.codec_context
        codec.time_base = Fraction(1, _TICKS)
        codec.gop_size = max(1, round(2 * fps))  # seeking lands within two seconds
        codec.colorspace = codec.color_primaries = codec.color_trc = _BT601
        codec.color_range = _LIMITED_RANGE
        return stream

    def _mux(self, stream: VideoStream, frame: av.VideoFrame | None) -> None:
        try:
            for packet in stream.encode(frame):
                if self._held is not None and self._held.pts is not None:
                    assert packet.pts is not None
                    self._mux_held(packet.pts - self._held.pts)
                self._held = packet
        except (FFmpegError, OSError) as error:
            self._failed = True
            raise output_error(self._file.target, _as_os_error(error)) from error

    def _mux_held(self, ticks: int) -> None:
        """Write the packet held back, now that it is known how long it is shown."""
        if self._held is not None:
            self._held.duration = self._held_ticks = ticks
            self._container.mux(self._held)
            self._muxed = True
            self._held = None


def _as_os_error(error: FFmpegError | OSError) -> OSError:
    return error if isinstance(error, OSError) else OSError(error.errno, error.strerror)
