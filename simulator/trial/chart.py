"""Charts as SVG that stands in a page: shares along a row of grades, and ranges of time on a logarithmic axis."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

COLOURS = ("#0b5fff", "#d1495b", "#2a9d55", "#e08e00", "#7b4fd0", "#0097a7", "#8d6e63", "#7f8c2a")
_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 340, 200, 34, 26, 10, 30
_RANGE_LEFT, _ROW, _TICKS = 190, 20, 26


class Mark(NamedTuple):
    """A share of 1 at one grade, with the bounds of its interval; they are drawn where they are wider than it."""

    grade: int
    share: float
    low: float
    high: float


class Line(NamedTuple):
    """One reader's marks; `colour` counts through `COLOURS`."""

    name: str
    colour: int
    marks: Sequence[Mark]


class Span(NamedTuple):
    """A row of the range chart: the middle, and further quantiles up to the longest, in ms."""

    name: str
    colour: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    max_ms: float


def line_chart(title: str, grades: Sequence[str], lines: Sequence[Line]) -> str:
    """Shares from 0 to 100 % over the grades, which stand at equal distances."""
    body = [_grid(), *(_grade(number, len(grades), grade) for number, grade in enumerate(grades))]
    body += [_line(line, len(grades)) for line in lines]
    heading = f'<text class="title" x="{_LEFT}" y="14">{escape(title)}</text>'
    return _svg(_WIDTH, _HEIGHT, title, heading + "".join(body))


def range_chart(title: str, spans: Sequence[Span]) -> str:
    """From p50 to p95 a broad bar, to p99 a narrow one, to the longest a hair line."""
    height = _TOP + _ROW * len(spans) + _TICKS
    low = math.floor(_power(min((span.p50_ms for span in spans), default=1.0)))
    high = max(math.ceil(_power(max((span.max_ms for span in spans), default=1.0))), low + 1)
    ticks = "".join(_tick(power, (power - low) / (high - low), height) for power in range(low, high + 1))
    rows = "".join(_span(span, _TOP + _ROW * row, low, high) for row, span in enumerate(spans))
    heading = f'<text class="title" x="0" y="14">{escape(title)}</text>'
    return _svg(2 * _WIDTH, height, title, heading + ticks + rows)


def legend(names: Sequence[str]) -> str:
    """Which colour is whose, for lines that count their colours in this order."""
    keys = (f'<span><i style="background:{_colour(number)}"></i>{escape(name)}</span>'
            for number, name in enumerate(names))  # fmt: skip
    return f'<p class="legend">{"".join(keys)}</p>'


def _svg(width: int, height: int, title: str, body: str) -> str:
    label = f'class="chart" role="img" aria-label="{escape(title, quote=True)}"'
    return f'<svg {label} viewBox="0 0 {width} {height}" width="{width}">{body}</svg>'


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


def _x(grade: int, grades: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (grade + 0.5) / grades


def _y(share: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - share)


def _grid() -> str:
    return "".join(
        f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{_y(share):.1f}" y2="{_y(share):.1f}"/>'
        f'<text class="tick" x="{_LEFT - 4}" y="{_y(share) + 3:.1f}" text-anchor="end">{100 * share:.0f}</text>'
        for share in (0.0, 0.25, 0.5, 0.75, 1.0)
    )


def _grade(number: int, grades: int, grade: str) -> str:
    """Words stand below each other, for there is little room aside."""
    x, y = _x(number, grades), _HEIGHT - _BOTTOM + 12
    return "".join(
        f'<text class="tick" x="{x:.1f}" y="{y + 11 * row}" text-anchor="middle">{escape(word)}</text>'
        for row, word in enumerate(grade.split())
    )


def _line(line: Line, grades: int) -> str:
    """Lines stand a little apart, so that intervals do not hide each other."""
    aside = 2.0 * (line.colour % len(COLOURS) - 3)
    places = [(_x(mark.grade, grades) + aside, _y(mark.share)) for mark in line.marks]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    bars = "".join(
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_y(mark.high):.1f}" y2="{_y(mark.low):.1f}" opacity=".35"/>'
        for (x, _), mark in zip(places, line.marks, strict=True)
    )
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2"/>' for x, y in places)
    colour = _colour(line.colour)
    return (
        f'<g stroke="{colour}" fill="{colour}"><title>{escape(line.name)}</title>'
        f'<polyline points="{path}" fill="none" stroke-width="1.6"/>{bars}{dots}</g>'
    )


def _power(ms: float) -> float:
    """Of ten; a microsecond is the least."""
    return math.log10(max(ms, 1e-3))


def _tick(power: int, part: float, height: int) -> str:
    x = _RANGE_LEFT + part * (2 * _WIDTH - _RANGE_LEFT - 20)
    return (
        f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{height - _TICKS}"/>'
        f'<text class="tick" x="{x:.1f}" y="{height - 10}" text-anchor="middle">{10.0**power:g} ms</text>'
    )


def _span(span: Span, y: float, low: int, high: int) -> str:
    def x(ms: float) -> float:
        part = (_power(ms) - low) / (high - low)
        return _RANGE_LEFT + max(0.0, part) * (2 * _WIDTH - _RANGE_LEFT - 20)

    def bar(to_ms: float, thick: float) -> str:
        width = max(x(to_ms) - x(span.p50_ms), 1.5)
        return f'<rect x="{x(span.p50_ms):.1f}" y="{y + _ROW / 2 - thick / 2}" width="{width:.1f}" height="{thick}"/>'

    bars = bar(span.p95_ms, 9) + bar(span.p99_ms, 4) + bar(span.max_ms, 1)
    label = (
        f'<text class="tick" x="{_RANGE_LEFT - 6}" y="{y + _ROW / 2 + 3}" text-anchor="end">{escape(span.name)}</text>'
    )
    return f'{label}<g fill="{_colour(span.colour)}">{bars}</g>'
