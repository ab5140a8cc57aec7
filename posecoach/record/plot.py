"""Signals over time as a picture, with the levels that an exercise compares them with."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Collection, Sequence
from math import ceil, isnan
from pathlib import Path
from typing import TYPE_CHECKING

from posecoach.checkers.levels import Level
from posecoach.motion import REGISTRY
from posecoach.motion.signals.registry import UNIT_NAMES
from posecoach.record.files import PartFile, output_error
from posecoach.record.traces import Traces

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe-Ito blue and vermilion, which no kind of colour blindness confuses; the lines
# differ in their strokes as well.
_LOOKS = {
    "left": ("#0072B2", "-"),
    "right": ("#D55E00", (0, (4, 1.5))),
    "": ("#0072B2", "-"),
}
_LEVEL = "#555555"
_PANEL_IN = (8.0, 1.9)
_TWO_COLUMNS = 8
_DPI = 100
# A level so far outside of what was measured would squeeze it flat: so many of its heights.
_FAR = 1.0
# Height of a line of small print, as a share of a panel's.
_LINE = 0.1


def write_plot(
    traces: Traces,
    target: Path,
    levels: Sequence[Level] = (),
    title: str = "",
    *,
    panel_in: tuple[float, float] = _PANEL_IN,
) -> None:
    """Draw a panel for each signal, left and right in one, and write it as PNG.

    Args:
        traces: What was measured.
        target: The picture's file.
        levels: Drawn as lines over the signals that they belong to.
        title: Over it all.
        panel_in: Width and height of a panel, inches of 100 pixels.

    Raises:
        OutputError: If it cannot be written.
    """
    # It says on its own that it builds a cache of fonts, the first time.
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    from matplotlib.figure import Figure

    bases = list(dict.fromkeys(name.partition(".")[0] for name in traces.names))
    columns = 2 if len(bases) > _TWO_COLUMNS else 1
    rows = ceil(len(bases) / columns)
    width, height = panel_in
    figure = Figure(figsize=(columns * width, rows * height + 0.5), dpi=_DPI, layout="constrained")
    panels = figure.subplots(rows, columns, sharex=True, squeeze=False).flatten()
    for panel, base in zip(panels, bases, strict=False):
        names = [name for name in traces.names if name.partition(".")[0] == base]
        _draw(panel, traces, base, names)
        _draw_levels(panel, names, levels)
    for panel in panels[len(bases) :]:
        panel.set_visible(False)
    for panel in panels[max(0, len(bases) - columns) : len(bases)]:
        panel.set_xlabel("time (s)")
        panel.tick_params(labelbottom=True)
    if title:
        figure.suptitle(title, fontsize=11)
    file = PartFile(target)
    try:
        with warnings.catch_warnings():
            # Letters that its font lacks are drawn as boxes; no more need be said.
            warnings.simplefilter("ignore")
            figure.savefig(file.part, format="png", metadata={"Software": None})
        file.keep()
    except OSError as error:
        raise output_error(target, error) from error
    finally:
        file.discard()


def _draw(panel: Axes, traces: Traces, base: str, names: Collection[str]) -> None:
    signal = REGISTRY[base]
    for name in names:
        colour, line = _LOOKS[name.partition(".")[2]]
        side = name.partition(".")[2]
        panel.plot(traces.times, traces.of(name), color=colour, ls=line, lw=1.3, label=side or None)
    panel.set_title(base, fontsize=10, loc="left", fontweight="bold")
    panel.set_ylabel(UNIT_NAMES[signal.unit], fontsize=9)
    panel.grid(True, color="#dddddd", lw=0.6)
    if len(traces.times) > 1:
        panel.set_xlim(traces.times[0], traces.times[-1])
    panel.spines[["top", "right"]].set_visible(False)
    if signal.sided:
        panel.legend(
            loc="lower right",
            bbox_to_anchor=(1, 1),
            ncols=2,
            fontsize=8,
            frameon=False,
            borderaxespad=0.1,
        )
    if all(isnan(value) for name in names for value in traces.of(name)):
        panel.text(0.5, 0.5, "not measured", transform=panel.transAxes, ha="center", va="center")


def _draw_levels(panel: Axes, names: Sequence[str], levels: Sequence[Level]) -> None:
    """Dashed lines with their names at the right edge; for far ones an arrow to them."""
    wanted: dict[float, list[str]] = {}
    for level in levels:
        if set(level.full_names) & set(names):
            labels = wanted.setdefault(level.value, [])
            labels += [level.label] if level.label not in labels else []
    low, high = panel.get_ylim()
    room = _FAR * (high - low)
    near = [value for value in wanted if low - room <= value <= high + room]
    for value in near:
        panel.axhline(value, color=_LEVEL, ls=(0, (2, 2)), lw=0.9)
    low, high = panel.get_ylim()
    panel.set_ylim(low, high)
    values = sorted(wanted)
    places = _apart([(min(max(value, low), high) - low) / (high - low) for value in values])
    for value, place in zip(values, places, strict=True):
        text = f"{', '.join(wanted[value])} {value:g}"
        if value not in near:
            text += " \N{UPWARDS ARROW}" if value > high else " \N{DOWNWARDS ARROW}"
        panel.annotate(
            text,
            (1.0, place),
            (4, 0),
            xycoords="axes fraction",
            textcoords="offset points",
            fontsize=8,
            color=_LEVEL,
            va="center",
        )


def _apart(places: list[float]) -> list[float]:
    """Places in a panel's height, ascending, moved apart so that words at them do not overlap."""
    for i in range(1, len(places)):
        places[i] = max(places[i], places[i - 1] + _LINE)
    ceiling = 1.0 + _LINE / 2
    for i in reversed(range(len(places))):
        places[i] = min(places[i], ceiling)
        ceiling = places[i] - _LINE
    return places
