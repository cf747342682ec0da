"""Line plots as SVG text for a report: no script, no file beside it, the page's own colours. Pure.

A line of class `left` or `right` takes that side's colour; the band is grey.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH, _HEIGHT = 640, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 16, 16, 40
_TICKS = 5
_SMALLEST = 1e-9
"""What a logarithmic axis shows of less, zero included."""


@dataclass(frozen=True, slots=True)
class Line:
    """Points in order of x."""

    name: str
    look: str
    """"left", "right" or "band"; a band is filled down to the axis."""
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """What is drawn, and the words beside it."""

    title: str
    x_label: str
    y_label: str
    lines: tuple[Line, ...]
    logarithmic: bool = False


def svg(plot: Plot) -> str:
    """An <svg> element; its text alternative names the plot and the range of every line."""
    points = [(x, _scaled(y, plot)) for line in plot.lines for x, y in line.points if math.isfinite(y)]
    if not points:
        return ""
    x_low, x_high = _range([x for x, _ in points])
    y_low, y_high = _range([y for _, y in points] + ([] if plot.logarithmic else [0.0]))
    x_ticks = _nice_ticks(x_low, x_high)
    y_ticks = _decades(y_low, y_high) if plot.logarithmic else _nice_ticks(y_low, y_high)
    y_low, y_high = min(y_low, y_ticks[0]), max(y_high, y_ticks[-1])

    def place(x: float, y: float) -> tuple[float, float]:
        across = (x - x_low) / (x_high - x_low)
        up = (y - y_low) / (y_high - y_low)
        inner_width, inner_height = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
        return _LEFT + across * inner_width, _HEIGHT - _BOTTOM - up * inner_height

    parts = [
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        f'aria-label="{escape(_description(plot), quote=True)}">'
    ]
    bottom = _HEIGHT - _BOTTOM
    for tick in y_ticks:
        _, y = place(x_low, tick)
        words = _number(10**tick) if plot.logarithmic else _number(tick)
        parts.append(f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}"/>')
        parts.append(f'<text class="tick" x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{words}</text>')
    for tick in x_ticks:
        x, _ = place(tick, y_low)
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{_number(tick)}</text>'
        )
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    label = escape(plot.x_label)
    parts.append(f'<text class="axis" x="{middle}" y="{_HEIGHT - 6}" text-anchor="middle">{label}</text>')
    parts.append(
        f'<text class="axis" transform="translate(12 {(bottom + _TOP) / 2}) rotate(-90)" '
        f'text-anchor="middle">{escape(plot.y_label)}</text>'
    )
    for line in plot.lines:
        drawn = [place(x, _scaled(y, plot)) for x, y in line.points if math.isfinite(y)]
        if drawn:
            parts.append(_path(line, drawn, bottom))
    parts.append("</svg>")
    return "".join(parts)


def _path(line: Line, drawn: Sequence[tuple[float, float]], bottom: float) -> str:
    steps = " ".join(f"{x:.1f},{y:.1f}" for x, y in drawn)
    if line.look == "band":
        first, last = drawn[0][0], drawn[-1][0]
        return f'<polygon class="band" points="{first:.1f},{bottom} {steps} {last:.1f},{bottom}"/>'
    if len(drawn) == 1:
        x, y = drawn[0]
        return f'<circle class="{line.look}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'
    return f'<polyline class="{line.look}" points="{steps}"/>'


def _description(plot: Plot) -> str:
    ranges = []
    for line in plot.lines:
        values = [y for _, y in line.points if math.isfinite(y)]
        if values:
            ranges.append(f"{line.name}: {_number(min(values))} to {_number(max(values))}")
    return f"{plot.title}. {'; '.join(ranges)}."


def _scaled(value: float, plot: Plot) -> float:
    return math.log10(max(value, _SMALLEST)) if plot.logarithmic else value


def _range(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    return (low, high) if high > low else (low, low + max(1.0, abs(low)))


def _nice_ticks(low: float, high: float) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten, within [low, high] or one step around it."""
    rough = (high - low) / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = power * next(factor for factor in (1, 2, 5, 10) if factor * power >= rough)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [index * step for index in range(first, last + 1)] or [low, high]


def _decades(low: float, high: float) -> list[float]:
    first, last = math.floor(low), math.ceil(high)
    step = max(1, (last - first) // _TICKS)
    return [float(power) for power in range(first, last + 1, step)]


def _number(value: float) -> str:
    if value == 0:
        return "0"
    if not 1e-3 <= abs(value) < 1e6:
        mantissa, exponent = f"{value:.0e}".split("e")
        return f"{mantissa}e{int(exponent)}"
    return f"{value:.4g}"
