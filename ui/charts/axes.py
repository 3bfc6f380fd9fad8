"""Axes of the page's plots: round ticks, and the grid that they draw as HTML. No streamlit."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Axis:
    """Round ticks, the first and the last of which are the ends."""

    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        """Where `value` lies between the ends, in %."""
        return 100 * (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])


def round_axis(values: Sequence[float], most: int, least: float) -> Axis:
    """Holds all of `values`, is at least `least` long and has about `most` ticks at most."""
    low, high = min(values), max(values)
    width = max(high - low, least)
    size = 10.0 ** math.floor(math.log10(width / most))
    step = next(size * factor for factor in (1, 2, 5, 10) if width <= most * size * factor)
    first = math.floor(low / step + 1e-9)
    last = math.ceil(max(high, low + width) / step - 1e-9)
    return Axis(tuple(float(step * k) for k in range(first, max(last, first + 1) + 1)))


def grid_html(
    across: Axis, up: Axis, across_text: Callable[[float], str], up_text: Callable[[float], str]
) -> str:
    """A line and its text for each tick; the lines at zero are marked."""
    upright = "".join(
        f'<span class="ee-grid-x{_zero(tick)}" style="left:{across.place(tick):.2f}%">'
        f"<b>{escape(across_text(tick))}</b></span>"
        for tick in across.ticks
    )
    level = "".join(
        f'<span class="ee-grid-y{_zero(tick)}" style="bottom:{up.place(tick):.2f}%">'
        f"<b>{escape(up_text(tick))}</b></span>"
        for tick in up.ticks
    )
    return upright + level


def _zero(tick: float) -> str:
    return " ee-zero" if tick == 0 else ""
