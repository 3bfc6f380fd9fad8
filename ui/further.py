"""Weight and levy of each footprint beyond water and carbon that the data set carries."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from equity_core import Scenario
from equity_core.inputs.dataset import Footprint
from equity_core.scenario.parameters import BY_NAME, FURTHER_BY_NAME
from equity_core.scenario.records import FootprintTerms
from ui import cached, fields, state


def further() -> None:
    """One group a footprint; nothing for a data set of water and carbon alone."""
    for footprint in cached.dataset(state.scenario().dataset).footprints:
        if f"{footprint.name}_weight" not in BY_NAME:
            with st.expander(footprint.label, key=f"further_{footprint.name}"):
                for name in ("weight", "price"):
                    _box(footprint, name)


def with_term(
    scenario: Scenario, footprint: str, name: str, value: float
) -> Mapping[str, FootprintTerms]:
    """The scenario's `further` with one term of one footprint set."""
    terms = scenario.further_of(footprint).replace(**{name: value})
    return {**scenario.further, footprint: terms}


def _box(footprint: Footprint, name: str) -> None:
    row, scenario = FURTHER_BY_NAME[name], state.scenario()
    value = getattr(scenario.further_of(footprint.name), name)
    st.number_input(
        f"{row.label}, USD/{fields.unit_text(footprint.unit)}",
        min_value=row.minimum,
        max_value=row.maximum,
        step=None,
        format="%g",
        key=(key := state.seed(f"further_{footprint.name}_{name}", value)),
        on_change=state.on_change(key, partial(_take, footprint.name, name)),
        help=fields.hint(row),
    )


def _take(footprint: str, name: str, value: float | None) -> None:
    if value is not None:
        state.change(further=with_term(state.scenario(), footprint, name, value))
