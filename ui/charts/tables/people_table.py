"""The table of people: households, shares and burdens per household, as HTML."""

from __future__ import annotations

import math
from html import escape

from equity_core.export.people import HOUSEHOLDS, people_columns, people_table
from equity_core.export.tables import Column
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison
from equity_core.text.numbers import NOT_KNOWN, number
from ui.charts.region_table import full


def people_html(comparison: Comparison, dataset: Dataset) -> str:
    """One row a region, in the order of the data set, with the figures of people.csv."""
    columns = people_columns(comparison, dataset)
    head = "".join(f'<th scope="col">{escape(column.title)}</th>' for column in columns)
    rows = people_table(comparison, dataset)
    body = "".join(
        f'<tr><th scope="row">{escape(comparison.after.site_names[str(site)])}</th>'
        f"{''.join(map(_cell, row, columns))}</tr>"
        for site, row in zip(rows.index, rows.to_numpy(), strict=True)
    )
    return (
        '<div class="ee-scrolled" tabindex="0" role="region" aria-label="People">'
        '<table class="ee-table ee-people"><caption class="ee-hidden">Households, shares of load '
        "and burden, and burden per household of every region</caption>"
        f'<thead><tr><th scope="col">Region</th>{head}</tr></thead><tbody>{body}</tbody></table>'
        "</div>"
    )


def _cell(value: float, column: Column) -> str:
    """Three digits, households to the last one; all digits at the pointer."""
    people = column.name == HOUSEHOLDS and math.isfinite(value)
    shown = f"{value:,.0f}" if people else number(value)
    return f'<td title="{full(value, NOT_KNOWN)}">{shown}</td>'
