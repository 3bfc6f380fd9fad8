"""The table of regions: every figure in full, sortable, as HTML.

Not Streamlit's own table, which draws cells on a canvas: that took a fifth of all the time between
a key on a slider and the new picture, and no screen reader reads it as a table.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

from equity_core.outcome.outcome import Comparison
from equity_core.text.numbers import MINUS, NOT_KNOWN, unit_text
from equity_core.text.plan_names import baseline_name
from equity_core.text.quantities import quantities

PARTS = {"before": "Baseline", "after": "This plan", "change": "Change", "change_pct": "Change, %"}


def table_html(comparison: Comparison) -> str:
    """One row a region, in the order of the data set; four columns a quantity."""
    return (
        '<div class="ee-table-root ee-sortable" tabindex="0" role="region" '
        'aria-label="All regions"><table class="ee-table" data-table="regions">'
        '<caption class="ee-hidden">Energy, cost and footprints of every region under the '
        f"baseline, {escape(baseline_name(comparison))}, and this plan</caption>"
        f"<thead>{_groups(comparison)}{_headings(comparison)}</thead>"
        f"<tbody>{''.join(_rows(comparison))}</tbody></table></div>"
    )


def _groups(comparison: Comparison) -> str:
    titles = "".join(
        f'<th colspan="{len(PARTS)}" scope="colgroup">'
        f"{escape(quantity.label)}, {escape(unit_text(quantity.unit))}</th>"
        for quantity in quantities(comparison.after.footprints)
    )
    return f"<tr><td></td>{titles}<td></td></tr>"


def _headings(comparison: Comparison) -> str:
    count = len(quantities(comparison.after.footprints))
    names = ["Region", *list(PARTS.values()) * count, "Worse off"]
    return f"<tr>{''.join(map(_heading, range(len(names)), names))}</tr>"


def _heading(column: int, name: str) -> str:
    return (
        f'<th scope="col" data-column="{column}"><button type="button">{escape(name)}</button></th>'
    )


def _rows(comparison: Comparison) -> Iterator[str]:
    columns = [
        comparison.by_column[f"{quantity.column}_{part}"].tolist()
        for quantity in quantities(comparison.after.footprints)
        for part in PARTS
    ]
    for row, site in enumerate(comparison.sites):
        missing = "new" if comparison.is_added(site) else NOT_KNOWN
        cells = "".join(_cell(column[row], missing) for column in columns)
        more = _carries_more(comparison, site)
        name = escape(comparison.after.site_names[site])
        yield f'<tr><th scope="row">{name}</th>{cells}<td>{more}</td></tr>'


def _carries_more(comparison: Comparison, site: str) -> str:
    if site not in comparison.regions:
        return "new site"
    return "yes" if site in comparison.worse_sites else "no"


def _cell(value: float, missing: str) -> str:
    return f'<td data-value="{value:.9g}">{full(value, missing)}</td>'


def full(value: float, missing: str) -> str:
    """To a thousandth: 1,720.612; −0.5; `missing` where there is nothing to compare with."""
    if not math.isfinite(value):
        return missing
    text = f"{abs(value):,.3f}"
    return f"{MINUS}{text}" if value < 0 and text != "0.000" else text
