"""When: at which hours load and burdens fall on regions, before and after; closed at first."""

from __future__ import annotations

from html import escape

import numpy as np
import pandas as pd
import streamlit as st

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.places import clocks
from equity_core.model.fleet import fleet_of
from equity_core.outcome.by_hour import LOAD, by_hour
from equity_core.outcome.outcome import Comparison
from equity_core.text.plan_names import baseline_name
from equity_core.text.quantities import Quantity, footprint_quantity
from ui import messages
from ui.charts import when
from ui.charts.when import Hours
from ui.jobs import cache, datasets
from ui.panels import pointer
from ui.panels.hourly.waiting import waiting_part
from ui.session import state
from ui.theme import look_of

WEEK = 168
LONGEST = 3 * WEEK
"""Hours that are drawn at a time: of a longer period a week."""


@st.fragment
def when_panel(comparison: Comparison) -> None:
    """A panel that is empty while it is closed. A fragment: what is chosen in it is its own."""
    panel = st.expander("When: hour by hour", key="when", on_change="rerun")
    if panel.open:
        with messages.edge(), cache.turnstile().turn(), panel:
            _drawn(comparison)


def _drawn(comparison: Comparison) -> None:
    scenario = comparison.after.scenario
    fleet = fleet_of(scenario, datasets.dataset(scenario.dataset))
    hours = _hours(comparison, fleet, _quantity(fleet))
    st.html(
        f'<p class="ee-text">{escape(when.words(hours))}</p><p class="ee-note">Means over the '
        f"period. {escape(clocks.clock_words(fleet))} Baseline: "
        f"{escape(baseline_name(comparison))}.</p>"
    )
    figure = when.heat_figure(hours, look_of(st.context.theme.type), pointer.narrow_screen())
    alt = f"{hours.quantity.label} by hour of day and region: baseline, this plan and change"
    told = pointer.of_plan(f"{hours.quantity.noun} by hour of day and region", comparison)
    pointer.plot(figure, "when_heat", "when-by-hour-of-day", f"{alt}. {when.words(hours)}", told)
    if st.toggle("The change as a table", key="when_table"):
        st.dataframe(when.table(hours), hide_index=True, alt=when.words(hours))
    waiting_part(comparison, fleet)
    _lines(comparison, fleet, hours)


def _quantity(fleet: Dataset) -> Quantity:
    offered = {LOAD: when.LOAD_QUANTITY}
    offered |= {item.column: footprint_quantity(item) for item in fleet.footprints}
    chosen: str = st.segmented_control(
        "Quantity by hour",
        list(offered),
        format_func=lambda column: offered[column].label,
        default=LOAD,
        required=True,
        key=f"when_quantity_{fleet.id}",
        label_visibility="collapsed",
    )
    return offered[chosen]


def _hours(comparison: Comparison, fleet: Dataset, quantity: Quantity) -> Hours:
    """Both plans, the sites in the plan's order."""
    before, after = comparison.before, comparison.after
    world = fleet_of(before.scenario, datasets.dataset(before.dataset_id))
    known = by_hour(before, world)[quantity.column]
    local = clocks.local_hours(fleet, after.hours)
    names = tuple(after.site_names[site] for site in comparison.sites)
    return Hours(
        quantity, names, _aligned(known, comparison), by_hour(after, fleet)[quantity.column], local
    )


def _aligned(known: Floats, comparison: Comparison) -> Floats:
    """[N, T] of the baseline at the plan's sites and hours; NaN where it lacks one."""
    before, after = comparison.before, comparison.after
    frame = pd.DataFrame(known, index=list(before.site_names), columns=before.hours)
    return frame.reindex(index=list(comparison.sites), columns=after.hours).to_numpy()


def _lines(comparison: Comparison, fleet: Dataset, hours: Hours) -> None:
    """One region beside its baseline; the others a click away."""
    with st.container(horizontal=True, key="when_choice", vertical_alignment="bottom"):
        chosen = _region(comparison)
        shown = _week(comparison.after.hours)
    row = comparison.sites.index(chosen)
    index = comparison.after.hours[shown]
    cut = Hours(
        hours.quantity, hours.names, hours.before[:, shown], hours.after[:, shown], hours.local
    )
    dark = clocks.night_at(fleet, chosen, index)
    words = when.night_words(cut, row, dark.tolist())
    figure = when.line_figure(cut, index, row, dark.tolist(), look_of(st.context.theme.type))
    told = pointer.of_plan(f"{hours.quantity.noun} hour by hour", comparison)
    pointer.plot(figure, "when_lines", "when-hour-by-hour", words, told)
    st.html(
        f'<p class="ee-note">{escape(words)} Shaded: night in {escape(hours.names[row])}, the sun '
        "below the horizon by latitude and longitude. Click a region in the legend to see "
        "its line under this plan.</p>"
    )


def _region(comparison: Comparison) -> str:
    names = dict(zip(comparison.sites, comparison.sites, strict=True))
    names = {site: comparison.after.site_names[site] for site in names}
    opened = state.view().region
    moved = np.abs(comparison.by_column["energy_mwh_change"])
    usual = opened if opened in names else comparison.sites[int(moved.argmax())]
    site: str = st.selectbox(
        "Region hour by hour",
        list(names),
        index=list(names).index(usual),
        format_func=lambda site: names[site],
        key=f"when_region_{comparison.after.dataset_id}_{len(names)}",
    )
    return site


def _week(hours: pd.DatetimeIndex) -> slice:
    """All of a short period; of a long one the week that is chosen."""
    if len(hours) <= LONGEST:
        return slice(0, len(hours))
    starts = list(range(0, len(hours), WEEK))
    first: int = st.select_slider(
        "Week",
        starts,
        format_func=lambda at: f"{hours[at].day} {hours[at]:%B %Y}",
        key=f"when_week_{hours[0]:%Y%m%d}_{len(hours)}",
    )
    return slice(first, min(first + WEEK, len(hours)))
