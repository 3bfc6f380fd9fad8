"""The legend of a map as HTML. No streamlit."""

from __future__ import annotations

from html import escape

from equity_core.figures.colours import Scale
from equity_core.text.numbers import number, signed, unit_text
from equity_core.text.quantities import Quantity


def legend_html(scale: Scale, quantity: Quantity, mode: str, baseline: str = "") -> str:
    """The colour scale with its ticks and unit, as HTML; a change is named by its `baseline`."""
    stops = ",".join(f"rgb({r},{g},{b})" for r, g, b in scale.ramp(13).tolist())
    ticks = "".join(f"<span>{_tick(tick, mode)}</span>" for tick in scale.ticks())
    title = f"{'Change in ' if mode == 'change' else ''}{quantity.noun}"
    title = title[0].upper() + title[1:]
    against = f", against {baseline}" if mode == "change" and baseline else ""
    return (
        f'<div class="ee-legend"><div class="ee-legend-title">{escape(title)}, '
        f"{escape(unit_text(quantity.unit) + against)}</div>"
        f'<div class="ee-ramp" style="background:linear-gradient(90deg,{stops})"></div>'
        f'<div class="ee-ticks">{ticks}</div></div>'
    )


def _tick(value: float, mode: str) -> str:
    text = signed(value) if mode == "change" else number(value)
    return escape(text)
