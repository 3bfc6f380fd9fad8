"""The regions beside the map: bars of all or of each household, or lines from before to after."""

from __future__ import annotations

import streamlit as st

from equity_core.export.people import HOUSEHOLDS, knows_people
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison
from equity_core.text.narrative import bars_summary
from equity_core.text.plan_names import baseline_name
from equity_core.text.quantities import Quantity, find_quantity
from ui.charts import bars
from ui.charts.before_after import slopes_figure
from ui.maps.view import BARS
from ui.panels.pointer import of_plan, plot
from ui.panels.regions.maps import switch
from ui.session import state
from ui.theme import Look


def bars_panel(comparison: Comparison, dataset: Dataset, look: Look) -> None:
    """Before and after by region, in the way that the reader has chosen."""
    quantity = find_quantity(comparison.after.footprints, state.view().quantity)
    offered = {name: label for name, label in BARS.items() if _suits(name, dataset)}
    with st.container(key="bars", gap="small"):
        if state.view().bars == "slopes":
            _slopes(comparison, quantity, look)
        else:
            st.html(_bars_html(comparison, quantity, dataset))
        switch("How the regions stand", offered, "bars")


def _suits(name: str, dataset: Dataset) -> bool:
    return name != "household" or knows_people(dataset)


def _bars_html(comparison: Comparison, quantity: Quantity, dataset: Dataset) -> str:
    rows, told, shown = _rows(comparison, quantity, dataset)
    baseline = baseline_name(comparison).removeprefix("the ")
    summary = bars_summary(comparison, quantity.column)
    return bars.bars_html(bars.ordered(rows, told), shown, baseline, summary, told)


def _rows(
    comparison: Comparison, quantity: Quantity, dataset: Dataset
) -> tuple[tuple[bars.Bar, ...], bars.Told, Quantity]:
    """The bars, what stands beside them, and the quantity that both are of."""
    rows, changes = bars.bars(comparison, quantity), state.view().mode == "change"
    if state.view().bars != "household" or not knows_people(dataset):
        return rows, bars.CHANGES if changes else bars.shares(rows), quantity
    households = {str(site): float(many) for site, many in dataset.sites[HOUSEHOLDS].items()}
    each = bars.per_household(rows, households)
    served = [row for row in rows if households.get(row.site, 0.0) > 0]
    mean = sum(row.after for row in served) / sum(households[row.site] for row in served)
    told = bars.CHANGES if changes else bars.times_the_mean(mean)
    return each, told, bars.of_each_household(quantity)


def _slopes(comparison: Comparison, quantity: Quantity, look: Look) -> None:
    rows, baseline = bars.bars(comparison, quantity), baseline_name(comparison)
    drawn = slopes_figure(rows, quantity, baseline.removeprefix("the "), look)
    told = of_plan(f"{quantity.noun} by region", comparison)
    plot(drawn, "slopes_plot", "before-after", bars_summary(comparison, quantity.column), told)
