"""Regional factors: one region as sliders, all regions as a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from equity_core import Scenario, SiteFactors
from equity_core.scenario.parameters import FACTORS_BY_NAME, SITE_FACTORS, Parameter
from equity_core.scenario.records import MULTIPLIERS
from equity_core.scenario.rows.examples import example
from ui.jobs import datasets
from ui.session import state
from ui.sidebar import boxes, factor_grid, widgets
from ui.sidebar.factor_grid import Column, Row
from ui.sidebar.typed_numbers import Allowed

ROWS = tuple(row for row in SITE_FACTORS if row.name in MULTIPLIERS)
LENS = FACTORS_BY_NAME["lens"]
LIMITS = tuple(row for row in SITE_FACTORS if row.group == "limits")
SHORT = {
    "price": "Price",
    "water": "Water",
    "carbon": "Carbon",
    "capacity": "Cap.",
    "demand": "Load",
    "lens": "Lens",
}


def rows_shown(scenario: Scenario) -> tuple[Parameter, ...]:
    """The multipliers, and the lens weight where it counts."""
    return (*ROWS, LENS) if scenario.lens == "own" else ROWS


def region_factors() -> None:
    """A region, chosen here by keyboard or by a click on the map, and its factors as sliders."""
    names = datasets.fleet(state.scenario()).sites["name"]
    st.selectbox(
        "Regional factors",
        ["", *names.index],
        format_func=lambda site: names.get(site, "Choose, or click the map"),
        key=(key := state.seed("region", state.view().region)),
        on_change=state.on_change(key, lambda site: state.look_at(region=site)),
        help="Multiplies a region's figures: a drought, a tariff, a moratorium (capacity 0), a new "
        "line. And limits what one region may carry.",
    )
    if state.view().region:
        with st.container(key="region_sliders", border=True, gap="small"):
            for row in rows_shown(state.scenario()):
                _factor_slider(row, state.view().region)
            for row in LIMITS:
                _limit_box(row, state.view().region)


def _factor_slider(row: Parameter, site: str) -> None:
    assert row.slider is not None
    low, high = row.slider
    value = getattr(state.scenario().factors_of(site), row.name)
    key = state.seed(f"factor_{site}_{row.name}", min(high, max(low, value)))
    beyond = f" (now × {value:g})" if value > high else ""
    st.slider(
        f"{row.label} ×{beyond}",
        low,
        high,
        step=0.05,
        format="%.2f",
        key=key,
        on_change=state.on_change(key, partial(_take_factor, site, row.name)),
        help=widgets.hint(row),
    )


def _limit_box(row: Parameter, site: str) -> None:
    boxes.box(
        f"limit_{site}_{row.name}",
        f"{row.label}, {widgets.unit(row)}",
        getattr(_factors(site), row.name),
        widgets.allowed(row),
        partial(_take_factor, site, row.name),
        placeholder="none",
        help=widgets.hint(row),
    )


def _factors(site: str) -> SiteFactors:
    return state.scenario().factors_of(site)


def _take_factor(site: str, name: str, value: float | None) -> None:
    state.change_factor(site, **{name: value})


def factor_table() -> None:
    """All multipliers in one table of fields, drawn only while it is open."""
    scenario = state.scenario()
    names = datasets.fleet(scenario).site_names
    table = st.popover(
        "Table of all regions", width="stretch", key="factor_table", on_change="rerun"
    )
    if table.open:
        with table:
            factor_grid.grid(_columns(scenario), _rows(scenario, names), _take_cells)
    if changed := changed_factors(scenario, names):
        st.caption(f"Changed: {changed}.")


def _columns(scenario: Scenario) -> list[Column]:
    return [
        Column(
            row.name,
            SHORT[row.name],
            f"{row.label} ×. {row.help} {example(row)}",
            Allowed(row.minimum, row.maximum),
        )
        for row in rows_shown(scenario)
    ]


def _rows(scenario: Scenario, names: Mapping[str, str]) -> list[Row]:
    shown = [row.name for row in rows_shown(scenario)]
    return [
        Row(site, name, tuple(getattr(scenario.factors_of(site), column) for column in shown))
        for site, name in names.items()
    ]


def _take_cells(cells: Mapping[tuple[str, str], float | None]) -> None:
    """An emptied cell goes back to 1; what the table does not show, such as limits, stays."""
    factors = dict(state.scenario().factors)
    for (site, name), value in cells.items():
        now = factors.get(site, SiteFactors())
        factors[site] = now.replace(
            **{name: FACTORS_BY_NAME[name].default if value is None else value}
        )
    state.change(factors=factors)


def changed_factors(scenario: Scenario, names: Mapping[str, str]) -> str:
    """The multipliers that differ from 1: "Texas (water × 1.5), Japan (price × 2)"."""
    return ", ".join(
        f"{name} ({', '.join(changes)})"
        for site, name in names.items()
        if site in scenario.factors and (changes := _changes(scenario.factors_of(site)))
    )


def _changes(factors: SiteFactors) -> list[str]:
    values = ((name, getattr(factors, name)) for name in SHORT)
    return [f"{name} × {value:g}" for name, value in values if value != 1]
