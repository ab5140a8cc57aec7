"""MediaPipe, imported without what posecoach never uses, and kept quiet.

``import mediapipe`` takes 0.5 to 0.9 s, most of it in matplotlib (for drawing helpers) and
sounddevice (for audio tasks). Those parts are deferred with the standard library's
:class:`importlib.util.LazyLoader`: they load as usual at their first use, if there ever is
one, so other code in the process that draws with MediaPipe notices nothing. Measured on
2 cores: 0.55 s become 0.09 s, numpy included.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

from posecoach.pose._offline import stay_offline

# Not named: `components` and `core`, which the vision tasks use at once.
_DEFERRED = frozenset(
    f"mediapipe.tasks.python.{part}"
    for part in (
        "audio",
        "decision",
        "retrieval",
        "text",
        "vision.drawing_styles",
        "vision.drawing_utils",
    )
)

# Lines that MediaPipe 1.2 and TensorFlow Lite write at every start; no setting of theirs
# (GLOG_minloglevel, TF_CPP_MIN_LOG_LEVEL, ABSL_MIN_LOG_LEVEL, GOOGLE_STDERRTHRESHOLD: all
# tried) stops them. Only information and warnings match, never an error.
_CHATTER = re.compile(rb"^(INFO: |[IW]\d{4} |WARNING: (Logging before|All log messages before))")


class _Deferring(MetaPathFinder):
    """Finds the deferred modules as usual, but has them loaded at their first use."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in _DEFERRED:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


def import_mediapipe() -> ModuleType:
    """The ``mediapipe`` package, with the parts that posecoach never uses deferred.

    Raises:
        ImportError, OSError: If it cannot be imported, as ``import mediapipe`` would.
    """
    stay_offline()
    finder = _Deferring()
    sys.meta_path.insert(0, finder)
    try:
        return importlib.import_module("mediapipe")
    finally:
        sys.meta_path.remove(finder)


@contextmanager
def quiet() -> Iterator[None]:
    """Hold back what native code writes to standard error; then pass on all but chatter.

    MediaPipe writes from C++, past :data:`sys.stderr`, so the file descriptor itself is
    turned to a temporary file meanwhile. Costs about 0.1 ms. Should the process be killed
    inside, what was held back is lost: keep the stretch short.
    """
    try:
        kept = os.dup(2)
    except OSError:  # no standard error at all, as under pythonw
        yield
        return
    try:
        with tempfile.TemporaryFile() as held:
            os.dup2(held.fileno(), 2)
            try:
                yield
            finally:
                os.dup2(kept, 2)
                held.seek(0)
                rest = b"".join(line for line in held if not _CHATTER.match(line))
                if rest:
                    os.write(2, rest)
    finally:
        os.close(kept)
