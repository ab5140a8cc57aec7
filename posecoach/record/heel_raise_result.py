"""What came of a heel-raise test, as plain values. ``docs/formats.md`` has every key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

import posecoach
from posecoach.record.files import OutputError, PartFile, output_error
from posecoach.session.heel_raise_leg import LegResult, Raise, symmetry
from posecoach.session.heel_raise_run import HeelRaiseTest
from posecoach.session.norms import (
    HEIGHT_SOURCE,
    MEDIAN_HEIGHT_CM,
    MEDIAN_REPS,
    NORM_SOURCE,
    RETEST_REPS,
    Norm,
    Subject,
)

FORMAT = 1


def build_test_result(
    test: HeelRaiseTest, subject: Subject, *, source: str, model: str, view_why: str = ""
) -> dict[str, Any]:
    """The result of a finished test; equal tests give equal values.

    Args:
        test: Finished.
        subject: Who was tested.
        source: The camera, or the clip's name without its folder.
        model: The pose model: a name, or a file name.
        view_why: In words, why the view could not serve.
    """
    height_cm, assumed = test.height
    by_side = {result.side: result for result in test.results}
    both = symmetry(by_side["left"], by_side["right"]) if len(by_side) == 2 else None
    return {
        "format": FORMAT,
        "posecoach": posecoach.__version__,
        "test": "heel_raise",
        "diagnosis": False,
        "source": source,
        "model": model,
        "beat": subject.beat,
        "height_cm": {"value": height_cm, "origin": "assumed" if assumed else "given"},
        "age": subject.age,
        "sex": subject.sex,
        "complete": test.complete,
        "view": {"ok": not test.why, "why": view_why},
        "legs": [_leg(result, subject.norm) for result in test.results],
        "symmetry": None
        if both is None
        else {
            "reps_percent": both.reps,
            "best_percent": both.best,
            "total_percent": both.total,
        },
        "norm": _norm(subject),
    }


def _leg(result: LegResult, norm: Norm | None) -> dict[str, Any]:
    return {
        "side": result.side,
        "reps": result.reps,
        "norm_percent": None if norm is None else norm.percent(result.reps),
        "end": result.end,
        "start_s": _number(result.start_s),
        "end_s": _number(result.end_s),
        "best_cm": _number(result.best_cm),
        "start_cm": _number(result.start_cm),
        "drop": _number(result.drop),
        "total_cm": _number(result.total_cm),
        "raises": [_raise(one) for one in result.raises],
    }


def _raise(one: Raise) -> dict[str, Any]:
    return {
        "peak_s": _number(one.peak_s),
        "heel_lift_cm": _number(one.height_cm),
        "late_s": _number(one.late_s),
        "counted": not one.lost,
        "why": one.lost,
    }


def _norm(subject: Subject) -> dict[str, Any]:
    norm = subject.norm
    known = (
        {"reps": None, "why": subject.no_norm}
        if norm is None
        else {
            "reps": norm.reps,
            "why": "",
            "sex": norm.sex,
            "from_age": norm.from_age,
            "to_age": norm.to_age,
            "source": NORM_SOURCE,
        }
    )
    return {
        **known,
        "retest_reps": RETEST_REPS,
        "all_ages": {
            "reps": list(MEDIAN_REPS),
            "best_cm": list(MEDIAN_HEIGHT_CM),
            "source": HEIGHT_SOURCE,
        },
    }


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, 3) + 0.0


def write_picture(target: Path, image: NDArray[np.uint8]) -> None:
    """Write an RGB picture as PNG.

    Raises:
        OutputError: If it cannot be written.
    """
    file = PartFile(target)
    try:
        good, data = cv2.imencode(".png", cv2.cvtColor(image, cv2.COLOR_RGB2BGR))
        if not good:
            raise OutputError(f"Cannot write {target}: the picture could not be encoded.")
        file.part.write_bytes(data.tobytes())
        file.keep()
    except OSError as error:
        raise output_error(target, error) from error
    finally:
        file.discard()
