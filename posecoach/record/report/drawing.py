"""Charts as SVG within HTML, whose letters keep their size at any width.

Across, everything is in percent; curves are in a picture of their own, which is stretched.
So no script is needed to lay a chart out. What a script needs to tell values is beside it, as
JSON.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from math import floor, isfinite
from typing import Any

from markupsafe import Markup

from posecoach.record.report.chart import Chart, Flag, Line, Norm, Span
from posecoach.record.report.scales import (
    HALF_DAY,
    TICKS_UP,
    dates_in,
    decimals_of,
    nice,
    scale_of,
)
from posecoach.record.report.words import clock, number

_TOP, _BOTTOM = 20, 24
_ACROSS = 1000.0
# More points than a wide screen has columns would not be seen.
_MOST_POINTS = 1200
_TICKS_ACROSS = 6
_MOST_LABELS = 14
_HUGE = 1e5


class Drawing:
    """A chart, measured out.

    Args:
        chart: What to draw.
    """

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.lines = [_thinned(line) for line in chart.lines]
        xs = [x for line in self.lines for x in line.x]
        xs += [edge for span in chart.spans for edge in (span.start, span.end)]
        begin = min(xs, default=0.0) if chart.begin is None else chart.begin
        end = max(xs, default=1.0) if chart.end is None else chart.end
        if chart.kind == "date":
            begin, end = begin - HALF_DAY, end + HALF_DAY
        self.begin, self.end = begin, end if end > begin else begin + 1.0
        self.low, self.high, self.step = scale_of(self._values(), chart.zero)

    def _values(self) -> list[float]:
        found = [v for line in self.lines for vs in (line.y, line.low, line.high) for v in vs]
        found += [edge for norm in self.chart.norms for edge in (norm.low, norm.high)]
        return [value for value in found if isfinite(value)]

    def _x(self, value: float) -> float:
        return (value - self.begin) / (self.end - self.begin)

    def _y(self, value: float) -> float:
        inner = self.chart.height - _TOP - _BOTTOM
        return _TOP + inner * (self.high - value) / (self.high - self.low)

    def _percent(self, value: float) -> str:
        return f"{100 * min(max(self._x(value), 0.0), 1.0):.2f}%"

    # -- the picture ------------------------------------------------------------------

    def markup(self) -> Markup:
        """The two pictures: the scale, and the rest."""
        height = self.chart.height
        ticks = self._ticks_up()
        scale = Markup("").join(
            Markup('<text x="100%" dx="-6" y="{}" dy="4">{}</text>').format(
                f"{self._y(v):.1f}", text
            )
            for v, text in ticks
        )
        parts: list[Markup] = [self._norm(norm) for norm in self.chart.norms]
        parts += [self._span(n, span) for n, span in enumerate(self.chart.spans)]
        parts += [
            Markup('<line class="grid" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(
                f"{self._y(v):.1f}"
            )
            for v, _ in ticks
        ]
        parts += self._ticks_across()
        parts.append(self._curves())
        parts += [self._dots(line) for line in self.lines if line.look in ("dots", "best")]
        parts += [self._flag(flag) for flag in self.chart.flags]
        parts.append(
            Markup('<line class="now" x1="0" x2="0" y1="{}" y2="{}"/>').format(
                _TOP, height - _BOTTOM
            )
        )
        return Markup(
            '<svg class="scale" height="{0}" aria-hidden="true">{1}</svg>'
            '<svg class="area" height="{0}" role="img" aria-label="{2}">{3}</svg>'
        ).format(height, scale, self.chart.about, Markup("").join(parts))

    def _norm(self, norm: Norm) -> Markup:
        top, bottom = self._y(norm.high), self._y(norm.low)
        if norm.level:
            level = Markup('<line class="level" x1="0" x2="100%" y1="{0}" y2="{0}"/>')
            return level.format(f"{top:.1f}")
        return Markup('<rect class="norm" x="0" width="100%" y="{}" height="{}"/>').format(
            f"{top:.1f}", f"{max(1.5, bottom - top):.1f}"
        )

    def _span(self, index: int, span: Span) -> Markup:
        left, right = self._x(span.start), self._x(span.end)
        height = self.chart.height - _TOP - _BOTTOM
        label = span.label if self._labelled(index) else ""
        return Markup(
            '<g class="span {0}"><rect x="{1}" y="{2}" width="{3}" height="{4}"/>'
            '<rect class="foot" x="{1}" y="{5}" width="{3}" height="4"/>'
            '<text x="{6}" y="{7}">{8}</text></g>'
        ).format(
            span.mark,
            self._percent(span.start),
            _TOP,
            f"{100 * max(min(right, 1.0) - max(left, 0.0), 0.0):.2f}%",
            height,
            _TOP + height - 4,
            self._percent((span.start + span.end) / 2),
            _TOP - 6,
            label,
        )

    def _labelled(self, index: int) -> bool:
        """Whether a span has its label: with many, each fifth or tenth ... has."""
        many = len(self.chart.spans)
        step = 1
        while many / step > _MOST_LABELS:
            step = 5 if step == 1 else step * 2
        return step == 1 or (index + 1) % step == 0

    def _ticks_up(self) -> list[tuple[float, str]]:
        first = -floor(-self.low / self.step + 1e-9) * self.step
        values = [first + i * self.step for i in range(TICKS_UP * 3)]
        inside = [v for v in values if v <= self.high + 1e-9 * self.step]
        decimals = decimals_of(self.step)
        return [
            (v, number(v) if abs(v) >= _HUGE else f"{round(v, decimals) + 0.0:.{decimals}f}")
            for v in inside
        ]

    def _ticks_across(self) -> list[Markup]:
        ticks = dates_in(self.begin, self.end) if self.chart.kind == "date" else self._numbers()
        y = self.chart.height - _BOTTOM
        return [
            Markup(
                '<line class="tick" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>'
                '<text class="across {5}" x="{0}" y="{3}">{4}</text>'
            ).format(self._percent(v), y, y + 4, y + 17, text, self._edge(v))
            for v, text in ticks
        ]

    def _edge(self, value: float) -> str:
        """How a label near an edge is anchored, so that it is not cut."""
        return "first" if self._x(value) < 0.04 else "last" if self._x(value) > 0.93 else ""

    def _numbers(self) -> list[tuple[float, str]]:
        step = nice((self.end - self.begin) / _TICKS_ACROSS, self.chart.kind)
        first = -floor(-self.begin / step + 1e-9) * step
        values = [first + i * step for i in range(_TICKS_ACROSS * 3)]
        return [(v, self._across(v)) for v in values if v <= self.end + 1e-9 * step]

    def _across(self, value: float) -> str:
        if self.chart.kind == "time" and self.end > 120:
            return clock(value)
        return number(round(value, 2)) if value != round(value) else str(round(value))

    def _curves(self) -> Markup:
        parts: list[Markup] = []
        for line in self.lines:
            if line.low:
                parts.append(
                    Markup('<path class="area c{}" d="{}"/>').format(
                        line.colour, self._band(line.x, line.low, line.high)
                    )
                )
        for line in self.lines:
            if line.look == "bars":
                parts += self._bars(line)
            elif line.look != "best":
                parts.append(
                    Markup('<path class="line c{}" d="{}"/>').format(
                        line.colour, self._path(line.x, line.y)
                    )
                )
        height = self.chart.height
        return Markup(
            '<svg width="100%" height="{0}" viewBox="0 0 {1} {0}" preserveAspectRatio="none">'
            "{2}</svg>"
        ).format(height, f"{_ACROSS:g}", Markup("").join(parts))

    def _path(self, xs: Sequence[float], ys: Sequence[float]) -> str:
        parts, drawing = [], False
        for x, y in zip(xs, ys, strict=False):
            if isfinite(y):
                parts.append(
                    f"{'L' if drawing else 'M'}{self._x(x) * _ACROSS:.1f} {self._y(y):.1f}"
                )
            drawing = isfinite(y)
        return "".join(parts)

    def _band(self, xs: Sequence[float], low: Sequence[float], high: Sequence[float]) -> str:
        whole = [
            (x, a, b) for x, a, b in zip(xs, low, high, strict=False) if isfinite(a) and isfinite(b)
        ]
        there = self._path([x for x, _, _ in whole], [b for _, _, b in whole])
        back = self._path([x for x, _, _ in whole[::-1]], [a for _, a, _ in whole[::-1]])
        return f"{there}{back.replace('M', 'L', 1)}Z" if whole else ""

    def _bars(self, line: Line) -> list[Markup]:
        width = max(2.0, 0.7 * _ACROSS / (self.end - self.begin))
        width = min(width, _ACROSS / 20)
        zero = self._y(max(self.low, 0.0))
        return [
            Markup('<rect class="bar c{}" x="{}" y="{}" width="{}" height="{}"/>').format(
                line.colour,
                f"{self._x(x) * _ACROSS - width / 2:.1f}",
                f"{self._y(y):.1f}",
                f"{width:.1f}",
                f"{max(0.0, zero - self._y(y)):.1f}",
            )
            for x, y in zip(line.x, line.y, strict=True)
            if isfinite(y)
        ]

    def _dots(self, line: Line) -> Markup:
        radius = 3.5 if len(line.x) < 80 else 2
        template = (
            Markup('<circle class="dot c{}" cx="{}" cy="{}" r="{}"/>')
            if line.look == "dots"
            else Markup('<circle class="ring c{}" cx="{}" cy="{}" r="{}"/>')
        )
        return Markup("").join(
            template.format(line.colour, self._percent(x), f"{self._y(y):.1f}", radius)
            for x, y in zip(line.x, line.y, strict=True)
            if isfinite(y)
        )

    def _flag(self, flag: Flag) -> Markup:
        return Markup('<text class="flag" x="{}" y="{}">▼</text>').format(
            self._percent(flag.at), _TOP + 10
        )

    # -- what is told -----------------------------------------------------------------

    def data(self) -> Markup:
        """What a script tells values from, as JSON that is safe within HTML."""
        chart = self.chart
        values: dict[str, Any] = {
            "kind": chart.kind,
            "from": round(self.begin, 4),
            "to": round(self.end, 4),
            "lines": [
                {
                    "name": line.name,
                    "unit": line.unit,
                    "x": [round(x, 3) for x in line.x],
                    "y": [round(y, line.decimals) if isfinite(y) else None for y in line.y],
                }
                for line in self.lines
            ],
            "spans": [[round(s.start, 3), round(s.end, 3), s.text] for s in chart.spans],
            "flags": [[round(f.at, 3), f.text] for f in chart.flags],
        }
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        # Within a script element only "</" and "<!--" would end it or change how it is read.
        return Markup(text.replace("<", "\\u003c"))


def _thinned(line: Line) -> Line:
    """The same curve with the least and the greatest of each few values."""
    count = min(len(line.x), len(line.y))
    if count <= _MOST_POINTS or line.look != "curve" or line.low:
        return line
    step = -(-2 * count // _MOST_POINTS)
    kept: list[int] = []
    for start in range(0, count, step):
        some = range(start, min(start + step, count))
        seen = [i for i in some if isfinite(line.y[i])]
        if not seen:
            kept.append(start)
            continue
        kept += sorted({min(seen, key=lambda i: line.y[i]), max(seen, key=lambda i: line.y[i])})
    return replace(line, x=[line.x[i] for i in kept], y=[line.y[i] for i in kept])
