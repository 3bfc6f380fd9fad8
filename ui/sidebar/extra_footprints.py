"""Weight and levy of each footprint beyond water and carbon that the data set carries."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from equity_core import Scenario
from equity_core.inputs.dataset import Footprint
from equity_core.scenario.parameters import BY_NAME, FURTHER_BY_NAME
from equity_core.scenario.records import FootprintTerms
from equity_core.text.numbers import unit_text
from ui.jobs import datasets
from ui.session import state
from ui.sidebar import boxes, widgets
from ui.sidebar.typed_numbers import Allowed


def further() -> None:
    """One group a footprint; nothing for a data set of water and carbon alone."""
    for footprint in datasets.dataset(state.scenario().dataset).footprints:
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
    unit = f"USD/{unit_text(footprint.unit)}"
    boxes.box(
        f"further_{footprint.name}_{name}",
        f"{row.label}, {unit}",
        value,
        Allowed(row.minimum, row.maximum, unit),
        partial(_take, footprint.name, name),
        help=widgets.hint(row),
    )


def _take(footprint: str, name: str, value: float) -> None:
    state.change(further=with_term(state.scenario(), footprint, name, value))
