"""Data: every figure with its place, season, hour, source and weakness; and bringing one's own."""

from __future__ import annotations

from html import escape
from importlib import import_module

import streamlit as st

from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset
from ui import bringing, cached, datapanels, hands, state
from ui.look import look_of


def data() -> None:
    """The page from top to bottom: the scenario's data set, then one's own files."""
    dataset, look = cached.dataset(state.scenario().dataset), look_of(st.context.theme.type)
    st.html(f'<h1 class="ee-headline">{escape(_headline(dataset))}</h1>')
    st.html(f'<p class="ee-text">{escape(dataset.description)}</p>')
    figures, regions, sources, own = st.tabs(
        ["Figures", "Region by region", "Sources and weaknesses", "Bring your own"]
    )
    with figures:
        shapes = cached.shapes(dataset.id, datapanels.camera_of(dataset))
        datapanels.figures_panel(dataset, shapes, look, "data")
    with regions:
        datapanels.regions_panel(dataset)
    with sources:
        datapanels.sources_panel(dataset)
    with own:
        bringing.bring_panel(look)
    hands.hands(state.view().region)


def _headline(dataset: Dataset) -> str:
    first, last = dataset.hours[0], dataset.hours[-1]
    return (
        f"{dataset.title}: {counted(len(dataset.site_ids), 'region')}, "
        f"{counted(len(dataset.hours), 'hour')}, "
        f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
    )


if __name__ == "__main__":
    # Streamlit opens the file by itself for the first deep link after a start.
    import_module("app").main()
