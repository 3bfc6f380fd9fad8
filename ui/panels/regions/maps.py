"""The map with its legend and its words, and the switches above it."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from functools import partial

import pydeck as pdk
import streamlit as st

from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison
from equity_core.text.narrative import map_summary
from equity_core.text.plan_names import THIS_PLAN, baseline_name
from equity_core.text.quantities import find_quantity, quantities
from ui.charts import legend
from ui.jobs import datasets
from ui.maps import deck, places
from ui.maps.view import BOTH, MODES, View, quantity_label
from ui.session import keys, state
from ui.theme import Look

MAP_HEIGHT, PAIR_HEIGHT = 304, 260
FLOWS = {"yes": "Moved load"}


def view_controls(
    fleet: Dataset,
    modes: dict[str, str] = MODES,
    view: View | None = None,
    shown: Container[str] | None = None,
) -> None:
    """What the map and the bars show, and where the map looks.

    `view` is what is shown in fact where that is not all that the reader's own asks for; `shown`
    are the quantities to choose from, if not all.
    """
    view = view or state.view()
    labels = {
        row.column: quantity_label(row)
        for row in quantities(fleet.footprints)
        if shown is None or row.column in shown
    }
    with st.container(
        horizontal=True, key="view_controls", gap="small", vertical_alignment="center"
    ):
        switch("Quantity", labels, "quantity", view.quantity)
        switch("Against the baseline", modes, "mode", view.mode)
        _place_switch(fleet)
        st.toggle(
            FLOWS["yes"],
            key=(key := state.seed("view_flows", state.view().flows == "yes")),
            on_change=state.on_change(key, _flows_switched),
            help="Arcs from regions that lose load to regions that gain it, against the baseline.",
        )


def _place_switch(fleet: Dataset) -> None:
    """Only where there is more than one place to look at."""
    offered = places.places_of(fleet)
    if state.view().place not in offered:
        state.look_at(place=places.ALL)  # of another data set
    if len(offered) > 1:
        switch("Part of the world", {name: at.label for name, at in offered.items()}, "place")


def _flows_switched(shown: bool) -> None:
    state.look_at(flows="yes" if shown else "no")


def switch(label: str, options: dict[str, str], field: str, shown: str = "") -> None:
    """The choices of a field of the view, side by side; `shown` where its own is not offered."""
    key = state.seed(f"view_{field}", shown or getattr(state.view(), field))
    st.segmented_control(
        label,
        list(options),
        format_func=lambda option: options[option],
        required=True,
        key=key,
        on_change=state.on_change(key, lambda option: state.look_at(**{field: option})),
        label_visibility="collapsed",
    )


def map_panel(comparison: Comparison, dataset: Dataset, look: Look, narrow: bool) -> None:
    """The map, or those of the baseline and of the plan in one scale, with legend and words."""
    view, name = state.view(), baseline_name(comparison)
    quantity = find_quantity(comparison.after.footprints, view.quantity)
    drawn = _drawn(comparison, dataset, look, narrow)
    words = map_summary(comparison, view.quantity, view.mode)
    with st.container(key="map", gap=None):
        # Above the map: whoever sees the colours has seen what they mean.
        scale = deck.map_scale(comparison, view, look)
        st.html(legend.legend_html(scale, quantity, view.mode, name))
        if view.mode == BOTH:
            _pair(drawn, [f"{quantity.label} under {plan}" for plan in (name, THIS_PLAN)], words)
        else:
            draw_map(drawn(), "region_map", words)
        if view.flows == "yes":
            st.caption(
                f"Arcs: net shift of energy against {name}, from regions that lose load "
                "(grey end) to those that gain (coloured end), spread in proportion to the gains; "
                "who exactly serves whom is not shown."
            )


def _pair(drawn: Callable[..., pdk.Deck], titles: Sequence[str], words: str) -> None:
    """Both maps, under titles that tell them apart."""
    before, after = st.columns(2, gap="small")
    with before:
        st.caption(titles[0])
        draw_map(drawn("before"), "map_of_baseline", f"{titles[0]}.", PAIR_HEIGHT)
    with after:
        st.caption(titles[1])
        draw_map(drawn(), "region_map", words, PAIR_HEIGHT)


def _drawn(
    comparison: Comparison, dataset: Dataset, look: Look, narrow: bool
) -> Callable[..., pdk.Deck]:
    """Draws a map of the comparison, of the part that is asked for."""
    view = state.view()
    extent = places.place_of(dataset, view.place).extent
    shapes = datasets.shapes(dataset.id, places.camera_for(extent))
    camera = places.camera_for(extent, _width(narrow, view.mode == BOTH))
    return partial(deck.region_map, comparison, dataset, shapes, view, look, camera)


def _width(narrow: bool, pair: bool) -> int:
    """Pixels that the map has at least; a phone shows a pair below one another."""
    if narrow:
        return places.NARROW_WIDTH
    return places.HALF_WIDTH if pair else places.WIDTH


def draw_map(drawn: pdk.Deck, key: str, words: str, height: int = MAP_HEIGHT) -> None:
    st.pydeck_chart(
        drawn,
        key=key,
        height=height,
        on_select=partial(_region_clicked, key),
        selection_mode="single-object",
        alt=words,
    )


def _region_clicked(key: str) -> None:
    """Open the clicked region's factors; a click on open water leaves things as they are, and so
    does one on a region that the scenario on the page does not have."""
    site = deck.picked_site(keys.widget_value(key)["selection"])
    if site in datasets.fleet(state.scenario()).site_ids:
        state.look_at(region=site)
