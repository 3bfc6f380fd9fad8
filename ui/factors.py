"""Regional factors: one region as sliders, all regions as a table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from equity_core import Scenario, SiteFactors
from equity_core.scenario.parameters import FACTORS_BY_NAME, SITE_FACTORS, Parameter
from equity_core.scenario.records import MULTIPLIERS
from ui import cached, fields, state

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
    names = cached.fleet(state.scenario()).sites["name"]
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
        help=fields.hint(row),
    )


def _limit_box(row: Parameter, site: str) -> None:
    st.number_input(
        f"{row.label}, {fields.unit(row)}",
        min_value=row.minimum,
        max_value=row.maximum,
        value=None,
        step=None,
        format="%g",
        placeholder="none",
        key=(key := state.seed(f"limit_{site}_{row.name}", getattr(_factors(site), row.name))),
        on_change=state.on_change(key, partial(_take_factor, site, row.name)),
        help=fields.hint(row),
    )


def _factors(site: str) -> SiteFactors:
    return state.scenario().factors_of(site)


def _take_factor(site: str, name: str, value: float | None) -> None:
    state.change_factor(site, **{name: value})


def factor_frame(scenario: Scenario, names: pd.Series) -> pd.DataFrame:
    """The multipliers of every region; index site, first column its name."""
    columns: dict[str, Any] = {"Region": names}
    for row in rows_shown(scenario):
        columns[row.name] = [getattr(scenario.factors_of(site), row.name) for site in names.index]
    return pd.DataFrame(columns, index=names.index)


def edited(frame: pd.DataFrame, edits: dict[int, dict[str, float | None]]) -> pd.DataFrame:
    """`frame` with a data editor's changes by row number; an emptied cell goes back to 1."""
    result = frame.copy()
    for position, cells in edits.items():
        for column, value in cells.items():
            result.loc[result.index[int(position)], column] = 1.0 if value is None else float(value)
    return result


def factor_table() -> None:
    """All multipliers in one editable table, drawn only while it is open.

    The editor keeps its own changes on top of the frame it was given, so it gets a new frame (and
    a new key) only when the scenario was changed elsewhere: typing is never interrupted.
    """
    scenario = state.scenario()
    dataset = cached.fleet(scenario)
    table = st.popover(
        "Table of all regions", width="stretch", key="factor_table", on_change="rerun"
    )
    if table.open:
        with table:
            _seeded_editor(factor_frame(scenario, dataset.sites["name"]))
    if changed := changed_factors(scenario, dataset.site_names):
        st.caption(f"Changed: {changed}.")


def _seeded_editor(wanted: pd.DataFrame) -> None:
    seed, version = st.session_state.get("factor_seed", (wanted, 0))
    edits = st.session_state.get(f"factors_{version}", {}).get("edited_rows", {})
    alike = seed.index.equals(wanted.index) and seed.columns.equals(wanted.columns)
    if not alike or not edited(seed, edits).equals(wanted):
        seed, version = wanted, version + 1
    st.session_state["factor_seed"] = (seed, version)
    _editor(seed, f"factors_{version}")


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


def _editor(seed: pd.DataFrame, key: str) -> None:
    numbers = {
        row.name: st.column_config.NumberColumn(
            SHORT[row.name],
            help=f"{row.label} ×. {fields.hint(row)}",
            min_value=row.minimum,
            max_value=row.maximum,
            format="%g",
            width=80,
        )
        for row in (*ROWS, LENS)
    }
    st.data_editor(
        seed,
        key=key,
        on_change=partial(_take_table, key, seed),
        hide_index=True,
        disabled=["Region"],
        column_config=numbers,
        alt="Multipliers of price, water, carbon, capacity and demand for each region",
    )


def _take_table(key: str, seed: pd.DataFrame) -> None:
    frame = edited(seed, st.session_state[key]["edited_rows"])
    current = state.scenario()
    chosen = frame.drop(columns="Region").to_dict(orient="index")
    # What the table does not show, such as limits, stays as it is.
    factors = {site: dict(current.factors_of(site)) | chosen[site] for site in chosen}
    state.change(factors=factors)
