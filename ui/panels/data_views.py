"""The parts of the Data page that show a data set: map, heat maps, sources, weaknesses."""

from __future__ import annotations

import math
from html import escape

import pandas as pd
import streamlit as st

from equity_core import __version__
from equity_core.inputs.dataset import Dataset, citations
from equity_core.text.numbers import number, unit_text
from equity_core.text.opening.small_print import Printed
from equity_core.text.quantities import Quantity
from ui import messages
from ui.charts import heatmap, legend, site_figures
from ui.charts.heatmap import Figure, Kind
from ui.maps import deck
from ui.maps.places import ALL, NARROW_WIDTH, WIDTH, Camera, camera_for, places_of
from ui.maps.polygons import Shape
from ui.panels import pointer
from ui.panels.pointer import plot
from ui.theme import Look

MAP_HEIGHT = 330


@st.fragment
def figures_panel(dataset: Dataset, shapes: tuple[Shape, ...], look: Look, key: str) -> None:
    """One quantity at a time: where it is high, in which season, at which hour."""
    figures = {figure.key: figure for figure in heatmap.figures_of(dataset)}
    chosen = st.segmented_control(
        "Quantity",
        list(figures),
        format_func=lambda name: figures[name].label,
        default="carbon" if "carbon" in figures else "price",
        required=True,
        key=f"{key}_quantity",
        label_visibility="collapsed",
    )
    figure = figures[chosen]
    words = heatmap.words_of(figure, dataset.site_names)
    tags = " ".join(heatmap.tag_html(card) for card in figure.cards)
    st.html(f'<p class="ee-text">{escape(words)} Quality: {tags}</p>')
    months = heatmap.means(figure, dataset.hours, heatmap.MONTHS)
    left, right = st.columns([0.55, 0.45], gap="medium")
    with left:
        _map(figure, dataset, shapes, look, key)
        _heat(heatmap.DAYS, figure, dataset, look, f"{key}_heat_days")
    with right:
        _heat(heatmap.HOURS, figure, dataset, look, f"{key}_heat_hours")
        _heat(heatmap.MONTHS, figure, dataset, look, f"{key}_heat_months")
    with st.expander("The same as a table: means by month"):
        months.index = pd.Index([dataset.site_names[site] for site in months.index], name="Region")
        st.dataframe(months.reset_index(), hide_index=True, alt=words)


def camera_of(dataset: Dataset) -> Camera:
    """All of its sites in sight."""
    width = NARROW_WIDTH if pointer.narrow_screen() else WIDTH
    return camera_for(places_of(dataset)[ALL].extent, width)


def _map(
    figure: Figure,
    dataset: Dataset,
    shapes: tuple[Shape, ...],
    look: Look,
    key: str,
) -> None:
    """Means over all hours; regions without the quantity are left grey."""
    known = figure.means()
    means = {site: float(known.get(site, math.nan)) for site in dataset.site_ids}
    scale = look.shade(heatmap.scale_of(figure, dataset.hours))
    unit = unit_text(figure.unit)
    words = {
        site: deck.words(
            dataset.site_names[site],
            f"{figure.label}: {number(value)} {unit}"
            if math.isfinite(value)
            else f"{figure.label}: none",
        )
        for site, value in means.items()
    }
    drawing = deck.shaded_map(means, scale, words, dataset, shapes, look, camera_of(dataset))
    alt = heatmap.words_of(figure, dataset.site_names)
    noun = f"mean {figure.label.lower()}"
    quantity = Quantity(figure.key, figure.label, noun, figure.unit)
    with st.container(key=f"mapped_{key}", gap=None):
        # The key of a chart that nobody selects in does not reach the browser; a container's does.
        with st.container(key=f"map_of_{key}", gap=None):
            st.pydeck_chart(drawing, key=f"{key}_map", height=MAP_HEIGHT, alt=alt)
        st.html(legend.legend_html(scale, quantity, "burden"))


def _heat(kind: Kind, figure: Figure, dataset: Dataset, look: Look, key: str) -> None:
    table = heatmap.means(figure, dataset.hours, kind)
    words = f"{kind.title}. {heatmap.words_of(figure, dataset.site_names)}"
    drawn = heatmap.heat_figure(figure, kind, dataset, look, table)
    told = _printed(f"{figure.label}, {unit_text(figure.unit)}. {kind.title}", figure, dataset)
    plot(drawn, key, f"{dataset.id}-{figure.key}-{kind.type}", words, told)


def _printed(title: str, figure: Figure, dataset: Dataset) -> Printed:
    """What a picture of figures as they came in takes along: sources with date and quality."""
    sources = "; ".join(citations(figure.cards)) or dataset.attribution
    origin = f"Data {dataset.id} {dataset.version}, Equity Explorer {__version__}"
    return Printed(f"{dataset.title}: {title}", (f"Source: {sources}.", origin))


def regions_panel(dataset: Dataset) -> None:
    """Where sources disagree, every figure of one region, and the quality of all figures."""
    if dataset.conflicts:
        st.header("Where sources disagree", anchor=False)
        st.caption("Neither figure is settled on in silence: the plan uses the first, as it says.")
        st.html(site_figures.conflicts_html(dataset))
    st.header("Every figure of one region", anchor=False)
    site = st.selectbox(
        "Region",
        dataset.site_ids,
        format_func=lambda site: dataset.site_names[site],
        key=f"known_{dataset.id}",
    )
    st.caption("Hourly figures are shown as their mean over all hours.")
    st.html(site_figures.region_html(dataset, site))
    st.header("What is measured, modelled, estimated, assumed", anchor=False)
    st.caption("\\* more is said of this figure above, when the region is chosen.")
    st.html(site_figures.qualities_html(dataset))
    _meanings()


def sources_panel(dataset: Dataset) -> None:
    """Weaknesses first, then every column."""
    st.header("What these figures cannot show", anchor=False)
    st.markdown("\n".join(f"- {messages.literal(text)}" for text in dataset.weaknesses))
    st.header("Every column", anchor=False)
    st.markdown(messages.literal(dataset.terms))
    with st.container(key="cards"):
        st.html(heatmap.cards_html(dataset.cards))
    _meanings()


def _meanings() -> None:
    meanings = "; ".join(f"{word}: {text}" for word, text in heatmap.QUALITY_MEANINGS.items())
    st.caption(messages.literal(f"Quality. {meanings}."))
