"""Judging what counts against the standard."""

from __future__ import annotations

from collections.abc import Mapping

from posecoach.checkers.parts import RepFault


def is_fault(fault: RepFault, metrics: Mapping[str, float]) -> bool:
    """Whether metrics show a fault; one that was not measured shows none."""
    value = metrics.get(fault.metric)
    if value is None:
        return False
    return (fault.above is not None and value > fault.above) or (
        fault.below is not None and value < fault.below
    )
