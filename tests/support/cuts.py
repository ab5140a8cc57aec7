"""The beginning of a clip, as a clip of its own."""

from __future__ import annotations

from pathlib import Path

import av


def beginning(clip: Path, target: Path, seconds: float) -> Path:
    """Write what a clip shows before that time, without encoding it anew; the new file."""
    with av.open(str(clip)) as source, av.open(str(target), "w") as cut:
        stream = cut.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.size and packet.pts is not None and packet.pts * packet.time_base < seconds:
                packet.stream = stream
                cut.mux(packet)
    return target
