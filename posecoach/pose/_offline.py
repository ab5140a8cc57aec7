"""Keeps MediaPipe from sending usage metrics.

Since 0.10.35 the wheels carry an uploader that sends usage metrics to Google while a task
runs, without a switch (google-ai-edge/mediapipe#6291). It uses libcurl, which takes its
way out from the environment variable ``https_proxy``. Pointing that at a port of this
computer on which nothing listens ends every upload here: with it, a trace of the system
calls shows one refused connection to 127.0.0.1 and no name looked up; without it, a look-up
of play.googleapis.com (2026-11-21, mediapipe 1.2.2, Linux).

posecoach itself never speaks https, and a camera's address is opened by FFmpeg, which
reads ``http_proxy`` alone; so nothing else changes.
"""

from __future__ import annotations

import os

NOWHERE = "http://127.0.0.1:9"
"""The discard port of this computer."""

_HOST = "play.googleapis.com"


def stay_offline() -> None:
    """Set the environment so that MediaPipe's uploader reaches nobody.

    Must run before the first task is made. Exceptions to the proxy that would let the
    uploader pass are taken out of ``no_proxy``; all others stay.
    """
    os.environ["https_proxy"] = os.environ["HTTPS_PROXY"] = NOWHERE
    for name in ("no_proxy", "NO_PROXY"):
        exceptions = os.environ.get(name, "").split(",")
        kept = [e for e in exceptions if not _exempts(e.strip())]
        if len(kept) != len(exceptions):
            os.environ[name] = ",".join(kept)


def _exempts(exception: str) -> bool:
    domain = exception.lstrip(".").split(":")[0].lower()
    return exception == "*" or (domain != "" and f".{_HOST}".endswith(f".{domain}"))
