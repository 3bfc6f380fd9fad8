"""The page inside another page (`?embed=true`): sentence, map, source line, and the way out."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.provenance import origin_words
from equity_core.text.caveats import short_caveat
from equity_core.text.opening.purpose import purpose
from ui.panels import downloads, pointer, result
from ui.panels.regions import maps
from ui.session import state
from ui.theme import Look


def is_embedded() -> bool:
    """Whether the address asks for the view that other pages embed."""
    return bool(st.context.is_embedded)


def embedded(comparison: Comparison, fleet: Dataset, look: Look) -> None:
    """All of the view; the link leads to the same scenario and view on the whole page."""
    with st.container(key="headline"):
        caveat = escape(short_caveat(comparison.after, fleet))
        who = f'<p class="ee-context">{escape(purpose(fleet)[0])}</p>'
        # No term is marked: what it means stands on the whole page.
        told = f"{who}{result.headline_html(comparison, fleet, ())}"
        st.html(f'{told}<p class="ee-context">{caveat}</p>')
    maps.map_panel(comparison, fleet, look, pointer.narrow_screen())
    words = f"Source: {fleet.attribution} · {fleet.title} · {origin_words(comparison.after)}"
    with st.container(key="footer"):
        st.html(f'<footer class="ee-footer">{escape(words)}</footer>')
    st.link_button("Open in Equity Explorer", f"{downloads.address()}?{urlencode(state.query())}")
    pointer.hands(state.view().region)
