"""What is drawn: boxes for ranges, draws and seed; all of it stands in the link."""

from __future__ import annotations

from functools import partial

import streamlit as st

from equity_core.errors import ScenarioError
from equity_core.inputs.dataset import Dataset
from equity_core.robustness.ranges import (
    APART,
    FEWEST_DRAWS,
    GRID_AREA,
    LARGEST_SEED,
    LARGEST_SPREAD,
    MOST_DRAWS,
    Ranges,
    quantities_of,
)
from ui.maps.view import ranges_of, ranges_text
from ui.session import state
from ui.sidebar import boxes
from ui.sidebar.typed_numbers import Allowed

TOGETHER = {APART: "Each region by itself", GRID_AREA: "Regions of a grid area together"}
ALL = "all regions"


def ranges_here(dataset: Dataset) -> Ranges:
    """The ranges of this page's view; the usual ones where they are for other data."""
    try:
        ranges = ranges_of(state.view())
        ranges.check_against(dataset)
    except ScenarioError:
        return Ranges()
    return ranges


def controls(dataset: Dataset, ranges: Ranges) -> None:
    """How far each quantity may be off, of all regions or of one; who shares a factor; draws."""
    with st.container(horizontal=True, key="robustness_choice", vertical_alignment="bottom"):
        where = _region(dataset)
        for quantity in quantities_of(dataset):
            _spread(dataset, ranges, quantity, where)
    with st.container(horizontal=True, key="robustness_draws", vertical_alignment="bottom"):
        _together(ranges)
        _whole("draws", "Draws", ranges.draws, FEWEST_DRAWS, MOST_DRAWS)
        _whole("seed", "Seed", ranges.seed, 0, LARGEST_SEED)


def _region(dataset: Dataset) -> str:
    """The region whose ranges the boxes show; "" for all."""
    names = {"": ALL, **dataset.site_names}
    chosen: str = st.selectbox(
        "Ranges of", list(names), format_func=lambda site: names[site], key="robustness_region"
    )
    return chosen


def _spread(dataset: Dataset, ranges: Ranges, quantity: str, site: str) -> None:
    labels = {item.name: item.label for item in dataset.footprints}
    name = f"{site}.{quantity}" if site else quantity
    boxes.box(
        f"robustness_{quantity}",
        f"{labels.get(quantity, quantity.capitalize())}, ± %",
        round(100 * ranges.spread_of(quantity, site), 9),
        Allowed(0.0, 100 * LARGEST_SPREAD),
        partial(_take_spread, ranges, name),
        help="Relative standard deviation of the factor by which it may be off.",
    )


def _take_spread(ranges: Ranges, name: str, percent: float | None) -> None:
    changed = dict(ranges.spreads) | {name: (percent or 0.0) / 100}
    state.look_at(ranges=ranges_text(changed))


def _together(ranges: Ranges) -> None:
    key = state.seed("robustness_together", ranges.together)
    st.selectbox(
        "Off by a factor of",
        list(TOGETHER),
        format_func=lambda option: TOGETHER[option],
        key=key,
        on_change=state.on_change(key, lambda option: state.look_at(together=option)),
        help="A grid area is the balancing area that supplies most of a region where the data set "
        "names one, otherwise its country.",
    )


def _whole(field: str, label: str, value: int, least: int, most: int) -> None:
    boxes.box(
        f"robustness_{field}",
        label,
        float(value),
        Allowed(float(least), float(most)),
        lambda typed: state.look_at(**{field: str(round(typed or least))}),
    )
