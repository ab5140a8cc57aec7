"""Measures what each signal does over labelled clips: percentiles for the registry's spans.

Run it as ``python tools/signal_ranges.py LABELS.json``. It prints, for each signal, the
share of frames with somebody in view in which it cannot be measured, and percentiles of
its values. ``Signal.span`` holds the half and the 99.5th, rounded outwards.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from posecoach.evaluation.labels import read_labels
from posecoach.frames import Clip
from posecoach.motion import REGISTRY, MotionTracker, names
from posecoach.pose import PoseEstimator, find_model

PERCENTILES = (0.5, 5, 50, 95, 99.5)


def main(labels: Path) -> None:
    """Watch each clip once and print the table."""
    values: dict[str, list[float]] = defaultdict(list)
    missing: dict[str, int] = defaultdict(int)
    for clip_name in dict.fromkeys(entry.clip for entry in read_labels(labels).clips):
        tracker = MotionTracker(names())
        with Clip(labels.parent / clip_name) as clip, PoseEstimator(find_model()) as estimator:
            for frame in clip:
                pose = estimator.estimate(frame)
                readings = tracker.update(pose)
                for name, value in readings.items() if pose.found else ():
                    base = name.partition(".")[0]
                    if value is None:
                        missing[base] += 1
                    else:
                        values[base].append(value)
    print(f"{'signal':18}{'missing':>8}" + "".join(f"{p:>10g}" for p in PERCENTILES))
    for base in sorted(REGISTRY):
        seen, lost = values[base], missing[base]
        share = lost / max(1, lost + len(seen))
        spread = np.percentile(seen, PERCENTILES) if seen else [np.nan] * len(PERCENTILES)
        print(f"{base:18}{share:8.0%}" + "".join(f"{value:10.3f}" for value in spread))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tools/signal_ranges.py LABELS.json")
    main(Path(sys.argv[1]))
