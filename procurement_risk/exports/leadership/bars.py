"""The bars of the leadership page as SVG, which both its forms draw.

They print in black and white: the upper bar is hollow, the lower one filled, and what may still
move is dashed or striped. No text stands in the picture: the figures are beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from procurement_risk.report.page import Bar, Extent

WIDTH, HEIGHT = 240, 18
INK, LINE, TRACK = "#1a1a1a", "#8a9199", "#f0f2f4"
FILLS = ("#8fbfe8", "#b58300", "#a83200", "#4a1040")  # each darker than the one before
STRIPE = 4


def svg(bar: Bar) -> str:
    """Return the picture as one SVG element, without a text of its own."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">',
        f'<rect x="0" y="0" width="{WIDTH}" height="{HEIGHT}" fill="{TRACK}"/>',
        *(_cut(cut) for cut in bar.cuts),
    ]
    if bar.outlined is not None:
        parts += _outlined(bar.outlined, 2, 5)
        parts += _filled(bar.filled, 9, 7, _fill(bar.shade))
    else:
        parts += _filled(bar.filled, 4, 10, _fill(bar.shade))
    return "".join([*parts, "</svg>"])


def _fill(shade: Fraction) -> str:
    return FILLS[round(shade * (len(FILLS) - 1))]


def _x(share: Fraction) -> float:
    return round(WIDTH * float(min(max(share, Fraction(0)), Fraction(100))) / 100, 2)


def _cut(share: Fraction) -> str:
    x = _x(share)
    return (
        f'<line x1="{x}" y1="0" x2="{x}" y2="{HEIGHT}" stroke="{LINE}" stroke-width="0.8" '
        'stroke-dasharray="1.5 1.5"/>'
    )


def _outlined(extent: Extent, y: float, height: float) -> Iterator[str]:
    low, high = _x(extent.low), _x(extent.high)
    shape = f'y="{y}" height="{height}" fill="#ffffff" stroke="{INK}" stroke-width="0.9"'
    if high > low:
        yield f'<rect x="{low}" width="{high - low:.2f}" {shape} stroke-dasharray="3 2"/>'
    yield f'<rect x="0" width="{max(low, 1)}" {shape}/>'


def _filled(extent: Extent, y: float, height: float, fill: str) -> Iterator[str]:
    low, high = _x(extent.low), _x(extent.high)
    edge = f'stroke="{INK}" stroke-width="0.9"'
    if high > low:
        width = f"{high - low:.2f}"
        yield f'<rect x="{low}" y="{y}" width="{width}" height="{height}" fill="#fff" {edge}/>'
        yield from _stripes(low, high, y, height)
    yield f'<rect x="0" y="{y}" width="{max(low, 1)}" height="{height}" fill="{fill}" {edge}/>'


def _stripes(low: float, high: float, y: float, height: float) -> Iterator[str]:
    """Yield slanted lines from ``low`` to ``high``; a pattern would not be drawn everywhere."""
    at = low
    while at < high:
        right = min(at + height, high)
        top = y + height - (right - at)
        yield (
            f'<line x1="{at:.2f}" y1="{y + height}" x2="{right:.2f}" y2="{top:.2f}" '
            f'stroke="{INK}" stroke-width="0.8"/>'
        )
        at += STRIPE
