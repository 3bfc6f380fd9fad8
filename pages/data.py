"""Data: every figure with its place, season, hour, source and weakness; and bringing one's own."""

from __future__ import annotations

from html import escape

import streamlit as st

from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset
from ui.jobs import datasets
from ui.panels import data_views, downloads, frame, pointer, upload
from ui.session import state
from ui.theme import look_of


def data() -> None:
    """The page from top to bottom: the scenario's data set, then one's own files."""
    dataset, look = datasets.dataset(state.scenario().dataset), look_of(st.context.theme.type)
    st.html(f'<h1 class="ee-headline">{escape(_headline(dataset))}</h1>')
    st.html(f'<p class="ee-text">{escape(dataset.description)}</p>')
    figures, regions, sources, own = st.tabs(
        ["Figures", "Region by region", "Sources and weaknesses", "Bring your own"]
    )
    with figures:
        shapes = datasets.shapes(dataset.id, data_views.camera_of(dataset))
        data_views.figures_panel(dataset, shapes, look, "data")
    with regions:
        data_views.regions_panel(dataset)
    with sources:
        data_views.sources_panel(dataset)
    with own:
        upload.bring_panel(look)
    pointer.hands(state.view().region)
    frame.footer((dataset,), downloads.link_here("data"))


def _headline(dataset: Dataset) -> str:
    first, last = dataset.hours[0], dataset.hours[-1]
    return (
        f"{dataset.title}: {counted(len(dataset.site_ids), 'region')}, "
        f"{counted(len(dataset.hours), 'hour')}, "
        f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
    )


if __name__ == "__main__":
    frame.whole_app()
