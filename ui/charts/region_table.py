"""The table of regions, sortable, as HTML: figures that fit, with all digits at the pointer.

Not Streamlit's own table, which draws cells on a canvas: that took a fifth of all the time between
a key on a slider and the new picture, and no screen reader reads it as a table.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from equity_core.outcome.outcome import Comparison
from equity_core.text.numbers import MINUS, NO_CHANGE, NOT_KNOWN, number, unit_text
from equity_core.text.plan_names import baseline_name
from equity_core.text.quantities import Quantity, quantities
from equity_core.text.shares import FROM_LITTLE, share_told

PARTS = {"before": "Baseline", "after": "Plan", "change_pct": "Change, %"}
UNCHANGED = {NO_CHANGE: "0"}
STEPS = ((1e9, "billion "), (1e6, "million "), (1e3, "thousand "), (1.0, ""))


@dataclass(frozen=True)
class Measured:
    """A quantity as the table writes it: in steps of `step`, which `unit` names."""

    quantity: Quantity
    step: float
    unit: str


def measured(comparison: Comparison, quantity: Quantity) -> Measured:
    """In the largest step that the largest region fills."""
    parts = (comparison.by_column[f"{quantity.column}_{part}"] for part in ("before", "after"))
    largest = max(float(np.abs(np.nan_to_num(part)).max()) for part in parts)
    step, word = next((it for it in STEPS if largest >= it[0]), STEPS[-1])
    return Measured(quantity, step, f"{word}{unit_text(quantity.unit)}")


def table_html(comparison: Comparison) -> str:
    """One row a region, in the order of the data set; three columns a quantity.

    Rounded to what the eye compares, so that it fits; all digits stand at the pointer.
    """
    shown = [measured(comparison, item) for item in quantities(comparison.after.footprints)]
    return (
        '<div class="ee-table-root ee-sortable" tabindex="0" role="region" '
        'aria-label="All regions"><table class="ee-table" data-table="regions">'
        '<caption class="ee-hidden">Energy, cost and footprints of every region under the '
        f"baseline, {escape(baseline_name(comparison))}, and this plan</caption>"
        f"<thead>{_groups(shown)}{_headings(len(shown))}</thead>"
        f"<tbody>{''.join(_rows(comparison, shown))}</tbody></table></div>"
    )


def _groups(shown: Sequence[Measured]) -> str:
    titles = "".join(
        f'<th colspan="{len(PARTS)}" scope="colgroup">'
        f"{escape(item.quantity.label)}, {escape(item.unit)}</th>"
        for item in shown
    )
    return f"<tr><td></td>{titles}<td></td></tr>"


def _headings(count: int) -> str:
    names = ["Region", *list(PARTS.values()) * count, "Worse off"]
    return f"<tr>{''.join(map(_heading, range(len(names)), names))}</tr>"


def _heading(column: int, name: str) -> str:
    return (
        f'<th scope="col" data-column="{column}"><button type="button">{escape(name)}</button></th>'
    )


def _rows(comparison: Comparison, shown: Sequence[Measured]) -> Iterator[str]:
    columns = [list(_cells(comparison, item, part)) for item in shown for part in PARTS]
    for row, site in enumerate(comparison.sites):
        cells = "".join(column[row] for column in columns)
        more = _carries_more(comparison, site)
        name = escape(comparison.after.site_names[site])
        yield f'<tr><th scope="row">{name}</th>{cells}<td>{more}</td></tr>'


def _cells(comparison: Comparison, item: Measured, part: str) -> Iterator[str]:
    """A column of the table."""
    if part == "change_pct":
        yield from _changes(comparison, item.quantity)
        return
    values = comparison.by_column[f"{item.quantity.column}_{part}"].tolist()
    for site, value in zip(comparison.sites, values, strict=True):
        missing = _missing(comparison, site)
        text = number(value / item.step) if math.isfinite(value) else missing
        yield _cell(value, text, full(value, missing), item.quantity)


def _changes(comparison: Comparison, quantity: Quantity) -> Iterator[str]:
    """Changes in percent, with the amount at the pointer; none in percent of next to nothing."""
    moved, percents = (
        comparison.by_column[f"{quantity.column}_{part}"].tolist()
        for part in ("change", "change_pct")
    )
    for row, site in enumerate(comparison.sites):
        missing, percent = _missing(comparison, site), percents[row]
        text = share_told(comparison, quantity.column, row).removesuffix("%") or FROM_LITTLE
        if comparison.is_added(site) or not math.isfinite(percent):
            text = missing
        yield _cell(percent, UNCHANGED.get(text, text), full(moved[row], missing), quantity)


def _missing(comparison: Comparison, site: str) -> str:
    return "new" if comparison.is_added(site) else NOT_KNOWN


def _cell(value: float, text: str, whole: str, quantity: Quantity) -> str:
    """A figure, what it sorts by, and all its digits."""
    title = escape(f"{whole} {unit_text(quantity.unit)}")
    return f'<td data-value="{value:.9g}" title="{title}">{text}</td>'


def _carries_more(comparison: Comparison, site: str) -> str:
    if site not in comparison.regions:
        return "new site"
    return "yes" if site in comparison.worse_sites else "no"


def full(value: float, missing: str) -> str:
    """To a thousandth: 1,720.612; −0.5; `missing` where there is nothing to compare with."""
    if not math.isfinite(value):
        return missing
    text = f"{abs(value):,.3f}"
    return f"{MINUS}{text}" if value < 0 and text != "0.000" else text
