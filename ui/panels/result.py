"""The parts of the Explore page, each drawn from the same small record: a comparison."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from html import escape
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from equity_core import __version__
from equity_core.errors import EquityError
from equity_core.export.people import people_sentences
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison
from equity_core.scenario.policies import WEIGHTED
from equity_core.text.caveats import fleet_words
from equity_core.text.certificate import certificate_sentence, limiting_sentences
from equity_core.text.fairness import gain_sentences, lens_sentence, measure_sentence
from equity_core.text.load.unmovable import staying_sentences
from equity_core.text.load.waiting import waiting_sentences
from equity_core.text.narrative import bars_summary, map_summary
from equity_core.text.opening.headline import headline_clauses, headline_sentences
from equity_core.text.plan_names import baseline_name
from equity_core.text.quantities import find_quantity, quantities
from equity_core.text.slack import room_sentence
from ui.charts import bars, legend, people_table, region_table
from ui.jobs import datasets, orders
from ui.maps import deck, places
from ui.maps.view import MODES, quantity_label
from ui.panels import context
from ui.session import keys, state
from ui.sidebar import limit_words, questions
from ui.theme import Look

MAP_HEIGHT = 372
FLOWS = {"yes": "Moved load"}


def opening(comparison: Comparison, dataset: Dataset) -> None:
    """The headline sentence, the four figures, and what they rest on.

    In one piece, as everywhere on this page where no control stands between: each piece costs the
    browser a millisecond or two with every change.
    """
    st.html(
        questions.question_html(comparison)
        + headline_html(comparison, dataset)
        + questions.answer_html(comparison)
        + bars.figures_html(bars.key_figures(comparison))
        + context.context_html(dataset, comparison.after)
    )


def headline_html(comparison: Comparison, dataset: Dataset) -> str:
    """The headline: what the plan does, and in smaller letters what stands beside it."""
    deed, *clauses = headline_clauses(comparison)
    _, *others = headline_sentences(comparison)
    after = comparison.after
    apart = staying_sentences(after, dataset) + waiting_sentences(after, dataset)
    told = (f"{'; '.join(clauses)}.", *others, *apart)
    beside = " ".join(map(escape, told))
    return (
        f'<h1 class="ee-headline" aria-live="polite">{escape(deed)}; '
        f'<span class="ee-beside">{beside}</span></h1>'
    )


def view_controls(fleet: Dataset) -> None:
    """What the map and the bars show, and where the map looks."""
    labels = {row.column: quantity_label(row) for row in quantities(fleet.footprints)}
    with st.container(
        horizontal=True, key="view_controls", gap="medium", vertical_alignment="center"
    ):
        _switch("Quantity", labels, "quantity")
        _switch("Against the baseline", MODES, "mode")
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
        _switch("Part of the world", {name: at.label for name, at in offered.items()}, "place")


def _flows_switched(shown: bool) -> None:
    state.look_at(flows="yes" if shown else "no")


def _switch(label: str, options: dict[str, str], field: str) -> None:
    key = state.seed(f"view_{field}", getattr(state.view(), field))
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
    """The map with its legend and its words."""
    view = state.view()
    quantity = find_quantity(comparison.after.footprints, view.quantity)
    summary = map_summary(comparison, view.quantity, view.mode)
    extent = places.place_of(dataset, view.place).extent
    shapes = datasets.shapes(dataset.id, places.camera_for(extent))
    camera = places.camera_for(extent, narrow)
    with st.container(key="map", gap=None):
        st.pydeck_chart(
            deck.region_map(comparison, dataset, shapes, view, look, camera),
            key="region_map",
            height=MAP_HEIGHT,
            on_select=_region_clicked,
            selection_mode="single-object",
            alt=summary,
        )
        scale, baseline = deck.map_scale(comparison, view, look), baseline_name(comparison)
        st.html(legend.legend_html(scale, quantity, view.mode, baseline))
        if view.flows == "yes":
            st.caption(
                f"Arcs: net shift of energy against {baseline}, from regions that lose load "
                "(grey end) to those that gain (coloured end), spread in proportion to the gains; "
                "who exactly serves whom is not shown."
            )


def _region_clicked() -> None:
    """Open the clicked region's factors; a click on open water leaves things as they are."""
    site = deck.picked_site(keys.widget_value("region_map")["selection"])
    if site is not None:
        state.look_at(region=site)


def bars_panel(comparison: Comparison) -> None:
    """Before and after by region."""
    quantity = find_quantity(comparison.after.footprints, state.view().quantity)
    baseline = baseline_name(comparison).removeprefix("the ")
    rows = bars.bars(comparison, quantity)
    summary = bars_summary(comparison, quantity.column)
    st.html(bars.bars_html(rows, quantity, baseline, summary))


def gains_panel(comparison: Comparison, fleet: Dataset) -> DeltaGenerator:
    """Who gains and who loses; gives the place for who loses under every lens."""
    with st.container(key="gains", gap="small"):
        measured = measure_sentence(comparison, fleet)
        told = (*gain_sentences(comparison), *([measured] if measured else []))
        st.html(_section("Who gains, who loses", *told))
        return st.container(gap=None)


def lens_badges(
    comparison: Comparison, place: DeltaGenerator, came: Callable[[Future[Any]], bool] | None
) -> bool:
    """The regions that lose under every lens: whether no more is to come. Computed beside the page.

    `came` tells whether an answer is there, and may wait for it; None: it is too early to ask.
    What was said before the last change stays meanwhile, marked so.
    """
    told = _lenses_told(comparison, came)
    mark = "" if told is not None else "ee-outdated"
    if told is not None:
        keys.LAST_BADGES.keep(told)
    place.html(f'<div class="{mark}">{keys.LAST_BADGES.get()}</div>')
    return told is not None


def _lenses_told(comparison: Comparison, came: Callable[[Future[Any]], bool] | None) -> str | None:
    """As HTML; None where the answer is still to come."""
    scenario = comparison.after.scenario
    if scenario.policy not in WEIGHTED:
        return ""
    if came is None:
        return None
    order = orders.lens_wish().order(scenario)
    try:
        if not came(order):
            return None
        losers, lenses = order.result()
    except EquityError:
        return ""  # where it takes too long the page does without: nothing else rests on it
    return _badges(losers, lenses, comparison.after.site_names)


def _badges(losers: Sequence[str], lenses: Sequence[str], names: Mapping[str, str]) -> str:
    each = (
        f'<span class="ee-badge" title="worse off with every lens">{escape(names[site])}</span>'
        for site in losers
    )
    return _paragraphs(lens_sentence(losers, lenses, names)) + "".join(each)


def limits_panel(comparison: Comparison) -> None:
    """Which regions limit fairness, and how sure the answer is."""
    told = (*limiting_sentences(comparison.after), *_goal_sentences(comparison))
    st.html(
        '<div class="ee-limits">'
        + _section("What limits fairness", *told)
        + _section("How sure this is", certificate_sentence(comparison.after))
        + "</div>"
    )


def _goal_sentences(comparison: Comparison) -> list[str]:
    """What the plan makes of each goal."""
    after = comparison.after
    told = limit_words.wording(after.scenario)
    return [room_sentence(after, use, told) for use in after.limits]


def _section(title: str, *sentences: str) -> str:
    return f'<h3 class="ee-section">{escape(title)}</h3>{_paragraphs(*sentences)}'


def _paragraphs(*sentences: str) -> str:
    return "".join(f'<p class="ee-text">{escape(sentence)}</p>' for sentence in sentences)


def table_panel(comparison: Comparison) -> None:
    """All regions with full figures, sortable."""
    regions = f"All regions of the {fleet_words(comparison.after)}"
    title = f"{regions}, compared with {baseline_name(comparison)}"
    with st.container(key="regions_table"):
        st.html(f'<h3 class="ee-section">{escape(title)}</h3>{region_table.table_html(comparison)}')


def people_panel(comparison: Comparison, dataset: Dataset) -> None:
    """Burdens beside the people of each region; nothing where the data set knows no households."""
    told = people_sentences(comparison, dataset)
    if not told:
        return
    table_of_people = people_table.people_html(comparison, dataset)
    st.html(f"{_section('Counted in people', *told)}{table_of_people}")


def footer(comparison: Comparison, dataset: Dataset) -> None:
    """Source, data version, fingerprint and product version in one line."""
    after = comparison.after
    days = pd.to_timedelta(1, "h") * len(after.hours)
    period = f"{after.hours[0]:%Y-%m-%d %H:%M} UTC, {days / pd.to_timedelta(1, 'D'):.0f} days"
    parts = (
        f"Source: {dataset.attribution}",
        f"Data: {dataset.title} ({dataset.id}, version {after.data_version})",
        f"Period: from {period}",
        f"Fingerprint: {after.fingerprint}",
        f"Equity Explorer {__version__}",
    )
    st.html(f'<footer class="ee-footer">{escape(" · ".join(parts))}</footer>')
