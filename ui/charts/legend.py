"""The legend of a map as HTML. No streamlit."""

from __future__ import annotations

from html import escape

from equity_core.figures.colours import NO_DATA, Scale
from equity_core.text.numbers import number, signed, unit_text
from equity_core.text.quantities import COST, ENERGY, Quantity


def legend_html(scale: Scale, quantity: Quantity, mode: str, baseline: str = "") -> str:
    """The colour scale with its ticks and unit, as HTML; a change is named by its `baseline`."""
    stops = ",".join(f"rgb({r},{g},{b})" for r, g, b in scale.ramp(13).tolist())
    ticks = "".join(f"<span>{_tick(tick, mode)}</span>" for tick in scale.ticks())
    title = f"{'Change in ' if mode == 'change' else ''}{quantity.noun}"
    title = title[0].upper() + title[1:]
    against = f", against {baseline}" if mode == "change" and baseline else ""
    ends = "".join(f"<span>{escape(end)}</span>" for end in _ends(quantity, mode))
    return (
        f'<div class="ee-legend"><div class="ee-legend-title">{escape(title)}, '
        f"{escape(unit_text(quantity.unit) + against)}"
        f'<span class="ee-no-data"><i></i>{NO_DATA}</span></div>'
        f'<div class="ee-ramp" style="background:linear-gradient(90deg,{stops})">{ends}</div>'
        f'<div class="ee-ticks">{ticks}</div></div>'
    )


def _ends(quantity: Quantity, mode: str) -> tuple[str, ...]:
    """What either colour of a change means, written on it."""
    if mode != "change":
        return ()
    verb = "" if quantity in {COST, ENERGY} else "carries "
    return f"{verb}less", f"{verb}more"


def _tick(value: float, mode: str) -> str:
    text = signed(value) if mode == "change" else number(value)
    return escape(text)
